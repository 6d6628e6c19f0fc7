"""Reads how a lamp is rigged: at which side, through what, motivated by what, seen or not."""

from app.parse.departments import PLAIN
from app.parse.lamps import Opened, light_at, new_light
from app.parse.page import UNREAD, Page, Piece


def read_side(page: Page, piece: Piece, opened: list[Opened]) -> None:
    """Read "from camera left" of a lamp; a number of degrees may still take its place."""
    if (piece.department != "lighting" and not opened) or SIDES.isdisjoint(piece.said):
        return
    for at in range(piece.start, piece.end):
        side = _side_of(page, at)
        if side and not page.is_read(at, at + 1):
            _side(page, piece, opened, at, side)


SIDES = frozenset({"left", "right", "l", "r"})


def _side_of(page: Page, at: int) -> str:
    """Return the side that a word names; on a gaffer's note an L or an R behind the camera."""
    fold = page.folded[at]
    if fold in {"l", "r"} and page.fold(at - 1) in {"cam", "camera", "frame", "screen"}:
        return "left" if fold == "l" else "right"
    return fold if fold in {"left", "right"} else ""


def _side(page: Page, piece: Piece, opened: list[Opened], at: int, side: str) -> None:
    start = at
    while start > piece.start and page.folded[start - 1] in LEADS:
        start -= 1
    follows = at + 1 < piece.end and page.folded[at + 1] == "side"
    aimed = follows or page.fold(at + 1) == "of" or bool(AIMED & set(page.folds(max(at - 3, piece.start), at)))
    light = light_at(page, opened, at) or (new_light(page) if aimed else "")
    if light and not page.is_read(start, at + 1) and f"lights.{light}.azimuth_deg" not in page.draft.held:
        page.say(f"lights.{light}.side", side, start, at + 2 if follows else at + 1)


LEADS = frozenset({"camera", "cam", "screen", "frame", "the", "from", "on", "to", "at", "of"})
AIMED = frozenset({"camera", "cam", "from", "screen", "frame"})


def read_rigging(page: Page, piece: Piece, opened: list[Opened]) -> None:
    """Read what a lamp goes through, what motivates it, and whether it stands in the picture."""
    light = light_at(page, opened, piece.end - 1) if piece.department == "lighting" else ""
    if light:
        _through(page, piece, light)
        _seen(page, piece, light)
    if page.later and "motivated" in piece.said:
        _motives(page, piece, opened)


def _through(page: Page, piece: Piece, light: str) -> None:
    """Keep what a lamp goes through, or is motivated by, where no term says it."""
    if "through" not in piece.said:
        return
    for at in range(piece.start, piece.end - 1):
        if page.fold(at) == "through" and not page.is_read(at, at + 1):
            _way(page, f"lights.{light}.modifiers", at, piece.end)


def _way(page: Page, path: str, at: int, last: int) -> None:
    """Keep what the light goes through, up to the next joining word."""
    first = end = at + 1
    while end < last and page.state[end] == UNREAD and (end == first or page.fold(end) not in PLAIN - {"a", "the"}):
        end += 1
    while first < end - 1 and page.fold(first) in {"a", "an", "the"}:
        first += 1
    if end > first and page.fold(first) not in PLAIN:
        page.draft.tell(path, page.wording(first, end), page.span(at, end))
        page.mark(at, end)


def _motives(page: Page, piece: Piece, opened: list[Opened]) -> None:
    """Say what motivates the lamp of a piece; without a lamp the words stay with the whole lighting."""
    for at, (start, first, end) in page.later.items():
        if piece.start <= at < piece.end:
            light = light_at(page, opened, at)
            if light:
                page.draft.tell(f"lights.{light}.motivated_by", page.wording(first, end), page.span(start, end))
            else:
                page.keep("lighting.effects", start, end)


SEEN: tuple[tuple[tuple[str, ...], str, float | bool], ...] = (
    (("seen", "in", "the", "frame"), "visible", True),
    (("visible", "in", "frame"), "visible", True),
    (("in", "shot"), "visible", True),
    (("out", "of", "frame"), "visible", False),
    (("off", "camera"), "visible", False),
    (("at", "exposure"), "stops", 0),
    (("at", "key"), "stops", 0),
)
"""Words that say of a lamp whether it stands in the picture, and that it lies at the exposure."""


LAST_SEEN = frozenset(said[-1] for said, _, _ in SEEN)


def _seen(page: Page, piece: Piece, light: str) -> None:
    if page.fold(piece.end - 1) not in LAST_SEEN:
        return
    folds = tuple(page.folds(piece.start, piece.end))
    for said, key, value in SEEN:
        if folds[-len(said) :] == said and not page.is_read(piece.end - len(said), piece.end):
            page.say(f"lights.{light}.{key}", value, piece.end - len(said), piece.end)
