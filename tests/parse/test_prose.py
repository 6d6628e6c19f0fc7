"""Sentences, and the one thing that each of them is about: a table before a function."""

from typing import Any

import pytest

from app.parse import parse
from app.parse.prose import read_prose
from app.schema.paths import leaves
from app.vocab import vocabulary

VOCABULARY = vocabulary()

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
