"""The lighting plan on paper: one page, all lamps by name, to a scale that a ruler has."""

import re
import zlib
from base64 import a85decode
from typing import Any

import pytest
from hypothesis import given

from app.resolve import resolve
from app.schema import Shot, read_data
from app.vocab import vocabulary
from app.web.paper import UNWRITTEN, pdf
from app.web.sheet import PAPERS, ROWS, SCALES, UNIT_MM, Title, sheet
from tests.shots import examples, shots

Json = dict[str, Any]

MM = 72 / 25.4
SHOWN = re.compile(rb"\(((?:\\.|[^\\)])*)\) Tj")

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
    """Return every text of a PDF in our own simple form: strings shown by Tj in compressed streams."""
    found = []
    for text in SHOWN.findall(drawn(file)):
        plain = re.sub(rb"\\(\d{3})", lambda code: bytes([int(code[1], 8)]), text)
        found.append(re.sub(rb"\\(.)", rb"\1", plain).decode("cp1252"))
    return found


def drawn(file: bytes) -> bytes:
    """Return what a PDF of ours draws."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", file, re.DOTALL)
    return b"\n".join(zlib.decompress(a85decode(one.strip().removesuffix(b"~>"))) for one in streams)


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


def test_letters_that_the_typeface_lacks_are_owned_up_to() -> None:
    assert UNWRITTEN in words_of(printed(SHOT, Title(shot="灯台")))
    assert UNWRITTEN not in words_of(printed(SHOT, Title(shot="Why? Öl, São, −3’")))


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
    assert not re.search(rb"\b(nan|inf)\b", SHOWN.sub(b"", drawn(file)))
