"""Reads what is to be kept out of the picture: a negative list, and "no", "without" and "not" in a sentence."""

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

BARE = frozenset({"a", "an", "any", "the", "no", "or", "nor", "be", "show", "include", "use", "of"})


def read_negative(text: str, vocabulary: Vocabulary, at: int = 0, draft: Draft | None = None) -> Draft:
    """Read a negative list, such as "text, logos, extra fingers", into the shot's exclusions: terms, else words."""
    draft = draft or Draft(vocabulary)
    page = Page(text, at, "negative", draft)
    for piece in page.pieces:
        _exclude(page, piece.start, piece.end)
    return draft


def read_denials(page: Page) -> None:
    """Move what a sentence denies to the exclusions, so that "no fog" never picks fog."""
    for piece in page.pieces:
        at = piece.end if DENIES.isdisjoint(page.folded[piece.start : piece.end]) else piece.start
        while at < piece.end:
            if page.fold(at) in DENIES and not page.is_read(at, at + 1) and page.fold(at + 1) not in IDLE:
                at = _deny(page, piece, at)
            at += 1


def _deny(page: Page, piece: Piece, at: int) -> int:
    """Exclude what stands after a denying word, and return the last word of it."""
    if _is_a_name(piece, at):
        return at
    start = end = at + 1
    while end < piece.end and (end == start or page.fold(end) not in ENDS) and page.words[end].gap == NONE:
        if page.fold(end) in {"or", "nor"} and end > start:
            _exclude(page, start, end, deny=at)
            start = end + 1
        end += 1
    if start < end:
        _exclude(page, start, end, deny=at)
    if page.folds(end, end + 2) in (["in", "the"], ["in", "frame"], ["in", "shot"]) and end < piece.end:
        last = min(end + 3, piece.end)
        if page.fold(last - 1) in {"background", "frame", "shot", "picture", "foreground", "image"}:
            page.mark(end, last)
            page.draft.spans.append(page.span(end, last, "exclude"))
            end = last
    return end - 1


def _is_a_name(piece: Piece, at: int) -> bool:
    """Tell whether the denial belongs to the name of a term: "no grain" is a clean texture."""
    for hit in piece.hits:
        if hit.start <= at < hit.end and hit.name.length >= 2:
            return any(not one.facet.startswith(("exclude", "sound.")) for one in hit.name.senses)
    return False


def _exclude(page: Page, start: int, end: int, deny: int = -1) -> None:
    while start < end and page.fold(start) in BARE:
        start += 1
    while end > start and page.fold(end - 1) in {"or", "and", "visible"}:
        end -= 1
    if start >= end:
        return
    words = page.wording(start, end)
    senses = names_of(page.draft.vocabulary).of(words)
    term = next((one.term for one in senses if one.facet == "exclude"), "")
    first = deny if deny >= 0 else start
    if term:
        page.say("exclude", term, first, end)
        page.mark(first, end)
    else:
        page.draft.tell("exclude", words, page.span(first, end))
        page.mark(first, end)


__all__ = ["COMMA", "read_denials", "read_negative"]
