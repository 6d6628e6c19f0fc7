"""Layers flatten to one shot: absent inherits, null clears, the nearest wins, and every inherited path has a name."""

from typing import Any

import pytest
from hypothesis import given

from app.errors import ShotError
from app.resolve import Known, Layer, flatten, resolve
from app.schema import Shot
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.shots import Json, documents, examples, shots

PROJECT = Layer("project", {"camera": {"format": "camera.format.alexa_35", "white_balance_k": 5600, "ei": 800}})
SCENE = Layer("scene", {"camera": {"white_balance_k": 3200}, "lights": {"key": {"stops": 0, "cct_k": 3200}}})

LAYERED = [
    # the shot's own patch, path, value, origin, layer
    pytest.param({}, "camera.ei", 800, "inherited", "project", id="absent-inherits"),
    pytest.param({}, "camera.white_balance_k", 3200, "inherited", "scene", id="the-nearest-layer-wins"),
    pytest.param({"camera": {"ei": 1600}}, "camera.ei", 1600, "said", "", id="the-shot-wins"),
    pytest.param({"camera": {"ei": 800}}, "camera.ei", 800, "said", "", id="said-again-is-said"),
    pytest.param({"camera": {"ei": None}}, "camera.ei", None, None, "", id="null-clears"),
    pytest.param({"camera": None}, "camera.ei", None, None, "", id="null-clears-a-branch"),
    pytest.param({"lights": {"key": {"stops": -1}}}, "lights.key.cct_k", 3200, "inherited", "scene", id="beside-it"),
    pytest.param({"lights": {"key": {"stops": -1}}}, "lights.key.stops", -1, "said", "", id="in-a-map"),
    pytest.param({"lights": {"key": None}}, "lights.key.stops", None, None, "", id="an-entry-is-cleared"),
]


@pytest.mark.parametrize(("patch", "path", "value", "origin", "layer"), LAYERED)
def test_a_value_comes_from_its_layer(
    patch: dict[str, Any], path: str, value: Any, origin: str | None, layer: str
) -> None:
    flat = flatten([PROJECT, SCENE, Layer("shot", patch)])
    resolved = resolve(flat.shot, vocabulary(), flat.origins)
    assert resolved.value(path) == value
    one = resolved.values.get(path)
    assert (one and (one.origin, one.source)) == (origin and (origin, layer))


def test_an_inherited_value_is_not_one_that_a_term_implies() -> None:
    layers = [PROJECT, Layer("shot", {"look": {"stock": "look.stock.vision3_500t"}})]
    flat = flatten(layers)
    resolved = resolve(flat.shot, vocabulary(), flat.origins)
    assert resolved.values["camera.ei"] == Known(800, "inherited", "project")


def test_a_null_below_the_shot_clears_what_lies_under_it() -> None:
    flat = flatten([PROJECT, Layer("scene", {"camera": {"ei": None}}), Layer("shot", {})])
    assert "camera.ei" not in leaves(flat.shot)
    assert "camera.ei" not in resolve(flat.shot, vocabulary(), flat.origins).values


@given(shots())
@examples(50)
def test_a_single_layer_is_said_whole(shot: Shot) -> None:
    flat = flatten([Layer("shot", shot.model_dump(mode="json", exclude_defaults=True))])
    assert flat.shot == shot
    assert flat.origins == {}


@given(documents(), documents())
@examples(80)
def test_every_value_is_said_or_inherited(below: Json, own: Json) -> None:
    try:
        flat = flatten([Layer("project", below), Layer("shot", own)])
    except ShotError:  # words merged into words are fine; a list cannot lie over a map
        return
    resolved = resolve(flat.shot, vocabulary(), flat.origins)
    mine = set(leaves(Shot.model_validate(own)))
    for path in resolved.said:
        assert resolved.values[path].origin == ("said" if path in mine else "inherited"), path
