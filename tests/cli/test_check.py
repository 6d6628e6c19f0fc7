"""`printlight check`: by profile, and with its fixes taken."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.test_cli import CONTRADICTION, printlight

COMMENTED = """# the keeper, on the stairs
[camera]            # a borrowed set of lenses
lens_family = "camera.lens.cooke_s4i"
t_stop = 1.3        # wide open

[place]
where = "the stairs"
"""


def test_a_fix_is_written_and_the_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "shot.toml"
    path.write_text(COMMENTED, encoding="utf-8")
    ran = printlight("check", str(path), "--fix")
    assert ran.status == 0
    assert "fixed camera.t_stop: 1.3 → 2" in ran.err
    after = path.read_text(encoding="utf-8")
    assert tomllib.loads(after)["camera"]["t_stop"] == 2
    for comment in ("# the keeper, on the stairs", "# a borrowed set of lenses", "# wide open"):
        assert comment in after


def test_a_sample_is_mended_inside_its_shot(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_text('kind = "sample"\nname = "x"\n[shot.camera]\nlens_family = "camera.lens.cooke_s4i"\nt_stop = 1.3\n')
    assert printlight("check", str(path), "--fix").status == 0
    assert tomllib.loads(path.read_text())["shot"]["camera"]["t_stop"] == 2


def test_a_json_file_stays_json(tmp_path: Path) -> None:
    path = tmp_path / "shot.json"
    path.write_text(json.dumps(tomllib.loads(CONTRADICTION)))
    assert printlight("check", str(path), "--fix").status == 0
    assert json.loads(path.read_text())["camera"]["t_stop"] == 2


def test_a_shot_from_standard_input_is_printed_mended() -> None:
    ran = printlight("check", "-", "--fix", given=CONTRADICTION.encode())
    assert ran.json["camera"]["t_stop"] == 2
    told = printlight("check", "-", "--fix", "--json", given=CONTRADICTION.encode()).json
    assert told["shot"]["camera"]["t_stop"] == 2
    assert told["findings"] == []
    assert told["fixed"][0][1] == [["camera.t_stop", 1.3, 2]]


def test_what_offers_no_fix_is_left_and_said(tmp_path: Path) -> None:
    path = tmp_path / "shot.toml"
    path.write_text('[camera]\nfocal_mm = 50\nformat = "camera.format.super_35_3perf"\n')
    before = path.read_bytes()
    ran = printlight("check", str(path), "--fix")
    assert (ran.status, path.read_bytes()) == (0, before)
    assert "No finding offers a fix." in ran.err


@pytest.mark.parametrize(("profile", "asked"), [("picture", False), ("set", True)])
def test_the_set_is_asked_for_gear_that_exists(profile: str, asked: bool) -> None:  # noqa: FBT001  a table's column
    shot = b'[camera]\nlens_family = "camera.lens.helios_44"\nfocal_mm = 35\nformat = "camera.format.full_frame"\n'
    found = printlight("check", "-", "--profile", profile, "--json", given=shot).json
    assert any(one["code"] == "focal_not_made" for one in found) is asked


def test_a_mended_file_keeps_its_mode_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "shot.toml"
    path.write_text(COMMENTED, encoding="utf-8")
    path.chmod(0o640)
    assert printlight("check", str(path), "--fix").status == 0
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["shot.toml"]
