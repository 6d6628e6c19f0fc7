"""What the facts of each slot stand for: their paths, and every phrase in which a target says their terms.

Read off the compiler's own tables, so that a field which is written is also read back.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.compile import camera, lights, people, picture
from app.compile.wording import NAMED_COLOURS, Rows, free, listed, picked, pointed
from app.dialects._measures import FACING, FAMILIES, RISEN, SEEN
from app.match.kinds import KIND
from app.schema.facets import facet_of
from app.vocab import Target, Vocabulary

Said = tuple[tuple[str, str], ...]
"""Paths with `*` for an id, each with the term that a phrase puts there."""

NUMBER = r"-?\d+(?:\.\d+)?"
BESIDE = r"(?: \([^()]+\))?"
"""The figures in brackets behind words."""

SUBJECT, LIGHT, BEAT = "subjects.*", "lights.*", "beats.*"

TABLES: dict[str, Rows] = {
    "frame": picture.FRAME,
    "place": picture.PLACE,
    "framing": picture.FRAMING,
    "look": picture.LOOK,
    "intent": picture.INTENT,
    "pace": picture.PACE,
    **dict(picture.HEARD),
    "angle": camera.ANGLE,
    "lens": camera.LENS,
    "exposure": camera.EXPOSURE,
    "support": camera.SUPPORT,
    "lighting": lights.WHOLE,
    "light": lights.LAMP.at(LIGHT),
    "subject": (*people.WHAT.at(SUBJECT), *people.TRAITS.at(SUBJECT), *people.MANNER.at(SUBJECT)),
    "move": people.MOVE.at(f"{BEAT}.moves.*"),
    "beat": people.FOCUS.at(BEAT),
}

MORE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "subject": (
        ("name", f"{SUBJECT}.name", "text"),
        ("description", f"{SUBJECT}.description", "text"),
        ("kind", f"{SUBJECT}.kind", "term"),
        ("age", f"{SUBJECT}.age", "term"),
        ("trait", f"{SUBJECT}.hair", "term"),
        ("trait", f"{SUBJECT}.hair_colour", "term"),
        ("action", f"{BEAT}.action", "term"),
        ("colour", f"{SUBJECT}.description", "who"),
    ),
    "light": (
        ("role", f"{LIGHT}.role", "term"),
        ("quality", f"{LIGHT}.quality", "term"),
        ("hue", f"{LIGHT}.hue", "term"),
        ("where", f"{LIGHT}.direction", "place"),
        ("modifiers", f"{LIGHT}.modifiers", "terms"),
        ("bounced", f"{LIGHT}.modifiers", "terms"),
        ("cut", f"{LIGHT}.modifiers", "terms"),
    ),
    "place": (("props", "place.props", "texts"),),
    "look": (("colours", "look.colours", "texts"),),
    "beat": (("interaction", f"{BEAT}.interaction", "term"), ("act", f"{BEAT}.action", "act")),
    "line": (
        ("who", "", "who"),
        ("how", f"{BEAT}.delivery", "term"),
        ("line", f"{BEAT}.says", "text"),
        ("language", f"{BEAT}.language", "text"),
    ),
    "heard": (("sound", f"{BEAT}.sound", "noise"),),
    "lettering": (("text", "place.lettering.*.reads", "text"), ("on", "place.lettering.*.on", "text")),
    "edit": (("change", "edit.change", "text"), ("keep", "edit.keep", "terms"), ("source", "", "figure")),
    "instead": (("instead", "exclude", "instead"),),
    "exclude": (("exclude", "exclude", "denied"),),
    "relation": (("order", "", "figure"),),
    "depth": (("depth", "", "figure"),),
    "reading": (("shadow", "", "derived"),),
    "extraction": (("extraction", "", "figure"),),
    "reference": (
        ("name", "", "picture"),
        ("role", "references.*.role", "role"),
        ("shows", "references.*.shows", "text"),
        ("of", "references.*.of", "who"),
        ("take", "references.*.take", "terms"),
        ("ignore", "references.*.ignore", "terms"),
    ),
}
"""The facts that no table of the compiler tells: their name, their path, and how they are said."""

LEVEL = (
    r"(?:the (?:background|ambient light) )?"
    r"(?:(?:very )?(?:dim|bright)|at exposure|[\w.]+(?: an?)? stops? (?:over|under))"
)


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


TURNED = _any((*FACING, "square to the face"))
FAMILY = _any(FAMILIES)
READS = "(?:very |slightly )?(?:warm|cool)|neutral white"
KELVIN = rf"(?:(?:{READS})(?: {FAMILY})?|{FAMILY})"

WHENCE, HOW_HIGH = _any(SEEN), _any(RISEN)
"""Where a lamp stands, seen from the camera, and how high."""

ON_A_SIDE = " on camera (?:left|right)"

FIGURES: dict[str, str] = {
    "height": rf"camera {NUMBER} m high|{NUMBER} m tall",
    "distance": rf"camera {NUMBER} m from the subject|{NUMBER} m away",
    "focal": rf"{NUMBER} mm lens",
    "stop": rf"T{NUMBER}",
    "focus_at": rf"focused at {NUMBER} m",
    "shutter": rf"{NUMBER}° shutter",
    "ei": rf"exposed at EI {NUMBER}",
    "balance": rf"balanced for {NUMBER} K",
    "fps": rf"{NUMBER} frames a second",
    "playback": rf"played at {NUMBER} frames a second",
    "protect": rf"nothing that matters outside a {NUMBER}:1 frame",
    "room": rf"the room {NUMBER} m long",
    "gap": rf"the background {NUMBER} m behind the subject",
    "sun": rf"the sun {NUMBER}° (?:below|above) the horizon",
    "far": rf"{NUMBER} m",
    "round": rf"{NUMBER}°",
    "to": rf"{NUMBER} mm",
    "pull_at": rf"{NUMBER} m away",
    "squeeze": rf"spherical|{NUMBER}× anamorphic",
    "tint": rf"tinted {NUMBER} CC (?:green|magenta)|no tint",
    "pitch": rf"(?:level|looking up|looking down){BESIDE}",
    "roll": rf"(?:a level horizon|canted (?:counter-)?clockwise){BESIDE}",
    "view": rf"the face {TURNED}{BESIDE}",
    "facing": rf"{TURNED}{BESIDE}",
    "exposure": r"printed (?:at the exposure|[\w.]+(?: an?)? stops? (?:up, bright|down, dark))",
    "year": r"set in \d+(?: BC)?",
    "ratio": rf"the key .{{1,20}} (?:over|under) the fill{BESIDE}",
    "background": rf"{LEVEL}{BESIDE}",
    "ambient": rf"{LEVEL}{BESIDE}",
    "level": rf"{LEVEL}{BESIDE}",
    "kelvin": rf"{KELVIN}{BESIDE}",
    "reads": READS,
    "shade": rf"(?:{'|'.join(NAMED_COLOURS)}){BESIDE}",
    "softness": rf"(?:very hard|hard|moderately soft|medium-soft|soft|very soft){BESIDE}",
    "visible": "seen in the frame|out of frame",
    "position": r"(?:at the far left|on the left|in the centre|on the right|at the far right) of the frame"
    rf"(?:, (?:high in it|low in it|at mid height))?{BESIDE}|(?:high in it|low in it|at mid height){BESIDE}",
    "becomes": rf"[^;,]+ (?:(?:goes|rises|dims) to {LEVEL}|turns to {FAMILY}|swings round to come {WHENCE}"
    rf"|moves to come {HOW_HIGH}){BESIDE}",
    "order": r".+ is to the left of .+",
    "depth": r"everything is sharp, from front to back|the background (?:is a little soft|falls out of focus"
    rf"|melts into blur){BESIDE}",
    "extraction": r"composed for a .+ extraction from the middle of the frame",
    "source": "the source image",
}  # fmt: skip
"""How facts are said that hold a number or a state, and no term."""

FOLLOWS = (
    r"(?:the (?:camera-\w+ side|nose|nose's shadow)|a triangle of light|half of the face|catch-lights|shadows fall"
    r"|the [^,]+ (?:draws|lays|reads?)) [^,]+(?:, \d[^,]* with fill on the key side\))?|the [^,]+ reads? neutral"
)
"""How what the light does is told, which follows from the lamps."""

OF_A_SLOT = {
    "subject": ("facing", "position", "height"),
    "light": ("shade", "softness", "reads", "kelvin", "level", "visible", "distance"),
    "lighting": ("ratio", "background", "ambient"),
    "place": ("sun", "room", "gap"),
    "look": ("exposure",),
    "intent": ("year",),
    "lens": ("squeeze", "focal"),
    "exposure": ("tint", "stop", "focus_at", "shutter", "ei", "balance", "fps", "playback"),
    "angle": ("pitch", "roll", "view", "height", "distance"),
    "beat": ("becomes", "pull_at"),
    "framing": ("protect",),
    "move": ("far", "round", "to"),
    "relation": ("order",),
    "depth": ("depth",),
    "extraction": ("extraction",),
    "edit": ("source",),
}
"""The figures of each slot."""

CALLED = {"kelvin": "colour", "reads": "colour", "shade": "hue", "softness": "quality"}
"""What a pattern calls a figure, where that differs."""

NAMED_BY = {
    "angle.height": "camera.height",
    "lens.focal": "camera.focal",
    "exposure.stop": "camera.stop",
    "exposure.shutter": "camera.shutter",
    "exposure.fps": "camera.rate",
    "move.to": "camera.focal",
}
"""The facet whose phrase stands in the place of a number that a target does not read."""

WITH_FIGURES = frozenset({"quality", "hue", "where"})
"""Facts with a term behind which figures may stand."""


@dataclass
class Held:
    """What one name of a slot may hold: phrases with what they mean, other ways to say it, and free words."""

    phrases: dict[str, list[Said]] = field(default_factory=dict)
    figures: list[re.Pattern[str]] = field(default_factory=list)
    several: bool = False
    text: bool = False
    """Whether words of one's own are what usually stands there."""
    last: bool = False
    """Whether any words may stand there, so that every other reading goes before."""
    free: str = ""
    """The path of words of one's own; nothing where there can be none."""

    def add(self, phrase: str, said: Said) -> None:
        """Add a phrase; where it was there before, the longer meaning goes first."""
        if phrase:
            some = self.phrases.setdefault(phrase, [])
            some.insert(0 if len(said) > 1 else len(some), said)

    @property
    def listed(self) -> bool:
        """Whether it holds a list of terms."""
        return self.several and not self.text

    def said(self) -> list[tuple[str, Said]]:
        """Return each phrase with what it means."""
        return [(phrase, said) for phrase, some in self.phrases.items() for said in some]


Slot = dict[str, Held]


class Holdings:
    """What a target's slots hold, each worked out when it is first asked for."""

    def __init__(self, target: Target, vocabulary: Vocabulary) -> None:
        self.target, self.vocabulary = target, vocabulary
        self._slots: dict[str, Slot] = {}

    def slot(self, name: str) -> Slot:
        """Return what the facts of a slot hold, by their names."""
        if name not in self._slots:
            self._slots[name] = self._slot(name)
        return self._slots[name]

    def _slot(self, slot: str) -> Slot:
        found: Slot = {}
        for name, path, way in (*_rows(slot), *MORE.get(slot, ())):
            self._hold(found.setdefault(name, Held()), name, path, way)
        for name in OF_A_SLOT.get(slot, ()):
            held = found.setdefault(CALLED.get(name, name), Held())
            held.figures.append(re.compile(FIGURES[name], re.IGNORECASE))
            for term in self._terms(NAMED_BY.get(f"{slot}.{name}", "")):
                held.add(term, ())
        if slot == "subject":
            self._describe(found)
            if self.target.medium == "video":  # which tells actions in their beats
                del found["action"]
        elif slot == "intent":
            self._form_once(found["form"])
        return found

    def _hold(self, held: Held, name: str, path: str, way: str) -> None:
        if way in OWN:
            getattr(self, f"_{way}")(held, path)
            return
        held.text = held.text or way in {"text", "texts"}
        held.several = held.several or way in {"terms", "texts"}
        held.last = way == "noise"
        if way in {"text", "texts", "term", "terms", "who", "noise"}:
            held.free = held.free or path or name
        facet = facet_of(path.replace("*", "a")) if way in {"term", "terms"} else ""
        own = self.target.says if way == "term" else {}
        for term in self.vocabulary.facets[facet].terms if facet else ():
            held.add(own.get(term.id, term.phrase), ((path, term.id),))

    def _terms(self, facet: str) -> Iterator[str]:
        if facet:
            yield from (term.phrase for term in self.vocabulary.facets[facet].terms)

    def _act(self, held: Held, path: str) -> None:
        """Hold who does what: "Mara is walking"."""
        held.free = path
        phrases = sorted([term.phrase for term in self.vocabulary.facets["beat.action"].terms], reverse=True)
        held.figures.append(re.compile(rf".{{1,2000}}? is (?:{'|'.join(map(re.escape, phrases))})(?=[,;]|$)"))

    def _place(self, held: Held, path: str) -> None:
        """Hold where a lamp stands: up to four pieces, such as "from camera left, side-on, from above"."""
        held.free = path
        named = "|".join(re.escape(term.phrase) for term in self.vocabulary.facets["light.direction"].terms)
        piece = rf"(?:{WHENCE}|(?:{named})(?:{ON_A_SIDE})?|{HOW_HIGH}|{ON_A_SIDE.strip()})"
        held.figures.append(re.compile(rf"{piece}(?:, {piece}){{0,3}}{BESIDE}", re.IGNORECASE))

    def _instead(self, held: Held, path: str) -> None:
        for term in self.vocabulary.facets["exclude"].terms:
            held.add(term.instead, ((path, term.id),))

    def _denied(self, held: Held, path: str) -> None:
        held.free = path
        for term in self.vocabulary.facets["exclude"].terms:
            for bare in {term.phrase, re.sub(r"^(?:an?|the) ", "", term.phrase)}:
                held.add(f"no {bare}", ((path, term.id),))

    def _role(self, held: Held, path: str) -> None:
        for role, words in self.target.references.words.items():
            held.add(words, ((path, role),))

    def _picture(self, held: Held, _path: str) -> None:
        """Hold what a picture is called: by its number, or by its place beside the source of an edit."""
        for name in filter(None, (self.target.references.name, self.target.edit.name)):
            called = re.escape(name).replace(r"\{n\}", r"\d+")
            for key in ("id", "ordinal"):
                called = called.replace(rf"\{{{key}\}}", r"\w+")
            held.figures.append(re.compile(called, re.IGNORECASE))

    def _figure(self, held: Held, _path: str) -> None:
        pass

    def _derived(self, held: Held, _path: str) -> None:
        held.figures.append(re.compile(FOLLOWS, re.IGNORECASE))

    def _describe(self, found: Slot) -> None:
        """Add what the compiler joins: traits before a noun, hair with its colour, a person with an age."""
        what, trait, kind = found["what"], found["trait"], found["kind"]
        before = found["adjective"] = Held()
        for phrase, said in trait.said():
            if people.ADJECTIVE.fullmatch(phrase):
                article = "an" if phrase[0] in "aeiou" else "a"
                before.add(f"{article} {phrase}", said)
                before.add(phrase, said)
        for phrase, said in what.said():
            if phrase.startswith(people.ARTICLES):
                what.add(phrase.partition(" ")[2], said)
        for one in self.vocabulary.facets["subject.age"].terms:
            for sort in self.vocabulary.facets["subject.kind"].terms:
                both = ((f"{SUBJECT}.kind", sort.id), (f"{SUBJECT}.age", one.id))
                if one.phrase.startswith("in "):
                    kind.add(f"{sort.phrase} {one.phrase}", both)
                elif sort.id == f"{KIND}character":
                    kind.add(one.phrase, both)
        self._hair(trait)

    def _form_once(self, held: Held) -> None:
        """Let the kind of a form tell the form with which its name ends: a watch commercial is a commercial."""
        forms = {term.phrase: term.id for term in self.vocabulary.facets["intent.form"].terms}
        for term in self.vocabulary.facets["intent.subform"].terms:
            form = max((one for one in forms if term.phrase.endswith(one)), key=len, default="")
            if form:
                held.add(term.phrase, (("intent.subform", term.id), ("intent.form", forms[form])))

    def _hair(self, held: Held) -> None:
        cut, tone = f"{SUBJECT}.hair", f"{SUBJECT}.hair_colour"
        colours = self.vocabulary.facets["subject.hair_colour"].terms
        for path, facet in ((cut, "subject.hair"), (tone, "subject.hair_colour")):
            for term in self.vocabulary.facets[facet].terms:
                held.add(f"with {term.phrase}", ((path, term.id),))
        for way in self.vocabulary.facets["subject.hair"].terms:
            for colour in colours:
                both = ((cut, way.id), (tone, colour.id))
                if way.phrase.endswith(" hair"):
                    held.add(f"with {way.phrase.removesuffix(' hair')} {colour.phrase}", both)
                elif way.phrase.startswith("hair "):
                    held.add(f"with {colour.phrase}{way.phrase.removeprefix('hair')}", both)


OWN = frozenset({"act", "place", "instead", "denied", "role", "picture", "figure", "derived"})
"""Ways of saying with a method of their own."""


def _rows(slot: str) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the compiler's table of a slot, each with how it is said."""
    ways: dict[Any, str] = {picked: "term", listed: "terms", free: "text", pointed: "who"}
    for name, path, teller in TABLES.get(slot, ()):
        if way := ways.get(teller):
            yield name, path, way
