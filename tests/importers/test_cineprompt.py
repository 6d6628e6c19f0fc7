"""What CinePrompt's fields and values become in a shot."""

from typing import Any

import pytest

from app.importers import Imported, Value
from app.pipeline import check_shot, compile_shot
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.importers.test_structures import imported

VOCABULARY = vocabulary()


def filled(form: str = "", **fields: Any) -> Imported:
    """Import one state with these fields."""
    return imported({"mode": "single", "subjectType": form or None, "fields": fields})


def said(found: Imported) -> dict[str, Any]:
    """Return what the one imported shot says, by path."""
    (shot,) = found.shots
    return {path: value for path, value in leaves(shot).items() if not path.endswith(".slot")}


def told(found: Imported, value: str) -> Value:
    """Return where a value landed."""
    return next(one for one in found.values if one.value == value)


def test_a_number_keeps_its_number_and_the_words_around_it_are_read_too() -> None:
    assert said(filled(focal_length="85mm lens")) == {"camera.focal_mm": 85}
    assert said(filled(focal_length="8mm fisheye lens")) == {
        "camera.focal_mm": 8,
        "camera.lens_family": "camera.lens.fisheye",
    }
    assert told(filled(focal_length="100 mm"), "100 mm").status == "typed"


@pytest.mark.parametrize("value", ["24-70mm zoom of mine", "5000mm lens", "-50mm", "a long one", "1e3mm"])
def test_what_is_no_focal_length_is_kept_in_words(value: str) -> None:
    found = filled(focal_length=value)
    assert said(found) == {"camera.lens_family": {"words": value}}
    assert told(found, value).status == "unknown"


def test_words_about_a_lamp_make_a_lamp_and_the_rest_is_about_the_lighting() -> None:
    found = filled(
        lighting_style=["soft light", "rim light", "backlight", "low-key lighting"], lighting_type="candlelight"
    )
    assert said(found) == {
        "lights.key.role": "light.role.key",
        "lights.key.quality": "light.quality.soft",
        "lights.key.source": "light.source.candle",
        "lights.rim.role": "light.role.rim",
        "lights.back.role": "light.role.back",
        "lighting.style": "lighting.style.low_key",
    }
    assert [light.slot for light in found.shots[0].lights.values()] == [0, 1, 2]


def test_a_second_source_is_a_second_lamp_and_the_key_as_written_stays() -> None:
    found = filled(lighting_type=["candlelight", "moonlight"], key_light="a paper lantern", fill_light="moonlight")
    assert said(found) == {
        "lights.key.role": "light.role.key",
        "lights.key.source": {"words": "a paper lantern"},
        "lights.fill.role": "light.role.fill",
        "lights.fill.source": "light.source.moonlight",
        "lights.candle.source": "light.source.candle",
        "lights.moonlight.source": "light.source.moonlight",
    }
    assert told(found, "a paper lantern").status == "free"


def test_moves_without_a_direction_get_none_and_a_support_is_no_move() -> None:
    found = filled(movement=["push in", "whip pan", "steadicam"])
    assert said(found) == {
        "beats.main.moves.main.path": "camera.move.dolly_in",
        "beats.main.moves.whip_pan.path": "camera.move.whip_pan",
        "camera.support": "camera.support.steadicam",
    }
    for value in ("pan", "tilt", "dolly", "crane", "orbit", "zoom"):
        (path, term), *more = said(filled(movement=value)).items()
        assert (path, more) == ("beats.main.moves.main.path", [])
        assert not set(str(term).rpartition(".")[2].split("_")) & {"left", "right", "up", "down", "in", "out"}


def test_what_happens_happens_to_the_subject_in_order() -> None:
    found = filled(
        "creature", creature_label="Brand", beat_3="it is gone", beat_1="it looks up", beat_2="it listens",
        action_primary="a fox crosses the yard", movement_type="no such movement",
    )  # fmt: skip
    beats = sorted(found.shots[0].beats.items(), key=lambda beat: beat[1].slot)
    assert [name for name, _ in beats] == ["main", "beat_1", "beat_2", "beat_3", "movement_type"]
    assert said(found)["beats.main.action.creature"] == {"words": "a fox crosses the yard"}
    assert said(found)["beats.beat_2.action.creature"] == {"words": "it listens"}
    assert said(found)["subjects.creature.kind"] == "subject.kind.creature"


def test_who_speaks_is_who_is_named() -> None:
    alone = filled(dialogue="We leave.", dialogue_language="Dutch", delivery_style_custom="through her teeth")
    assert said(alone) == {
        "beats.main.says.subject": "We leave.",
        "beats.main.language": "Dutch",
        "beats.main.delivery.subject": {"words": "through her teeth"},
    }
    same = filled("character", char_label="MARA", dialogue="We leave.", dialogue_character="Mara")
    assert said(same)["beats.main.says.character"] == "We leave."
    assert list(same.shots[0].subjects) == ["character"]
    other = filled("character", char_label="Mara", dialogue="We leave.", dialogue_character="Jonas")
    assert said(other)["beats.main.says.jonas"] == "We leave."
    assert said(other)["subjects.jonas.name"] == "Jonas"
    assert said(other)["subjects.jonas.kind"] == "subject.kind.character"
    strange = filled("character", char_label="Mara", dialogue="…", dialogue_character="99 !")
    assert "beats.main.says.speaker" in said(strange)


def test_one_subject_of_each_kind_that_is_described() -> None:
    found = filled(
        "object", prod_description="a watch", food_description="a pear", cloth_description="a scarf", char_label="Mara",
        obj_description="a box", art_description="a bust", botan_description="a fern", veh_description="a van",
        abs_description="rings", creature_description="a heron", movement_type="no such movement",
    )  # fmt: skip
    kinds = {name: who.kind for name, who in found.shots[0].subjects.items()}
    assert kinds == {name: f"subject.kind.{name}" for name in kinds}
    assert set(kinds) == {
        "character", "creature", "object", "product", "food", "clothing", "art", "plant", "vehicle", "abstract",
    }  # fmt: skip
    assert "beats.main.action.object" in said(found)


def test_the_form_says_whom_the_actions_belong_to() -> None:
    assert said(filled("vehicle", action_primary="passes")) == {
        "beats.main.action.vehicle": {"words": "passes"},
        "subjects.vehicle.kind": "subject.kind.vehicle",
    }
    assert said(filled("object", cloth_description="a scarf", action_primary="falls"))["beats.main.action.clothing"]
    assert said(filled("landscape")) == {"subjects.landscape.kind": "subject.kind.landscape"}
    nobody = filled("character", location="an empty street")
    assert said(nobody) == {"place.where": "an empty street"}
    assert told(nobody, "character").note == "Nothing else is said of it."
    assert told(filled("robot"), "robot").status == "unknown"


def test_of_two_values_for_one_place_the_later_field_stays_and_nothing_is_lost() -> None:
    found = filled(genre=["horror", "western"], shot_type=["close-up", "wide shot"])
    assert said(found) == {
        "intent.genre": "intent.genre.horror",
        "intent.mood": ({"words": "western"},),
        "camera.size": "camera.size.cu",
        "framing.devices": ({"words": "wide shot"},),
    }
    value = told(found, "western")
    assert (value.status, value.path, value.term) == ("free", "intent.mood", "")
    assert value.note == "Another value holds intent.genre: kept as words."


def test_a_value_twice_is_said_once() -> None:
    found = filled(mood=["serene", "serene"], tone="serene", shot_type=["close-up", "close-up"])
    assert said(found) == {"intent.mood": ("intent.mood.serene",), "camera.size": "camera.size.cu"}
    assert found.counts == {"typed": 5, "free": 0, "unknown": 0}


def test_free_words_stay_as_written_unless_they_are_a_terms_name() -> None:
    found = filled(
        expression="Guarded", body_language="arms crossed, weight on one leg", custom_location="a mill",
        location="near Delft", props="two cups, a lamp", env_fg="reeds", env_mg="a ditch", env_bg="dunes",
        skin_tones="true to life", palette_colors="rust and bone", ambient="gulls far off", music="a slow waltz",
        voiceover_text="It was March.", wardrobe="a wool coat", sound_mode="all of it",
    )  # fmt: skip
    assert said(found) == {
        "subjects.character.kind": "subject.kind.character",
        "subjects.character.expression": "subject.expression.guarded",
        "subjects.character.pose": {"words": "arms crossed, weight on one leg"},
        "subjects.character.wardrobe": "a wool coat",
        "place.where": "near Delft; a mill",
        "place.props": ("two cups, a lamp",),
        "place.foreground": "reeds",
        "place.midground": "a ditch",
        "place.background": "dunes",
        "look.skin": "true to life",
        "look.colours": ({"words": "rust and bone"},),
        "sound.ambience": ({"words": "gulls far off"}, {"words": "all of it"}),
        "sound.music": ({"words": "a slow waltz"},),
        "sound.voiceover": "It was March.",
    }
    assert said(filled(palette_colors="#112233, #AABBCC")) == {"look.colours": ("#112233", "#AABBCC")}
    assert said(filled(palette_colors="#112233 and rust")) == {"look.colours": ({"words": "#112233 and rust"},)}


def test_values_are_reported_in_their_order_with_what_was_read_of_them() -> None:
    found = filled("character", wardrobe="a coat", dof="deep focus, oddly so", genre="horror")
    assert [value.field for value in found.values] == ["subjectType", "wardrobe", "dof", "genre"]
    assert told(found, "deep focus, oddly so").note == "Read from 'deep focus'."
    pieces = filled(weather="odd, rain, fog")
    assert said(pieces)["place.weather"] == "place.weather.rain"
    assert told(pieces, "odd, rain, fog").note == "Read from 'rain, fog'."


def test_an_imported_shot_compiles_for_every_target() -> None:
    found = filled(
        "character", char_label="Mara", wardrobe="a wool coat", shot_type="close-up", focal_length="85mm lens",
        movement="push in", lighting_style=["soft light", "rim light"], dialogue="We leave.",
        genre=["horror", "western"], action_primary="she turns", beat_1="she stops", weather="rain", lens_flare="blue",
    )  # fmt: skip
    (shot,) = found.shots
    assert not {one.code for one in check_shot(shot, VOCABULARY)} & {"unknown_term", "points_at_nobody"}
    for target in VOCABULARY.targets.values():
        assert compile_shot(shot, target, VOCABULARY).text
