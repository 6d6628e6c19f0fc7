"""The shot list as a workbook, opened again by openpyxl."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from app.exporters import Options, Reel, export, exporters
from tests.exporters.reels import picture, reel, shot, take
from tests.exporters.test_csv import FORMULAS


def opened(film: Reel, options: Options | None = None) -> Workbook:
    return load_workbook(BytesIO(export(exporters["xlsx"], film, options).content))


def shots(film: Reel, options: Options | None = None) -> Worksheet:
    sheet = opened(film, options)["Shots"]
    assert isinstance(sheet, Worksheet)
    return sheet


def pictures_on(sheet: Worksheet) -> list[Any]:
    found: list[Any] = sheet._images  # type: ignore[attr-defined]  # openpyxl has no public way to them
    return found


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    heads, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def test_the_list_has_numbers_as_numbers() -> None:
    first, *_, last = table(shots(reel()))
    assert (first["Scene"], first["Shot"], first["Shot size"]) == (12, "12A", "Close-up")
    assert (first["Lens (mm)"], first["T-stop"], first["Ratio (n:1)"], first["Take"]) == (85, 2, 2.39, 3)
    assert (last["Scene"], last["Length (s)"], last["Take"]) == (13, None, None)


def test_the_gaffer_has_a_sheet_of_lamps() -> None:
    lamps = table(opened(reel())["Lamps"])
    assert [lamp["Shot"] for lamp in lamps] == ["12A", "12B", "13"]
    first = lamps[0]
    assert (first["Lamp"], first["Role"], first["Azimuth (°)"], first["Colour (K)"], first["Stops"]) == (
        *("key", "Key", 45, 5600, 0),
    )
    assert first["Position"] == "3/4 front camera right"


def test_the_head_stays_and_the_sheet_prints_lying() -> None:
    sheet = shots(reel(), Options(paper="letter"))
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 1)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    heads = [str(cell.value) for cell in sheet[1]]
    unwrapped = {head for head, cell in zip(heads, sheet[2], strict=True) if not cell.alignment.wrap_text}
    assert unwrapped == {"Prompt", "Keep out", "Parameters"}


def test_takes_stand_as_thumbnails_beside_their_shots() -> None:
    upright = replace(take(), content=lambda: picture(40, 300, 900))
    film = replace(reel(), shots=(reel().shots[2], replace(shot(), take=upright), shot()))
    sheet = shots(film)
    assert [image.anchor._from.row for image in pictures_on(sheet)] == [2, 3]
    sizes = []
    for image in pictures_on(sheet):
        with Image.open(image.ref) as still:
            sizes.append(still.size)
    assert sizes == [(32, 96), (150, 63)]
    assert 96 * 0.75 <= sheet.row_dimensions[3].height <= 120


def test_a_row_is_as_high_as_its_longest_text() -> None:
    sheet = shots(replace(reel(), shots=(replace(shot(), note="Wait for the wind. " * 20),)))
    assert 180 < sheet.row_dimensions[2].height < 300


def test_a_clip_and_a_damaged_picture_have_no_thumbnail() -> None:
    clip = replace(take(), media_type="video/mp4", content=lambda: b"clip")
    damaged = replace(take(), content=lambda: b"\x89PNG\r\n\x1a\n and no more")
    film = replace(reel(), shots=(replace(shot(), take=clip), replace(shot(), take=damaged)))
    sheet = shots(film)
    assert pictures_on(sheet) == []
    assert [row["Take"] for row in table(sheet)] == [3, 3]


@pytest.mark.parametrize("text", [one for one in FORMULAS if "\r" not in one])
def test_no_cell_is_a_formula(text: str) -> None:
    sheet = shots(replace(reel(), shots=(replace(shot(), name=text),)))
    cell = sheet["D2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_letters_that_a_workbook_refuses_are_left_out() -> None:
    sheet = shots(replace(reel(), shots=(replace(shot(), name="a\x00b\x1fc", note="x" * 40_000),)))
    row = table(sheet)[0]
    assert row["Name"] == "abc"
    assert len(row["Notes"]) == 32_767
    assert row["Notes"].endswith("…")


def test_no_time_of_day_is_in_the_file() -> None:
    content = export(exporters["xlsx"], reel()).content
    with ZipFile(BytesIO(content)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2
    assert "<dc:creator>Ada</dc:creator>" in core
