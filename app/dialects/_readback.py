"""Reads a prompt back that a dialect wrote: its labels or keys give the slots, its patterns the facts.

Terms come back exactly. Figures are read by the same grammar of numbers as any prose; words of one's own come back at
the path whose place in the pattern they take. What only follows from the lamps is left aside.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf
from typing import Any, NamedTuple

from app.dialects._clauses import OWN, Found, Grammar, Line, Reading, Search
from app.dialects._holding import BEAT, LIGHT, NAMED_BY, ON_A_SIDE, SUBJECT, Holdings
from app.dialects._measures import READS, measured
from app.match.kinds import FACETS, KIND, told_kind
from app.parse.draft import LAST, Draft
from app.parse.parsed import Free, Parsed, Span
from app.parse.prose import read_prose
from app.schema.facets import pattern as pattern_of
from app.schema.facets import picked_at, takes_words, title
from app.vocab import Target, Vocabulary

MANY = frozenset({"subject", "light", "lettering", "reference", "beat", "move", "line", "heard"})
"""Slots with a clause for each thing."""

OF_A_BEAT = ("beat", "move", "line", "heard")

WITHIN = {
    "angle": "camera", "lens": "camera", "exposure": "camera", "support": "camera", "framing": "framing",
    "lighting": "lighting", "light": "lighting", "look": "look", "intent": "mood", "place": "place",
    "subject": "subject", "extraction": "framing", "beat": "", "move": "camera",
}  # fmt: skip
"""The department in which the figures of a slot are read."""

BRACKETED = frozenset({"quality", "hue", "colour"})
"""Facts with a figure in brackets or none: there is nothing more to read in their words alone."""

NUMBER = re.compile(r"\d+(?:\.\d+)?")
SIDE = re.compile(r"\b(?:left|right)\b", re.IGNORECASE)
"""Of the names of directions, those that say a side say it so."""

SIDED = re.compile(f"{ON_A_SIDE}$")

SKIP = 1_000_000
"""What it costs to leave a clause unread, so that any reading of it is cheaper."""

LONGEST_RUN, RUN = 4, 150
"""So many sentences may be one clause, where a slot has no more than one, and what each beyond the first costs."""


MANY_SENTENCES = 300
"""A block with more was written by nobody; it is left as it stands."""

ACTS = 120
"""What it costs to take a sentence for what happens; twice as much it brings where it begins with who was described."""


class Sentence(NamedTuple):
    """A stretch of some words, from `start` to before `end`; `places` says where each letter of them stands."""

    words: str
    places: Sequence[int]
    start: int
    end: int

    @property
    def text(self) -> str:
        """The letters."""
        return self.words[self.start : self.end]

    def where(self, start: int, end: int) -> tuple[int, int]:
        """Return where letters of the stretch stand in the text as given."""
        return self.places[self.start + start], self.places[self.start + end]


class Clause(NamedTuple):
    """A clause that was read: its slot, its words, and what it says."""

    slot: str
    sentence: Sentence
    found: tuple[Found, ...]


class Way(NamedTuple):
    """How sentences were given to slots: what that cost, what came before, and the last clause."""

    cost: int
    before: "Way | None"
    clause: Clause | None

    def clauses(self) -> Iterator[Clause]:
        """Yield the clauses, the last one first."""
        way: Way | None = self
        while way and way.clause:
            yield way.clause
            way = way.before


class Options:
    """What the sentences from one on may be; each slot reads them once, and only when it is asked."""

    def __init__(
        self, slots: tuple[str, ...], grammars: Sequence[Grammar], sentences: Sequence[Sentence], at: int, joint: str
    ) -> None:
        self.slots, self.grammars, self.sentences, self.at, self.joint = slots, grammars, sentences, at, joint
        first = sentences[at].text
        self.acts = any(first.startswith(f"{_first(one.text)} ") for one in sentences[:at])
        self._lines: dict[int, Line] = {}
        self._searches: dict[tuple[int, int], Search] = {}

    def after(self, before: int) -> Iterator[tuple[int, int, int, tuple[Found, ...]]]:
        """Yield slots, with the end of a clause and what it costs, behind a slot: what fits without a guess, if any."""
        alone = self.at + 1
        open_to = _open_to(self.slots, before)
        strict = ((number, self._reading(number, alone, strictly=True)) for number in open_to)
        sure = {number: one for number, one in strict if one}
        best = {} if sure else {number: self._reading(number, alone, strictly=False) for number in open_to}
        found: Mapping[int, Reading | None] = sure or best
        known = any(one and not _is_guessed(one) for one in found.values())
        cheapest = min((one.cost for one in found.values() if one), default=0)
        for number, one in found.items():
            slot = self.slots[number]
            yield self._option(number, alone, one, known=known)
            goes_on = self.joint in self.grammars[number].pattern
            if slot not in MANY and (goes_on or (not sure and one and one.cost == cheapest)):
                for end in range(alone + 1, min(self.at + LONGEST_RUN, len(self.sentences)) + 1):
                    run = self._reading(number, end, strictly=False)
                    cost = (run.cost if run else SKIP) + (0 if goes_on else RUN * (end - alone))
                    yield number, end, cost, run.found if run else ()

    def _reading(self, number: int, end: int, *, strictly: bool) -> Reading | None:
        search = self._searches.get((number, end))
        if not search:
            if end not in self._lines:
                self._lines[end] = Line(joined(self.sentences[self.at : end]).text)
            search = self._searches[number, end] = Search(self.grammars[number], self._lines[end])
        return search.sure if strictly else search.best

    def _option(
        self, number: int, end: int, one: Reading | None, *, known: bool
    ) -> tuple[int, int, int, tuple[Found, ...]]:
        """Return what it costs to take one sentence for a clause: a guess costs more where another slot knows it."""
        if one is None:
            return number, end, SKIP, ()
        slot = self.slots[number]
        doubts = _is_guessed(one) and (known or slot in OF_A_BEAT)
        return number, end, one.cost + ACTS * (doubts - 2 * (self.acts and slot in {"beat", "line"})), one.found


@lru_cache(maxsize=512)
def _open_to(slots: tuple[str, ...], before: int) -> tuple[int, ...]:
    """Return which of some slots may follow one of them, by their places."""
    of_a_beat = before >= 0 and slots[before] in OF_A_BEAT
    return tuple(
        number
        for number, slot in enumerate(slots)
        if (of_a_beat and slot in OF_A_BEAT) or number >= before + (slot not in MANY and slot not in SILENT)
    )


def _is_cheaper(ways: dict[int, Way], number: int, cost: int) -> bool:
    """Tell whether no way as cheap leads to a slot."""
    return number not in ways or cost < ways[number].cost


class Readback:
    """One prompt of a target on its way back to a shot."""

    def __init__(self, text: str, target: Target, patterns: dict[str, str], vocabulary: Vocabulary, joint: str) -> None:
        self.joint = joint
        self.text, self.target, self.vocabulary = text, target, vocabulary
        self.grammars = grammars(target.id, tuple(patterns.items()), vocabulary)
        self.draft = Draft(vocabulary)
        self.beats = 0
        self.last = -1
        self.elements: dict[tuple[Any, ...], str] = {}
        self.pointed: list[tuple[str, str, Span]] = []
        self.middles: list[str] = []
        self.found: list[tuple[int, int]] = []

    def parsed(self, form: str) -> Parsed:
        """Return what was read; words that only name somebody in the shot are told as their id."""
        draft = self.draft
        for path, words, span in self.pointed:
            known = self._called(words, new=False)
            if known and known != path.split(".")[1]:
                draft.put(path, known, span)
            elif not takes_words(path):
                draft.tell(path.replace(".aimed_at", ".motivated_by"), words, span)
            else:
                draft.tell(path, words, span)
        self._leave_unsaid()
        if self.middles:
            fields = dict.fromkeys(title(pattern_of(path)).partition(",")[0].lower() for path in self.middles)
            draft.notes.append(f"The middle of what the words cover, for want of a figure: {', '.join(fields)}.")
        return draft.parsed(form, self.target.id)

    def read(self, slots: Sequence[str], sentences: Sequence[Sentence]) -> None:
        """Read the sentences of a block whose slots are known, in their order."""
        if len(sentences) > MANY_SENTENCES:
            for one in sentences:
                self._leave(Clause("", one, ()))
            return
        for clause in self._clauses(slots, sentences):
            self.say(clause)

    def say(self, clause: Clause) -> None:
        """Put into the shot what a clause says."""
        self._note_found(clause)
        teller = getattr(self, f"_say_{clause.slot}", None)
        if teller:
            teller(clause)
        elif not clause.slot or clause.slot in SILENT:
            self._leave(clause)
        else:
            self._tell(clause, {})

    def element(self, slot: str, at: tuple[Any, ...], sentence: Sentence) -> None:
        """Read a value of an element of an array; the values of one element, `at` a place, tell of one thing."""
        reading = Search(self.grammars[slot], Line(sentence.text)).best
        kind = slot.partition(".")[0]
        clause = Clause(slot, sentence, reading.found if reading else ())
        if kind == "subject":
            self._note_found(clause)
            if at not in self.elements:
                self.elements[at] = self._new_subject(clause)
            if not self.elements[at]:
                self._leave(clause)
                return
            self._tell_subject(sentence, clause.found, self.elements[at], slot)
        elif kind == "lettering" and at in self.elements:
            self._tell(clause, {"place.lettering.*": f"place.lettering.{self.elements[at]}"})
        else:
            self.say(clause._replace(slot=kind))
            self.elements[at] = next(reversed(self.draft.ids["lettering"]), "") if kind == "lettering" else ""

    def colour(self, sentence: Sentence) -> None:
        """Read a colour of the palette: its code, or words."""
        path = "look.colours"
        span = self._span(sentence, 0, len(sentence.text), path)
        if re.fullmatch(r"#[0-9A-Fa-f]{6}", sentence.text):
            self.draft.put(path, sentence.text, span)
        else:
            self.draft.tell(path, sentence.text, span)

    def _clauses(self, slots: Sequence[str], sentences: Sequence[Sentence]) -> list[Clause]:
        """Give each sentence the slot in which it is read best; the slots keep their order."""
        told = (slot for one in slots for slot in (OF_A_BEAT if one == "beat" else (one,)))
        slots = tuple(slot for slot in told if self._is_heard(slot))
        grammars = [self.grammars[slot] for slot in slots]
        ways: list[dict[int, Way]] = [{} for _ in range(len(sentences) + 1)]
        ways[0][-1] = Way(0, None, None)
        for at, here in enumerate(ways[:-1]):
            options = Options(slots, grammars, sentences, at, self.joint)
            cheapest: float = inf
            for before, way in sorted(here.items()):
                if way.cost >= cheapest:
                    continue  # what may follow it may follow a slot before it
                cheapest = way.cost
                if _is_cheaper(ways[at + 1], before, way.cost + SKIP):
                    ways[at + 1][before] = Way(way.cost + SKIP, way, Clause("", sentences[at], ()))
                for number, end, cost, found in options.after(before):
                    if _is_cheaper(ways[end], number, way.cost + cost):
                        clause = Clause(slots[number], joined(sentences[at:end]), found)
                        ways[end][number] = Way(way.cost + cost, way, clause)
        way = min(ways[-1].values(), key=lambda way: way.cost)
        return list(way.clauses())[::-1]

    def _is_heard(self, slot: str) -> bool:
        """Tell whether the target has words for a slot: not for sounds of which it cannot be told."""
        return slot not in {"line", "heard"} or bool(self.grammars[slot].pattern)

    # What each slot says.

    def _say_subject(self, clause: Clause) -> None:
        if name := self._new_subject(clause):
            self._tell_subject(clause.sentence, clause.found, name, "subject")
        else:
            self._leave(clause)

    def _new_subject(self, clause: Clause) -> str:
        words = self._words(clause, ("name", "description", "what", "kind"))
        name = self.draft.free_id("subjects", _slug(words.split(",")[0]) or "subject")
        if name:
            self.draft.ids["subjects"].setdefault(name, "")
        return name

    def _tell_subject(self, sentence: Sentence, found: Iterable[Found], name: str, slot: str) -> None:
        draft = self.draft
        draft.hero = name
        at = f"subjects.{name}"
        who = [one for one in found if one.name in {"name", "description"} and not one.said]
        rest = [one for one in found if one not in who]
        self._tell(Clause(slot, sentence, tuple(rest)), {SUBJECT: at, f"{BEAT}.action": f"beats.main.action.{name}"})
        told = ", ".join(sentence.text[one.start : one.end] for one in who)
        for one in who:
            self._who(at, sentence, one, only=len(who) == 1)
        self._kind(at, told)

    def _who(self, at: str, sentence: Sentence, one: Found, *, only: bool) -> None:
        """Tell a name from a description: a name is short, and no article begins it."""
        words = sentence.text[one.start : one.end]
        first, _, rest = words.partition(", ")
        if (one.name == "description" and not only) or _is_described(first):
            self._text(f"{at}.description", sentence, one.start, one.end)
        else:
            self._text(f"{at}.name", sentence, one.start, one.start + len(first))
            if rest:
                self._text(f"{at}.description", sentence, one.start + len(first) + 2, one.end)

    def _kind(self, at: str, told: str) -> None:
        """Say the kind that the words tell, where none stands there."""
        held = self.draft.held
        what = next((key for key in FACETS if isinstance(held.get(f"{at}.{key}"), str)), "")
        kind = f"{KIND}{FACETS[what]}" if what else told_kind(self.vocabulary, told) if told else ""
        if kind:
            self.draft.put(f"{at}.kind", kind)

    def _say_light(self, clause: Clause) -> None:
        role = next((one for one in clause.found if one.name == "role"), None)
        words = self._words(clause, ("role",))
        stem = role.said[0][1].rpartition(".")[2] if role and role.said else _slug(words) or "light"
        name = self.draft.free_id("lights", stem)
        if not name:
            self._leave(clause)
            return
        self.draft.light = name
        self.draft.ids["lights"].setdefault(name, "")
        kept = [one for one in clause.found if one.name != "where"]
        if role and not role.said and _slug(words) == words.lower().replace(" ", "_") and len(clause.found) > 1:
            kept.remove(role)  # the id of a lamp that has no role
        self._tell(clause._replace(found=tuple(kept)), {LIGHT: f"lights.{name}"})
        for one in clause.found:
            if one.name == "where":
                self._where(clause.sentence, one, f"lights.{name}")

    def _where(self, sentence: Sentence, one: Found, at: str) -> None:
        """Say from where a lamp comes: the name of a direction, a side, and the figures in brackets."""
        words, _, figures = sentence.text[one.start : one.end].partition(" (")
        if not one.figure:
            self._text(f"{at}.direction", sentence, one.start, one.start + len(words))
        elif term := self._direction(words, placed="off axis" in figures):
            self.draft.put(f"{at}.direction", term, self._span(sentence, one.start, one.end, ""))
        placed = one.figure and f"{at}.pattern" not in self.draft.held  # which has its own place
        told = placed and self._measures(sentence, one, {LIGHT: at})
        side = SIDE.search(words)
        if one.figure and not figures:
            if side:
                self.draft.put(f"{at}.side", side[0].lower(), self._span(sentence, one.start, one.end, ""))
        elif not told or "off axis" not in figures:  # without which the words tell the side
            self._figures(sentence, one.start, one.end, "lighting")

    def _direction(self, words: str, *, placed: bool) -> str:
        """Return the direction that words name; where figures place the lamp, the first words only tell the figures."""
        named: dict[str, str] = {}
        known = {term.phrase: term.id for term in self.vocabulary.facets["light.direction"].terms}
        for piece in words.lower().split(", "):
            if term := known.get(SIDED.sub("", piece)):
                named[piece] = term
        first = words.lower().partition(", ")[0]
        if placed and first in named:
            named.pop(first)
        return [*named.values(), ""][0]

    def _say_beat(self, clause: Clause) -> None:
        self._turn_beat("beat")
        for one in clause.found:
            if one.name == "act":
                self._act(clause.sentence, one)
        rest = tuple(one for one in clause.found if one.name != "act")
        self._tell(clause._replace(found=rest), {BEAT: f"beats.{self.draft.beat}"})

    def _act(self, sentence: Sentence, one: Found) -> None:
        words = sentence.text[one.start : one.end]
        terms = self.vocabulary.facets["beat.action"].terms
        done = max((term for term in terms if words.endswith(f" is {term.phrase}")), key=lambda term: len(term.phrase),
                   default=None)  # fmt: skip
        if done and one.figure:
            who = words[: -len(f" is {done.phrase}")]
            path = f"beats.{self.draft.beat}.action.{self._called(who)}"
            self.draft.put(path, done.id, self._span(sentence, one.start, one.end, path))
        else:
            who = next((name for name in self.draft.ids["subjects"] if words.startswith(self._handle(name))), "")
            start = one.start + (len(self._handle(who)) + 1 if who else 0)
            who = who or self.draft.hero or "subject"
            self._text(f"beats.{self.draft.beat}.action.{who}", sentence, start, one.end)

    def _say_move(self, clause: Clause) -> None:
        self._turn_beat("move")
        stem = next((one.said[0][1].rpartition(".")[2] for one in clause.found if one.said), "move")
        name = self.draft.free_id("moves", stem)
        if not name:
            self._leave(clause)
            return
        self.draft.move = name
        self._tell(clause, {f"{BEAT}.moves.*": f"beats.{self.draft.beat}.moves.{name}"})

    def _say_line(self, clause: Clause) -> None:
        self._turn_beat("line")
        who = self._called(self._words(clause, ("who",)))
        at = f"beats.{self.draft.beat}"
        found = tuple(one for one in clause.found if one.name != "who")
        self._tell(
            clause._replace(found=found),
            {f"{BEAT}.says": f"{at}.says.{who}", f"{BEAT}.delivery": f"{at}.delivery.{who}", BEAT: at},
        )

    def _say_heard(self, clause: Clause) -> None:
        self._turn_beat("heard")
        self._tell(clause, {BEAT: f"beats.{self.draft.beat}"})

    def _turn_beat(self, slot: str) -> None:
        """Begin a new beat where its parts begin anew; a still has one."""
        order = OF_A_BEAT.index(slot)
        fresh = order == 0 if self.last == 0 else order < self.last
        if self.last < 0 or (fresh and self.target.medium == "video"):
            self.beats += 1
            self.draft.beat = "main" if self.beats == 1 else f"beat_{self.beats}"
        self.last = order

    def _say_lettering(self, clause: Clause) -> None:
        name = self.draft.free_id("lettering", "sign")
        if name:
            self._tell(clause, {"place.lettering.*": f"place.lettering.{name}"})
        else:
            self._leave(clause)

    def _say_reference(self, clause: Clause) -> None:
        name = self.draft.free_id("references", f"image_{len(self.draft.ids['references']) + 1}")
        if not name:
            self._leave(clause)
            return
        self.draft.ids["references"].setdefault(name, "")
        of = self._words(clause, ("of",))
        rest = tuple(one for one in clause.found if one.name != "of")
        self._tell(clause._replace(found=rest), {"references.*": f"references.{name}"})
        if of and (known := self._called(of, new=False)):
            at = f"references.{name}.of"
            whom = next(one for one in clause.found if one.name == "of")
            self.draft.put(at, known, self._span(clause.sentence, whom.start, whom.end, at))

    # Where words go.

    def _tell(self, clause: Clause, places: dict[str, str]) -> None:
        """Put the terms first, then words of one's own, then figures: these never take the place of a term."""
        slot = self.grammars[clause.slot].slot
        sentence = clause.sentence
        later = _said_last(clause) if clause.slot.startswith("subject") else {}
        for one in clause.found:
            for path, term in one.said:
                if path in later and later[path] is not one:
                    continue
                at = _placed(path or slot[one.name].free, places)
                if path == OWN:
                    self.draft.tell(at, term, self._span(sentence, one.start, one.end, at))
                else:
                    self.draft.put(at, term, self._span(sentence, one.start, one.end, at))
        for one in clause.found:
            if not one.said and not one.figure and (path := slot[one.name].free):
                self._own(_placed(path, places), sentence, one, several=slot[one.name].several)
            elif not one.said and (facet := NAMED_BY.get(f"{clause.slot}.{one.name}")):
                self._named(facet, sentence, one)
        for one in clause.found:
            if one.figure or (one.said and one.name in {"quality", "hue"}):
                self._numbers(sentence, one, places, WITHIN.get(clause.slot.partition(".")[0], ""))

    def _manner(self, sentence: Sentence, one: Found, at: str) -> None:
        """Keep how soft a lamp is, or how it reads, in its words where no figure tells it."""
        words = sentence.text[one.start : one.end]
        said = words if one.name == "quality" else found[0] if (found := READS.match(words)) else ""
        path = f"{at}.{MANNER[one.name]}"
        if said and "(" not in words and path not in self.draft.held:
            self.draft.tell(path, said.lower(), self._span(sentence, one.start, one.start + len(said), path))

    def _numbers(self, sentence: Sentence, one: Found, places: dict[str, str], within: str) -> None:
        """Put the numbers of a fact; as prose are read those that its words do not tell whole."""
        if one.figure and one.name in MANNER and LIGHT in places:
            self._manner(sentence, one, places[LIGHT])
        whole = self._measures(sentence, one, places)  # whose height a lamp takes, too
        bare = one.name in BRACKETED and sentence.text[one.end - 1] != ")"
        if not whole and not bare:
            self._figures(sentence, one.start, one.end, within)

    def _own(self, path: str, sentence: Sentence, one: Found, *, several: bool) -> None:
        """Put words of one's own: a thing by its id where they only name it."""
        words = sentence.text[one.start : one.end]
        if path.endswith((".aimed_at", ".eyeline", ".motivated_by", "focus.on")):
            self.pointed.append((path, words, self._span(sentence, one.start, one.end, path)))
            return
        if several:
            at = one.start
            for found in [*re.finditer(r", | and ", words), None]:
                end = one.start + (found.start() if found else len(words))
                self._text(path, sentence, at, end)
                at = one.start + found.end() if found else end
        else:
            self._text(path, sentence, one.start, one.end)

    def _text(self, path: str, sentence: Sentence, start: int, end: int) -> None:
        words = sentence.text[start:end]
        if self.joint == ". " and not start and ARTICLE.match(words) and not path.endswith(".name"):
            words = words[0].lower() + words[1:]
        if words:
            self.draft.tell(path, words, self._span(sentence, start, end, path))

    def _named(self, name: str, sentence: Sentence, one: Found) -> None:
        """Put the number in the middle of what a phrase names: it stands where the target reads no figure."""
        facet, words = self.vocabulary.facets[name], sentence.text[one.start : one.end].casefold()
        term = next((term for term in facet.terms if term.phrase.casefold() == words), None)
        middle = facet.middle(term) if term else None
        if middle is not None and self.draft.put(
            facet.names, middle, self._span(sentence, one.start, one.end, facet.names)
        ):
            self.middles.append(facet.names)

    def _measures(self, sentence: Sentence, one: Found, places: dict[str, str]) -> bool:
        """Put the numbers that words tell; return whether these are all, and had room."""
        words = sentence.text[one.start : one.end]
        found, fit = measured(one.name, words), True
        for path, value, is_exact in found:
            at = _placed(path, places)
            put = self.draft.put(at, value, self._span(sentence, one.start, one.end, at))
            fit = fit and put
            if put and not is_exact:
                self.middles.append(at)
        return fit and bool(found) and len(NUMBER.findall(words)) <= sum(one.is_exact for one in found)

    def _figures(self, sentence: Sentence, start: int, end: int, within: str) -> None:
        """Read numbers and sides as in any prose, and keep no term of it."""
        draft = Draft(self.vocabulary)
        draft.hero, draft.light, draft.beat, draft.move = (
            self.draft.hero,
            self.draft.light,
            self.draft.beat,
            self.draft.move,
        )
        read_prose(sentence.text[start:end], self.vocabulary, 0, within, draft)
        for path, value in draft.held.items():
            if (pattern_of(path) not in picked_at() and not isinstance(value, str | dict | list)) or path.endswith(
                ".side"
            ):
                self.draft.put(path, value, self._span(sentence, start, end, path))

    def _leave(self, clause: Clause) -> None:
        """Leave a clause free, and keep its words; what only follows from the rest is worked out again."""
        sentence = clause.sentence
        if sentence.text.strip():
            start, end = sentence.where(0, len(sentence.text))
            self.draft.free.append(Free(start, end, self.text[start:end]))
            if clause.slot not in SILENT:
                self.draft.tell(LAST, sentence.text, joint=". ")

    def _note_found(self, clause: Clause) -> None:
        """Note where facts stand that must come to something."""
        facts = [one for one in clause.found if (clause.slot, one.name) not in NAMING]
        self.found += [clause.sentence.where(one.start, one.end) for one in facts]

    def _leave_unsaid(self) -> None:
        """Leave free, and tell in a note, the words of facts that came to no field."""
        said = bytearray(len(self.text))
        places = [(one.start, one.end) for one in self.draft.spans] + [(one.start, one.end) for one in self.draft.free]
        for start, end in places:
            said[start:end] = bytes([1]) * (end - start)
        unsaid = [Free(start, end, self.text[start:end]) for start, end in self.found if not any(said[start:end])]
        if unsaid:
            self.draft.free += unsaid
            words = ", ".join(dict.fromkeys(one.text for one in unsaid))
            self.draft.notes.append(f"No field says this alone, and it stands in no box: {words}.")

    def _span(self, sentence: Sentence, start: int, end: int, path: str) -> Span:
        first, last = sentence.where(start, end)
        return Span(path, first, last, self.text[first:last])

    def _words(self, clause: Clause, names: tuple[str, ...]) -> str:
        one = next((one for name in names for one in clause.found if one.name == name), None)
        return clause.sentence.text[one.start : one.end] if one else ""

    def _handle(self, name: str) -> str:
        """Return what the text calls a subject."""
        held = self.draft.held
        at = f"subjects.{name}"
        called = held.get(f"{at}.name") or held.get(f"{at}.description") or self._what(at) or name.replace("_", " ")
        first, _, rest = str(called).split(",")[0].partition(" ")
        return f"the {rest}" if first.lower() in {"a", "an", "the"} and rest else str(called).split(",")[0]

    def _what(self, at: str) -> str:
        terms = (self.vocabulary.terms.get(str(self.draft.held.get(f"{at}.{key}"))) for key in FACETS)
        return next((term.phrase for term in terms if term), "")

    def _called(self, words: str, *, new: bool = True) -> str:
        """Return the id of whom words name; a new one where nobody has the name."""
        folded = words.casefold()
        for name in self.draft.ids["subjects"]:
            what = self._what(f"subjects.{name}").partition(" ")[2]
            if folded in {self._handle(name).casefold(), f"the {what}", name.replace("_", " ")}:
                return name
        for name in self.draft.ids["lights"]:
            if folded in {name.replace("_", " "), f"the {name.replace('_', ' ')}"}:
                return name
        return (_slug(words) or "subject") if new else ""


ARTICLE = re.compile(r"(?:An?|The) ")
"""As a sentence begins."""

MANNER = {"quality": "quality", "colour": "hue"}
"""What tells of a lamp in words that only figures derive, and the field that takes such words."""

NAMING = frozenset({("reference", "name"), ("edit", "source"), ("light", "role")})
"""Facts that may only say which picture or which lamp is meant."""

SILENT = frozenset({"relation", "reading", "depth"})
"""Slots that only follow from what was said elsewhere."""


def parts(words: str, places: Sequence[int], joint: str) -> Iterator[Sentence]:
    """Yield the parts of some words between their joints."""
    at = 0
    for piece in words.split(joint):
        if piece:
            yield Sentence(words, places, at, at + len(piece))
        at += len(piece) + len(joint)


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Return sentences as one, with what stands between them."""
    words, places, start, end = sentences[0]
    return Sentence(words, places, start, sentences[-1].end if len(sentences) > 1 else end)


@lru_cache(maxsize=32)
def grammars(target: str, patterns: tuple[tuple[str, str], ...], vocabulary: Vocabulary) -> "Grammars":
    """Return the patterns of a target, by its id, each laid out when it is first asked for."""
    return Grammars(vocabulary.targets[target], dict(patterns), vocabulary)


class Grammars(dict[str, Grammar]):
    """The patterns of a target by slot."""

    def __init__(self, target: Target, patterns: dict[str, str], vocabulary: Vocabulary) -> None:
        super().__init__()
        self._holdings, self._patterns, self._target = Holdings(target, vocabulary), patterns, target

    def __missing__(self, slot: str) -> Grammar:
        kind = slot.partition(".")[0]
        pattern = self._target.references.line if slot == "reference" else self._patterns.get(slot, "")
        self[slot] = found = Grammar(pattern, self._holdings.slot(kind))
        return found


def _is_guessed(reading: Reading) -> bool:
    """Tell whether nothing in a reading is known."""
    return not any(found.said or found.figure for found in reading.found)


def _said_last(clause: Clause) -> dict[str, Found]:
    """Return what says each path last: a description, which stands first, may hold the phrase of a term."""
    return {path: one for one in clause.found for path, _ in one.said}


def _placed(path: str, places: dict[str, str]) -> str:
    for of, at in places.items():
        if path == of or path.startswith(f"{of}."):
            return at + path[len(of) :]
    return path


def _slug(words: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_").lstrip("0123456789_")[:40].rstrip("_")
    return "" if name == "words" else name


def _first(words: str) -> str:
    """Return what a later clause calls somebody whom these words describe."""
    called = words.partition(",")[0]
    article, _, rest = called.partition(" ")
    return f"The {rest}" if article.lower() in {"a", "an", "the"} and rest else called


def _is_described(first: str) -> bool:
    words = first.split()
    return not words or words[0].casefold() in {"a", "an", "the"} or len(words) > 4


__all__ = ["Readback", "Sentence", "parts"]
