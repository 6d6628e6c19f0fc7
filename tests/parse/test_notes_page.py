"""docs/notes.md is written from the data: `pytest --golden` writes it."""

from pathlib import Path

import pytest

from app.schema.facets import title
from app.vocab import vocabulary
from app.vocab.notes import Axis, Direction, Notes, Way

PAGE = Path(__file__).parent.parent.parent / "docs" / "notes.md"

HEAD = """# Notes

`printlight note SHOT TEXT`, and `POST /api/note`, read what is called on set: "tighter, half a stop down, warmer,
rim a touch hotter, lose the hat". Each change is shown before and after, with its letters and its step; what is not
understood is left in its letters, and what has nothing to go by is asked. No model reads it: the words and steps below
are data, [vocab/notes/steps.toml](../vocab/notes/steps.toml), and a file beside that one adds to them.
`pytest --golden` writes this page.

- Calls are parted by commas, "and", "then", full stops. A lamp or a person that was named stays meant until a full
  stop, or until another is named: "rim hotter and warmer" are both about the rim, "rim hotter. Warmer" is not.
- A picked term goes to its neighbour, a number stays a number. Of the fields of an axis, the first that the shot says
  is turned. When its name no longer holds, it follows or goes; so does a number when its name is called.
- "Half a stop down" prints the whole picture down; "stop down half a stop" closes the iris, and the depth of field
  grows with it. "Warmer", without a lamp, warms the key.
- The smallest step of colour, {noticed:g} mired, is the least that is seen; a plain one is about a quarter CTO, a lot
  about a half. A third, a half, one and two stops are how lamps are called.
- Left and right are seen from the camera, for lamps behind the subject, too.
- "Lose" takes out a lamp, somebody, a pick, or the words that name a thing. "Add" says only what was called. "Flip"
  turns lamps, people, placement and moves over; words that name a side are asked.
- A value is called outright, too: "on a 50", "T4", "16:9", "key to 3200 K", "at dusk", "make the key tungsten".
- Not read: changes of what somebody does or wears, beyond taking it out; undoing ("undo that"); a clause with "don't",
  "not" or "keep" is left alone.
"""


def notes_page(notes: Notes) -> str:
    """Write the page of the words of notes."""
    noticed = min(way.steps[0] for axis in notes.axis for way in axis.way if way.how == "mired")
    axes = {axis.id: axis for axis in notes.axis}
    rows = [f"| {', '.join(one.names)} | {_leads(one, axes)} |" for one in notes.direction]
    steps = [_row(axis, way, first=way is axis.way[0]) for axis in notes.axis for way in axis.way]
    things = [f"| {', '.join(one.names)} | {axes[one.up].label} |" for one in notes.thing if one.names and one.up]
    amounts = "\n".join(f"- {name}: {', '.join(words)}" for name, words in notes.amounts.items())
    stops = ", ".join(f"{name} ({value:g})" for name, value in notes.stops.items())
    return "\n".join(
        (
            HEAD.format(noticed=noticed),
            f"## How much\n\n{amounts}\n- stops without a number: {stops}\n",
            "## Relative words\n\nWhat each turns, by what it is said of; the first where nothing is named.\n",
            "| words | turn |\n|---|---|",
            *rows,
            "\n## More and less, up and down\n",
            "| said of | turns |\n|---|---|",
            "| a lamp | level |",
            *things,
            "\n## Steps\n",
            "| axis | field | a touch | a bit | plain | a lot | |\n|---|---|---|---|---|---|---|",
            *steps,
            "",
        )
    )


def _leads(direction: Direction, axes: dict[str, Axis]) -> str:
    return "; ".join(f"{thing}: {_lead(axis, axes, direction.goal)}" for thing, axis in direction.of.items())


def _lead(name: str, axes: dict[str, Axis], goal: str) -> str:
    axis = axes.get(name.removeprefix("-"))
    swings = axis is not None and any(way.how == "swing" for way in axis.way)
    way = f"to the {goal}" if swings else "down" if name.startswith("-") else "up"
    return f"{axis.label if axis else 'its own'} {way}"


def _row(axis: Axis, way: Way, *, first: bool) -> str:
    path = way.path.replace("**", "a.moves.a").replace("<key>", "a").replace("<fill>", "a").replace("*", "a")
    sign = "" if way.turn > 0 else "−"
    unit = {"term": "terms", "series": "lenses", "times": "×", "swing": "deg"}.get(way.how, way.unit)
    cells = " | ".join(f"{sign}{step:g}" for step in way.steps)
    unit = f"terms: {', '.join(way.terms)}" if way.terms else unit
    why = "; ".join(filter(None, (unit, way.why)))
    return f"| {axis.label if first else ''} | {title(path)} (`{way.path}`) | {cells} | {why} |"


def test_every_word_and_step_is_in_the_docs(request: pytest.FixtureRequest) -> None:
    page = notes_page(vocabulary().notes["steps"])
    if request.config.getoption("--golden"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page
