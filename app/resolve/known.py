"""A shot with everything that follows from it. Never saved as the shot."""

from collections.abc import Iterator
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
        value = self.value(path)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

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

    def key(self) -> str:
        """Return the id of the key light: the first by slot whose role says so, or empty."""
        return next((name for name, light in self.lights() if str(light.role) == "light.role.key"), "")

    def hero(self) -> str:
        """Return the id of the first subject by slot, or empty."""
        return next((name for name, _ in self.subjects()), "")

    def lights(self) -> Iterator[tuple[str, Any]]:
        """Yield the lights by slot."""
        return ordered(self.shot.lights)

    def subjects(self) -> Iterator[tuple[str, Any]]:
        """Yield the subjects by slot."""
        return ordered(self.shot.subjects)


def ordered(things: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield a map's entries by slot, then by the order in which they stand."""
    yield from sorted(things.items(), key=lambda item: item[1].slot)
