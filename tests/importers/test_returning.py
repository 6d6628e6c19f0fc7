"""A prompt of our own is known by what it says, and by nothing else; anybody else's is read as prose."""

import pytest

from app.importers import read_prompt
from app.importers._returning import LONGEST
from app.pipeline import compile_shot
from app.schema import read_data
from app.schema.paths import leaves
from app.vocab import vocabulary

VOCABULARY = vocabulary()
TARGETS = ("uni-1", "gpt-image-2.6", "minimax-h3", "flux-2-json", "ideogram-4")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("sample", VOCABULARY.samples)
def test_a_prompt_of_ours_tells_its_model_by_itself(sample: str, target: str) -> None:
    shot = read_data(VOCABULARY.samples[sample].shot)
    (read,) = read_prompt(compile_shot(shot, VOCABULARY.target(target), VOCABULARY).text, "The text", VOCABULARY)
    assert read.target == target
    assert read.shot.camera
    assert shot.camera
    assert read.shot.camera.size == shot.camera.size


OTHERS = {
    "labels": "Subject: an old man mending a net.\nCamera: 85 mm at T2.\nLighting: key from camera left, 3200 K.",
    "one label": "Subject: a tall man with a scar, red coat, night, rain",
    "other labels": "Subject: a man.\nVibe: sad.\nCamera: 35 mm",
    "prose": "Medium close-up of a ferryman in his sixties, 40 mm at T2.8.",
    "words that come out as they were": '{"scene": "a harbour at night", "camera": {"lens": "35mm"}}',
    "json": '{"scene": "a man mends a net in the rain, key from the left", "camera": {"lens": "85mm"}}',
}


@pytest.mark.parametrize("name", OTHERS)
def test_anybody_elses_text_is_not_taken_for_ours(name: str) -> None:
    (read,) = read_prompt(OTHERS[name], "The text", VOCABULARY)
    assert not read.notes or "the words cover" not in read.notes[0]
    assert read.target == ""
    assert read.form in {"labels", "prose", "json_any", "json_flux", "marked"}


def test_a_model_that_is_named_decides_the_form() -> None:
    text = "Camera: 85 mm lens. T2."
    (read,) = read_prompt(text, "The text", VOCABULARY, VOCABULARY.target("uni-1"))
    assert (read.form, read.target) == ("labels", "uni-1")
    assert leaves(read.shot) == {"camera.focal_mm": 85, "camera.t_stop": 2}
    (prose,) = read_prompt("85 mm at T2", "The text", VOCABULARY, VOCABULARY.target("veo-3.1"))
    assert (prose.form, prose.target) == ("prose", "veo-3.1")


def test_a_number_told_in_words_comes_back_in_their_middle_and_is_told() -> None:
    shot = read_data(VOCABULARY.samples["the_rim"].shot)
    (read,) = read_prompt(
        compile_shot(shot, VOCABULARY.target("gpt-image-2.6"), VOCABULARY).text, "The text", VOCABULARY
    )
    rim = next(light for name, light in read.shot.lights.items() if name == "rim")
    assert (rim.azimuth_deg, rim.elevation_deg) == (-135, 35)
    assert any(note.startswith("The middle of what the words cover") for note in read.notes)


def test_how_a_lamp_reads_is_kept_in_its_words_and_said_again() -> None:
    text = "Light: Soft neutral white key light from camera left, side-on, from above. Cool rim light."
    target = VOCABULARY.target("gpt-image-2.6")
    (read,) = read_prompt(text, "The text", VOCABULARY, target)
    said = {path: value for path, value in leaves(read.shot).items() if path.endswith(".hue")}
    assert said == {"lights.key.hue": {"words": "neutral white"}, "lights.rim.hue": {"words": "cool"}}
    assert compile_shot(read.shot, target, VOCABULARY).text == text


def test_words_that_follow_from_others_are_left_free_and_told() -> None:
    text = "Light: Key light in a butterfly pattern from the camera, from above."
    (read,) = read_prompt(text, "The text", VOCABULARY, VOCABULARY.target("gpt-image-2.6"))
    assert [one.text for one in read.free] == ["from the camera, from above"]
    assert "No field says this alone, and it stands in no box: from the camera, from above." in read.notes


def test_a_text_longer_than_any_prompt_is_nobodys_prompt() -> None:
    text = "Camera: 85 mm lens. T2.\n" * (LONGEST // 10)
    assert read_prompt(text, "The text", VOCABULARY)[0].target == ""
