"""Reads one clause back by the pattern that wrote it: each of its words goes to the fact that it tells.

A clause may be read in several ways. The one that leaves the fewest words to guesses is taken: known phrases and the
joining words of the pattern cost nothing, words of one's own cost something each time.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from heapq import heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from app.dialects import template
from app.dialects._holding import PREFIX, WITH_FIGURES, Held, Said, Slot
from app.schema import Segment

KNOWN, FIGURE, LED, FREE, TEXT, LETTER = -4.0, -3.5, -10.0, 10.0, 8.0, 0.1
"""What it costs, or brings, to read a known phrase; figures; joining words that leave no doubt of what they lead to
("wearing", "motivated by"); words of one's own; the text that usually stands there; and each letter of such words.
"""

PARTED = {"; ": 11.0, ": ": 8.0, ", ": 4.0, " and ": 1.0}
"""What it costs that such words hold what may as well part them from the next."""

LEADS = re.compile(r"[^\W\d_]{4}|<\w>")

BEYOND = 2.0
"""What it costs that a pattern has no place for a fact."""

JOINTS = (", ", " and ")
AHEAD = 48
"""So many joints further words of one's own may end, or with the clause."""

MANY_JOINTS, MANY_LETTERS = 400, 8_000
"""So many joints, and letters, has no clause that a dialect wrote."""

SPACES = 80
"""So many blanks of a clause may end words of one's own, where a pattern parts its facts by blanks."""


class Found(NamedTuple):
    """Letters of a clause from `start` to `end`, the fact that they tell, and what they say; own words say nothing."""

    name: str
    start: int
    end: int
    said: Said
    figure: bool = False


class Edge(NamedTuple):
    """A step from one state of a pattern to another: over joining words, a fact of some names, or nothing."""

    to: int
    words: str = ""
    names: tuple[str, ...] = ()
    every: bool = False
    cost: float = 0.0


class Reading(NamedTuple):
    """How a clause was read, and what it cost."""

    cost: float
    found: tuple[Found, ...]


class Grammar:
    """A pattern as states and steps; the last state takes what the pattern has no place for, behind commas."""

    def __init__(self, pattern: str, slot: Slot) -> None:
        self.pattern, self.slot = pattern, slot
        self.edges: list[list[Edge]] = [[]]
        group = template.parse(pattern)
        last = self._lay(group, 0, inside=False)
        rest = tuple(slot)
        self.end = last
        self.edges[last].append(Edge(self._state(), ", "))
        self.edges[last + 1].append(Edge(last, names=rest, cost=BEYOND))
        if last == 0:
            self.edges[0].append(Edge(0, names=rest, cost=BEYOND))
        else:
            others = tuple(name for name in rest if name not in group.names)
            self.edges[0].append(Edge(last, names=others or rest, cost=BEYOND))
        literals = {edge.words for some in self.edges for edge in some if edge.words}
        longest = sorted(literals - {" "}, key=len, reverse=True)
        self.ends = re.compile("|".join(map(re.escape, longest)))
        self.by_blanks = sum(edge.words == " " for some in self.edges for edge in some)
        self.whole = Held()
        for held in slot.values():
            for some in held.phrases.values():
                for phrase, said in some:
                    self.whole.add(phrase, said)

    def _state(self) -> int:
        self.edges.append([])
        return len(self.edges) - 1

    def _lay(self, group: template.Group, state: int, *, inside: bool) -> int:
        """Lay the steps of a group from a state on, and return the state behind it."""
        for part in group.parts:
            if isinstance(part, Segment):
                after = self._state()
                self.edges[state].append(Edge(after, part.text))
            elif isinstance(part, template.Group):
                after = self._lay(part, state, inside=True)
                self.edges[state].append(Edge(after))
            else:
                after = self._state()
                self.edges[state].append(Edge(after, names=part.names, every=part.every))
                if not inside:
                    self.edges[state].append(Edge(after))
            state = after
        return state

    @lru_cache(maxsize=1024)  # noqa: B019 # grammars live as long as their vocabulary
    def read(self, text: str, *, strictly: bool = False) -> Reading | None:
        """Return the cheapest way to read a clause, or None where none fits; `strictly` without words of one's own."""
        return _Search(self, text, strictly=strictly).best()


Step = tuple[float, tuple[int, int], Found | None]


class _Search:
    """The cheapest way through a pattern over one clause."""

    def __init__(self, grammar: Grammar, text: str, *, strictly: bool) -> None:
        self.grammar, self.text, self.strictly = grammar, text, strictly
        self.lower = text[:1].lower() + text[1:]
        self.known: dict[tuple[int, int], Step] = {}
        self.facts: dict[tuple[int, str], list[tuple[float, Found]]] = {}
        joints = (found.start() for found in grammar.ends.finditer(text))
        self.stops = [] if strictly else sorted({*joints, *self._blanks(), len(text)})

    @cached_property
    def hidden(self) -> list[int]:
        """Return where a known phrase begins behind a joint and ends at the next one."""
        joint = BLANK if self.grammar.by_blanks > 1 else JOINT
        found = (one.end() for one in joint.finditer(self.text))
        return [at for at in found if self._is_whole(at, joint)]

    def _is_whole(self, at: int, joint: re.Pattern[str]) -> bool:
        """Tell whether a known phrase stands at a letter, up to a joint."""
        phrases = self._phrases(at, self.grammar.whole)
        return any(said and (end == len(self.text) or joint.match(self.text, end)) for end, said in phrases)

    def _blanks(self) -> Iterator[int]:
        if self.grammar.by_blanks:
            blanks = [at for at, one in enumerate(self.text) if one == " "]
            yield from blanks[:SPACES]

    def best(self) -> Reading | None:
        """Go through all states, the earliest letters first; a clause of too many pieces was written by nobody."""
        if len(self.stops) > MANY_JOINTS or len(self.text) > MANY_LETTERS:
            return None
        self.known[0, 0] = (0.0, (-1, -1), None)
        waiting = [(0, 0)]
        seen = {(0, 0)}
        while waiting:
            at, state = heappop(waiting)
            for cost, key, found in self._steps(at, state):
                total = self.known[at, state][0] + cost
                if key not in self.known or total < self.known[key][0] - 1e-9:
                    self.known[key] = (total, (at, state), found)
                    if key not in seen or key[0] == at:
                        seen.add(key)
                        heappush(waiting, key)
        return self._told((len(self.text), self.grammar.end))

    def _told(self, key: tuple[int, int]) -> Reading | None:
        if key not in self.known:
            return None
        cost, found = self.known[key][0], []
        while key != (-1, -1):
            _, before, one = self.known[key]
            found += [one] if one else []
            key = before
        return Reading(cost, tuple(reversed(found)))

    def _steps(self, at: int, state: int) -> Iterator[tuple[float, tuple[int, int], Found | None]]:
        for edge in self.grammar.edges[state]:
            if edge.words:
                yield from self._over(edge, at)
            elif edge.names:
                for name in edge.names:
                    for cost, found in self._facts(at, name):
                        yield cost + edge.cost, (found.end, edge.to), found
                        if edge.every and self.text.startswith(", ", found.end):
                            yield cost, (found.end + 2, state), found
            else:
                yield 0.0, (at, edge.to), None

    def _over(self, edge: Edge, at: int) -> Iterator[tuple[float, tuple[int, int], None]]:
        """Go over joining words; at the beginning without the marks that part them from nothing."""
        cost = LED if LEADS.search(edge.words) else 0.0
        if self.text.startswith(edge.words, at):
            yield cost, (at + len(edge.words), edge.to), None
        if at == 0:
            rest = edge.words.lstrip(" ,;:")
            if self.lower.startswith(rest) or self.text.startswith(rest):
                yield 0.0, (len(rest), edge.to), None

    def _facts(self, at: int, name: str) -> list[tuple[float, Found]]:
        key = (at, name)
        if key not in self.facts:
            held = self.grammar.slot.get(name)
            self.facts[key] = list(self._all(at, name, held)) if held and at < len(self.text) else []
        return self.facts[key]

    def _all(self, at: int, name: str, held: Held) -> Iterator[tuple[float, Found]]:
        if held.several and not held.text:
            yield from self._list(at, name, held)
        else:
            for end, said in self._phrases(at, held):
                yield KNOWN + (1 - len(said)) * 0.5, Found(name, at, end, said)
                if name in WITH_FIGURES and (beside := BRACKET.match(self.text, end)):
                    yield KNOWN, Found(name, at, beside.end(), said)
            yield from self._figures(at, name, held)
        if held.free and not self.strictly:
            base = TEXT if held.text else FREE + held.last * FREE
            first = bisect_right(self.stops, at)
            for stop in (*self.stops[first : first + AHEAD], len(self.text)):
                yield base + self._own(at, stop), Found(name, at, stop, ())

    def _figures(self, at: int, name: str, held: Held) -> Iterator[tuple[float, Found]]:
        for one in held.figures:
            found = one.match(self.text, at) or (one.match(self.lower) if at == 0 else None)
            if found and found.end() > at:
                yield FIGURE, Found(name, at, found.end(), (), figure=True)

    def _phrases(self, at: int, held: Held) -> Iterator[tuple[int, Said]]:
        """Yield the phrases that stand at a letter."""
        first = self.text[at : at + PREFIX].casefold()
        for short in range(1, len(first) + 1):
            for phrase, said in held.phrases.get(first[:short], ()):
                if self.text.startswith(phrase, at) or (at == 0 and self.lower.startswith(phrase)):
                    end = at + len(phrase)
                    if end == len(self.text) or not self.text[end].isalnum():
                        yield end, said

    def _list(self, at: int, name: str, held: Held) -> Iterator[tuple[float, Found]]:
        """Yield the lists of terms that begin at a letter; words of one's own may stand between them."""
        best: dict[int, tuple[float, Said]] = {at: (0.0, ())}
        ends: dict[int, tuple[float, Said]] = {}
        waiting = [at]
        while waiting:
            first = heappop(waiting)
            cost, told = best[first]
            for more, end, said in self._items(first, held):
                total = (cost + more, told + said)
                if end not in ends or total[0] < ends[end][0]:
                    ends[end] = total
                for joint in JOINTS:
                    after = end + len(joint)
                    if self.text.startswith(joint, end) and (after not in best or total[0] < best[after][0]):
                        if after not in best:
                            heappush(waiting, after)
                        best[after] = total
        for end, (cost, told) in ends.items():
            if told:
                yield cost, Found(name, at, end, told)

    def _items(self, at: int, held: Held) -> Iterator[tuple[float, int, Said]]:
        for end, said in self._phrases(at, held):
            yield KNOWN, end, said
        if held.free and not self.strictly:
            stops = [found.start() for found in JOINT.finditer(self.text, at + 1)][:NEAR]
            for end in (*stops, len(self.text)):
                anded = ANDED * self.text.count(" and ", at, end)
                yield FREE + self._own(at, end) + anded, end, ((OWN, self.text[at:end]),)

    def _own(self, start: int, end: int) -> float:
        """Return what it costs to take these letters as words of one's own, beside the words themselves."""
        return LETTER * min(end - start, MANY) + self.parted[end] - self.parted[start]

    @cached_property
    def parted(self) -> list[float]:
        """Return what it costs, up to each letter, that words of one's own would hold what may as well part them."""
        costs = [0.0] * (len(self.text) + 1)
        for joint in PARTS.finditer(self.text):
            costs[joint.start() + 1] += PARTED[joint[0]]
        for at in self.hidden:
            costs[at + 1] += HIDDEN
        return list(accumulate(costs))


MANY = 120
"""So many letters count; no words of one's own are too long to be read."""

PARTS = re.compile("|".join(PARTED))

HIDDEN = 9.0
"""What it costs that they hold a whole phrase of the slot between two joints."""

ANDED = 4.0
"""What it costs that words of one's own in a list hold an "and"."""

OWN = ""
"""In a list of terms, the path of words of one's own."""

NEAR = 12
JOINT = re.compile(r", | and |; ")
BLANK = re.compile(r"(?:, | and |; |: | )")
BRACKET = re.compile(r" \([^()]+\)")
