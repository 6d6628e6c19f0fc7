"""Figures: people and plain solids, baked once, kept in a cache folder, dressed and set in their places.

A person is MakeHuman's body where its data can be had (`body_data`), and else the plain stand-in of `anatomy`.
"""

import hashlib
import os
import tempfile
import zipfile
from functools import cache, lru_cache
from math import radians
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from app.previz import anatomy, body, body_data, body_mesh, body_pieces, field
from app.previz.field import Mesh
from app.previz.piece import Piece, ball, painted
from app.previz.scene import Colour, Figure
from app.previz.view import Direction

_BLOCK = (0.62, 1.0, 0.40)
"""Width, height and depth of a block, as shares of its height."""

_SHIRT = (0.26, 0.25, 0.235)


def pieces(figures: tuple[Figure, ...]) -> list[Piece]:
    """Every figure's surfaces, standing where the figure stands."""
    return [piece for figure in figures for piece in (_solid(figure) if is_solid(figure) else _person(figure))]


def is_solid(figure: Figure) -> bool:
    """Whether it is a thing rather than a person."""
    return figure.kind != "person"


def joints(figure: Figure) -> dict[str, Direction]:
    """Where a person's joints and the marks of the face are in the set, by name; nothing for a thing."""
    if is_solid(figure):
        return {}
    if source := body_data.find():
        return dict(_skeleton(source, figure)[0])
    scale = figure.height_m / anatomy.HEIGHT_M
    spin = turn(figure)
    return {name: spin @ np.asarray(at) * scale + np.asarray(figure.at) for name, at in anatomy.joints().items()}


def head_turn(figure: Figure) -> NDArray[np.float64]:
    """The rotation from the axes of a person's head to the set's."""
    source = body_data.find()
    return _skeleton(source, figure)[1] if source else turn(figure)


@lru_cache(maxsize=32)
def _skeleton(source: body_data.Source, figure: Figure) -> tuple[dict[str, Direction], NDArray[np.float64]]:
    return body_pieces.skeleton(_loaded(source, figure.detail), figure)


def turn(figure: Figure) -> NDArray[np.float64]:
    """The rotation about y from the figure's own axes to the set's."""
    angle = radians(figure.facing_deg)
    return np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])


@cache
def meshes() -> dict[str, Mesh]:
    """The parts of the person and the unit cube, from the cache folder or built and written there."""
    path = _folder() / f"figure-{_fingerprint(field, anatomy)}.npz"
    try:
        return _read(path)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        built = anatomy.person() | {"solid": anatomy.rounded_cube()}
        _write(path, built)
        return built


@cache
def _loaded(source: body_data.Source, detail: int) -> body.Body:
    return body.loaded(_baked(source), detail)


@cache
def _baked(source: body_data.Source) -> body.Baked:
    path = _folder() / f"body-{_fingerprint(body, body_data, body_mesh, place=str(source))}.npz"
    try:
        with np.load(path) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        built = body.bake(source)
        _keep(path, built)
        return built


def _folder() -> Path:
    chosen = os.environ.get("PRINTLIGHT_CACHE")
    return Path(chosen) if chosen else Path.home() / ".cache" / "printlight"


def _fingerprint(*modules: ModuleType, place: str = "") -> str:
    """Changes whenever the code that shapes the figure does."""
    sources = [Path(str(module.__file__)).read_bytes() for module in modules]
    return hashlib.blake2b(b"".join([*sources, place.encode()]), digest_size=8).hexdigest()


def _read(path: Path) -> dict[str, Mesh]:
    with path.open("rb") as file, np.load(file) as stored:
        parts = {key.split(".")[0] for key in stored.files}
        return {part: Mesh(*(stored[f"{part}.{name}"] for name in Mesh._fields)) for part in sorted(parts)}


def _write(path: Path, built: dict[str, Mesh]) -> None:
    _keep(path, {f"{part}.{name}": array for part, mesh in built.items() for name, array in mesh._asdict().items()})


def _keep(path: Path, arrays: body.Baked) -> None:
    """Write under a temporary name and rename; a folder that refuses costs the next process a build."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.savez(file, allow_pickle=False, **arrays)
        Path(file.name).replace(path)
    except OSError:
        return


def _person(figure: Figure) -> list[Piece]:
    """MakeHuman's body where its data can be had, and else the plain stand-in."""
    source = body_data.find()
    if source is None:
        return _plain(figure)
    own = figure.model_copy(update={"at": (0.0, 0.0, 0.0), "facing_deg": 0.0})
    return [piece.placed(turn(figure), figure.at) for piece in _dressed(source, own)]


@lru_cache(maxsize=8)
def _dressed(source: body_data.Source, figure: Figure) -> tuple[Piece, ...]:
    """A person on the origin; kept, because who is moved or turned stays the same person."""
    return tuple(body_pieces.pieces(_loaded(source, figure.detail), figure))


def _plain(figure: Figure) -> list[Piece]:
    scale = figure.height_m / anatomy.HEIGHT_M
    worn: dict[str, tuple[Colour, Colour, str]] = {
        "skin": (figure.skin, figure.hair, "skin"),
        "hands": (figure.skin, figure.hair, "skin"),
        "hair": (figure.hair, figure.hair, "hair"),
        "eyes": ((1, 1, 1), (1, 1, 1), "eye"),
        "shirt": (_SHIRT, _SHIRT, "cloth"),
        "coat": (figure.clothes, figure.clothes, "cloth"),
        "trousers": (figure.clothes, figure.clothes, "cloth"),
    }
    return [painted(_stand(meshes()[part], figure, (scale,) * 3), *look) for part, look in worn.items()]


def _solid(figure: Figure) -> list[Piece]:
    if figure.kind == "sphere":
        radius = figure.height_m / 2
        middle = np.asarray(figure.at) + np.array([0, radius, 0])
        return [ball(middle, (radius, radius, radius), figure.clothes, "lacquer")]
    shares = _BLOCK if figure.kind == "block" else (1.0, 1.0, 1.0)
    size = (figure.height_m * shares[0], figure.height_m * shares[1], figure.height_m * shares[2])
    return [painted(_stand(meshes()["solid"], figure, size), figure.clothes, figure.clothes, "lacquer")]


def _stand(mesh: Mesh, figure: Figure, size: tuple[float, ...]) -> Mesh:
    """The mesh scaled, turned about y to the figure's azimuth, and set on its place."""
    spin = turn(figure)
    points = (mesh.points * np.asarray(size)) @ spin.T + np.asarray(figure.at)
    normals = mesh.normals / np.asarray(size) @ spin.T
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return mesh._replace(points=points.astype(np.float32), normals=normals.astype(np.float32))
