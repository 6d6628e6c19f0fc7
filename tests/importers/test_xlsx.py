"""Shot lists as workbooks: as openpyxl writes them, and as somebody hostile does."""

from contextlib import suppress
from datetime import time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.errors import ShotError
from app.exporters import export, exporters
from app.importers import Imported, import_file
from app.importers.xlsx import MAX_UNPACKED
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.exporters.reels import reel
from tests.shots import examples


def imported(raw: bytes) -> Imported:
    importer, found = import_file(raw, "list.xlsx", vocabulary())
    assert importer.id == "xlsx"
    return found


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_our_own_workbook_comes_back_as_our_own_csv_does() -> None:
    found = imported(export(exporters["xlsx"], reel()).content)
    plain = import_file(export(exporters["csv"], reel()).content, "list.csv", vocabulary())[1]
    assert found.shots == plain.shots
    assert found.labels == plain.labels


def test_the_sheet_with_the_heads_of_a_shot_list_is_read() -> None:
    crew = [["Department", "Name"], ["Camera", "Ada"]]
    shots: list[list[Any]] = [
        ["THE LAMP ROOM"],
        [],
        ["Scene", "Shot", "Lens", "ERT", "Cast"],
        [12.0, "A", 85, time(0, 0, 8), "MARA"],
    ]
    found = imported(workbook(crew, shots))
    assert found.title == "THE LAMP ROOM"
    assert found.labels[0].slate == "12A"
    said = leaves(found.shots[0])
    assert (said["camera.focal_mm"], said["duration_s"], said["subjects.mara.name"]) == (85, 8, "Mara")


def test_a_broken_line_is_told_with_its_place() -> None:
    raw = workbook([["Scene", "Shot", "Lens"], [1, "A", 35], [], [1, "B", 35, "", "T2"]])
    with pytest.raises(ShotError, match=r"list\.xlsx, line 4, column 5"):
        imported(raw)


def test_a_workbook_of_something_else_is_refused() -> None:
    with pytest.raises(ShotError, match="no heads of a shot list"):
        imported(workbook([["Album", "Artist"], ["Homogenic", "Björk"]]))


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def altered(name: str, content: bytes) -> bytes:
    """Return a workbook in which one part is another."""
    with ZipFile(BytesIO(workbook([["Scene", "Shot", "Lens"], [1, "A", 35]]))) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return packed({**parts, name: content})


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'

HOSTILE = {
    "no zip": (b"PK\x03\x04 and no more", "is no workbook that can be read"),
    "text": (b"Scene,Shot,Lens", "is no workbook that can be read"),
    "another zip": (packed({"a.txt": b"a"}), "is no workbook that can be read"),
    "entities": (altered(SHEET, LAUGHS), "declares a document type"),
    "a bomb": (altered("xl/media/a.png", b"\0" * (MAX_UNPACKED + 1)), "too large once it is unpacked"),
    "broken XML": (altered(SHEET, b"<worksheet><sheetData><row"), "is no workbook that can be read"),
    "numbers that are none": (
        altered(SHEET, b'<worksheet><sheetData><row r="x"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'),
        "no heads of a shot list",
    ),
    "too large": (b"P" * 16_000_001, "larger than 16 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_in_a_sentence(name: str) -> None:
    raw, says = HOSTILE[name]
    with pytest.raises(ShotError, match=says) as refused:
        imported(raw)
    assert refused.value.hint


def test_a_sheet_without_end_is_refused() -> None:
    book = load_workbook(BytesIO(workbook([["Scene", "Shot", "Lens"]])))
    book.worksheets[0].cell(1_048_576, 1, "end")
    out = BytesIO()
    book.save(out)
    with pytest.raises(ShotError, match="too large"):
        imported(out.getvalue())


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=20))
@examples(60)
def test_a_damaged_workbook_is_read_or_refused(at: int, junk: bytes) -> None:
    raw = workbook([["Scene", "Shot", "Lens"], [1, "A", 35]])
    with suppress(ShotError):
        imported(raw[:at] + junk + raw[at + len(junk) :])
