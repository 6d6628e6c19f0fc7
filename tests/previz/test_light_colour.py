"""Light as a balanced camera records it."""

import numpy as np
import pytest

from app.previz.light_colour import LUMINANCE, gel_colour, kelvin_colour, surface_colour
from app.previz.scene import Colour


@pytest.mark.parametrize("kelvin", [1900, 3200, 5600, 9000])
def test_a_lamp_at_the_cameras_balance_is_white(kelvin: float) -> None:
    assert kelvin_colour(kelvin, kelvin) == pytest.approx([1, 1, 1], abs=2e-4)


@pytest.mark.parametrize(("kelvin", "red_over_blue"), [(3200, 3.20), (9000, 0.56), (1900, 16.9)])
def test_red_over_blue_at_a_balance_of_5600_is_as_measured(kelvin: float, red_over_blue: float) -> None:
    light = kelvin_colour(kelvin, 5600)
    assert light[0] / light[2] == pytest.approx(red_over_blue, rel=0.45)
    assert LUMINANCE @ light == pytest.approx(1)
    assert (light >= 0).all()


def test_warmth_falls_as_kelvin_rises() -> None:
    ratios = [light[0] / light[2] for light in (kelvin_colour(k, 5600) for k in (2000, 3200, 4300, 5600, 7500))]
    assert ratios == sorted(ratios, reverse=True)


@pytest.mark.parametrize("tint", [(0.7, 1, 0.72), (0, 0, 1), (1, 0.2, 0.1)])
def test_a_gel_keeps_its_hue_and_a_lamps_strength(tint: Colour) -> None:
    light = gel_colour(tint)
    assert int(light.argmax()) == int(np.argmax(tint))
    assert light.max() <= 3.5 + 1e-9
    assert LUMINANCE @ light <= 1 + 1e-9


def test_grey_surfaces_stay_grey() -> None:
    assert surface_colour((0.18, 0.18, 0.18)) == pytest.approx([0.18, 0.18, 0.18], abs=1e-4)
