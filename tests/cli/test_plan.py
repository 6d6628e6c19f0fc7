"""`printlight plan`: one sheet of paper, where it was asked for."""

from pathlib import Path

from tests.cli.test_cli import printlight
from tests.views.test_paper import words_of

SHOT = b'[lights.key]\nrole = "light.role.key"\nazimuth_deg = -45\n'


def test_a_plan_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    shot = tmp_path / "the_stairs.toml"
    shot.write_bytes(SHOT)
    out = tmp_path / "plan.pdf"
    ran = printlight("plan", str(shot), "--out", str(out), "--paper", "letter")
    assert (ran.status, ran.out) == (0, f"{out}\n")
    words = words_of(out.read_bytes())
    assert "The stairs" in words
    assert "3/4 front camera left" in words
    assert any(one.endswith("· Test") for one in words)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    ran = printlight("plan", "-", "--out", str(tmp_path / "no" / "plan.pdf"), given=SHOT)
    assert ran.status == 2
    assert "cannot be written" in ran.err
    assert "--out" in ran.err
