"""The shot list as Markdown, read again by a Markdown parser."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.exporters import Reel, export, exporters
from app.schema import Segment
from tests.exporters.reels import STILL, reel, shot


def tokens(film: Reel) -> list[Token]:
    return MarkdownIt().enable("table").parse(export(exporters["markdown"], film).content.decode())


def texts(film: Reel) -> Iterator[str]:
    """Yield what a reader sees, block by block."""
    for token in tokens(film):
        if token.type in {"inline", "fence"}:
            yield "".join(one.content for one in token.children or [token])


def headings(film: Reel) -> list[tuple[str, str]]:
    parsed = tokens(film)
    return [
        (one.tag, "".join(part.content for part in words.children or ()))
        for one, words in pairwise(parsed)
        if one.type == "heading_open"
    ]


def test_the_film_is_read_scene_by_scene() -> None:
    assert headings(reel()) == [
        ("h1", "The Lamp Room"),
        ("h2", "Scene 12"),
        ("h3", "12A The stair"),
        ("h3", "12B The door"),
        ("h2", "Scene 13"),
        ("h3", "13 Outside"),
    ]


def test_a_shot_is_told_by_department() -> None:
    seen = list(texts(reel()))
    for words in (
        "Ada · 4 May 2026",
        f"Close-up · 85 mm, T2 · {STILL['duration_s']:g} s",
        "Wait for the wind.",
        "Frame: Close-up · aspect ratio 2.39:1",
        "Subject: Mara · a lighthouse keeper",
        "Place: Interior",
        "Look: Kodak Vision3 500T",
        "References: aaaaaaaa · Character · Mara",
        "Stands for it: take 3, circled, 12A-3.png",
    ):
        assert any(one.startswith(words) for one in seen), (words, seen)
    assert any("Mara: Who is there?" in one for one in seen)
    assert any(one.startswith("The light reads: ") for one in seen)


def test_lamps_stand_in_a_table() -> None:
    film = replace(reel(), shots=(shot(patch={"lights": {"key": {"angular_size_deg": 20, "distance_m": 2.5}}}),))
    parsed = tokens(film)
    cells = [two.content for one, two in pairwise(parsed) if one.type in {"th_open", "td_open"}]
    assert cells[1:9] == ["Lamp", "Fixture", "Role", "Position", "Colour", "Gel, modifier", "Level", "Also"]
    assert cells[9:13] == ["1", "key", "open", "Key"]
    assert cells[13:18] == [
        *("3/4 front camera right, 2.5 m", "5600 K neutral", "–", "at exposure", "45° · softness 20°"),
    ]


def test_the_prompt_stands_in_a_block_with_its_losses() -> None:
    film = reel()
    block = next(token for token in tokens(film) if token.type == "fence")
    assert block.content.rstrip("\n") == film.shots[0].compiled.text
    assert any("(approximated): " in one or "(dropped): " in one for one in texts(film))


def test_prompts_that_stay_home_are_said_to() -> None:
    seen = list(texts(replace(reel(), prompts_stay=True)))
    assert "Prompts are not given away with this film." in seen
    assert not [one for one in seen if one.startswith("Prompt for")]


MARKS = ("# no head", "*a* _b_ `c`", "<b>x</b> & [y](z)", "a | b", "1. x\n2. y", "~~z~~", "\\")


@pytest.mark.parametrize("name", MARKS)
def test_words_are_never_read_as_marks(name: str) -> None:
    one = replace(shot(), name=name, note=name)
    film = replace(reel(), title=name, shots=(one,))
    plain = " ".join(name.split())
    assert [words for _, words in headings(film)] == [plain, "Scene 12", f"12A {plain}"]
    assert plain in list(texts(film))


def test_a_prompt_with_fences_stays_in_its_block() -> None:
    text = "a\n```\nb\n````\n# c"
    held = shot()
    one = replace(held, compiled=replace(held.compiled, text=text, segments=(Segment(text),)))
    film = replace(reel(), shots=(one,))
    (block,) = [token for token in tokens(film) if token.type == "fence"]
    assert block.content == f"{text}\n"
