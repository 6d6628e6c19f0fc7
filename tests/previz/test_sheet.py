"""The contact sheet's shots: each says its light by name, and by nothing that its own numbers contradict."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.lint import lint
from app.previz.sheet import FACETS, main, page, shot, terms
from app.resolve import resolve
from app.vocab import Term, vocabulary


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.id)
def test_each_shot_says_its_light_by_name_and_contradicts_nothing(term: Term) -> None:
    resolved = resolve(shot(term), vocabulary())
    assert resolved.value(FACETS[term.id.rpartition(".")[0]][0]) == term.id
    assert [one.message for one in lint(resolved) if one.severity == "error"] == []


def test_the_page_shows_every_named_light() -> None:
    for term in terms():
        assert f"`{term.id}`" in page()
        assert f"lighting/{term.id.replace('.', '_')}.jpg" in page()


def test_a_light_that_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(tmp_path), "light.pattern.nonesuch"]) == 2
    assert "nonesuch" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_page_needs_no_renderer() -> None:
    code = "import sys; from app.previz import sheet; sheet.page(); raise SystemExit('mitsuba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
