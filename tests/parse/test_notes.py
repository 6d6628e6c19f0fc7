"""Notes on a shot: each call with what it changes, what it asks and what it leaves; and what holds for every shot."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError, PrintlightError
from app.parse.notes import MAX_CALLS, MAX_CHARS, Noted, note
from app.patch import at, merge
from app.resolve import resolve
from app.schema import Shot, read_data
from app.schema.facets import facet_of, field_of, pattern
from app.vocab import vocabulary
from tests.shots import examples, shots

Json = dict[str, Any]

LENS = {"camera": {"focal_mm": 50}}
FAR = {"camera": {"distance_m": 4}}
ZOOMED = {"camera": {"field": "camera.field.normal"}}
RATIO = {"lighting": {"ratio_stops": 2}, "lights": {"fill": {"role": "light.role.fill"}}}
DEGREES = {"camera": {"height": "camera.height.eye", "height_m": 1.6}}
PATTERN = {
    "subjects": {"mara": {"name": "Mara", "facing_deg": 40}},
    "lights": {"key": {"role": "light.role.key", "pattern": "light.pattern.rembrandt", "side": "left"}},
}
MOVING = {"beats": {"a": {"moves": {"one": {"path": "camera.move.dolly_in", "speed": "camera.speed.slow"}}}}}
DRESSED = {
    "place": {"props": ["an enamel mug", "a storm lantern"]},
    "subjects": {
        "mara": {"name": "Mara", "wardrobe": "a felt hat with a feather, a navy coat and a red scarf"},
        "jonas": {
            "name": "Jonas",
            "description": "a tall man in a flat cap",
            "wardrobe": "a coat like his father's hat",
        },
    },
}

CALLS: tuple[tuple[str | Json, str, Mapping[str, Any]], ...] = (
    # the frame and the lens
    ("the_rim", "tighter", {"camera.size": "camera.size.cu"}),
    ("the_rim", "a lot tighter", {"camera.size": "camera.size.bcu"}),
    ("the_rim", "can we go a touch looser?", {"camera.size": "camera.size.ms"}),
    ("the_rim", "Too tight.", {"camera.size": "camera.size.ms"}),
    (LENS, "tighter", {"camera.focal_mm": 65}),
    (LENS, "wider", {"camera.focal_mm": 40}),
    (FAR, "tighter", {"camera.distance_m": 3.2}),
    (FAR, "push in a bit", {"camera.distance_m": 3.48}),
    (FAR, "2 metres further", {"camera.distance_m": 6}),
    ("the_rim", "longer lens", {"camera.focal_mm": 85}),
    ("the_rim", "wider lens", {"camera.focal_mm": 65}),
    (ZOOMED, "longer lens", {"camera.field": "camera.field.long"}),
    ("the_rim", "on a 50", {"camera.focal_mm": 50}),
    ("the_rim", "stop down to T5.6", {"camera.t_stop": 5.6}),
    ("the_rim", "camera down to knee height", {"camera.height": "camera.height.knee"}),
    ("the_rim", "T4", {"camera.t_stop": 4}),
    ("the_rim", "on the 35 mm at T2.8", {"camera.focal_mm": 35, "camera.t_stop": 2.8}),
    ("the_rim", "stop down half", {"camera.t_stop": 2.4}),
    ("the_rim", "open up a third", {"camera.t_stop": 1.8}),
    ("two_keepers", "stop down a stop", {"camera.t_stop": 5.6}),
    ("the_rim", "16:9", {"framing.aspect": 1.7778}),
    ("the_rim", "deeper focus", {"camera.focus.technique": "camera.focus.deep"}),
    ("the_letter", "more diffusion", {"camera.filters": ["camera.filter.black_pro_mist_1_4"]}),
    ("two_keepers", "more headroom", {"framing.headroom": "framing.headroom.generous"}),
    ("two_keepers", "tighter headroom", {"framing.headroom": "framing.headroom.tight"}),
    (DEGREES, "camera lower", {"camera.height_m": 1.3, "camera.height": None}),
    (DEGREES, "camera 10 cm higher", {"camera.height_m": 1.7}),
    ("the_rim", "handheld", {"camera.support": "camera.support.handheld"}),
    ("the_rim", "low angle", {"camera.angle": "camera.angle.low"}),
    ("the_rim", "4 seconds", {"duration_s": 4}),
    ({"duration_s": 4}, "hold two seconds longer", {"duration_s": 6}),
    (MOVING, "slower move", {"beats.a.moves.one.speed": "camera.speed.creep"}),
    (MOVING, "faster", {"beats.a.moves.one.speed": "camera.speed.moderate"}),
    # the whole picture
    ("the_rim", "half a stop down", {"look.exposure_stops": -0.5}),
    ("the_rim", "up a stop", {"look.exposure_stops": 1}),
    ("the_rim", "darker overall", {"look.exposure_stops": -1}),
    ("the_rim", "print it down a third", {"look.exposure_stops": -0.33}),
    ("the_rim", "warmer", {"lights.key.cct_k": 4190}),
    ("the_letter", "warmer", {"lights.key.cct_k": 2680}),
    ({"look": {"grade": ["look.grade.neutral"]}}, "warmer", {"look.grade": ["look.grade.warm"]}),
    ({"camera": {"white_balance_k": 5600}}, "cooler", {"camera.white_balance_k": 4190}),
    ("the_rim", "white balance 4300 K", {"camera.white_balance_k": 4300}),
    ("the_rim", "more grain", {"look.grain": "look.grain.visible"}),
    (
        "the_rim",
        "black and white and add grain",
        {"look.palette": "look.palette.black_and_white", "look.grain": "look.grain.visible"},
    ),
    (
        "the_letter",
        "add haze and rain",
        {"place.atmosphere": ["place.atmosphere.thin_haze"], "place.weather": "place.weather.rain"},
    ),
    ("the_rim", "less grain", {"look.grain": "look.grain.very_fine_grain"}),
    ("the_rim", "lose the grain", {"look.grain": "look.grain.none"}),
    ("two_keepers", "less saturated", {"look.saturation": "look.saturation.desaturated"}),
    ("the_rim", "black and white", {"look.palette": "look.palette.black_and_white"}),
    ("the_rim", "more contrast", {"lights.fill.stops": -4}),
    ("the_rim", "a touch flatter", {"lights.fill.stops": -2.67}),
    (RATIO, "more contrast", {"lighting.ratio_stops": 3}),
    ("the_rim", "at dusk, in the rain", {"place.time": "place.time.dusk", "place.weather": "place.weather.rain"}),
    ("the_rim", "more haze", {"place.atmosphere": ["place.atmosphere.set_haze"]}),
    ("the_letter", "add haze", {"place.atmosphere": ["place.atmosphere.thin_haze"]}),
    ("the_rim", "kill the haze", {"place.atmosphere": None}),
    ("the_rim", "background down a stop", {"lighting.background_stops": -4.5}),
    # lamps
    ("the_rim", "rim a touch hotter", {"lights.rim.stops": 1.83}),
    ("the_rim", "rim a touch hotter and warmer", {"lights.rim.stops": 1.83, "lights.rim.cct_k": 2680}),
    ("the_rim", "key and rim warmer", {"lights.key.cct_k": 4190, "lights.rim.cct_k": 2680}),
    ("the_rim", "bring the key down half a stop", {"lights.key.stops": -0.5}),
    ("the_rim", "drop the key half a stop", {"lights.key.stops": -0.5}),
    ("the_rim", "key +1/2", {"lights.key.stops": 0.5}),
    ("the_rim", "rim two stops over", {"lights.rim.stops": 2}),
    ("the_rim", "more fill", {"lights.fill.stops": -2}),
    (RATIO, "more fill", {"lighting.ratio_stops": 1}),
    (RATIO, "fill down half a stop", {"lighting.ratio_stops": 2.5}),
    (
        "the_rim",
        "all the lights warmer",
        {f"lights.{k}.cct_k": v for k, v in (("key", 4190), ("fill", 4190), ("rim", 2680))},
    ),
    ("the_rim", "key to 3200 K", {"lights.key.cct_k": 3200}),
    ("the_rim", "key 3200", {"lights.key.cct_k": 3200}),
    # a pattern is the key's, and what stands right behind it
    (
        "the_rim",
        "85 t2.8 rembrandt left 3200 dusk",
        {
            "camera.focal_mm": 85,
            "camera.t_stop": 2.8,
            "lights.key.pattern": "light.pattern.rembrandt",
            "lights.key.azimuth_deg": -40,
            "lights.key.elevation_deg": None,
            "lights.key.cct_k": 3200,
            "place.time": "place.time.dusk",
        },
    ),
    (
        {},
        "Rembrandt left 3200, on a 50",
        {
            "lights.key": {
                "role": "light.role.key",
                "pattern": "light.pattern.rembrandt",
                "side": "left",
                "cct_k": 3200,
            },
            "camera.focal_mm": 50,
        },
    ),
    (
        {"lights": {"rim": {"role": "light.role.rim"}}},
        "rembrandt",
        {"lights.key": {"slot": 1, "role": "light.role.key", "pattern": "light.pattern.rembrandt"}},
    ),
    ("the_rim", "warm the rim by 30 mired", {"lights.rim.cct_k": 2920}),
    ("the_rim", "make the key tungsten", {"lights.key.source": "light.source.tungsten", "lights.key.cct_k": None}),
    ("the_rim", "softer", {"lights.key.angular_size_deg": 51}),
    ("the_letter", "key a bit softer", {"lights.key.quality": "light.quality.soft"}),
    ("two_keepers", "key softer", {"lights.key.size_m": 0.9}),
    (
        "the_rim",
        "another kicker on the left",
        {"lights.kicker": {"slot": 3, "role": "light.role.kicker", "side": "left"}},
    ),
    ("the_rim", "make the key hard", {"lights.key.quality": "light.quality.hard", "lights.key.angular_size_deg": None}),
    ("the_rim", "raise the key a bit", {"lights.key.elevation_deg": 40}),
    ("the_rim", "key 15 degrees higher", {"lights.key.elevation_deg": 45}),
    ("two_keepers", "key closer", {"lights.key.distance_m": 1.44}),
    ("the_rim", "key more to the left", {"lights.key.azimuth_deg": 25}),
    ("the_rim", "rim more to the left", {"lights.rim.azimuth_deg": -125}),
    ("the_rim", "key more frontal", {"lights.key.azimuth_deg": 25}),
    ("the_rim", "key a lot more side-on", {"lights.key.azimuth_deg": 70}),
    ("the_rim", "key from the left", {"lights.key.azimuth_deg": -40}),
    ("the_rim", "key at 45 degrees left", {"lights.key.azimuth_deg": -45}),
    (PATTERN, "key more frontal", {"lights.key.azimuth_deg": -40, "lights.key.frame": "face"}),
    ("the_rim", "half CTO on the rim", {"lights.rim.gels": ["light.gel.cto_1_2"]}),
    ("the_rim", "lose the silk", {"lights.key.modifiers": None}),
    ("the_rim", "no fill", {"lights.fill": None}),
    ("the_rim", "rim off", {"lights.rim": None}),
    ("the_rim", "lose the fill and the rim", {"lights.fill": None, "lights.rim": None}),
    (
        "the_rim",
        "add a kicker from the left",
        {"lights.kicker": {"slot": 3, "role": "light.role.kicker", "side": "left"}},
    ),
    ({}, "add a rim", {"lights.rim": {"role": "light.role.rim"}}),
    (
        "the_rim",
        "give me another rim from the right at 5600 K",
        {"lights.rim_2": {"slot": 3, "role": "light.role.rim", "side": "right", "cct_k": 5600}},
    ),
    # people and things
    (DRESSED, "lose the mug", {"place.props": ["a storm lantern"]}),
    (DRESSED, "lose the scarf", {"subjects.mara.wardrobe": "a felt hat with a feather, a navy coat"}),
    (DRESSED, "lose her hat", {"subjects.mara.wardrobe": "a navy coat and a red scarf"}),
    (DRESSED, "lose the cap", {"subjects.jonas.description": "a tall man"}),
    (DRESSED, "lose Mara's coat", {"subjects.mara.wardrobe": "a felt hat with a feather and a red scarf"}),
    ("the_rim", "lose the collar", {"subjects.mara.wardrobe": "a navy pea coat"}),
    (
        "the_rim",
        "Mara a bit more to the left",
        {"subjects.mara.screen_x": 0.59, "framing.placement": "framing.placement.golden_right"},
    ),
    ("the_rim", "centre her", {"framing.placement": "framing.placement.centred", "subjects.mara.screen_x": None}),
    ("the_rim", "make her seated", {"subjects.mara.pose": "subject.pose.seated"}),
    (
        {},
        "add a slow push in",
        {"beats.main.moves.move": {"path": "camera.move.dolly_in", "speed": "camera.speed.slow"}},
    ),
    ("the_rim", "flip the key", {"lights.key.azimuth_deg": -40}),
    (PATTERN, "flip it", {"subjects.mara.facing_deg": -40, "lights.key.side": "right"}),
    # several at once
    (
        "the_rim",
        "tighter, half a stop down, warmer, rim a touch hotter, lose the hat",
        {
            "camera.size": "camera.size.cu",
            "look.exposure_stops": -0.5,
            "lights.key.cct_k": 4190,
            "lights.rim.stops": 1.83,
        },
    ),
    ("the_rim", "rim hotter. warmer", {"lights.rim.stops": 2.5, "lights.key.cct_k": 4190}),
    ("the_rim", "warmer, cooler", {}),
)
"""A shot, a call, and every said path that is different afterwards (None: no longer said)."""

ASKED: tuple[tuple[str | Json, str, str], ...] = (
    ({}, "warmer", "says a colour"),
    ({}, "tighter", "No shot size"),
    ({}, "more grain", "No grain is said"),
    ({}, "softer", "which lamp"),
    ("the_rim", "lose the hat", "nothing in this shot is called so"),
    ("the_rim", "kicker hotter", "no kicker in this shot"),
    ("the_rim", "camera lower", "No camera height"),
    ("the_rim", "fill softer", "the end of its row"),
    ({"look": {"exposure_stops": 6}}, "up a stop", "the end of its range"),
    ("the_rim", "add a rim", "there is a rim light already"),
    ("the_rim", "3200 K", "of what"),
    ("the_rim", "key at 30 degrees", "to which side"),
    ("the_rim", "two stops", "up or down"),
    ("the_rim", "75 mm", "says so already"),
    ("the_rim", "interior", "already"),
    ("the_rim", "flip it", "Turn them by hand"),
    ({"camera": {"t_stop": 2}}, "flip it", "nothing here says a side"),
    (DRESSED, "lose the coat", "whose?"),
    ("the_rim", "swap the key and the fill", "what of it"),
    ({"lights": {"key": {"role": "light.role.key", "azimuth_deg": 0}}}, "key more side-on", "to which side"),
    ({"lights": {"key": {"role": "light.role.key"}}}, "key hotter", "No level is said"),
)

FREE: tuple[tuple[str, str], ...] = (
    ("make it feel like a dream", "make it feel like a dream"),
    ("don't touch the key, longer lens", "don't touch the key"),
    ("keep the rim where it is", "keep the rim where it is"),
    ("make the wallpaper warmer", "make the wallpaper warmer"),
    ("key warmer by 500 K", "key warmer by 500 K"),
    ("tighter on the door handle", "door handle"),
    ("more energy", "more energy"),
    ("Mara darker", "Mara darker"),
    ("open up the curtains", "open up the curtains"),
    ("I want more of her face", "I want more of her face"),
    ("closer by a metre", "closer by a metre"),
    ("undo that", "undo that"),
    ("give her a bicycle", "give her a bicycle"),
    ("灯台守", "灯台守"),
)


def taken(shot: str | Json, text: str) -> tuple[Shot, Noted]:
    data = vocabulary().samples[shot].shot if isinstance(shot, str) else shot
    before = read_data(data)
    return before, note(text, resolve(before, vocabulary()))


def plain(shot: Shot) -> Json:
    return shot.model_dump(mode="json", exclude_defaults=True)


def spans_are_true(text: str, noted: Noted) -> bool:
    read = all(text[one.start : one.end] == one.text for one in noted.read)
    return read and all(text[one.start : one.end] == one.text for one in noted.free)


def value(document: Any, path: str) -> Any:
    for key in path.split("."):
        document = document.get(key) if isinstance(document, dict) else None
    return document


@pytest.mark.parametrize(("shot", "text", "wanted"), CALLS, ids=lambda one: one if isinstance(one, str) else None)
def test_a_call_changes_what_it_names_and_nothing_else(shot: str | Json, text: str, wanted: Mapping[str, Any]) -> None:
    before, noted = taken(shot, text)
    after = plain(before)
    for path, said in wanted.items():
        after = merge(after, at(path, said))
    assert merge(plain(before), noted.patch) == plain(noted.shot)
    assert plain(noted.shot) == plain(read_data(after))


@pytest.mark.parametrize(("shot", "text", "part"), ASKED, ids=lambda one: one if isinstance(one, str) else None)
def test_what_has_nothing_to_go_by_is_asked(shot: str | Json, text: str, part: str) -> None:
    _, noted = taken(shot, text)
    assert any(part in question for question in noted.questions), noted.questions


@pytest.mark.parametrize(("text", "left"), FREE)
def test_what_is_not_understood_is_left_in_its_letters(text: str, left: str) -> None:
    _, noted = taken("the_rim", text)
    assert [one.text for one in noted.free] == [left]
    assert spans_are_true(text, noted)


def test_a_change_says_its_letters_and_how_far_it_went() -> None:
    text = "Tighter; rim a touch hotter."
    _, noted = taken("the_rim", text)
    size, rim = noted.read
    assert (size.before, size.after, size.text) == ("camera.size.mcu", "camera.size.cu", "Tighter")
    assert "1 step of shot size" in size.step
    assert (rim.path, rim.text, text[rim.start : rim.end]) == ("lights.rim.stops", *["rim a touch hotter"] * 2)
    assert "+0.33 stops" in rim.step


def test_somebody_who_leaves_is_pointed_at_no_more() -> None:
    _, noted = taken("two_keepers", "lose Jonas")
    assert "jonas" not in noted.shot.subjects
    assert noted.shot.subjects["mara"].eyeline is None
    assert "jonas" not in noted.shot.beats["handover"].action


def test_a_note_that_is_too_long_or_no_text_is_refused() -> None:
    with pytest.raises(BadInputError, match="at most 4,000"):
        taken("the_rim", "x" * (MAX_CHARS + 1))
    with pytest.raises(BadInputError, match="character 9"):
        taken("the_rim", "tighter \ud800")


def test_more_calls_than_anybody_makes_are_left() -> None:
    _, noted = taken("the_rim", ", ".join(["warmer", "cooler"] * MAX_CALLS))
    assert len(noted.read) == MAX_CALLS
    assert len(noted.free) == MAX_CALLS
    assert "at most" in noted.questions[-1]


def test_every_word_and_way_of_the_data_leads_somewhere() -> None:
    for notes in vocabulary().notes.values():
        axes = {axis.id for axis in notes.axis}
        things = {thing.id for thing in notes.thing} | {"any"}
        for direction in notes.direction:
            assert {name.removeprefix("-") for name in direction.of.values()} <= axes | {"up"}
            assert set(direction.of) <= things
        for thing in notes.thing:
            assert {thing.up, *thing.units.values()} <= axes | {""}
            assert thing.none in vocabulary().terms or not thing.none
            assert all(field_of(path.replace("*", "a")) for path in thing.sets.values())
        for way in (way for axis in notes.axis for way in axis.way):
            path = way.path.replace("**", "a.moves.a").replace("<key>", "a").replace("<fill>", "a").replace("*", "a")
            assert field_of(path), way.path
            assert list(way.steps) == sorted(way.steps)
            if way.how == "term":
                facet = vocabulary().facets[facet_of(path)]
                assert {f"{facet.id}.{name}" for name in way.terms} <= {term.id for term in facet.terms}
                assert way.terms or any(way.by in term.numbers for term in facet.terms)


def test_no_name_stands_in_two_directions() -> None:
    names = [name for notes in vocabulary().notes.values() for one in notes.direction for name in one.names]
    assert sorted(names) == sorted(set(names))


TEXTS = st.sampled_from([text for _, text, _ in (*CALLS, *ASKED)] + [text for text, _ in FREE])


@examples(60)
@given(shots(), TEXTS)
def test_any_note_leaves_a_valid_shot_and_a_patch_that_leads_there(shot: Shot, text: str) -> None:
    noted = note(text, resolve(shot, vocabulary()))
    after = read_data(merge(plain(shot), noted.patch))
    assert plain(after) == plain(noted.shot)
    changed = {one.path.partition(".")[0] for one in noted.read}
    assert {key for key in {*plain(shot), *plain(after)} if plain(shot).get(key) != plain(after).get(key)} <= changed
    assert spans_are_true(text, noted)


THERE_AND_BACK: tuple[tuple[str, str, str, Callable[[float], bool]], ...] = (
    ("lights.key.stops", "key up half a stop", "key down half a stop", lambda one: -11 <= one <= 11),
    ("look.exposure_stops", "up a third", "down a third", lambda one: -5 <= one <= 5),
    ("lights.key.elevation_deg", "key higher", "key lower", lambda one: -70 <= one <= 70),
    ("lighting.ratio_stops", "ratio up", "ratio down", lambda one: -6 <= one <= 14),
    ("duration_s", "hold longer", "hold shorter", lambda one: 3 <= one <= 80000),
)


@pytest.mark.parametrize(("path", "there", "back", "has_room"), THERE_AND_BACK, ids=[one[0] for one in THERE_AND_BACK])
def test_a_step_there_and_back_ends_where_it_began(
    path: str, there: str, back: str, has_room: Callable[[float], bool]
) -> None:
    @examples(25)
    @given(st.integers(-12000, 8000000).map(lambda one: one / 100).filter(has_room))
    def holds(number: float) -> None:
        data = merge({"lights": {"key": {"role": "light.role.key"}}}, at(path, number))
        _, noted = taken(data, f"{there}, {back}")
        assert value(plain(noted.shot), path) == pytest.approx(number, abs=0.006)
        assert [pattern(one.path) for one in noted.read] == [pattern(path)] * 2

    holds()


@examples(40)
@given(st.integers(200, 1200).map(lambda one: one * 10), st.sampled_from(["", "a touch ", "a bit ", "a lot "]))
def test_warmer_then_cooler_comes_back_to_the_same_kelvin(kelvin: int, far: str) -> None:
    _, noted = taken({"lights": {"key": {"role": "light.role.key", "cct_k": kelvin}}}, f"{far}warmer, {far}cooler")
    assert value(plain(noted.shot), "lights.key.cct_k") == pytest.approx(kelvin, rel=0.02)


@examples(60)
@given(shots())
def test_a_shot_flipped_twice_is_the_shot(shot: Shot) -> None:
    noted = note("flip it; flip it", resolve(shot, vocabulary()))
    for path in [one.path for one in noted.read]:
        there = value(plain(shot), path)
        now = value(plain(noted.shot), path)
        assert now == (pytest.approx(there, abs=1e-3) if isinstance(there, float) else there)


@examples(150)
@given(st.text(max_size=300) | st.lists(TEXTS | st.text(max_size=12), max_size=12).map(" ".join))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        _, noted = taken("two_keepers", text)
    except PrintlightError:
        return
    assert len(noted.free) <= len(text)
