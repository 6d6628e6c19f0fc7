"""The tables of poses.toml: how the stand-in holds itself in each pose of the vocabulary."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from app.previz.scene import Vector

LIMBS = ("upperarm", "lowerarm", "hand", "thigh", "calf", "foot")
_STANDING = "standing"


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Every pose by name, as the file says it."""
    return tomllib.loads(files("app.previz").joinpath("poses.toml").read_text(encoding="utf-8"))


def said(pose: str) -> Mapping[str, Any]:
    """A pose with what it leaves out taken from [standing]; one without a table stands."""
    known = tables()
    own = known.get(pose, {})
    both = {limb for limb in LIMBS if f"left_{limb}" in own and f"right_{limb}" in own}
    return {key: value for key, value in known[_STANDING].items() if key not in both} | own


def eyes(pose: str) -> Vector:
    """Where a pose brings the eyes: to the figure's left, up and ahead, in shares of its height."""
    left, up, ahead = said(pose)["eyes"]
    return float(left), float(up), float(ahead)
