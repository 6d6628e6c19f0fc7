"""A brief says everything in neutral words, each fact bound to the paths it came from."""

from typing import Any

import pytest
from hypothesis import given

from app.compile import Clause, Fact, lower
from app.compile.wording import (
    azimuth_words,
    colour_name,
    elevation_words,
    facing_words,
    flat,
    in_stops,
    joined,
    kelvin_words,
    level,
    plain,
)
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema import Compiled, Shot, read_data
from app.vocab import vocabulary
from tests.shots import shots

VOCABULARY = vocabulary()


def clauses(**data: Any) -> list[Clause]:
    return lower(resolve(read_data(data), VOCABULARY)).clauses


def facts(**data: Any) -> dict[str, Fact]:
    return {f"{clause.slot}.{fact.name}": fact for clause in clauses(**data) for fact in clause.facts}


@given(shots())
def test_no_fact_is_without_ground(shot: Shot) -> None:
    resolved = resolve(shot, VOCABULARY)
    for clause in lower(resolved).clauses:
        assert clause.facts
        for fact in clause.facts:
            assert set(fact.paths) <= set(resolved.values)
            assert fact.words == flat(fact.words)


@given(shots())
def test_what_is_left_to_the_model_is_not_worded(shot: Shot) -> None:
    resolved = resolve(shot, VOCABULARY)
    for clause in lower(resolved).clauses:
        assert [fact for fact in clause.facts if fact.paths and resolved.left.issuperset(fact.paths)] == []


@given(shots())
def test_a_clause_is_pinned_when_one_of_its_facts_is(shot: Shot) -> None:
    resolved = resolve(shot, VOCABULARY)
    for clause in lower(resolved).clauses:
        assert clause.pinned is any(resolved.pinned(*fact.paths) for fact in clause.facts)


def test_each_attribute_stays_with_its_own_subject() -> None:
    people = {
        "jonas": {"slot": 1, "name": "Jonas", "wardrobe": "a red oilskin"},
        "mara": {"slot": 0, "name": "Mara", "wardrobe": "a grey sweater"},
    }
    found = [clause for clause in clauses(subjects=people) if clause.slot == "subject"]
    assert [clause.about for clause in found] == ["mara", "jonas"]
    assert [[fact.words for fact in clause.facts] for clause in found] == [
        ["Mara", "a grey sweater"],
        ["Jonas", "a red oilskin"],
    ]
    assert {path for fact in found[0].facts for path in fact.paths} == {"subjects.mara.name", "subjects.mara.wardrobe"}


def test_words_of_ones_own_stand_beside_what_they_qualify() -> None:
    mara = {"description": "a keeper", "kind": {"words": "a figure of brass"}}
    lamp = {"direction": {"words": "through the broken pane"}, "azimuth_deg": 90}
    (subject,) = [clause for clause in clauses(subjects={"mara": mara}) if clause.slot == "subject"]
    assert [fact.words for fact in subject.facts] == ["a keeper", "a figure of brass"]
    assert "through the broken pane" in facts(lights={"key": lamp})["light.where"].words


def test_what_follows_is_marked_as_derived() -> None:
    lights = {
        "key": {"role": "light.role.key", "azimuth_deg": 45, "stops": 0},
        "fill": {"slot": 1, "role": "light.role.fill", "stops": -2},
    }
    shadow = facts(lights=lights)["reading.shadow"]
    assert shadow.derived
    assert shadow.words == "the camera-left side of the face falls two stops under the key"
    assert shadow.number == "4:1, 5:1 with fill on the key side"
    assert {"lights.key.azimuth_deg", "lights.key.stops", "lights.fill.stops"} <= set(shadow.paths)


def test_nobody_is_told_a_ratio_that_nobody_lit() -> None:
    assert "reading.shadow" not in facts(lights={"key": {"role": "light.role.key", "stops": 0}})


def test_a_picture_needs_a_role_and_an_asset_that_are_not_left_open() -> None:
    whole = {"role": "reference.role.style", "asset": "a" * 64}
    references = {"b": {**whole, "slot": 1}, "a": whole, "c": {"asset": "b" * 64}, "d": {"role": whole["role"]}}
    marks = {"references.a.role": {"leave": True}}
    brief = lower(resolve(read_data({"references": references}), VOCABULARY))
    assert [picture.id for picture in brief.pictures] == ["a", "b"]
    open_ = lower(resolve(read_data({"references": references, "marks": marks}), VOCABULARY))
    assert [picture.id for picture in open_.pictures] == ["b"]


@pytest.mark.parametrize(
    ("stops", "said", "told"),
    [
        (0, "no stops", "at exposure"),
        (0.5, "half a stop", "half a stop over"),
        (-1, "one stop", "one stop under"),
        (2, "two stops", "two stops over"),
        (-2.5, "2.5 stops", "2.5 stops under"),
        (9, "9 stops", "9 stops over"),
    ],
    ids=str,
)
def test_levels_are_told_as_a_meter_reads_them(stops: float, said: str, told: str) -> None:
    assert in_stops(stops) == said
    assert level(stops) == told


@pytest.mark.parametrize(
    ("number", "digits", "written"), [(50, 1, "50"), (2.8, 1, "2.8"), (2.0, 2, "2"), (1.25, 2, "1.25"), (100, 0, "100")]
)
def test_a_number_has_no_tail_of_zeros(number: float, digits: int, written: str) -> None:
    assert plain(number, digits) == written


@pytest.mark.parametrize(
    ("azimuth", "words"),
    [
        (0, "from the camera"),
        (-20, "from just left of the camera"),
        (45, "from camera right, three-quarter front"),
        (-90, "from camera left, side-on"),
        (135, "from behind on camera right"),
        (180, "from directly behind"),
    ],
)
def test_an_azimuth_has_words(azimuth: float, words: str) -> None:
    assert azimuth_words(azimuth) == words


@pytest.mark.parametrize(
    ("degrees", "facing"),
    [
        (0, "facing the camera"),
        (45, "turned three-quarters to camera right"),
        (-90, "in profile to camera left"),
        (140, "turned away towards camera right"),
        (180, "with the back to the camera"),
    ],
)
def test_a_facing_has_words(degrees: float, facing: str) -> None:
    assert facing_words(degrees) == facing


@pytest.mark.parametrize(
    ("kelvin", "reads", "words"),
    [
        (1900, None, "candlelight"),
        (3200, None, "tungsten"),
        (3200, "warm", "warm tungsten"),
        (3200, "neutral", "neutral white"),
        (5600, "cool", "cool daylight"),
        (12000, None, "blue skylight"),
    ],
)
def test_a_colour_temperature_claims_no_cast_without_a_balance(kelvin: float, reads: str | None, words: str) -> None:
    assert kelvin_words(kelvin, reads) == words


@pytest.mark.parametrize(
    ("code", "name"), [("#000000", "black"), ("#FFFFFF", "white"), ("#16204b", "navy"), ("#c81e23", "red")]
)
def test_a_hex_colour_has_the_nearest_plain_name(code: str, name: str) -> None:
    assert colour_name(code) == name


@pytest.mark.parametrize(
    ("words", "sentence"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_joined_as_a_sentence_joins_them(words: list[str], sentence: str) -> None:
    assert joined(words) == sentence


@pytest.mark.parametrize(
    ("number", "digits", "text"), [(20.3, 0, "20"), (100.4, 0, "100"), (0.5, 0, "0"), (2.50, 2, "2.5"), (85, 2, "85")]
)
def test_a_number_loses_only_the_zeros_behind_its_point(number: float, digits: int, text: str) -> None:
    assert plain(number, digits) == text


@pytest.mark.parametrize(("degrees", "words"), [(45, "from above"), (0, "at eye level"), (-35, "from below")])
def test_an_elevation_has_words(degrees: float, words: str) -> None:
    assert elevation_words(degrees) == words


def written(**data: Any) -> Compiled:
    return compile_shot(read_data(data), VOCABULARY.target("uni-1"), VOCABULARY)


def test_when_room_is_short_the_last_light_goes_first_and_the_key_stays() -> None:
    motive = {"words": "a lamp " * 120}
    lamps = {f"lamp_{number}": {"slot": number, "motivated_by": motive} for number in range(12)}
    compiled = written(lights={"key": {"slot": 0, "role": "light.role.key", "stops": 0}, **lamps})
    assert len(compiled.text) <= 6000
    assert "Key light" in compiled.text
    assert any("lights.lamp_11.motivated_by" in loss.paths for loss in compiled.losses)
    assert not any("lights.key.stops" in loss.paths for loss in compiled.losses)


def test_a_reference_whose_line_has_no_room_is_not_sent() -> None:
    shows = "a stair " * 150
    references = {
        f"ref_{number}": {"slot": number, "role": "reference.role.style", "asset": f"{number}" * 64, "shows": shows}
        for number in range(1, 10)
    }
    compiled = written(references=references)
    assert 0 < len(compiled.references) < 9
    assert [sent.slot for sent in compiled.references] == list(range(1, len(compiled.references) + 1))
    assert [f"IMAGE{sent.slot} " in compiled.text for sent in compiled.references] == [True] * len(compiled.references)
    assert f"IMAGE{len(compiled.references) + 1}" not in compiled.text
    assert any("references.ref_9.asset" in loss.paths and "No room" in loss.reason for loss in compiled.losses)


def lost(compiled: Compiled) -> set[str]:
    return {path for loss in compiled.losses for path in loss.paths}


def test_what_is_said_beside_a_number_is_told_as_well() -> None:
    compiled = written(lights={"key": {"direction": "light.direction.back", "side": "left", "azimuth_deg": -30}})
    assert VOCABULARY.terms["light.direction.back"].phrase in compiled.text
    assert "30° off axis" in compiled.text


def test_a_gel_leaves_the_lamp_its_own_kelvin() -> None:
    compiled = written(lights={"key": {"cct_k": 3200, "gels": ["light.gel.ctb_full"]}})
    assert "3200 K, 5698 K behind the gel" in compiled.text


def test_a_kind_without_a_description_is_told() -> None:
    assert "Boat, a vehicle" in written(subjects={"boat": {"name": "Boat", "kind": "subject.kind.vehicle"}}).text


def test_a_shape_that_is_only_near_is_a_loss() -> None:
    assert "framing.aspect" in lost(written(framing={"aspect": 1.75}))
    assert "framing.aspect" not in lost(written(framing={"aspect": 1.78}))
