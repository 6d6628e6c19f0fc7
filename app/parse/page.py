"""A piece of text while it is being read: its words, the names in it, and which of them have been understood."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from app.match import Quantity, quantities
from app.parse.draft import Draft
from app.parse.names import Hit, names_of
from app.parse.parsed import Free, Span
from app.parse.words import CLAUSE, COMMA, NONE, STOP, Word, words

UNREAD, TOLD, READ = range(3)
"""A word that nothing has understood; one that a term names and that a description may still hold; one that is done."""


NEARBY = 64
"""So many readings back a bracket may explain words."""

LONG, LONGEST = 48, 80
"""A piece with so many words is cut at the next joining word; with so many, anywhere."""


@dataclass(slots=True)
class Piece:
    """Words between two commas. `sentence` counts full stops, `aside` says that it stands in brackets.

    `said` holds the words as they are compared: a reader whose words are not among them has nothing to do.
    """

    start: int
    end: int
    sentence: int
    said: frozenset[str]
    gap: int = NONE
    aside: bool = False
    department: str = ""
    hits: list[Hit] = field(default_factory=list)
    numbers: list[tuple[Quantity, int, int]] = field(default_factory=list)


class Folds(dict[int, str]):
    """Words as they are compared, by their place; no word stands outside the text."""

    def __missing__(self, at: int) -> str:
        """Return nothing."""
        return ""


class Page:
    """The words of a piece of text, and the draft into which they are read.

    `folded` holds the words as they are compared; `fold` returns one of them by its place, or nothing outside the text.
    `met` says who is named by a word, `lines` who spoke the line that ends before a word.
    """

    def __init__(self, text: str, at: int, within: str, draft: Draft) -> None:
        self.text = text
        self.at = at
        self.within = within
        self.draft = draft
        self.words: list[Word] = words(text)
        self.folded = [word.fold for word in self.words]
        self.fold: Callable[[int], str] = Folds(enumerate(self.folded)).__getitem__
        self.state = bytearray(len(self.words))
        self.met: dict[int, str] = {}
        self.later: dict[int, tuple[int, int, int]] = {}
        self.lines: dict[int, str] = {}
        self.hits = names_of(draft.vocabulary).hits(self.words)
        self.numbers: list[tuple[Quantity, int, int]] = list(self._numbers())
        self.units = {start: one.unit for one, start, _ in self.numbers}
        self.pieces = list(self._pieces())
        self._share()

    def span(self, start: int, end: int, path: str = "") -> Span:
        """Return the letters from one word to before another."""
        first, last = self.words[start].start, self.words[end - 1].end
        return Span(path, self.at + first, self.at + last, self.text[first:last])

    def wording(self, start: int, end: int) -> str:
        """Return the words as they are written."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def say(self, path: str, value: Any, start: int, end: int, state: int = READ) -> bool:
        """Put a value that these words say; False where another stands there already."""
        if not self.draft.put(path, value):
            return False
        self.draft.spans.append(self.span(start, end, path))
        self.mark(start, end, state)
        return True

    def tell(self, path: str, start: int, end: int, joint: str = ", ") -> None:
        """Put these words as they are written, in a field of free text or as words of one's own."""
        self.draft.tell(path, self.wording(start, end), self.span(start, end), joint)
        self.mark(start, end)

    def keep(self, path: str, start: int, end: int) -> None:
        """Keep words that were not understood in the box at a path."""
        one = self.span(start, end)
        self.draft.tell(path, one.text)
        self.draft.free.append(Free(one.start, one.end, one.text))
        self.mark(start, end)

    def mark(self, start: int, end: int, state: int = READ) -> None:
        """Note what has become of words."""
        if state == READ:
            self.state[start:end] = bytes((READ,)) * (end - start)
        else:
            self.state[start:end] = self.state[start:end].replace(bytes((UNREAD,)), bytes((state,)))

    def unsay(self, start: int, end: int, prefixes: tuple[str, ...], to: str) -> None:
        """Take back what these words were read as, below some paths: they only put a number into words."""
        first, last = self.at + self.words[start].start, self.at + self.words[end - 1].end
        spans = self.draft.spans
        for at in range(max(len(spans) - NEARBY, 0), len(spans)):
            one = spans[at]
            if first <= one.start and one.end <= last and one.path.startswith(prefixes):
                spans[at] = one._replace(path=to)
                if not any(other.path == one.path for other in spans[-NEARBY:]):  # said elsewhere too
                    self.draft.held.pop(one.path, None)

    def is_read(self, start: int, end: int) -> bool:
        """Tell whether one of these words is done."""
        return READ in self.state[start:end]

    def folds(self, start: int, end: int) -> list[str]:
        """Return words as they are compared; places outside the text are left out."""
        return self.folded[start:end] if start >= 0 else self.folded[: max(end, 0)]

    def _numbers(self) -> Iterator[tuple[Quantity, int, int]]:
        """Yield each number with its first word and the one after its last."""
        index = 0
        for one in quantities(self.text):
            index = bisect_right(self.words, one.start, index, key=attrgetter("end"))
            end = bisect_left(self.words, one.end, index, key=attrgetter("start"))
            if end > index:
                yield one, index, end

    def _share(self) -> None:
        """Give each piece the names and numbers in it; one that runs over a comma goes to where it begins."""
        at = idiom = 0
        for hit in self.hits:
            if not hit.name.senses:
                idiom = max(idiom, hit.end)
            if hit.end <= idiom:
                continue
            while hit.start >= self.pieces[at].end:
                at += 1
            self.pieces[at].hits.append(hit)
        at = 0
        for number in self.numbers:
            while number[1] >= self.pieces[at].end:
                at += 1
            self.pieces[at].numbers.append(number)

    def _pieces(self) -> Iterator[Piece]:
        start = sentence = 0
        before = NONE
        numbered = {at for _, first, last in self.numbers for at in range(first + 1, last)}
        gaps = [*(word.gap for word in self.words[1:]), STOP] if self.words else []
        for stop in [at for at, gap in enumerate(gaps, 1) if gap >= COMMA]:
            for at in range(start + LONG, stop + 1) if stop - start > LONG else (stop,):
                if at in numbered or (at < stop and not self._is_long(start, at)):
                    continue
                said = frozenset(self.folded[start:at])
                yield Piece(start, at, sentence, said, before, aside=before == COMMA and self._opens(start))
                start, before = at, gaps[at - 1]
                sentence += before == STOP

    def _is_long(self, start: int, at: int) -> bool:
        """Tell whether a piece has gone on for so long that it is cut at the next joining word, or at any."""
        return at - start >= LONGEST or (
            at - start >= LONG and self.folded[at] in {"and", "with", "while", "as", "then"}
        )

    def _opens(self, at: int) -> bool:
        """Tell whether a bracket opens before a word."""
        return "(" in self.text[self.words[at - 1].end : self.words[at].start] if at else False


def follows(page: Page, at: int) -> bool:
    """Tell whether a word stands next to the one before it, without a comma."""
    return 0 < at < len(page.words) and page.words[at].gap == NONE


__all__ = ["CLAUSE", "COMMA", "NONE", "READ", "STOP", "TOLD", "UNREAD", "Page", "Piece", "follows"]
