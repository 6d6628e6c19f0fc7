"""The lighting plan as a PDF: the drawings of the page in ink on white, and nothing that the page does not have."""

import unicodedata
from functools import cache
from io import BytesIO

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from app.errors import StorageError
from app.shipped import shipped
from app.views.plan import Drawing
from app.views.shapes import Disc, Line, Shape, Words
from app.views.sheet import HEAD_MM, LIST_MM, MARGIN_MM, ROW_MM, UNIT_MM, Sheet

INK = HexColor("#1b1b1b")
DIM = HexColor("#555555")
HAIR = HexColor("#bbbbbb")

FILLS: dict[str, Color] = {
    "view": HexColor("#eeeeee"),
    "sharp": HexColor("#f3d9a8"),
    "housing": HexColor("#d5d5d5"),
    "card": black,
    "camera": INK,
    "head": HexColor("#8a8a8a"),
    "shoulders": HexColor("#c4c4c4"),
    "knob": white,
    "window": white,
}
"""Surfaces by their style; a source has the colour that it reads as."""

STROKES = {"grid": HAIR, "leader": DIM, "arm": DIM, "scale": INK, "floor": INK, "wall": INK, "wild": HAIR}
BARE = frozenset({"view", "sharp", "beam"})
BEAM_SHARE = 0.35

COLUMNS = (
    ("", 0.03),
    ("Lamp", 0.1),
    ("Fixture", 0.14),
    ("Role", 0.1),
    ("Position", 0.25),
    ("Colour", 0.12),
    ("Gel, modifier", 0.15),
    ("Level", 0.11),
)
"""The lamp list: heads, and their shares of the width."""

FACE, BOLD = "inter-regular", "inter-bold"
"""The typefaces, by the names of their files: Latin with Vietnamese, Greek and Cyrillic letters."""

HOLE = "□"
"""What stands for a letter that the typefaces lack."""

NAMED = 12
"""More letters that could not be printed are counted and not named."""


def pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF of one page; the same sheet gives the same bytes."""
    return _Paper(sheet).write()


class _Paper:
    """One page, drawn from its top left corner in mm."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.wide, self.high = sheet.size_mm
        self.file = BytesIO()
        self.canvas = Canvas(self.file, pagesize=(self.wide * mm, self.high * mm), invariant=1)
        self.lacking: set[str] = set()

    def write(self) -> bytes:
        sheet, title = self.sheet, self.sheet.title
        self.canvas.setTitle(f"Lighting plan: {' '.join(filter(None, (title.slate, title.shot)))}")
        self.canvas.setAuthor(title.author)
        self.head()
        top = MARGIN_MM + HEAD_MM
        right = MARGIN_MM + sheet.above.width * UNIT_MM + 4
        self.drawing(sheet.above, MARGIN_MM, top, sheet.scale)
        self.drawing(sheet.side, right, top, sheet.side_scale)
        self.lamp_list(top + sheet.above.height * UNIT_MM + 8)
        self.canvas.showPage()
        self.canvas.save()
        return self.file.getvalue()

    def head(self) -> None:
        title = self.sheet.title
        self.text(MARGIN_MM, MARGIN_MM + 4, " ".join(filter(None, (title.slate, title.shot))) or "Shot", 14, bold=True)
        self.text(MARGIN_MM, MARGIN_MM + 9, self.sheet.camera, 8)
        self.text(MARGIN_MM, MARGIN_MM + 13, " ".join(self.sheet.told), 8, DIM)
        right = self.wide - MARGIN_MM
        self.text(right, MARGIN_MM + 4, title.film, 10, anchor="end")
        self.text(right, MARGIN_MM + 9, " · ".join(filter(None, (title.date, title.author))), 8, anchor="end")
        self.line(MARGIN_MM, MARGIN_MM + 14.5, right, INK, 0.8)

    def drawing(self, drawing: Drawing, left: float, top: float, scale: int) -> None:
        """Draw a view within its frame, and name it beneath."""
        wide, high = drawing.width * UNIT_MM, drawing.height * UNIT_MM
        canvas = self.canvas
        canvas.saveState()
        edge = canvas.beginPath()
        edge.rect(left * mm, (self.high - top - high) * mm, wide * mm, high * mm)
        canvas.clipPath(edge, stroke=0, fill=0)
        things = (part for thing in drawing.things if thing.is_stood for part in thing.shapes)
        for shape in [*drawing.ground, *things, *drawing.labels]:
            self.shape(shape, left, top)
        canvas.restoreState()
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        canvas.rect(left * mm, (self.high - top - high) * mm, wide * mm, high * mm, stroke=1, fill=0)
        self.text(left, top + high + 3.6, f"{drawing.label}, 1:{scale}", 7.5, DIM)

    def shape(self, shape: Shape, left: float, top: float) -> None:
        if isinstance(shape, Words):
            size = shape.size * UNIT_MM * mm
            at = left + shape.at.x * UNIT_MM, top + shape.at.y * UNIT_MM
            self.text(*at, shape.text, size, bold=shape.style == "name", anchor=shape.anchor)
            return
        tone = HexColor(shape.tone) if shape.tone else FILLS.get(shape.style)
        if shape.style == "beam" and tone:
            tone = Color(*(1 - BEAM_SHARE * (1 - part) - 0.12 for part in (tone.red, tone.green, tone.blue)))
        canvas = self.canvas
        canvas.setFillColor(tone or white)
        canvas.setStrokeColor(STROKES.get(shape.style, INK))
        canvas.setLineWidth(0.25 if shape.style == "grid" else 0.6)
        stroke = 0 if shape.style in BARE else 1
        if isinstance(shape, Disc):
            x, y = left + shape.at.x * UNIT_MM, top + shape.at.y * UNIT_MM
            canvas.circle(
                x * mm, (self.high - y) * mm, shape.radius * UNIT_MM * mm, stroke=stroke, fill=int(bool(tone))
            )
        else:
            self.path(shape, left, top, stroke, int(shape.closed and bool(tone)))

    def path(self, line: Line, left: float, top: float, stroke: int, fill: int) -> None:
        path = self.canvas.beginPath()
        for number, point in enumerate(line.points):
            x, y = (left + point.x * UNIT_MM) * mm, (self.high - top - point.y * UNIT_MM) * mm
            (path.lineTo if number else path.moveTo)(x, y)
        if line.closed:
            path.close()
        self.canvas.drawPath(path, stroke=stroke, fill=fill)

    def lamp_list(self, top: float) -> None:
        wide = self.wide - 2 * MARGIN_MM
        self.cells(top + 4, [head for head, _ in COLUMNS], bold=True)
        self.line(MARGIN_MM, top + 5.4, self.wide - MARGIN_MM, INK, 0.5)
        down = top + LIST_MM + 1.4
        for row in self.sheet.rows:
            self.cells(down, list(self.sheet.cells(row)))
            self.line(MARGIN_MM, down + 1.6, MARGIN_MM + wide, HAIR, 0.25)
            down += ROW_MM
        if not self.sheet.rows:
            self.text(MARGIN_MM, down, "No lamp is said.", 8, DIM)
        notes = [f"{self.sheet.left_out} more lamps are in the shot."] if self.sheet.left_out else []
        notes += [unprinted(self.lacking)] if self.lacking else []
        self.text(MARGIN_MM, self.high - 5, " ".join(notes), 7, DIM)

    def cells(self, down: float, told: list[str], *, bold: bool = False) -> None:
        wide, left = self.wide - 2 * MARGIN_MM, MARGIN_MM
        for (_, share), words in zip(COLUMNS, told, strict=True):
            self.text(left, down, self.fitting(words, share * wide - 1.5, 8), 8, bold=bold)
            left += share * wide

    def fitting(self, words: str, wide: float, size: float) -> str:
        """Cut what is too wide for its column, and say so with an ellipsis."""
        kept = words
        while kept and stringWidth(_written(kept + ("…" if kept != words else "")), _face(FACE), size) > wide * mm:
            kept = kept[:-1]
        return kept if kept == words else f"{kept.rstrip()}…"

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        ink: Color = INK,
        *,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        canvas = self.canvas
        self.lacking |= _lacking(words)
        canvas.setFont(_face(BOLD if bold else FACE), size)
        canvas.setFillColor(ink)
        draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}[anchor]
        draw(x * mm, (self.high - y) * mm, _written(words))

    def line(self, x: float, y: float, to: float, ink: Color, wide: float) -> None:
        self.canvas.setStrokeColor(ink)
        self.canvas.setLineWidth(wide)
        self.canvas.line(x * mm, (self.high - y) * mm, to * mm, (self.high - y) * mm)


def unprinted(letters: set[str]) -> str:
    """Say which letters could not be printed: by their scripts, and as Unicode numbers them."""
    shown = sorted(letters)[:NAMED]
    scripts: dict[str, list[str]] = {}
    for letter in shown:
        scripts.setdefault(_script(letter), []).append(f"U+{ord(letter):04X}")
    told = "; ".join(f"{script} {', '.join(codes)}" for script, codes in scripts.items())
    more = f"; and {len(letters) - len(shown)} more" if len(letters) > len(shown) else ""
    return f"{HOLE} stands for letters that this typeface lacks: {told}{more}. The page in the browser has them."


def _script(letter: str) -> str:
    """Return the script of a letter, as its name in Unicode begins, or the whole name of a sign."""
    name = unicodedata.name(letter, "unnamed")
    first = name.partition(" ")[0]
    return (first if first == "CJK" else first.title()) if unicodedata.category(letter)[0] == "L" else name.lower()


def _lacking(words: str) -> set[str]:
    known = _glyphs()
    return {letter for letter in unicodedata.normalize("NFC", words) if ord(letter) not in known}


def _written(words: str) -> str:
    """Return a text in letters that the typefaces have: each in one piece, or a hole where there is none."""
    lacking = _lacking(words)
    return "".join(HOLE if letter in lacking else letter for letter in unicodedata.normalize("NFC", words))


@cache
def _face(name: str) -> str:
    """Make a typeface known to the printer, once. Raises StorageError where its file is missing."""
    try:
        registerFont(TTFont(name, shipped("static") / "vendor" / f"{name}.ttf"))
    except (OSError, TTFError) as missing:
        hint = "Install Printlight again: it brings the typeface along."
        raise StorageError(f"The typeface of printed sheets cannot be read: {missing}", hint=hint) from None
    return name


@cache
def _glyphs() -> frozenset[int]:
    """Return the letters that both typefaces have."""
    faces = (TTFont(name, shipped("static") / "vendor" / f"{name}.ttf").face for name in (FACE, BOLD))
    return frozenset.intersection(*(frozenset(face.charToGlyph) for face in faces))
