"""Reads what stands in quotation marks: a line that somebody speaks, or words that stand in the picture."""

import re
from typing import NamedTuple

from app.match.tables import bag
from app.parse.names import names_of
from app.parse.page import CLAUSE, READ, Page
from app.parse.parsed import Span

QUOTED = re.compile(r"[\"“„«](?P<line>[^\"”“„«»\n]{1,1900})[\"”»]")

SAYS = bag(
    """
    says say said saying whispers whispered whispering murmurs murmured murmuring shouts shouted shouting yells
    yelled asks asked asking replies replied answers mutters muttered cries calls speaks speaking screams sings
    announces tells adds aloud mumbles growls sighs exclaims pleads declares dialogue line voice
    """
)
"""Words by which a quotation is heard."""

WRITTEN = bag(
    """
    reads reading read sign words text label labelled labeled letters lettering title titled written caption
    headline poster banner neon reading logo inscription engraved printed spelling spells signage shopfront
    billboard letter
    """
)
"""Words by which a quotation is seen."""

LEADS = frozenset({"words", "word", "text", "the", "reads", "reading", "lettering", "that", "which", "saying", "says"})

STILL = frozenset({"stand", "stands"})


class Quotation(NamedTuple):
    """A quotation: its words, what surrounds it, and whether it is heard or seen; otherwise it is left as it is."""

    line: str
    span: Span
    first: int
    last: int
    verb: int
    heard: bool


def quotations(page: Page) -> list[Quotation]:
    """Find the quotations that are lines or lettering, and take their words out of what is read further."""
    found = []
    for match in QUOTED.finditer(page.text):
        start, end = match.span()
        first = _word_from(page, start)
        last = _word_from(page, end)
        if first == last or not match["line"].strip():
            continue
        before = page.folds(max(first - 8, _sentence(page, first)), first)
        after = page.folds(last, last + 3)
        heard, seen = _nearest(before, SAYS), _nearest(before, WRITTEN)
        if heard < 0 and seen < 0:
            heard, seen = (1 if set(after) & SAYS else -1), (1 if page.within == "lettering" else -1)
        if heard < 0 and seen < 0:
            continue
        span = Span("", page.at + start, page.at + end, match[0])
        verb = first - len(before) + heard if heard >= 0 and set(before) & SAYS else last if heard >= 0 else -1
        lead = first
        while heard <= seen and lead > 0 and page.fold(lead - 1) in LEADS:
            lead -= 1
        page.mark(lead, first)
        if 0 <= verb < len(page.words):
            page.mark(verb, verb + 1)
        if lead < first:
            span = Span("", page.at + page.words[lead].start, page.at + end, page.text[page.words[lead].start : end])
        found.append(Quotation(match["line"].strip(), span, first, last, verb, heard > seen))
        page.mark(first, last)
    return found


def say_lines(page: Page, found: list[Quotation]) -> None:
    """Give every line to its speaker, and every lettering to the place."""
    for one in found:
        if one.heard:
            _speak(page, one)
        else:
            _letter(page, one)


def _speak(page: Page, one: Quotation) -> None:
    draft = page.draft
    speaker = _speaker(page, one)
    if not speaker:
        draft.tell("sound.voiceover", one.line, one.span)
        if 0 <= one.verb < len(page.words):
            draft.spans.append(page.span(one.verb, one.verb + 1, "sound.voiceover"))
        return
    page.lines[one.last] = speaker
    path = f"beats.{draft.beat}.says.{speaker}"
    draft.tell(path, one.line, one.span, " ")
    if 0 <= one.verb < len(page.words):
        verb = page.fold(one.verb)
        senses = names_of(draft.vocabulary).of(verb)
        stem = next((end for end in ("s", "ed", "ing") if verb.endswith(end)), "")
        if not senses and stem:
            senses = names_of(draft.vocabulary).of(f"{verb.removesuffix(stem)}ed")
        term = next((sense.term for sense in senses if sense.facet == "sound.delivery"), DELIVERY.get(verb, ""))
        if term in draft.vocabulary.terms:
            page.say(f"beats.{draft.beat}.delivery.{speaker}", term, one.verb, one.verb + 1)
        elif verb in MANNERS:
            page.tell(f"beats.{draft.beat}.delivery.{speaker}", one.verb, one.verb + 1)
        draft.spans.append(page.span(one.verb, one.verb + 1, path))
        page.mark(one.verb, one.verb + 1)


DELIVERY = {
    **dict.fromkeys(("whispers", "whispering", "whispered"), "sound.delivery.whispered"),
    **dict.fromkeys(("mutters", "mutter"), "sound.delivery.muttered"),
    **dict.fromkeys(("mumbles", "mumble"), "sound.delivery.mumbled"),
    **dict.fromkeys(("shouts", "shouting", "shouted", "yells", "yelled"), "sound.delivery.shouted"),
}

MANNERS = frozenset({"murmurs", "murmured", "murmuring", "growls", "sighs", "exclaims", "pleads", "cries", "asks"})
"""Verbs that say how a line is spoken, where no term does."""


def _speaker(page: Page, one: Quotation) -> str:
    """Return the id of whoever was named last before a line, else just after it, else of the hero."""
    named = {called.partition(" ")[0]: name for name, called in page.draft.ids["subjects"].items() if called}
    around = [*range(one.first - 1, max(one.first - 9, -1), -1), *range(one.last, min(one.last + 4, len(page.words)))]
    for at in around:
        if page.fold(at) in {"he", "she", "they"} and page.draft.hero:
            return page.met.get(at, page.draft.hero)
        if page.words[at].raw in named:
            return named[page.words[at].raw]
    for at in range(one.last, min(one.last + 3, len(page.words))):
        word = page.words[at]
        if word.gap < CLAUSE and word.raw.isalpha() and word.raw[0].isupper():
            name = word.raw.casefold()[:40]
            if name.isascii() and page.draft.admits("subjects", name):
                page.draft.put(f"subjects.{name}.kind", "subject.kind.character")
                page.draft.tell(f"subjects.{name}.name", word.raw, page.span(at, at + 1))
                page.mark(at, at + 1)
                return name
    return page.draft.hero


def _letter(page: Page, one: Quotation) -> None:
    """Keep words in the picture, and what is said of where they stand."""
    draft = page.draft
    name = draft.free_id("lettering", "sign")
    if not name:
        draft.tell("place.where", one.span.text, one.span)
        return
    at = f"place.lettering.{name}"
    draft.tell(f"{at}.reads", one.line, one.span)
    start, end = one.last, one.last
    while end < len(page.words) and page.words[end].gap < 2 and page.state[end] != READ:
        end += 1
    if start < end and page.fold(start) in STILL:
        page.mark(start, start + 1)
        draft.spans.append(page.span(start, start + 1, f"{at}.reads"))
        if start + 1 < end:
            page.tell(f"{at}.on", start + 1, end)


def _word_from(page: Page, letter: int) -> int:
    """Return the first word that begins at a letter or after it."""
    low, high = 0, len(page.words)
    while low < high:
        middle = (low + high) // 2
        if page.words[middle].start < letter:
            low = middle + 1
        else:
            high = middle
    return low


def _sentence(page: Page, at: int) -> int:
    """Return the first of the words before a quotation that are worth looking at."""
    first = at
    while first > max(at - 8, 0) and page.words[first - 1].gap < CLAUSE:
        first -= 1
    return max(first - 1, 0)


def _nearest(before: list[str], wanted: frozenset[str]) -> int:
    """Return the place of the last wanted word, or -1."""
    return max((at for at, one in enumerate(before) if one in wanted), default=-1)
