"""Terms and facets: the vocabulary as it stands in memory, frozen."""

from functools import cached_property
from math import log, sqrt
from typing import Any, Literal

from app.vocab.entry import Entry

Confidence = Literal["source", "derived", "craft"]
"""Read in a source, derived from a formula, or craft knowledge: an editable default, never a citation."""


class Term(Entry):
    """One word that a filmmaker can pick.

    `phrase` is neutral and reads well inside a sentence. `numbers` are facts about the term with the unit in
    their name, `lists` several such facts, `traits` what it is (a zoom, a film, a reversal stock). `sets` are values
    that picking it implies, by path: `camera.ei`, or `.elevation_deg` for a field of the same light; they show as
    derived defaults, never as said.
    """

    id: str
    label: str
    gloss: str
    phrase: str
    aliases: tuple[str, ...] = ()
    numbers: dict[str, float] = {}
    lists: dict[str, tuple[float, ...]] = {}
    traits: frozenset[str] = frozenset()
    sets: dict[str, float] = {}
    instead: str = ""
    related: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()
    confidence: Confidence = "craft"
    source: str = ""

    @property
    def facet(self) -> str:
        """The id of the facet that holds the term."""
        return self.id.rpartition(".")[0]


class Facet(Entry):
    """One question about a shot, and the terms that answer it.

    `names` is the path of the number that its terms are names for (with a leading dot: a field beside the pick), and
    `by` the fact that holds their ranges, `height_m` for `height_min_m` and `height_max_m`; by default the path's last
    key. `spoken`: in free text its names are taken at their word.
    """

    id: str
    label: str
    gloss: str
    terms: tuple[Term, ...]
    names: str = ""
    by: str = ""
    spoken: bool = False

    def number_at(self, path: str) -> str:
        """Return the path of the number that a pick at `path` is a name for."""
        return path.rpartition(".")[0] + self.names if self.names.startswith(".") else self.names

    def named(self, value: float) -> Term | None:
        """Return the term in whose range a number lies; between two ranges, the nearer one."""
        bands = self._bands
        if not bands or not bands[0][0] <= value <= max(high for _, high, _ in bands):
            return None
        inside = [term for low, high, term in bands if low <= value <= high]
        return inside[0] if inside else min(bands, key=lambda band: _gap(value, band[0], band[1]))[2]

    def band(self, term: Term) -> tuple[float, float] | None:
        """Return the range of the number that a term is a name for, or None."""
        stem, _, unit = (self.by or self.names.rpartition(".")[2]).rpartition("_")
        low, high = term.numbers.get(f"{stem}_min_{unit}"), term.numbers.get(f"{stem}_max_{unit}")
        return None if low is None or high is None else (low, high)

    def middle(self, term: Term) -> float | None:
        """Return the number in the middle of a term's range, to two figures: in proportion where all are positive."""
        band = self.band(term)
        if band is None:
            return None
        low, high = band
        return float(f"{sqrt(low * high) if low > 0 else (low + high) / 2:.2g}")

    @cached_property
    def _bands(self) -> list[tuple[float, float, Term]]:
        found = [(*band, term) for term in self.terms if (band := self.band(term))]
        return sorted(found, key=lambda band: (band[0], band[1]))


def _gap(value: float, low: float, high: float) -> float:
    """Return how far a number lies from a range: in its own proportion where all are positive, else plainly."""
    if min(value, low, high) > 0:
        return abs(log(value / low)) if value < low else abs(log(value / high))
    return low - value if value < low else value - high


class Crosswalk(Entry):
    """Where the fields and words of another program's file belong in a shot.

    `paths` name each field's paths in order of preference, with `*` for the id of the subject, light, move or beat at
    hand; where two fields compete for a path, the one further down the file stays picked. Those in `texts` hold free
    words, the others one of the other program's own values. Such a value is looked up by name in the facets of its
    paths: whole, up to its first comma, without one of `leading` or `trailing`, then piece by piece; `values` say
    where one lands that no name can tell. `always` is picked as soon as anything stands beside it, `spill` is where a
    path's second value goes as words, `generic` terms give way to others, `types` name the subjects that each of the
    other program's forms speaks of, and `about` are keys of a file that say nothing about the picture.
    """

    id: str
    label: str
    paths: dict[str, tuple[str, ...]]
    texts: frozenset[str] = frozenset()
    values: dict[str, dict[str, tuple[tuple[str, str | float], ...]]] = {}
    always: dict[str, str] = {}
    spill: dict[str, str] = {}
    types: dict[str, tuple[str, ...]] = {}
    about: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    leading: tuple[str, ...] = ()
    trailing: tuple[str, ...] = ()


class Sample(Entry):
    """A shot that ships with Printlight; `shot` is read by the schema."""

    id: str
    name: str
    project: str
    slate: str
    note: str = ""
    place: int = 0
    target: str = "uni-1"
    shot: dict[str, Any]
