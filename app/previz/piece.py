"""Pieces of a scene: triangles with a reflectance a vertex and a finish, and the Mitsuba shapes they become.

Pieces of one finish become one shape, and all pieces together one guide shape: Mitsuba's `aov` integrator
pays per shape and sample (mitsuba3 issue 1917).
"""

from collections.abc import Iterable, Sequence
from math import pi
from typing import Any, NamedTuple

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from app.previz.field import Mesh, Values, round_mesh
from app.previz.light_colour import surface_colour
from app.previz.scene import Colour, Vector
from app.previz.view import Direction

_FINISHES: dict[str, dict[str, float | str]] = {
    "matte": {"type": "diffuse"},
    "satin": {"type": "principled", "roughness": 0.5, "specular": 0.35},
    "skin": {"type": "principled", "roughness": 0.46, "specular": 0.4},
    "hair": {"type": "principled", "roughness": 0.5, "specular": 0.3},
    "eye": {
        "type": "principled",
        "roughness": 0.08,
        "specular": 0.5,
        "clearcoat": 1.0,
        "clearcoat_gloss": 0.95,
    },
    "cloth": {"type": "principled", "roughness": 0.8, "specular": 0.2},
    "lacquer": {"type": "principled", "roughness": 0.4, "specular": 0.5},
    "polished": {"type": "principled", "roughness": 0.22, "specular": 0.5},
    "wet": {"type": "principled", "roughness": 0.12, "specular": 0.75},
}


CLAY = 0.25
"""Reflectance of the clay: half a stop over a grey card, a plain wall's. A card's own leaves faces too dark."""


class Piece(NamedTuple):
    """A surface in the set's axes; `colour` is N x 3 in ACEScg, `finish` says how it shines."""

    points: Values
    normals: Values
    faces: NDArray[np.uint32]
    colour: Values
    finish: str

    def placed(self, turn: Values, at: Values | Vector = (0, 0, 0)) -> "Piece":
        """The same surface turned by a rotation, then moved."""
        points, normals = self.points @ turn.T + np.asarray(at), self.normals @ turn.T
        return self._replace(points=points.astype(np.float32), normals=normals.astype(np.float32))


def shapes(pieces: Sequence[Piece]) -> dict[str, Any]:
    """One Mitsuba shape a finish."""
    finishes = sorted({piece.finish for piece in pieces})
    return {finish: _shape(merged(p for p in pieces if p.finish == finish)) for finish in finishes}


def guide(pieces: Sequence[Piece]) -> dict[str, Any]:
    """Every surface in one matte shape, for reading albedo, normal and depth."""
    return {"guide": _shape(merged(pieces)._replace(finish="matte"))}


def clay(pieces: Iterable[Piece]) -> list[Piece]:
    """The same surfaces in one matte grey, without paint or shine."""
    return [piece._replace(colour=np.full_like(piece.colour, CLAY), finish="matte") for piece in pieces]


def painted(mesh: Mesh, first: Colour, second: Colour, finish: str) -> Piece:
    """A mesh with its paint mixed from two reflectances in linear Rec. 709."""
    share = mesh.paint[:, 3:]
    colour = mesh.paint[:, :3] * surface_colour(first) * (1 - share) + surface_colour(second) * share
    colour = np.clip(colour, 0, 0.98).astype(np.float32)
    return Piece(mesh.points, mesh.normals, mesh.faces, colour, finish)


def card(middle: Direction, right: Direction, up: Direction, colour: Colour, finish: str = "matte") -> Piece:
    """A flat rectangle; `right` and `up` reach from its middle to its edges."""
    normal = np.cross(right, up)
    normals = np.tile(normal / np.linalg.norm(normal), (4, 1))
    return _piece(np.array(corners(middle, right, up)), normals, np.array([[0, 1, 2], [0, 2, 3]]), colour, finish)


def corners(middle: Direction, right: Direction, up: Direction) -> list[Direction]:
    """The corners of a rectangle, counter-clockwise as seen from its front."""
    return [middle - right - up, middle + right - up, middle + right + up, middle - right + up]


def box(middle: Direction, axes: NDArray[np.float64], colour: Colour, finish: str = "satin") -> Piece:
    """A box whose half edges are the rows of `axes`, right-handed."""
    sides = []
    for first, second, third in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        for sign in (-1, 1):
            side = card(middle + sign * axes[third], axes[first] * sign, axes[second], colour, finish)
            sides.append(side)
    return merged(sides)


def ball(
    middle: Direction, radii: tuple[float, float, float], colour: Colour, finish: str = "satin", rings: int = 64
) -> Piece:
    """An upright ellipsoid."""
    unit = round_mesh(rings, rings * 3 // 2)
    normals = unit.normals / np.asarray(radii)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return _piece(unit.points * np.asarray(radii) + middle, normals, unit.faces, colour, finish)


def sheet(outline: list[Direction], colour: Values, finish: str = "matte") -> Piece:
    """A flat or bent grid: rows of points, each as long as the others, and a colour a point in ACEScg."""
    points = np.stack(outline)
    rows, columns = points.shape[:2]
    along, down = np.gradient(points, axis=1), np.gradient(points, axis=0)
    normals = np.cross(along, down).reshape(-1, 3)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    first = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    quads = (first, first + 1, first + columns + 1, first, first + columns + 1, first + columns)
    faces = np.stack(quads, -1).reshape(-1, 3)
    shades = np.asarray(colour, np.float32)
    flat = points.reshape(-1, 3)
    return Piece(flat.astype(np.float32), normals.astype(np.float32), faces.astype(np.uint32), shades, finish)


def shining(piece: Piece, radiance: NDArray[np.float64], weight: float) -> Any:
    """A black shape of the piece's own form that shines evenly; `weight` is its share of the light samples."""
    area = {"type": "area", "radiance": {"type": "rgb", "value": [float(one) for one in radiance]}}
    properties = mi.Properties()
    black = {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.0}}
    properties["bsdf"] = mi.load_dict({"type": "twosided", "nested": black}, parallel=False)
    properties["emitter"] = mi.load_dict(area | {"sampling_weight": weight}, parallel=False)
    return _filled(
        mi.Mesh("shining", len(piece.points), len(piece.faces), has_vertex_normals=True, props=properties), piece
    )


def pole(foot: Direction, height: float, radius: float, colour: Colour) -> Piece:
    """An upright cylinder without ends."""
    turn = np.linspace(0, 2 * pi, 25)
    around = np.stack([np.cos(turn), 0 * turn, np.sin(turn)], -1)
    points = np.concatenate([foot + around * radius, foot + around * radius + [0, height, 0]])
    first = np.arange(24)
    faces = np.stack([first, first + 25, first + 26, first, first + 26, first + 1], -1).reshape(-1, 3)
    return _piece(points, np.concatenate([around, around]), faces, colour, "satin")


def turned(middle: Direction, profile: list[tuple[float, float]], colour: Colour, finish: str = "satin") -> Piece:
    """A body of revolution about the upright through `middle`, from its outline: radius and height, bottom first."""
    turn = np.linspace(0, -2 * pi, 25)
    around = np.stack([np.cos(turn), 0 * turn, np.sin(turn)], -1)
    rows = [np.asarray(middle) + around * radius + [0, height, 0] for radius, height in profile]
    return sheet(rows, np.tile(surface_colour(colour), (len(rows) * len(turn), 1)), finish)


def tube(path: NDArray[np.float64], radius: float, colour: Colour) -> Piece:
    """A round tube along N x 3 points."""
    way = np.gradient(path, axis=0)
    way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
    spare = np.where(np.abs(way[:, 1:2]) < 0.9, [[0.0, 1.0, 0.0]], [[1.0, 0.0, 0.0]])
    first = np.cross(way, spare)
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    second = np.cross(way, first)
    turn = np.linspace(0, 2 * pi, 13)[:, None]
    rows = [at + radius * (a * np.cos(turn) + b * np.sin(turn)) for at, a, b in zip(path, first, second, strict=True)]
    return sheet(rows, np.tile(surface_colour(colour), (len(rows) * len(turn), 1)), "satin")


def _piece(points: NDArray[Any], normals: NDArray[Any], faces: NDArray[Any], colour: Colour, finish: str) -> Piece:
    colours = np.tile(surface_colour(colour), (len(points), 1)).astype(np.float32)
    return Piece(points.astype(np.float32), normals.astype(np.float32), faces.astype(np.uint32), colours, finish)


def merged(pieces: Iterable[Piece]) -> Piece:
    """One piece of all, in the first one's finish."""
    parts = list(pieces)
    starts = np.cumsum([0, *(len(part.points) for part in parts)])
    return Piece(
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.normals for part in parts]),
        np.concatenate([part.faces + np.uint32(start) for part, start in zip(parts, starts, strict=False)]),
        np.concatenate([part.colour for part in parts]),
        parts[0].finish,
    )


def _shape(piece: Piece) -> Any:
    described = dict(_FINISHES[piece.finish])
    slot = "reflectance" if described["type"] == "diffuse" else "base_color"
    surface = {**described, slot: {"type": "mesh_attribute", "name": "vertex_color"}}
    properties = mi.Properties()
    properties["bsdf"] = mi.load_dict({"type": "twosided", "nested": surface}, parallel=False)
    shape = mi.Mesh(piece.finish, len(piece.points), len(piece.faces), has_vertex_normals=True, props=properties)
    colours: Any = piece.colour.ravel()  # the stub asks for a list; an array is copied at once
    shape.add_attribute("vertex_color", 3, colours)
    return _filled(shape, piece)


def _filled(shape: Any, piece: Piece) -> Any:
    values = mi.traverse(shape)
    values["vertex_positions"] = piece.points.ravel()
    values["vertex_normals"] = piece.normals.ravel()
    values["faces"] = piece.faces.ravel()
    values.update()
    return shape
