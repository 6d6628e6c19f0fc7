"""`printlight parse`, run as a person or a script runs it."""

import json
from pathlib import Path

import pytest

from app.schema import read_data
from app.schema.paths import leaves
from tests.backends.fakes import luma
from tests.cli.test_cli import printlight
from tests.parse.test_forms import A1111
from tests.parse.test_forms_pictures import png
from tests.running import for_luma

PROMPT = "85 mm lens --ar 2:1 --no crowd --s 75"


def test_a_person_sees_fields_values_and_words() -> None:
    ran = printlight("parse", PROMPT)
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "midjourney"
    assert '✓ framing.aspect  2  "2:1"' in lines
    assert any(line.startswith("✓ camera.focal_mm  85") for line in lines)
    assert any(line.startswith("✓ exclude") and '"crowd"' in line for line in lines)
    assert "= s: 75" in lines


def test_json_holds_the_shot_its_spans_and_what_stayed_free() -> None:
    answer = printlight("parse", PROMPT, "--json").json
    assert set(answer) == {"shot", "spans", "free", "form", "target", "params", "notes", "others"}
    assert answer["shot"]["kind"] == "printlight.shot/1"
    assert leaves(read_data(answer["shot"]))["framing.aspect"] == 2
    assert {"path": "framing.aspect", "start": 16, "end": 19, "text": "2:1"} in answer["spans"]
    assert answer["others"] == []


def test_the_model_that_a_text_was_written_for_can_be_named() -> None:
    ran = printlight("parse", "Camera: at a moderate stop.", "--for", "gpt-image-2.6")
    assert ran.out.splitlines()[0] == "prose, for gpt-image-2.6"
    ran = printlight("parse", "Framing: at a moderate stop.", "--for", "gpt-image-2.6")
    assert ran.out.splitlines()[:2] == ["labels, for gpt-image-2.6", '✓ camera.t_stop  3  "at a moderate stop"']
    ran = printlight("parse", "Framing: wide", "--for", "gpt-image-7")
    assert (ran.status, "gpt-image" in ran.err) == (2, True)


def test_shots_of_a_list_are_numbered_and_stand_in_others() -> None:
    text = "Shot 1 (2s): a wide shot of the harbour.\nShot 2 (3s): a close-up of her hands."
    ran = printlight("parse", text)
    assert [line for line in ran.out.splitlines() if line.startswith("Shot")] == ["Shot 1", "Shot 2"]
    answer = printlight("parse", text, "--json").json
    assert [one["shot"]["duration_s"] for one in (answer, *answer["others"])] == [2, 3]


def test_standard_input_takes_text_and_pictures() -> None:
    for given in (A1111.encode(), png(parameters=A1111)):
        answer = printlight("parse", "-", "--json", given=given).json
        assert (answer["form"], answer["params"]["Seed"]) == ("a1111", 1207)


def test_a_file_is_read_where_there_is_one(tmp_path: Path) -> None:
    picture, text = tmp_path / "take.png", tmp_path / "take.txt"
    picture.write_bytes(png(parameters=A1111))
    text.write_text(A1111)
    for path in (picture, text):
        assert printlight("parse", str(path), "--json").json["form"] == "a1111"
    assert printlight("parse", str(tmp_path / "none.txt"), "--json").json["form"] == "prose"


def test_a_state_of_cineprompt_is_known_by_its_fields() -> None:
    state = {"mode": "single", "fields": {"shot_type": "close-up", "genre": ["no such genre"]}}
    answer = printlight("parse", json.dumps(state), "--json").json
    assert answer["form"] == "cineprompt"
    assert answer["shot"]["camera"] == {"size": "camera.size.cu"}
    assert [span["text"] for span in answer["spans"] if span["path"] == "camera.size"] == ["close-up"]


BAD = {
    "binary": (bytes(range(128, 256)), "neither text nor a picture"),
    "an empty picture": (png(), "no prompt"),
    "broken JSON": (b'{"prompt": ', "breaks in line 1"),
    "a megabyte": (b"rain " * 200_000, "characters"),
}


@pytest.mark.parametrize("name", BAD)
def test_unusable_input_gives_status_2_and_a_sentence(name: str) -> None:
    given, said = BAD[name]
    ran = printlight("parse", "-", given=given)
    assert ran.status == 2
    assert ran.err.startswith("printlight: ")
    assert said in ran.err


def test_a_picture_that_was_shot_comes_back_as_its_shot(tmp_path: Path) -> None:
    given = b'{"camera": {"focal_mm": 85}, "look": {"colours": ["#A0522D"]}}'
    with luma.served() as fake:
        shot = printlight(
            "shoot", "-", "--on", "uni1", "--out", str(tmp_path), "--json", given=given, data=tmp_path / "data",
            settings=for_luma(fake),
        )  # fmt: skip
    answer = printlight("parse", shot.json["file"], "--json").json
    assert (answer["form"], answer["target"]) == ("shot", "uni-1")
    assert answer["shot"] == {"kind": "printlight.shot/1", **json.loads(given)}
    assert answer["params"]["prompt"] == shot.json["prompt"]
