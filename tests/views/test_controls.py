"""The departments: where each field stands, what a strip reports, and how a field says where its value comes from."""

import re
from collections import Counter

import pytest

from app.resolve import Resolved, resolve
from app.schema import read_data
from app.schema.facets import limits, picked_at
from app.schema.shot import Mark
from app.views import controls
from app.views.controls import DEPARTMENTS
from app.vocab import vocabulary
from app.web.pages import render

SHOT = {
    "camera": {"focal_mm": 75, "t_stop": 2, "size": "camera.size.mcu"},
    "lights": {"key": {"slot": 0, "role": "light.role.key", "azimuth_deg": 40}, "rim": {"slot": 1}},
    "subjects": {"mara": {"slot": 0}, "jonas": {"slot": 1}},
    "beats": {
        "second": {"slot": 1, "moves": {"push": {"path": "camera.move.dolly_in"}}},
        "first": {"slot": 0, "action": {"mara": {"words": "lights a match"}}},
    },
}


def resolved(data: dict[str, object]) -> Resolved:
    return resolve(read_data(data), vocabulary())


def department(name: str) -> controls.Department:
    return next(one for one in DEPARTMENTS if one.id == name)


def shown(data: dict[str, object]) -> Counter[str]:
    """Count the fields on the page by path."""
    return Counter(re.findall(r'data-path="([^"]+)"', render("shots/_controls.html", resolved=resolved(data))))


def test_the_departments_stand_in_the_order_of_a_crew() -> None:
    assert [one.label for one in DEPARTMENTS] == (
        ["Frame", "Camera", "Lens", "Light", "Look", "Subject", "Action", "Place", "Motion", "Sound", "References"]
    )


@pytest.mark.parametrize("data", [{}, SHOT], ids=["empty", "full"])
def test_no_field_stands_twice(data: dict[str, object]) -> None:
    assert [path for path, count in shown(data).items() if count > 1] == []


def test_every_number_and_pick_of_the_whole_shot_has_a_field() -> None:
    fields = set(shown(SHOT))
    wanted = {path for path in picked_at() if "*" not in path} | {"camera.focal_mm", "look.exposure_stops"}
    assert wanted - fields - {"look.colours"} == set()


def test_each_beat_has_an_action_for_each_subject() -> None:
    wanted = {f"beats.{beat}.action.{one}" for beat in ("first", "second") for one in ("mara", "jonas")}
    assert wanted <= set(shown(SHOT))
    assert "beats.main.action.mara" in shown({"subjects": {"mara": {}}})


def test_a_move_stands_under_motion_and_may_be_added_to_each_beat() -> None:
    motion = department("motion")
    assert controls.entries(motion, resolved(SHOT)) == ["second.moves.push"]
    assert controls.added_to(motion, resolved(SHOT)) == ["beats.first.moves", "beats.second.moves"]
    assert controls.added_to(motion, resolved({})) == ["beats.main.moves"]
    assert controls.called_part("second.moves.push", resolved(SHOT)) == "second: push"


REPORTS = (
    ("lens", "75 mm · T2"),
    ("light", "2 lights"),
    ("action", "lights a match"),
    ("motion", "1 move"),
    ("sound", "left open"),
    ("subject", "mara and jonas"),
)


@pytest.mark.parametrize(("name", "said"), REPORTS)
def test_a_strip_is_a_line_of_a_camera_report(name: str, said: str) -> None:
    assert controls.report(department(name), resolved(SHOT)).casefold() == said.casefold()


LABELS = (
    ("camera.t_stop", "T-stop", "number"),
    ("beats.one.action.old_man", "Action, old man", "pick"),
    ("beats.one.says.old_man", "Says, old man", "long"),
    ("beats.one.moves.push.path", "Move", "pick"),
    ("exclude", "Keep out of the picture", "picks"),
)


@pytest.mark.parametrize(("path", "label", "kind"), LABELS)
def test_a_field_is_named_after_whose_it_is(path: str, label: str, kind: str) -> None:
    field = controls.field(path)
    assert (field.label, field.kind) == (label, kind)


OWNERS = (
    ("camera.focal_mm", "Lens"),
    ("camera.aimed_at", "Camera"),
    ("lighting.ratio_stops", "Light"),
    ("lights.rim.cct_k", "Light"),
    ("beats.one.moves.push.speed", "Motion"),
    ("beats.one.focus.on", "Motion"),
    ("beats.one.says.mara", "Action"),
    ("exclude", "Frame"),
    ("intent.mood", "Look"),
    ("edit.change", "References"),
    ("sound.music", "Sound"),
)


@pytest.mark.parametrize(("path", "label"), OWNERS)
def test_every_path_belongs_to_a_department(path: str, label: str) -> None:
    assert controls.department_of(path).label == label


def test_the_simple_view_is_a_dozen_fields_that_there_are() -> None:
    assert 12 <= len(controls.SIMPLE) <= 14
    assert all(
        path in picked_at() or limits(path) or path.endswith(("description", "side")) for path in controls.SIMPLE
    )
    simple = [path for path in shown(SHOT) if controls.field(path).simple]
    assert {"camera.focal_mm", "lights.rim.cct_k", "beats.first.action.jonas"} <= set(simple)
    assert "camera.ei" not in simple


@pytest.mark.parametrize(
    ("value", "mark", "said"),
    [
        (None, Mark(), ""),
        (85, Mark(), "said"),
        (85, Mark(pin=True), "said, pinned"),
        (None, Mark(leave=True), "left to the model"),
    ],
)
def test_a_field_says_how_it_stands(value: object, mark: Mark, said: str) -> None:
    assert controls.sign(value, mark) == said
