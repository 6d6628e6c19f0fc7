"""Keeps every word that no field took, in the box of its department: nothing that was written is lost."""

from app.match.kinds import PERSONS
from app.match.tables import bag
from app.parse.departments import BOXES, JOINING
from app.parse.page import READ, UNREAD, Page, Piece
from app.parse.parsed import Free
from app.parse.people import read_people


def read_rest(page: Page, piece: Piece) -> None:
    """Keep what is left of a piece in the box of its department, or with whom it is about."""
    department = piece.department
    if PRAISING.issuperset(piece.said) and " ".join(page.folds(piece.start, piece.end)) in PRAISE:
        page.keep("intent.says", piece.start, piece.end)
        return
    if UNREAD not in page.state[piece.start : piece.end]:
        return
    if not department and page.fold(piece.end - 1) == "background" and page.state[piece.end - 1] == UNREAD:
        page.keep("place.background", piece.start, piece.end)
        return
    if not page.within and department in BOXES and department not in TOLD_OF and _tells(page, piece):
        department = piece.department = ""
    if department in TOLD_OF:
        read_people(page, piece)
        _sweep(page, piece)
    else:
        _boxed(page, piece, department)


TOLD_OF = frozenset({"", "subject", "action", "wardrobe", "place", "background", "foreground", "frame"})
"""Departments whose words are told of people and places."""


def _boxed(page: Page, piece: Piece, department: str) -> None:
    """Keep what is left of a technical piece in the box of its department."""
    at = piece.start if UNREAD in page.state[piece.start : piece.end] else piece.end
    idle = IDLE.get(department, JOINING)
    while at < piece.end:
        end = at
        while end < piece.end and page.state[end] == UNREAD:
            end += 1
        first, last = at, end
        while first < last and page.fold(first) in idle:
            first += 1
        while last > first and page.fold(last - 1) in idle:
            last -= 1
        if first < last:
            _box(page, department, first, last)
        at = max(end, at + 1)
    _absorb(page, piece)


def _sweep(page: Page, piece: Piece) -> None:
    """Keep every word that nothing has understood and that does not merely join."""
    at = piece.start if UNREAD in page.state[piece.start : piece.end] else piece.end
    while at < piece.end:
        end = at
        while end < piece.end and page.state[end] == UNREAD and page.fold(end) not in JOINING:
            end += 1
        if end > at:
            page.keep(f"subjects.{page.draft.hero}.description" if page.draft.hero else "intent.says", at, end)
        at = max(end, at + 1)


def _absorb(page: Page, piece: Piece) -> None:
    """Give words that only lead to something else to what their piece was read as: "just", "casting"."""
    if UNREAD not in page.state[piece.start : piece.end]:
        return
    for at in range(piece.start, piece.end):
        if page.state[at] != UNREAD or page.fold(at) in JOINING:
            continue
        draft, here = page.draft, page.at + page.words[piece.start].start
        if draft.spans and draft.spans[-1].start >= here:
            draft.spans.append(page.span(at, at + 1, draft.spans[-1].path))
        elif draft.free and draft.free[-1].start >= here:
            one = page.span(at, at + 1)
            draft.free.append(Free(one.start, one.end, one.text))
        else:
            _box(page, piece.department, at, at + 1)
        page.mark(at, at + 1)


IDLE = {
    "mood": JOINING | {"mood", "tone", "atmosphere", "vibe"},
    "lighting": JOINING
    | bag(
        """
    source casting throwing gelled bounced just from above warm cool very neutral white with off motivated directly eye
    level
    """
    ),
    "camera": JOINING | bag("focus aimed balanced exposed played seen moves move moving canted angle tilted"),
}
"""Words of a department that only lead to what was read, and those that join."""


def _box(page: Page, department: str, start: int, end: int) -> None:
    light = page.draft.light
    path = f"lights.{light}.effects" if department == "lighting" and light else BOXES.get(department, "intent.says")
    page.keep(path, start, end)


def _tells(page: Page, piece: Piece) -> bool:
    """Tell whether what is left of a technical piece speaks of somebody or some place after all."""
    left = [at for at in range(piece.start, piece.end) if page.state[at] != READ]
    folds = {page.fold(at) for at in left if page.state[at] == UNREAD}
    if folds & PERSONS or any(at in page.met for at in left):
        return True
    done = READ in page.state[piece.start : piece.end] or "shot" in page.folds(piece.start, piece.end)
    where = any(page.fold(at) in LEADS_ON or page.fold(at - 1) in {"of", "on"} for at in left if at > piece.start)
    return piece.department != "lighting" and done and where and bool(folds - JOINING)


LEADS_ON = frozenset({"in", "at", "on", "through", "across", "inside", "a", "an", "the"})

PRAISE = frozenset(
    {
        "masterpiece", "best quality", "high quality", "highest quality", "highly detailed", "ultra detailed", "8 k",
        "4 k",
        "8 k uhd", "4 k uhd", "uhd", "hdr", "award winning", "award winning photo", "trending on artstation",
        "photorealistic", "hyperrealistic", "ultra realistic", "hyper realistic", "intricate details",
        "cinematic masterpiece",
        "absurdres", "highres", "ultra hd", "professional",
    }
)  # fmt: skip
"""Praise that says nothing of the picture: kept with what the shot is for."""

PRAISING = bag(" ".join(PRAISE))
