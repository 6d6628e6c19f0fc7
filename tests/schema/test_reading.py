"""What a person is told about a shot that cannot be read: the path, the range, the unit, the line."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ShotError
from app.schema import Shot, read_data, read_file, read_text
from app.schema.reading import MAX_CHARS
from tests.shots import LEAVES, Json, documents, examples

OUT_OF_RANGE = [
    ({"camera": {"focal_mm": 0}}, "camera.focal_mm is 0", "2 and 2000 mm"),
    ({"camera": {"focal_mm": "0"}}, "camera.focal_mm is 0", "2 and 2000 mm"),
    ({"camera": {"white_balance_k": 500}}, "camera.white_balance_k is 500", "1500 and 25000 K"),
    ({"camera": {"mark": {"x_m": 501}}}, "camera.mark.x_m is 501", "-500 and 500 m"),
    ({"camera": {"squeeze": 0.5}}, "camera.squeeze is 0.5", "1 and 2 ×"),
    ({"framing": {"aspect": 9}}, "framing.aspect is 9", "0.25 and 4 :1"),
    ({"framing": {"aspect": "9:1"}}, "framing.aspect is 9:1", "0.25 and 4 :1"),
    ({"lights": {"key": {"azimuth_deg": -200}}}, "lights.key.azimuth_deg is -200", "-180 and 180 °"),
    ({"lights": {"strobe": {"cct_k": 50}}}, "lights.strobe.cct_k is 50", "1000 and 27000 K"),
    ({"lights": {"key": {"slot": -1}}}, "lights.key.slot is -1", "0 and 999"),
    ({"subjects": {"mara": {"screen_x": 2}}}, "subjects.mara.screen_x is 2", "0 and 1"),
    ({"beats": {"b": {"lights": {"key": {"stops": 99}}}}}, "beats.b.lights.key.stops is 99", "-12 and 12 stops"),
    ({"beats": {"b": {"moves": {"m": {"amount_m": -1}}}}}, "beats.b.moves.m.amount_m is -1", "0 and 100000 m"),
    ({"duration_s": 0}, "duration_s is 0", "0.01 and 86400 s"),
]


@pytest.mark.parametrize(("data", "message", "between"), OUT_OF_RANGE, ids=[row[1] for row in OUT_OF_RANGE])
def test_a_number_out_of_range_is_told_its_range_and_unit(data: Json, message: str, between: str) -> None:
    with pytest.raises(ShotError) as caught:
        read_data(data)
    assert f"{message}, out of range." in caught.value.message
    assert caught.value.hint == f"It lies between {between}."


REFUSED = [
    ({"camera": {"focal_mm": "wide"}}, "camera.focal_mm is not a number.", "Give it in mm."),
    ({"subjects": {"mara": {"screen_x": []}}}, "subjects.mara.screen_x is not a number.", "Give a number."),
    ({"framing": {"aspect": "16:0"}}, "framing.aspect is not a number.", ""),
    ({"framing": {"aspect": "1:2:3"}}, "framing.aspect is not a number.", ""),
    ({"camera": {"focal_mm": float("nan")}}, "camera.focal_mm: input should be a finite number.", ""),
    ({"camera": {"focal": 50}}, "camera.focal is not a field of a shot.", "/schema/shot.json"),
    ({"camra": {}}, "camra is not a field of a shot.", "/schema/shot.json"),
    ({"lights": {"Key Light": {}}}, "lights.Key Light cannot be a name.", "key_light"),
    ({"lights": {"words": {}}}, "lights.words cannot be called 'words'", ""),
    ({"lights": []}, "lights: ", ""),
    ({"place": {"where": "  "}}, "place.where is empty: leave the field out instead.", ""),
    ({"place": {"where": "a\x00b"}}, "place.where holds a control character (U+0000)", ""),
    ({"place": {"where": "x" * 2001}}, "place.where: ", ""),
    ({"place": {"where": "\ud800"}}, "place.where: ", ""),
    ({"place": {"lettering": {"a": {}}}}, "place.lettering.a.reads: field required.", ""),
    ({"lights": {"key": {"side": "up"}}}, "lights.key.side: input should be 'left' or 'right'.", ""),
    ({"lights": {"key": {"hex": "red"}}}, "lights.key.hex: ", ""),
    ({"look": {"colours": ["red"]}}, "look.colours.0: ", ""),
    ({"references": {"a": {"asset": "abc"}}}, "references.a.asset: ", ""),
    ({"exclude": ["exclude.cars"] * 25}, "exclude: ", ""),
    ({"marks": {"camera.size": {"silence": {"x": ""}}}}, "marks.camera.size.silence.x is empty", ""),
    ({"kind": "printlight.shot/2"}, "is of kind 'printlight.shot/2'.", "This Printlight reads 'printlight.shot/1'."),
    ({"kind": ["printlight.shot/1"]}, "is of kind", "This Printlight reads 'printlight.shot/1'."),
    (["camera"], "is not a shot.", '{"camera": {"focal_mm": 85}}'),
    (None, "is not a shot.", '{"camera": {"focal_mm": 85}}'),
]


@pytest.mark.parametrize(("data", "message", "hint"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_cannot_be_used_is_named_by_its_path(data: Any, message: str, hint: str) -> None:
    with pytest.raises(ShotError) as caught:
        read_data(data, "night.toml")
    assert caught.value.message.startswith("night.toml")
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_more_than_one_error_is_counted() -> None:
    with pytest.raises(ShotError, match=r"camera.focal_mm is 0, out of range. \(and 1 more\)"):
        read_data({"camera": {"focal_mm": 0, "squeeze": 9}})


BROKEN = [
    ("[camera]\nfocal_mm =\n", "line 2"),
    ("[camera]\nfocal_mm = 50\nfocal_mm = 60\n", "line 3"),
    ('{\n  "camera": {\n    "focal_mm": }\n}', "line 3"),
    ('{"camera": {"focal_mm": 50}', "line 1"),
    ('{"a":' * 100_000, "nested too deeply"),
    ("a = " + "[" * 5000, "nested too deeply"),
    ('{"duration_s": 1' + "0" * 5000 + "}", "too long"),
    ("duration_s = 1" + "0" * 5000, "too long"),
    ("#" * (MAX_CHARS + 1), f"{MAX_CHARS + 1:,} characters"),
    ('kind = "sample"\nshot = 5', "is not a shot"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN, ids=[f"{text[:14]!r}-{told}" for text, told in BROKEN])
def test_broken_text_is_told_its_line(content: str, message: str) -> None:
    with pytest.raises(ShotError) as caught:
        read_text(content, "night.toml")
    assert caught.value.message.startswith("night.toml")
    assert message in caught.value.message


SAME = [
    pytest.param('{"camera": {"focal_mm": 85}}', id="json"),
    pytest.param('\n {"kind": "printlight.shot/1", "camera": {"focal_mm": 85}}', id="json-with-kind"),
    pytest.param("[camera]\nfocal_mm = 85", id="toml"),
    pytest.param('kind = "sample"\n[shot.camera]\nfocal_mm = 85.0', id="sample"),
]


@pytest.mark.parametrize("content", SAME)
def test_toml_json_and_samples_read_alike(content: str, tmp_path: Path) -> None:
    path = tmp_path / "shot"
    path.write_text(content, encoding="utf-8")
    assert read_file(path) == read_text(content, "x") == read_data({"camera": {"focal_mm": 85}})


@pytest.mark.parametrize(
    ("aspect", "ratio"), [(2.39, 2.39), ("2.39", 2.39), ("2.39:1", 2.39), ("16:9", 16 / 9), (" 4 : 5 ", 0.8)]
)
def test_a_ratio_may_be_written_in_any_way(aspect: str | float, ratio: float) -> None:
    shot = read_data({"framing": {"aspect": aspect}})
    assert shot.framing is not None
    assert shot.framing.aspect == pytest.approx(ratio)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "shot.toml"
    picture.write_bytes(b"\x89PNG\xff")
    for path, message in ((tmp_path / "none.toml", "no file"), (picture, "is not text"), (tmp_path, "cannot be read")):
        with pytest.raises(ShotError, match=message) as caught:
            read_file(path)
        assert str(path) in caught.value.message


@given(documents())
def test_a_document_of_known_terms_and_unknown_ones_is_kept_as_it_is(data: Json) -> None:
    shot = read_data(data)
    assert read_text(json.dumps(data), "again") == shot
    assert Shot.model_validate(shot.model_dump(exclude_defaults=True)) == shot


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(("0", "9:1", "words", "")),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(("words", "a", "Key")), inner),
    max_leaves=4,
)


@given(documents(), st.sampled_from(sorted(LEAVES)), st.integers(1, 5), junk)
@examples(300)
def test_whatever_stands_in_a_field_is_read_or_refused(data: Json, path: str, depth: int, value: Any) -> None:
    *above, last = path.replace("*", "strobe").split(".")[:depth]
    node: Any = data
    for key in above:
        node = node.setdefault(key, {}) if isinstance(node, dict) else None
    if isinstance(node, dict):
        node[last] = value
    told = refusal(data)
    assert told == "" or told.startswith("The shot")
    assert "[" not in told.partition(": ")[2].partition(" ")[0]


def refusal(data: Json) -> str:
    """Return why a document is refused, or nothing."""
    try:
        read_data(data)
    except ShotError as error:
        return error.message
    return ""
