"""Puts a term where its facet belongs in the shot: with the light, the person, the move or the whole at hand."""

from app.parse.departments import PLAIN
from app.parse.lamps import OF_A_LIGHT, Opened, light_at, say_of_light
from app.parse.meaning import path_of
from app.parse.names import Hit, Sense, names_of
from app.parse.page import READ, TOLD, Page, Piece


def say(page: Page, piece: Piece, opened: list[Opened], hit: Hit, sense: Sense) -> None:
    """Put a term at the path of its facet."""
    facet = sense.facet
    if facet in OF_A_LIGHT and (facet != "light.effect" or light_at(page, opened, hit.start)):
        say_of_light(page, piece, opened, hit, sense)
    elif facet == "camera.move":
        _move(page, hit, sense)
    elif sense.facet == "subject.hair_colour":
        page.draft.hero = page.draft.hero or "subject"
        page.say(f"subjects.{page.draft.hero}.hair_colour", sense.term, hit.start, hit.end, TOLD)
        _cut(page, piece, hit)
    elif path := _path(page, piece, hit, sense):
        said = page.say(path, sense.term, hit.start, hit.end, _state(page, piece, hit, sense))
        if not said and facet.startswith(OF_THE_WHOLE) and (hit.start, hit.end) == (piece.start, piece.end):
            page.keep("intent.says", hit.start, hit.end)
        if facet == "intent.subform":
            _form(page, piece, hit)


OF_THE_WHOLE = ("camera.", "framing.", "look.", "place.", "intent.", "lighting.", "time.")
"""Facets whose second name, where one has been said, describes nobody: "heavy rain, overcast"."""


def _form(page: Page, piece: Piece, hit: Hit) -> None:
    """Read the form with which the name of its kind ends: a watch commercial is a commercial."""
    for one in piece.hits:
        if hit.start < one.start and one.end == hit.end:
            term = next((sense.term for sense in one.name.senses if sense.facet == "intent.form"), "")
            if term:
                page.draft.put("intent.form", term, page.span(one.start, one.end))


def _cut(page: Page, piece: Piece, hit: Hit) -> None:
    """Read the cut before a colour: "short black hair" is short hair as well."""
    for start in range(max(hit.start - 3, piece.start), hit.start):
        name = f"{page.wording(start, hit.start)} hair"
        term = next((one.term for one in names_of(page.draft.vocabulary).of(name) if one.facet == "subject.hair"), "")
        if term and page.say(f"subjects.{page.draft.hero}.hair", term, start, hit.start, TOLD):
            return


def _path(page: Page, piece: Piece, hit: Hit, sense: Sense) -> str:
    """Return where a term goes, or nothing where nobody is there whom it could be said of."""
    draft, facet, key = page.draft, sense.facet, sense.facet.partition(".")[2]
    if facet.startswith("subject."):
        draft.hero = draft.hero or "subject"
        return f"subjects.{draft.hero}.{key}"
    if facet == "camera.speed":
        return f"beats.{draft.beat}.moves.{draft.move}.speed" if draft.move else ""
    if facet in {"beat.action", "sound.delivery"}:
        whole = facet != "beat.action" or (hit.start == piece.start and hit.end >= piece.end)
        if page.within == "action":
            draft.hero = draft.hero or "subject"
        who = page.lines.get(piece.start, draft.hero)
        return f"beats.{draft.beat}.{key}.{who}" if who and whole else ""
    if facet == "time.transition":
        return "transition_in" if "in" in draft.vocabulary.terms[sense.term].traits else "transition_out"
    own = {"beat.interaction": f"beats.{draft.beat}.interaction", "light.role": ""}
    return own[facet] if facet in own else path_of(facet)


def _state(page: Page, piece: Piece, hit: Hit, sense: Sense) -> int:
    """Tell whether the words are done, or may still stand in a description or a place."""
    if sense.facet.startswith("subject."):
        return READ if hit.start == piece.start and hit.end == piece.end else TOLD
    if not sense.facet.startswith("place.") or page.within:
        return READ
    noun = hit.name.length == 1 and sense.facet == "place.location" and hit.start > piece.start  # in his kitchen
    return TOLD if noun or not _at_the_end(page, piece, hit) else READ


def _at_the_end(page: Page, piece: Piece, hit: Hit) -> bool:
    """Tell whether a place or a time can be taken out of its sentence: nothing comes after it."""
    at = hit.end  # behind the piece, where a name runs over its comma
    return at >= piece.end or page.state[at] == READ or page.fold(at) in PLAIN


def _move(page: Page, hit: Hit, sense: Sense) -> None:
    draft = page.draft
    name = draft.free_id("moves", sense.term.rpartition(".")[2])
    if not name:
        return
    draft.move = name
    page.say(f"beats.{draft.beat}.moves.{name}.path", sense.term, hit.start, hit.end)
    for at in (hit.start, hit.start - 1, hit.end):
        term = SPEEDS.get(page.fold(at), "")
        if term:
            page.say(f"beats.{draft.beat}.moves.{name}.speed", f"camera.speed.{term}", at, at + 1)
            return


SPEEDS = {
    "slow": "slow", "slowly": "slow", "gentle": "slow", "gently": "slow", "fast": "running", "quick": "running",
    "quickly": "running", "rapidly": "running", "creeping": "creep", "imperceptibly": "creep",
}  # fmt: skip
