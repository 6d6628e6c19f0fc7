"""A prompt of our own is known by what it says, and by nothing else; anybody else's is read as prose."""

import tomllib
from pathlib import Path

import pytest

from app.errors import BadInputError
from app.importers import read_prompt
from app.importers._returning import ENOUGH, LONGEST, is_plainly_ours, read_own, share_of, understands_as_much
from app.parse.forms import read_any
from app.parse.parsed import Parsed
from app.pipeline import compile_shot
from app.schema import read_data, read_file
from app.schema.paths import leaves
from app.vocab import vocabulary

VOCABULARY = vocabulary()
TARGETS = ("uni-1", "gpt-image-2.6", "minimax-h3", "flux-2-json", "ideogram-4")
TESTS = Path(__file__).parents[1]
CORPUS = tomllib.loads((TESTS / "parse" / "corpus.toml").read_text(encoding="utf-8"))["prompt"]
SHOTS = {
    **{name: read_data(sample.shot) for name, sample in VOCABULARY.samples.items()},
    **{path.stem: read_file(path) for path in sorted((TESTS / "golden" / "shots").glob("*.toml"))},
}


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


def test_a_text_that_holds_half_a_character_is_refused_whatever_it_was_written_for() -> None:
    with pytest.raises(BadInputError, match="half a character"):
        read_prompt("Camera: 85 mm lens. T2. \ud800", "The text", VOCABULARY, VOCABULARY.target("uni-1"))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("shot", SHOTS)
def test_a_prompt_that_is_plainly_ours_stands_beside_any_other_reading(shot: str, target: str) -> None:
    text = compile_shot(SHOTS[shot], VOCABULARY.target(target), VOCABULARY).text
    assert read_prompt(text, "The text", VOCABULARY) == compared(text)


def test_the_prompts_of_others_come_out_the_same_where_both_readings_are_compared() -> None:
    for prompt in CORPUS:
        assert read_prompt(prompt["text"], "The text", VOCABULARY) == compared(prompt["text"])


def compared(text: str) -> list[Parsed]:
    """Read a text in both ways, and take the better one."""
    found, (own, _) = read_any(text, VOCABULARY), read_own(text, VOCABULARY)
    return [own] if own and understands_as_much(own, found, VOCABULARY) else found


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("shot", SHOTS)
def test_what_is_plainly_ours_comes_out_again_where_it_is_written(shot: str, target: str) -> None:
    model = VOCABULARY.target(target)
    text = compile_shot(SHOTS[shot], model, VOCABULARY).text
    own, sure = read_own(text, VOCABULARY)
    share = share_of(text, compile_shot(own.shot, model, VOCABULARY).text) if own else 0.0
    assert share > ENOUGH or not sure


def test_most_prompts_of_ours_are_known_without_another_reading() -> None:
    prompts = [compile_shot(shot, VOCABULARY.target("uni-1"), VOCABULARY).text for shot in SHOTS.values()]
    read = [sure for own, sure in (read_own(one, VOCABULARY) for one in prompts) if own]
    assert sum(read) > len(read) / 2


def test_names_in_words_of_ones_own_leave_a_doubt() -> None:
    text = "Subject: A tall man with a scar, a red coat, the key from the left, 85 mm.\nCamera: T2."
    own, _ = read_own(text, VOCABULARY, VOCABULARY.target("uni-1"))
    assert own
    assert not is_plainly_ours(own, VOCABULARY)
