"""The lighting plan as a PDF: the drawings of the page in ink on white, and nothing that the page does not have."""

from collections.abc import Sequence

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.units import mm

from app.views.pen import DIM, HAIR, INK, Pen, lines, unprinted
from app.views.plan import Drawing
from app.views.shapes import Disc, Line, Shape, Words
from app.views.sheet import HEAD_MM, LIST_MM, MARGIN_MM, ROW_MM, UNIT_MM, Sheet

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


def pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF of one page; the same sheet gives the same bytes."""
    return pages([sheet], f"Lighting plan: {' '.join(filter(None, (sheet.title.slate, sheet.title.shot)))}")


def pages(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return sheets of one size as a PDF with a page each."""
    first = sheets[0]
    pen = Pen(first.size_mm, title, first.title.author)
    for sheet in sheets:
        _Page(sheet, pen).draw()
        pen.end_page()
    return pen.pdf()


class _Page:
    """One page, drawn from its top left corner in mm."""

    def __init__(self, sheet: Sheet, pen: Pen) -> None:
        self.sheet = sheet
        self.pen = pen
        self.wide, self.high = sheet.size_mm
        self.canvas = pen.canvas

    def draw(self) -> None:
        sheet = self.sheet
        self.head()
        top = MARGIN_MM + HEAD_MM
        right = MARGIN_MM + sheet.above.width * UNIT_MM + 4
        self.drawing(sheet.above, MARGIN_MM, top, sheet.scale)
        self.drawing(sheet.side, right, top, sheet.side_scale)
        self.lamp_list(top + sheet.above.height * UNIT_MM + 8)

    def head(self) -> None:
        title = self.sheet.title
        self.pen.text(
            MARGIN_MM, MARGIN_MM + 4, " ".join(filter(None, (title.slate, title.shot))) or "Shot", 14, bold=True
        )
        self.pen.text(MARGIN_MM, MARGIN_MM + 9, self.sheet.camera, 8)
        self.pen.text(MARGIN_MM, MARGIN_MM + 13, " ".join(self.sheet.told), 8, DIM)
        right = self.wide - MARGIN_MM
        self.pen.text(right, MARGIN_MM + 4, title.film, 10, anchor="end")
        self.pen.text(right, MARGIN_MM + 9, " · ".join(filter(None, (title.date, title.author))), 8, anchor="end")
        self.pen.line(MARGIN_MM, MARGIN_MM + 14.5, right, INK, 0.8)

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
        self.pen.text(left, top + high + 3.6, f"{drawing.label}, 1:{scale}", 7.5, DIM)

    def shape(self, shape: Shape, left: float, top: float) -> None:
        if isinstance(shape, Words):
            size = shape.size * UNIT_MM * mm
            at = left + shape.at.x * UNIT_MM, top + shape.at.y * UNIT_MM
            self.pen.text(*at, shape.text, size, bold=shape.style == "name", anchor=shape.anchor)
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
        self.pen.line(MARGIN_MM, top + 5.4, self.wide - MARGIN_MM, INK, 0.5)
        down = top + LIST_MM + 1.4
        for row in self.sheet.rows:
            self.cells(down, list(self.sheet.cells(row)))
            self.pen.line(MARGIN_MM, down + 1.6, MARGIN_MM + wide, HAIR, 0.25)
            down += ROW_MM
        if not self.sheet.rows:
            self.pen.text(MARGIN_MM, down, "No lamp is said.", 8, DIM)
        notes = [f"{self.sheet.left_out} more lamps are in the shot."] if self.sheet.left_out else []
        notes += [unprinted(self.pen.lacking)] if self.pen.lacking else []
        self.pen.text(MARGIN_MM, self.high - 5, " ".join(notes), 7, DIM)

    def cells(self, down: float, told: list[str], *, bold: bool = False) -> None:
        wide, left = self.wide - 2 * MARGIN_MM, MARGIN_MM
        for (_, share), words in zip(COLUMNS, told, strict=True):
            for line in lines(words, share * wide - 1.5, 8, 1, bold=bold):
                self.pen.text(left, down, line, 8, bold=bold)
            left += share * wide
