"""How large a source looks, and what that does to the edge of a shadow. Degrees and metres."""

from math import atan, degrees, inf, radians, tan

from app.physics.limits import between, positive

HARD_BELOW_DEG = 5
SOFT_FROM_DEG = 15
VERY_SOFT_FROM_DEG = 45
"""A proposal derived from the penumbra at the distance of a nose to its cheek."""

SUN_DEG = 0.53
"""The mean size of the sun's disc, and of the moon's."""

CRISP_M = 0.02
"""An edge narrower than this reads as a line on a wall or a floor; craft."""


def angular_size_deg(size_m: float, distance_m: float) -> float:
    """Return how large a source is, seen from the subject: 2 atan(w / 2 d)."""
    positive("The distance", distance_m, " m")
    return degrees(2 * atan(size_m / (2 * distance_m)))


def size_m(angular_deg: float, distance_m: float) -> float:
    """Return how wide a source is that looks `angular_deg` large (0 to 180) at a distance; infinite at 180."""
    return 2 * distance_m * _half_tangent(angular_deg)


def softness(angular_deg: float) -> str:
    """Name a size: hard, medium, soft or very soft."""
    if angular_deg < HARD_BELOW_DEG:
        return "hard"
    if angular_deg < SOFT_FROM_DEG:
        return "medium"
    return "soft" if angular_deg < VERY_SOFT_FROM_DEG else "very soft"


def penumbra_m(angular_deg: float, gap_m: float) -> float:
    """Return the width of a shadow's edge cast over a gap: 2 g tan(theta / 2)."""
    return 2 * gap_m * _half_tangent(angular_deg) if gap_m else 0.0


def edge_is_crisp(angular_deg: float, gap_m: float, limit_m: float = CRISP_M) -> bool:
    """Tell whether a shadow cast over a gap has a line for an edge: a penumbra of at most `limit_m`.

    The same source is crisp near and soft far: the sun's edge is a line up to some 2 m behind the thing that casts it,
    that of a 5 degree lamp up to 23 cm. So hard and soft say something of a source only with its gap.
    """
    return penumbra_m(angular_deg, gap_m) <= limit_m


def edge_share(angular_deg: float, gap_m: float, frame_height_m: float) -> float:
    """Return a shadow's edge as a share of the frame's height: what is soft in a close-up is crisp in a wide shot."""
    positive("The height of the frame", frame_height_m, " m")
    return penumbra_m(angular_deg, gap_m) / frame_height_m


def umbra_m(width_m: float, angular_deg: float, gap_m: float) -> float:
    """Return how wide the full shadow of a thing (a slat, a mullion) stays over a gap; 0 when it washes out."""
    return max(width_m - penumbra_m(angular_deg, gap_m), 0.0)


def _half_tangent(angular_deg: float) -> float:
    between("The size of a source", angular_deg, 0, 180, "°")
    return inf if angular_deg == 180 else tan(radians(angular_deg) / 2)
