"""Light through a blind, a window or leaves: which lamp has it, how it is cut, and that it is seen on face and wall."""

from math import dist
from typing import Any

import numpy as np
import pytest

from app.previz import gobo
from app.previz.light_colour import LUMINANCE
from app.previz.render import expose
from app.previz.scene import Figure, Gobo, Lamp
from app.previz.stage import stage
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from tests.previz.scenes import lamp, portrait

BLIND, EFFECT = "light.modifier.venetian_blind", "light.effect.venetian_blinds"
KEY: dict[str, Any] = {"role": "light.role.key", "azimuth_deg": -45, "stops": 0}
RIM: dict[str, Any] = {"slot": 1, "role": "light.role.rim", "azimuth_deg": 150, "stops": 0}


def lamps(**shot: Any) -> tuple[Lamp, ...]:
    return stage(resolve(read_data(shot), vocabulary())).scene.lamps


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"lights": {"key": KEY | {"modifiers": [BLIND]}, "rim": RIM}}, ["blinds", ""]),
        ({"lights": {"key": KEY, "rim": RIM | {"effects": [EFFECT]}}}, ["", "blinds"]),
        ({"lights": {"key": KEY, "rim": RIM}, "lighting": {"effects": [EFFECT]}}, ["blinds", ""]),
        ({"lights": {"key": KEY | {"modifiers": ["light.modifier.branchaloris"]}}}, ["leaves"]),
        ({"lights": {"key": KEY}, "lighting": {"effects": ["light.effect.window_pattern"]}}, ["window"]),
        ({"lights": {"key": KEY | {"modifiers": ["light.modifier.flag"]}}}, [""]),
    ],
)
def test_a_lamp_shines_through_what_is_said(said: dict[str, Any], expected: list[str]) -> None:
    assert [one.gobo for one in lamps(**said)] == expected


def test_a_lamp_through_a_blind_is_hard_unless_it_is_said_to_be_soft() -> None:
    hard = lamps(lights={"key": KEY | {"modifiers": [BLIND]}})[0]
    soft = lamps(lights={"key": KEY | {"modifiers": [BLIND], "angular_size_deg": 30}})[0]
    assert hard.size_m < 0.15 < soft.size_m
    contrasts = [float(np.ptp(gobo.mask(one)[118:138, 128])) for one in (hard, soft)]
    assert contrasts[0] > 0.75
    assert contrasts[1] < 0.3


@pytest.mark.parametrize("kind", ["blinds", "window", "leaves"])
def test_a_pattern_lets_some_light_through_and_ends_in_a_round_pool(kind: Gobo) -> None:
    pattern = gobo.mask(lamp(0).model_copy(update={"gobo": kind, "size_m": 0.1}))
    assert pattern.shape == (gobo.EDGE, gobo.EDGE)
    assert 0.1 < float(pattern.mean()) < 0.6
    assert float(pattern.max()) > 0.9
    assert max(pattern[0, 0], pattern[0, gobo.EDGE // 2]) < 0.05


def test_the_sun_throws_its_pattern_from_its_own_line() -> None:
    sun = Lamp(name="sun", at=(0, 60, 60), target=(0, 1, 1), size_m=0.7, gobo="leaves")
    spot = gobo.thrown_from(sun)
    assert 10 < dist(spot, sun.target) < 20
    assert (spot[1] - 1) == pytest.approx(spot[2] - 1)
    assert gobo.thrown_from(lamp(40)) == pytest.approx(lamp(40).at)


def test_bars_lie_on_what_the_lamp_lights_and_the_open_ones_are_as_bright_as_without() -> None:
    block = Figure(kind="cube", at=(0, 1.2, 0), height_m=0.7, clothes=(0.5, 0.5, 0.5))
    key = lamp(0, elevation=0).model_copy(update={"size_m": 0.1})
    rows = []
    for one in (key, key.model_copy(update={"gobo": "blinds"})):
        scene = portrait(one).model_copy(update={"figures": (block,)})
        rows.append((expose(scene, 96, 8, 0)[0] @ LUMINANCE)[12:42, 42:54].mean(1))
    assert rows[0].max() < 1.3 * rows[0].min()
    assert rows[1].max() > 3 * rows[1].min()
    assert rows[1].max() == pytest.approx(rows[0].max(), rel=0.3)
