"""What crosses the middle of the program: a shot as clauses that no model has worded yet."""

from dataclasses import dataclass, field
from functools import cached_property
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


class Gist(NamedTuple):
    """What one may ask of a clause without reading its facts."""

    paths: frozenset[str]
    units: frozenset[str]
    terms: frozenset[str]
    bare: bool
    """Whether a number stands there that no word says."""


@dataclass
class Clause:
    """Facts that belong together: one light, one subject, the lens. `about` is the id they stay bound to.

    `priority` 0 goes last when a target is short; a pinned clause never goes. A clause is not changed once it is
    lowered, and remembers what was made of it: many targets share a voice, and an edit leaves most clauses alone.
    """

    slot: str
    facts: list[Fact]
    priority: int = 5
    about: str = ""
    pinned: bool = False
    derived: bool = False
    worded: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _made: "dict[tuple[Any, ...], Clause]" = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def gist(self) -> Gist:
        """The paths, units and terms of its facts, gathered once."""
        return Gist(
            frozenset([path for fact in self.facts for path in fact.paths]),
            frozenset([fact.unit for fact in self.facts if fact.number]),
            frozenset([fact.term for fact in self.facts if fact.term]),
            any(not fact.words for fact in self.facts if fact.number),
        )

    @cached_property
    def words(self) -> str:
        """The words of all its facts, as one text to look for letters in."""
        return "\n".join([fact.words for fact in self.facts])

    @cached_property
    def told(self) -> tuple[list[Fact], tuple[str, ...]]:
        """The facts that have something to say, and their names."""
        facts = [fact for fact in self.facts if fact.words or fact.number]
        return facts, tuple([fact.name for fact in facts])

    def keeping(self, kept: tuple[int, ...]) -> "Clause":
        """Return the clause with those of its facts alone: the same one each time that it is asked for."""
        if len(kept) == len(self.facts):
            return self
        if kept not in self._made:
            facts = [self.facts[at] for at in kept]
            self._made[kept] = Clause(self.slot, facts, self.priority, self.about, self.pinned, self.derived)
        return self._made[kept]

    def named(self, called: str, role: str) -> "Clause":
        """Return the clause of a picture under the name and role in which it is sent: the same one each time."""
        if (called, role) not in self._made:
            facts = [
                one._replace(name="name", words=called)
                if one.name == "asset"
                else one._replace(words=role, term="")
                if one.name == "role"
                else one
                for one in self.facts
            ]
            self._made[called, role] = Clause(self.slot, facts)
        return self._made[called, role]


class Picture(NamedTuple):
    """A reference picture that can be sent; `address` is where it also lies on the web, or empty."""

    id: str
    role: str
    asset: str
    address: str = ""
    strength: float | None = None
    at_s: float | None = None


@dataclass(slots=True)
class Brief:
    """Everything a shot says, in order."""

    clauses: list[Clause]
    excluded: list[Fact]
    pictures: list[Picture]
