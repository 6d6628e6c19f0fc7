"""What a director calls on set, as data: relative words, the axis that each turns, and how far one step goes."""

from typing import Literal

from app.vocab.entry import Entry

How = Literal["term", "add", "times", "mired", "stop", "series", "swing"]
"""How a step changes a value.

`term`: to the neighbouring term, in the order of the number `by`, or in the order of `terms`. `add`: so much more.
`times`: so many times as much. `mired`: a colour temperature by a shift. `stop`: an iris by so many stops. `series`: to
the next of `values`. `swing`: a lamp round the subject, in degrees, towards the goal that the word names.
"""


class Way(Entry):
    """One field that an axis can turn, with the step for a touch, a bit, no word of degree, and a lot.

    `*` in the path stands for the lamp or person that the note names, `<key>` and `<fill>` for the lamp of that role,
    `**` for every move of the camera. A way is open when something is said at its path; with `known`, also when a value
    follows from what is said; with `base`, always, counting from there. `turn` is −1 where more of the axis is less of
    this field; `only` names the role of the lamp for which the way stands open. A result is rounded to `to`; an iris
    snaps to one of `values` that is nearer than 2 %. `why` says what the way leaves alone.
    """

    path: str
    how: How
    steps: tuple[float, float, float, float]
    turn: Literal[1, -1] = 1
    unit: str = ""
    by: str = ""
    terms: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    to: float = 0.01
    base: float | None = None
    known: bool = False
    only: str = ""
    why: str = ""


class Axis(Entry):
    """A quantity that has more and less. The first of its ways that is open is taken; else `ask` is the question."""

    id: str
    label: str
    ask: str
    way: tuple[Way, ...]


class Direction(Entry):
    """A relative word under its names, and the axis that it turns for each thing; `-` before an axis: towards less.

    The first thing is meant where the note names none; `any` stands for every other thing, and `up` for the axis of its
    own. `goal` is where a `swing` leads.
    """

    names: tuple[str, ...]
    of: dict[str, str]
    goal: Literal["", "left", "right", "front", "side", "back"] = ""


class Thing(Entry):
    """What a note can speak of: the axis of its "up" and "down", by unit too, and where an absolute number stands.

    `none` is the term that says it is not there.
    """

    id: str
    names: tuple[str, ...] = ()
    up: str = ""
    units: dict[str, str] = {}
    sets: dict[str, str] = {}
    none: str = ""


class Notes(Entry):
    """Words of notes: degrees, spelt stops, axes, relative words, things, and the small words round them.

    `words` by what they do: `lose`, `add`, `flip`, `keep` (the clause is left alone), `more`, `less`, `over`, `under`,
    `left`, `right`, `again` (one more of the same), `all` (the lamps), `join`, `quiet` (no meaning of their own).
    """

    id: str
    amounts: dict[Literal["touch", "bit", "lot"], tuple[str, ...]] = {}
    stops: dict[str, float] = {}
    axis: tuple[Axis, ...] = ()
    direction: tuple[Direction, ...] = ()
    thing: tuple[Thing, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
