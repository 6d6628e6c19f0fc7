"""`printlight import`, run as a person or a script runs it."""

import json
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.schema import read_file
from app.schema.paths import leaves
from tests.cli.test_cli import printlight

STATE = {
    "mode": "single",
    "subjectType": "character",
    "fields": {
        "shot_type": "close-up",
        "focal_length": "85mm lens",
        "subject_description": "a lighthouse keeper",
        "genre": ["no such genre"],
    },
}
GIVEN = json.dumps(STATE).encode()


def test_the_report_says_where_each_value_landed() -> None:
    ran = printlight("import", "-", "--from", "cineprompt", given=GIVEN)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "✓ subjectType: character  → subjects.character.kind subject.kind.character",
        "✓ shot_type: close-up  → camera.size camera.size.cu",
        "✓ focal_length: 85mm lens  → camera.focal_mm",
        "~ subject_description: a lighthouse keeper  → subjects.character.description",
        "✗ genre: no such genre  → intent.genre",
        "3 typed, 1 in free words, 1 unknown.",
    ]


def test_json_holds_shots_values_and_counts(tmp_path: Path) -> None:
    path = tmp_path / "keeper.json"
    path.write_bytes(GIVEN)
    answer = printlight("import", str(path), "--from", "cineprompt", "--json").json
    assert set(answer) == {"source", "title", "author", "labels", "shots", "values", "counts"}
    assert answer["counts"] == {"typed": 3, "free": 1, "unknown": 1}
    assert [set(value) for value in answer["values"]] == [
        {"shot", "field", "value", "status", "path", "term", "note"}
    ] * 5
    assert answer["shots"] == [
        {
            "kind": "printlight.shot/1",
            "intent": {"genre": {"words": "no such genre"}},
            "camera": {"size": "camera.size.cu", "focal_mm": 85},
            "subjects": {"character": {"kind": "subject.kind.character", "description": "a lighthouse keeper"}},
        }
    ]


def test_out_leaves_a_file_of_each_shot_that_compiles_and_overwrites_nothing(tmp_path: Path) -> None:
    path, out = tmp_path / "keepers.json", tmp_path / "new" / "shots"
    path.write_text(json.dumps([STATE, {"fields": {"shot_type": "wide shot"}}]))
    ran = printlight("import", str(path), "--from", "cineprompt", "--out", str(out))
    files = [out / "keepers-1.json", out / "keepers-2.json"]
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [*map(str, files), "4 typed, 1 in free words, 1 unknown."]
    assert leaves(read_file(files[1])) == {"camera.size": "camera.size.ws"}
    assert printlight("compile", str(files[0])).status == 0
    before = files[0].read_bytes()
    again = printlight("import", str(path), "--from", "cineprompt", "--out", str(out))
    assert again.status == 2
    assert "exists already" in again.err
    assert files[0].read_bytes() == before


def test_out_and_json_together_write_and_tell(tmp_path: Path) -> None:
    ran = printlight("import", "-", "--from", "cineprompt", "--out", str(tmp_path), "--json", given=GIVEN)
    assert json.loads((tmp_path / "cineprompt-1.json").read_text()) == ran.json["shots"][0]


BAD = {
    "no JSON": (b'{"fields": {\n "shot_type" }}', "line 2"),
    "binary": (bytes(range(256)), "not text (byte 128)"),
    "no state": (b'{"camera": {"focal_mm": 85}}', "no field of CinePrompt"),
    "deep nesting": (b"[" * 50_000, "nested"),
    "nothing": (b"", "line 1"),
    "too large": (b" " * 16_000_001, "larger than 16 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_unusable_input_gives_status_2_and_a_sentence(name: str) -> None:
    given, said = BAD[name]
    ran = printlight("import", "-", "--from", "cineprompt", given=given)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("printlight: Standard input")
    assert said in ran.err


def test_a_file_or_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "There is no file nowhere.json" in printlight("import", "nowhere.json", "--from", "cineprompt").err
    assert "cannot be read" in printlight("import", str(tmp_path), "--from", "cineprompt").err
    unknown = printlight("import", "-", "--from", "cinepromt", given=GIVEN)
    assert (unknown.status, "Did you mean 'cineprompt'?" in unknown.err) == (2, True)
    taken = tmp_path / "file"
    taken.write_text("")
    ran = printlight("import", "-", "--from", "cineprompt", "--out", str(taken), given=GIVEN)
    assert (ran.status, "cannot be written to" in ran.err) == (2, True)


SCRIPTS = Path(__file__).parent.parent / "importers" / "scripts"


@pytest.mark.parametrize(
    ("name", "label"), [("the_tide_clock.fountain", "Fountain"), ("the_tide_clock.fdx", "Final Draft")]
)
def test_a_script_tells_whose_file_it_is_and_leaves_a_file_of_each_shot_by_slate_and_name(
    name: str, label: str, tmp_path: Path
) -> None:
    ran = printlight("import", str(SCRIPTS / name), "--out", str(tmp_path))
    assert (ran.status, ran.err) == (0, "")
    head, *files, scenes, counts = ran.out.splitlines()
    assert (head, scenes) == (f"Read as {label}.", "The Tide Clock: 5 scenes, 8 shots.")
    assert counts.startswith("20 typed")
    assert [Path(file).name for file in files] == [
        "1-harbour.json",
        "2-clock-shop-continuous.json",
        "2B-close-on-the-tide-clock.json",
        "2C-idas-pov-the-window.json",
        "2A-delivery-van-moving.json",
        "3-on-the-causeway.json",
        "3A-insert-the-speedometer.json",
        "4-salt-flat.json",
    ]
    assert all(read_file(Path(file)) for file in files)


def test_shots_of_one_name_get_files_of_their_own(tmp_path: Path) -> None:
    script = b"INT. ROOM #1#\n\nEXT. SHORE #1#\n\nINT. ROOM #1#\n\nINT. \xe5\xb1\x8b #1#\n"
    printlight("import", "-", "--out", str(tmp_path), given=script)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "1-room-3.json",
        "1-room.json",
        "1-shore.json",
        "1.json",
    ]


GUESSED = {
    "fountain": b"FADE IN:\n\nINT. ROOM - DAY\n",
    "fdx": (SCRIPTS / "the_tide_clock.fdx").read_bytes(),
    "cineprompt": GIVEN,
}


@pytest.mark.parametrize("source", GUESSED)
def test_standard_input_is_told_by_its_beginning(source: str) -> None:
    assert printlight("import", "-", "--json", given=GUESSED[source]).json["source"] == source


def test_a_file_that_nothing_tells_names_what_is_known() -> None:
    ran = printlight("import", "-", given=b"Only a thought.")
    assert ran.status == 2
    assert "nothing tells which program it is from" in ran.err
    assert "Fountain (.fountain, .spmd)" in ran.err


def test_what_has_no_place_in_a_shot_is_told_as_its_note(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Scene,Shot,Lens,VFX,Notes\n12,A,35,Rain comp,Wet-down\n")
    ran = printlight("import", str(path), "--out", str(tmp_path / "out"))
    assert ran.out.splitlines()[:3] == [
        "Read as Shot list, CSV.",
        str(tmp_path / "out" / "12A-shot-1.json"),
        "Note on 12A: VFX: Rain comp; Wet-down",
    ]


def test_a_folder_of_pictures_comes_in_as_shots(tmp_path: Path) -> None:
    told = PngInfo()
    told.add_text("parameters", "close-up, 85mm lens\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 8x8")
    Image.new("RGB", (8, 8)).save(tmp_path / "b.png", pnginfo=told)
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    (tmp_path / "notes.txt").write_text("no picture")
    ran = printlight("import", str(tmp_path), "--json").json
    assert (ran["source"], [one["name"] for one in ran["labels"]]) == ("pictures", ["b"])
    assert ran["shots"][0]["camera"]["focal_mm"] == 85
    assert [one["value"] for one in ran["values"] if one["field"] == "picture"] == ["a.png"]
    empty = printlight("import", str(tmp_path.parent / "nothing"))
    assert empty.status == 2
