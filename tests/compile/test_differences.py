"""What differs between two shots is found whole, and told as it is told on set."""

from typing import Any

import pytest
from hypothesis import given

from app.compile.differences import Difference, as_said, differences, sentence
from app.patch import merge
from app.resolve import resolve
from app.schema import Shot, read_data
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.shots import examples, shots

Json = dict[str, Any]

LIT: Json = {
    "camera": {"focal_mm": 35, "size": "camera.size.mcu"},
    "lights": {"key": {"azimuth_deg": 45, "cct_k": 3200}, "fill": {"slot": 1, "stops": -2}},
}

TOLD: list[tuple[Json, str]] = [
    (
        {"lights": {"key": {"azimuth_deg": 60, "cct_k": 2900}, "fill": {"stops": -3}}},
        "key 45° → 60°, 3200 K → 2900 K, fill −2 → −3 stops",
    ),
    ({"camera": {"focal_mm": 50}}, "35 mm → 50 mm"),
    ({"camera": {"size": "camera.size.cu"}}, "shot size Medium close-up → Close-up"),
    ({"camera": {"size": {"words": "to the ribs"}}}, "shot size Medium close-up → to the ribs"),
    ({"camera": {"size": {"words": "Medium close-up"}}}, 'shot size "camera.size.mcu" → {"words": "Medium close-up"}'),
    ({"camera": {"size": None}}, "shot size Medium close-up → open"),
    ({"camera": {"t_stop": 2}}, "open → T2"),
    ({"camera": {"focal_mm": 35.001}}, "35.0 → 35.001"),
    ({"lights": {"key": {"elevation_deg": 30}}}, "key elevation open → 30°"),
    ({"lights": {"rim": {"azimuth_deg": 150, "cct_k": 5600}}}, "light rim added (150°, 5600 K)"),
    ({"lights": {"fill": None}}, "light fill taken away (-2 stops)"),
    ({"lights": {"fill": {"slot": 3}}}, "fill order 1 → 3"),
    ({"marks": {"camera.size": {"pin": True}}}, "marks on Shot size none → pinned"),
    ({"intent": {"mood": [{"words": "dread"}]}}, "mood and tone open → dread"),
    ({}, ""),
]


def between(before: Json, after: Json) -> list[Difference]:
    return differences(*(resolve(read_data(one), vocabulary()) for one in (before, after)))


@pytest.mark.parametrize(("patch", "told"), TOLD, ids=[told for _, told in TOLD])
def test_a_difference_is_told_as_on_set(patch: Json, told: str) -> None:
    assert sentence(between(LIT, merge(LIT, patch))) == told


def test_long_texts_are_told_from_where_they_part() -> None:
    before, after = (
        {"subjects": {"mara": {"kind": "subject.kind.character", "description": f"a keeper {'in the rain ' * 9}{end}"}}}
        for end in ("by day", "at night, with no lamp lit anywhere along the whole of the shore")
    )
    [found] = between(before, after)
    assert (found.was, found.now) == ("… the rain by day", "… the rain at night, with no lamp lit anywhere al…")


def test_a_mark_is_told_with_what_it_stands_on() -> None:
    before = {**LIT, "marks": {"lights.key.cct_k": {"leave": True, "silence": {"cold_candle": "a gelled candle"}}}}
    after = {**LIT, "marks": {"lights.key.cct_k": {"pin": True}}}
    told = {(one.path, one.field, one.was, one.now) for one in between(before, after)}
    at = "Colour temperature of key"
    assert told == {
        ("lights.key.cct_k", f"{at}, pinned", "no", "yes"),
        ("lights.key.cct_k", f"{at}, left to the model", "yes", "no"),
        ("lights.key.cct_k", f"{at}, check cold_candle", "left out: a gelled candle", "asked"),
    }


def put(document: Json, keys: tuple[str, ...], value: Any) -> Json:
    patch: Any = value
    for key in reversed(keys):
        patch = {key: patch}
    return dict(merge(document, patch))


@given(shots(), shots())
@examples(120)
def test_what_is_found_turns_one_shot_into_the_other_and_is_all_named(before: Shot, after: Shot) -> None:
    found = differences(resolve(before, vocabulary()), resolve(after, vocabulary()))
    document = as_said(before)
    for one in found:
        document = put(document, one.keys, one.after)
    assert as_said(read_data(document)) == as_said(after)
    was, now = leaves(before), leaves(after)
    apart = {path for path in {**was, **now} if was.get(path) != now.get(path)}
    named = {one.path for one in found if one.keys[0] != "marks"}
    assert {path for path in apart if not any(f"{path}.".startswith(f"{one}.") for one in named)} == set()
    assert [one for one in found if not one.field or one.was == one.now] == []
    told = sentence(found)
    assert [one for one in found if one.was not in told and one.now not in told] == []


@given(shots())
@examples(30)
def test_a_shot_differs_from_itself_in_nothing(shot: Shot) -> None:
    assert differences(resolve(shot, vocabulary()), resolve(shot, vocabulary())) == []
