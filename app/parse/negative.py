"""Reads what is to be kept out of the picture: a negative list, and "no", "without" and "-free" in a sentence."""

from app.parse.draft import Draft
from app.parse.names import names_of
from app.parse.page import COMMA, NONE, Page, Piece
from app.vocab import Vocabulary

DENIES = frozenset({"no", "without", "not", "never", "avoid", "dont", "exclude", "lacking"})
"""Words that deny what follows them."""

IDLE = frozenset(
    {"longer", "more", "matter", "only", "just", "yet", "far", "than", "doubt", "to", "one", "less", "body"}
)
"""After "no" or "not" these deny nothing that could be seen."""

ENDS = frozenset({"but", "and", "with", "while", "then", "just", "yet", "in", "on", "at", "from", "by", "under", "as"})
"""Words at which a denial ends."""

BARE = frozenset({"a", "an", "any", "the", "their", "its", "no", "or", "nor", "be", "show", "include", "use", "of"})

DENYING = DENIES | {"non"}

LACKS = frozenset({"free", "less"})
"""Behind a hyphen these deny the word before it: fog-free, people-less."""

LACKING = tuple(f"{one} " for one in sorted(LACKS))

OTHERWISE = frozenset({"colour", "count", "face", "head", "motion", "noise", "price", "speech", "time", "word"})
"""With "-less" at their end these say more than that something is missing."""


def read_negative(text: str, vocabulary: Vocabulary, at: int = 0, draft: Draft | None = None) -> Draft:
    """Read a negative list, such as "text, logos, extra fingers", into the shot's exclusions: terms, else words."""
    draft = draft or Draft(vocabulary)
    page = Page(text, at, "negative", draft)
    for piece in page.pieces:
        _exclude(page, piece.start, piece.end)
    return draft


def read_denials(page: Page) -> None:
    """Move what a sentence denies to the exclusions, so that "no fog" never picks fog."""
    said = f"{' '.join(page.folded)} "
    lacks = any(end in said for end in LACKING)
    if not lacks and DENYING.isdisjoint(page.folded):
        return
    over = 0
    for piece in page.pieces:
        at = max(piece.start, over)  # behind a name that runs over the comma
        over = max([over, *[hit.end for hit in piece.hits]])
        while at < piece.end and (lacks or not DENYING.isdisjoint(piece.said)):
            fold = page.folded[at]
            if fold in DENIES and not page.is_read(at, at + 1) and page.fold(at + 1) not in IDLE:
                at = _deny(page, piece, at)
            elif fold == "non" or fold[-4:] in LACKS:
                _lack(page, piece, at)
            at += 1


def _lack(page: Page, piece: Piece, at: int) -> None:
    """Exclude what one word denies: fog-free, cloudless, non-smoking."""
    if page.is_read(at, at + 1) or _is_a_name(piece, at):
        return
    names, fold = names_of(page.draft.vocabulary), page.folded[at]
    if fold in LACKS and at > piece.start and _is_hyphened(page, at) and names.of_word(page.folded[at - 1]):
        _exclude(page, at - 1, at, (at - 1, at + 1))
    elif fold == "non" and at + 1 < piece.end and _is_hyphened(page, at + 1):
        _exclude(page, at + 1, at + 2, (at, at + 2))
    elif fold.endswith("less") and fold[:-4] not in OTHERWISE and not any(one.sure for one in names.of_word(fold)):
        senses = (*names.of_word(fold[:-4]), *names.of_word(f"{fold[:-4]}s"))
        term = next((one.term for one in senses if one.facet == "exclude"), "")
        if term:
            page.say("exclude", term, at, at + 1)


def _is_hyphened(page: Page, at: int) -> bool:
    """Tell whether a hyphen ties a word to the one before it."""
    return page.text[page.words[at - 1].end : page.words[at].start] == "-"


def _deny(page: Page, piece: Piece, at: int) -> int:
    """Exclude what stands after a denying word, and return the last word of it."""
    if _is_a_name(piece, at) or _is_undone(page, piece, at):
        return at
    start = end = at + 1
    while end < piece.end and (end == start or page.fold(end) not in ENDS) and page.words[end].gap == NONE:
        if page.fold(end) in {"or", "nor"} and end > start:
            _exclude(page, start, end, (at, end))
            start = end + 1
        end += 1
    if start < end:
        end = max(end, min(_named_end(piece, start), piece.end))
        _exclude(page, start, end, (at, end))
    if page.folds(end, end + 2) in (["in", "the"], ["in", "frame"], ["in", "shot"]) and end < piece.end:
        last = min(end + 3, piece.end)
        if page.fold(last - 1) in {"background", "frame", "shot", "picture", "foreground", "image"}:
            page.mark(end, last)
            page.draft.spans.append(page.span(end, last, "exclude"))
            end = last
    return end - 1


def _is_undone(page: Page, piece: Piece, at: int) -> bool:
    """Tell whether a denial says what somebody does not do, which nobody could keep out: "without moving"."""
    if page.fold(at) not in {"not", "never", "without"} or not page.fold(at + 1).endswith("ing"):
        return False
    return _named_end(piece, at + 1) == at + 1


def _named_end(piece: Piece, start: int) -> int:
    """Return where the longest name of something to keep out ends that begins here; where none does, its beginning."""
    hits = (one for one in piece.hits if one.start == start)
    return max((one.end for one in hits if any(sense.facet == "exclude" for sense in one.name.senses)), default=start)


def _is_a_name(piece: Piece, at: int) -> bool:
    """Tell whether the denial belongs to the name of a term: "no grain" is a clean texture."""
    for hit in piece.hits:
        if hit.start <= at < hit.end and hit.name.length >= 2:
            return any(not one.facet.startswith(("exclude", "sound.")) for one in hit.name.senses)
    return False


def _exclude(page: Page, start: int, end: int, said: tuple[int, int] | None = None) -> None:
    """Keep words out of the picture; `said` is what denies them, where more than they themselves does."""
    while start < end and page.fold(start) in BARE:
        start += 1
    while end > start and page.fold(end - 1) in {"or", "and", "visible"}:
        end -= 1
    if start >= end:
        return
    words = page.wording(start, end)
    senses = names_of(page.draft.vocabulary).of(words)
    term = next((one.term for one in senses if one.facet == "exclude"), "")
    first, last = said or (start, end)
    if term:
        page.say("exclude", term, first, last)
    else:
        page.draft.tell("exclude", words, page.span(first, last))
    page.mark(first, last)


__all__ = ["COMMA", "read_denials", "read_negative"]
