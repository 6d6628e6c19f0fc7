"""Parts of shots that are kept and put on others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError, UnknownNameError
from app.patch import Json, merge
from app.resolve.parts import PARTS, STANDS
from app.resolve.presets import KINDS, applied, taken
from app.schema import Shot, read_data
from app.vocab import vocabulary
from tests.shots import shots

SAMPLES = {name: read_data(one.shot) for name, one in vocabulary().samples.items()}
WHOLE = [name for name in KINDS if name != "prompt"]


def plain(shot: Shot) -> Json:
    return shot.model_dump(mode="json", exclude_defaults=True)


def put(shot: Shot, kind: str, preset: Json) -> Shot:
    return read_data(merge(plain(shot), applied(shot, kind, preset)))


def of(shot: Shot, kind: str) -> str:
    return next(iter(shot.subjects), "") if kind == "person" else ""


@given(source=shots(), other=shots(), kind=st.sampled_from(WHOLE), parts=st.lists(st.sampled_from(sorted(PARTS))))
def test_a_preset_of_any_shot_goes_on_any_other_once(source: Shot, other: Shot, kind: str, parts: list[str]) -> None:
    try:
        preset = taken(source, kind, of(source, kind), parts)
    except BadInputError:
        return
    after = put(other, kind, preset)
    assert applied(after, kind, preset) == {}
    assert put(Shot(), kind, preset) == put(put(Shot(), kind, preset), kind, preset)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("kind", ["person", "place", "lights", "lenses", "shot", "look"])
def test_a_shot_already_says_what_was_taken_from_it(name: str, kind: str) -> None:
    shot = SAMPLES[name]
    assert applied(shot, kind, taken(shot, kind, of(shot, kind), sorted(PARTS))) == {}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_light_set_up_strikes_the_lamps_that_stood_there(name: str) -> None:
    preset = taken(SAMPLES["the_rim"], "lights")
    after = put(SAMPLES[name], "lights", preset)
    assert set(after.lights) == set(preset["lights"])
    assert taken(after, "lights") == preset
    assert all(set(beat.lights) <= set(after.lights) for beat in after.beats.values())


def test_a_lamp_is_aimed_at_somebody_who_is_there() -> None:
    two = SAMPLES["two_keepers"]
    alone = Shot.model_validate({"subjects": {"wolf": {"name": "Wolf"}}})
    lamps = {"key": {"face_of": "jonas", "aimed_at": "jonas", "stops": 0}}
    preset = {"lights": lamps}
    assert put(two, "lights", preset).lights["key"].face_of == "jonas"
    key = put(alone, "lights", preset).lights["key"]
    assert (key.face_of, key.aimed_at) == ("wolf", "wolf")
    assert put(Shot(), "lights", preset).lights["key"].face_of is None


def test_a_person_takes_the_place_of_the_one_of_that_name_and_stands_as_they_stood() -> None:
    mara = taken(SAMPLES["the_rim"], "person", "mara")
    assert not STANDS & mara["subjects"]["mara"].keys()
    after = put(SAMPLES["two_keepers"], "person", mara)
    before = SAMPLES["two_keepers"].subjects["mara"]
    assert list(after.subjects) == list(SAMPLES["two_keepers"].subjects)
    assert after.subjects["mara"].wardrobe == "a navy pea coat with the collar up"
    assert (after.subjects["mara"].screen_x, after.subjects["mara"].facing_deg) == (before.screen_x, before.facing_deg)


def test_another_person_under_the_same_id_is_not_overwritten() -> None:
    other = Shot.model_validate({"subjects": {"mara": {"slot": 0, "name": "Mara of the inn"}}})
    after = put(other, "person", taken(SAMPLES["the_rim"], "person", "mara"))
    assert {name: one.name for name, one in after.subjects.items()} == {"mara": "Mara of the inn", "mara_2": "Mara"}
    assert after.subjects["mara_2"].slot == 1


def test_a_person_brings_their_pictures_and_a_place_leaves_the_hour() -> None:
    letter = SAMPLES["the_letter"]
    mara = taken(letter, "person", "mara")
    assert [one["role"] for one in mara["references"].values()] == ["reference.role.character"]
    after = put(SAMPLES["two_keepers"], "person", mara)
    assert [one.of for one in after.references.values()] == ["mara"]
    preset = taken(Shot.model_validate({"place": {"where": "a cellar", "props": ["a cask"]}}), "place")
    moved = put(SAMPLES["the_rim"], "place", preset).place
    before = SAMPLES["the_rim"].place
    assert moved
    assert before
    assert (moved.where, moved.time, moved.background) == ("a cellar", before.time, None)


def test_props_and_what_stays_out_are_added_to_what_is_there() -> None:
    shot = Shot.model_validate({"place": {"props": ["a lamp", "a cask"]}, "exclude": ["exclude.cars"]})
    other = Shot.model_validate({"place": {"props": ["a rope", "a lamp"]}, "exclude": [{"words": "gulls"}]})
    both = put(put(other, "prop", taken(shot, "prop", "a cask")), "negatives", taken(shot, "negatives"))
    assert both.place
    assert both.place.props == ("a rope", "a lamp", "a cask")
    assert plain(both)["exclude"] == [{"words": "gulls"}, "exclude.cars"]


@pytest.mark.parametrize(
    ("kind", "whose", "parts", "said"),
    [
        ("lights", "", ["look"], "says nothing that a light set-up would hold"),
        ("look", "", ["nothing"], "part of a shot"),
        ("person", "nobody", ["look"], "says nothing that a person"),
        ("prop", "a bell", ["look"], "prop"),
        ("sandwich", "", ["look"], "kind of preset"),
    ],
)
def test_what_is_not_there_cannot_be_taken(kind: str, whose: str, parts: list[str], said: str) -> None:
    with pytest.raises((BadInputError, UnknownNameError), match=said):
        taken(Shot(), kind, whose, parts)


def test_a_prompt_is_no_part_of_a_shot() -> None:
    with pytest.raises(BadInputError, match="no part of a shot"):
        applied(Shot(), "prompt", {})
