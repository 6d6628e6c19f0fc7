"""Reads what is said of lamps: a role opens a light, and what stands beside it belongs to that light."""

from bisect import bisect_right
from typing import NamedTuple

from app.match.tables import bag
from app.parse.names import Hit, Sense
from app.parse.page import CLAUSE, COMMA, NONE, Page, Piece

OF_A_LIGHT = {
    "light.source": "source", "light.fixture": "fixture", "light.pattern": "pattern", "light.direction": "direction",
    "light.gel": "gels", "light.hue": "hue", "light.quality": "quality", "light.shadow": "shadow",
    "light.modifier": "modifiers", "light.effect": "effects",
}  # fmt: skip
"""The field of a light that takes a facet."""

OPENS = frozenset({"source", "fixture", "pattern"})
"""Fields that make a light of a sentence in which none is named."""

AFTER_ROLE = bag(
    """
    light lights from at is side source motivated through high low up left right camera two one half three with
    bounced diffused placed overhead behind above off
    """
)
"""Words after "key", "fill" or "rim" by which a lamp is meant, and no thing of that name."""

EVERYDAY = frozenset(
    {"key", "fill", "rim", "back", "special", "practical", "hair", "background", "return", "eye", "ambient"}
)
"""Names of roles that are everyday words."""

AGAINST = frozenset({"over", "under", "above", "below", "than", "to"})
"""A role after one of these is what a level is measured against: two stops over the fill."""

DIVIDES = frozenset({"and", "plus", "while", "then", "with", "but", "against"})


NOUNS = frozenset({"light", "lighting", "source"})


LAMPS = NOUNS | {"lights", "lamp", "pattern"}


class Opened(NamedTuple):
    """A light that a piece names: the words that name it, the first word that belongs to it, and its id."""

    start: int
    end: int
    reach: int
    id: str


def open_lights(page: Page, piece: Piece) -> list[Opened]:
    """Open a light for every role that a piece names, and return them in order."""
    opened: list[Opened] = []
    for hit in piece.hits:
        if "light.role" not in hit.name.facets:
            continue
        sense = next(one for one in hit.name.senses if one.facet == "light.role")
        if (
            _is_fixture(hit, sense)
            or _is_inside(piece, hit)
            or page.is_read(hit.start, hit.end)
            or not _is_lamp(page, piece, hit)
        ):
            continue
        role = sense.term.rpartition(".")[2]
        name = page.draft.free_id("lights", role)
        if not name:
            continue
        page.draft.light = name
        page.say(f"lights.{name}.role", sense.term, hit.start, _with_noun(page, hit.end))
        opened.append(Opened(hit.start, hit.end, _reach(page, piece, hit, first=not opened), name))
    return opened


def _is_fixture(hit: Hit, role: Sense) -> bool:
    """Tell whether a name is first that of a fixture, or of an effect: an obie light may do as an eye light."""
    return role.rank == 2 and any(
        one.facet in {"light.fixture", "light.effect"} and one.rank < 2 for one in hit.name.senses
    )


def _is_inside(piece: Piece, hit: Hit) -> bool:
    """Tell whether a longer name holds this one: the key of "low-key"."""
    for one in piece.hits:
        if one.start <= hit.start and hit.end <= one.end and one.name.length > hit.name.length and one.name.senses:
            role = next((sense for sense in one.name.senses if sense.facet == "light.role"), None)
            if role is None or _is_fixture(one, role):
                return True
    return False


def light_at(page: Page, opened: list[Opened], at: int) -> str:
    """Return the light to which a word belongs: the one of its part of the piece, else the last one named."""
    if not opened:
        return page.draft.light
    place = bisect_right([one.reach for one in opened], at) - 1
    return opened[max(place, 0)].id


def light_for(page: Page, opened: list[Opened], hit: Hit, sense: Sense) -> str:
    """Return the light that a term describes, opening one where the words name a lamp and no role."""
    key = OF_A_LIGHT[sense.facet]
    name = light_at(page, opened, hit.start)
    taken = f"lights.{name}.{key}" in page.draft.held
    own = (
        key == "modifiers"
        and not page.within
        and (not name or page.fold(hit.end - 1) in {"fill", "light"})
        and not opened
    )
    own |= key in OPENS and "light.modifier.negative_fill" in page.draft.held.get(f"lights.{name}.modifiers", ())
    again = page.draft.held.get(f"lights.{name}.{key}") == sense.term
    if name and not own and (again or not taken or opened or key not in OPENS):
        return name
    plain = key in {"quality", "hue", "direction"} and bool(NOUNS & set(page.folds(hit.start, hit.end + 2)))
    if key not in OPENS and not plain and not own:
        return name
    role = "key" if key == "pattern" else ""
    stem = role or ("light" if plain else sense.term.rpartition(".")[2])
    opened_now = page.draft.free_id("lights", stem)
    if not opened_now:
        return name
    name = page.draft.light = opened_now
    if role:
        page.draft.put(f"lights.{name}.role", "light.role.key", page.span(hit.start, hit.end))
    return name


def say_of_light(page: Page, piece: Piece, opened: list[Opened], hit: Hit, sense: Sense) -> bool:
    """Put a term of a light where it belongs; an effect without a lamp belongs to the whole lighting."""
    name = light_for(page, opened, hit, sense)
    if not name:
        return sense.facet == "light.effect" and page.say("lighting.effects", sense.term, hit.start, hit.end)
    end = _with_noun(page, hit.end)
    if _is_colour(page, piece, hit, sense) or _is_placed(page, piece, hit, sense, name):
        page.mark(hit.start, end)
        page.draft.spans.append(
            page.span(hit.start, end, f"lights.{name}.cct_k" if sense.facet == "light.source" else f"lights.{name}")
        )
        return True
    _inner(page, piece, hit, name)
    if page.fold(hit.start - 1) == "both" and not opened:
        for other in list(page.draft.ids["lights"])[-2:]:
            page.say(f"lights.{other}.{OF_A_LIGHT[sense.facet]}", sense.term, hit.start - 1, end)
        return True
    return page.say(f"lights.{name}.{OF_A_LIGHT[sense.facet]}", sense.term, hit.start, end)


def _inner(page: Page, piece: Piece, hit: Hit, name: str) -> None:
    """Read the quality with which the name of a source begins: "soft window light" is soft as well."""
    if "light.source" not in hit.name.facets:
        return
    for one in piece.hits:
        if one.start == hit.start and one.end < hit.end:
            sense = next(
                (sense for sense in one.name.senses if sense.facet == "light.quality" and sense.rank < 2), None
            )
            if sense:
                page.draft.put(f"lights.{name}.{OF_A_LIGHT[sense.facet]}", sense.term, page.span(one.start, one.end))


def _is_colour(page: Page, piece: Piece, hit: Hit, sense: Sense) -> bool:
    """Tell whether a source only names the colour that a bracket gives in Kelvin: "warm tungsten (3200 K)"."""
    if sense.facet != "light.source" or hit.end != piece.end or not _in_brackets(page, piece, "K"):
        return False
    before = page.folds(piece.start, hit.start)
    return set(before) <= {"very", "warm", "cool", "neutral", "slightly"}


def _in_brackets(page: Page, piece: Piece, unit: str) -> bool:
    """Tell whether a bracket with a number of this unit follows a piece."""
    if piece.end >= len(page.words):
        return False
    text = page.text[page.words[piece.end - 1].end : page.words[piece.end].start]
    return "(" in text and page.units.get(piece.end) == unit


def _is_placed(page: Page, piece: Piece, hit: Hit, sense: Sense, name: str) -> bool:
    """Tell whether a direction repeats in words, under a label, what a side or a pattern has said before."""
    if sense.facet != "light.direction" or page.within != "lighting":
        return False
    held = [key for key in ("side", "azimuth_deg", "direction") if f"lights.{name}.{key}" in page.draft.held]
    held += ["camera"] if piece.gap == COMMA and page.fold(piece.start - 1) == "camera" else []
    level = sense.term.endswith((".top", ".under"))
    return bool(held) and (level or page.fold(hit.start) != "from")


def new_light(page: Page) -> str:
    """Return the light of which a sentence speaks that says "light" and no role."""
    page.draft.light = page.draft.light or page.draft.free_id("lights", "light")
    return page.draft.light


def _is_lamp(page: Page, piece: Piece, hit: Hit) -> bool:
    """Tell whether a role's name means a lamp here: "key from the left", and not "a key on the table"."""
    word, before = page.fold(hit.start), page.fold(hit.start - 1)
    if _is_measure(page, hit) or (page.fold(hit.end) == "off" and hit.end + 1 == piece.end):
        return False
    if hit.name.length >= 2 or word not in EVERYDAY or (page.within == "lighting" and word in {"key", "fill", "rim"}):
        return True
    after, own = page.fold(hit.end), page.words[hit.end] if hit.end < len(page.words) else None
    if own is not None and own.gap == CLAUSE:
        return word in {"key", "fill", "rim"}
    if word not in {"key", "fill", "rim", "practical", "back"}:
        return False
    lit = any(one.end == hit.start and _of_light(one) for one in piece.hits)
    beside = own is not None and own.gap == NONE and (after in AFTER_ROLE or after.isdigit())
    return (
        (beside and before not in {"in", "to"}) or lit or (piece.department == "lighting" and before not in {"a", "an"})
    )


def _of_light(hit: Hit) -> bool:
    return not hit.name.facets.isdisjoint({"light.quality", "light.hue", "light.source"})


def _is_measure(page: Page, hit: Hit) -> bool:
    """Tell whether a role is only what a level is measured against."""
    word, after = page.words[hit.start], page.words[hit.end] if hit.end < len(page.words) else None
    if hit.start and page.text[word.start - 1 : word.start] == ":" and page.fold(hit.start - 1) == "key":
        return True
    if after and word.fold == "key" and after.fold == "fill" and after.gap == CLAUSE and after.start - word.end == 1:
        return True
    before = page.folds(hit.start - 2, hit.start) if page.words[hit.start].gap == NONE else []
    if before and before[-1] in {"the", "a"}:
        before = before[:-1]
    then = page.folds(hit.end, hit.end + 2)
    if before and before[-1] in AGAINST and page.fold(hit.end) != "light":
        return True
    if (
        page.fold(hit.start) in {"background", "ambient"}
        and page.fold(hit.start - 1) == "the"
        and _counted(page, hit.end)
    ):
        return True
    if (
        page.fold(hit.start) in {"key", "fill", "background", "ambient"}
        and _counted(page, hit.end)
        and AGAINST & set(page.folds(hit.end, hit.end + 5))
        and {"key", "fill"} & set(page.folds(hit.end, hit.end + 6))
    ):
        return True
    return page.fold(hit.start) == "key" and bool(then) and (then[0] == "fill" or then == ["to", "fill"])


def _counted(page: Page, at: int) -> bool:
    """Tell whether a number in stops stands at a word."""
    return page.units.get(at) == "stops"


def _reach(page: Page, piece: Piece, hit: Hit, *, first: bool) -> int:
    """Return the first word that belongs to a light: what follows the last "and" before its role."""
    if first:
        return piece.start
    at = hit.start
    while at > piece.start and page.fold(at - 1) not in DIVIDES:
        at -= 1
    return at


def _with_noun(page: Page, end: int) -> int:
    """Take "light" and "lamp" with the words before them."""
    follows = end < len(page.words) and page.words[end].gap == NONE and page.fold(end - 1) not in NOUNS
    return end + 1 if follows and page.fold(end) in LAMPS else end
