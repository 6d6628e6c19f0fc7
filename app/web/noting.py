"""A note, as the shot page shows it before it is taken: each change in the words of the controls."""

from typing import Any, NamedTuple

from app.parse.notes import Noted
from app.parse.notes_sheet import FOLLOWS
from app.resolve import Resolved
from app.schema.facets import pattern, title
from app.schema.paths import walk
from app.web import controls

NOTHING = "nothing"
"""Where an entry, such as a lamp, stands on one side of a change only."""


class Step(NamedTuple):
    """One change: the field, what stood there and what will stand there, how far it goes, and why.

    `heard` are the words of the note; `follows` tells a change that another one brings with it.
    """

    field: str
    before: str
    after: str
    step: str
    heard: str
    follows: bool


def steps(noted: Noted, resolved: Resolved) -> list[Step]:
    """Return a note's changes in the order in which they are taken."""
    return [
        Step(
            named(one.path),
            worded(resolved, one.path, one.before),
            worded(resolved, one.path, one.after),
            one.step,
            one.text,
            one.step == FOLLOWS,
        )
        for one in noted.read
    ]


def named(path: str) -> str:
    """Name a field and whose it is: `Azimuth of key`; or a whole entry: `Light kicker`."""
    keys, forms = path.split("."), pattern(path).split(".")
    whose = [key.replace("_", " ") for key, form in zip(keys, forms, strict=True) if form == "*"]
    if forms[-1] == "*":
        return f"{title(path.rpartition('.')[0]).removesuffix('s')} {whose[-1]}"
    return f"{title(path).partition(',')[0]}{f' of {whose[0]}' if whose else ''}"


def worded(resolved: Resolved, path: str, value: Any) -> str:
    """Write what stands, or would stand, at a path; a whole entry by what it says."""
    if pattern(path).endswith("*") and value is None:
        return NOTHING
    if isinstance(value, dict) and "words" not in value:
        said = [controls.worded(resolved, f"{path}.{key}", one) for key, one in walk(value).items()]
        return ", ".join(said) or path.rpartition(".")[2].replace("_", " ")
    return controls.worded(resolved, path, value)
