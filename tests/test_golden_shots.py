"""The shots of the golden pages read like a film: each is sound, and each is hard in the way that its comment says."""

import re
from pathlib import Path
from typing import Any

import pytest

from app.pipeline import check_shot
from app.schema import Shot, read_text
from app.schema.checks import Checks
from app.vocab import vocabulary

FOLDER = Path(__file__).parent / "golden" / "shots"
FILES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))}
VOCABULARY = vocabulary()
EXPECTS = "# expects:"

every_shot = pytest.mark.parametrize("name", FILES)


def shot(name: str) -> Shot:
    return read_text(FILES[name], name)


def expected(name: str) -> set[str]:
    """Return the codes that a shot names in its own comment."""
    lines = [line.removeprefix(EXPECTS) for line in FILES[name].splitlines() if line.startswith(EXPECTS)]
    assert lines, "a golden shot says which warnings it raises, if only an empty list"
    return {code.strip() for line in lines for code in line.split(",")} - {""}


def texts(value: Any) -> list[str]:
    """Return every text that a document holds, ids of terms as well."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


@every_shot
def test_a_golden_shot_is_sound_and_raises_only_what_it_names(name: str) -> None:
    findings = check_shot(shot(name), VOCABULARY, Checks(profile="set"))
    assert [one.message for one in findings if one.severity == "error"] == []
    assert {one.code for one in findings if one.severity == "warning"} == expected(name)
    assert FILES[name].startswith("# ")


def test_the_watchmaker_has_two_beats_two_lamps_and_two_pictures() -> None:
    found = shot("watchmaker")
    assert [(beat.start_s, beat.end_s) for beat in found.beats.values()] == [(0, 4), (4, 8)]
    assert found.duration_s == 8
    assert (len(found.lights), len(found.references)) == (2, 2)
    assert found.beats["set"].says == {"watchmaker": "There you are."}
    assert all(one.asset for one in found.references.values())


def test_everybody_at_the_table_has_clothes_a_place_and_a_lamp_of_their_own() -> None:
    found = shot("three_at_the_table")
    assert len({one.wardrobe for one in found.subjects.values()}) == 3
    assert len({one.screen_x for one in found.subjects.values()}) == 3
    assert {one.aimed_at for one in found.lights.values()} == set(found.subjects)


def test_names_are_written_in_their_own_letters() -> None:
    names = " ".join(one.name or "" for one in shot("right_to_left").subjects.values())
    for script in ("[\u0600-\u06ff]", "[\u0590-\u05ff]", "[\u4e00-\u9fff]", "[\uac00-\ud7af]"):
        assert re.search(script, names)


def test_there_are_as_many_as_the_names_say() -> None:
    nine = shot("nine_references")
    assert len({one.asset for one in nine.references.values()}) == 9
    assert len({one.role for one in nine.references.values()}) >= 7
    assert len(shot("twelve_lights").lights) == 12
    assert shot("empty") == Shot()


def test_the_drive_has_three_beats_and_nobody_stands_before_the_bottle() -> None:
    drive = shot("night_drive")
    assert [beat.end_s for beat in drive.beats.values()] == [5, 10, 15]
    assert len({who for beat in drive.beats.values() for who in beat.says}) == 2
    assert {one.kind for one in shot("product_splash").subjects.values()} == {"subject.kind.product"}
    assert {one.kind for one in shot("wolf_at_dusk").subjects.values()} == {"subject.kind.creature"}


def test_kelvin_is_pinned_and_colours_are_codes() -> None:
    old = shot("old_man_close")
    assert all(old.marks[f"lights.{name}.cct_k"].pin for name in old.lights)
    assert old.look
    assert all(str(one).startswith("#") for one in old.look.colours)


@pytest.mark.parametrize(
    "sign", ["[", "]", "(", "{", "}", "<", ">", "--", "::", ":1", '"', "'", "|", "\\", "@", "#", "%", "`"]
)
def test_the_sign_shouts_in_every_language_of_prompts(sign: str) -> None:
    assert sign in "\n".join(texts(shot("loud_sign").model_dump(mode="json", exclude_defaults=True)))


def test_the_budget_is_broken_by_words_and_two_pins() -> None:
    edge = shot("edge_of_budget")
    assert sum(len(text) for text in texts(edge.model_dump(mode="json", exclude_defaults=True))) > 4_500
    assert len([mark for mark in edge.marks.values() if mark.pin]) == 2
