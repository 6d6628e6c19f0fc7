"""The lighting plans of a film: a page a shot."""

import re
from dataclasses import replace

from app.exporters import Options, export, exporters
from tests.exporters.reels import reel
from tests.printed import pages_of


def test_every_shot_has_its_page() -> None:
    first, second, third = pages_of(export(exporters["plans"], reel()).content)
    for page, title in ((first, "12A The stair"), (second, "12B The door"), (third, "13 Outside")):
        assert title in page
        assert "The Lamp Room" in page
        assert "4 May 2026 · Ada" in page
        assert "3/4 front camera right" in page
    assert any("85 mm" in words for words in first)
    assert any("35 mm" in words for words in second)


def test_letters_that_are_lacking_are_said_on_their_page_alone() -> None:
    shots = reel().shots
    film = replace(reel(), shots=(replace(shots[0], name="灯台"), shots[1]))
    first, second = pages_of(export(exporters["plans"], film).content)
    assert any(words.startswith("□ stands for letters") for words in first)
    assert not [words for words in second if "□" in words]


def test_the_paper_is_the_one_that_was_asked_for() -> None:
    file = export(exporters["plans"], reel(), Options(paper="letter")).content
    assert {float(wide) for wide in re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ", file)} == {792.0}
