"""What hangs in the air: extinction, contrast, beams and rain. Metres; extinction per metre."""

from math import exp, expm1, inf

from app.physics.limits import between, positive

KOSCHMIEDER = 3.912
"""-ln(0.02): the visual range is where contrast has fallen to 2 % (AMS Glossary, visual range)."""

BEAM_READS = 0.01
"""The least share of a beam's light that must reach the camera scattered; craft, for a beam in a dark room."""


def extinction_per_m(visibility_m: float) -> float:
    """Return the extinction of air in which one sees so far: 3.912 / V (Koschmieder); 0 for infinite visibility."""
    positive("The visibility", visibility_m, " m")
    return KOSCHMIEDER / visibility_m


def visibility_m(extinction_per_m: float) -> float:
    """Return how far one sees: 3.912 / sigma; infinite in air that takes nothing."""
    _takes(extinction_per_m)
    return KOSCHMIEDER / extinction_per_m if extinction_per_m else inf


def transmission(extinction_per_m: float, distance_m: float) -> float:
    """Return the share of light (0 to 1) that comes through a distance: exp(-sigma D)."""
    _takes(extinction_per_m)
    between("The distance", distance_m, 0, inf, " m")
    return exp(-extinction_per_m * distance_m) if extinction_per_m else 1.0


def contrast_at(extinction_per_m: float, distance_m: float, contrast: float = 1) -> float:
    """Return what is left of a thing's contrast to the haze behind it at a distance: C exp(-sigma D)."""
    return contrast * transmission(extinction_per_m, distance_m)


def air_reads(visibility_m: float) -> str:
    """Name a visibility outdoors: clear (20 km), aerial perspective, haze (5 km), mist (2 km), fog (1 km), dense fog.

    Fog begins below 1 km by definition (WMO), dense fog below 100 m; the rest by custom.
    """
    positive("The visibility", visibility_m, " m")
    floors = ((20000, "clear"), (5000, "aerial perspective"), (2000, "haze"), (1000, "mist"), (100, "fog"))
    return next((word for floor, word in floors if visibility_m >= floor), "dense fog")


def beam_strength(extinction_per_m: float, thickness_m: float, distance_m: float) -> float:
    """Return the share of a beam's light that is scattered within it and comes through to the camera.

    (1 - exp(-sigma w)) exp(-sigma D): thin air shows nothing, thick air swallows it again.
    """
    positive("The thickness of the beam", thickness_m, " m")
    return -expm1(-extinction_per_m * thickness_m) * transmission(extinction_per_m, distance_m)


def beam_reads(extinction_per_m: float, thickness_m: float = 0.5, distance_m: float = 5) -> bool:
    """Tell whether a beam is seen from a distance: 1 % of its light at least.

    Set haze of 0.03 to 0.15 per metre shows half a metre of beam over 3 to 10 m; outdoor haze needs beams as thick as
    clouds are apart.
    """
    return beam_strength(extinction_per_m, thickness_m, distance_m) >= BEAM_READS


def rain_speed_m_s(drop_mm: float) -> float:
    """Return how fast a raindrop of 0.6 to 5.8 mm falls, 2.5 to 9.3 m/s.

    9.65 - 10.3 exp(-0.6 d) (Atlas, Srivastava and Sekhon 1973).
    """
    between("The size of a drop", drop_mm, 0.6, 5.8, " mm")
    return 9.65 - 10.3 * exp(-0.6 * drop_mm)


def _takes(extinction_per_m: float) -> None:
    between("The extinction", extinction_per_m, 0, inf, " per m")
