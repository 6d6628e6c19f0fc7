"""Reads a shot list: a table whose columns are known by their heads, in any order, a line a shot."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import NamedTuple

from app.errors import ShotError
from app.importers._names import Names
from app.importers._screenplay import plain
from app.importers._shot_cells import Cell, Row
from app.importers._shot_heads import CROSSWALK, field_of, is_heads
from app.importers.base import Imported, Label
from app.schema import slates
from app.vocab import Vocabulary

MAX_SHOTS = 1000
MAX_LINES = 5000
MAX_COLUMNS = 200
HEADS_WITHIN = 20
"""So many lines of a title may stand above the heads."""

MAX_NAME = 120
MARKS = ",;\t|"
SCENE = re.compile(r"(?:scene|sc\.?)?\s*#?\s*([a-z]{0,2}\d{1,5})(?:\.0)?", re.IGNORECASE)
SETUP = re.compile(r"[a-z]{1,3}", re.IGNORECASE)

HINT = "Expected a line with heads such as Scene, Shot, Shot size, Lens and Description, and below it a line a shot."


class Line(NamedTuple):
    """A line of the table, by the number at which it begins in its file."""

    number: int
    cells: list[str]


def is_shot_list(content: str) -> bool:
    """Tell whether one of the first lines holds the heads of a shot list."""
    begin = content.removeprefix("\ufeff")[:20_000].splitlines()[:HEADS_WITHIN]
    return any(is_heads(next(csv.reader([line], delimiter=_mark(begin)), [])) for line in begin)


def read_shot_list(content: str, name: str, vocabulary: Vocabulary) -> Imported:
    """Return a shot for each line below the heads. Raises ShotError with line and column where a line is broken."""
    lines = _lines(content.removeprefix("\ufeff"), name)
    at = next((at for at, line in enumerate(lines[:HEADS_WITHIN]) if is_heads(line.cells)), None)
    if at is None:
        raise ShotError(f"{name} has no heads of a shot list in its first lines.", hint=HINT)
    heads, rows = lines[at].cells, [line for line in lines[at + 1 :] if any(cell.strip() for cell in line.cells)]
    if not rows:
        raise ShotError(f"{name} has heads in line {lines[at].number}, and no shot below them.", hint=HINT)
    if len(rows) > MAX_SHOTS:
        raise ShotError(f"{name} holds {len(rows):,} shots.", hint=f"At most {MAX_SHOTS:,} are read at once.")
    list_ = _List(heads, rows, name, Names(CROSSWALK, vocabulary))
    for line in rows:
        list_.add(line)
    title = next((plain(cell) for line in lines[:at] for cell in line.cells if cell.strip()), "")
    return Imported(
        shots=tuple(row.shot for row in list_.rows),
        values=tuple(value for row in list_.rows for value in row.values),
        labels=tuple(list_.labels),
        title=title[:MAX_NAME],
    )


class _List:
    """The list on its way into shots."""

    def __init__(self, heads: Sequence[str], lines: Sequence[Line], name: str, names: Names) -> None:
        self.heads, self.name, self.names = heads, name, names
        self.slated = self._has_slates(lines)
        self.rows: list[Row] = []
        self.labels: list[Label] = []
        self.scene = ""
        self.scenes: dict[str, int] = {}
        self.slates: set[str] = set()

    def add(self, line: Line) -> None:
        """Read a line."""
        cells = self._cells(line)
        number = len(self.rows) + 1
        row = Row(number, cells, self.names)
        slate, words = self._slate(row)
        name = row.said("name") or words or _first(row.said("description")) or f"Shot {number}"
        scene = self.scenes.setdefault(self.scene, len(self.scenes) + 1) if self.scene else 0
        self.rows.append(row)
        self.labels.append(Label(slate=slate, name=plain(name)[:MAX_NAME], scene=scene, note="\n".join(row.notes)))

    def _cells(self, line: Line) -> list[Cell]:
        for at, text in enumerate(line.cells[len(self.heads) :], start=len(self.heads) + 1):
            if text.strip():
                hint = f"The heads name {len(self.heads)} columns. A comma in a text stands between quotation marks."
                raise ShotError(f"{self.name}, line {line.number}, column {at}: no head stands above it.", hint=hint)
        each = zip(self.heads, line.cells, strict=False)
        told = ((head, "\n".join(plain(part) for part in unguarded(text).strip().splitlines())) for head, text in each)
        return [Cell(field_of(head), plain(head), text) for head, text in told if text]

    def _slate(self, row: Row) -> tuple[str, str]:
        """Return the slate of a shot, and what its cell says that is none. A scene is said once for those below it."""
        said, shot = row.said("scene"), row.said("shot")
        found = SCENE.fullmatch(said)
        if said:
            self.scene = found[1].upper() if found else said
        if said and not found:
            row.keep("scene")
        whole = slates.read(shot)
        slate, words = shot, ""
        if whole and (whole.setup or self.slated or not self.scene):
            slate, self.scene = shot.upper(), self.scene or whole.scene
        elif slates.read(self.scene) and SETUP.fullmatch(shot):
            slate = f"{self.scene}{shot.upper()}"
        elif slates.read(self.scene):
            slate = next(slates.setups_after(f"{self.scene}A", self.slates))
            words = "" if shot.isdigit() else shot
            row.tell("shot", f"Slated {slate}.")
        if words and row.said("name"):
            row.keep("shot")
        self.slates.add(slate)
        return slate[:MAX_NAME], words

    def _has_slates(self, lines: Sequence[Line]) -> bool:
        """Tell whether the shots bear whole slates, 12 and 12A of scene 12, and no numbers within their scene."""
        fields = [field_of(head) for head in self.heads]
        if not {"scene", "shot"} <= set(fields):
            return True
        scene, shot = fields.index("scene"), fields.index("shot")
        pairs = [(line.cells[scene].strip(), line.cells[shot]) for line in lines if len(line.cells) > max(scene, shot)]
        return all(slates.scene_of(slate) == number.upper() for number, slate in pairs if number)


def _first(text: str) -> str:
    return re.split(r"(?<=[.!?…])\s|[;\n]", text, maxsplit=1)[0][:60]


def unguarded(cell: str) -> str:
    """Return the text of a cell that an exporter kept from being run as a formula, behind an apostrophe."""
    return cell[1:] if re.match(r"'+\s*[=+\-@\t\r\n]", cell) else cell


def _lines(content: str, name: str) -> list[Line]:
    """Return the lines of a table."""
    mark = _mark(content.splitlines()[:HEADS_WITHIN])
    reader = csv.reader(StringIO(content, newline=""), delimiter=mark, strict=True)
    found: list[Line] = []
    began = 1
    try:
        for cells in reader:
            found.append(Line(began, cells))
            began = reader.line_num + 1
            if len(found) > MAX_LINES or len(cells) > MAX_COLUMNS:
                limit = f"At most {MAX_LINES:,} lines of {MAX_COLUMNS} columns are read."
                raise ShotError(f"{name}, line {found[-1].number}: this list is too large.", hint=limit)
    except csv.Error as error:
        raise ShotError(f"{name}, line {began}: {error}.", hint="A quotation mark may stand open there.") from None
    return found


def _mark(lines: Iterable[str]) -> str:
    """Return what parts the columns: of the marks that are usual, the one that yields the most known heads."""
    known = {
        mark: max((sum(bool(field_of(cell)) for cell in line.split(mark)) for line in lines), default=0)
        for mark in MARKS
    }
    return max(known, key=lambda mark: known[mark])
