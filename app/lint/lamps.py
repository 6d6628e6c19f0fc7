"""What several rules look at in the lamps: how far round the face they stand, and what they draw there."""

from collections.abc import Iterator

from app.physics import light
from app.physics.face import TURNED_FROM_DEG
from app.resolve import Resolved
from app.schema.shot import Light
from app.vocab import Term

FROM_BEHIND = frozenset({"light.role.rim", "light.role.back", "light.role.kicker", "light.role.hair"})
"""Roles of lamps that stand behind the subject."""

SUNS = frozenset({"light.source.sun", "light.source.low_sun", "light.source.golden_hour_sun"})
"""The sun itself, at any height."""

SKIES = frozenset(
    {
        "light.source.daylight",
        "light.source.overcast_sky",
        "light.source.skylight",
        "light.source.open_shade",
        "light.source.blue_hour_sky",
        "light.source.window_light",
    }
)
"""Light of the sky, with the sun in it or without."""

BY_SHADOW = frozenset({"flat", "loop", "rembrandt"})
"""Patterns told apart by where the nose's shadow falls; the others by how far round the face the lamp stands."""

HARD_EDGE_DEG = 5
"""Up to this size a source draws a shape with a readable edge a metre from the wall."""

SLACK_DEG = (0, -3, 3)


def round_face(resolved: Resolved, name: str) -> float | None:
    """Return a lamp's azimuth on the face it lights, in degrees, positive camera right; None when it has no place."""
    return resolved.number(f"lights.{name}.face_azimuth_deg")


def head_turned(resolved: Resolved, name: str) -> float:
    """Return how far round the face that a lamp lights the camera stands, in degrees; 0 when nobody turned it."""
    on_face, on_camera = round_face(resolved, name), resolved.number(f"lights.{name}.camera_azimuth_deg")
    return 0.0 if on_face is None or on_camera is None else light.wrapped(on_face - on_camera)


def placed(resolved: Resolved, name: str) -> bool:
    """Tell whether a lamp has an azimuth of its own, and not only one that a name implies."""
    known = resolved.values.get(f"lights.{name}.azimuth_deg")
    return known is not None and known.origin != "term"


def named_patterns(resolved: Resolved) -> Iterator[tuple[str, Term, float]]:
    """Yield each lamp that names a pattern and has a place of its own: its id, the pattern, degrees round the face.

    Left out is a lamp that draws its pattern only when the number is read on the face, where nobody said so.
    """
    for name, lamp in resolved.lights:
        term = resolved.term(f"lights.{name}.pattern") if lamp.pattern else None
        if term is None or not placed(resolved, name):
            continue
        azimuth = round_face(resolved, name)
        if azimuth is not None and not meant_on_face(resolved, name, lamp, term):
            yield name, term, abs(azimuth)


def meant_on_face(resolved: Resolved, name: str, lamp: Light, pattern: Term) -> bool:
    """Tell whether a number is read on the camera, the head is turned, and only on the face it draws the pattern."""
    azimuth = round_face(resolved, name)
    if lamp.azimuth_deg is None or azimuth is None or lamp.frame in {"face", "set"} or lamp.mark is not None:
        return False
    if abs(head_turned(resolved, name)) < TURNED_FROM_DEG:
        return False
    rise = resolved.number(f"lights.{name}.elevation_deg") or 0
    return draws(pattern, abs(lamp.azimuth_deg), rise) and not draws(pattern, abs(azimuth), rise)


def draws(pattern: Term, azimuth_deg: float, elevation_deg: float) -> bool:
    """Tell whether a lamp that far round the face and that high draws a pattern, within a few degrees."""
    name = pattern.id.rpartition(".")[2]
    if name in BY_SHADOW:
        return any(
            light.pattern(abs(azimuth_deg + across), elevation_deg + up) == name
            for across in SLACK_DEG
            for up in SLACK_DEG
        )
    low, high = (pattern.numbers.get(f"azimuth_abs_{end}_deg") for end in ("min", "max"))
    return low is None or high is None or low - 5 <= azimuth_deg <= high + 5


def drawn(resolved: Resolved, name: str, azimuth_deg: float) -> tuple[str, str]:
    """Return what a lamp draws on the face: in words, and as the id of a pattern, empty when no term says it."""
    named = light.pattern(azimuth_deg, resolved.number(f"lights.{name}.elevation_deg") or 0)
    term = f"light.pattern.{named}"
    return DRAWS[named], term if term in resolved.vocabulary.terms else ""


DRAWS = {
    "flat": "a flat front light",
    "butterfly": "a butterfly",
    "loop": "a loop",
    "rembrandt": "Rembrandt's triangle",
    "split": "a split",
    "back": "an edge from behind",
}
