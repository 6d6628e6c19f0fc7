"""The lighting plan on paper: one page, all lamps by name, to a scale that a ruler has."""

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.resolve import resolve
from app.schema import Shot, read_data
from app.views.paper import pdf
from app.views.pen import HOLE, PAPERS, unprinted
from app.views.sheet import ROWS, SCALES, UNIT_MM, Title, sheet
from app.vocab import vocabulary
from tests.printed import drawings_of, pages_of
from tests.shots import examples, shots

Json = dict[str, Any]

MM = 72 / 25.4
SHOWN = re.compile(rb"\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)

SHOT: Json = {
    "camera": {"size": "camera.size.mcu", "format": "camera.format.super_35_3perf", "focal_mm": 85, "t_stop": 2},
    "subjects": {"mara": {"kind": "subject.kind.character", "name": "Mara"}},
    "lights": {
        "key": {
            "role": "light.role.key",
            "fixture": "light.fixture.fresnel",
            "azimuth_deg": 45,
            "elevation_deg": 30,
            "distance_m": 2.5,
            "cct_k": 3200,
            "gels": ["light.gel.ctb_full"],
            "modifiers": ["light.modifier.grid_cloth"],
            "stops": 0,
        },
        "neg": {"slot": 1, "modifiers": ["light.modifier.negative_fill"], "side": "left"},
    },
}
TITLE = Title("The Lamp Room", "4A", "The letter", "1 May 2026", "Mara Ek")


def printed(data: Json | Shot, title: Title = TITLE, paper: str = "a4") -> bytes:
    shot = data if isinstance(data, Shot) else read_data(data)
    return pdf(sheet(resolve(shot, vocabulary()), title, paper))


def words_of(file: bytes) -> list[str]:
    """Return every text of a PDF of one page."""
    (words,) = pages_of(file)
    return words


@pytest.mark.parametrize("paper", PAPERS)
def test_the_sheet_is_one_page_of_its_paper(paper: str) -> None:
    file = printed(SHOT, paper=paper)
    assert file.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", file)) == 1
    (box,) = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", file)
    assert [float(side) for side in box] == pytest.approx([side * MM for side in PAPERS[paper]], abs=0.1)


def test_the_sheet_says_all_that_a_set_needs() -> None:
    words = words_of(printed(SHOT))
    for said in (
        *("4A The letter", "The Lamp Room", "1 May 2026 · Mara Ek", "1 key", "2 neg", "Mara", "Camera"),
        *("key", "Fresnel", "Key", "3/4 front camera right, 30° up, 2.5 m", "at exposure"),
        *("neg", "camera left", "Negative fill", "takes light away"),
    ):
        assert said in words, said
    assert any(one.startswith("Medium close-up · Super 35 3-perf · 85 mm · T2") for one in words)
    assert any("Full CTB, Grid cloth" in one for one in words)
    assert any(re.fullmatch(r"Plan, from above, 1:\d+", one) for one in words)


def test_the_scale_is_a_rulers_and_true() -> None:
    one = sheet(resolve(read_data(SHOT), vocabulary()), TITLE)
    assert one.scale in SCALES
    assert one.above.metre * UNIT_MM == pytest.approx(1000 / one.scale)
    hero = next(thing for thing in one.above.things if thing.key == "subjects.mara")
    camera = next(thing for thing in one.above.things if thing.key == "camera")
    away = resolve(read_data(SHOT), vocabulary()).number("camera.distance_m")
    assert away is not None
    apart_mm = abs(camera.middle.y - hero.middle.y) * UNIT_MM
    assert apart_mm == pytest.approx(away * 1000 / one.scale, abs=2.5)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert printed(SHOT) == printed(SHOT)


PRINTED = ("Маяк, ночь", "Ψυχή τοῦ φάρου", "Łódź, Gdańsk, żółć", "Ngọn đèn biển", "Öl, São, −3’", "Ş, Ğ, İ, Ő", "Why?")


@pytest.mark.parametrize("name", PRINTED)
def test_the_letters_of_europe_and_vietnam_are_printed(name: str) -> None:
    words = words_of(printed(SHOT, Title(shot=name)))
    assert name in words
    assert not [one for one in words if HOLE in one]
    assert name in words_of(printed(SHOT, Title(shot=unicodedata.normalize("NFD", name))))


@pytest.mark.parametrize(
    ("name", "shown", "told"),
    [
        ("灯台", "□□", "CJK U+53F0, U+706F"),
        ("שלום", "□□□□", "Hebrew U+05D5, U+05DC, U+05DD, U+05E9"),
        ("Night 🌙", "Night □", "crescent moon U+1F319"),
    ],
)
def test_letters_that_the_typeface_lacks_are_named_on_the_sheet(name: str, shown: str, told: str) -> None:
    words = words_of(printed(SHOT, Title(shot=name)))
    assert shown in words
    assert any(one.startswith(f"□ stands for letters that this typeface lacks: {told}.") for one in words), words[-1]


@given(st.sets(st.characters(), min_size=1))
@examples(50)
def test_no_letter_goes_unmentioned(letters: set[str]) -> None:
    told = unprinted(letters)
    more = re.search(r"and (\d+) more", told)
    assert told.count("U+") + (int(more[1]) if more else 0) == len(letters)


def test_lamps_that_find_no_room_are_counted() -> None:
    many = {f"lamp_{number}": {"slot": number, "azimuth_deg": number * 9} for number in range(ROWS + 3)}
    words = words_of(printed({"lights": many}))
    assert "3 more lamps are in the shot." in words
    assert f"lamp {ROWS - 1}" in words


def test_an_empty_shot_has_a_sheet() -> None:
    assert "No lamp is said." in words_of(printed({}, Title()))


@given(shots())
@examples(25)
def test_any_shot_prints_on_one_page(shot: Shot) -> None:
    file = printed(shot)
    assert len(re.findall(rb"/Type /Page\b", file)) == 1
    assert not re.search(rb"\b(nan|inf)\b", SHOWN.sub(b"", drawings_of(file)[0]))
