"""Terms, facets and targets: the vocabulary as it stands in memory, frozen."""

from fnmatch import fnmatchcase
from functools import cached_property
from math import log
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Confidence = Literal["source", "derived", "craft"]
"""Read in a source, derived from a formula, or craft knowledge: an editable default, never a citation."""


class Entry(BaseModel):
    """A frozen record of a data file; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


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

    def named(self, value: float) -> Term | None:
        """Return the term in whose range a number lies; between two ranges, the nearer one."""
        bands = self._bands
        if not bands or not bands[0][0] <= value <= max(high for _, high, _ in bands):
            return None
        inside = [term for low, high, term in bands if low <= value <= high]
        return inside[0] if inside else min(bands, key=lambda band: _gap(value, band[0], band[1]))[2]

    @cached_property
    def _bands(self) -> list[tuple[float, float, Term]]:
        stem, _, unit = (self.by or self.names.rpartition(".")[2]).rpartition("_")
        low, high = f"{stem}_min_{unit}", f"{stem}_max_{unit}"
        found = [(one.numbers[low], one.numbers[high], one) for one in self.terms if {low, high} <= one.numbers.keys()]
        return sorted(found, key=lambda band: (band[0], band[1]))


def _gap(value: float, low: float, high: float) -> float:
    """Return how far a number lies from a range: in its own proportion where all are positive, else plainly."""
    if min(value, low, high) > 0:
        return abs(log(value / low)) if value < low else abs(log(value / high))
    return low - value if value < low else value - high


class Roles(Entry):
    """How a target takes reference pictures."""

    max: int = 0
    words: dict[str, str] = {}


class Facts(Entry):
    """When a target's facts were read, and how sure they are."""

    date: str
    confidence: Literal["vendor", "host", "secondary", "mixed"]
    note: str = ""


class Target(Entry):
    """What a model understands."""

    id: str
    label: str
    medium: Literal["image", "video"]
    dialect: str
    gloss: str = ""
    facts: Facts
    words: tuple[int, int] = (0, 0)
    limit_chars: int = 0
    aspects: tuple[str, ...] = ()
    sizes: tuple[tuple[int, int], ...] = ()
    derived: bool = False
    units: frozenset[str] = frozenset()
    negative: Literal["rewrite", "field"] = "rewrite"
    references: Roles = Roles()
    silent: dict[str, str] = {}
    says: dict[str, str] = {}
    params: dict[str, Any] = {}
    usd: dict[str, float] = {}
    retired: str = Field(default="", description="date, and the nearest living target")

    @cached_property
    def _why(self) -> dict[str, str]:
        """What `why_silent` has answered before."""
        return {}

    def why_silent(self, path: str) -> str:
        """Return why this target cannot hear a path, or nothing."""
        if path not in self._why:
            told = (reason for pattern, reason in self.silent.items() if fnmatchcase(path, pattern))
            self._why[path] = next(told, "")
        return self._why[path]


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
