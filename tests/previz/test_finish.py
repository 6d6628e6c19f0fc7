"""What film, glass and print do, number by number."""

import numpy as np
import pytest

from app.previz.denoise import Picture
from app.previz.finish import add_grain, diffuse, display, finish, grade, halate, haze, streak, vignette
from app.previz.scene import Finish

PLAIN = Finish(grain=0, halation=0, vignette=0)


def even(level: float, width: int = 96) -> Picture:
    return np.full((54, width, 3), level, np.float32)


def test_mid_grey_is_shown_where_aces_2_puts_it() -> None:
    assert display(even(0.18)).mean() == pytest.approx(0.349, abs=0.01)


def test_printing_up_brightens() -> None:
    up, down = (finish(even(0.18), PLAIN.model_copy(update={"exposure_stops": s}), 0.3, 0).mean() for s in (1, -1))
    assert up > 1.5 * down


def test_haze_is_beer_lambert_towards_the_air() -> None:
    hazy = haze(even(1.0), np.full((54, 96), 5, np.float32), np.array([0.2, 0.2, 0.2]), 0.1)
    assert hazy.mean() == pytest.approx(np.exp(-0.5) + 0.2 * (1 - np.exp(-0.5)), rel=1e-4)


def test_the_corner_falls_by_cos_to_the_fourth() -> None:
    shaded = vignette(even(1.0), 0.5, 1.0)
    assert shaded[27, 48, 0] == pytest.approx(1, abs=1e-3)
    assert shaded[0, 0, 0] == pytest.approx((1 + 0.25 + (0.5 * 54 / 96) ** 2) ** -2, rel=0.03)


def test_halation_glows_red_beside_a_highlight() -> None:
    spot = even(0.05, 200)
    spot[20:30, 90:110] = 10
    glow = halate(spot, 0.3)[25, 86] - 0.05
    assert glow[0] > 2 * glow[2] > 0


def test_diffusion_moves_light_but_makes_none() -> None:
    spot = even(0.05, 200)
    spot[20:30, 90:110] = 5
    soft = diffuse(spot, 0.4)
    assert soft.max() < spot.max()
    assert soft.mean() == pytest.approx(spot.mean(), rel=0.03)


def test_contrast_turns_about_mid_grey() -> None:
    style = PLAIN.model_copy(update={"contrast": 1.4})
    assert grade(even(0.18), style).mean() == pytest.approx(0.18, rel=1e-4)
    assert grade(even(0.36), style).mean() > 0.36
    assert grade(even(0.09), style).mean() < 0.09


@pytest.mark.parametrize("grain", [0.02, 0.06])
def test_grain_deviates_in_log2_exposure_as_asked(grain: float) -> None:
    style = Finish(grain=grain, black_and_white=True)
    stops = np.log2(add_grain(even(0.18, 960), style, 1)[..., 0] / 0.18)
    assert stops.std() == pytest.approx(grain, rel=0.1)


def test_grain_clumps_grow_with_the_width() -> None:
    def likeness(width: int) -> float:
        row = add_grain(even(0.18, width), Finish(grain=0.05, grain_px=2, black_and_white=True), 1)[..., 0]
        return float(np.corrcoef(row[:, :-1].ravel(), row[:, 1:].ravel())[0, 1])

    assert likeness(1920) > likeness(960) > likeness(240)


def test_black_and_white_has_equal_channels() -> None:
    colourful = np.random.default_rng(0).random((54, 96, 3), np.float32)
    frame = finish(colourful, Finish(black_and_white=True, grain=0.05), 0.3, 0)
    assert (frame == frame[..., :1]).all()
    assert frame.std() > 5


def test_a_streak_runs_across_the_frame_in_its_own_hue_and_only_when_said() -> None:
    spot = even(0.05, 200)
    spot[25:28, 98:102] = 10
    assert np.array_equal(streak(spot, (0, 0, 0)), spot)
    flare = streak(spot, (0.05, 0.16, 0.5)) - spot
    assert flare[26, 60, 2] > 4 * flare[26, 60, 0] > 0
    assert flare[26, 60].sum() > 20 * flare[12, 100].sum()
