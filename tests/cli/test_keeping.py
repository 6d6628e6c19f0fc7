"""`printlight backup`, `restore` and `doctor`, as a person runs them."""

from pathlib import Path

from tests.cli.test_cli import printlight
from tests.library.libraries import filled
from tests.places import places


def test_a_library_goes_from_one_machine_to_another(tmp_path: Path) -> None:
    here, there, file = tmp_path / "here", tmp_path / "there", str(tmp_path / "a.backup")
    filled(places.library(here))
    ran = printlight("backup", file, data=here)
    assert (ran.status, ran.err) == (0, "")
    size = Path(file).stat().st_size
    assert ran.out.startswith(f"{file} holds 1 film, 1 shot, 2 takes, 2 pictures, {size:,} bytes in all.\nThe keys of")
    assert (ran := printlight("backup", file, data=here)).status == 2
    assert "is there already" in ran.err
    assert printlight("backup", file, "--replace", data=here).status == 0
    ran = printlight("restore", file, data=there)
    assert (ran.status, ran.err) == (0, "")
    assert "1 film, 1 shot, 2 takes, and 2 pictures that were not here.\n1 take waited then" in ran.out
    assert "type them again" in ran.out
    assert "library here already" in printlight("restore", file, data=there).err
    ran = printlight("restore", file, "--replace", data=there)
    assert f"is kept in {there}/before-restore-" in ran.out
    assert printlight("films", data=there).out.startswith("the-ferry")


def test_the_doctor_tells_mends_and_ends_with_what_is_left(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path))
    ran = printlight("doctor", data=tmp_path)
    assert (ran.status, ran.out) == (0, "Nothing is wrong.\n")
    (tmp_path / "secret.key").write_text("secret")
    ran = printlight("doctor", data=tmp_path)
    assert (ran.status, "--mend" in ran.out) == (1, True)
    ran = printlight("doctor", "--json", data=tmp_path)
    assert ran.status == 1
    (told,) = ran.json["found"]
    assert (told["code"], told["mendable"], told["things"]) == ("key.open", True, [str(tmp_path / "secret.key")])
    ran = printlight("doctor", "--mend", data=tmp_path)
    assert (ran.status, ran.out.startswith("key.open: Mended."), "Nothing else is wrong." in ran.out) == (0, True, True)
    for one in library.pictures.all().values():
        library.pictures.store.remove(one.key)
    ran = printlight("doctor", "--mend", "--json", data=tmp_path)
    assert (ran.status, [one["code"] for one in ran.json["found"]]) == (1, ["picture.missing"])
    ran = printlight("backup", str(tmp_path / "a.backup"), data=tmp_path)
    assert (ran.status, ran.err.count("is named and not there")) == (1, 2)
    ran = printlight("restore", str(tmp_path / "a.backup"), "--replace", data=tmp_path)
    assert (ran.status, ran.err.count("is named and not there")) == (1, 2)
