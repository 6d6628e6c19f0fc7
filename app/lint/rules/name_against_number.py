from collections.abc import Iterator
from functools import lru_cache

from app.lint.base import Rule
from app.lint.people import eyes_m
from app.patch import at
from app.resolve import Known, Resolved
from app.schema.compiled import Finding
from app.schema.facets import extra, facet_of
from app.vocab import Facet, Term, Vocabulary

OTHERS = frozenset({".draws", "camera.frame_height_m"})
"""Numbers that rules of their own hold against their names: patterns, and the size against lens and distance."""

EYE_M = 0.2
SOFT_EDGE = 1.5

SLACK = 0.02
"""Names are bands with soft edges: a fiftieth beyond one is still within it."""


class NameAgainstNumber(Rule):
    """A name is picked, and the number that it stands for is said to be another.

    ## What
    A field that takes a name (the camera's height, the balance, the shape of the frame, a light's direction or quality)
    and the number beside it do not agree. Eye height is that of the person's own eyes, seated or small; and a lamp may
    be half as large again as its quality says, for nobody draws that line with a ruler.

    ## Why
    Both are sent. A model believes whichever it understands better, and a crew asks which of the two is meant.

    ## Example
    ```toml
    [camera]
    height = "camera.height.eye"
    height_m = 0.3
    ```

    ```toml
    [camera]
    balance = "camera.balance.tungsten"
    white_balance_k = 5600
    ```

    ## Instead
    ```toml
    [camera]
    height = "camera.height.ground"
    height_m = 0.25
    ```
    """

    id = "name_against_number"
    severity = "warning"
    basis = "definition"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold every picked name against its number, where somebody said that number."""
        for path, number, facet in _pairs(resolved.vocabulary, resolved.said):
            yield from self._compare(resolved, path, number, facet)

    def _compare(self, resolved: Resolved, path: str, number: str, facet: Facet) -> Iterator[Finding]:
        term, known = resolved.term(path), resolved.values.get(number)
        if term is None or known is None or not _stands_alone(known, resolved):
            return
        value = abs(known.value) if "_abs_" in facet.by else known.value
        band = facet.band(term)
        if band is None or band[0] - _slack(band) <= value <= band[1] + _slack(band):
            return
        if _near_enough(resolved, term, value, band):
            return
        fits, unit = facet.named(value), extra(number).get("unit", "")
        said = next((one for one in known.because if one in resolved.said), number)
        yield self.found(
            f"{term.label} means {band[0]:g} to {band[1]:g} {unit}".rstrip() + f"; the shot says {value:.4g}.",
            path,
            said if extra(said) else path,
            fix=at(path, fits.id if fits else None),
        )


@lru_cache(maxsize=512)
def _pairs(vocabulary: Vocabulary, said: frozenset[str]) -> tuple[tuple[str, str, Facet], ...]:
    """Return every said pick whose name stands for a number, with that number's path and the pick's facet."""
    facets = ((path, vocabulary.facets.get(facet_of(path))) for path in sorted(said))
    return tuple(
        (path, facet.number_at(path), facet)
        for path, facet in facets
        if facet and facet.names and facet.names not in OTHERS
    )


def _stands_alone(known: Known, resolved: Resolved) -> bool:
    """Tell whether a number was said, or follows from said numbers alone and so not from the name itself."""
    if known.origin in {"said", "inherited"}:
        return True
    return known.origin == "physics" and resolved.said.issuperset(known.because)


def _near_enough(resolved: Resolved, term: Term, value: float, band: tuple[float, float]) -> bool:
    """Tell whether a number fits its name all the same: the height of the hero's own eyes, a lamp's soft quality."""
    if term.id == "camera.height.eye":
        return abs(value - eyes_m(resolved, resolved.hero)) < EYE_M
    return term.facet == "light.quality" and band[0] / SOFT_EDGE <= value <= band[1] * SOFT_EDGE


def _slack(band: tuple[float, float]) -> float:
    return SLACK * (band[1] - band[0])
