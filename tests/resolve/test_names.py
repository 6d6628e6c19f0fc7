"""Numbers and names resolve both ways: a picked name gives its number, a number finds its name."""

from typing import Any

import pytest

from app.resolve import Resolved, resolve
from app.schema import read_data
from app.vocab import vocabulary

VOCABULARY = vocabulary()


def known(data: dict[str, Any]) -> Resolved:
    return resolve(read_data(data), VOCABULARY)


NAMES = [
    ({"camera": {"height_m": 1.62}}, "camera.height", "camera.height.eye"),
    ({"camera": {"height_m": 0.2}}, "camera.height", "camera.height.ground"),
    ({"camera": {"roll_deg": -18}}, "camera.roll", "camera.roll.dutch"),
    ({"camera": {"white_balance_k": 3200}}, "camera.balance", "camera.balance.tungsten"),
    ({"camera": {"white_balance_k": 5600}}, "camera.balance", "camera.balance.daylight"),
    ({"camera": {"view_azimuth_deg": -90}}, "camera.view", "camera.view.profile"),
    ({"framing": {"aspect": 2.39}}, "framing.shape", "framing.shape.scope_2_39"),
    ({"camera": {"pitch_deg": -30}}, "camera.angle", "camera.angle.high"),
    (
        {"camera": {"format": "camera.format.super_35_3perf", "focal_mm": 85, "distance_m": 3.16}},
        "camera.size",
        "camera.size.mcu",
    ),
    ({"camera": {"format": "camera.format.super_35_3perf", "focal_mm": 18}}, "camera.field", "camera.field.wide"),
]


@pytest.mark.parametrize(("data", "path", "term"), NAMES, ids=[row[2] for row in NAMES])
def test_a_number_finds_its_name(data: dict[str, Any], path: str, term: str) -> None:
    found = known(data).name(path)
    assert found is not None
    assert found.id == term


NUMBERS = [
    ({"camera": {"height": "camera.height.eye"}}, "camera.height_m", 1.64),
    ({"camera": {"balance": "camera.balance.tungsten"}}, "camera.white_balance_k", 3200),
    ({"camera": {"anamorphic": "camera.anamorphic.a_2x"}}, "camera.squeeze", 2),
    ({"framing": {"shape": "framing.shape.scope_2_39"}}, "framing.aspect", 2.39),
    ({"look": {"stock": "look.stock.vision3_500t"}}, "camera.ei", 500),
    ({"look": {"stock": "look.stock.vision3_500t"}}, "camera.white_balance_k", 3200),
]


@pytest.mark.parametrize(("data", "path", "value"), NUMBERS, ids=[row[1] for row in NUMBERS])
def test_a_name_gives_its_number_as_a_default_that_nobody_said(data: dict[str, Any], path: str, value: float) -> None:
    resolved = known(data)
    assert resolved.number(path) == value
    assert resolved.values[path].origin == "term"
    assert path not in resolved.said


def test_a_said_name_stays_beside_another_number() -> None:
    resolved = known({"camera": {"height": "camera.height.eye", "height_m": 0.2}})
    found = resolved.name("camera.height")
    assert found is not None
    assert found.id == "camera.height.eye"
    assert resolved.number("camera.height_m") == 0.2


def test_a_pattern_turns_into_angles_on_the_face_once_its_side_is_said() -> None:
    key = {"role": "light.role.key", "pattern": "light.pattern.rembrandt"}
    turned = {"subjects": {"mara": {"facing_deg": -30}}}
    assert known({"lights": {"key": key}, **turned}).number("lights.key.azimuth_deg") is None
    resolved = known({"lights": {"key": {**key, "side": "right"}}, **turned})
    assert resolved.number("lights.key.face_azimuth_deg") == 45
    assert resolved.number("lights.key.camera_azimuth_deg") == 15
    assert resolved.value("lights.key.frame") == "face"
    assert resolved.values["lights.key.azimuth_deg"].origin == "term"


@pytest.mark.parametrize(("lamp", "azimuth"), [({"azimuth_deg": -60}, -45), ({"side": "right"}, 45), ({}, None)])
def test_the_side_of_a_pattern_follows_from_the_lamp_that_motivates_it(
    lamp: dict[str, Any], azimuth: float | None
) -> None:
    key = {"pattern": "light.pattern.rembrandt", "motivated_by": "window"}
    assert known({"lights": {"key": key, "window": lamp}}).number("lights.key.azimuth_deg") == azimuth


DRAWN = [(0, 10, "flat"), (0, 45, "butterfly"), (35, 35, "loop"), (-50, 45, "rembrandt"), (90, 10, "split")]


@pytest.mark.parametrize(("azimuth", "rise", "pattern"), DRAWN, ids=[row[2] for row in DRAWN])
def test_a_light_that_is_moved_finds_the_name_of_what_it_draws(azimuth: float, rise: float, pattern: str) -> None:
    resolved = known({"lights": {"key": {"azimuth_deg": azimuth, "elevation_deg": rise}}})
    found = resolved.name("lights.key.pattern")
    assert found is not None
    assert found.id == f"light.pattern.{pattern}"


def test_a_camera_that_goes_round_a_face_sees_the_light_turn_on_it() -> None:
    data = {"camera": {"view_azimuth_deg": 40}, "lights": {"key": {"azimuth_deg": 0, "elevation_deg": 40}}}
    assert known(data).number("lights.key.face_azimuth_deg") == 40


def test_where_a_lamp_stands_in_the_set_beats_the_name_of_its_pattern() -> None:
    key = {"pattern": "light.pattern.rembrandt", "side": "left", "mark": {"x_m": 2, "z_m": 0}}
    assert known({"lights": {"key": key}}).number("lights.key.azimuth_deg") == 90


def test_a_thing_is_framed_by_how_far_it_fills_the_frame() -> None:
    camera = {"format": "camera.format.super_35_3perf", "focal_mm": 85, "size": "camera.size.cu"}
    watch = {"kind": "subject.kind.product"}
    assert known({"camera": camera, "subjects": {"watch": watch}}).number("camera.distance_m") is None
    near = known({"camera": camera, "subjects": {"watch": {**watch, "height_m": 0.045}}})
    assert near.number("camera.distance_m") == pytest.approx(85 * 0.045 * 1.2 / 14, rel=0.01)
    assert near.name("camera.size") is not None
    assert near.number("camera.frame_height_m") is None


def test_the_fill_follows_from_a_ratio_that_somebody_said() -> None:
    lights = {"key": {"role": "light.role.key", "stops": -1}, "fill": {"role": "light.role.fill"}}
    resolved = known({"lights": lights, "lighting": {"ratio_stops": 2}})
    assert resolved.number("lights.fill.stops") == -3
    assert resolved.values["lights.fill.stops"].because == ("lighting.ratio_stops", "lights.key.stops")


def test_grain_follows_from_stock_gauge_and_pushing() -> None:
    stock = {"stock": "look.stock.vision3_500t"}
    plain = known({"look": stock})
    small = known({"look": stock, "camera": {"format": "camera.format.super_16"}})
    pushed = known({"look": {**stock, "process": ["look.process.push_1"]}})
    sigma = plain.number("look.grain_sigma")
    assert sigma is not None
    assert small.number("look.grain_sigma") == pytest.approx(sigma * 24.89 / 12.52, rel=0.02)
    assert pushed.number("look.grain_sigma") == pytest.approx(sigma * 1.25)
    named = small.name("look.grain")
    assert named is not None
    assert named.id == "look.grain.heavy"


def test_words_of_ones_own_have_no_name_and_no_id() -> None:
    resolved = known({"camera": {"height": {"words": "at the height of a cat"}, "height_m": 0.2}})
    assert resolved.name("camera.height") is None
    assert resolved.pick("camera.height") == ""


def test_where_finds_what_is_picked() -> None:
    resolved = known({"look": {"grade": ["look.grade.sepia"]}})
    assert resolved.where("look.grade.day_for_night", "look.grade.sepia") == "look.grade"
    assert resolved.where("look.grade.day_for_night") == ""


@pytest.mark.parametrize("facet", [one for one in VOCABULARY.facets.values() if one.names], ids=lambda one: one.id)
def test_a_terms_own_number_finds_that_term(facet: Any) -> None:
    """Where two bands share a number, as families of one range do, the first of them is found."""
    for term in facet.terms:
        band = facet.band(term)
        if band:
            found = facet.named(sum(band) / 2)
            assert found is not None
            assert facet.band(found)[0] <= sum(band) / 2 <= facet.band(found)[1]
