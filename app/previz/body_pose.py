"""How a figure holds itself: a table of poses.toml, with the head turned to where it looks."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.previz.body import Bend
from app.previz.body_poses import LIMBS, said
from app.previz.scene import Figure

Triple = tuple[float, float, float]

_TURNS = {
    "hips": {"pelvis": 1.0},
    "spine": {"spine_01": 0.3, "spine_02": 0.3, "spine_03": 0.4},
    "head": {"neck_01": 0.45, "head": 0.55},
}
"""Which bones a turn of the trunk is shared among."""

_HEAD_TURN, _HEAD_NOD = 62.0, 42.0
_EYES_TURN, _EYES_NOD = 28.0, 20.0
_BY_HEAD = 0.82
"""The head's share of a look aside; the eyes do the rest, and what the neck cannot."""


class Pose(NamedTuple):
    """A figure's bend, how its eyes are turned (nod, turn), and what the pose needs around it."""

    bend: Bend
    gaze: tuple[float, float]
    turn: float
    seat: str
    lift: float
    hides_hands: bool


def pose(figure: Figure) -> Pose:
    """How the figure stands, sits or lies, its head turned as far as a neck can."""
    table = said(figure.pose)
    turn = _within(figure.head_turn_deg * _BY_HEAD, _HEAD_TURN)
    nod = _within(figure.head_nod_deg * _BY_HEAD, _HEAD_NOD)
    flat = frozenset({"foot_l", "foot_r"}) if table["feet"] == "flat" else frozenset[str]()
    gaze = _within(figure.head_nod_deg - nod, _EYES_NOD), _within(figure.head_turn_deg - turn, _EYES_TURN)
    return Pose(
        Bend(_turns(table, nod, turn), _aims(table), flat, float(table["curl"])),
        gaze,
        float(table.get("turn", 0)),
        str(table.get("seat", "")),
        float(table.get("lift", 0)),
        table.get("hands") == "hidden",
    )


def _within(value: float, most: float) -> float:
    return max(-most, min(most, value))


def _turns(table: Mapping[str, Any], nod: float, turn: float) -> dict[str, Triple]:
    found: dict[str, Triple] = {}
    for part, shares in _TURNS.items():
        own = table.get(part, (0, 0, 0))
        look = (nod, turn) if part == "head" else (0.0, 0.0)
        for bone, share in shares.items():
            found[bone] = ((own[0] + look[0]) * share, (own[1] + look[1]) * share, own[2] * share)
    return found


def _aims(table: Mapping[str, Any]) -> dict[str, Triple]:
    found: dict[str, Triple] = {}
    for limb in LIMBS:
        for side in ("left", "right"):
            way = table.get(f"{side}_{limb}", table.get(limb))
            if way is not None:
                forward, out, *twist = way
                found[f"{limb}_{side[0]}"] = (float(forward), float(out), float(twist[0]) if twist else 0.0)
    return found
