"""docs/reading.md is written from the reader itself: `pytest tests/parse/test_recall_page.py --golden` writes it."""

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from app.parse import Parsed, parse
from app.parse.draft import MAX_IDS, MAX_LIST, MAX_TEXT
from app.parse.forms import forms
from app.parse.forms.base import MAX_CHARS as MAX_FILE
from app.parse.inscriptions import MAX_PICTURE
from app.parse.text import MAX_CHARS
from app.schema import Shot, read_data, read_text
from app.schema.facets import picked_at, takes_several, title
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.parse.recall import Row, recall

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reading.md"
VOCABULARY = vocabulary()

TARGETS = (
    "uni-1", "gpt-image-2.6", "flux-2-json", "sdxl", "midjourney-8.1", "flux-2", "nano-banana-2.1", "veo-3.1",
    "kling-3", "minimax-h3", "ideogram-4",
)  # fmt: skip
"""Labelled blocks, JSON, tags, phrases and prose, stills and video."""

DRAWN, PICKS, SEED = 40, 18, 1927

EXAMPLE = (
    "Medium close-up of a ferryman in his sixties, 40 mm at T2.8. Soft key from camera right at 30°, 3200 K, through "
    "muslin, motivated by a brazier; a hard rim from behind, one stop over. On a pier at dusk in light rain, no fog."
)

HEAD = """# Reading a prompt

A prompt comes back as a shot: in the studio's paste box, with `printlight parse TEXT` (or `-`, or a file), and by
`POST /api/parse`. No model reads it. The names of the vocabulary, a grammar of numbers and units, and rules about
where words stand do, so the same text is the same shot every time. `pytest tests/parse/test_recall_page.py --golden`
writes this page.

## What is understood

> {example}

{table}
- **Names**: every label, phrase and alias in `vocab/`, in any case, with British or American spelling. What belongs
  to a lamp goes to that lamp: a "tungsten rim" is a rim, and its source is tungsten.
- **Numbers with a unit**: 85 mm, T2, f/2.8, 5600 K, 30°, half a stop, 4:1 key to fill, 24 fps, ISO 800, 1/48 s
  shutter, 2.39:1, 5 ft 10 in, #FFB46B. A unit decides, then its neighbours: "35 mm film" is a gauge, "35 mm lens" a
  focal length.
- **Places of lamps** as a gaffer calls them: "from camera left at 45°", "30° up", "at ten o'clock" (from above, the
  subject in the middle, the camera at six).
- **Denials**: "no fog" and "not smiling" go to what is kept out, and no fog is put in.
- **People** by name or by a noun ("a ferryman"), each with a description, wardrobe, action, gaze and lines of their
  own.
- **Quotations**: after "says" or "whispers" they are heard; after "reads" or "a sign" they stand in the picture.

What is a name and plain English at once is judged by what stands around it: "key" beside "from the left" is a lamp,
"the key lies on the table" is not. Some English holds a name and never means it ("the night bus").

## How it may be written

Prose and labelled blocks ("Lighting: …"), tags with weights ("((silver hair)), (red coat:1.2)": what is weighed up is
pinned), and

{forms}

**A prompt that Printlight wrote** with labels or as JSON (Uni-1, GPT Image, MiniMax H3, FLUX.2, Ideogram) is read back
by the patterns that wrote it, and every term that stands in it comes back. It is known by this: what was read is
written again, and most of it comes out as it was. `--for TARGET` says the model where the labels do not. Where a model
is told a number in words, the number comes back in the middle of what the words cover, and a note says so. What only
follows from the rest (what "the light reads", the place of a lamp in a butterfly pattern) is left free: no box takes
it, and a note names it.

A picture is read by the text that its program left in it (PNG, JPEG, WebP). A list of shots comes back as several.

## What always holds

- **Every word is somewhere.** A word that no field understood is kept in the nearest box of free text, and it is
  listed as free, so that what was not understood can be seen.
- **No span lies.** Each field says which letters it was read from: these letters stand in the text as it was given,
  also where the text is JSON or has brackets around weights.
- **Nothing is made up.** What the text does not say stays open. A text of nothing but free words is a shot, too.
- What does not fit, or was read as something near it, is told in a note: an f-number is kept as a T-stop.

## Limits

- {chars:,} characters of prompt; a longer one is refused, and nothing of it is kept. A file that carries one (a
  ComfyUI graph, a JSON) may have {file:,}, a picture {picture} MB.
- {text:,} characters in one box of free words; what is longer runs over into the notes of the shot.
- {ids} lamps, people, or moves, {many} values in one list. The words of the rest stay words.
- English. Words of other languages are kept as free words, whole.
- Comparisons are taken at their word: "she moves as if under water" is under water. What a name means can be guessed
  wrong, so look at the marked letters before you keep a reading.

## To teach it a word

- Another name for a term is an alias in its file: [vocab/README.md](../vocab/README.md#add-a-term). `spoken = true`
  in the head of a facet says that its names are unmistakable in prose.
- English that must not be heard as a term is an idiom: [vocab/README.md](../vocab/README.md#ordinary-english),
  `vocab/phrases/`.
- What is called on set, with its steps, is in `vocab/notes/steps.toml`: [notes.md](notes.md).
- Another way of writing is a file in `app/parse/forms/`.

## How much comes back

A shot is written for a model, the prompt is read, and both shots are compared: every picked term that the prompt
carries. **Back** is the share of the terms said that are read again at the same place; **true** is the share of the
terms read that had been said. What a shot says as a number and a model is told in words ("from knee height" for
0.5 m) comes back as the name, and counts against it; so does a term that free words name. Numbers and words of
one's own are not counted. All of them are read as any text that is pasted, and nobody says for which model it
was written.

The first shots are {seen} of ours. **The reader was tuned on these**, so their figures are the best case. The others,
"unseen", are {drawn} that chance drew, with a fixed seed: {picks} fields each of one person and one lamp, in a frame
of free words that nobody tuned the reader on. Nobody would shoot them, but no name in them is where one expects it.

"""


class Score(NamedTuple):
    """What one target brings back: over the shots that the reader was tuned on, and over those that chance drew."""

    target: str
    seen: list[Row]
    unseen: list[Row]


def tuned() -> list[Shot]:
    """Return the shots that the reader was tuned on."""
    files = sorted((ROOT / "tests" / "lint" / "corpus").glob("*.toml"))
    samples = [read_data(sample.shot) for sample in VOCABULARY.samples.values()]
    return [*samples, *(read_text(file.read_text("utf-8"), file.name) for file in files)]


def drawn() -> list[Shot]:
    """Return shots of picked terms, with free words round them, drawn with a fixed seed."""
    chance = Random(SEED)  # noqa: S311  draws examples, no secrets
    return [Shot.model_validate(_drawn(chance)) for _ in range(DRAWN)]


def _drawn(chance: Random) -> dict[str, Any]:
    fields = sorted(path for path in picked_at() if not path.startswith("references"))
    data: dict[str, Any] = {}
    for path, said in OWN_WORDS.items():
        _set(data, path, chance.choice(said))
    for path in sorted(chance.sample(fields, PICKS)):
        term = chance.choice(VOCABULARY.facets[picked_at()[path]].terms).id
        _set(data, _named(path), [term] if takes_several(path) else term)
    return data


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    *keys, last = path.split(".")
    for key in keys:
        data = data.setdefault(key, {})
    data[last] = value


OWN_WORDS: dict[str, tuple[Any, ...]] = {
    "subjects.mara.description": (
        "a tall woman with a scar across one wrist",
        "a boy with a chipped tooth and a paper crown",
        "a retired stoker whose left eye is glass",
        "twins who share one umbrella",
        "a beekeeper, freckled, out of breath",
        "a plaster saint without hands",
    ),
    "subjects.mara.wardrobe": (
        "a mustard raincoat with the hood up",
        "a borrowed dinner jacket, sleeves too long",
        "overalls stiff with paint",
        "a wedding dress tucked into rubber boots",
    ),
    "beats.main.action.mara": (
        {"words": "threads a needle by the stove"},
        {"words": "counts coins into a hat, loses count and starts again"},
        {"words": "pulling a sledge that holds a piano stool"},
        {"words": "waits for the kettle and does not look up"},
    ),
    "place.where": (
        "the back room of a tannery",
        "a lock keeper's garden below the weir",
        "a swimming bath that was drained years ago",
        "the last row of a touring circus",
    ),
}
"""What stands round the terms of a drawn shot: words of one's own, of which some name terms by chance."""

NAMES = {"subjects": "mara", "lights": "key", "beats": "main", "moves": "first"}


def _named(pattern: str) -> str:
    """Put an id in the place of each `*`; what is said of people in a beat is said of the one there is."""
    keys = pattern.split(".")
    return ".".join(NAMES.get(keys[at - 1], "mara") if key == "*" else key for at, key in enumerate(keys))


def scores() -> list[Score]:
    """Measure every target."""
    seen, unseen = tuned(), drawn()
    return [
        Score(
            name, recall(seen, VOCABULARY.target(name), VOCABULARY), recall(unseen, VOCABULARY.target(name), VOCABULARY)
        )
        for name in TARGETS
    ]


def reading_page(found: list[Score]) -> str:
    """Write the page."""
    head = HEAD.format(
        example=EXAMPLE,
        table=_table(("words", "field", "value"), _read(parse(EXAMPLE, VOCABULARY))),
        forms="\n".join(f"- {form.label}" for form in sorted(forms.values(), key=lambda one: one.label)),
        chars=MAX_CHARS,
        file=MAX_FILE,
        picture=MAX_PICTURE >> 20,
        text=MAX_TEXT,
        ids=MAX_IDS,
        many=MAX_LIST,
        seen=len(tuned()),
        drawn=DRAWN,
        picks=PICKS,
    )
    whole = _table(
        ("written for", "terms", "back", "true", "unseen: terms", "back", "true"),
        ([f"`{one.target}`", *_total(one.seen), *_total(one.unseen)] for one in found),
    )
    each = (
        "Each cell: back, true, in per cent, over the shots that the reader was tuned on; – where there is nothing to\n"
        "count. `said` is how often the field is said, in the prompts of the target that says it most."
    )
    fields = sorted({row.field for one in found for row in one.seen})
    rows = ([f"`{name}`", _said(found, name), *(_cell(one.seen, name) for one in found)] for name in fields)
    return f"{head}{whole}\n## Field by field\n\n{each}\n\n{_table(('field', 'said', *TARGETS), rows)}"


def _read(parsed: Parsed) -> Iterable[list[str]]:
    """Yield a row for each span: its words, the title of its field, and the value that stands there."""
    held = leaves(parsed.shot)
    for span in parsed.spans:
        value = held.get(span.path, "")
        values = value if isinstance(value, tuple) else (value,)
        yield [span.text, f"{title(span.path)} (`{span.path}`)", ", ".join(_shown(one) for one in values)]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["words"])
    if isinstance(value, float):
        return f"{value:g}"
    return VOCABULARY.terms[value].label if value in VOCABULARY.terms else str(value)


def _table(head: Iterable[str], rows: Iterable[list[str]]) -> str:
    cells = [list(head)]
    lines = [*cells, ["---"] * len(cells[0]), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _total(rows: list[Row]) -> list[str]:
    said, back, more = (sum(getattr(row, key) for row in rows) for key in ("said", "back", "more"))
    total = Row("", said, back, more)
    return [f"{said:,}", f"{total.recall:.0%}", f"{total.precision:.0%}"]


def _said(found: list[Score], name: str) -> str:
    return str(max(_row(one.seen, name).said for one in found))


def _cell(rows: list[Row], name: str) -> str:
    row = _row(rows, name)
    back = f"{row.recall * 100:.0f}" if row.said else "–"
    true = f"{row.precision * 100:.0f}" if row.back + row.more else "–"
    return f"{back}, {true}" if row.said or row.more else "–"


def _row(rows: list[Row], name: str) -> Row:
    return next((one for one in rows if one.field == name), Row(name, 0, 0, 0))


def test_how_a_prompt_is_read_and_how_much_comes_back_is_in_the_docs(request: pytest.FixtureRequest) -> None:
    page = reading_page(scores())
    if request.config.getoption("--golden"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page


def test_drawn_shots_are_the_same_every_time_and_differ_from_each_other() -> None:
    shots = drawn()
    assert shots == drawn()
    assert len({shot.model_dump_json() for shot in shots}) == DRAWN
