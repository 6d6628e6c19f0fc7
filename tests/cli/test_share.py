"""`printlight share`, and `printlight import` of what it wrote."""

from pathlib import Path

from tests.cli.test_cli import printlight


def test_a_film_goes_from_one_library_to_another_once(tmp_path: Path) -> None:
    file, ada, bo = tmp_path / "lamp.printlight", tmp_path / "ada", tmp_path / "bo"
    ran = printlight("share", "the-lamp-room", "--takes", "--out", str(file), data=ada)
    assert (ran.status, ran.err, ran.out) == (0, "", f"{file}\n")
    written = file.read_bytes()
    again = printlight("share", "the-lamp-room", "--out", str(file), data=ada)
    assert (again.status, "exists already" in again.err, file.read_bytes() == written) == (2, True, True)
    told = printlight("import", str(file), data=bo)
    assert told.out.startswith("The Lamp Room, imported (the-lamp-room-")
    assert "+ shot 1A The rim: new\n" in told.out
    assert told.out.endswith("Nothing is kept yet: add --keep.\n")
    first, second = (printlight("import", str(file), "--keep", "--json", data=bo).json for _ in "12")
    assert (first["film"]["new"], first["kept"]) == (True, True)
    assert (second["film"]["new"], second["kept"]) == (False, False)
    assert {one["state"] for one in first["found"]} == {"new"}
    assert {one["state"] for one in second["found"]} == {"here"}
    assert len(printlight("films", "--json", data=bo).json) == 2


def test_a_shot_is_put_into_a_film_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "rim.printlight"
    printlight("share", "the-rim", "--out", str(file), data=tmp_path)
    asked = printlight("import", str(file), "--keep", data=tmp_path)
    assert (asked.status, "Which film?" in asked.err) == (2, True)
    kept = printlight("import", str(file), "--keep", "the-lamp-room", data=tmp_path)
    assert "All of this is here already." in kept.out
    wrong = printlight("import", str(file), "--keep", "the-lamp-rom", data=tmp_path)
    assert (wrong.status, "'the-lamp-room'" in wrong.err) == (2, True)
    folder = printlight("import", str(file), "--out", str(tmp_path), data=tmp_path)
    assert (folder.status, "into the library" in folder.err) == (2, True)


def test_a_link_is_printed_for_all_but_a_film(tmp_path: Path) -> None:
    for name in ("the-rim", "Mara"):
        assert printlight("share", name, "--link", data=tmp_path).out.startswith("/open#v1.")
    film = printlight("share", "the-lamp-room", "--link", data=tmp_path)
    assert (film.status, "too much for a link" in film.err) == (2, True)
    nobody = printlight("share", "nobody", data=tmp_path)
    assert (nobody.status, "No preset is called 'nobody'" in nobody.err) == (2, True)
