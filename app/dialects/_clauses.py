"""Reads one clause back by the pattern that wrote it: each of its words goes to the fact that it tells.

A clause may be read in several ways. The one that leaves the fewest words to guesses is taken: known phrases and the
joining words of the pattern cost nothing, words of one's own cost something each time.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, reduce
from itertools import accumulate
from operator import or_
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
        """Keep the words."""
        self.text = text
        self.searches: dict[Grammar, Search] = {}
        self.lower = text[:1].lower()[:1] + text[1:]  # letter for letter: the small "İ" is two

    @cached_property
    def heads(self) -> frozenset[str]:
        """Its first letters, one of them and more, also with a small one."""
        return frozenset(one[:many] for one in (self.text, self.lower) for many in range(1, HEAD + 1))

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
    def own(self) -> list[tuple["State", Step, int]]:
        """The words of one's own that may stand here, each fact's once: where they lead, their step and its cost.

        Of two that cost the same the first in the pattern is taken; one is left out behind which may stand nothing
        that may not also stand behind a cheaper one.
        """
        found: list[tuple[State, Step, int]] = []
        guesses = [one for place in sorted(self.places) for one in self.grammar.guesses[place]]
        for guess in sorted(guesses, key=lambda one: one.cost):
            to = self.grammar.state({guess.to})
            if not any(to.places <= other.places for other, _, _ in found):
                found.append((to, guess, guess.cost))
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

    def standing(self, text: str, at: int) -> list["Match"]:
        """Return those that stand at a letter."""
        if not self.may_stand(text, at):
            return []
        found = ((name, one.match(text, at)) for name, one in self.patterns)
        return [(name, match.end(), FIGURE, ()) for name, match in found if match and match.end() > at]


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
        self.before = self._before()
        self.automaton = self._automaton()
        phrases = [*self.automaton.keys()]
        self.longest = max(map(len, phrases), default=0)
        self.heads = frozenset(one[:HEAD] for one in phrases)

    def reading(self, line: Line, *, strictly: bool) -> Reading | None:
        """Return the cheapest way to read a clause, `strictly` without words of one's own; None where none fits."""
        search = line.searches.get(self) or line.searches.setdefault(self, Search(self, line))
        return search.sure if strictly else search.best

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
        entries: dict[str, list[Entry]] = {}
        for step in {step.key: step for some in self.steps for step in some if step.key[:1] in MARKED}.values():
            entries.setdefault(step.key[1:], []).append((step.key, 0, None))
        for name, held in self.slot.items():
            for phrase, said in held.said():
                some = entries.setdefault(phrase, [])
                some.append((name, KNOWN, said))
                if held.listed:
                    some.append((f"+{name}", KNOWN, said))
        automaton = ahocorasick.Automaton()
        for words, some in entries.items():
            automaton.add_word(words, (len(words), some))
        automaton.make_automaton()
        return automaton


MARKED = ('"', "^")

Entry = tuple[str, int, Said | None]
"""The key of a step over a phrase, what it costs and says; joining words say nothing."""

Match = tuple[str, int, int, Said | None]
"""The same, with the letter behind it in second place."""

Standing = dict[int, list[Match]]
"""Such matches by the letter at which they begin."""

Stand = tuple[str, int, int, Said, bool]
"""The fields of what was found: few of them are on the way that is taken in the end."""

Path = tuple[int, "Path | None", Stand | None]
"""What a reading costs up to a letter, what it was before its last step, and what that step found under its key."""

Ways = dict[int, dict[State, Path]]
"""How each letter that a reading has come to can be reached, by the state in which it stands there."""

Begun = dict[State, tuple[int, Path, Step, int]]
"""Words of one's own that have begun, by where they lead: what they cost less the letters before them."""


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
    def words(self) -> Standing:
        """The joining words at each letter."""
        return self._standing[0]

    @cached_property
    def follows(self) -> dict[int, int]:
        """The places, as bits, from which the joining words at a letter lead on."""
        before = self.grammar.before
        return {at: reduce(or_, (before[one[0]] for one in some)) for at, some in self.words.items()}

    @cached_property
    def facts(self) -> Standing:
        """The known phrases at each letter."""
        return self._standing[1]

    @cached_property
    def _standing(self) -> tuple[Standing, Standing]:
        """Find both as they are written, and at the beginning also with a small letter."""
        both: tuple[Standing, Standing] = {}, {}
        line, automaton = self.line, self.grammar.automaton
        for end, (length, entries) in automaton.iter(line.text):
            self._add(both, end + 1 - length, end + 1, entries)
        if line.lower != line.text:
            for end, (length, entries) in automaton.iter(line.lower, 0, min(len(line.lower), self.grammar.longest)):
                if end + 1 == length:
                    self._add(both, 0, length, [one for one in entries if one[0][0] != '"'])
        return both

    def _add(self, both: tuple[Standing, Standing], at: int, end: int, entries: list[Entry]) -> None:
        """Add what stands between two letters."""
        words, facts = both
        whole = end == len(self.text) or not self.text[end].isalnum()
        for key, cost, said in entries:
            if said is None:
                if at == 0 or key[0] != "^":
                    words.setdefault(at, []).append((key, end, cost, None))
            elif whole:
                some = facts.setdefault(at, [])
                some.append((key, end, cost, said))
                if key in WITH_FIGURES and (beside := BRACKET.match(self.text, end)):
                    some.append((key, beside.end(), KNOWN, said))

    def standing(self, at: int, figures: Figures) -> list[Match]:
        """Return what stands at a letter: joining words, phrases, and any of some figures."""
        return [*self.words.get(at, ()), *self.facts.get(at, ()), *figures.standing(self.text, at)]

    def _read(self, *, strictly: bool) -> Reading | None:
        at, last = 0, len(self.text)
        if last > MANY_LETTERS or (strictly and last and not self.grammar.may_begin(self.line)):
            return None
        ways: Ways = {0: {self.grammar.first: (0, None, None)}}
        begun: Begun = {}
        joints = [*sorted(self.words), last]
        while at < last:
            here = ways.pop(at, {})
            if begun and at in self.words:
                self._close(begun, here, at, self.follows[at])
            if here:
                self._go_on(here, at, ways)
                if not strictly:
                    self._guess(here, at, begun)
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
        for state, (lent, path, guess, start) in begun.items():
            if state.bits & bits:
                total = lent + own
                if state not in here or total < here[state][0]:
                    here[state] = (total, path, (guess.key, start, at, (), False))

    def _go_on(self, here: dict[State, Path], at: int, ways: Ways) -> None:
        """Go on over all that stands at a letter and may stand there."""
        standing = self.standing(at, next(iter(here)).figures if len(here) == 1 else self.grammar.figures)
        for state, path in here.items() if standing else ():
            for key, end, cost, said in standing:
                for to, more in state.after.get(key, ()):
                    total = path[0] + cost + more
                    there = ways.setdefault(end, {})
                    if to not in there or total < there[to][0]:
                        there[to] = (total, path, None if said is None else (key, at, end, said, cost == FIGURE))

    def _guess(self, here: dict[State, Path], at: int, begun: Begun) -> None:
        """Begin words of one's own."""
        own = self.own[at]
        for state, path in here.items():
            lent_before = path[0] - own
            for to, guess, cost in state.own:
                lent = lent_before + cost
                if to not in begun or lent < begun[to][0]:
                    begun[to] = (lent, path, guess, at)

    @cached_property
    def own(self) -> list[int]:
        """Return what words of one's own cost up to each letter, with the known phrases that they would hide."""
        behind = {one.end() for one in self.grammar.joint.finditer(self.text)}
        hidden = [at for at in self.facts.keys() & behind if self._is_whole(at)]
        if not hidden:
            return self.line.own
        costs = self.line.costs.copy()
        for at in hidden:
            costs[at + 1] += HIDDEN
        return list(accumulate(costs))

    def _is_whole(self, at: int) -> bool:
        """Tell whether a known phrase stands at a letter, up to a joint."""
        joint, last = self.grammar.joint, len(self.text)
        return any(said and (end == last or joint.match(self.text, end)) for _, end, _, said in self.facts[at])

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
