"""Figures and sets as a browser takes them: pieces thinned, packed in 16 and 8 bits, and compressed.

A file is the length of its header (4 bytes, little endian), the header in JSON, padded to 4 bytes, and for each
piece: places 4 x uint16 a vertex (over `low` and `span`), normals 4 x int8, colours 4 x uint8 (the square root
of ACEScg over `peak`), and corners in uint16, or uint32 where `wide` is set; each padded to 4 bytes.
"""

import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.previz import figure, lamps, set_fall, stage_set
from app.previz.piece import Piece
from app.previz.scene import Figure, Scene
from app.previz.view import View, view

FACE_FROM = 0.84
"""Of a person's height: from here up the mesh stays fine."""

FACE_CELL_M, HAIR_CELL_M, BODY_CELL_M = 0.005, 0.01, 0.024
"""What a thinned person's neighbouring points are apart, at 1.75 m of height."""

SOLID_CELLS, SET_CELLS = 48, 12
"""How finely a thing, and a piece of the set, is drawn, in parts of its size."""

SMALL = 700
"""Pieces up to this many points stay as they are."""

SKY = 13
"""Points along the edge of each side of the cube that the sky is drawn on."""

SKY_M = 145.0


@lru_cache(maxsize=24)
def figure_file(who: Figure) -> bytes:
    """Return a figure that stands on the origin and looks to +z, compressed."""
    there = who.model_copy(update={"at": (0.0, 0.0, 0.0), "facing_deg": 0.0})
    return _packed([_thinned(piece, _cells(piece, there)) for piece in figure.pieces((there,))])


def set_file(scene: Scene) -> bytes:
    """Return what stands around the figures: floor, walls, sky, and what holds and shades the lamps; compressed."""
    seen = view(scene.camera, scene.aspect)
    pieces = [*stage_set.pieces(scene, seen), *lamps.fittings(scene.lamps, seen, scene.flags)]
    thin = [_thinned(piece, np.full(len(piece.points), _spread(piece) / SET_CELLS)) for piece in pieces]
    glowing = [*stage_set.glowing(scene, seen, lamps.BRIGHTEST_SEEN), *lamps.glowing(scene.lamps, scene.camera)]
    return _packed([*thin, *glowing, *set_fall.pieces(scene, seen), _sky(scene)])


def _cells(piece: Piece, who: Figure) -> NDArray[np.float64]:
    """Return how far apart the points of a figure may lie, point by point."""
    if figure.is_solid(who):
        return np.full(len(piece.points), who.height_m / SOLID_CELLS)
    share = piece.points[:, 1] / who.height_m
    fine = HAIR_CELL_M if piece.finish == "hair" else FACE_CELL_M
    return np.where(share > FACE_FROM, fine, BODY_CELL_M) * who.height_m / 1.75


def _spread(piece: Piece) -> float:
    return float(np.ptp(piece.points, axis=0).max())


def _thinned(piece: Piece, cells: NDArray[np.float64]) -> Piece:
    """Return the piece with the points of one cell that face alike drawn together."""
    if len(piece.points) <= SMALL:
        return piece
    at = np.floor((piece.points - piece.points.min(axis=0)) / np.maximum(cells, 1e-6)[:, None])
    side = (piece.normals > 0) @ np.array([1, 2, 4]) + 8 * (cells > cells.min())
    keys = at.astype(np.int64) @ np.array([1 << 40, 1 << 22, 1 << 4]) + side
    _, number = np.unique(keys, return_inverse=True)
    count = np.bincount(number)

    def mean(values: NDArray[Any]) -> NDArray[np.float32]:
        sums = [np.bincount(number, values[:, axis]) / count for axis in range(3)]
        return np.stack(sums, -1).astype(np.float32)

    faces = number[piece.faces]
    first, second, third = faces.T
    kept = faces[(first != second) & (second != third) & (third != first)]
    points, normals = mean(piece.points), mean(piece.normals)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return Piece(points, normals, _outward(points, normals, kept), mean(piece.colour), piece.finish)


def _outward(points: NDArray[Any], normals: NDArray[Any], faces: NDArray[Any]) -> NDArray[np.uint32]:
    """Return the corners with every triangle's front where its normals point: drawing together turns some over."""
    corner = points[faces]
    front = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    over = np.einsum("ij,ij->i", front, normals[faces].sum(axis=1)) < 0
    turned = faces.astype(np.uint32)
    turned[over] = turned[over][:, ::-1]
    return turned


def _sky(scene: Scene) -> Piece:
    """Return what the camera sees where the set ends, on a cube around everything."""
    sides = [_sky_side(scene, forward) for forward in np.concatenate([np.eye(3), -np.eye(3)])]
    per = SKY * SKY
    faces = np.concatenate([faces + number * per for number, (_, _, faces) in enumerate(sides)])
    points = np.concatenate([points for points, _, _ in sides])
    colour = np.concatenate([colour for _, colour, _ in sides])
    return Piece(points, -points / SKY_M, faces.astype(np.uint32), colour, "sky")


def _sky_side(scene: Scene, forward: NDArray[np.float64]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return points, colours and corners of one side; the outermost points lie on the cube's edges."""
    up = np.array([0.0, 1.0, 0.0]) if abs(forward[1]) < 0.5 else np.array([0.0, 0.0, -1.0])
    right = np.cross(forward, up)
    tan = SKY / (SKY - 1)
    seen = View(np.zeros(3), right, up, forward, tan, tan)
    colour = stage_set.backdrop(scene, seen, SKY, SKY).reshape(-1, 3)
    across = np.linspace(-1, 1, SKY)
    x, y = np.meshgrid(across, -across)
    points = forward + x.reshape(-1, 1) * right + y.reshape(-1, 1) * up
    points *= SKY_M / np.linalg.norm(points, axis=1, keepdims=True)
    corner = (np.arange(SKY - 1)[:, None] * SKY + np.arange(SKY - 1)).reshape(-1)
    first = np.stack([corner, corner + 1, corner + SKY], -1)
    second = np.stack([corner + 1, corner + SKY + 1, corner + SKY], -1)
    return points.astype(np.float32), colour, np.concatenate([first, second])


def _packed(pieces: Sequence[Piece]) -> bytes:
    parts = [_pack(piece) for piece in pieces if len(piece.faces)]
    header = json.dumps([described for described, _ in parts], separators=(",", ":")).encode()
    header += b" " * (-len(header) % 4)
    body = b"".join(content for _, content in parts)
    return gzip.compress(len(header).to_bytes(4, "little") + header + body, compresslevel=6, mtime=0)


def _pack(piece: Piece) -> tuple[dict[str, Any], bytes]:
    low = piece.points.min(axis=0)
    span = np.maximum(np.ptp(piece.points, axis=0), 1e-6)
    peak = max(float(piece.colour.max()), 1e-6)
    places = np.round((piece.points - low) / span * 65535).astype("<u2")
    normals = np.round(np.clip(piece.normals, -1, 1) * 127).astype("i1")
    paint = np.round(np.sqrt(np.clip(piece.colour, 0, None) / peak) * 255).astype("u1")
    wide = len(piece.points) > 65535
    corners = piece.faces.astype("<u4" if wide else "<u2").tobytes()
    corners += b"\0" * (-len(corners) % 4)
    described = {
        "finish": piece.finish,
        "points": len(piece.points),
        "corners": int(piece.faces.size),
        "wide": wide,
        "low": [round(float(value), 6) for value in low],
        "span": [round(float(value), 6) for value in span],
        "peak": peak,
    }
    return described, b"".join([_four(places), _four(normals), _four(paint), corners])


def _four(values: NDArray[Any]) -> bytes:
    """Return rows of three as rows of four, as graphics hardware reads them best."""
    return np.pad(values, ((0, 0), (0, 1))).tobytes()
