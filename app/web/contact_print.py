"""A contact sheet on paper: laid out once, then drawn as a PNG or as a PDF of one page."""

from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.errors import BadInputError, StorageError
from app.files import Pictures
from app.web.contact import Cell, Contact

FONT = "Vera"
FACE = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
"""Comes with reportlab, so that both forms of the sheet have the same letters."""

UNWRITTEN = "Letters that the typeface of this sheet lacks stand as ?; the page in the browser has them."

WIDE = 480
"""A picture, in pixels of the PNG; all other measures are in the same pixels."""

GAP, MARGIN = 16, 40
TITLE, TEXT, SMALL = 30, 19, 15
SIDE = 200
"""The labels of rows."""

INK, DIM, GROUND, WELL = "#1b1b1b", "#555555", "#ffffff", "#e4e4e4"
RATIO = 16 / 9
"""Of a place without a picture where no take has one yet."""

PAPER_MM = (297.0, 210.0)
EDGE_MM = 8.0

STATES = {
    "queued": "waits",
    "sending": "is sent",
    "running": "is made",
    "failed": "failed",
    "unsure": "may have been sent",
    "cancelled": "stopped",
    "done": "a clip",
}
"""What stands in the place of a picture."""


@dataclass(frozen=True)
class Words:
    """A line of text: its left or middle point, and its top."""

    x: float
    y: float
    text: str
    size: int
    ink: str = INK
    middle: bool = False


@dataclass(frozen=True)
class Still:
    """A place for a picture; without one it is a grey field."""

    x: float
    y: float
    wide: float
    high: float
    picture: Image.Image | None


@dataclass
class Sheet:
    """All that stands on the paper."""

    wide: int = 0
    high: int = 0
    parts: list[Words | Still] = field(default_factory=list)


def png(contact: Contact, pictures: Pictures) -> bytes:
    """Return the sheet as a PNG."""
    sheet = laid_out(contact, pictures)
    canvas = Image.new("RGB", (sheet.wide, sheet.high), GROUND)
    pen = ImageDraw.Draw(canvas)
    for one in sheet.parts:
        if isinstance(one, Words):
            pen.text((one.x, one.y), one.text, one.ink, _type(one.size), "ma" if one.middle else "la")
        elif one.picture is None:
            pen.rectangle((one.x, one.y, one.x + one.wide, one.y + one.high), WELL)
        else:
            canvas.paste(one.picture.resize((round(one.wide), round(one.high))), (round(one.x), round(one.y)))
    out = BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()


def pdf(contact: Contact, pictures: Pictures) -> bytes:
    """Return the sheet as a PDF of one A4 page on its long side; the same sheet gives the same bytes."""
    sheet, out = laid_out(contact, pictures), BytesIO()
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, FACE))
    wide, high = (side * mm for side in PAPER_MM)
    canvas = Canvas(out, pagesize=(wide, high), invariant=1)
    canvas.setTitle(f"Contact sheet: {contact.name}")
    room = 2 * EDGE_MM * mm
    scale = min((wide - room) / sheet.wide, (high - room) / sheet.high)
    canvas.translate((wide - scale * sheet.wide) / 2, (high + scale * sheet.high) / 2)
    canvas.scale(scale, scale)  # from here in the pixels of the PNG, up is positive
    for one in sheet.parts:
        _print(canvas, one)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _print(canvas: Canvas, one: Words | Still) -> None:
    if isinstance(one, Words):
        canvas.setFont(FONT, one.size)
        canvas.setFillColor(HexColor(one.ink))
        (canvas.drawCentredString if one.middle else canvas.drawString)(one.x, -one.y - one.size, one.text)
    elif one.picture is None:
        canvas.setFillColor(HexColor(WELL))
        canvas.rect(one.x, -one.y - one.high, one.wide, one.high, stroke=0, fill=1)
    else:
        canvas.drawImage(ImageReader(one.picture), one.x, -one.y - one.high, one.wide, one.high)


def laid_out(contact: Contact, pictures: Pictures) -> Sheet:
    """Place the heads, the labels of the axes and the pictures of a sheet."""
    shown = [[_picture(cell, pictures) for cell in line] for line in contact.lines]
    ratio = next((one.width / one.height for line in shown for one in line if one), RATIO)
    high = WIDE / ratio
    sheet, left = Sheet(), MARGIN + (SIDE if contact.rows else 0)
    top = _head(sheet, contact)
    if contact.rows and contact.columns:
        for at, value in enumerate(contact.columns.values):
            middle = left + at * (WIDE + GAP) + WIDE / 2
            sheet.parts.append(Words(middle, top, _fit(value, WIDE, TEXT), TEXT, middle=True))
        top += TEXT + GAP
    for number, (line, some) in enumerate(zip(contact.lines, shown, strict=True)):
        if contact.rows:
            label = _fit(contact.rows.values[number], SIDE - GAP, TEXT)
            sheet.parts.append(Words(MARGIN, top + high / 2 - TEXT / 2, label, TEXT))
        for at, (cell, picture) in enumerate(zip(line, some, strict=True)):
            _place(sheet, cell, picture, (left + at * (WIDE + GAP), top, high))
        top += high + GAP + (TEXT + GAP / 2 if not contact.rows else 0)
    most = max(len(line) for line in contact.lines)
    sheet.wide = round(left + most * (WIDE + GAP) - GAP + MARGIN)
    foot = [contact.stayed, *([UNWRITTEN] if _lacks(contact) else [])]
    for words in _lines(" ".join(foot), sheet.wide - 2 * MARGIN, SMALL):
        sheet.parts.append(Words(MARGIN, top, words, SMALL, DIM))
        top += SMALL * 1.5
    sheet.high = round(top + MARGIN / 2)
    return sheet


def _head(sheet: Sheet, contact: Contact) -> float:
    """Place what the sheet is of, and name its axes; return where the pictures begin."""
    room = WIDE * max(len(line) for line in contact.lines)
    down = f"down: {contact.rows.title}" if contact.rows else ""
    across = f"across: {contact.columns.title}" if contact.columns else ""
    made = f"{contact.written_for}, shot on {contact.shot_on}, {contact.date}"
    heads = (
        (" · ".join(filter(None, (contact.film, contact.shot))) or contact.name, TITLE, INK),
        (", ".join(filter(None, (down, across))) or contact.name, TEXT, INK),
        (made, SMALL, DIM),
    )
    top = float(MARGIN)
    for words, size, ink in heads:
        for line in _lines(words, room, size):
            sheet.parts.append(Words(MARGIN, top, line, size, ink))
            top += size * 1.5
    return top + GAP


def _place(sheet: Sheet, cell: Cell, picture: Image.Image | None, at: tuple[float, float, float]) -> None:
    """Place one take in its field, whole: a picture of another shape leaves a part of the field free."""
    x, y, high = at
    if picture is None:
        sheet.parts.append(Still(x, y, WIDE, high, None))
        state = STATES[cell.take.state] if cell.take else ""
        sheet.parts.append(Words(x + WIDE / 2, y + high / 2 - SMALL, state, SMALL, DIM, middle=True))
    else:
        scale = min(WIDE / picture.width, high / picture.height)
        wide, tall = picture.width * scale, picture.height * scale
        sheet.parts.append(Still(x + (WIDE - wide) / 2, y + (high - tall) / 2, wide, tall, picture))
    if cell.label:
        label = _fit(cell.label, WIDE, TEXT)
        sheet.parts.append(Words(x + WIDE / 2, y + high + GAP / 4, label, TEXT, middle=True))


def _picture(cell: Cell, pictures: Pictures) -> Image.Image | None:
    if cell.take is None or not cell.take.picture:
        return None
    try:
        content = pictures.thumbnail(cell.take.picture, 1280)
    except (BadInputError, StorageError):  # a clip, or damaged: its place says so, and the sheet is printed
        return None
    if content is None:
        return None
    with Image.open(BytesIO(content)) as opened:
        return opened.convert("RGB")


@cache
def _type(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FACE), size)


@cache
def _letters() -> frozenset[int]:
    return frozenset(TTFont(FONT, FACE).face.charToGlyph)


def _written(words: str) -> str:
    """Write a text in the letters that the typeface has; one that it lacks becomes a question mark."""
    return "".join(one if ord(one) in _letters() else "?" for one in words)


def _lacks(contact: Contact) -> bool:
    axes = [value for axis in (contact.rows, contact.columns) if axis for value in axis.values]
    labels = [cell.label for line in contact.lines for cell in line]
    words = "".join([contact.film, contact.shot, contact.name, contact.shot_on, *axes, *labels])
    return _written(words) != words


def _fit(words: str, wide: float, size: int) -> str:
    """Cut what is too wide, and say so with an ellipsis."""
    kept = _written(words)
    if _type(size).getlength(kept) <= wide:
        return kept
    while kept and _type(size).getlength(f"{kept}…") > wide:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _lines(words: str, wide: float, size: int) -> list[str]:
    """Break a text into lines; a word that is wider than a line is cut."""
    lines: list[str] = []
    for word in _written(words).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _type(size).getlength(longer) <= wide:
            lines[-1] = longer
        else:
            lines.append(_fit(word, wide, size))
    return lines
