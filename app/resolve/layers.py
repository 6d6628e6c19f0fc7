"""Flattens layers (project, scene, look, shot) into one shot. Absent inherits, null clears, the nearest wins."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.patch import merge
from app.schema.paths import walk
from app.schema.reading import read_data
from app.schema.shot import Shot


class Layer(NamedTuple):
    """A patch and the name of where it comes from."""

    name: str
    patch: dict[str, Any]


class Flat(NamedTuple):
    """The flattened shot, and for every inherited path the name of its layer."""

    shot: Shot
    origins: dict[str, str]


def flatten(layers: Sequence[Layer]) -> Flat:
    """Merge the layers in order; the last one is the shot's own, whose values are said and not inherited."""
    data: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        data = merge(data, layer.patch)
        origins |= dict.fromkeys(walk(layer.patch), layer.name)
    own = walk(layers[-1].patch)
    return Flat(read_data(data), {path: name for path, name in origins.items() if path not in own})
