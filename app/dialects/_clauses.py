"""Reads one clause back by the pattern that wrote it: each of its words goes to the fact that it tells.

A clause may be read in several ways. The one that leaves the fewest words to guesses is taken: known phrases and the
joining words of the pattern cost nothing, words of one's own cost something each time.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import ahocorasick

from app.dialects import template
from app.dialects._holding import WITH_FIGURES, Said, Slot
from app.schema import Segment

KNOWN, FIGURE, LED, FREE, TEXT = -40, -35, -100, 100, 80
"""What it costs, or brings, to read a known phrase; figures; joining words that leave
no doubt of what they lead to ("wearing", "motivated by"); words of one's own; and the text that usually stands there.
Each letter of such words costs one.
"""

PARTED = {"; ": 110, ": ": 80, ", ": 40, " and ": 10}
"""What it costs that such words hold what may as well part them from the next."""

HIDDEN = 90
"""What it costs that they hold a whole phrase of the slot between two joints."""

BEYOND = 20
"""What it costs that a pattern has no place for a fact."""

MANY_LETTERS = 8_000
"""So many letters has no clause that a dialect wrote."""

HEAD = 4
"""By so many of its first letters a clause is known not to begin as a pattern does."""

OWN = ""
"""In a list of terms, the path of words of one's own."""

LEADS = re.compile(r"[^\W\d_]{4}|<\w>")
PARTS = re.compile("|".join(PARTED))
JOINTS = (", ", " and ")
JOINT = re.compile(r", | and |; ")
BLANK = re.compile(r", | and |; |: | ")
BRACKET = re.compile(r" \([^()]+\)")
MARKS = " ,;:"


class Found(NamedTuple):
    """Letters of a clause from `start` to `end`, the fact that they tell, and what they say; own words say nothing."""

    name: str
    start: int
    end: int
    said: Said
    figure: bool = False


class Reading(NamedTuple):
    """How a clause was read, and what it cost."""

    cost: int
    found: tuple[Found, ...]


class Line:
    """The words of a clause, and what is the same for each pattern by which they are read."""

    def __init__(self, text: str) -> None:
        """Keep the words, and their first letters: one of them and more, also with a small one."""
        self.text = text
        self.lower = text[:1].lower()[:1] + text[1:]  # letter for letter: the small "İ" is two
        self.heads = frozenset([one[:many] for one in (text, self.lower) for many in range(1, HEAD + 1)])

    @cached_property
    def costs(self) -> list[int]:
        """What each letter costs in words of one's own, behind a nought."""
        costs = [0] + [1] * len(self.text)
        for joint in PARTS.finditer(self.text):
            costs[joint.start() + 1] += PARTED[joint[0]]
        return costs

    @cached_property
    def own(self) -> list[int]:
        """What words of one's own cost from the first letter up to each."""
        return list(accumulate(self.costs))


class Step(NamedTuple):
    """A step of a pattern to another place: over joining words, or a fact; over nothing without a key."""

    to: int
    key: str = ""
    cost: int = 0


class State:
    """Where a reading may stand in a pattern: all places between which nothing stands."""

    def __init__(self, grammar: "Grammar", places: frozenset[int]) -> None:
        self.grammar, self.places = grammar, places
        self.ends = grammar.end in places
        self.bits = sum(1 << place for place in places)

    @cached_property
    def after(self) -> dict[str, list[tuple["State", int]]]:
        """What may stand here, and where the reading goes from there at what cost."""
        found: dict[str, dict[int, set[int]]] = {}
        for place in sorted(self.places):
            for step in self.grammar.steps[place]:
                if step.key:
                    found.setdefault(step.key, {}).setdefault(step.cost, set()).add(step.to)
        return {
            key: [(self.grammar.state(to), cost) for cost, to in sorted(by_cost.items())]
            for key, by_cost in found.items()
        }

    @cached_property
    def figures(self) -> "Figures":
        """The figures that may stand here."""
        return Figures((name, one) for name, one in self.grammar.figures.patterns if name in self.after)

    @cached_property
    def own(self) -> list[tuple["State", str, int]]:
        """The words of one's own that may stand here, each fact's once: where they lead, their key and their cost.

        Of two that cost the same the first in the pattern is taken; one is left out behind which may stand nothing
        that may not also stand behind a cheaper one.
        """
        found: list[tuple[State, str, int]] = []
        guesses = [one for place in sorted(self.places) for one in self.grammar.guesses[place]]
        for guess in sorted(guesses, key=lambda one: one.cost):
            to = self.grammar.state({guess.to})
            if not any(to.places <= other.places for other, _, _ in found):
                found.append((to, guess.key, guess.cost))
        return found


class Figures:
    """Some figures by their facts, and one pattern that tells at a glance that none of them stands at a letter."""

    def __init__(self, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> None:
        self.patterns = list(patterns)
        each = (
            f"(?i:{one.pattern})" if one.flags & re.IGNORECASE else f"(?:{one.pattern})" for _, one in self.patterns
        )
        self.any = re.compile("|".join(each))

    def may_stand(self, text: str, at: int) -> bool:
        """Tell whether any of them may stand at a letter."""
        return bool(self.patterns) and self.any.match(text, at) is not None

    def standing(self, text: str, at: int) -> "list[Match]":
        """Return those that stand at a letter."""
        if not self.any.match(text, at):
            return []
        found = ((name, one.match(text, at)) for name, one in self.patterns)
        return [(match.end(), [(name, FIGURE, ())]) for name, match in found if match and match.end() > at]


class Grammar:
    """A pattern as places and steps; the last place takes what the pattern has no room for, behind commas.

    The key of a step is the name of a fact, or words behind a mark: `"` for joining words, `^` for those that begin a
    clause, without the marks that would part them from nothing, and `+` for the name of a list that goes on.
    """

    def __init__(self, pattern: str, slot: Slot) -> None:
        """Lay out a pattern over what its facts may hold."""
        self.pattern, self.slot = pattern, slot
        self.steps: list[list[Step]] = []
        self.guesses: list[list[Step]] = []
        self._states: dict[frozenset[int], State] = {}
        group = template.parse(pattern)
        self.end = self._lay(group, self._place(), inside=False)
        self._lay_rest(group.names)
        self.first = self._first()
        by_blanks = sum(step.key == '" ' for some in self.steps for step in some) > 1
        self.joint = BLANK if by_blanks else JOINT
        self.figures = Figures((name, one) for name, held in slot.items() if not held.listed for one in held.figures)
        self.automaton = self._automaton()
        phrases = [*self.automaton.keys()]
        self.longest = max(map(len, phrases), default=0)
        self.heads = frozenset(one[:HEAD] for one in phrases)

    def may_begin(self, line: Line) -> bool:
        """Tell whether a clause may begin with something known."""
        return not self.heads.isdisjoint(line.heads) or self.figures.may_stand(line.text, 0)

    def state(self, places: Iterable[int]) -> State:
        """Return the state of some places, with those that nothing parts from them."""
        found = self._reached(places, "")
        if found not in self._states:
            self._states[found] = State(self, found)
        return self._states[found]

    def _reached(self, places: Iterable[int], marks: str) -> frozenset[int]:
        """Return the places that can be reached over nothing, or over joining words of nothing but some marks."""
        found, waiting = set(places), list(places)
        while waiting:
            for step in self.steps[waiting.pop()]:
                over = not step.key or (step.key[0] == '"' and not step.key[1:].strip(marks))
                if over and step.to not in found:
                    found.add(step.to)
                    waiting.append(step.to)
        return frozenset(found)

    def _first(self) -> State:
        """Return where a reading begins."""
        places = self._reached([0], MARKS)
        begin = self._place()
        for place in sorted(places):
            for step in self.steps[place]:
                if step.key[:1] == '"' and (rest := step.key[1:].lstrip(MARKS)):
                    self.steps[begin].append(Step(step.to, f"^{rest}", step.cost))
        return self.state([*places, begin])

    def _before(self) -> dict[str, int]:
        """Return before which steps a reading may stand where: the places as bits, as a state has them."""
        found: dict[str, int] = {}
        for place, some in enumerate(self.steps):
            for key in {step.key for step in some}:
                found[key] = found.get(key, 0) | 1 << place
        return found

    def _place(self) -> int:
        self.steps.append([])
        self.guesses.append([])
        return len(self.steps) - 1

    def _lay(self, group: template.Group, place: int, *, inside: bool) -> int:
        """Lay the steps of a group from a place on, and return the place behind it."""
        for part in group.parts:
            if isinstance(part, template.Group):
                after = self._lay(part, place, inside=True)
                self.steps[place].append(Step(after))
            else:
                after = self._place()
                if isinstance(part, Segment):
                    self._lay_words(part.text, place, after)
                else:
                    self._lay_slot(part, place, after)
                    if not inside:
                        self.steps[place].append(Step(after))
            place = after
        return place

    def _lay_words(self, words: str, place: int, after: int) -> None:
        self.steps[place].append(Step(after, f'"{words}', LED if LEADS.search(words) else 0))

    def _lay_slot(self, slot: template.Slot, place: int, after: int) -> None:
        """Lay the steps over one of some facts, or over all of them with commas."""
        behind = after
        if slot.every:
            behind = self._place()
            self.steps[behind].append(Step(after))
            self._lay_words(", ", behind, place)
        for name in slot.names:
            self._lay_fact(name, place, behind)

    def _lay_fact(self, name: str, place: int, after: int, cost: int = 0) -> None:
        """Lay the steps over a fact: a term, figures, words of one's own, or a list of terms."""
        held = self.slot.get(name)
        if held and held.listed:
            item, more = self._place(), self._place()
            self.steps[place].append(Step(item, name, cost))
            self.steps[item].append(Step(after))
            for joint in JOINTS:
                self._lay_words(joint, item, more)
            self.steps[more].append(Step(item, f"+{name}"))
            if held.free:
                self.guesses[place].append(Step(item, name, cost + FREE))
                self.guesses[more].append(Step(item, f"+{name}", FREE))
        elif held:
            self.steps[place].append(Step(after, name, cost))
            if held.free:
                own = TEXT if held.text and not held.several else FREE + held.last * FREE
                self.guesses[place].append(Step(after, name, cost + own))

    def _lay_rest(self, names: frozenset[str]) -> None:
        """Lay the steps over what the pattern has no room for; it may also stand alone."""
        beyond = self._place()
        self._lay_words(", ", self.end, beyond)
        for name in self.slot:
            self._lay_fact(name, beyond, self.end, BEYOND)
        others = self.slot.keys() - names if self.end else ()
        for name in self.slot:
            if not others or name in others:
                self._lay_fact(name, 0, self.end, BEYOND)

    def _automaton(self) -> ahocorasick.Automaton:
        """Return what finds each phrase, and the joining words, in the words of a clause."""
        entries: dict[str, Entry] = {}
        for key, bits in self._before().items():
            if key[:1] in MARKED:
                entry = entries.setdefault(key[1:], Entry(len(key) - 1))
                (entry.joins if key[0] == '"' else entry.opens).append((key, 0, None))
                entry.before |= bits if key[0] == '"' else 0
        for name, held in self.slot.items():
            for phrase, said in held.said():
                entry = entries.setdefault(phrase, Entry(len(phrase)))
                entry.says.append((name, KNOWN, said))
                if held.listed:
                    entry.says.append((f"+{name}", KNOWN, said))
                if name in WITH_FIGURES:
                    entry.measured.append((name, KNOWN, said))
        automaton = ahocorasick.Automaton()
        for words, entry in entries.items():
            automaton.add_word(words, entry)
        automaton.make_automaton()
        return automaton


MARKED = ('"', "^")

Meaning = tuple[str, int, Said | None]
"""The key of a step over a phrase, what it costs and says; joining words say nothing."""


@dataclass(slots=True)
class Entry:
    """What a phrase may be in a clause.

    `joins` are joining words, `opens` those that begin a clause, `before` the places from which they lead on, as bits.
    `says` are the facts, of which those in `measured` may be followed by figures in brackets.
    """

    length: int
    joins: list[Meaning] = field(default_factory=list)
    opens: list[Meaning] = field(default_factory=list)
    says: list[Meaning] = field(default_factory=list)
    measured: list[Meaning] = field(default_factory=list)
    before: int = 0


Match = tuple[int, list[Meaning]]
"""What stands at a letter, and the letter behind it."""


class Standing(NamedTuple):
    """What stands at each letter of a clause: joining words, and known phrases; and the places, as bits, before which.

    Words of one's own end where joining words lead on from the place behind them.
    """

    words: dict[int, list[Match]]
    facts: dict[int, list[Match]]
    follows: dict[int, int]


Stand = tuple[str, int, int, Said, bool]
"""The fields of what was found: few of them are on the way that is taken in the end."""

Path = tuple[int, "Path | None", Stand | None]
"""What a reading costs up to a letter, what it was before its last step, and what that step found under its key."""

Ways = dict[int, dict[State, Path]]
"""How each letter that a reading has come to can be reached, by the state in which it stands there."""

Begun = dict[State, tuple[int, Path, str, int]]
"""Words of one's own that have begun, by where they lead: what they cost less the letters before them, and whence."""


class Search:
    """The cheapest way through a pattern over one clause."""

    def __init__(self, grammar: Grammar, line: Line) -> None:
        """Nothing is read yet."""
        self.grammar, self.line, self.text = grammar, line, line.text

    @cached_property
    def sure(self) -> Reading | None:
        """The cheapest way to read the clause without words of one's own; None where none fits."""
        return self._read(strictly=True)

    @cached_property
    def best(self) -> Reading | None:
        """The cheapest way to read the clause; None where none fits, or for what is too long for a clause."""
        return self._read(strictly=False)

    @cached_property
    def standing(self) -> Standing:
        """Find what stands in the clause as it is written, and at its beginning also with a small letter."""
        found = Standing({}, {}, {})
        line, automaton = self.line, self.grammar.automaton
        for end, entry in automaton.iter(line.text):
            at = end + 1 - entry.length
            if entry.joins:
                found.words.setdefault(at, []).append((end + 1, entry.joins))
                found.follows[at] = found.follows.get(at, 0) | entry.before
            self._begin_or_say(found, at, end + 1, entry)
        if line.lower != line.text:
            for end, entry in automaton.iter(line.lower, 0, min(len(line.lower), self.grammar.longest)):
                if end + 1 == entry.length:
                    self._begin_or_say(found, 0, end + 1, entry)
        return found

    def _begin_or_say(self, found: Standing, at: int, end: int, entry: Entry) -> None:
        """Add the words that begin a clause, and known phrases, where they stand between two letters."""
        if at == 0 and entry.opens:
            found.words.setdefault(0, []).append((end, entry.opens))
        if entry.says and (end == len(self.text) or not self.text[end].isalnum()):
            some = found.facts.setdefault(at, [])
            some.append((end, entry.says))
            if entry.measured and (beside := BRACKET.match(self.text, end)):
                some.append((beside.end(), entry.measured))

    def matches(self, at: int, figures: Figures) -> list[Match]:
        """Return what stands at a letter: joining words, phrases, and any of some figures."""
        words, facts, _ = self.standing
        found = [*words.get(at, ()), *facts.get(at, ())]
        return found + figures.standing(self.text, at) if figures.patterns else found

    def _read(self, *, strictly: bool) -> Reading | None:
        at, last = 0, len(self.text)
        if last > MANY_LETTERS or (strictly and last and not self.grammar.may_begin(self.line)):
            return None
        ways: Ways = {0: {self.grammar.first: (0, None, None)}}
        begun: Begun = {}
        lent: dict[State, int] = {}
        follows = self.standing.follows
        joints = [*sorted(follows), last]
        while at < last:
            here = ways.pop(at, {})
            if begun and at in follows:
                self._close(begun, here, at, follows[at])
            if here:
                self._go_on(here, at, ways)
                if not strictly:
                    self._guess(here, at, begun, lent)
            if not ways and not begun:
                return None
            at = min(min(ways, default=last), joints[bisect_right(joints, at)] if begun else last)
        here = ways.get(last, {})
        if begun:
            self._close(begun, here, last, 1 << self.grammar.end)
        ends = [path for state, path in here.items() if state.ends]
        return self._told(min(ends, key=lambda path: path[0])) if ends else None

    def _close(self, begun: Begun, here: dict[State, Path], at: int, bits: int) -> None:
        """End words of one's own at a letter, where they lead to one of some places."""
        own = self.own[at]
        for state, (lent, path, name, start) in begun.items():
            if state.bits & bits:
                total = lent + own
                if state not in here or total < here[state][0]:
                    here[state] = (total, path, (name, start, at, (), False))

    def _go_on(self, here: dict[State, Path], at: int, ways: Ways) -> None:
        """Go on over all that stands at a letter and may stand there."""
        matches = self.matches(at, next(iter(here)).figures if len(here) == 1 else self.grammar.figures)
        for state, path in here.items() if matches else ():
            after = state.after
            for end, meanings in matches:
                for key, cost, said in meanings:
                    for to, more in after.get(key, ()):
                        total = path[0] + cost + more
                        there = ways.setdefault(end, {})
                        if to not in there or total < there[to][0]:
                            stand = None if said is None else (key, at, end, said, cost == FIGURE)
                            there[to] = (total, path, stand)

    def _guess(self, here: dict[State, Path], at: int, begun: Begun, lent: dict[State, int]) -> None:
        """Begin words of one's own; `lent` says for how little they began before from a state."""
        own = self.own[at]
        for state, path in here.items():
            before = path[0] - own
            if state in lent and lent[state] <= before:
                continue
            lent[state] = before
            for to, name, cost in state.own:
                if to not in begun or before + cost < begun[to][0]:
                    begun[to] = (before + cost, path, name, at)

    @cached_property
    def own(self) -> list[int]:
        """Return what words of one's own cost up to each letter, with the known phrases that they would hide."""
        behind = {one.end() for one in self.grammar.joint.finditer(self.text)}
        hidden = [at for at in self.standing.facts.keys() & behind if self._is_whole(at)]
        if not hidden:
            return self.line.own
        costs = self.line.costs.copy()
        for at in hidden:
            costs[at + 1] += HIDDEN
        return list(accumulate(costs))

    def _is_whole(self, at: int) -> bool:
        """Tell whether a known phrase stands at a letter, up to a joint."""
        joint, last = self.grammar.joint, len(self.text)
        return any(
            end == last or joint.match(self.text, end)
            for end, meanings in self.standing.facts[at]
            if any(said for _, _, said in meanings)
        )

    def _told(self, path: Path) -> Reading:
        """Return what was found on the way, with the items of a list as one."""
        found: list[Found] = []
        more: Found | None = None
        step: Path | None = path
        while step:
            if step[2]:
                one = Found(*step[2])
                name = one.name.removeprefix("+")
                if not one.said and self.grammar.slot[name].listed:
                    one = one._replace(said=_items(self.text[one.start : one.end]))
                if more:
                    one = one._replace(end=more.end, said=one.said + more.said)
                more = one if name != one.name else None
                if not more:
                    found.append(one)
            step = step[1]
        return Reading(path[0], tuple(reversed(found)))


def _items(words: str) -> Said:
    """Return words of one's own as the items of a list: without an "and" they are one."""
    return tuple((OWN, one) for one in (re.split(", | and ", words) if " and " in words else [words]) if one)
