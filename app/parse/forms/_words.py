"""Reads words into a draft as a whole text is read: labels give their department, brackets their weight."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from app.parse.brackets import Weighed, is_tags, weighed
from app.parse.departments import LABELS
from app.parse.draft import Draft
from app.parse.negative import read_negative
from app.parse.prose import read_prose

LABEL = re.compile(r"(?:^|(?<=[\n.;]))[ \t>*#-]*([A-Za-z][A-Za-z /&'-]{1,30})\**[ \t]*:\**(?=\s|$)", re.MULTILINE)


def read_words(text: str, draft: Draft, within: str = "", *, tags: bool = False) -> None:
    """Read words into a draft; `within` is their department, `tags` says that brackets are weights for certain."""
    if within:
        read_prose(text, draft.vocabulary, 0, within, draft)
        return
    blocks = list(_blocks(text))
    plain = weighed(text) if tags or (len(blocks) == 1 and is_tags(text)) else Weighed(text, ())
    spans = len(draft.spans)
    for department, start, end in blocks:
        piece = plain.text[start:end]
        if department == "negative":
            read_negative(piece, draft.vocabulary, start, draft)
        elif piece.strip():
            read_prose(piece, draft.vocabulary, start, department, draft)
    _weigh(draft, spans, plain, text)


def read_exclusions(text: str, draft: Draft, *, tags: bool = False) -> None:
    """Read a list of what to keep out; the weights of tags are said in a note, since a shot excludes or does not."""
    plain = weighed(text) if tags else Weighed(text, ())
    if plain.weights:
        draft.notes.append("What is kept out carries weights in the text; a shot keeps it out or does not.")
    read_negative(plain.text, draft.vocabulary, 0, draft)


def _blocks(text: str) -> Iterator[tuple[str, int, int]]:
    """Cut a text at its labels: the department, and where its words begin and end."""
    found = [one for one in LABEL.finditer(text) if _department(one[1])] if ":" in text else []
    first = found[0].start() if found else len(text)
    if not found or text[:first].strip():
        yield "", 0, first
    for one, after in zip_longest(found, found[1:]):
        yield _department(one[1]), one.end(), after.start() if after else len(text)


def _department(label: str) -> str:
    return LABELS.get(" ".join(label.casefold().split()), "")


def _weigh(draft: Draft, spans: int, plain: Weighed, text: str) -> None:
    """Pin what weighs more than 1; say what weighs less."""
    for start, end, factor in plain.weights:
        inside = [one for one in draft.spans[spans:] if start <= one.start and one.end <= end]
        for one in inside if factor > 1 else ():
            draft.pin(one.path)
        if not inside or factor < 1:
            draft.notes.append(
                f"{text[start:end].strip()!r} weighs {factor:.2g} in the text; no field of the shot does."
            )
