"""A note, as the shot page shows it before it is taken: each change in the words of the controls."""

from typing import NamedTuple

from app.compile.differences import named, worded
from app.parse.notes import Noted
from app.parse.notes_sheet import FOLLOWS
from app.resolve import Resolved


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
