"""Reads who a sentence is about: description, wardrobe, action, gaze and place, each kept word for word in its box."""

from app.parse.callings import TITLES, TONES
from app.parse.departments import PLAIN, THINGS
from app.parse.groups import PRONOUNS, noun_end
from app.parse.meeting import free_name, identifier, is_name
from app.parse.names import names_of
from app.parse.page import NONE, READ, UNREAD, Page, Piece
from app.parse.parts import WEARS, Part, is_thing, joined_parts, parts_of, shown_from, unread
from app.parse.verbs import POSED, VERBS, WHERE, partners
from app.parse.words import ARTICLES


def read_people(page: Page, piece: Piece) -> None:
    """Keep what is left of a piece: in the boxes of the subject of which it speaks, or in the place's."""
    for start, end in unread(page, piece):
        for part in joined_parts(page, piece, parts_of(page, piece, start, end)):
            joined = page.fold(part.start) in {"and", "while", "as"} and part.end - part.start > 1
            first = part.start + joined
            if UNREAD in page.state[first : part.end]:
                _keep(page, piece, Part(part.box, first, part.end))


def _keep(page: Page, piece: Piece, part: Part) -> None:
    start, end = part.start, part.end
    if part.box == "who":
        _who(page, piece, start, end)
    elif part.box == "where":
        _where(page, piece, start, end)
    elif part.box == "wardrobe":
        _wardrobe(page, start, end)
    elif part.box == "gaze":
        _gaze(page, start, end)
    else:
        _action(page, start, end)


def _hero(page: Page) -> str:
    page.draft.hero = page.draft.hero or "subject"
    return page.draft.hero


def _whose(page: Page, start: int, end: int) -> None:
    """Turn to the subject that a part names."""
    met = next((page.met[at] for at in range(start, end) if at in page.met), "")
    page.draft.hero = met or page.draft.hero


def _where(page: Page, piece: Piece, start: int, end: int) -> None:
    path = {"background": "place.background", "foreground": "place.foreground"}.get(piece.department, "place.where")
    cut = end
    if page.folds(end - 3, end) == ["in", "the", "background"] and end - start > 3:
        cut, path = end - 3, "place.background"
    first = start + 1 if page.fold(start) in {"in", "at", "on"} and start + 1 < cut else start
    page.draft.tell(path, page.wording(first, cut), page.span(start, end))
    page.mark(start, end)
    if path == "place.where" and piece.department != "lighting":
        _located(page, start, cut)


def _located(page: Page, start: int, end: int) -> None:
    """Say the place that the words for it name, before any preposition: "a candlelit ballroom"."""
    first = start + (page.fold(start) in WHERE)
    stop = noun_end(page, first, end)
    at = next((one for one in range(first, stop) if page.fold(one) in WHERE), stop) - 1
    if at < first or page.fold(at) in THINGS or page.fold(at + 1) == "of":
        return
    for sense in names_of(page.draft.vocabulary).of_word(page.folded[at]):
        if sense.facet in {"place.location", "place.setting"} and sense.facet not in page.draft.held:
            page.draft.put(sense.facet, sense.term, page.span(at, at + 1))
            return


def _wardrobe(page: Page, start: int, end: int) -> None:
    _whose(page, start, end)
    first = start
    while first < end - 1 and page.fold(first) in {*WEARS, "in"}:
        first += 1
    page.draft.tell(f"subjects.{_hero(page)}.wardrobe", page.wording(first, end), page.span(start, end))
    page.mark(start, end)


def _gaze(page: Page, start: int, end: int) -> None:
    """Read where somebody looks: another subject by its id, else the words."""
    hero, first = _hero(page), min(start + 2, end)
    path = f"subjects.{hero}.eyeline"
    if first >= end:
        _action(page, start, end)
        return
    raw = page.words[first].raw
    other = identifier(raw) if is_name(page, first) and end == first + 1 else ""
    if other and other != hero and page.draft.admits("subjects", other):
        _named(page, other, first, first + 1)
        page.draft.hero = hero
        page.say(path, other, start, end)
    elif path in page.draft.held:
        _action(page, start, end)
    else:
        page.draft.tell(path, page.wording(first, end), page.span(start, end))
        page.mark(start, end)


def _action(page: Page, start: int, end: int) -> None:
    """Keep what somebody does: the term where it says it all, else the words."""
    hero = _hero(page)
    first = start + 1 if page.fold(start) in {"is", "are", "was"} and start + 1 < end else start
    path = f"beats.{page.draft.beat}.action.{hero}"
    if isinstance(page.draft.held.get(path), str):  # a term says all of what this one does
        _posed(page, first)
        page.tell(f"subjects.{hero}.description", start, end)
        return
    whole = names_of(page.draft.vocabulary).of(page.wording(first, end))
    term = next((one.term for one in whole if one.facet == "beat.action"), "")
    pose = next((one.term for one in whole if one.facet == "subject.pose"), "")
    if pose and page.fold(first) in POSED and page.say(f"subjects.{hero}.pose", pose, start, end):
        return
    if term and page.say(path, term, start, end):
        return
    _posed(page, first)
    alone = page.fold(first).endswith("s") and not page.fold(first).endswith("ss")
    for one in [] if alone else partners(page, start):
        page.draft.tell(f"beats.{page.draft.beat}.action.{one}", page.wording(first, end), page.span(start, end), "; ")
    page.draft.tell(path, page.wording(first, end), page.span(start, end), "; ")
    page.mark(start, end)
    _mentioned(page, first, end)


def _mentioned(page: Page, start: int, end: int) -> None:
    """Meet those of whom an action tells as well: the man of "listening to an old man"."""
    hero = page.draft.hero
    for at in range(start + 1, end):
        who = page.met.get(at, hero)
        first = at
        while first > start and page.words[first].gap == NONE and page.fold(first - 1) not in PLAIN | WHERE:
            first -= 1
            if page.fold(first) in VERBS or page.fold(first).endswith("ing"):
                first += 1
                break
        lead = page.fold(first - 1) if page.fold(first - 1) not in ARTICLES else page.fold(first - 2)
        if who == hero or page.fold(at) in PRONOUNS or lead in {"of", "like", "as", "than", "about"}:
            continue
        page.draft.put(f"subjects.{who}.kind", "subject.kind.character")
        if is_name(page, at):
            page.draft.tell(f"subjects.{who}.name", page.words[at].raw, page.span(at, at + 1))
        elif f"subjects.{who}.description" not in page.draft.held:
            first -= page.fold(first - 1) in ARTICLES
            page.draft.tell(f"subjects.{who}.description", page.wording(first, at + 1), page.span(first, at + 1))


def _posed(page: Page, at: int) -> None:
    """Say the pose with which an action begins: "seated at a table"."""
    if page.fold(at) in POSED:
        senses = names_of(page.draft.vocabulary).of_word(page.folded[at])
        pose = next((one.term for one in senses if one.facet == "subject.pose"), "")
        if pose:
            page.draft.put(f"subjects.{_hero(page)}.pose", pose, page.span(at, at + 1))


def _who(page: Page, piece: Piece, start: int, end: int) -> None:
    """Keep a description with the subject that it opens or goes on with."""
    start = _picture(page, start, end)
    if start < end:
        _whose(page, start, end)
        start = _pronounced(page, start, end)
    if start < end:
        start = _by_name(page, start, end)
    if start < end:
        _described(page, piece, start, end)


def _pronounced(page: Page, start: int, end: int) -> int:
    """Take a pronoun alone, and words that only lead to what was read; return where the rest begins."""
    if page.fold(start) in PRONOUNS and end == start + 1:
        page.mark(start, end)
        return end
    box = _modified(page, start, end)
    if not box:
        return start
    page.keep(box, start, end)
    return end


def _by_name(page: Page, start: int, end: int) -> int:
    """Read the name in a stretch, and return where the rest begins."""
    if start in page.met and is_name(page, start):
        stop = start + 1
        while stop < end and page.words[stop].raw[0].isupper():
            stop += 1
        _named(page, page.met[start], start, stop)
        return stop
    head = _named_at(page, start, end)
    if head > start and is_name(page, head) and page.met[head] == page.draft.hero:
        first = head - (page.fold(head - 1) in TITLES)
        page.draft.tell(f"subjects.{page.draft.hero}.name", page.wording(first, head + 1), page.span(first, head + 1))
        if first == start:
            page.draft.put(f"subjects.{page.draft.hero}.kind", "subject.kind.character")
            page.mark(start, head + 1)
            return head + 1
    return start


def _named_at(page: Page, start: int, end: int) -> int:
    """Return the first word that names somebody, or -1."""
    return next((at for at in range(start, end) if at in page.met and page.fold(at) not in PRONOUNS), -1)


def _described(page: Page, piece: Piece, start: int, end: int) -> None:
    head = _named_at(page, start, end)
    if head < 0 and _is_heading(page, piece, start, end):
        page.keep("intent.says", start, end)
        return
    if head < 0 and is_thing(page, piece, start):
        first = start + (page.fold(start) in WHERE)
        nouns = [one for one in page.folds(first, noun_end(page, first, end)) if one not in NO_NOUNS]
        page.draft.hero = free_name(page, nouns[-1] if nouns else "")
    if head >= 0:
        page.draft.put(f"subjects.{_hero(page)}.kind", "subject.kind.character")
    else:
        _kind(page, start, end)
    path = f"subjects.{_hero(page)}.description"
    if head >= 0 or piece.department == "subject":
        page.tell(path, start, end)
    else:
        page.keep(path, start, end)


NO_NOUNS = PLAIN | {"off", "up", "down"}


def _modified(page: Page, start: int, end: int) -> str:
    """Return where words go that only lead to what was read behind them: "a cramped submarine | control room"."""
    next_to = end < len(page.words) and page.words[end].gap == NONE and page.state[end] == READ
    if not next_to or page.fold(end) in PLAIN | WHERE or any(at in page.met for at in range(start, end)):
        return ""
    first = page.at + page.words[end].start
    path = next((one.path for one in page.draft.spans[:-12:-1] if one.start == first), "")
    if path.startswith("place.") and path != "place.background":
        return "place.where"
    return "intent.says" if path.startswith(("look.", "camera.", "framing.", "intent.")) else ""


def _is_heading(page: Page, piece: Piece, start: int, end: int) -> bool:
    """Tell words that name nobody: a lone letter or figure, a part of the picture, or one word before a colon."""
    if all(len(one) == 1 or one.isdigit() for one in page.folds(start, end)):
        return True
    if not TONES.isdisjoint((page.fold(end - 1), page.fold(start + 2))) and page.fold(start) in WHERE:
        return True
    alone = start == piece.start and end == piece.end == start + 1 < len(page.words)
    return alone and page.text[page.words[start].end : page.words[end].start].startswith(":")


def _picture(page: Page, start: int, end: int) -> int:
    """Read what sort of picture "documentary footage of a market" is, and return where what it shows begins."""
    shown = shown_from(page, start, end)
    if shown == start:
        return start
    last = shown if shown == end else shown - 1
    names = names_of(page.draft.vocabulary)
    sort = names.of(page.wording(start, last - 1)) if last - start > 1 else ()
    form = next((one for one in sort if one.facet in {"intent.form", "intent.genre"}), None)
    if not form or not page.say(form.facet, form.term, start, last):
        page.keep("intent.says", start, last)
    page.mark(last, shown)
    shows = names.of(page.wording(shown, end)) if shown < end else ()
    place = next((one.term for one in shows if one.facet == "place.location"), "")
    return end if place and page.say("place.location", place, shown, end) else shown


def _kind(page: Page, start: int, end: int) -> None:
    """Say what sort of thing a description names: a wolf is a creature, a lorry a vehicle."""
    at = noun_end(page, start, end) - 1
    for sense in names_of(page.draft.vocabulary).of_word(page.folded[at]):
        facet, kind = sense.facet, KINDS.get(sense.facet, "")
        if kind and sense.rank < 2 and page.draft.put(f"subjects.{_hero(page)}.kind", f"subject.kind.{kind}"):
            page.draft.put(f"subjects.{page.draft.hero}.{facet.partition('.')[2]}", sense.term, page.span(at, at + 1))
            return


KINDS = {
    "subject.species": "creature",
    "subject.creature": "creature",
    "subject.vehicle": "vehicle",
    "subject.vehicle_model": "vehicle",
    "subject.plant": "plant",
}


def _named(page: Page, name: str, start: int, end: int) -> None:
    """Open or return to the subject of a name."""
    page.draft.hero = name
    if f"subjects.{name}.name" in page.draft.held:
        page.draft.spans.append(page.span(start, end, f"subjects.{name}.name"))
        page.mark(start, end)
        return
    page.draft.put(f"subjects.{name}.kind", "subject.kind.character")
    page.tell(f"subjects.{name}.name", start, end)
