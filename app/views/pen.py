"""A pen for sheets of paper: letters and lines in mm from the top left corner, and what its typefaces lack."""

import unicodedata
from functools import cache
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from app.errors import StorageError
from app.shipped import shipped

INK = HexColor("#1b1b1b")
DIM = HexColor("#555555")
HAIR = HexColor("#bbbbbb")

PAPERS = {"a4": (297.0, 210.0), "letter": (279.4, 215.9)}
"""Sheets of paper lying on their long side, in mm."""

FACE, BOLD = "inter-regular", "inter-bold"
"""The typefaces, by the names of their files: Latin with Vietnamese, Greek and Cyrillic letters."""

HOLE = "□"
"""What stands for a letter that the typefaces lack."""

NAMED = 12
"""More letters that could not be printed are counted and not named."""


class Pen:
    """Draws on pages of one size; the same strokes give the same bytes. `lacking` is what a page left out."""

    def __init__(self, size_mm: tuple[float, float], title: str, author: str = "") -> None:
        """Begin the first page."""
        self.wide, self.high = size_mm
        self.file = BytesIO()
        self.canvas = Canvas(self.file, pagesize=(self.wide * mm, self.high * mm), invariant=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.lacking: set[str] = set()

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
        """Write a line; `y` is its foot."""
        canvas = self.canvas
        self.lacking |= _lacking(words)
        canvas.setFont(_face(BOLD if bold else FACE), size)
        canvas.setFillColor(ink)
        draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}[anchor]
        draw(x * mm, (self.high - y) * mm, _written(words))

    def line(self, x: float, y: float, to: float, ink: Color, wide: float) -> None:
        """Draw a level line."""
        self.canvas.setStrokeColor(ink)
        self.canvas.setLineWidth(wide)
        self.canvas.line(x * mm, (self.high - y) * mm, to * mm, (self.high - y) * mm)

    def end_page(self) -> None:
        """End this page; the next stroke is on another."""
        self.canvas.showPage()
        self.lacking = set()

    def pdf(self) -> bytes:
        """Return the file."""
        self.canvas.save()
        return self.file.getvalue()


def lines(words: str, wide: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """Break a text into lines so wide, in mm, and no more of them; what is left out is said with an ellipsis.

    It breaks between words; a word that is wider than a line is cut.
    """
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < most:
        taken = max(1, _fitting(rest, wide, size, bold=bold))
        line, rest = " ".join(rest[:taken]), rest[taken:]
        if (rest and len(found) == most - 1) or _wide(line, size, bold=bold) > wide:
            line = _cut(line, wide, size, bold=bold)
        found.append(line)
    return found


def _fitting(words: list[str], wide: float, size: float, *, bold: bool) -> int:
    """Return how many of the words stand on a line."""
    count = 0
    while count < len(words) and _wide(" ".join(words[: count + 1]), size, bold=bold) <= wide:
        count += 1
    return count


def _cut(line: str, wide: float, size: float, *, bold: bool) -> str:
    """Shorten a line to the words that fit with an ellipsis behind them; of a single word, to its letters."""
    words = line.split()
    while len(words) > 1 and _wide(f"{' '.join(words)}…", size, bold=bold) > wide:
        words.pop()
    kept = " ".join(words)
    while kept and _wide(f"{kept}…", size, bold=bold) > wide:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,;:.–-')}…"


def _wide(words: str, size: float, *, bold: bool) -> float:
    """Return how wide a line is, in mm."""
    return float(stringWidth(_written(words), _face(BOLD if bold else FACE), size)) / mm


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
