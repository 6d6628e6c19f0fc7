"""The storyboard as a PDF: six frames a page, each with its picture, lens, move, action, dialogue and note."""

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from app.compile.wording import plain
from app.exporters import _told as told
from app.exporters._pictures import picture, unshown
from app.exporters.base import Exporter, Options, Reel, ReelShot
from app.views.pen import DIM, HAIR, INK, PAPERS, Pen, lines, unprinted

ACROSS, DOWN = 3, 2
MARGIN_MM, HEAD_MM, FOOT_MM, GAP_MM = 10.0, 12.0, 5.0, 7.0
PICTURE_SHARE = 0.56
"""Of a frame's height; below it stand the words."""

DPI = 150
MM_PER_INCH = 25.4
POINT_MM = 0.3528
LEADING = 1.3
WELL = HexColor("#efefef")
RATIO = 16 / 9
"""Of a frame where nobody said one."""

ARROW_MM = 4.0

CARRIES = ("order", "slate", "note", "duration", "frame", "camera", "move", "people", "sound", "take", "picture")


class Box(NamedTuple):
    """A part of the page, in mm from its top left corner."""

    x: float
    y: float
    wide: float
    high: float


class Words(NamedTuple):
    """A paragraph beneath a picture: its size in points, and how many lines it may take."""

    text: str
    size: float
    most: int
    bold: bool = False
    dim: bool = False
    arrow: bool = False


class Storyboard(Exporter):
    """Six frames a page on paper that lies on its long side."""

    id = "storyboard"
    label = "Storyboard, PDF"
    suffix = "pdf"
    media_type = "application/pdf"
    group = "Lists and paper"
    used_for = "The wall of the production office, the director's bag, a client"
    carries = dict.fromkeys(CARRIES, "words")
    lacks = (
        "The prompt, the light and the look; the lighting plans have the light. A text too long for its frame ends in "
        "an ellipsis. Of a clip only the previz is shown."
    )

    def write(self, reel: Reel, options: Options) -> bytes:
        """Draw page after page; the same film is the same bytes."""
        pen = Pen(PAPERS[options.paper], f"Storyboard: {reel.title}", reel.author)
        count = ACROSS * DOWN
        pages = [reel.shots[start : start + count] for start in range(0, len(reel.shots), count)]
        for number, shots in enumerate(pages, start=1):
            _head(pen, reel, shots, f"page {number} of {len(pages)}")
            for shot, box in zip(shots, _boxes(pen), strict=False):
                _frame(pen, shot, box)
            if pen.lacking:
                pen.text(MARGIN_MM, pen.high - FOOT_MM, unprinted(pen.lacking), 7, DIM)
            pen.end_page()
        return pen.pdf()


def _boxes(pen: Pen) -> list[Box]:
    """Return the places of the frames, line by line."""
    wide = (pen.wide - 2 * MARGIN_MM - (ACROSS - 1) * GAP_MM) / ACROSS
    high = (pen.high - 2 * MARGIN_MM - HEAD_MM - (DOWN - 1) * GAP_MM) / DOWN
    top = MARGIN_MM + HEAD_MM
    return [
        Box(MARGIN_MM + across * (wide + GAP_MM), top + down * (high + GAP_MM), wide, high)
        for down in range(DOWN)
        for across in range(ACROSS)
    ]


def _head(pen: Pen, reel: Reel, shots: Sequence[ReelShot], page: str) -> None:
    foot, right, half = MARGIN_MM + 4, pen.wide - MARGIN_MM, (pen.wide - 2 * MARGIN_MM) / 2 - GAP_MM
    numbers = list(dict.fromkeys(shot.scene for shot in shots if shot.scene))
    scenes = f"Scene{'' if len(numbers) == 1 else 's'} {', '.join(numbers)}" if numbers else ""
    for line in lines(reel.title, half, 12, 1, bold=True):
        pen.text(MARGIN_MM, foot, line, 12, bold=True)
    for line in lines(" · ".join(filter(None, (scenes, page, told.day(reel.made), reel.author))), half, 8, 1):
        pen.text(right, foot, line, 8, anchor="end")
    pen.line(MARGIN_MM, foot + 3, right, INK, 0.8)


def _frame(pen: Pen, shot: ReelShot, box: Box) -> None:
    """Draw a shot: its picture, and beneath it as many lines as there is room for."""
    room = Box(box.x, box.y, box.wide, box.high * PICTURE_SHARE)
    _picture(pen, shot, room)
    down, end = room.y + room.high + 1.2, box.y + box.high
    for words in _words(shot):
        step = words.size * POINT_MM * LEADING
        left = box.x + (ARROW_MM + 1.5 if words.arrow else 0)
        most = min(words.most, int((end - down) / step))
        for number, line in enumerate(lines(words.text, box.x + box.wide - left, words.size, most, bold=words.bold)):
            down += step
            if words.arrow and number == 0:
                _arrow(pen, box.x, down - words.size * POINT_MM * 0.33)
            pen.text(left, down, line, words.size, DIM if words.dim else INK, bold=words.bold)


def _words(shot: ReelShot) -> list[Words]:
    """Return what stands beneath a picture, the most needed first."""
    length = [f"{plain(shot.said_s, 2)} s"] if shot.said_s is not None else []
    camera = [told.word(shot, "camera.size", "camera.angle"), told.lens(shot), *length, told.take(shot)]
    said = [
        Words(shot.title, 9, 1, bold=True),
        Words(" · ".join(filter(None, camera)), 7.5, 1),
        Words(told.moves(shot), 7.5, 1, arrow=True),
        Words(told.action(shot) or told.said_of_each(shot, "description", "wardrobe"), 7.5, 3),
        Words(told.dialogue(shot), 7.5, 2),
        Words(told.sound(shot), 7.5, 1, dim=True),
        Words(shot.note, 7.5, 2, dim=True),
    ]
    return [one for one in said if one.text]


def _arrow(pen: Pen, left: float, middle: float) -> None:
    """Draw the arrow of a move."""
    right = left + ARROW_MM
    pen.line(left, middle, right, INK, 0.8)
    head = pen.canvas.beginPath()
    head.moveTo((right - 1.2) * mm, (pen.high - middle + 0.8) * mm)
    head.lineTo(right * mm, (pen.high - middle) * mm)
    head.lineTo((right - 1.2) * mm, (pen.high - middle - 0.8) * mm)
    pen.canvas.drawPath(head, stroke=1, fill=0)


def _picture(pen: Pen, shot: ReelShot, room: Box) -> None:
    """Draw the picture whole within its room, or an empty frame of the shot's ratio with its size and lens."""
    found = picture(shot, *(round(side / MM_PER_INCH * DPI) for side in (room.wide, room.high)))
    ratio = found.width / found.height if found else shot.resolved.number("framing.aspect") or RATIO
    box = _fitted(ratio, room)
    place = (box.x * mm, (pen.high - box.y - box.high) * mm, box.wide * mm, box.high * mm)
    if found:
        pen.canvas.drawImage(ImageReader(BytesIO(found.jpeg)), *place)
        return
    pen.canvas.setFillColor(WELL)
    pen.canvas.setStrokeColor(HAIR)
    pen.canvas.setLineWidth(0.5)
    pen.canvas.rect(*place, stroke=1, fill=1)
    said = [told.word(shot, "camera.size") or "Size open", told.lens(shot) or "Lens open", unshown(shot)]
    down = box.y + box.high / 2 - 3
    for text in filter(None, said):
        for line in lines(text, box.wide - 4, 8, 1):
            pen.text(box.x + box.wide / 2, down, line, 8, DIM, anchor="middle")
            down += 4


def _fitted(ratio: float, room: Box) -> Box:
    """Return the largest part of a room that has a ratio: in the middle, at the foot."""
    wide = min(room.wide, room.high * ratio)
    high = wide / ratio
    return Box(room.x + (room.wide - wide) / 2, room.y + room.high - high, wide, high)
