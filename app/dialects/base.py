"""How a kind of model likes to be spoken to. Override a flag, then a table, then a method."""

from abc import ABC
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import ClassVar

from app.compile import Brief, Clause, Fact
from app.dialects import template
from app.resolve import Resolved
from app.schema import Loss, Param, Prompt, Segment, Sent
from app.vocab import Target

Block = tuple[str, tuple[str, ...]]
"""A label, and the slots that stand under it."""

SAME_SHAPE = 0.005
"""Ratios that differ by less, as a natural logarithm, are one shape: 1.78 and 16:9, 2.39 and 1536 by 640."""

UNITS = {
    "deg": "degrees",
    "share": "shares of the frame",
    "kelvin": "Kelvin",
    "m": "metres",
    "hex": "colour codes",
    "ratio": "ratios",
}
"""What a target may read or not, by the unit that its file names."""


@dataclass
class Draft:
    """A prompt while it is being written for one target."""

    resolved: Resolved
    target: Target
    losses: list[Loss] = field(default_factory=list)
    params: dict[str, Param] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    extraction: float = 0
    dropped: set[str] = field(default_factory=set)

    unheard: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Find the said paths that the target cannot hear, with the reason of each."""
        why = self.target.why_silent
        self.unheard = {path: reason for path in self.resolved.said if (reason := why(path))}

    def lose(self, paths: tuple[str, ...], reason: str, sent: str = "") -> None:
        """Record that a fact was dropped, or sent as something near it."""
        said = tuple(path for path in paths if path in self.resolved.said and path not in self.dropped)
        if said:
            if not sent:
                self.dropped.update(said)
            self.losses.append(Loss(said, "approximated" if sent else "dropped", reason, sent))


class Dialect(ABC):
    """The neutral dialect: a sentence a clause, in the order of the brief."""

    id: str

    blocks: ClassVar[tuple[Block, ...]] = ()
    """Labels and the slots under each, in order."""

    sentences: ClassVar[dict[str, str]] = {
        "frame": "{medium}[, {size}][, {count}][, {perspective}][, as {purpose}]",
        "subject": "{name|description|what|kind}[, {description|what|kind}][, {what*}][, {age}][, {trait*}]"
        "[, wearing {wardrobe}][, {colour*}][, {presented}][, {pose}]"
        "[, {facing}][, {position}][, {expression}][, looking at {eyeline}][; {action}][; {height}]",
        "relation": "{order*}",
        "place": "{setting}[, {location}][, {where}][, {extent}][, {backdrop}][, {season}][, {time}]"
        "[, {weather}][, in {atmosphere}]"
        "[; in the foreground, {foreground}][; in the midground, {midground}][; in the background, {background}]"
        "[; with {props}]",
        "instead": "{instead*}",
        "lettering": "the words {text} stand[ {on}]",
        "angle": "{angle}[, {level}][, {height}][, {pitch}][, {horizon}][, {roll}][, {seen}][, {view}]"
        "[, aimed at {aimed_at}]",
        "lens": "{focal}[, {field}][, on {family}][, {squeeze}][, on {format}][, shot on {body}][, through {filters}]",
        "exposure": "{stop}[, focus on {focus}][, {technique}][, {focus_at}]",
        "framing": "{placement}[, {plane}][, {direction}][, {balance}]"
        "[, {headroom}][, {lead_room}][, {devices}][, {space}][, {protect}]",
        "light": "{role}[: {quality}][ {source}][ {fixture}][ in a {pattern}][ {where}][, through {modifiers}]"
        "[, bounced off {bounced}][, with {cut}][, gelled with {gels}][, {hue}][, {colour}][, {level}]"
        "[, lighting {aimed_at}][, motivated by {motivated_by}][, casting {shadow}][, throwing {effects}]"
        "[, {distance}][, {visible}]",
        "lighting": "{style}[, {setup}][, {contrast}][, {ratio}][, {broad}][, with {effects}]"
        "[, {background}][, {ambient}]",
        "look": "{stock}[, {process}][, {grain}][, {palette}][, {colours}][, {contrast}][, {saturation}][, {grade}]"
        "[, {skin}][, {sharpness}][, {bokeh}][, {motion}][, {artefacts}][, {encoding}][, {exposure}]",
        "intent": "{mood}[, {genre}][, {form*}][, {era}][, {year}][: {says}]",
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

    asks_for_extraction: ClassVar[bool] = False
    """Whether a shape that the target lacks is asked for in words, as a band inside the one that it has."""

    def write(self, brief: Brief, resolved: Resolved, target: Target) -> Prompt:
        """Word the brief for a target, and say what was lost."""
        draft = Draft(resolved, target)
        self.frame_for(draft)
        self.number(brief, draft)
        clauses = [heard for clause in brief.clauses if (heard := self.hear(clause, draft))]
        negative = self.exclude(brief, draft, clauses)
        if draft.extraction and self.asks_for_extraction:
            words = f"composed for a {draft.extraction:.2f}:1 extraction from the middle of the frame"
            clauses.append(Clause("extraction", [Fact("extraction", words, _shape_paths(resolved))], priority=3))
        segments = self._within_limit(clauses, draft)
        self._account_for_the_rest(segments, negative, draft)
        numbered = [(draft.numbers[one.id], one) for one in brief.pictures if one.id in draft.numbers]
        references = tuple(Sent(number, one.id, one.role, one.asset) for number, one in numbered)
        return Prompt(tuple(segments), tuple(negative), draft.params, references, tuple(draft.losses))

    def plain(self, facts: list[Fact], resolved: Resolved, target: Target) -> Prompt:
        """Write the sentence that somebody without Printlight would type: the ratio stays, the rest is guesswork."""
        draft = Draft(resolved, target)
        self.frame_for(draft)
        told = [Segment(fact.words, fact.paths) for fact in facts] or [Segment("a scene")]
        segments = _capitalised(_listed(told))
        segments.append(Segment(", cinematic."))
        covered = _covered(segments, (), draft.params.values())
        for path in sorted(resolved.said - covered):
            draft.lose((path,), "The plain sentence leaves this to the model.")
        return Prompt(tuple(segments), (), draft.params, (), tuple(draft.losses))

    def hear(self, clause: Clause, draft: Draft) -> Clause | None:
        """Return the clause without what the target cannot hear, or None when nothing is left of it."""
        if clause.derived and not draft.target.derived:
            return None
        if not draft.unheard:
            return clause
        facts = []
        for fact in clause.facts:
            if draft.unheard.keys().isdisjoint(fact.paths):
                facts.append(fact)
            else:
                silent = next(path for path in fact.paths if path in draft.unheard)
                draft.lose(fact.paths, draft.unheard[silent])
        if len(facts) == len(clause.facts):
            return clause
        if not any(fact.paths or fact.derived for fact in facts):
            return None
        return Clause(clause.slot, facts, clause.priority, clause.about, clause.pinned, clause.derived)

    def say(self, fact: Fact, draft: Draft) -> Segment:
        """Word one fact: the target's own phrase, and the number beside it where the target reads its unit."""
        words = fact.words
        if fact.term and draft.target.says:
            words = draft.target.says.get(fact.term, words)
        if fact.number:
            if fact.unit in draft.target.units or (not fact.derived and draft.resolved.pinned(*fact.paths)):
                words = f"{words} ({fact.number})" if words else fact.number
            elif not fact.derived:
                draft.lose(_own(fact), f"{draft.target.label} reads words here, not {UNITS[fact.unit]}.", words)
        return Segment(words, fact.paths, fact.derived)

    def frame_for(self, draft: Draft) -> None:
        """Set the parameter for the picture's shape: the nearest one that the target has; another shape is a loss."""
        want, paths = draft.resolved.number("framing.aspect"), _shape_paths(draft.resolved)
        if not want or not draft.resolved.left.isdisjoint(paths):
            return
        name, value, got = self.nearest_shape(want, draft.target)
        draft.params |= {key: Param(one, paths) for key, one in value.items()}
        if abs(log(got / want)) > SAME_SHAPE:
            reason = f"{draft.target.label} has no {want:.2f}:1; it goes out as {name}, with room for the extraction."
            draft.lose(paths, reason, name)
            draft.extraction = want

    def nearest_shape(self, want: float, target: Target) -> tuple[str, dict[str, object], float]:
        """Return the name, the parameters and the ratio of the nearest shape."""
        name = min(target.aspects, key=lambda one: abs(log(_ratio(one) / want)))
        return name, {"aspect_ratio": name}, _ratio(name)

    def number(self, brief: Brief, draft: Draft) -> None:
        """Number the references that are sent: the array and the text are written from these same numbers."""
        for picture in brief.pictures:
            at = f"references.{picture.id}"
            if picture.role not in draft.target.references.words:
                draft.lose(_below(at, draft), f"{draft.target.label} takes no reference in this role.")
            elif len(draft.numbers) == draft.target.references.max:
                draft.lose(_below(at, draft), f"{draft.target.label} takes at most {len(draft.numbers)} references.")
            else:
                draft.numbers[picture.id] = len(draft.numbers) + 1

    def exclude(self, brief: Brief, draft: Draft, clauses: list[Clause]) -> list[Segment]:
        """Say what to keep out: in the negative field, or as a clause that says what is there instead."""
        if draft.target.negative == "field":
            return _listed([Segment(fact.words, fact.paths) for fact in brief.excluded])
        facts = []
        for fact in brief.excluded:
            term = draft.resolved.vocabulary.terms.get(fact.term)
            if term and term.instead:
                facts.append(Fact("instead", term.instead, fact.paths, term=""))
            else:
                reason = f"{draft.target.label} takes no negatives, and nothing says {fact.words!r} positively."
                draft.lose(fact.paths, reason)
        if facts:
            clauses.append(Clause("instead", facts, priority=4))
        return []

    def clause(self, clause: Clause, draft: Draft) -> list[Segment]:
        """Write one clause."""
        pattern = self.sentences.get(clause.slot, "")
        segments = template.write(pattern, clause, self.say, draft)
        return _capitalised(segments) if self.sentence_case else segments

    def text(self, clauses: list[Clause], draft: Draft) -> list[Segment]:
        """Write all clauses, block by block; slots that no block names come last."""
        by_slot: dict[str, list[Clause]] = {}
        for clause in clauses:
            by_slot.setdefault(clause.slot, []).append(clause)
        named = {slot for _, slots in self.blocks for slot in slots}
        segments: list[Segment] = []
        for label, slots in (*self.blocks, ("", tuple(slot for slot in by_slot if slot not in named))):
            found = [self.clause(clause, draft) for slot in slots for clause in by_slot.get(slot, ())]
            written = [one for one in found if one]
            if not written:
                continue
            if segments:
                segments.append(Segment(self.block_end))
            if label:
                segments.append(Segment(label + self.label_end))
            for index, one in enumerate(written):
                segments += [Segment(self.clause_end), *one] if index else one
            if self.sentence_case:
                segments.append(Segment("."))
        return segments

    def _within_limit(self, clauses: list[Clause], draft: Draft) -> list[Segment]:
        """Write the clauses; while the text is too long, drop the last of the least important that is not pinned.

        A reference whose line goes is not sent either: no picture goes out without its role.
        """
        dropped: list[Clause] = []
        while True:
            before = len(draft.losses)
            segments = self.text(clauses, draft)
            limit = draft.target.limit_chars
            if not limit or sum([len(segment.text) for segment in segments]) <= limit or not clauses:
                break
            del draft.losses[before:]
            draft.dropped = {path for loss in draft.losses if not loss.sent for path in loss.paths}
            going = max(reversed(clauses), key=lambda one: (not one.pinned, one.priority))
            clauses = [one for one in clauses if one is not going]
            dropped.append(going)
            if going.slot == "reference":
                kept = [name for name in draft.numbers if name != going.about]
                draft.numbers = {name: number for number, name in enumerate(kept, start=1)}
        covered = _covered(segments, (), ()) if dropped else set()
        for fact in [fact for clause in dropped for fact in clause.facts]:
            gone = tuple(path for path in fact.paths if path not in covered)
            draft.lose(gone, f"No room: {draft.target.label} takes {limit:,} characters.")
        return segments

    def _account_for_the_rest(self, segments: list[Segment], negative: list[Segment], draft: Draft) -> None:
        """Record every said path that nothing carries, with the reason: nothing is lost in silence."""
        covered = _covered(segments, negative, draft.params.values())
        lost = {path for loss in draft.losses for path in loss.paths}
        for path in sorted(draft.resolved.said - covered - lost):
            draft.losses.append(Loss((path,), "dropped", _why(path, draft)))
        for path, one in draft.resolved.unknown:
            if path in covered:  # the rest of its list was said
                draft.losses.append(Loss((path,), "dropped", f"The vocabulary has no {one!r}."))


def _shape_paths(resolved: Resolved) -> tuple[str, ...]:
    """Return the said paths that the picture's shape follows from: the number, the name, or both."""
    return tuple(path for path in ("framing.aspect", "framing.shape") if path in resolved.said)


def _why(path: str, draft: Draft) -> str:
    if path in draft.resolved.left:
        return "Left to the model, as marked."
    if reason := draft.target.why_silent(path):
        return reason
    if unknown := [one for place, one in draft.resolved.unknown if place == path]:
        return f"The vocabulary has no {unknown[0]!r}."
    if path.startswith("references."):
        return "There is no picture to send with this reference."
    return f"{draft.target.label} has no words for this."


def _own(fact: Fact) -> tuple[str, ...]:
    """Return the paths that hold the number itself, without those it was only read against."""
    group = fact.paths[0].rpartition(".")[0]
    return tuple(path for path in fact.paths if path.rpartition(".")[0] == group)


def _below(at: str, draft: Draft) -> tuple[str, ...]:
    return tuple(sorted(path for path in draft.resolved.said if path.startswith(f"{at}.")))


def _covered(segments: Iterable[Segment], negative: Iterable[Segment], params: Iterable[Param]) -> set[str]:
    parts: tuple[Segment | Param, ...] = (*segments, *negative, *params)
    return set().union(*[part.paths for part in parts if part.paths])


def _listed(segments: list[Segment]) -> list[Segment]:
    spaced: list[Segment] = []
    for segment in segments:
        spaced += [Segment(", "), segment] if spaced else [segment]
    return spaced


def _capitalised(segments: list[Segment]) -> list[Segment]:
    if segments and segments[0].text[:1].islower():
        first = segments[0]
        segments[0] = Segment(first.text[0].upper() + first.text[1:], first.paths, first.derived)
    return segments


@cache
def _ratio(name: str) -> float:
    width, _, height = name.partition(":")
    return float(width) / float(height)
