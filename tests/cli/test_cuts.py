"""`printlight check` of several shots, and of a film: what does not cut."""

from pathlib import Path

import pytest

from tests.cli.test_cli import CONTRADICTION, printlight
from tests.places import places

WIDE = '[framing]\naspect = 2.39\n[subjects.mara]\nname = "Mara"\nwardrobe = "a navy coat"\n'
FLAT = '[framing]\naspect = 1.85\n[subjects.mara]\nname = "Mara"\nwardrobe = "a red dress"\n'


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Three shots in files of their own: the first two cut, the third does not."""
    for name, text in (("a", WIDE), ("b", WIDE), ("c", FLAT)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.toml") for name in "abc"]


def test_several_shots_are_told_with_the_cuts_between_them(files: list[str]) -> None:
    ran = printlight("check", *files)
    assert ran.status == 1
    assert ran.out == "1 of 2 cuts holds.\n"
    first, *lines = ran.err.splitlines()
    assert first == f"{files[1]} → {files[2]}"
    assert [line.partition(" (")[0] for line in lines] == ["✗ wardrobe_changes", "! ratio_changes"]
    assert printlight("check", *files[:2]).status == 0


def test_what_is_wrong_with_each_shot_is_told_as_well(files: list[str]) -> None:
    Path(files[0]).write_text(CONTRADICTION, encoding="utf-8")
    ran = printlight("check", *files[:2])
    assert ran.status == 1
    assert ran.err.startswith(f"{files[0]}\n✗ faster_than_the_lens")
    answer = printlight("check", *files, "--json").json
    assert [one["shot"] for one in answer["shots"]] == files
    assert [one["code"] for one in answer["shots"][0]["findings"]] == ["faster_than_the_lens"]
    assert [(one["before"], one["after"]) for one in answer["cuts"]] == [tuple(files[:2]), tuple(files[1:])]
    fixes = {one["code"]: one["fix"] for one in answer["cuts"][1]["findings"]}
    assert fixes["ratio_changes"] == {"framing": {"aspect": 2.39}}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [((), "Check what?"), (("--scene", "1", "x.toml"), "Check what?"), (("--film", "x", "x.toml"), "Check what?")],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], told: str) -> None:
    ran = printlight("check", *arguments)
    assert ran.status != 0
    assert told in ran.err


def test_fixes_are_taken_in_one_shot_at_a_time(files: list[str]) -> None:
    ran = printlight("check", *files, "--fix")
    assert ran.status != 0
    assert "one shot at a time" in ran.err
    assert Path(files[2]).read_text(encoding="utf-8") == FLAT


def test_the_cuts_of_a_film_are_told_by_scene(tmp_path: Path) -> None:
    library = places.opened(tmp_path)
    assert printlight("check", "--film", "the-lamp-room", data=tmp_path).out == "0 of 0 cuts hold.\n"
    library.scenes.put_shot("two-keepers", "1")
    ran = printlight("check", "--film", "the-lamp-room", data=tmp_path)
    assert ran.err.startswith("1A The rim → 2A Two keepers\n")
    assert ran.status == 0
    answer = printlight("check", "--film", "the-lamp-room", "--scene", "1", "--json", data=tmp_path).json
    assert [(one["before"], one["after"]) for one in answer["cuts"]] == [("the-rim", "two-keepers")]
    assert "ratio_changes" in [one["code"] for one in answer["cuts"][0]["findings"]]
    assert "Did you mean '1'?" in printlight("check", "--film", "the-lamp-room", "--scene", "11", data=tmp_path).err
    assert "Did you mean 'the-lamp-room'?" in printlight("check", "--film", "the-lamp-rom", data=tmp_path).err
