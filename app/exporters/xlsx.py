"""The shot list as a workbook: the shots with their pictures on one sheet, their lamps on another."""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from app.exporters import _told as told
from app.exporters._pictures import picture
from app.exporters._shot_list import LACKED, STARTS_FORMULA, Value, columns
from app.exporters._zip import EPOCH, zipped
from app.exporters.base import FACTS, Exporter, Options, Reel, ReelShot
from app.views import lamps
from app.views.lamps import Row

THUMBNAIL = (150, 96)
"""The room of a picture, in pixels."""

PICTURE_WIDE = 22
"""The column of pictures, in characters."""

POINTS = 0.75
"""Of a pixel."""

LINE, HIGHEST = 15, 409
"""A line of text in a row, and the highest row that there is, in points."""

LONGEST = 32_767
"""So many characters a cell holds."""

PAPERS = {"a4": 9, "letter": 1}
"""Sizes of paper, as workbooks number them."""

HEAD = PatternFill("solid", fgColor="E4E4E4")
BOLD = Font(bold=True)
IN_A_LINE = Alignment(vertical="top")
WRAPPED = Alignment(wrap_text=True, vertical="top")


class Head(NamedTuple):
    """A column: what stands above it, and its width in characters."""

    words: str
    wide: int


class Xlsx(Exporter):
    """A workbook of two sheets that sorts, filters and prints."""

    id = "xlsx"
    label = "Shot list, Excel"
    suffix = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    group = "Lists and paper"
    used_for = "Excel, Numbers, LibreOffice, Google Sheets: an assistant director's list, a gaffer's lamps"
    carries = dict.fromkeys([fact for fact in FACTS if fact not in LACKED - {"picture"}], "fields")
    lacks = "References, and pictures at their size: those of takes are thumbnails."

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write both sheets; the same film is the same bytes."""
        book = Workbook()
        shots = book.worksheets[0]
        shots.title = "Shots"
        _shots(shots, reel)
        _lamps(book.create_sheet("Lamps"), reel)
        for sheet in book.worksheets:
            _laid_out(sheet, PAPERS[options.paper])
        book.properties.title, book.properties.creator = _legal(reel.title), _legal(reel.author)
        book.properties.created = book.properties.modified = datetime(*EPOCH)  # noqa: DTZ001 - workbooks know no zones
        return _saved(book)


def _saved(book: Workbook) -> bytes:
    """Return a workbook's bytes. Its own `save` would write the time of day into it, and into the zip."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    with ZipFile(out) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _shots(sheet: Worksheet, reel: Reel) -> None:
    chosen = columns(prompts_stay=reel.prompts_stay)
    _heads(sheet, [Head("Picture", PICTURE_WIDE), *(Head(column.head, column.wide) for column in chosen)])
    for row, shot in enumerate(reel.shots, start=2):
        _row(sheet, row, [None, *(column.says(shot) for column in chosen)])
        for at, column in enumerate(chosen, start=2):
            if column.of_prompt:  # in one line: a prompt wrapped would make every row as high as a page
                sheet.cell(row, at).alignment = IN_A_LINE
        if found := picture(shot, *THUMBNAIL):
            sheet.add_image(Image(BytesIO(found.jpeg)), f"A{row}")
            lines = max(_lines(column.says(shot), column.wide) for column in chosen if not column.of_prompt)
            sheet.row_dimensions[row].height = min(HIGHEST, max((found.height + 6) * POINTS, lines * LINE))
    sheet.freeze_panes = "D2"
    sheet.print_title_cols = "A:C"


def _lines(value: Value, wide: int) -> int:
    """Return about how many lines a value takes in a column so many characters wide."""
    return sum(1 + len(line) // wide for line in str(value or "").split("\n"))


LAMPS: tuple[tuple[Head, Callable[[ReelShot, Row], Value]], ...] = (
    (Head("Shot", 8), lambda shot, _: shot.slate or shot.name),
    (Head("Lamp", 14), lambda _, row: row.title),
    (Head("Role", 14), lambda _, row: row.role),
    (Head("Fixture", 20), lambda _, row: row.fixture),
    (Head("Position", 34), lambda _, row: row.place),
    (Head("Azimuth (°)", 10), lambda shot, row: _of(shot, row, "camera_azimuth_deg")),
    (Head("Up (°)", 8), lambda shot, row: _of(shot, row, "elevation_deg")),
    (Head("Away (m)", 8), lambda shot, row: _of(shot, row, "distance_m")),
    (Head("Colour (K)", 10), lambda shot, row: _of(shot, row, "seen_k")),
    (Head("Reads", 12), lambda _, row: row.reads or ("" if row.kelvin.endswith(" K") else row.kelvin)),
    (Head("Gel, modifier", 26), lambda _, row: row.through),
    (Head("Stops", 8), lambda shot, row: _of(shot, row, "stops")),
)


def _of(shot: ReelShot, row: Row, field: str) -> Value:
    return told.figure(shot.resolved.number(f"lights.{row.name}.{field}"))


def _lamps(sheet: Worksheet, reel: Reel) -> None:
    _heads(sheet, [head for head, _ in LAMPS])
    every = ((shot, lamp) for shot in reel.shots for lamp in lamps.rows(shot.resolved))
    for row, (shot, lamp) in enumerate(every, start=2):
        _row(sheet, row, [says(shot, lamp) for _, says in LAMPS])
    sheet.freeze_panes = "C2"


def _heads(sheet: Worksheet, heads: Sequence[Head]) -> None:
    for column, head in enumerate(heads, start=1):
        cell = sheet.cell(1, column, head.words)
        cell.font, cell.fill, cell.alignment = BOLD, HEAD, WRAPPED
        sheet.column_dimensions[get_column_letter(column)].width = head.wide


def _row(sheet: Worksheet, row: int, values: Sequence[Value]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        cell.alignment = WRAPPED
        if isinstance(value, str):
            _write(cell, _legal(value))
        else:
            cell.value = value


def _write(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as a text: never as a formula, nor as one once somebody edits the cell."""
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = bool(STARTS_FORMULA.match(text))


def _legal(text: str) -> str:
    """Return a text without the control characters that a workbook refuses, and no longer than a cell."""
    kept = ILLEGAL_CHARACTERS_RE.sub("", text)
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST - 1]}…"


def _laid_out(sheet: Worksheet, paper: int) -> None:
    """Let a sheet filter by its heads, and print lying, with the heads on every page."""
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth = 2 if sheet.title == "Shots" else 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
