"""What a text says as a shot, and which of its letters said what."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.schema import Shot


class Span(NamedTuple):
    """A field of the shot, and the letters that it was read from: `text` stands at `start` to `end`."""

    path: str
    start: int
    end: int
    text: str


class Free(NamedTuple):
    """Letters in which no field was recognised. Their words are kept in the shot, in the nearest box of free text.

    In a prompt of our own that is not so for what only follows from the rest, as what the light does.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A shot read from a text.

    `form` names how the text was written (prose, tags, labels, json, …), `target` the model that it was written for
    where the form says so, and `params` what stood beside the text as fields of a request (seed, steps, size) and
    has no place in a shot. `notes` say in sentences what a person should know: what was read as what, and why.
    """

    shot: Shot
    spans: tuple[Span, ...] = ()
    free: tuple[Free, ...] = ()
    form: str = "prose"
    target: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
