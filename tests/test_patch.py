"""The one patch type, after RFC 7386."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.patch import Json, at, diff, merge
from app.schema import Shot
from tests.shots import examples, shots

RFC = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]


@pytest.mark.parametrize(("target", "patch", "merged"), RFC, ids=[f"{row[0]}+{row[1]}" for row in RFC])
def test_a_patch_merges_as_in_the_appendix_of_the_rfc(target: Any, patch: Any, merged: Any) -> None:
    assert merge(target, patch) == merged


scalars = st.booleans() | st.integers(2, 5) | st.sampled_from(("", "words", "灯"))
keys = st.sampled_from(("a", "b", "c.d"))
objects = st.dictionaries(
    keys,
    st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=3), max_leaves=6
    ),
    max_size=3,
)


@given(objects, objects)
@examples(400)
def test_a_difference_applied_gives_the_other(before: Json, after: Json) -> None:
    patch = diff(before, after)
    assert merge(before, patch) == after
    assert diff(before, before) == {}


@given(objects, objects)
def test_merging_changes_neither(target: Json, patch: Json) -> None:
    was = repr((target, patch))
    merge(target, patch)
    diff(target, patch)
    assert repr((target, patch)) == was


@given(shots(), shots())
@examples(40)
def test_a_shot_becomes_another_by_its_difference(before: Shot, after: Shot) -> None:
    one, other = (shot.model_dump(mode="json", exclude_defaults=True) for shot in (before, after))
    assert Shot.model_validate(merge(one, diff(one, other))) == after


@pytest.mark.parametrize(
    ("path", "value", "patch"),
    [("exclude", ["a"], {"exclude": ["a"]}), ("lights.key.stops", None, {"lights": {"key": {"stops": None}}})],
)
def test_a_path_becomes_a_patch(path: str, value: Any, patch: Json) -> None:
    assert at(path, value) == patch
