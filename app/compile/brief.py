"""What crosses the middle of the program: a shot as clauses that no model has worded yet."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Fact(NamedTuple):
    """One thing said, in neutral words.

    `number` is the exact figure to stand beside the words where a target reads its `unit`; `term` lets a target
    use a phrase of its own.
    """

    name: str
    words: str
    paths: tuple[str, ...]
    number: str = ""
    unit: str = ""
    term: str = ""
    derived: bool = False


@dataclass(slots=True)
class Clause:
    """Facts that belong together: one light, one subject, the lens. `about` is the id they stay bound to.

    `priority` 0 goes last when a target is short; a pinned clause never goes. `worded` holds how it was written
    before, and `whole` which targets hear all of it: many targets share a voice, and an edit leaves most clauses alone.
    """

    slot: str
    facts: list[Fact]
    priority: int = 5
    about: str = ""
    pinned: bool = False
    derived: bool = False
    worded: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    whole: set[str] = field(default_factory=set, repr=False, compare=False)


class Picture(NamedTuple):
    """A reference picture that can be sent."""

    id: str
    role: str
    asset: str


@dataclass(slots=True)
class Brief:
    """Everything a shot says, in order."""

    clauses: list[Clause]
    excluded: list[Fact]
    pictures: list[Picture]
