"""What the previz draws of a shot for another backend: the frame, and the maps that hold a picture to it.

A drawing is kept by what it was drawn from, so that the same shot is drawn once, whoever asks.
"""

import hashlib
from typing import Any

from app import db
from app.errors import RejectedError
from app.library import Library
from app.previz import worker
from app.previz.stage import stage
from app.resolve import resolve
from app.schema import Shot
from app.vocab import vocabulary

PREVIZ = "previz:"
TAKE = "take:"
WIDTH = 1024
"""Of a drawing for a model that is told no size; a picture is sent larger only where that model draws larger."""


def is_drawn(asset: str) -> bool:
    """Tell whether a reference's picture is one that the previz draws."""
    return asset.startswith(PREVIZ)


def drawn(library: Library, shot: Shot, asset: str, size: tuple[int, int | None] = (WIDTH, None)) -> str:
    """Return the sha256 of a drawing of a shot, and keep it. `asset` is `previz:` and the pass; `size` in pixels.

    Raises RejectedError when the previz cannot draw it.
    """
    scene = stage(resolve(shot, vocabulary())).scene
    kind, (width, height) = asset.removeprefix(PREVIZ), size
    told = f"{kind} {width} {height} {scene.model_dump_json()}"
    name = hashlib.sha256(told.encode()).hexdigest()
    with library.database.read() as session:
        row = session.get(db.Drawing, name)
    if row and library.pictures.get(row.sha256) is not None:
        return row.sha256
    stored = library.add_picture(worker.draw(scene, kind, width, height), f"{kind} pass")
    with library.database.write() as session:
        session.merge(db.Drawing(name=name, sha256=stored.sha256))
    return stored.sha256


def size_of(params: dict[str, Any]) -> tuple[int, int | None]:
    """Return the size that a request asks for, which a map has to have too."""
    width, height = params.get("width"), params.get("height")
    return (width, height) if isinstance(width, int) and isinstance(height, int) else (WIDTH, None)


def picture_of_take(library: Library, name: str) -> str:
    """Return the sha256 of a take's picture. Raises RejectedError when there is none (yet)."""
    take = library.takes.get(name)
    if not take.picture:
        raise RejectedError(f"Take {take.number}, which this one starts from, has no picture.")
    return take.picture
