"""Reads a shot list as a workbook: the first sheet that has the heads of one, in the way of CSV."""

import csv
import warnings
from datetime import time
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

from app.errors import ShotError
from app.importers._shot_rows import MAX_COLUMNS, MAX_LINES, is_shot_list, read_shot_list
from app.importers._text import check_size
from app.importers.base import Imported, Importer
from app.vocab import Vocabulary

MAX_UNPACKED = 64_000_000
MAX_PARTS = 2000
HINT = "Expected a workbook as Excel saves it (.xlsx)."


class Xlsx(Importer):
    """A workbook of Excel, Numbers, LibreOffice or Google Sheets."""

    id = "xlsx"
    label = "Shot list, Excel"
    suffixes = (".xlsx",)

    def text(self, raw: bytes, name: str) -> str:
        """Return a sheet of a workbook as CSV. Raises ShotError for a file that is none, or too large unpacked."""
        check_size(raw, name)
        try:
            _check_parts(raw, name)
            sheets = _sheets(raw)
        except ShotError:
            raise
        except Exception:  # noqa: BLE001 - openpyxl raises whatever its parts do: KeyError, TypeError, a parser's own
            raise ShotError(f"{name} is no workbook that can be read.", hint=HINT) from None
        return next((one for one in sheets if is_shot_list(one)), next(iter(sheets), ""))

    def recognises(self, content: str) -> bool:  # noqa: ARG002 - a workbook is no text, so no text is one
        """Tell nothing by a text: a workbook is known by its name."""
        return False

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each line below the heads."""
        return read_shot_list(content, name, vocabulary)


def _check_parts(raw: bytes, name: str) -> None:
    """Refuse what unpacks to more than a list can hold, and any document type in it, before a part is parsed."""
    with ZipFile(BytesIO(raw)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise ShotError(f"{name} is too large once it is unpacked.", hint="Save the shot list alone.")
        if any(b"<!DOCTYPE" in archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
            raise ShotError(f"{name} declares a document type, which no workbook needs.", hint="Nothing was read.")


def _sheets(raw: bytes) -> list[str]:
    from openpyxl import load_workbook  # noqa: PLC0415 - half a second that no other import of the program waits for

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves aside: pictures, rules for cells
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True)
        return [_as_csv(sheet) for sheet in book.worksheets]


def _as_csv(sheet: Any) -> str:
    out = StringIO()
    table = csv.writer(out)
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), start=1):
        cells = [_told(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        table.writerow(cells)
        if number > MAX_LINES:
            break
    return out.getvalue()


def _told(value: Any) -> str:
    """Write a cell as it is read on the sheet: 12, not 12.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{value:%H:%M:%S}" if isinstance(value, time) else str(value)
