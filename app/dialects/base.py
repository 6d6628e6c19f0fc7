"""How a kind of model likes to be spoken to. Override a flag, then a table, then a method."""

import re
from abc import ABC
from collections.abc import Iterable, Sequence
from functools import lru_cache
from sys import intern
from typing import ClassVar

from app.compile import Brief, Clause, Fact
from app.compile.wording import joined
from app.dialects import _choosing as choosing
from app.dialects import _counting as counting
from app.dialects import _pictures as pictures
from app.dialects import _shape as shape
from app.dialects import template
from app.dialects._draft import BUDGET, Draft, Layout, Patterns
from app.dialects._negative import fitting
from app.parse.parsed import Parsed
from app.resolve import Resolved
from app.resolve.known import ordered
from app.schema import Loss, Param, Prompt, Segment, Sent
from app.vocab import Target, Vocabulary
from app.vocab.targets import Limit

Block = tuple[str, ...]
"""A label, or nothing, and the slots that stand under it."""

UNITS = {
    "deg": "degrees",
    "share": "shares of the frame",
    "kelvin": "Kelvin",
    "m": "metres",
    "hex": "colour codes",
    "ratio": "ratios",
    "mm": "millimetres",
    "stop": "T-stops",
    "ei": "exposure indexes",
    "balance": "a white balance in Kelvin",
    "shutter": "shutter angles",
    "fps": "frame rates",
    "depth": "a depth of field in centimetres",
    "mired": "mireds",
    "stops": "levels in stops",
}
"""What a target may read or not, by the unit that its file names."""

INSTEAD = frozenset({"mm", "stop", "ei", "balance", "shutter", "fps", "m", "stops"})
"""Numbers that stand in the place of their words: a 50 mm lens is not also called a normal one."""

FULL_STOP, BLANK = Segment("."), Segment(" ")

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
"""What pictures are called where a number would be read as the source's."""

GROUPED = ("beat", "move", "line", "heard")
"""What belongs to one beat, and stands together unless an order parts it."""


Worded = tuple[list[Segment], list[tuple[tuple[str, ...], str, str]]]
"""How a clause was written, never changed again, and the numbers that became words in it."""


class Dialect(ABC):
    """The neutral dialect: a sentence a clause, in the order of the brief."""

    id: str

    form: ClassVar[str] = "prose"
    """How the text is built: prose, labels, tags, flags or json."""

    order: ClassVar[tuple[Block, ...]] = ()
    """Blocks, in order; a target may have its own."""

    sentences: ClassVar[Patterns] = {
        "edit": "{change}[; keep {keep} as in the source image]",
        "frame": "{medium}[, {size}][, {count}][, {perspective}][, as {purpose}]",
        "subject": "{name}[, {description}][, [{adjective*} ]{what}][, {kind}][, {what*}][, {age}][, {trait*}]"
        "[, wearing {wardrobe}][, {colour*}][, {presented}][, {pose}]"
        "[, {facing}][, {position}][, {expression}][, looking at {eyeline}][; {action}][; {height}]",
        "relation": "{order*}",
        "place": "{setting}[, {location}][, {where}][, {extent}][, {backdrop}][, {season}][, {time}]"
        "[, {weather}][, in {atmosphere}]"
        "[; in the foreground, {foreground}][; in the midground, {midground}][; in the background, {background}]"
        "[; with {props}]",
        "instead": "{instead*}",
        "exclude": "{exclude*}",
        "lettering": 'the words "{text}" stand[ {on}]',
        "angle": "{angle}[, {level}][, {height}][, {pitch}][, {horizon}][, {roll}][, {seen}][, {view}]"
        "[, aimed at {aimed_at}]",
        "lens": "{focal}[, {field}][, on {family}][, {squeeze}][, on {format}][, shot on {body}][, through {filters}]",
        "exposure": "{stop}[, focus on {focus}][, {technique}][, {focus_at}]",
        "framing": "{placement}[, {plane}][, {direction}][, {balance}]"
        "[, {headroom}][, {lead_room}][, {devices}][, {space}][, {protect}]",
        "light": "{role}[: {quality|source|fixture}][ {source|fixture}][ {fixture}][ in a {pattern}][ {where}]"
        "[, through {modifiers}]"
        "[, bounced off {bounced}][, with {cut}][, gelled with {gels}][, {hue}][, {colour}][, {level}]"
        "[, lighting {aimed_at}][, motivated by {motivated_by}][, casting {shadow}][, throwing {effects}]"
        "[, {distance}][, {visible}]",
        "lighting": "{style}[, {setup}][, {contrast}][, {ratio}][, {broad}][, with {effects}]"
        "[, {background}][, {ambient}]",
        "look": "{stock}[, {process}][, {grain}][, {palette}][, {colours}][, {contrast}][, {saturation}][, {grade}]"
        "[, {skin}][, {sharpness}][, {bokeh}][, {motion}][, {artefacts}][, {encoding}][, {exposure}]",
        "intent": "{mood}[, {genre}][, {form*}][, {era}][, {year}][: {says}]",
        "beat": "{act*}[; {interaction}][; the focus goes to {pull}][; the focus goes {pull_at}][; then {pull_how}]"
        "[; {becomes*}]",
        "move": "{move}[ {speed}][ over {far}][ by {round}][, to a {to}]",
        "pace": "{pacing}[, coming in by {opens}][, going out by {closes}]",
    }
    """The pattern of each slot; see `template`. A slot without one lists its facts."""

    label_end: ClassVar[str] = ": "
    """What stands behind a label."""

    clause_end: ClassVar[str] = ". "
    """What stands between two clauses of a block."""

    block_end: ClassVar[str] = "\n"
    """What stands between two blocks."""

    sentence_case: ClassVar[bool] = True
    """Whether a clause begins with a capital and a block ends with a full stop."""

    runs_on: ClassVar[frozenset[str]] = frozenset()
    """Slots that are one sentence where they stand side by side, as on a camera report."""

    def __init__(self) -> None:
        """Begin with no layout worked out."""
        self._layouts: dict[str, Layout] = {}
        self.between_clauses, self.between_blocks = Segment(self.clause_end), Segment(self.block_end)

    def write(self, brief: Brief, resolved: Resolved, target: Target, already: Sequence[Sent] = ()) -> Prompt:
        """Word the brief for a target, and say what was lost. Pictures `already` sent keep their numbers."""
        draft = Draft(resolved, target, self.layout(target), already=tuple(already))
        pictures.number(brief, draft)
        shape.set_length(draft)
        shape.set_rate(draft)
        chosen = choosing.choose(brief, draft)
        shape.set_shape(draft)
        clauses = self._heard(chosen, draft)
        negative = self.exclude(brief, draft, clauses)
        if draft.extraction and target.extraction and not draft.editing and not draft.started:
            clauses.append(shape.extraction(draft.extraction, shape.shape_paths(resolved)))
        segments = self._within_limit(clauses, draft)
        for paths, unit, words in draft.approximated:
            draft.lose(paths, f"{target.label} reads words here, not {UNITS[unit]}.", words)
        self._account_for_the_rest(segments, negative, draft)
        return Prompt(tuple(segments), tuple(negative), draft.params, tuple(draft.sent), tuple(draft.losses))

    def plain(self, facts: list[Fact], resolved: Resolved, target: Target) -> Prompt:
        """Write the sentence that somebody without Printlight would type: the ratio stays, the rest is guesswork."""
        draft = Draft(resolved, target, self.layout(target))
        shape.set_shape(draft)
        told = [Segment(fact.words, fact.paths) for fact in facts] or [Segment("a scene")]
        segments = capitalised(listed(told))
        segments.append(Segment(", cinematic."))
        covered = _covered(segments, (), draft.params.values())
        for path in sorted(resolved.said - covered):
            draft.lose((path,), "The plain sentence leaves this to the model.")
        return Prompt(tuple(segments), (), draft.params, (), tuple(draft.losses))

    def read(self, text: str, target: Target, vocabulary: Vocabulary) -> Parsed | None:  # noqa: ARG002 # for forms that can
        """Read a prompt back that this dialect wrote for a target; None where its form cannot be, or is another."""
        return None

    def _heard(self, clauses: list[Clause], draft: Draft) -> list[Clause]:
        """Return the clauses without what the target cannot hear: most are heard whole."""
        unheard, mute, units = draft.unheard.keys(), draft.layout.mute, draft.target.units
        heard = []
        for clause in clauses:
            gist = clause.gist
            if clause.derived and not draft.derived:
                continue
            if clause.slot in mute:
                _unsounded(clause, draft)
            elif (not gist.bare or gist.units <= units) and unheard.isdisjoint(gist.paths):
                heard.append(clause)
            elif rest := _rest(clause, draft):
                heard.append(rest)
        return heard

    def say(self, fact: Fact, draft: Draft) -> Segment:
        """Word one fact: the target's own phrase, and its number where the target reads its unit."""
        target, words = draft.target, fact.words
        if fact.term and fact.term in target.says:
            return Segment(target.says[fact.term], fact.paths, fact.derived)
        if fact.number:
            if fact.unit in target.units or (not fact.derived and draft.resolved.pinned(*fact.paths)):
                words = f"{words} ({fact.number})" if words and fact.unit not in INSTEAD else fact.number
            elif not fact.derived:
                draft.approximated.append((_own(fact.paths), fact.unit, words))
        return Segment(escaped(words, target.escapes) if target.escapes else words, fact.paths, fact.derived)

    def exclude(self, brief: Brief, draft: Draft, clauses: list[Clause]) -> list[Segment]:
        """Say what to keep out: in the negative field, in plain words, or by a clause of what is there instead."""
        excluded = self._to_exclude(brief, draft)
        if not excluded:
            return []
        way = draft.target.negative
        if way == "field":
            said = [Segment(escaped(one.words, draft.target.escapes), one.paths) for one in excluded]
            kept, beyond = fitting(said, draft.target)
            draft.losses += beyond
            return listed(kept)
        if way == "rewrite":
            excluded = self._rewritten(excluded, draft)
        elif way == "plain":
            excluded = [one._replace(words=f"no {ARTICLE.sub('', one.words)}") for one in excluded]
        if excluded:
            clauses.append(Clause("instead" if way == "rewrite" else "exclude", excluded, priority=4))
        return []

    def _to_exclude(self, brief: Brief, draft: Draft) -> list[Fact]:
        """Return what there is to keep out of this picture: none of a motion or a sound that it cannot have."""
        if not brief.excluded:
            return []
        if "exclude" in draft.unheard:
            draft.lose(("exclude",), draft.unheard["exclude"])
            return []
        if draft.editing or (draft.started and draft.target.negative != "field"):
            shown = "source image" if draft.editing else "start frame"
            draft.lose(("exclude",), f"The {shown} shows what is there.")
            return []
        terms = draft.resolved.vocabulary.terms
        kept: list[Fact] = []
        pointless: list[Fact] = []
        for fact in brief.excluded:
            traits = terms[fact.term].traits if fact.term else frozenset()
            moot = draft.target.medium == "image" and not traits.isdisjoint({"motion", "sound"})
            (pointless if moot or ("sound" in traits and not draft.target.audio) else kept).append(fact)
        if pointless:
            words = joined([one.words for one in pointless])
            reason = f"{draft.target.label} makes nothing of the kind anyway: {words}."
            draft.losses.append(Loss(pointless[0].paths, "dropped", reason))
        return kept

    def _rewritten(self, excluded: list[Fact], draft: Draft) -> list[Fact]:
        """Return what is there instead of each thing; what nothing says positively is one loss."""
        terms = draft.resolved.vocabulary.terms
        said = [(one, terms[one.term].instead if one.term else "") for one in excluded]
        if unsaid := [one for one, instead in said if not instead]:
            words = joined([repr(one.words) for one in unsaid])
            reason = f"{draft.target.label} takes no negatives, and nothing says {words} positively."
            draft.losses.append(Loss(unsaid[0].paths, "dropped", reason))
        return [Fact("instead", instead, one.paths) for one, instead in said if instead]

    def layout(self, target: Target) -> Layout:
        """Return how a target's text is laid out: worked out once, until another vocabulary or a scene asks."""
        found = self._layouts.get(target.id)
        if found is None or found.target is not target:
            found = self._layouts[target.id] = self._laid_out(target)
        return found

    def _laid_out(self, target: Target) -> Layout:
        order = target.order or self.order
        named = {slot for _, *slots in order for slot in slots}
        apart = frozenset(named - {"beat"})
        own = {slot: str(getattr(target.sound, name)) for slot, name in SOUNDS.items()}
        own["reference"] = target.references.line
        if target.edit.line:
            own["edit"] = target.edit.line
        patterns = {**self.sentences, **own, **target.sentences}
        voice = repr((self.id, sorted(target.units), sorted(target.says.items()), target.weight, target.escaping))
        return Layout(
            target,
            tuple((label, tuple(slots)) for label, *slots in order),
            frozenset(named | set(GROUPED) if "beat" in named else named),
            tuple(slot for slot in GROUPED if slot not in apart),
            patterns,
            frozenset(slot for slot in SOUNDS if not patterns[slot]),
            voice,
            {slot: intern(f"{voice} {pattern}") for slot, pattern in patterns.items()},
        )

    def clause(self, clause: Clause, draft: Draft) -> list[Segment]:
        """Write one clause; a reference by the name under which it is sent, or not at all."""
        named = clause if clause.slot != "reference" else self._named(clause, draft)
        if named is None:
            return []
        voice = draft.layout.voices.get(clause.slot, draft.layout.voice)
        segments, approximated = named.worded.get(voice) or self._in_voice(voice, named, draft)
        if approximated:
            draft.approximated += approximated
        return segments

    def _in_voice(self, voice: str, clause: Clause, draft: Draft) -> Worded:
        """Word a clause, unless another voice that says what is in it alike has worded it before."""
        target, gist = draft.target, clause.gist
        pattern = draft.layout.patterns.get(clause.slot, "")
        units = target.units & gist.units if gist.units else gist.units
        own = () if gist.terms.isdisjoint(target.says) else tuple([target.says.get(one) for one in gist.terms])
        weight = target.weight if clause.pinned else ""
        numbers = units or draft.resolved.pins
        escaping = target.escaping if numbers or any(one in clause.words for one in target.escapes) else ""
        alike = (self.id, pattern, units, own, weight, escaping)
        known: Worded | None = clause.worded.get(alike)
        if known is None:
            before, draft.approximated = draft.approximated, []
            known = clause.worded[alike] = (self._worded(pattern, clause, draft), draft.approximated)
            draft.approximated = before
        clause.worded[voice] = known
        return known

    def _worded(self, pattern: str, clause: Clause, draft: Draft) -> list[Segment]:
        segments = template.write(pattern, clause, self.say, draft)
        if self.sentence_case and clause.slot not in self.runs_on:
            segments = capitalised(segments)
        if clause.pinned and segments and draft.target.weight:
            before, _, after = draft.target.weight.partition("{}")
            return [Segment(before), *segments, Segment(after)]
        return segments

    def _named(self, clause: Clause, draft: Draft) -> Clause | None:
        """Return the line of one picture, numbered as the array is; None for one that is not sent, or never named."""
        number, target = draft.numbers.get(clause.about), draft.target
        role = next((fact.term for fact in clause.facts if fact.name == "role"), "")
        if not number or not target.references.name or role == pictures.SOURCE:
            return None
        name = target.edit.name if draft.editing and target.edit.name else target.references.name
        called = name.format(n=number, id=clause.about, ordinal=ORDINALS[number - 1])
        return clause.named(called, target.references.words.get(role, ""))

    def text(self, clauses: list[Clause], draft: Draft) -> list[Segment]:
        """Write all clauses, block by block; slots that no block names come last."""
        by_slot: dict[str, list[Clause]] = {}
        for clause in clauses:
            by_slot.setdefault(clause.slot, []).append(clause)
        segments: list[Segment] = []
        for label, slots in self.blocks(draft.layout, by_slot):
            written = self._slots(slots, by_slot, draft)
            if not written:
                continue
            if segments:
                segments.append(self.between_blocks)
            if label:
                segments.append(_label(label + self.label_end))
            self._run_on(written, segments)
            if self.sentence_case and not _ended(segments):
                segments.append(FULL_STOP)
        if draft.target.references.closing and "reference" in by_slot and draft.numbers:
            segments.append(Segment(f" {draft.target.references.closing}"))
        return segments

    def _run_on(self, written: list[tuple[str, list[Segment]]], segments: list[Segment]) -> None:
        """Add the clauses of a block to the text; those that run on are one sentence."""
        before = ""
        for slot, one in written:
            if slot not in self.runs_on:
                if before:
                    segments.append(self._between(segments))
                segments += one
            elif before in self.runs_on:
                segments.append(template.COMMA)
                segments += one
            else:
                if before:
                    segments.append(self._between(segments))
                segments += capitalised(one)
            before = slot

    def _between(self, segments: list[Segment]) -> Segment:
        """Return what parts a clause from the next; a line that was spoken has ended its sentence already."""
        return BLANK if self.sentence_case and _ended(segments) else self.between_clauses

    def blocks(self, layout: Layout, by_slot: Iterable[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Return labels with their slots; a slot that no block names has a block of its own at the end."""
        if layout.named.issuperset(by_slot):
            return layout.blocks
        return (*layout.blocks, *[("", (slot,)) for slot in by_slot if slot not in layout.named])

    def _slots(
        self, slots: Iterable[str], by_slot: dict[str, list[Clause]], draft: Draft
    ) -> list[tuple[str, list[Segment]]]:
        """Write the clauses of some slots; beats stand in order, each with what moves, is said and heard in it."""
        written: list[tuple[str, list[Segment]]] = []
        for slot in slots:
            if slot == "beat":
                written += [(slot, one) for one in self._beats(by_slot, draft)]
            elif slot in by_slot:
                for clause in by_slot[slot]:
                    if one := self.clause(clause, draft):
                        written.append((slot, one))
        return written

    def _beats(self, by_slot: dict[str, list[Clause]], draft: Draft) -> list[list[Segment]]:
        """Write beat by beat, each behind its time code where the target reads one and there is more than one beat."""
        if not draft.resolved.shot.beats:
            return []
        parts = [clause for slot in draft.layout.of_a_beat for clause in by_slot.get(slot, ())]
        written, about = [], {one.about for one in parts}
        told = [name for name, _ in ordered(draft.resolved.shot.beats) if name in about]
        for name in told:
            found = [self.clause(clause, draft) for clause in parts if clause.about == name]
            found = [one for one in found if one]
            if found and len(told) > 1 and (code := self._time_code(name, told.index(name) + 1, draft)):
                found[0] = [code, *found[0]]
            written += found
        return written

    def _time_code(self, name: str, number: int, draft: Draft) -> Segment | None:
        """Write a beat's time code, from the seconds that were said."""
        beat, code = draft.resolved.shot.beats[name], draft.target.timing.beat
        if not code or beat.start_s is None:
            return None
        paths = tuple(path for key in ("start_s", "end_s") if (path := f"beats.{name}.{key}") in draft.resolved.said)
        end = beat.end_s if beat.end_s is not None else _next_start(draft.resolved, name)
        if end is not None and draft.clip:
            end = min(end, draft.clip)
        if end is None or not draft.resolved.left.isdisjoint(paths):
            return None
        return Segment(timed(code, number, beat.start_s, end), paths)

    def _within_limit(self, clauses: list[Clause], draft: Draft) -> list[Segment]:
        """Write the clauses; while the text is too long, the least important go, whole, and pinned ones last of all.

        A reference whose line goes is not sent either: no picture goes out without its role.
        """
        segments, limits = self.text(clauses, draft), _limits(draft)
        over = counting.beyond(_text(segments), limits) if limits and clauses else None
        if over is None:
            return segments
        said, segments = self._fitting(clauses, over, draft)
        covered = _covered(segments, (), ())
        told = {id(one) for one in said}
        for fact in [fact for clause in clauses if id(clause) not in told for fact in clause.facts]:
            gone = tuple(path for path in fact.paths if path not in covered)
            draft.lose(gone, f"No room: {draft.target.label} takes {counting.told(over)}.")
        return segments

    def _fitting(self, clauses: list[Clause], limit: Limit, draft: Draft) -> tuple[list[Clause], list[Segment]]:
        """Return the clauses that find room together and their text: the most important, and pinned ones before all."""
        sizes = {id(one): counting.length(_text(self.clause(one, draft)), limit) for one in clauses}
        ranked = sorted(clauses, key=lambda one: (not one.pinned, one.priority))
        room, sent, numbers = limit.count, draft.sent, draft.numbers
        while ranked:
            kept = _packed(ranked, sizes, room)
            packed = {id(one) for one in kept}
            said = [one for one in clauses if id(one) in packed]
            draft.sent, draft.numbers = sent, numbers
            for one in clauses:
                if one.slot == "reference" and id(one) not in packed:
                    pictures.leave_out(one.about, draft)
            draft.approximated.clear()
            segments = self.text(said, draft)
            over = counting.length(_text(segments), limit) - limit.count
            if over <= 0:
                return said, segments
            if kept == [one for one in ranked if one.pinned] or len(kept) <= 1:
                ranked.remove(kept[-1] if kept else ranked[0])  # not even what must stay finds room
                room = limit.count
            else:
                room -= over  # labels, and what parts the clauses
        draft.approximated.clear()
        return [], self.text([], draft)

    def _account_for_the_rest(self, segments: list[Segment], negative: list[Segment], draft: Draft) -> None:
        """Record every said path that nothing carries, with the reason: nothing is lost in silence."""
        parts: tuple[Segment | Param, ...] = (*segments, *negative, *draft.params.values())
        told = [part.paths for part in parts if part.paths]
        said = draft.resolved.said
        for path in sorted(said.difference(*told, *[loss.paths for loss in draft.losses])):
            draft.losses.append(Loss((path,), "dropped", _why(path, draft)))
        for path, one in draft.resolved.unknown:
            if any(path in paths for paths in told):  # the rest of its list was said
                draft.losses.append(Loss((path,), "dropped", f"The vocabulary has no {one!r}."))


ARTICLE = re.compile(r"^(?:an?|the) ")

END = re.compile(r"[.!?…。！？](?:[\"'}>\])]|</\w+>)*$")
"""The end of a sentence, also of one that somebody says in quotation marks or brackets."""

SOUNDS = {
    "line": "line",
    "heard": "effect",
    "effects": "effect",
    "ambience": "ambience",
    "music": "music",
    "voiceover": "voiceover",
}
"""Which of a target's sound patterns tells a slot."""


TOLD_OF = {
    "line": "spoken lines",
    "effect": "sound effects",
    "ambience": "ambient sound",
    "music": "music",
    "voiceover": "a voice over the picture",
}


def _unsounded(clause: Clause, draft: Draft) -> None:
    """Lose what a target cannot be told to sound like."""
    reason = f"{draft.target.label} cannot be told of {TOLD_OF[SOUNDS[clause.slot]]}."
    for fact in clause.facts:
        draft.lose(fact.paths, draft.unheard.get(fact.paths[0], reason) if fact.paths else reason)


def _rest(clause: Clause, draft: Draft) -> Clause | None:
    """Return the clause without what the target cannot hear, or None when nothing is left of it."""
    unheard = draft.unheard
    deaf = not unheard.keys().isdisjoint(clause.gist.paths)
    kept = []
    for at, fact in enumerate(clause.facts):
        if deaf and (silent := _silent(fact, unheard)):
            draft.lose(fact.paths, unheard[silent])
        elif fact.number and not fact.words and not draft.reads(fact.unit, fact.paths):
            draft.lose(_own(fact.paths), _unread(fact.unit, draft.target))
        else:
            kept.append(at)
    if len(kept) == len(clause.facts):
        return clause
    if not any(clause.facts[at].paths or clause.facts[at].derived for at in kept):
        return None
    return clause.keeping(tuple(kept))


@lru_cache(maxsize=256)
def _label(words: str) -> Segment:
    return Segment(words)


def _silent(fact: Fact, unheard: dict[str, str]) -> str:
    """Return the path of a fact's own that a target cannot hear; what it was only read against does not count."""
    if unheard.keys().isdisjoint(fact.paths):
        return ""
    for path in _own(fact.paths):
        if path in unheard:
            return path
    return ""


def _ended(segments: list[Segment]) -> bool:
    if not segments or segments[-1].text[-1:].isalnum():
        return False
    return END.search("".join([one.text for one in segments[-2:]])) is not None


def _packed(ranked: list[Clause], sizes: dict[int, int], room: int) -> list[Clause]:
    """Return all that is pinned, and of the others, in their order, those that still find room."""
    kept = [one for one in ranked if one.pinned]
    room -= sum(sizes[id(one)] for one in kept)
    for one in ranked[len(kept) :]:
        if sizes[id(one)] <= room:
            kept.append(one)
            room -= sizes[id(one)]
    return kept


def _text(segments: list[Segment]) -> str:
    return "".join([one.text for one in segments])


def _limits(draft: Draft) -> list[Limit]:
    """Return what the text must keep within: the model's limit, and on demand the words that it likes."""
    target = draft.target
    limits = [target.limit] if target.limit.count else []
    if target.words[1] and draft.resolved.mark(BUDGET).pin:
        limits.append(Limit(count=target.words[1], unit="words"))
    return limits


def escaped(words: str, escapes: dict[str, str]) -> str:
    """Write letters that mean something else to a model so that they mean themselves, or leave them out."""
    for letter, harmless in escapes.items():
        words = words.replace(letter, harmless)
    return words


def timed(pattern: str, number: int, start: float, end: float) -> str:
    """Write a time code from its pattern; see `vocab.targets.Timing`."""
    return pattern.format(
        number=number,
        start=start,
        end=end,
        length=end - start,
        start_clock=_clock(start),
        end_clock=_clock(end),
    )


def listed(segments: list[Segment]) -> list[Segment]:
    """Put commas between segments."""
    spaced: list[Segment] = []
    for segment in segments:
        spaced += [Segment(", "), segment] if spaced else [segment]
    return spaced


def capitalised(segments: list[Segment]) -> list[Segment]:
    """Begin with a capital."""
    if not segments or not segments[0].text[:1].islower():
        return segments
    first = segments[0]
    return [Segment(first.text[0].upper() + first.text[1:], first.paths, first.derived), *segments[1:]]


def _clock(seconds: float) -> str:
    return (
        f"{int(seconds // 60):02d}:{seconds % 60:02.0f}"
        if seconds % 1 == 0
        else f"{int(seconds // 60):02d}:{seconds % 60:04.1f}"
    )


def _next_start(resolved: Resolved, name: str) -> float | None:
    """Return when the next beat begins, or the shot ends."""
    beats = [one for one, _ in ordered(resolved.shot.beats)]
    later = [resolved.number(f"beats.{one}.start_s") for one in beats[beats.index(name) + 1 :]]
    return next((one for one in later if one is not None), resolved.number("duration_s"))


def _why(path: str, draft: Draft) -> str:
    if path in draft.resolved.left:
        return "Left to the model, as marked."
    if reason := draft.target.why_silent(path):
        return reason
    if unknown := [one for place, one in draft.resolved.unknown if place == path]:
        return f"The vocabulary has no {unknown[0]!r}."
    if path.startswith("references."):
        return _why_not_named(path, draft)
    told = f"{draft.target.label} has no words for this."
    if path.startswith("place.lettering."):
        told = "The words that would stand there are left to the model."
    elif path.startswith("beats.") and path.endswith(("start_s", "end_s")):
        told = f"{draft.target.label} reads no time codes here; what happens stands in order."
    return told


def _why_not_named(path: str, draft: Draft) -> str:
    if any(one.id == path.split(".")[1] for one in draft.sent):
        return f"{draft.target.label} is sent this picture, and is told nothing about it."
    return "There is no picture to send with this reference."


def _unread(unit: str, target: Target) -> str:
    if unit == "balance":
        return f"{target.label} is told each light as it reads on this balance, not the balance."
    return f"{target.label} reads no {UNITS[unit]}, and no word says the same."


@lru_cache(maxsize=4096)
def _own(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return a fact's paths that hold the number itself, without those it was only read against."""
    group = paths[0].rpartition(".")[0]
    return tuple([path for path in paths if path.rpartition(".")[0] == group])


def _covered(segments: Iterable[Segment], negative: Iterable[Segment], params: Iterable[Param]) -> set[str]:
    parts: tuple[Segment | Param, ...] = (*segments, *negative, *params)
    return set().union(*[part.paths for part in parts if part.paths])
