"""The light plan: where things are drawn, what stays when the camera turns, and that any shot can be drawn."""

import re
from itertools import combinations
from math import hypot, isfinite
from typing import Any

import pytest
from hypothesis import assume, given

from app.patch import merge
from app.physics import light
from app.previz.stage import stage
from app.resolve import Resolved, resolve
from app.schema import Shot, read_data
from app.views import lamps
from app.views.floor import Floor, fit, floor, reverse
from app.views.plan import Drawing, Plan, plan
from app.views.shapes import Disc, Line, Shape, Words, bounds
from app.vocab import vocabulary
from app.web.pages import render
from tests.shots import examples, shots

Json = dict[str, Any]

ROOM: Json = {
    "camera": {"size": "camera.size.mcu", "format": "camera.format.super_35_3perf", "focal_mm": 50, "t_stop": 2.8},
    "subjects": {"mara": {"kind": "subject.kind.character", "name": "Mara", "facing_deg": 0}},
    "lights": {
        "window": {"source": "light.source.window_light", "frame": "set", "azimuth_deg": -60, "distance_m": 3},
        "fill": {"slot": 1, "azimuth_deg": 40, "elevation_deg": 0, "distance_m": 2},
        "rim": {"slot": 2, "frame": "face", "azimuth_deg": 150, "elevation_deg": 30, "distance_m": 2},
        "stand": {"slot": 3, "mark": {"x_m": 1, "y_m": 2, "z_m": -1}},
    },
}


def resolved_of(data: Json) -> Resolved:
    return resolve(read_data(data), vocabulary())


def floor_of(data: Json) -> Floor:
    resolved = resolved_of(data)
    return floor(resolved, stage(resolved).scene)


def plan_of(data: Json | Shot) -> Plan:
    resolved = resolve(data if isinstance(data, Shot) else read_data(data), vocabulary())
    return plan(resolved, stage(resolved).scene)


def shapes_of(drawing: Drawing) -> list[Shape]:
    return [*drawing.ground, *(part for thing in drawing.things for part in thing.shapes), *drawing.labels]


def numbers_of(shape: Shape) -> list[float]:
    if isinstance(shape, Line):
        return [value for point in shape.points for value in point]
    return [*shape.at, shape.radius if isinstance(shape, Disc) else shape.size]


CAMERAS: list[tuple[str, Json]] = [
    ("on the axis", {}),
    ("round the face", {"view_azimuth_deg": 35}),
    ("on a mark", {"mark": {"x_m": 1.5, "z_m": 3}}),
]


@pytest.mark.parametrize(("name", "camera"), CAMERAS, ids=[name for name, _ in CAMERAS])
def test_the_reverse_turns_the_camera_and_leaves_the_set(name: str, camera: Json) -> None:
    before = floor_of(merge(ROOM, {"camera": camera}))
    after = floor_of(merge(merge(ROOM, {"camera": camera}), reverse(before)))
    assert light.wrapped(after.camera_deg - before.camera_deg) == pytest.approx(180, abs=0.5), name
    stood = [{one.row.name: one.at for one in each.lamps} for each in (before, after)]
    for lamp in ("window", "rim", "stand"):
        assert stood[1][lamp] == pytest.approx(stood[0][lamp]), lamp
    for lamp in ("window", "rim", "stand", "fill"):
        path = f"lights.{lamp}.camera_azimuth_deg"
        was, now = (each.resolved.number(path) for each in (before, after))
        assert was is not None
        assert now is not None
        turned = 0 if lamp == "fill" else 180
        assert abs(light.wrapped(now - was)) == pytest.approx(turned, abs=0.5), lamp
    hero = before.hero.at
    for axis in (0, 2):  # what hangs on the camera goes round with it
        middle = (stood[0]["fill"][axis] + stood[1]["fill"][axis]) / 2
        assert middle == pytest.approx(hero[axis], abs=0.2)


WINDOW: Json = {"source": "light.source.window_light", "azimuth_deg": -70}
INSIDE: Json = {"setting": "place.setting.interior", "background": "a tall window"}


@pytest.mark.parametrize(
    "key",
    [WINDOW, {"role": "light.role.practical", "azimuth_deg": 120}, {"source": "light.source.sun", "azimuth_deg": -40}],
)
def test_the_reverse_leaves_what_is_part_of_the_place_even_where_it_was_said_from_the_camera(key: Json) -> None:
    data = merge(ROOM, {"place": INSIDE, "lights": {"window": None, "key": key}})
    before = floor_of(data)
    after = floor_of(merge(data, reverse(before)))
    assert after.scene.room.window == before.scene.room.window
    spots = [next(one.at for one in each.lamps if one.row.name == "key") for each in (before, after)]
    assert spots[0] == pytest.approx(spots[1], abs=0.05)


def test_the_plan_draws_the_walls_and_the_window_where_they_stay() -> None:
    data = merge(ROOM, {"place": INSIDE})
    drawn = []
    for turned in ({}, reverse(floor_of(data))):
        shown = plan_of(merge(data, turned))
        frame = plan(resolved_of(merge(data, turned)), floor_of(merge(data, turned)).scene, [0, 0, 5, 3, 3, 3])
        drawn.append(frame.above.ground)
        assert shown.wild
    windows = [[one for one in ground if isinstance(one, Line) and one.style == "window"] for ground in drawn]
    assert len(windows[0]) == 1
    assert windows[0] == windows[1]
    walls = [{one.style for one in ground if isinstance(one, Line)} & {"wall", "wild"} for ground in drawn]
    assert walls == [{"wall", "wild"}] * 2
    assert drawn[0] != drawn[1]


def test_a_second_reverse_is_the_first_view() -> None:
    for _, camera in CAMERAS:
        data = merge(ROOM, {"camera": camera})
        turned = merge(data, reverse(floor_of(data)))
        back = merge(turned, reverse(floor_of(turned)))
        assert floor_of(back).scene.camera.at == pytest.approx(floor_of(data).scene.camera.at, abs=0.02)


def test_the_reverse_takes_back_the_name_of_a_view() -> None:
    data = merge(ROOM, {"camera": {"view": "camera.view.profile"}})
    assert reverse(floor_of(data)) == {"camera": {"view_azimuth_deg": 180.0, "view": None}}


PLACES: list[tuple[Json, str]] = [
    ({"azimuth_deg": 45, "elevation_deg": 30, "distance_m": 2.5}, "3/4 front camera right, 30° up, 2.5 m"),
    ({"azimuth_deg": -90, "elevation_deg": -10}, "side camera left, 10° down"),
    ({"azimuth_deg": 180}, "back"),
    ({"azimuth_deg": -150, "distance_m": 4}, "3/4 back camera left, 4 m"),
    ({"azimuth_deg": 2}, "front"),
    ({"elevation_deg": 85, "azimuth_deg": 20}, "85° up"),
    ({"side": "left"}, "camera left"),
    ({"direction": "light.direction.side"}, "side"),
    ({}, "place not said"),
]


@pytest.mark.parametrize(("said", "words"), PLACES)
def test_a_place_is_told_as_a_gaffer_is_told(said: Json, words: str) -> None:
    assert lamps.place(resolved_of({"lights": {"key": said}}), "key") == words


RATIOS = [
    (0, -3, "Key and fill are 3 stops apart (8:1; 9:1 with fill on the key side)."),
    (0, -1, "Key and fill are 1 stop apart (2:1; 3:1 with fill on the key side)."),
    (0.5, 0, "Key and fill are half a stop apart (1.4:1; 2.4:1 with fill on the key side)."),
    (0, 0, "Key and fill read the same (1:1; 2:1 with fill on the key side)."),
    (-1, 0, "The fill reads 1 stop over the key (1:2)."),
]


@pytest.mark.parametrize(("key", "fill", "words"), RATIOS)
def test_key_and_fill_are_told_in_stops_and_as_a_ratio(key: float, fill: float, words: str) -> None:
    data = {
        "lights": {"key": {"role": "light.role.key", "stops": key}, "fill": {"role": "light.role.fill", "stops": fill}}
    }
    assert plan_of(data).ratio == words


def test_no_ratio_is_told_where_none_follows() -> None:
    assert plan_of({"lights": {"key": {"role": "light.role.key", "stops": 0}}}).ratio == ""


def test_the_plan_is_to_scale_and_the_default_camera_stands_below() -> None:
    drawn = plan_of(ROOM)
    where = {thing.key: thing.middle for thing in drawn.above.things}
    hero = drawn.above.origin
    assert where["camera"].y > hero.y + drawn.above.metre
    assert abs(where["camera"].x - hero.x) < 2
    fill = next(thing for thing in drawn.above.things if thing.key == "lights.fill")
    apart = hypot(fill.middle.x - hero.x, fill.middle.y - hero.y) / drawn.above.metre
    assert apart == pytest.approx(2, abs=0.25)
    assert fill.middle.x > hero.x
    assert where["lights.window"].x < hero.x


def test_what_stands_far_off_is_drawn_at_the_rim_with_a_mark() -> None:
    data = merge(ROOM, {"lights": {"fill": {"distance_m": 40}, "sun": {"slot": 4, "source": "light.source.sun"}}})
    data = merge(data, {"lights": {"sun": {"azimuth_deg": 120, "elevation_deg": 25}}})
    drawn = plan_of(data).above
    for name in ("fill", "sun"):
        styles = {part.style for thing in drawn.things if thing.key == f"lights.{name}" for part in thing.shapes}
        assert "break" in styles, name
    rim = next(thing for thing in drawn.things if thing.key == "lights.rim")
    assert "break" not in {part.style for part in rim.shapes}


SYMBOLS = [
    ({"fixture": "light.fixture.fresnel"}, "lens"),
    ({"fixture": "light.fixture.softbox"}, "panel"),
    ({"fixture": "light.fixture.led_tube"}, "tube"),
    ({"role": "light.role.practical"}, "practical"),
    ({"source": "light.source.window_light"}, "window"),
    ({"source": "light.source.sun"}, "sun"),
    ({"modifiers": ["light.modifier.negative_fill"]}, "card"),
    ({"modifiers": ["light.modifier.flag"]}, "card"),
    ({"fixture": "light.fixture.fresnel", "modifiers": ["light.modifier.flag"]}, "lens"),
    ({"angular_size_deg": 30}, "panel"),
    ({"angular_size_deg": 3}, "lens"),
]


@pytest.mark.parametrize(("said", "kind"), SYMBOLS)
def test_each_kind_of_fixture_has_its_symbol(said: Json, kind: str) -> None:
    shown = floor_of({"lights": {"a": {**said, "azimuth_deg": 60}}})
    assert [one.row.kind for one in shown.lamps] == [kind]
    assert shown.lamps[0].cut is (kind == "lens" and "modifiers" in said)


def test_a_lamp_is_drawn_in_the_colour_it_reads_as_and_told_in_words() -> None:
    data = merge(ROOM, {"camera": {"white_balance_k": 5600}, "lights": {"rim": {"cct_k": 3200, "stops": 1}}})
    drawn = plan_of(data).above
    (tone,) = {
        part.tone
        for thing in drawn.things
        if thing.key == "lights.rim"
        for part in thing.shapes
        if isinstance(part, Line)
    } - {""}
    assert int(tone[1:3], 16) > int(tone[5:7], 16)
    assert "+1 · 3200 K warm" in [one.text for one in drawn.labels if isinstance(one, Words)]


def test_a_lamp_that_nobody_placed_says_so() -> None:
    drawn = plan_of({"lights": {"key": {"role": "light.role.key"}}})
    key = next(thing for thing in drawn.above.things if thing.key == "lights.key")
    assert key.assumed
    assert key.spoken.startswith("place not said")


@pytest.mark.parametrize(("key", "side", "right"), [(-45, None, True), (45, None, False), (45, "right", True)])
def test_a_card_that_nobody_placed_stands_across_from_the_key(key: float, side: str | None, right: bool) -> None:  # noqa: FBT001  a row of the table
    card = {"modifiers": ["light.modifier.negative_fill"], **({"side": side} if side else {})}
    shown = floor_of({"lights": {"key": {"role": "light.role.key", "azimuth_deg": key}, "neg": {"slot": 1, **card}}})
    assert (shown.lamps[1].at[0] > 0) is right


def test_even_light_has_no_place() -> None:
    drawn = plan_of({"lights": {"sky": {"role": "light.role.ambient", "stops": -1}}})
    assert [row.name for row in drawn.unplaced] == ["sky"]
    assert not [thing for thing in drawn.above.things if thing.key == "lights.sky"]


@pytest.mark.parametrize("frame", ["camera", "set", "face"])
@pytest.mark.parametrize("camera", [0, 35, -120])
def test_a_lamp_that_is_read_from_elsewhere_stays_where_it_is(frame: str, camera: float) -> None:
    data = merge(ROOM, {"camera": {"view_azimuth_deg": camera}, "subjects": {"mara": {"facing_deg": 20}}})
    before = floor_of(data)
    for lamp in before.lamps:
        patch = lamps.moved(before.resolved, lamp.row.name, frame)
        after = next(one for one in floor_of(merge(data, patch)).lamps if one.row.name == lamp.row.name)
        assert after.at == pytest.approx(lamp.at, abs=0.15), lamp.row.name


@given(shots())
@examples(120)
def test_any_shot_can_be_drawn(shot: Shot) -> None:
    drawn = plan_of(shot)
    for drawing in (drawn.above, drawn.side):
        assert all(isfinite(value) for shape in shapes_of(drawing) for value in numbers_of(shape))
        words = [one for one in drawing.labels if isinstance(one, Words)]
        for one, other in combinations(words, 2):
            assert not _shrunk(one).meets(_shrunk(other)), (one.text, other.text)
        for one in words:
            assert one.box.left >= 0
            assert one.box.right <= drawing.width
            if one.style == "name":
                taken = [bounds(thing.shapes) for thing in drawing.things if thing.is_stood]
                assert not any(_shrunk(one).meets(box) for box in taken), one.text
    html = render("shots/_plan_now.html", resolved=resolve(shot, vocabulary()), plan=drawn)
    assert not re.search(r"\b(nan|inf)\b", re.sub(r">[^<]*<", "><", html).split("data-grip")[0])


def _shrunk(words: Words) -> Any:
    box = words.box
    return box._replace(top=box.top + 2, bottom=box.bottom - 2)


@given(shots())
@examples(60)
def test_the_frame_is_a_fixed_point(shot: Shot) -> None:
    resolved = resolve(shot, vocabulary())
    scene = stage(resolved).scene
    frame = fit(floor(resolved, scene))
    assume(all(abs(value) <= 5000 for value in frame))
    assert plan(resolved, scene, list(frame)) == plan(resolved, scene)


@given(shots())
@examples(60)
def test_the_reverse_of_any_shot_is_a_shot(shot: Shot) -> None:
    resolved = resolve(shot, vocabulary())
    shown = floor(resolved, stage(resolved).scene)
    data = shot.model_dump(mode="json", exclude_defaults=True)
    read_data(merge(data, reverse(shown)))
    for row in shown.rows:
        for _, _, patch in row.frames:
            read_data(merge(data, patch))
