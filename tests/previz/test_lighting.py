"""The named lights, measured on the stand-in's own face: what each name promises can be read in stops."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from app import patch
from app.previz.denoise import Picture
from app.previz.figure import joints
from app.previz.light_colour import LUMINANCE
from app.previz.render import expose
from app.previz.sheet import shot, terms
from app.previz.stage import stage
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary

WIDTH, SAMPLES = 96, 4
NAMED = {term.id: term for term in terms()}


class Face(NamedTuple):
    """A close-up and where its face is: places are counted from between the eyes, in distances of the eyes."""

    light: Picture
    middle: tuple[float, float]
    eyes_px: float

    def patch(self, across: float, down: float) -> Picture:
        x = round(self.middle[0] + across * self.eyes_px)
        y = round(self.middle[1] + down * self.eyes_px)
        return np.asarray(self.light[y - 1 : y + 2, x - 1 : x + 2])

    def stops(self, across: float, down: float) -> float:
        return float(np.log2(np.median(self.patch(across, down) @ LUMINANCE) / 0.18))


@cache
def lit(name: str, **said: Any) -> Face:
    """The picture of a named light, with more said by dotted paths, `__` for a dot."""
    data = shot(NAMED[name]).model_dump(mode="json", exclude_none=True)
    for path, value in said.items():
        data = patch.merge(data, patch.at(path.replace("__", "."), value))
    scene = stage(resolve(read_data(data), vocabulary())).scene
    light, seen = expose(scene, WIDTH, SAMPLES, 0)
    height = light.shape[0]
    at = np.array([joints(scene.figures[0])[f"{side}_eye"] for side in ("right", "left")]) - seen.origin
    depth = at @ seen.forward
    x = (at @ seen.right / depth / seen.tan_x + 1) / 2 * WIDTH
    y = (1 - at @ seen.up / depth / seen.tan_y) / 2 * height
    return Face(light, (float(x.mean()), float(y.mean())), float(x[1] - x[0]))


NEAR, FAR = (-0.5, 0.3), (0.5, 0.3)  # under the eyes; a key from camera left lights the near cheek
UNDER_NOSE = (0, 0.72)
FAR_JAW, NEAR_JAW = (0.65, 0.95), (-0.65, 0.95)


def test_rembrandt_leaves_a_triangle_under_the_far_eye() -> None:
    face = lit("light.pattern.rembrandt")
    triangle = face.stops(*FAR)
    assert triangle > face.stops(*FAR_JAW) + 1
    assert triangle > face.stops(0.18, 0.1) + 0.5  # the shadow of the nose
    assert face.stops(*NEAR) > face.stops(*FAR_JAW) + 1.5


def test_a_loop_leaves_more_of_the_far_cheek_than_rembrandt_does() -> None:
    loop, rembrandt = (lit(f"light.pattern.{name}") for name in ("loop", "rembrandt"))
    assert loop.stops(*FAR_JAW) > rembrandt.stops(*FAR_JAW) + 0.5


def test_split_is_split() -> None:
    face = lit("light.pattern.split")
    for down in (0.3, 0.95, -0.5):
        assert face.stops(-0.55, down) > face.stops(0.55, down) + 2


@pytest.mark.parametrize("name", ["butterfly", "ring"])
def test_a_frontal_key_lights_both_cheeks_alike(name: str) -> None:
    face = lit(f"light.pattern.{name}", lights__fill=None)
    assert face.stops(*NEAR) == pytest.approx(face.stops(*FAR), abs=0.4)


def test_butterfly_hangs_its_shadow_under_the_nose() -> None:
    face = lit("light.pattern.butterfly", lights__fill=None)
    assert face.stops(*UNDER_NOSE) < face.stops(*NEAR) - 0.7
    assert face.stops(*UNDER_NOSE) < lit("light.pattern.ring").stops(*UNDER_NOSE) - 0.7


def test_light_from_the_top_fills_the_brow_and_empties_the_chin_and_light_from_below_turns_it_over() -> None:
    top, under = lit("light.pattern.top"), lit("light.pattern.under")
    assert top.stops(0, -0.6) > top.stops(0, 1.75) + 1
    assert under.stops(0, 1.75) > under.stops(0, -0.6) + 0.5


def test_broad_light_falls_on_the_near_side_and_short_light_on_the_far_one() -> None:
    broad, short = lit("lighting.broad.broad"), lit("lighting.broad.short")
    assert broad.stops(1.3, 0.7) > short.stops(1.3, 0.7) + 1


def test_a_silhouette_stands_stops_under_its_background() -> None:
    face = lit("lighting.setup.silhouette")
    behind = float(np.log2(np.median(face.light[4:20, 2:8] @ LUMINANCE) / 0.18))
    for place in (NEAR, FAR, (0, -0.6)):
        assert behind > face.stops(*place) + 3


def test_low_key_and_high_key_part_by_stops_over_the_whole_frame() -> None:
    low, high = (lit(f"lighting.style.{name}").light @ LUMINANCE for name in ("low_key", "high_key"))
    assert np.log2(np.median(high) / np.median(low)) > 3


def test_negative_fill_deepens_the_shadow_side_and_leaves_the_key_alone() -> None:
    plain = {"lights__fill": None, "lighting__ratio_stops": None, "lighting__ambient_stops": -3}
    open_ = lit("light.pattern.split", **plain)
    black = lit("light.pattern.split", **plain, lights__cloth__modifiers=("light.modifier.negative_fill",))
    assert black.stops(*FAR_JAW) < open_.stops(*FAR_JAW) - 0.4
    assert black.stops(*NEAR) == pytest.approx(open_.stops(*NEAR), abs=0.25)


@pytest.mark.parametrize(("balance", "least", "most"), [(5600, 2.2, 6), (3200, 0.75, 1.35)])
def test_a_tungsten_rim_from_camera_left_is_a_warm_left_edge_only_on_a_daylight_balance(
    balance: int, least: float, most: float
) -> None:
    face = lit(
        "lighting.setup.double_rim",
        camera__white_balance_k=balance,
        lights__fill=None,
        lights__key__cct_k=3200,
        lights__key__stops=2,
    )
    bright = face.light @ LUMINANCE
    rows = slice(round(face.middle[1]), round(face.middle[1] + 2 * face.eyes_px))
    edge = bright[rows] > max(0.5 * float(bright[rows].max()), 0.1)
    assert np.median(np.nonzero(edge)[1]) < face.middle[0]
    red, _, blue = face.light[rows][edge].mean(0)
    assert least < red / blue < most
