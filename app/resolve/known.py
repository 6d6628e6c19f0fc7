"""A shot with everything that follows from it. Never saved as the shot."""

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from app.schema.facets import facet_of
from app.schema.shot import Mark, Shot
from app.vocab import Term, Vocabulary

Origin = Literal["said", "inherited", "term", "physics"]


class Known(NamedTuple):
    """A value, where it comes from, and the paths it follows from."""

    value: Any
    origin: Origin
    source: str = ""
    because: tuple[str, ...] = ()


new = tuple.__new__
"""Makes a Known without its argument parsing: a shot has a hundred of them, at every keystroke."""

NUMBERS = frozenset({int, float})
NO_MARK = Mark()
KEY = "light.role.key"


@dataclass
class Resolved:
    """A flattened shot, and `values` by path: what was said and what was derived.

    `lights` and `subjects` stand by slot; `hero` is the first subject and `key` the first key light, or empty;
    `pins` and `left` are the paths that must stay, and those that are left to the model on purpose; `unknown` are
    the ids that the vocabulary lacks, with the path of each; `picked` are the terms picked and `spoken` those that free
    text names, each with its paths; `texts` is that free text (`lint` listens to it).
    """

    shot: Shot
    vocabulary: Vocabulary
    values: dict[str, Known]
    said: frozenset[str] = field(default=frozenset())
    lights: list[tuple[str, Any]] = field(init=False)
    subjects: list[tuple[str, Any]] = field(init=False)
    hero: str = field(init=False)
    key: str = field(init=False)
    pins: frozenset[str] = field(init=False)
    left: frozenset[str] = field(init=False)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    picked: dict[str, list[str]] = field(default_factory=dict)
    spoken: dict[str, list[str]] = field(default_factory=dict)
    texts: list[tuple[str, str]] | None = None

    def __post_init__(self) -> None:
        """Order what is asked for again and again."""
        marks = self.shot.marks.items()
        self.lights, self.subjects = ordered(self.shot.lights), ordered(self.shot.subjects)
        self.hero = self.subjects[0][0] if self.subjects else ""
        self.key = next((name for name, light in self.lights if light.role == KEY), "")
        self.pins = frozenset([path for path, mark in marks if mark.pin])
        self.left = frozenset([path for path, mark in marks if mark.leave])

    def value(self, path: str) -> Any:
        """Return the value at a path, or None."""
        known = self.values.get(path)
        return known.value if known else None

    def number(self, path: str) -> float | None:
        """Return the number at a path, or None."""
        known = self.values.get(path)
        value = known.value if known else None
        return value if type(value) in NUMBERS else None

    def pick(self, path: str) -> str:
        """Return the id picked at a path; empty for words of one's own and for silence."""
        value = self.value(path)
        return value if type(value) is str else ""

    def term(self, path: str) -> Term | None:
        """Return the term picked at a path, or None for words, unknown ids and silence."""
        value = self.value(path)
        return self.vocabulary.terms.get(value) if isinstance(value, str) else None

    def terms(self, path: str) -> list[Term]:
        """Return the known terms of a list of picks."""
        found = [self.vocabulary.terms.get(item) for item in self.value(path) or () if isinstance(item, str)]
        return [term for term in found if term]

    def name(self, path: str) -> Term | None:
        """Return the term picked at a path; else the one that names the number there, as 1.6 m names eye level."""
        if path in self.values:
            return self.term(path)
        facet = self.vocabulary.facets.get(facet_of(path))
        if facet is None or not facet.names:
            return None
        value = self.value(facet.number_at(path))
        if isinstance(value, str):
            return self.vocabulary.terms.get(value)
        if not isinstance(value, (int, float)):
            return None
        return facet.named(abs(value) if "_abs_" in facet.by else value)

    def where(self, *terms: str) -> str:
        """Return the first path at which one of the terms is picked, or named in free text; empty when nowhere."""
        for term in terms:
            if paths := self.picked.get(term) or self.spoken.get(term):
                return paths[0]
        return ""

    def derive(self, path: str, value: Any, because: tuple[str, ...], source: str = "", *, term: bool = False) -> None:
        """Add what follows, unless something is known there already."""
        if path not in self.values:
            self.values[path] = new(Known, (value, "term" if term else "physics", source, because))

    def because(self, path: str) -> tuple[str, ...]:
        """Return the said paths behind a value: its own, or those it follows from."""
        known = self.values.get(path)
        if known is None:
            return ()
        return (path,) if known.origin in {"said", "inherited"} else known.because

    def mark(self, path: str) -> Mark:
        """Return the note on a path."""
        return self.shot.marks.get(path, NO_MARK)

    def pinned(self, *paths: str) -> bool:
        """Tell whether any of the paths must stay in the prompt."""
        return not self.pins.isdisjoint(paths)


def ordered(things: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return a map's entries by slot, then by the order in which they stand."""
    return sorted(things.items(), key=lambda item: item[1].slot)
