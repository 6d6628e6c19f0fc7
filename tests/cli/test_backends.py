"""`printlight backends`: what there is, and what answers."""

from pathlib import Path

from tests.backends.fakes import forge
from tests.backends.fakes.serving import closed_port
from tests.cli.test_cli import printlight


def test_all_are_listed_with_what_they_need(tmp_path: Path) -> None:
    ran = printlight("backends", data=tmp_path)
    assert ran.status == 0
    assert "previz" in ran.out
    assert "Uni-1 needs a key" in ran.out or "Luma needs a key" in ran.out


def test_a_key_is_never_told(tmp_path: Path) -> None:
    ran = printlight("backends", "--json", data=tmp_path, settings={"LUMA_AGENTS_API_KEY": "luma-api-secret"})
    assert ran.status == 0
    assert "luma-api-secret" not in ran.out
    assert {one["id"]: one["has_key"] for one in ran.json}["uni1"] is True


def test_one_is_asked(tmp_path: Path) -> None:
    with forge.served() as served:
        ran = printlight("backends", "a1111", data=tmp_path, settings={"A1111_URL": served.url})
    assert (ran.status, "It is there" in ran.out) == (0, True)
    gone = {"A1111_URL": f"http://127.0.0.1:{closed_port()}"}
    ran = printlight("backends", "a1111", data=tmp_path, settings=gone)
    assert (ran.status, "cannot be reached" in ran.err) == (2, True)
    ran = printlight("backends", "a1112", data=tmp_path, settings=gone)
    assert (ran.status, "a1111" in ran.err) == (2, True)
