"""The set-up plan of a scene: one drawing for all cameras, what stands in one place drawn once, the line kept to."""

from hypothesis import given
from hypothesis import strategies as st

from app.patch import Json, merge
from app.resolve import resolve
from app.resolve.coverage import coverage
from app.schema import Shot, read_data
from app.views.setups import SetupPlan, setups
from app.vocab import vocabulary
from tests.shots import shots as any_shot

CAMERA: Json = {"size": "camera.size.ms", "focal_mm": 40, "format": "camera.format.super_35_3perf", "distance_m": 3}
MARA: Json = {"slot": 0, "kind": "subject.kind.character", "name": "Mara", "mark": {"x_m": -0.5, "z_m": 0}}
JONAS: Json = {"slot": 1, "kind": "subject.kind.character", "name": "Jonas", "mark": {"x_m": 0.5, "z_m": 0}}
WINDOW: Json = {"slot": 0, "role": "light.role.key", "frame": "set", "azimuth_deg": 60, "distance_m": 2.5}
PAIR: Json = {
    "camera": CAMERA,
    "subjects": {"mara": {**MARA, "facing_deg": 90}, "jonas": {**JONAS, "facing_deg": -90}},
    "lights": {"window": WINDOW},
}


def plan(*patches: Json) -> SetupPlan:
    documents = [read_data(merge(PAIR, patch)) for patch in patches]
    resolved = [resolve(one, vocabulary()) for one in documents]
    found = setups([(f"s{n}", f"1{'ABCD'[n]}", f"shot {n}", one) for n, one in enumerate(resolved)])
    assert found
    return found


def at(x: float, z: float) -> Json:
    return {"camera": {"mark": {"x_m": x, "z_m": z}, "aimed_at": "mara"}}


def test_what_stands_in_one_place_in_all_shots_is_drawn_once() -> None:
    found = plan(at(-0.5, 3), at(1.5, 2), at(-1.5, 2))
    keys = [one.label for one in found.above.things]
    assert sorted(keys) == ["1A", "1B", "1C", "Jonas", "Mara", "window"]
    assert found.line == ("Mara", "Jonas")


def test_two_shots_from_one_place_share_their_camera() -> None:
    tighter = merge(at(0, 3), {"camera": {"size": "camera.size.cu", "focal_mm": 85}})
    found = plan(at(0, 3), tighter)
    (camera,) = [one for one in found.above.things if one.key.startswith("camera.")]
    assert (camera.label, camera.spoken) == ("1A, 1B", "40 mm, 85 mm")


def test_somebody_who_moved_stands_twice_each_with_their_shots() -> None:
    moved = merge(at(0, 3), {"subjects": {"jonas": {"mark": {"x_m": 2, "z_m": -1}}}})
    found = plan(at(0, 3), at(0, 3), moved)
    assert [one.spoken for one in found.above.things if one.label == "Jonas"] == ["all but 1C", "1C"]


def test_a_camera_behind_the_line_is_told() -> None:
    found = plan(at(0.2, 3), at(-0.8, 2.5), at(0.4, -3))
    assert [one.crosses for one in found.setups] == [False, False, True]


def test_a_camera_far_away_is_at_the_rim_and_leaves_the_rest_its_size() -> None:
    near, far = plan(at(0, 3)), plan(at(0, 3), at(0, 60))
    assert far.above.metre == near.above.metre


def test_a_scene_without_shots_has_no_plan() -> None:
    assert setups([]) is None


@given(st.lists(any_shot(), min_size=1, max_size=3))
def test_every_scene_has_a_plan_within_its_sheet(documents: list[Shot]) -> None:
    found = setups([(f"s{n}", "", f"shot {n}", resolve(one, vocabulary())) for n, one in enumerate(documents)])
    assert found
    assert len(found.setups) == len(documents)
    for thing in found.above.things:
        assert -60 < thing.middle.x < found.above.width + 60
        assert -60 < thing.middle.y < found.above.height + 60


def test_the_other_set_ups_of_a_two_shot_keep_to_its_line() -> None:
    first = resolve(read_data(PAIR), vocabulary())
    others = [
        (one.id, one.id, one.label, resolve(read_data(merge(PAIR, one.patch)), vocabulary())) for one in coverage(first)
    ]
    found = setups([("s", "1A", "", first), *others])
    assert found
    assert len(found.setups) > 3
    assert not any(one.crosses for one in found.setups)
