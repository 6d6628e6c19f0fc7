"""Which of its terms a name means where it stands, and at which path of the shot."""

from functools import cache, lru_cache

from app.match.find import NATURAL
from app.match.tables import bag
from app.parse.departments import LEADING, PLAIN, anywhere, home
from app.parse.names import Hit, Sense
from app.parse.page import COMMA, NONE, Page, Piece
from app.parse.words import ARTICLES
from app.schema.facets import picked_at

NEEDS_ITS_DEPARTMENT = (
    "sound.",
    "beat.",
    "camera.speed",
    "camera.move",
    "reference.",
    "exclude",
    "subject.presentation",
)
"""Facets whose names are everyday words, even two together: "move in", "the door slams"."""

NO_TAGS = ("sound.", "exclude", "reference.", "camera.speed", "time.transition")
"""Facets that a word between two commas does not name unless its department is known."""

OF_A_CAMERA = bag(
    """
    dolly whip crane tracking track zoom crash pan pans tilt steadicam orbit orbits arc pedestal truck drone aerial
    bullet push snorricam pulls pushes dollies pans tilts tracks cranes zooms
    """
)
"""First words of a move that nobody takes for anything else, when a second one follows."""

SPECIAL = {
    "light.effect": "lighting.effects",
    "camera.focus": "camera.focus.technique",
}


@cache
def path_of(facet: str) -> str:
    """Return the path that takes a facet, with `*` for an id."""
    if facet in SPECIAL:
        return SPECIAL[facet]
    return next(path for path, own in picked_at().items() if own == facet)


def meant(page: Page, piece: Piece, hit: Hit) -> Sense | None:
    """Return what a name means in this piece, or None where it is ordinary English."""
    if not hit.name.senses:
        return None
    own, silent = home(piece.department), silent_in(page.within, piece.department)
    fitting = [one for one in hit.name.senses if one.facet not in silent and _fits(page, piece, hit, one, own)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    every = anywhere()
    return min(
        fitting,
        key=lambda one: (
            one.facet not in own,
            one.rank == 2,
            own.get(one.facet, 0),
            not one.sure,
            every.get(one.facet, 99),
            one.rank,
        ),
    )


@lru_cache(maxsize=512)
def silent_in(within: str, department: str) -> frozenset[str]:
    """Return the facets whose names mean nothing under a label, or in a department."""
    silent = (*SILENT.get(within, ("reference.",)), *ELSEWHERE.get(department, ()))
    return frozenset(one for one in picked_at().values() if one.startswith(silent) and one != "exclude")


def _fits(page: Page, piece: Piece, hit: Hit, sense: Sense, own: dict[str, int]) -> bool:
    """Tell whether a name may mean a term here; `own` are the facets of the department."""
    if sense.facet == "exclude":  # only as its own opposite: "the road is empty"
        return sense.rank == 1 and hit.name.length >= 3
    if sense.facet in NATURAL and _is_proper(page, hit):
        return False
    at_home, long = sense.facet in own, hit.name.length >= 2 and not sense.everyday
    if at_home and (long or (piece.department == "lighting" and page.fold(hit.start) not in NO_LAMP)):
        return True
    if sense.sure or _is_led(page, piece, hit, sense):
        return True
    tag = not page.within and not sense.facet.startswith(NO_TAGS)
    if (at_home or tag) and _is_alone(page, piece, hit):
        return at_home or not piece.department or not sense.facet.startswith(("subject.", "beat."))
    return long and sense.facet.startswith(OPEN) and not sense.facet.startswith(NEEDS_ITS_DEPARTMENT)


def _is_led(page: Page, piece: Piece, hit: Hit, sense: Sense) -> bool:
    """Tell whether the words beside a name leave no doubt of what it means."""
    facet = sense.facet
    if facet in {"place.location", "place.season"}:
        return hit.name.length == 1 and not sense.everyday and _is_where(page, piece, hit, sense)
    if facet in {"intent.form", "intent.genre", "intent.mood"}:
        return _is_of_a_picture(page, piece, hit)
    if facet == "sound.delivery":
        return piece.start in page.lines and _is_alone(page, piece, hit)
    if facet == "camera.speed":
        return _is_a_pace(page, piece, hit) and _is_alone(page, piece, hit)
    return _is_of_a_camera(page, piece, hit, sense)


def _is_a_pace(page: Page, piece: Piece, hit: Hit) -> bool:
    """Tell whether a pace is that of the move that was named right before its comma."""
    spans = page.draft.spans
    moved = bool(page.draft.move and spans) and spans[-1].path.endswith(f".moves.{page.draft.move}.path")
    return moved and hit.name.length >= 2 and piece.gap == COMMA


def _is_of_a_picture(page: Page, piece: Piece, hit: Hit) -> bool:
    """Tell whether a word for the whole stands right before what the picture is: a cinematic film still."""
    nouns = (one for one in piece.hits if one.start == hit.end and one.name.length >= 2)
    led = any(sense.facet in {"intent.medium", "camera.size"} for one in nouns for sense in one.name.senses)
    return led and set(page.folds(piece.start, hit.start)) <= HEAD


def _is_where(page: Page, piece: Piece, hit: Hit, sense: Sense) -> bool:
    """Tell whether a noun says where something is, with at most two words between: "in his tiny workshop"."""
    after = page.fold(hit.end)
    if after == "of" or (hit.end < piece.end and after not in PLAIN and after not in THEN):
        return False
    for at in range(hit.start - 1, max(hit.start - 5, piece.start - 1), -1):
        if page.folded[at] in WHERE or (page.folded[at] == "of" and page.fold(at - 1) in SHOWS):
            if page.fold(at - 1) in SEES:
                return False
            said = page.folded[at + 1 : hit.start]
            return sense.facet == "place.season" or "their" in said or not ARTICLES.isdisjoint(said)
        if page.folded[at] in LEADING:
            return False
    return False


WHERE = frozenset({"in", "inside", "at", "on", "into", "through", "across"})
SEES = bag("out looks looking stares staring gazes gazing points pointing glances glancing")
"""Before "at" and "into" these tell where somebody looks, and not where they are."""

SHOWS = bag(
    """
    shot view photo photograph image picture footage vista end corner middle edge back front counter doorway heart
    """
)
"""Before "of" these do not take away that what follows is where it is."""
THEN = frozenset({"before", "after", "during", "near", "behind", "beside", "where", "who", "that", "which", "alone"})
"""Words before which a place is named whole."""


def _is_of_a_camera(page: Page, piece: Piece, hit: Hit, sense: Sense) -> bool:
    """Tell whether a name is of the camera and nothing else: "handheld", "dolly zoom", "slow orbit"."""
    if sense.facet == "camera.support":
        return page.fold(hit.start) in SURE
    if sense.facet != "camera.move":
        return False
    beside = {word for side in _beside(page, piece, hit) for word in side}
    paced = beside - HEAD <= PACE and bool(beside & PACE)
    return paced or (hit.name.length >= 2 and page.fold(hit.start) in OF_A_CAMERA)


SURE = frozenset({"handheld", "steadicam", "gimbal", "easyrig", "snorricam"})
PACE = frozenset({"slow", "slowly", "fast", "quick", "quickly", "gentle", "gently", "rapid", "smooth"})


NO_LAMP = bag(
    """
    under top back side front rear lateral flag mirror match moon trace flash tail cutter blonde opal harsh
    """
)
"""Names of lighting that are everyday words, even beside a lamp."""

SILENT = {
    "sound": ("reference.", "place.", "light", "camera.", "look.", "framing.", "intent.", "subject.", "beat."),
    "lighting": (
        "reference.",
        "camera.angle",
        "camera.height",
        "camera.view",
        "framing.",
        "place.",
        "intent.",
        "subject.",
        "beat.",
    ),
    "place": ("reference.", "light.", "lighting.", "camera.", "framing.", "look.", "intent.mood", "intent.genre"),
    "subject": ("reference.", "framing.", "camera.", "place.", "intent.era", "light."),
}
"""Under these labels the names of these facets are not taken at their word."""

ELSEWHERE = {"sound": SILENT["sound"], "lighting": ("framing.placement",)}
"""In these departments, without a label, the names of these facets mean something else."""

OPEN = ("camera.", "framing.", "look.", "light", "place.", "intent.", "subject.", "time.")


def _is_alone(page: Page, piece: Piece, hit: Hit) -> bool:
    """Tell whether nothing else stands between the commas, but for words that join."""
    before, after = _beside(page, piece, hit)
    if TAIL.issuperset(after) and HEAD.issuperset(before):
        return True
    return (bool(page.within) or piece.department in {"place", "mood"}) and _is_list(page, piece, hit)


def _beside(page: Page, piece: Piece, hit: Hit) -> tuple[list[str], list[str]]:
    """Return the words of a piece before and after a name, without its lengths and ratios."""
    if not piece.numbers:
        return page.folded[piece.start : hit.start], page.folded[hit.end : piece.end]
    counted = {at for one, start, end in piece.numbers if one.unit in {"mm", "ratio"} for at in range(start, end)}
    before = [page.fold(at) for at in range(piece.start, hit.start) if at not in counted]
    return before, [page.fold(at) for at in range(hit.end, piece.end) if at not in counted]


def _is_list(page: Page, piece: Piece, hit: Hit) -> bool:
    """Tell whether a piece holds nothing but names of its department: "tense and lonely"."""
    own = home(piece.department)
    covered = set(range(hit.start, hit.end))
    for one in piece.hits:
        if any(sense.facet in own for sense in one.name.senses):
            covered.update(range(one.start, one.end))
    rest = (page.fold(at) for at in range(piece.start, piece.end) if at not in covered and not page.is_read(at, at + 1))
    verbs = {"is", "are"} if piece.department == "mood" else set()  # the mood is tense
    return all(one in HEAD or one in TAIL or one in verbs for one in rest)


HEAD = bag("a an the in with on at and shot as of through by from or")
TAIL = bag("shot style look lens lighting light and aesthetic mood tone atmosphere vibe footage")


def _is_proper(page: Page, hit: Hit) -> bool:
    """Tell whether capitals in the middle of a sentence make a name of somebody or some place out of a term."""
    own = page.words[hit.start : hit.end]
    if not all(one.raw[0].isupper() and not one.raw.isupper() for one in own):
        return False
    before = page.words[hit.start - 1] if hit.start else None
    if before and page.words[hit.start].gap == NONE and before.raw.islower() and before.fold not in {"in", "at"}:
        return True
    after = page.words[hit.end] if hit.end < len(page.words) else None
    return bool(after and after.gap == NONE and after.raw[0].isupper() and not after.raw.isupper())
