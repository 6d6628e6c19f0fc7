"""Every operation of the HTTP API at the command line: told from its document, called, and refused in sentences."""

import json
from pathlib import Path

import pytest

from app.web.app import create_app
from tests.cli.test_cli import printlight
from tests.places import places


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def test_every_operation_of_the_document_is_listed(data: Path) -> None:
    listed = {one["name"] for one in printlight("api", "--json", data=data).json}
    paths = create_app(places.at(data)).openapi()["paths"].values()
    assert listed == {one["operationId"] for methods in paths for one in methods.values()}
    told = printlight("api", data=data).out
    assert "review_take take= [circled=] [stars=] [note=]" in told


def test_shots_are_written_changed_and_read(data: Path) -> None:
    made = printlight("api", "create_shot", "film=the-lamp-room", "name=The quay", "slate=7A", data=data)
    assert made.status == 0
    name = made.json["id"]
    patch = '{"camera": {"focal_mm": 40}}'
    changed = printlight("api", "patch_shot", f"shot={name}", "version=1", f"body={patch}", data=data)
    assert (changed.status, changed.json["version"]) == (0, 2)
    (data / "shot.json").write_text(json.dumps({"camera": {"focal_mm": 50}}))
    late = printlight("api", "patch_shot", f"shot={name}", "version=1", f"body=@{data / 'shot.json'}", data=data)
    assert (late.status, "saved" in late.err) == (2, True)
    saved = printlight("api", "get_shot", f"shot={name}", data=data).json
    assert (saved["slate"], saved["version"], saved["shot"]["camera"]["focal_mm"]) == ("7A", 2, 40)


def test_a_file_goes_in_and_one_comes_out(data: Path, tmp_path: Path) -> None:
    script = tmp_path / "tide.fountain"
    script.write_text("INT. LAMP ROOM - NIGHT\n\nMara waits.\n\nEXT. QUAY - DAWN\n\nA boat.\n")
    came = printlight("api", "import_into_film", "film=the-lamp-room", f"file=@{script}", data=data).json
    assert len(came["shots"]) == 2
    out = tmp_path / "list.csv"
    formats = [one["id"] for one in printlight("api", "list_formats", data=data).json]
    assert "csv" in formats
    printlight("api", "export_film", "film=the-lamp-room", "kind=csv", "--out", str(out), data=data)
    assert "EXT" in out.read_text()


REFUSED = {
    "an unknown operation": (("get_shots",), "Did you mean"),
    "a field that there is not": (("get_shot", "shot=the-rim", "x=1"), "No field of get_shot is called 'x'"),
    "a field that is missing": (("get_shot",), "get_shot needs shot. "),
    "a file that there is not": (("import_into_film", "film=the-lamp-room", "file=@nowhere.fdx"), "cannot be read"),
    "a wrong type": (("review_take", "take=x", "stars=many"), "stars"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_a_sentence(name: str, data: Path) -> None:
    arguments, said = REFUSED[name]
    ran = printlight("api", *arguments, data=data)
    assert ran.status == 2
    assert said.strip() in ran.err
