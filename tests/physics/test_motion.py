"""Moves, blur and flicker against the worked numbers of reference/cinematography.md B3 and B9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import motion, optics
from tests.shots import examples

METRES = st.floats(0.3, 100)
FOCALS = st.floats(8, 300)

fast = examples(60)


@pytest.mark.parametrize(
    ("focal", "limit"), [(18, 9.9), (24, 7.8), (35, 5.6), (50, 4.0), (85, 2.4), (135, 1.5)], ids=lambda one: f"B3-{one}"
)
def test_a_pan_takes_seven_seconds(focal: float, limit: float) -> None:
    field = optics.field_of_view_deg(24.89, focal)
    assert motion.pan_limit_deg_per_s(field) == pytest.approx(limit, abs=0.05)


def test_a_walk_smears_as_worked() -> None:
    """B9: 1.4 m/s across a medium shot, Super 35, 50 mm at 2.72 m: 2.9 cm, 2.2 % of the width."""
    width = optics.frame_height_m(2.72, 50, 24.89)
    assert motion.streak_m(1.4) == pytest.approx(0.029, abs=0.0005)
    assert motion.motion_blur_share(1.4, width) == pytest.approx(0.022, abs=0.0005)
    assert motion.crossing_s(1.4, width) == pytest.approx(0.967, abs=0.001)


@pytest.mark.parametrize(
    ("speed", "centimetres"),
    [(4, 8), (9, 19), (0.5, 1), (1.5, 3)],
    ids=["B15-light-rain", "B15-heavy-rain", "B15-slow-snow", "B15-fast-snow"],
)
def test_rain_and_snow_draw_streaks(speed: float, centimetres: float) -> None:
    assert motion.streak_m(speed) * 100 == pytest.approx(centimetres, abs=0.4)


def test_a_whip_pan_leaves_nothing_to_read() -> None:
    """MOV10."""
    blur = motion.pan_blur_deg(motion.WHIP_FROM_DEG_PER_S)
    assert blur == 6.25
    assert motion.pan_blur_share(motion.WHIP_FROM_DEG_PER_S, 39.1) == pytest.approx(0.154, abs=0.001)


def test_a_long_lens_magnifies_a_shake() -> None:
    """MOV15."""
    wide, long = (motion.angle_share(0.1, optics.field_of_view_deg(24.89, focal)) for focal in (25, 100))
    assert long == pytest.approx(4 * wide)


def test_a_dolly_zoom_holds_the_subject() -> None:
    """B3: 24 mm at 1.0 m to 85 mm at 3.54 m."""
    assert motion.dolly_zoom_focal_mm(24, 1, 3.54) == pytest.approx(85, abs=0.05)
    assert motion.dolly_zoom_background(1, 3.54, 5) > 1 > motion.dolly_zoom_background(3.54, 1, 5)


@given(FOCALS, METRES, METRES, METRES)
@fast
def test_a_dolly_zoom_leads_back(focal: float, start: float, now: float, behind: float) -> None:
    there = motion.dolly_zoom_focal_mm(focal, start, now)
    assert motion.dolly_zoom_focal_mm(there, now, start) == pytest.approx(focal)
    assert optics.frame_height_m(now, there, 14) == pytest.approx(optics.frame_height_m(start, focal, 14))
    grown = motion.dolly_zoom_background(start, now, behind)
    assert grown * motion.dolly_zoom_background(now, start, behind) == pytest.approx(1)
    beyond = [optics.frame_height_m(at + behind, one, 14) for at, one in ((start, focal), (now, there))]
    assert grown == pytest.approx(beyond[0] / beyond[1])


def test_a_push_from_medium_to_close_up() -> None:
    assert motion.dolly_travel_m(0.761, 0.332, 50, 14) == pytest.approx(-1.53, abs=0.005)
    assert motion.zoom_factor(0.761, 0.332) == pytest.approx(2.29, abs=0.005)


@given(st.floats(0.05, 50), st.floats(0.05, 50), FOCALS)
@fast
def test_there_and_back_is_no_way_at_all(near: float, far: float, focal: float) -> None:
    way = motion.dolly_travel_m(near, far, focal, 14)
    assert way + motion.dolly_travel_m(far, near, focal, 14) == pytest.approx(0, abs=1e-6)
    assert motion.zoom_factor(near, far) * motion.zoom_factor(far, near) == pytest.approx(1)
    assert (way >= 0) == (far >= near)


@pytest.mark.parametrize(("radius", "angle", "metres"), [(2, 90, 3.14), (3, -180, 9.42), (1, 360, 6.28)])
def test_an_arc_needs_its_track(radius: float, angle: float, metres: float) -> None:
    assert motion.arc_length_m(radius, angle) == pytest.approx(metres, abs=0.005)


@pytest.mark.parametrize(("capture", "playback", "times"), [(48, 24, 2), (120, 24, 5), (24, 24, 1), (12, 24, 0.5)])
def test_slow_motion_is_capture_over_playback(capture: float, playback: float, times: float) -> None:
    assert motion.slow_motion(capture, playback) == times


@pytest.mark.parametrize(
    ("mains", "fps", "angle", "safe"),
    [
        pytest.param(50, 24, 172.8, True, id="B9-50-hz-24-172.8"),
        pytest.param(60, 24, 144, True, id="B9-60-hz-24-144"),
        pytest.param(60, 24, 180, True, id="TIM05-60-hz-24"),
        pytest.param(60, 23.976, 180, False, id="TIM05-60-hz-23.976"),
        pytest.param(60, 23.976, 144, True, id="TIM05-60-hz-23.976-144"),
        pytest.param(50, 24, 180, False, id="TIM05-50-hz-24"),
        pytest.param(50, 25, 180, True, id="TIM05-50-hz-25"),
        pytest.param(50, 24, 86.4, True, id="one-pulse"),
        pytest.param(50, 24, 43.2, False, id="half-a-pulse"),
        pytest.param(60, 30, 90, True, id="60-hz-30"),
        pytest.param(60, 48, 180, False, id="60-hz-48"),
        pytest.param(50, 100, 180, True, id="a-frame-a-pulse"),
        pytest.param(50, 1000, 180, False, id="high-speed"),
    ],
)
def test_lamps_on_the_mains_flicker_or_not(mains: float, fps: float, angle: float, safe: object) -> None:
    assert motion.flicker_safe(mains, fps, angle) is safe


@given(st.sampled_from((50, 60)), st.floats(1, 120))
@fast
def test_the_safe_angles_are_safe(mains: float, fps: float) -> None:
    for angle in motion.flicker_safe_angles(mains, fps):
        assert angle <= 360 * (1 + 1e-9)
        assert motion.flicker_safe(mains, fps, angle)


def test_safe_angles_at_24() -> None:
    assert motion.flicker_safe_angles(50, 24) == pytest.approx((86.4, 172.8, 259.2, 345.6))
    assert motion.flicker_safe_angles(60, 24) == pytest.approx((72, 144, 216, 288, 360))
    assert motion.flicker_safe_angles(50, 240) == ()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: motion.pan_limit_deg_per_s(-1), "field of view"),
        (lambda: motion.angle_share(1, 180), "field of view"),
        (lambda: motion.motion_blur_share(1, 0), "width of the frame"),
        (lambda: motion.crossing_s(0, 1), "speed must be above 0 m/s"),
        (lambda: motion.dolly_zoom_focal_mm(50, 0, 1), "distance"),
        (lambda: motion.dolly_travel_m(0, 1, 50, 14), "height of the frame"),
        (lambda: motion.zoom_factor(1, 0), "height of the frame"),
        (lambda: motion.arc_length_m(0, 90), "radius"),
        (lambda: motion.slow_motion(0), "capture rate"),
        (lambda: motion.flicker_safe(0, 24), "mains"),
        (lambda: motion.flicker_safe_angles(50, 0), "frame rate"),
    ],
    ids=range(11),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
