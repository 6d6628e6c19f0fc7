"""The storyboard: six frames a page, and no word beyond its frame."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters import Options, Reel, export, exporters
from app.views.pen import BOLD, FACE, lines
from tests.exporters.reels import STILL, picture, reel, shot, take
from tests.printed import drawings_of, pages_of
from tests.shots import AWKWARD, examples

MM = 72 / 25.4
IMAGE = re.compile(rb"([\d.]+) 0 0 ([\d.]+) ([\d.]+) ([\d.]+) cm\s+/FormXob")
LONG = "She waits at the top of the stair until the lamp has turned away from her, and then she goes on. " * 6


def board(film: Reel, options: Options | None = None) -> bytes:
    return export(exporters["storyboard"], film, options).content


def images(page: bytes) -> list[tuple[float, ...]]:
    """Return width, height, left and foot of each picture, in mm."""
    return [tuple(float(side) / MM for side in found) for found in IMAGE.findall(page)]


def test_a_frame_says_what_is_shot() -> None:
    patch = {
        "beats": {"b1": {"moves": {"one": {"path": "camera.move.dolly_in", "amount_m": 2}}}},
        "intent": {"says": "She hears a step."},
    }
    (page,) = pages_of(board(replace(reel(), shots=(shot(patch=patch), *reel().shots[1:]))))
    for words in (
        *("The Lamp Room", "Scenes 12, 13 · page 1 of 1 · 4 May 2026 · Ada", "12A The stair"),
        *(f"Close-up · 85 mm, T2 · {STILL['duration_s']:g} s · take 3, circled", "Dolly in, 2 m", "She hears a step."),
        *("Mara: Who is there?", "Wait for the wind.", "12B The door", "13 Outside", "Close-up", "85 mm, T2"),
    ):
        assert words in page, (words, page)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (6, 1), (7, 2), (13, 3)])
def test_six_frames_stand_on_a_page(count: int, pages: int) -> None:
    film = replace(reel(), shots=tuple(shot(f"7{letter}", take_or_not) for letter, take_or_not in _named(count)))
    found = pages_of(board(film))
    assert len(found) == pages
    assert [sum("The shot" in words for words in page) for page in found[:-1]] == [6] * (pages - 1)
    assert any(f"page {pages} of {pages}" in words for words in found[-1])


def _named(count: int) -> list[tuple[str, str]]:
    return [(letter, "The shot") for letter in "ABCDEFGHJKLMN"[:count]]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("size", [(478, 200), (200, 478), (300, 300)])
def test_a_picture_stands_whole_in_its_room(paper: str, size: tuple[int, int]) -> None:
    one = replace(shot(), take=replace(take(), content=lambda: picture(90, *size)))
    (page,) = drawings_of(board(replace(reel(), shots=(one,) * 6), Options(paper=paper)))  # type: ignore[arg-type]
    found = images(page)
    assert len(found) == 6
    for wide, high, left, foot in found:
        assert wide / high == pytest.approx(size[0] / size[1], rel=0.02)
        assert left >= 10
        assert left + wide <= {"a4": 297, "letter": 279.4}[paper] - 10 + 0.01
        assert foot >= 10
        assert high <= 50


def test_pictures_are_printed_at_150_dpi() -> None:
    large = replace(take(), content=lambda: picture(90, 3000, 2000))
    file = board(replace(reel(), shots=(replace(shot(), take=large),)))
    ((wide, _, _, _),) = images(drawings_of(file)[0])
    (pixels,) = re.findall(rb"/Width (\d+)", file)
    assert int(pixels) / (wide / 25.4) == pytest.approx(150, rel=0.02)


def test_a_shot_without_a_take_has_a_frame_of_its_ratio() -> None:
    upright = replace(shot(patch={"framing": {"aspect": 0.5625}}), take=None)
    (page,) = drawings_of(board(replace(reel(), shots=(upright,))))
    ((wide, high),) = re.findall(rb"([\d.]+) ([\d.]+) re B", page)
    assert float(wide) / float(high) == pytest.approx(0.5625, rel=0.01)


def test_no_text_leaves_its_frame() -> None:
    one = replace(shot(patch={"intent": {"says": LONG}}), name=LONG, note=LONG)
    spoken = replace(one, resolved=shot(patch={"beats": {"b1": {"says": {"mara": LONG}}}}).resolved)
    (page,) = drawings_of(board(replace(reel(), title=LONG, author=LONG, shots=(one, spoken) * 3)))
    feet = [float(foot) / MM for foot in re.findall(rb"1 0 0 1 [\d.]+ ([\d.]+) Tm", page)]
    assert min(feet) >= 10
    (words,) = pages_of(board(replace(reel(), shots=(one,))))
    assert sum(text.endswith("…") for text in words) == 3


WIDTHS = st.floats(10, 120)
WORDS = st.sampled_from([*AWKWARD, "lighthouse", "a", "W" * 60])
TEXTS = st.text(max_size=200) | st.lists(WORDS, max_size=30).map(" ".join)


@given(TEXTS, WIDTHS, st.integers(0, 4), st.booleans())
@examples(100)
def test_lines_fit_and_say_what_they_leave_out(text: str, wide: float, most: int, bold: bool) -> None:  # noqa: FBT001
    found = lines(text, wide, 8, most, bold=bold)
    assert len(found) <= most
    assert all(measured(line, bold=bold) <= wide + 0.01 for line in found)
    whole = " ".join(found) == " ".join(text.split())
    assert whole or most == 0 or any(line.endswith("…") for line in found)


def measured(line: str, *, bold: bool) -> float:
    """Return the width of a line in mm, as the printer sets it."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    from app.views.pen import _face, _written

    return float(stringWidth(_written(line), _face(BOLD if bold else FACE), 8)) / MM
