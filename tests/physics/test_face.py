"""Light on a face against the worked numbers of reference/cinematography.md B10, and what holds for any angle."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import face
from tests.shots import examples

AZIMUTHS = st.floats(-180, 180)
RISES = st.floats(-89, 89)

fast = examples(60)


@pytest.mark.parametrize(
    ("azimuth", "elevation", "across_cm", "down_cm", "meets"),
    [
        pytest.param(0, 45, 0, 2.2, False, id="B10-butterfly"),
        pytest.param(35, 35, 1.5, 1.9, False, id="B10-loop"),
        pytest.param(45, 45, 2.2, 3.1, True, id="B10-rembrandt"),
        pytest.param(60, 45, 3.8, 4.4, True, id="B10-rembrandt-60"),
        pytest.param(-45, 45, -2.2, 3.1, True, id="B10-rembrandt-left"),
    ],
)
def test_the_nose_throws_its_shadow_as_worked(
    azimuth: float, elevation: float, across_cm: float, down_cm: float, meets: object
) -> None:
    across, down = face.nose_shadow_m(azimuth, elevation)
    assert (across * 100, down * 100) == pytest.approx((across_cm, down_cm), abs=0.05)
    assert face.meets_cheek(azimuth, elevation) is meets


@pytest.mark.parametrize(
    ("azimuth", "elevation", "name"),
    [
        pytest.param(0, 10, "flat", id="B10-flat"),
        pytest.param(0, 45, "butterfly", id="B10-butterfly"),
        pytest.param(0, 40, "butterfly", id="B10-clamshell"),
        pytest.param(35, 35, "loop", id="B10-loop"),
        pytest.param(20, 25, "loop", id="B10-loop-least"),
        pytest.param(45, 45, "rembrandt", id="B10-rembrandt"),
        pytest.param(60, 45, "rembrandt", id="B10-rembrandt-60"),
        pytest.param(65, 60, "rembrandt", id="B10-rembrandt-most"),
        pytest.param(45, 20, "loop", id="LIT09-lower"),
        pytest.param(90, 10, "split", id="B10-split"),
        pytest.param(75, 45, "split", id="B10-split-from-75"),
        pytest.param(165, 40, "back", id="B10-rim"),
        pytest.param(135, 15, "back", id="B10-kicker"),
    ],
)
@pytest.mark.parametrize("side", [-1, 1], ids=["left", "right"])
def test_a_pattern_is_known_by_its_shadow(azimuth: float, elevation: float, name: str, side: int) -> None:
    assert face.pattern(side * azimuth, elevation) == name


@given(st.floats(-360, 360), st.floats(-90, 90))
@fast
def test_every_direction_has_a_pattern_and_left_mirrors_right(azimuth: float, elevation: float) -> None:
    name = face.pattern(azimuth, elevation)
    assert name in {"flat", "butterfly", "loop", "rembrandt", "split", "back"}
    assert face.pattern(-azimuth, elevation) == name


@given(st.floats(16, 70), st.floats(0, 80), st.floats(0, 4), st.floats(0, 9))
@fast
def test_further_round_and_higher_never_parts_the_shadows(az: float, el: float, round_more: float, up: float) -> None:
    if face.meets_cheek(az, el):
        assert face.meets_cheek(az + round_more, el + up)


@given(st.floats(-74, 74), RISES)
@fast
def test_rembrandt_is_where_the_shadows_meet(azimuth: float, elevation: float) -> None:
    drawn = face.pattern(azimuth, elevation) == "rembrandt"
    assert drawn == face.meets_cheek(azimuth, elevation)


@given(st.floats(-89, 89), RISES)
@fast
def test_the_noses_shadow_falls_away_from_the_light(azimuth: float, elevation: float) -> None:
    across, down = face.nose_shadow_m(azimuth, elevation)
    assert across * azimuth >= 0
    assert down * elevation >= 0
    mirrored = face.nose_shadow_m(-azimuth, elevation)
    assert mirrored == pytest.approx((-across, down))


def test_straight_from_above_the_shadow_has_no_end() -> None:
    assert face.nose_shadow_m(0, 90) == (0, inf)
    assert face.nose_shadow_m(0, -90) == (0, -inf)


@pytest.mark.parametrize(
    ("key", "camera", "name"),
    [
        pytest.param(45, -30, "short", id="upstage"),
        pytest.param(45, 30, "broad", id="turned-to-camera"),
        pytest.param(-45, 30, "short", id="upstage-left"),
        pytest.param(45, 5, "", id="LIT11-head-not-turned"),
        pytest.param(45, 175, "", id="back-of-the-head"),
        pytest.param(10, 30, "", id="butterfly"),
        pytest.param(90, -90, "short", id="profile"),
    ],
)
def test_broad_and_short_are_by_the_side_that_camera_sees(key: float, camera: float, name: str) -> None:
    assert face.side_of_face(key, camera) == name


@given(AZIMUTHS, AZIMUTHS)
@fast
def test_broad_and_short_do_not_care_for_left_and_right(key: float, camera: float) -> None:
    name = face.side_of_face(key, camera)
    assert face.side_of_face(-key, -camera) == name
    assert face.side_of_face(-key, camera) == {"broad": "short", "short": "broad", "": ""}[name]


@pytest.mark.parametrize(
    ("azimuth", "elevation", "hour"),
    [
        pytest.param(0, 40, 12, id="above"),
        pytest.param(0, -30, 6, id="clamshell-below"),
        pytest.param(90, 0, 3, id="camera-right"),
        pytest.param(-90, 0, 9, id="camera-left"),
        pytest.param(45, 40, 1, id="key-right"),
        pytest.param(-45, 40, 11, id="key-left"),
        pytest.param(-60, 30, 10, id="key-far-left"),
        pytest.param(30, -30, 5, id="below-right"),
        pytest.param(0, 0, 0, id="ring"),
        pytest.param(0, 80, None, id="LIT31-top"),
        pytest.param(165, 40, None, id="rim"),
    ],
)
def test_an_eye_shows_its_light_as_a_clock(azimuth: float, elevation: float, hour: int | None) -> None:
    assert face.catch_light_hour(azimuth, elevation) == hour


@given(AZIMUTHS, RISES)
@fast
def test_a_catch_light_mirrors_with_its_lamp(azimuth: float, elevation: float) -> None:
    hour, mirrored = face.catch_light_hour(azimuth, elevation), face.catch_light_hour(-azimuth, elevation)
    if hour is None or mirrored is None or 0 in {hour, mirrored}:
        assert hour == mirrored
    else:
        assert 1 <= hour <= 12
        assert (hour + mirrored) % 12 == 0


@pytest.mark.parametrize("azimuth", [90, -90, 120])
def test_a_light_from_behind_throws_no_nose_on_the_face(azimuth: float) -> None:
    with pytest.raises(ValueError, match=rf"A light {azimuth}° round the face throws no shadow of the nose on it\."):
        face.nose_shadow_m(azimuth, 30)
