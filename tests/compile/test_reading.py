"""What the light does, said out loud: each claim follows from numbers, and none is made without them."""

from typing import Any

import pytest

from app.compile.reading import neutral, reading
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary

KEY = {"role": "light.role.key", "azimuth_deg": 45, "elevation_deg": 45, "angular_size_deg": 3}


def told(lights: dict[str, Any], facing: float | None = 0, balance: float | None = None) -> dict[str, str]:
    mara = {} if facing is None else {"facing_deg": facing}
    camera = {} if balance is None else {"white_balance_k": balance}
    shot = read_data({"lights": lights, "subjects": {"mara": mara}, "camera": camera})
    resolved = resolve(shot, vocabulary())
    facts = [fact for clause in reading(resolved) for fact in clause.facts] + neutral(resolved)
    assert all(fact.derived for fact in facts)
    return {fact.name: fact.words for fact in facts}


def test_a_key_draws_glints_and_shades() -> None:
    found = told({"key": {**KEY, "stops": 0}, "fill": {"role": "light.role.fill", "stops": -2}})
    assert found["shadow"] == "the camera-left side of the face falls two stops under the key"
    assert found["pattern"] == "a triangle of light stands under the far eye"
    assert found["glint"] == "catch-lights at one o'clock"  # 35° from upright: 0.5 aside, 0.71 up


def test_nothing_is_claimed_of_a_face_that_nobody_turned() -> None:
    found = told({"key": KEY}, facing=None)
    assert {"pattern", "glint"} & found.keys() == set()


@pytest.mark.parametrize(("facing", "glints"), [(0, True), (80, True), (150, False), (-150, False)])
def test_eyes_that_look_away_hold_no_glint(facing: float, glints: bool) -> None:  # noqa: FBT001  a table's column
    assert ("glint" in told({"key": KEY}, facing=facing)) is glints


@pytest.mark.parametrize(("kelvin", "balance", "words"), [
    (3200, 5600, "the rim light draws a warm edge along the camera-left side"),
    (3200, 3200, "the rim light draws a neutral edge along the camera-left side"),
    (3200, None, "the rim light draws an edge along the camera-left side"),
])  # fmt: skip
def test_a_rim_draws_an_edge_in_the_colour_it_reads(kelvin: float, balance: float | None, words: str) -> None:
    rim = {"role": "light.role.rim", "azimuth_deg": -150, "cct_k": kelvin}
    assert told({"rim": rim}, balance=balance)["edge"] == words


def test_a_lamp_on_its_own_balance_is_called_neutral() -> None:
    found = told({"key": {**KEY, "cct_k": 3200}}, balance=3200)
    assert found["neutral"] == "the key light reads neutral"
    assert "edge" not in found


@pytest.mark.parametrize(("azimuth", "size", "words"), [
    (90, 3, "shadows fall to camera left"), (170, 3, "shadows fall towards camera"), (90, 60, None), (0, 3, None),
])  # fmt: skip
def test_shadows_fall_away_from_a_key_that_is_not_too_soft(azimuth: float, size: float, words: str | None) -> None:
    key = {**KEY, "azimuth_deg": azimuth, "angular_size_deg": size}
    assert told({"key": key}).get("cast") == words
