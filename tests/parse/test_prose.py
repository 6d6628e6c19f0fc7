"""Sentences, and the one thing that each of them is about: a table before a function."""

from typing import Any

import pytest

from app.parse import parse
from app.parse.prose import read_prose
from app.schema.paths import leaves
from app.vocab import vocabulary

VOCABULARY = vocabulary()

PAIR = ("man", "woman")

SAYS: list[tuple[str, dict[str, Any]]] = [
    # numbers
    ("35 mm", {"camera.focal_mm": 35}),
    ("shot on 35mm film", {"camera.format": "camera.format.super_35_4perf"}),
    ("16 mm stock", {"camera.format": "camera.format.standard_16"}),
    ("a 35mm lens at T1.4", {"camera.focal_mm": 35, "camera.t_stop": 1.4}),
    ("white balance 5600K", {"camera.white_balance_k": 5600}),
    ("balanced for 3200 K", {"camera.white_balance_k": 3200}),
    ("key at 4300 K", {"lights.key.cct_k": 4300}),
    ("key at 45° left", {"lights.key.azimuth_deg": -45}),
    ("key light from camera right at 30°", {"lights.key.azimuth_deg": 30}),
    ("key light 20° up", {"lights.key.elevation_deg": 20}),
    ("key light at 9 o'clock", {"lights.key.azimuth_deg": -90}),
    ("key light at three o'clock", {"lights.key.azimuth_deg": 90}),
    ("key light at 12 o'clock", {"lights.key.azimuth_deg": 180}),
    ("rim +1", {"lights.rim.stops": 1}),
    ("fill two under", {"lights.fill.stops": -2}),
    ("key two and a half over", {"lights.key.stops": 2.5}),
    ("fill, minus two", {"lights.fill.stops": -2}),
    ("soft key from the left. Ambient -3", {"lighting.ambient_stops": -3}),
    ("rim one stop under key", {"lights.rim.stops": -1}),
    ("hard backlight. T2.8, EI 1280, 5600K", {"camera.white_balance_k": 5600}),
    ("16mm Ektachrome", {"camera.format": "camera.format.standard_16"}),
    ("Period drama, 1812", {"intent.year": 1812}),
    ("2.39:1, a man, 16:9", {"framing.aspect": 2.39, "subjects.man.description": "a man", "intent.says": "16:9"}),
    ("4:1 contrast", {"lighting.ratio_stops": 2}),
    ("key:fill 8:1", {"lighting.ratio_stops": 3}),
    ("key two stops over the fill", {"lighting.ratio_stops": 2}),
    ("aspect ratio 16:9", {"framing.aspect": 1.7778}),
    ("180° shutter", {"camera.shutter_deg": 180}),
    ("EI 800", {"camera.ei": 800}),
    ("48 fps", {"camera.fps": 48}),
    ("set in 1947", {"intent.year": 1947}),
    ("8 seconds", {"duration_s": 8}),
    # lamps
    ("Rembrandt lighting", {"lights.key.role": "light.role.key", "lights.key.pattern": "light.pattern.rembrandt"}),
    ("a soft key from camera left", {"lights.key.quality": "light.quality.soft", "lights.key.side": "left"}),
    (
        "hard rim and soft fill",
        {"lights.rim.quality": "light.quality.hard", "lights.fill.quality": "light.quality.soft"},
    ),
    ("2K fresnel cam R, full CTO", {"lights.fresnel.side": "right", "lights.fresnel.gels": ("light.gel.cto_full",)}),
    ("soft key, frame left", {"lights.key.side": "left"}),
    ("key left, rim right, both hard", {f"lights.{one}.quality": "light.quality.hard" for one in ("key", "rim")}),
    ("rim from behind, rim from the left", {"lights.rim.role": "light.role.rim", "lights.rim_2.side": "left"}),
    ("key light through muslin", {"lights.key.modifiers": ("light.modifier.muslin",)}),
    ("key light motivated by the fireplace", {"lights.key.motivated_by": {"words": "the fireplace"}}),
    ("a window at 3200 K", {"lights.window.cct_k": 3200}),
    # people
    ("Mara looks at Jonas.", {"subjects.mara.eyeline": "jonas", "subjects.jonas.name": "Jonas"}),
    ("A woman in her fifties", {"subjects.woman.age": "subject.age.fifties"}),
    ("A nurse wearing a blue coat", {"subjects.nurse.wardrobe": "a blue coat"}),
    ("A man walks to the door", {"beats.main.action.man": {"words": "walks to the door"}}),
    ("A man runs", {"beats.main.action.man": "beat.action.running"}),
    ('Mara says "Stay."', {"beats.main.says.mara": "Stay."}),
    ('A sign that reads "EXIT"', {"place.lettering.sign.reads": "EXIT"}),
    ("A model in a silk gown", {"subjects.model.kind": "subject.kind.character"}),
    ("A man and a woman sit on a bench", {f"beats.main.action.{one}": {"words": "sit on a bench"} for one in PAIR}),
    ("A nurse listening to an old man", {"subjects.man.kind": "subject.kind.character"}),
    ('Mara looks at Jonas. He whispers "No".', {"beats.main.says.jonas": "No"}),
    ("Mara sits. Jonas enters. He turns. She waits.", {"beats.main.action.mara": "beat.action.waiting"}),
    ("A woman runs, smoke curling", {"beats.main.action.woman": "beat.action.running"}),
    ("A knight kneels before a queen, who raises a sword", {"beats.main.action.queen": {"words": "raises a sword"}}),
    ("A duchess in a silk gown curtsies to an officer", {"subjects.duchess.wardrobe": "a silk gown"}),
    ("A dog chases a ball", {"subjects.dog.species": "subject.species.dog"}),
    ("An old man, Mr. Abernathy, reads a letter", {"subjects.man.name": "Mr. Abernathy"}),
    ("Žofie and Jiří dance", {"subjects.zofie.name": "Žofie", "subjects.jiri.name": "Jiří"}),
    ("Close on her hands", {"camera.size": "camera.size.cu"}),
    # ages
    ("a 12-year-old boy", {"subjects.boy.age": "subject.age.child"}),
    ("a boy, 12 years old", {"subjects.boy.age": "subject.age.child"}),
    ("Mara, 34, a baker", {"subjects.mara.age": "subject.age.thirties", "subjects.mara.description": "34, a baker"}),
    ("Mara, sixty-three", {"subjects.mara.age": "subject.age.sixties"}),
    ("a woman in her mid-forties", {"subjects.woman.age": "subject.age.forties"}),
    ("a man aged seventy", {"subjects.man.age": "subject.age.seventies"}),
    # denials in one word
    ("a fog-free, traffic-less morning", {"exclude": ("exclude.fog", "exclude.traffic")}),
    ("a treeless, beardless, textless thing", {"exclude": ("exclude.beard", "exclude.text")}),
    ("a people-free, text-free poster", {"exclude": ("exclude.people", "exclude.text")}),
    ("a non-smoking bar", {"exclude": ("exclude.smoking",)}),
    ("a man, not looking at the camera", {"exclude": ("exclude.eye_contact",)}),
    ("a man, not smiling", {"exclude": ("exclude.smiling",)}),
    ("a windless day", {"place.weather": "place.weather.still_air"}),
    ("a man waits, no people in the background", {"exclude": ("exclude.other_people",)}),
    # places
    ("a tailor in his tiny workshop", {"place.location": "place.location.workshop"}),
    ("a candlelit ballroom", {"place.location": "place.location.ballroom"}),
    ("a road in autumn", {"place.season": "place.season.autumn"}),
    # grades
    ("warm color grade", {"look.grade": ("look.grade.warm",)}),
    ("cool colour grading", {"look.grade": ("look.grade.cool",)}),
    ("teal and orange grade", {"look.grade": ("look.grade.teal_and_orange",)}),
    # moves
    ("slow push-in", {"beats.main.moves.dolly_in.speed": "camera.speed.slow"}),
    ("the camera pans left", {"beats.main.moves.pan_left.path": "camera.move.pan_left"}),
    ("the camera dollies back", {"beats.main.moves.dolly_out.path": "camera.move.dolly_out"}),
    # labels
    ("Lighting: soft key\nSound: rain", {"lights.key.quality": "light.quality.soft"}),
]

WONT = [
    ("a key on the table", "lights"),
    ("the rim of a cup", "lights"),
    ("a practical joke", "lights"),
    ("chaotic lighting", "lighting.setup"),
    ("last night he lost", "place.time"),
    ("a model car", "subjects.model"),
    ("no fog", "place.atmosphere"),
    ("she moves in with him", "beats.main.moves"),
    ("two stops over the fill", "lights.fill"),
    ("a wooden model of a ship", "subjects.model.kind"),
    ("a scale model on a desk", "subjects.model.kind"),
    ("a 3D model", "subjects.model.kind"),
    ("fog-free", "place.atmosphere"),
    ("people-free beach", "subjects.people"),
    ("A boxer in his corner, his trainer shouting", "beats.main.action"),
    ("a wedding in Lagos", "subjects.lagos"),
    ("a portrait in the style of Vermeer", "subjects.vermeer"),
    ("Tokyo: the streets are wet", "subjects.tokyo.name"),
    ("Like a king, he sits", "subjects.king.kind"),
    ("girl freckles, woman sunglasses", "beats"),
    ("The camera finds a boy under a table", "beats"),
    ("halation in the highlights", "place"),
    ("a 12-year-old whisky", "subjects.whisky.age"),
    ("rim one stop over the fill", "lighting.ratio_stops"),
    ("The accused stands, not moving", "exclude"),
    ("A man, looking at the camera", "exclude"),
    ("3D render of a bottle", "exclude"),
    ("She waits without blinking", "exclude"),
    ("timeless, wordless and motionless", "exclude"),
]


@pytest.mark.parametrize(("text", "want"), SAYS, ids=[text for text, _ in SAYS])
def test_a_sentence_says(text: str, want: dict[str, Any]) -> None:
    found = leaves(parse(text, VOCABULARY).shot)
    assert want == {path: found.get(path) for path in want}


@pytest.mark.parametrize(("text", "path"), WONT)
def test_a_sentence_does_not_say(text: str, path: str) -> None:
    found = leaves(parse(text, VOCABULARY).shot)
    assert not [one for one in found if one == path or one.startswith(f"{path}.")]


def test_a_description_is_kept_word_for_word() -> None:
    shot = parse("a woman in her sixties with silver hair, standing at a window", VOCABULARY).shot
    assert shot.subjects["woman"].description == "a woman in her sixties with silver hair"
    assert shot.subjects["woman"].hair_colour == "subject.hair_colour.silver"


def test_what_is_not_understood_is_told_and_kept() -> None:
    text = "a brass orrery under a dust sheet"
    parsed = parse(text, VOCABULARY)
    assert [one.text for one in parsed.free] == [text]
    assert text in {one.description for one in parsed.shot.subjects.values()}


def test_pieces_of_a_form_are_read_into_one_draft() -> None:
    draft = read_prose("Mara, a keeper", VOCABULARY, at=10, within="subject")
    read_prose("soft key", VOCABULARY, at=50, within="lighting", draft=draft)
    parsed = draft.parsed("json")
    assert {(one.path, one.start) for one in parsed.spans} >= {("subjects.mara.name", 10), ("lights.key.quality", 50)}
    assert parsed.form == "json"
