"""A shot with everything that follows from it. Never saved as the shot."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from app.schema.shot import Mark, Shot
from app.vocab import Term, Vocabulary

Origin = Literal["said", "inherited", "term", "physics"]


class Known(NamedTuple):
    """A value, where it comes from, and the paths it follows from."""

    value: Any
    origin: Origin
    source: str = ""
    because: tuple[str, ...] = ()


NUMBERS = frozenset({int, float})
NO_MARK = Mark()


@dataclass
class Resolved:
    """A flattened shot, and `values` by path: what was said and what was derived."""

    shot: Shot
    vocabulary: Vocabulary
    values: dict[str, Known]
    said: frozenset[str] = field(default=frozenset())

    def value(self, path: str) -> Any:
        """Return the value at a path, or None."""
        known = self.values.get(path)
        return known.value if known else None

    def number(self, path: str) -> float | None:
        """Return the number at a path, or None."""
        known = self.values.get(path)
        return known.value if known and type(known.value) in NUMBERS else None

    def term(self, path: str) -> Term | None:
        """Return the term picked at a path, or None for words, unknown ids and silence."""
        value = self.value(path)
        return self.vocabulary.terms.get(value) if isinstance(value, str) else None

    def terms(self, path: str) -> list[Term]:
        """Return the known terms of a list of picks."""
        found = [self.vocabulary.terms.get(item) for item in self.value(path) or () if isinstance(item, str)]
        return [term for term in found if term]

    def derive(self, path: str, value: Any, because: tuple[str, ...], source: str = "", *, term: bool = False) -> None:
        """Add what follows, unless something is known there already."""
        if path not in self.values:
            self.values[path] = Known(value, "term" if term else "physics", source, because)

    def mark(self, path: str) -> Mark:
        """Return the note on a path."""
        return self.shot.marks.get(path, NO_MARK)

    def pinned(self, *paths: str) -> bool:
        """Tell whether any of the paths must stay in the prompt."""
        return any(path in self.pins for path in paths)

    @cached_property
    def pins(self) -> frozenset[str]:
        """The paths that must stay in the prompt."""
        return frozenset(path for path, mark in self.shot.marks.items() if mark.pin)

    @cached_property
    def left(self) -> frozenset[str]:
        """The paths that are left to the model on purpose."""
        return frozenset(path for path, mark in self.shot.marks.items() if mark.leave)

    @cached_property
    def key(self) -> str:
        """The id of the key light: the first by slot whose role says so, or empty."""
        return next((name for name, light in self.lights if str(light.role) == "light.role.key"), "")

    @cached_property
    def hero(self) -> str:
        """The id of the first subject by slot, or empty."""
        return next((name for name, _ in self.subjects), "")

    @cached_property
    def lights(self) -> list[tuple[str, Any]]:
        """The lights by slot."""
        return ordered(self.shot.lights)

    @cached_property
    def subjects(self) -> list[tuple[str, Any]]:
        """The subjects by slot."""
        return ordered(self.shot.subjects)


def ordered(things: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return a map's entries by slot, then by the order in which they stand."""
    return sorted(things.items(), key=lambda item: item[1].slot)
