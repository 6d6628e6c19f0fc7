"""The shapes in which CinePrompt's states come, and all that is no state."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import PrintlightError
from app.importers import Imported, importers
from app.importers._states import MAX_CHARS, MAX_SHOTS, MAX_TEXT, MAX_VALUES
from app.schema import read_data
from app.schema.paths import leaves
from app.vocab import vocabulary

VOCABULARY = vocabulary()
CROSSWALK = VOCABULARY.crosswalks["cineprompt"]

CLOSE = {"mode": "single", "fields": {"shot_type": "close-up"}}


def imported(data: Any) -> Imported:
    """Import data, as JSON or as the text that it is."""
    content = data if isinstance(data, str) else json.dumps(data)
    return importers["cineprompt"].read(content, "a.json", VOCABULARY)


WRAPPED = {
    "state": (CLOSE, 1),
    "bare fields": ({"shot_type": "close-up"}, 1),
    "list": ([CLOSE, CLOSE], 2),
    "list of lists": ([[CLOSE], [CLOSE, CLOSE]], 3),
    "states": ({"states": [CLOSE, CLOSE]}, 2),
    "prompts": ({"prompts": [{"name": "one", "state": CLOSE}, {"state": CLOSE}]}, 2),
    "prompts of bare states": ({"prompts": [CLOSE]}, 1),
    "one state inside": ({"name": "one", "state": CLOSE}, 1),
    "globals without shots": ({"mode": "multi_shot", "fields": {"shot_type": "close-up"}, "shots": []}, 1),
    "shots": ({"mode": "multi_shot", "shots": [{"fields": {"shot_type": "close-up"}}, {"shot_type": "close-up"}]}, 2),
    "a byte order mark": (f"\ufeff{json.dumps(CLOSE)}", 1),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_states_are_found_in_what_wraps_them(name: str) -> None:
    data, count = WRAPPED[name]
    found = imported(data)
    assert len(found.shots) == count
    assert [leaves(shot) for shot in found.shots] == [{"camera.size": "camera.size.cu"}] * count
    assert [value.shot for value in found.values] == list(range(1, count + 1))
    assert found.counts == {"typed": count, "free": 0, "unknown": 0}


def test_an_empty_form_is_an_empty_shot() -> None:
    assert imported({"mode": "single", "fields": {}}).shots == (read_data({}),)
    nothing: dict[str, Any] = {
        "shot_type": None,
        "genre": [],
        "mood": "",
        "props": "  ",
        "weather": False,
        "env_time": {},
    }
    assert imported({"fields": nothing}) == imported({"fields": {}})


def test_what_holds_for_all_shots_is_in_each_and_a_shots_own_stands() -> None:
    state = {
        "mode": "multi_shot",
        "fields": {"ms_genre": "horror", "ms_location": "an old mill", "ms_media_type": ["cinematic"]},
        "shots": [{"fields": {"shot_type": "wide shot"}}, {"fields": {"genre": "western"}}],
    }
    found = imported(state)
    first, second = (leaves(shot) for shot in found.shots)
    assert first == {
        "camera.size": "camera.size.ws",
        "intent.genre": "intent.genre.horror",
        "intent.form": "intent.form.cinematic",
        "place.where": "an old mill",
    }
    assert second["intent.genre"] == "intent.genre.western"
    assert second["place.where"] == "an old mill"
    (gone,) = [value for value in found.values if value.note]
    assert (gone.shot, gone.field, gone.value, gone.status, gone.path) == (2, "ms_genre", "horror", "free", "")


NO_STATES = {
    "nothing": ("", "line 1"),
    "no JSON": ('{\n"fields": {,}}', "line 2"),
    "half of it": ('{"fields": {"shot_type": "clo', "line 1"),
    "two documents": ("{} {}", "line 1"),
    "TOML": ("[camera]\nfocal_mm = 85\n", "line 1"),
    "a number": ("7", "a number is no state"),
    "text": ('"close-up"', "text is no state"),
    "null": ("null", "null is no state"),
    "true": ("true", "true or false is no state"),
    "an empty list": ("[]", "holds no state"),
    "an empty object": ("{}", "has no field of CinePrompt"),
    "another object": ('{"camera": {"focal_mm": 85}}', "has no field of CinePrompt"),
    "no states": ('{"states": []}', "holds no state"),
    "a list of numbers": ("[1]", "entry 1"),
    "a broken second state": (json.dumps({"states": [CLOSE, 3]}), "states, entry 2: a number"),
    "fields are a list": ('{"fields": ["close-up"]}', "fields: a list is no object of fields"),
    "fields are null": ('{"mode": "single", "fields": null}', "fields: null"),
    "shots are an object": ('{"fields": {}, "shots": {"a": 1}}', "shots: an object is no list"),
    "a shot is text": ('{"fields": {}, "shots": ["close-up"]}', "shot 1: text is no shot"),
    "deep lists": ("[" * 100 + "]" * 100, "a list is no state"),
    "deeper lists": ("[" * 100_000 + "]" * 100_000, "nested"),
    "deep objects": ('{"states":' * 50_000 + "1" + "}" * 50_000, "nested"),
    "a deep value": ('{"fields": {"mood": ' + "[" * 50_000 + "]" * 50_000 + "}}", "nested"),
    "a long number": ('{"fields": {"mood": ' + "1" * 5000 + "}}", "number that is too long"),
    "a huge file": (" " * (MAX_CHARS + 1), "characters"),
    "too many shots": (json.dumps([{"fields": {}}] * (MAX_SHOTS + 1)), "too much"),
    "too many values": (json.dumps({"fields": {"mood": ["serene"] * (MAX_VALUES + 1)}}), "too much"),
}


@pytest.mark.parametrize("name", NO_STATES)
def test_what_is_no_state_is_refused_with_what_and_where(name: str) -> None:
    content, said = NO_STATES[name]
    with pytest.raises(PrintlightError) as caught:
        imported(content)
    assert caught.value.exit_status == 2
    assert caught.value.message.startswith("a.json")
    assert said in caught.value.message


def test_a_value_that_is_no_text_is_read_as_what_it_says() -> None:
    found = imported({"fields": {"props": [3, 2.5, True, {"a": 1}, [["x"]]], "subject_description": 7}})
    assert [value.value for value in found.values] == ["3", "2.5", "yes", '{"a": 1}', "x", "7"]
    assert {value.status for value in found.values} == {"free"}
    assert leaves(found.shots[0])["place.props"] == ("3", "2.5", "yes", '{"a": 1}', "x")


def test_an_unknown_field_is_kept_in_words_and_a_key_beside_the_fields_is_told() -> None:
    found = imported({"fields": {"lens_flare": "blue"}, "rating": 5, "version": 3})
    assert leaves(found.shots[0]) == {"intent.says": "lens flare: blue"}
    assert [(value.field, value.status, value.path) for value in found.values] == [
        ("lens_flare", "unknown", "intent.says"),
        ("rating", "unknown", ""),
    ]


def test_a_text_beyond_what_a_shot_holds_is_cut_and_says_so() -> None:
    found = imported({"fields": {"subject_description": "a " * 5000}})
    (value,) = found.values
    assert len(value.value) <= MAX_TEXT
    assert "Cut after" in value.note


def test_what_finds_no_room_is_told() -> None:
    found = imported({"fields": {f"field_{number}": "x" * 900 for number in range(4)}})
    assert [value.path for value in found.values] == ["intent.says", "intent.says", "", ""]
    assert found.values[-1].note == "No room for it in the shot."
    props = imported({"fields": {"props": [f"prop {number}" for number in range(30)]}})
    said = leaves(props.shots[0])
    assert len(said["place.props"]) == 24
    assert all(f"prop {number}" in said["place.background"] for number in range(24, 30))


def test_characters_that_no_model_can_read_are_left_out() -> None:
    found = imported('{"fields": {"wardrobe": "a\\u0000 coat\\ud800", "a\\u0007": "b"}}')
    assert leaves(found.shots[0]) == {"subjects.character.wardrobe": "a  coat?", "intent.says": "a: b",
                                      "subjects.character.kind": "subject.kind.character"}  # fmt: skip


SAID = [value for values in CROSSWALK.values.values() for value in values]
SOME_VALUES = st.one_of(
    st.sampled_from(["close-up", "85mm lens", "pan", "rim light", "rain, at night", "#112233", *SAID[:40]]),
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
)
FIELD_NAMES = st.one_of(
    st.sampled_from(sorted(CROSSWALK.paths)),
    st.sampled_from(["ms_genre", "ms_ambient", "fields", "shots", "words", "subjectType"]),
    st.text(max_size=12),
)
FIELDS = st.dictionaries(FIELD_NAMES, st.one_of(SOME_VALUES, st.lists(SOME_VALUES, max_size=4)), max_size=12)
STATES = st.fixed_dictionaries(
    {"fields": FIELDS},
    optional={
        "subjectType": st.one_of(st.sampled_from(sorted(CROSSWALK.types)), SOME_VALUES),
        "shots": st.lists(st.one_of(FIELDS, st.fixed_dictionaries({"fields": FIELDS})), max_size=3),
        "mode": SOME_VALUES,
    },
)
ANYTHING = st.recursive(
    SOME_VALUES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(FIELD_NAMES, st.sampled_from(["states", "prompts", "state"])), inner, max_size=4),
    ),
    max_leaves=12,
)


def tried(content: str) -> Imported | None:
    """Import text, or return nothing where it is refused with a sentence; any other error is a failure."""
    try:
        return imported(content)
    except PrintlightError as error:
        return None if error.message.endswith(".") else pytest.fail(f"{error.message!r} is no sentence")


@given(data=st.one_of(STATES, st.lists(STATES, max_size=2), ANYTHING))
def test_any_json_is_imported_or_refused_and_every_shot_is_one(data: Any) -> None:
    found = tried(json.dumps(data)) or Imported(shots=(), values=())
    for shot in found.shots:
        assert read_data(shot.model_dump(mode="json", exclude_defaults=True)) == shot
    for value in found.values:
        assert 1 <= value.shot <= len(found.shots)
        assert value.status != "typed" or value.path in leaves(found.shots[value.shot - 1])
        assert not value.term or value.term in VOCABULARY.terms
        assert value.path or value.note or value.field == "subjectType"


@given(content=st.one_of(st.text(), st.binary().map(lambda raw: raw.decode("utf-8", "replace"))))
def test_any_text_is_imported_or_refused(content: str) -> None:
    tried(content)
