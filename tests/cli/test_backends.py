"""`printlight backends`: what there is, and what answers."""

import json
from pathlib import Path

import pytest

from app.cli.main import main
from tests.backends.fakes import forge
from tests.backends.fakes.serving import closed_port


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTLIGHT_DATA", str(tmp_path))
    for name in ("LUMA_AGENTS_API_KEY", "A1111_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def status(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["backends", *words])
    return int(ended.value.code or 0)


def test_all_are_listed_with_what_they_need(capsys: pytest.CaptureFixture[str]) -> None:
    assert status() == 0
    said = capsys.readouterr().out
    assert "previz" in said
    assert "Uni-1 needs a key" in said or "Luma needs a key" in said


def test_a_key_is_never_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMA_AGENTS_API_KEY", "luma-api-secret")
    assert status("--json") == 0
    said = capsys.readouterr().out
    assert "luma-api-secret" not in said
    assert {one["id"]: one["has_key"] for one in json.loads(said)}["uni1"] is True


def test_one_is_asked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with forge.served() as served:
        monkeypatch.setenv("A1111_URL", served.url)
        assert status("a1111") == 0
    assert "It is there" in capsys.readouterr().out
    monkeypatch.setenv("A1111_URL", f"http://127.0.0.1:{closed_port()}")
    assert status("a1111") == 2
    assert "cannot be reached" in capsys.readouterr().err
    assert status("a1112") == 2
    assert "a1111" in capsys.readouterr().err
