"""What CinePrompt's fields and values become in a shot."""

from typing import Any

import pytest

from app.importers import Imported, Value
from app.pipeline import check_shot, compile_shot
from app.schema.facets import facet_of
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.importers.test_structures import imported

VOCABULARY = vocabulary()

LANDINGS = [
    tuple(line.split(" | "))
    for line in """
media_type | music video | intent.form | music_video
commercial_type | fragrance commercial | intent.subform | commercial_fragrance
commercial_type | PSA public awareness commercial | intent.subform | commercial_public_service
documentary_style | cinema verite documentary | intent.subform | documentary_verite
animation_style | claymation animation | intent.medium | claymation
music_video_style | one-take music video | intent.subform | music_video_one_take
social_media_style | get ready with me GRWM video | intent.subform | social_get_ready
genre | Sci-Fi | intent.genre | science_fiction
tone | melancholic | intent.mood | melancholy
mood | bittersweet | intent.mood | bittersweet
format | 16mm film | camera.format | standard_16
format | anamorphic 35mm film | camera.format | scope_2x
format | surveillance CCTV | camera.format | cctv
age_range | in their 40s | subjects.character.age | forties
build | athletic build | subjects.character.build | athletic
hair_style | slicked back hair | subjects.character.hair | slicked_back
hair_color | gray hair | subjects.character.hair_colour | grey
framing | positioned left-third of frame | framing.placement | left_third
framing | framed in reflection, seen through mirror or glass | framing.devices | reflection
framing | seen from behind, back to camera | camera.view | back
framing | entering frame from left | framing.direction | enters_left
creature_framing | in the background, distant | framing.plane | background
creature_category | kaiju, giant monster | subjects.creature.creature | kaiju
creature_subtype | sea turtle | subjects.creature.species | sea_turtle
creature_size | large, horse-sized | subjects.creature.scale | large
creature_body | serpentine, elongated body | subjects.creature.body | serpentine
creature_skin | armored exoskeleton | subjects.creature.covering | exoskeleton
obj_material | wood grain | subjects.object.material | wood
obj_condition | rustic, handmade | subjects.object.condition | rustic
obj_scale | tabletop size | subjects.object.scale | tabletop
prod_material | carbon fiber weave | subjects.product.material | carbon_fibre
prod_staging | held in hand, demonstrating scale | subjects.product.presentation | in_hand
prod_condition | well-loved, showing character from use | subjects.product.condition | well_loved
food_state | chilled, condensation on glass | subjects.food.state | chilled
food_presentation | rustic plating on wooden board | subjects.food.presentation | rustic_board
food_texture | flaky, layered pastry | subjects.food.texture | flaky
cloth_fabric | denim, sturdy cotton twill | subjects.clothing.material | denim
cloth_presentation | caught in wind, fabric flowing freely | subjects.clothing.presentation | wind_blown
cloth_fit | oversized, exaggerated proportions | subjects.clothing.fit | oversized
art_medium | stained glass | subjects.art.artwork | stained_glass
art_setting | at auction, on an easel | subjects.art.presentation | auction
art_condition | partially restored, visible conservation work | subjects.art.condition | restored
botan_type | fern, unfurling fronds | subjects.plant.plant | fern
botan_stage | in full bloom, peak growth | subjects.plant.stage | blooming
botan_detail | covered in morning dew drops | subjects.plant.surface | dew
veh_type | helicopter | subjects.vehicle.vehicle | helicopter
veh_subtype | cafe racer | subjects.vehicle.vehicle_model | cafe_racer
veh_era | classic vintage | subjects.vehicle.styling | classic
veh_condition | battle-worn, scarred | subjects.vehicle.condition | battle_worn
land_season | autumn, golden leaves | place.season | autumn
land_scale | infinite horizon, endless expanse | place.extent | endless
abs_quality | fractal | subjects.abstract.form | fractal
abs_movement | pulsing rhythmically | beats.main.action.abstract | pulsing
movement_type | drifting, tires skidding | beats.main.action.subject | car_drifting
movement_type | galloping at full speed | beats.main.action.subject | galloping
movement_type | being plated, chef arranging on plate | beats.main.action.subject | being_plated
interaction_type | confrontation between characters | beats.main.interaction | confrontation
pacing | speed ramp from fast to slow | pacing | ramp_down
fm_pacing | time-lapse | pacing | time_lapse
setting | interior transitioning to exterior | place.setting | interior_to_exterior
location_type | café | place.location | cafe
location_type | dock, waterfront pier | place.location | dock
isolation | isolated on a bright green screen background, chroma key, evenly lit | place.backdrop | green_screen
abstract_environment | inside a crystalline ice cave | place.location | ice_cave
abstract_environment | on a neon grid, Tron-like digital plane | place.backdrop | neon_grid
env_time | golden hour, warm late afternoon light | place.time | golden_hour
weather | heavy downpour | place.weather | heavy_rain
weather | smoke drifting through scene | place.atmosphere | smoke
shot_type | cowboy shot, framed from mid-thigh up | camera.size | cowboy
shot_type | dutch angle, tilted frame | camera.roll | dutch
shot_type | over-the-shoulder | framing.perspective | over_the_shoulder
shot_type | two shot, framing both subjects | framing.count | two
shot_type | insert shot, detail cutaway | intent.purpose | insert
shot_type | bird's eye view, directly overhead | camera.angle | overhead
movement | dolly | beats.main.moves.main.path | dolly
movement | crane | beats.main.moves.main.path | crane
movement | dolly zoom, vertigo effect | beats.main.moves.main.path | dolly_zoom
movement | aerial drone | camera.support | drone
fm_camera_movement | tracking shot following subject | beats.main.moves.main.path | track
fm_camera_movement | aerial descending | beats.main.moves.main.path | aerial_descent
camera_body | shot on Éclair NPR 16mm | camera.body | eclair_npr
lens_brand | Bausch & Lomb Super Baltar vintage | camera.lens_family | super_baltar
lens_filter | Black Pro-Mist 1/4 filter | camera.filters | black_pro_mist_1_4
lens_filter | circular polarizer CPL filter | camera.filters | polariser
dof | tilt-shift miniature effect | camera.focus.technique | tilt_shift
lighting_style | high contrast lighting | lighting.contrast | high
lighting_style | Rembrandt lighting | lights.key.pattern | rembrandt
lighting_style | underlight | lights.key.direction | under
lighting_style | practical lighting only | lighting.setup | practicals_only
lighting_type | sodium vapor light | lights.key.source | sodium
lighting_type | window light | lights.key.source | window_light
lighting_type | volumetric god rays | lighting.effects | god_rays
color_science | ARRI LogC4 flat log footage, ungraded | look.encoding | logc4
film_stock | Kodak Vision3 500T cinema film, tungsten balanced | look.stock | vision3_500t
film_stock | Ilford HP5 Plus 400 black and white, classic grain | look.stock | hp5_plus
color_grade | teal and orange | look.grade | teal_and_orange
color_grade | bleach bypass, desaturated contrast | look.process | bleach_bypass
color_grade | black and white | look.palette | black_and_white
delivery_style | spoken softly, whispered | beats.main.delivery.subject | whispered
delivery_style | spoken over phone or radio, distorted | beats.main.delivery.subject | over_radio
sfx_environment | ocean waves crashing | sound.ambience | waves
sfx_interior | clock ticking | sound.ambience | clock
sfx_mechanical | camera shutter clicking | sound.effects | camera_shutter
sfx_dramatic | heartbeat, slow and heavy | sound.effects | heartbeat
music_genre | 80s retro synthwave | sound.music | synthwave
music_mood | haunting, eerie | sound.music_mood | haunting
ms_genre | western | intent.genre | western
ms_film_stock | CineStill 800T film colors, halation glow on highlights | look.stock | cinestill_800t
""".strip().splitlines()
]
"""Field, value, path, and the last word of the term."""


@pytest.mark.parametrize(("field", "value", "path", "term"), LANDINGS)
def test_a_value_of_a_closed_list_becomes_its_term(field: str, value: str, path: str, term: str) -> None:
    found = filled(**{field: value})
    assert told(found, value).model_dump(include={"status", "path", "term"}) == {
        "status": "typed",
        "path": path,
        "term": f"{facet_of(path)}.{term}",
    }
    held = leaves(found.shots[0])[path]
    assert f"{facet_of(path)}.{term}" in (held if isinstance(held, tuple) else (held,))
    assert found.counts["typed"] == 1


SEVERAL = {
    ("framing", "in the background, small in frame"): {
        "framing.plane": "framing.plane.background",
        "framing.devices": ("framing.device.small_in_frame",),
    },
    ("weather", "mist, haze"): {"place.atmosphere": ("place.atmosphere.mist", "place.atmosphere.thin_haze")},
    ("fm_camera_movement", "slow push in"): {
        "beats.main.moves.main.path": "camera.move.dolly_in",
        "beats.main.moves.main.speed": "camera.speed.slow",
    },
    ("lighting_style", "backlit, rim light"): {
        "lights.back.role": "light.role.back",
        "lights.rim.role": "light.role.rim",
    },
    ("prod_staging", "on a dark reflective surface, dramatic rim lighting, moody"): {
        "subjects.product.kind": "subject.kind.product",
        "subjects.product.presentation": "subject.presentation.dark_reflective",
        "lights.rim.role": "light.role.rim",
        "intent.mood": ("intent.mood.moody",),
    },
    ("framing", "partially hidden, emerging from shadows"): {
        "framing.devices": ("framing.device.partly_hidden",),
        "beats.main.action.subject": "beat.action.emerging",
    },
}


@pytest.mark.parametrize(("field", "value"), SEVERAL)
def test_a_value_of_several_facts_becomes_several_terms(field: str, value: str) -> None:
    assert said(filled(**{field: value})) == SEVERAL[field, value]


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
        compiled = compile_shot(shot, target, VOCABULARY)
        lost = {path for loss in compiled.losses for path in loss.paths}
        assert compiled.text or set(leaves(shot)) <= lost  # a model that reads no text loses all, and says so
