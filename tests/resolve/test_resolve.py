"""What follows from a shot, and where each value comes from."""

from typing import Any

import pytest
from hypothesis import given

from app.resolve import Known, Resolved, resolve
from app.schema import Shot, read_data
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.shots import shots

VOCABULARY = vocabulary()


def known(**data: Any) -> Resolved:
    return resolve(read_data(data), VOCABULARY)


@given(shots())
def test_what_is_said_stays_as_it_was_said(shot: Shot) -> None:
    resolved = resolve(shot, VOCABULARY)
    assert resolved.said == set(leaves(shot))
    for path, value in leaves(shot).items():
        assert resolved.values[path] == Known(value, "said")


@given(shots())
def test_what_is_derived_says_from_what(shot: Shot) -> None:
    resolved = resolve(shot, VOCABULARY)
    for path, one in resolved.values.items():
        if path not in resolved.said:
            assert one.origin in {"term", "physics"}
            assert one.because
            assert one.source in VOCABULARY.terms or one.origin == "physics"


def test_a_stock_implies_its_speed_and_balance() -> None:
    resolved = known(look={"stock": "look.stock.vision3_500t"})
    because = (("look.stock",), "look.stock.vision3_500t")
    for path, value in (("camera.ei", 500), ("camera.white_balance_k", 3200)):
        one = resolved.values[path]
        assert (one.value, one.origin) == (value, "term")
        assert (one.because, one.source) == because
        assert path not in resolved.said


def test_what_is_said_beats_what_a_term_implies() -> None:
    resolved = known(look={"stock": "look.stock.vision3_500t"}, camera={"ei": 320})
    assert resolved.values["camera.ei"] == Known(320, "said")
    assert resolved.value("camera.white_balance_k") == 3200


@pytest.mark.parametrize(("side", "azimuth"), [("left", -45), ("right", 45), (None, None)])
def test_rembrandt_stays_open_until_its_side_is_said(side: str | None, azimuth: float | None) -> None:
    resolved = known(lights={"key": {"pattern": "light.pattern.rembrandt", "side": side}})
    assert resolved.value("lights.key.azimuth_deg") == azimuth
    assert resolved.value("lights.key.camera_azimuth_deg") == azimuth
    assert resolved.value("lights.key.elevation_deg") == 45
    assert resolved.value("lights.key.side") == side
    if side:
        one = resolved.values["lights.key.azimuth_deg"]
        assert (one.origin, one.source) == ("term", "light.pattern.rembrandt")
        assert one.because == ("lights.key.pattern", "lights.key.side")


@pytest.mark.parametrize(
    ("direction", "azimuth"), [("light.direction.front", 0), ("light.direction.back", 180)], ids=["front", "back"]
)
def test_a_direction_on_the_axis_needs_no_side(direction: str, azimuth: float) -> None:
    assert known(lights={"key": {"direction": direction}}).value("lights.key.azimuth_deg") == azimuth


def test_an_azimuth_beats_a_pattern_and_gives_the_side() -> None:
    resolved = known(lights={"key": {"pattern": "light.pattern.rembrandt", "azimuth_deg": -130}})
    assert resolved.value("lights.key.azimuth_deg") == -130
    assert resolved.values["lights.key.side"] == Known("left", "physics", "", ("lights.key.azimuth_deg",))


FRAMES = [
    # light, camera's mark or angle round the face, facing of Mara -> azimuth seen from the camera
    pytest.param({"frame": "set", "azimuth_deg": 90}, {}, None, 90, id="set-camera-at-home"),
    pytest.param({"frame": "set", "azimuth_deg": 90}, {"mark": {"x_m": 0, "z_m": -3}}, None, -90, id="set-reverse"),
    pytest.param({"frame": "set", "azimuth_deg": 90}, {"mark": {"x_m": 3, "z_m": 0}}, None, 0, id="set-from-the-right"),
    pytest.param({"mark": {"x_m": 2, "z_m": 0}}, {}, None, 90, id="mark-camera-at-home"),
    pytest.param({"mark": {"x_m": 2, "z_m": 0}}, {"mark": {"x_m": 0, "z_m": -3}}, None, -90, id="mark-reverse"),
    pytest.param({"azimuth_deg": 90}, {"mark": {"x_m": 0, "z_m": -3}}, None, 90, id="camera-frame-goes-along"),
    pytest.param({"frame": "camera", "azimuth_deg": -40}, {"mark": {"x_m": 0, "z_m": -3}}, 70, -40, id="camera-frame"),
    pytest.param({"frame": "face", "azimuth_deg": 45}, {}, None, 45, id="face-to-the-camera"),
    pytest.param({"frame": "face", "azimuth_deg": 45}, {}, 60, 105, id="face-turned-right"),
    pytest.param({"frame": "face", "azimuth_deg": 45}, {}, -45, 0, id="face-turned-left"),
    pytest.param({"frame": "face", "azimuth_deg": 45}, {"view_azimuth_deg": 45}, 60, 0, id="face-and-camera-round-it"),
    pytest.param({"frame": "set", "azimuth_deg": 90}, {"view_azimuth_deg": -90}, None, 180, id="set-camera-round-face"),
]


@pytest.mark.parametrize(("light", "camera", "facing", "azimuth"), FRAMES)
def test_a_light_stands_where_its_frame_puts_it(
    light: dict[str, Any], camera: dict[str, Any], facing: float | None, azimuth: float
) -> None:
    resolved = known(lights={"key": light}, camera=camera, subjects={"mara": {"facing_deg": facing}})
    assert resolved.number("lights.key.camera_azimuth_deg") == pytest.approx(azimuth)


def test_a_face_is_the_one_that_is_named() -> None:
    resolved = known(
        lights={"key": {"frame": "face", "face_of": "jonas", "azimuth_deg": 30}},
        subjects={"mara": {"slot": 0, "facing_deg": 80}, "jonas": {"slot": 1, "facing_deg": -90}},
    )
    assert resolved.number("lights.key.camera_azimuth_deg") == pytest.approx(-60)


def test_a_mark_gives_distance_and_elevation() -> None:
    resolved = known(lights={"key": {"mark": {"x_m": 3, "y_m": 5.6, "z_m": 0}}})
    assert resolved.number("lights.key.distance_m") == pytest.approx(5)
    assert resolved.number("lights.key.elevation_deg") == pytest.approx(53.13, abs=0.01)


READS = [
    pytest.param({"cct_k": 3200}, {}, None, 3200, id="no-balance"),
    pytest.param({"cct_k": 3200}, {"white_balance_k": 5600}, "warm", 3200, id="tungsten-on-daylight"),
    pytest.param({"cct_k": 5600}, {"white_balance_k": 3200}, "cool", 5600, id="daylight-on-tungsten"),
    pytest.param({"cct_k": 5600}, {"white_balance_k": 5600}, "neutral", 5600, id="on-its-balance"),
    pytest.param(
        {"cct_k": 5600, "gels": ["light.gel.cto_full"]}, {"white_balance_k": 5600}, "very warm", 2962, id="B11-full-cto"
    ),
    pytest.param(
        {"cct_k": 3200, "gels": ["light.gel.ctb_full"]}, {"white_balance_k": 5600}, "neutral", 5698, id="B11-full-ctb"
    ),
    pytest.param(
        {"cct_k": 5600, "gels": ["light.gel.cto_full", {"words": "a torn silk"}, "light.gel.unknown"]},
        {},
        None,
        2962,
        id="words-and-unknown-gels-shift-nothing",
    ),
    pytest.param({"gels": ["light.gel.cto_full"]}, {"white_balance_k": 5600}, None, None, id="gel-without-kelvin"),
]


@pytest.mark.parametrize(("light", "camera", "reads", "seen"), READS)
def test_a_lamp_reads_against_the_balance_if_there_is_one(
    light: dict[str, Any], camera: dict[str, Any], reads: str | None, seen: float | None
) -> None:
    resolved = known(lights={"key": light}, camera=camera)
    assert resolved.value("lights.key.reads") == reads
    assert resolved.number("lights.key.seen_k") == (seen if seen is None else pytest.approx(seen, abs=1))


def test_a_stock_gives_the_balance_that_a_lamp_reads_against() -> None:
    resolved = known(lights={"key": {"cct_k": 5600}}, look={"stock": "look.stock.vision3_500t"})
    assert resolved.value("lights.key.reads") == "cool"
    assert "camera.white_balance_k" in resolved.values["lights.key.reads"].because


KEY, FILL = "light.role.key", "light.role.fill"

RATIOS = [
    pytest.param({"key": {"role": KEY, "stops": 0}, "fill": {"role": FILL, "stops": -2.5}}, 2.5, id="key-over-fill"),
    pytest.param({"a": {"role": FILL, "stops": -1}, "b": {"role": KEY, "stops": 1}}, 2, id="whatever-their-ids"),
    pytest.param({"key": {"role": KEY, "stops": 0}, "fill": {"role": FILL}}, None, id="fill-without-level"),
    pytest.param({"key": {"role": KEY, "stops": 0}}, None, id="no-fill"),
    pytest.param({"fill": {"role": FILL, "stops": -2}}, None, id="no-key"),
    pytest.param(
        {
            "b": {"slot": 1, "role": KEY, "stops": 4},
            "a": {"slot": 0, "role": KEY, "stops": 0},
            "f": {"role": FILL, "stops": 0},
        },
        0,
        id="the-first-key-by-slot",
    ),
]


@pytest.mark.parametrize(("lights", "stops"), RATIOS)
def test_the_ratio_is_key_over_fill_in_stops(lights: dict[str, Any], stops: float | None) -> None:
    assert known(lights=lights).value("lighting.ratio_stops") == stops


@pytest.mark.parametrize(("azimuth", "shadow"), [(45, "left"), (-45, "right"), (10, None), (-90, "right"), (180, None)])
def test_the_shadow_falls_on_the_side_away_from_the_key(azimuth: float, shadow: str | None) -> None:
    resolved = known(lights={"lamp": {"role": KEY, "azimuth_deg": azimuth}})
    assert resolved.value("lighting.shadow_side") == shadow


def test_without_a_key_nothing_falls_to_shadow() -> None:
    assert known(lights={"key": {"azimuth_deg": 45}}).value("lighting.shadow_side") is None


def test_a_measured_size_beats_the_one_that_a_name_implies() -> None:
    term = next(one for one in VOCABULARY.terms.values() if ".angular_size_deg" in one.sets)
    field = {"light.quality": "quality", "light.fixture": "fixture", "light.modifier": "modifiers"}.get(
        term.facet, term.facet.rpartition(".")[2]
    )
    picked = {field: [term.id] if field == "modifiers" else term.id}
    assert known(lights={"key": picked}).value("lights.key.angular_size_deg") == term.sets[".angular_size_deg"]
    measured = known(lights={"key": {**picked, "size_m": 0.6, "distance_m": 1.5}})
    assert measured.number("lights.key.angular_size_deg") == pytest.approx(22.6, abs=0.05)
    said = known(lights={"key": {**picked, "size_m": 0.6, "distance_m": 1.5, "angular_size_deg": 4}})
    assert said.value("lights.key.angular_size_deg") == 4


def test_a_lens_a_format_and_a_size_place_the_camera() -> None:
    camera = {"size": "camera.size.ms", "format": "camera.format.super_35_3perf", "focal_mm": 50, "t_stop": 2.8}
    resolved = known(camera=camera)
    assert resolved.number("camera.hfov_deg") == pytest.approx(28.0, abs=0.05)
    assert resolved.number("camera.distance_m") == pytest.approx(2.72, abs=0.01)
    near, far = resolved.number("camera.depth_near_m"), resolved.number("camera.depth_far_m")
    assert near is not None
    assert far is not None
    assert near < 2.72 < far
    child = known(camera=camera, subjects={"mara": {"height_m": 0.875}})
    assert child.number("camera.distance_m") == pytest.approx(1.36, abs=0.01)


@pytest.mark.parametrize("missing", ["format", "focal_mm"])
def test_without_a_lens_or_a_format_nothing_is_computed(missing: str) -> None:
    camera = {"size": "camera.size.ms", "format": "camera.format.super_35_3perf", "focal_mm": 50, "t_stop": 2.8}
    resolved = known(camera={key: value for key, value in camera.items() if key != missing})
    assert not {"camera.hfov_deg", "camera.distance_m", "camera.depth_near_m"} & set(resolved.values)
