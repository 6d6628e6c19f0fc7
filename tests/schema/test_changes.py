"""A patch is shown before it is taken, path by path."""

from typing import Any

import pytest
from hypothesis import given

from app.patch import merge
from app.schema import Shot, read_data
from app.schema.changes import changes
from app.schema.paths import leaves
from tests.shots import documents

SHOT = {
    "camera": {"t_stop": 1.3, "filters": ["camera.filter.fog"]},
    "lights": {"key": {"stops": 0, "motivated_by": {"words": "the window"}}},
}

CASES: list[tuple[dict[str, Any], list[tuple[str, object, object]]]] = [
    ({"camera": {"t_stop": 2}}, [("camera.t_stop", 1.3, 2)]),
    ({"camera": {"ei": 800}}, [("camera.ei", None, 800)]),
    ({"camera": {"t_stop": None}}, [("camera.t_stop", 1.3, None)]),
    ({"camera": {"t_stop": 1.3}}, []),
    ({"camera": {"focal_mm": None}}, []),
    (
        {"lights": {"key": None}},
        [("lights.key.stops", 0, None), ("lights.key.motivated_by", {"words": "the window"}, None)],
    ),
    (
        {"lights": {"key": {"motivated_by": {"words": "a lamp"}}}},
        [("lights.key.motivated_by", {"words": "the window"}, {"words": "a lamp"})],
    ),
]


@pytest.mark.parametrize(("patch", "wanted"), CASES)
def test_a_patch_is_told_path_by_path(patch: dict[str, Any], wanted: list[tuple[str, object, object]]) -> None:
    assert sorted(map(tuple, changes(read_data(SHOT), patch)), key=str) == sorted(wanted, key=str)


@given(before=documents(), after=documents())
def test_what_is_told_is_what_changes(before: dict[str, Any], after: dict[str, Any]) -> None:
    shot = Shot.model_validate(before)
    patch = {key: value for key, value in after.items() if key != "marks"}
    now = leaves(Shot.model_validate(merge(shot.model_dump(mode="json", exclude_defaults=True), patch)))
    was = leaves(shot)
    changed = {path for path in {*now, *was} if now.get(path) != was.get(path)}
    assert changed <= {change.path for change in changes(shot, patch)}
