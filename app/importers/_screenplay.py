"""A screenplay as its lines, and the shots that those lines ask for: one for each scene, and one for each shot line.

A heading says setting, place and time. A sentence that begins with a known name is that person's action; the other
sentences of the action are the words of their beat (`interaction`), in their order, so that a model hears them. Speech
is said by its speaker, a beat for each turn; who is heard and not seen (V.O., O.S.) is sound and stands in no picture.
Synopses and centred lines go to `intent.says`. Nothing is carried from one scene to the next; `values` lists it all.
"""

import re
from collections.abc import Iterable
from itertools import count, groupby
from typing import Literal, NamedTuple

from app.errors import ShotError
from app.importers._cast import Acts, Cast, Person, cue
from app.importers._headings import Place, Reader, look, returns
from app.importers._names import fold
from app.importers._stub import MAX_TEXT, Stub, pieces
from app.importers.base import Imported, Label, Status, Value
from app.schema import read_data
from app.vocab import Vocabulary

Kind = Literal[
    "heading",
    "shot",
    "action",
    "character",
    "parenthetical",
    "dialogue",
    "lyric",
    "transition",
    "centred",
    "synopsis",
    "section",
    "note",
    "boneyard",
    "omitted",
    "title page",
]

MAX_SHOTS = 1000
MAX_LINES = 50_000
"""A script beyond these is no film."""

MAX_NAME = 120

LEFT_OUT = {
    "section": "A heading of the outline: no part of the picture.",
    "note": "A note of the writer's: no part of the picture.",
    "boneyard": "Struck from the script.",
    "omitted": "Omitted from the script.",
    "title page": "Stands on the title page.",
}

NARRATED = frozenset({"vo", "v o", "voice over", "narration"})
UNSEEN = frozenset({"os", "o s", "oc", "o c", "off", "off screen", "off camera", "off stage"})
CONTINUED = frozenset({"contd", "cont", "continued", "continuing"})
"""What stands behind the name of a cue: a voice over the picture, a voice from outside it, the same speech going on."""

ENTRANCES = ("fade in", "fade up", "iris in")
"""Transitions that open a shot instead of closing the one before."""

ESTABLISHES = "intent.purpose.establishing"
"""What EST. means at the head of a scene."""

NO_ROOM = "No room for it in the shot."
OF_THE_SCENE = "As the scene's heading says."

SENTENCE = re.compile(r"(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bLt\.)(?<!\bMrs\.)(?<=[.!?…]) ")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of a slate: I and O would be read as figures."""


class Line(NamedTuple):
    """A line or paragraph of a script, and what it is. `number` is a scene's; `dual` speaks beside the last one."""

    kind: Kind
    text: str
    number: str = ""
    dual: bool = False


class Script(NamedTuple):
    """A script's lines in their order, its title and its author."""

    lines: list[Line]
    title: str = ""
    author: str = ""


class Speech(NamedTuple):
    """Who speaks, as the cue says it; `unseen` is how they are heard without being in the picture."""

    who: Person
    cue: str
    unseen: Literal["", "over", "off"]
    manner: tuple[str, ...]
    dual: bool


def plain(text: str) -> str:
    """Return text on one line, without what no model can read."""
    return " ".join(CONTROL.sub(" ", text.encode("utf-8", "replace").decode()).split())


def first_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence of a paragraph, and the rest."""
    head, *rest = SENTENCE.split(text, maxsplit=1)
    return head, rest[0] if rest else ""


def read_script(script: Script, name: str, vocabulary: Vocabulary) -> Imported:
    """Return the shots of a script. Raises ShotError where it has no scene, or more than a film can have."""
    scenes = sum(line.kind == "heading" for line in script.lines)
    shots = scenes + sum(line.kind == "shot" for line in script.lines)
    if shots > MAX_SHOTS or len(script.lines) > MAX_LINES:
        limit = f"At most {MAX_SHOTS:,} shots in {MAX_LINES:,} lines are read at once: divide the script."
        raise ShotError(f"{name} holds {shots:,} shots in {len(script.lines):,} lines.", hint=limit)
    if not scenes:
        hint = "A scene begins with a line of its own, such as INT. LAMP ROOM - NIGHT."
        raise ShotError(f"{name} holds no scene heading.", hint=hint)
    film = _Film(script.lines, Reader(vocabulary))
    film.read(script.lines)
    return Imported(
        shots=tuple(read_data(stub.document(), f"{name}, {stub.name}") for stub in film.stubs),
        values=tuple(sorted(film.values, key=lambda value: value.shot)),
        labels=tuple(
            Label(slate=slate, name=stub.name[:MAX_NAME].strip(), scene=stub.scene)
            for stub, slate in zip(film.stubs, _slates(film.stubs), strict=True)
        ),
        title=script.title[:MAX_NAME],
        author=script.author[:MAX_NAME],
    )


class _Film:
    """The script on its way into shots: a method for each kind of line."""

    def __init__(self, lines: list[Line], reader: Reader) -> None:
        self.reader = reader
        self.cast = Cast(
            (line.text for line in lines if line.kind == "character"),
            [line.text for line in lines if line.kind == "action"],
        )
        self.stubs: list[Stub] = []
        self.values: list[Value] = []
        self.numbered = any(reader.place(line.text, line.number).number for line in lines if line.kind == "heading")
        self.scenes = 0
        self.place: Place | None = None
        self.at = self.first = Stub(0, 0, "", "")
        self.coming = ""
        self.in_outline = False
        self.speech: Speech | None = None
        self.manner: list[str] = []
        self.turn = 0

    def read(self, lines: Iterable[Line]) -> None:
        """Read all lines; what stands before the first heading belongs to its shot."""
        early: list[Line] = []
        for line in lines:
            if not self.stubs and line.kind not in {"heading", "transition", *LEFT_OUT}:
                early.append(line)
                continue
            self._take(line)
            if self.stubs:
                for waiting in early:
                    self._take(waiting)
                early.clear()
        self._hush()
        self._wait("", done=False)

    def _take(self, line: Line) -> None:
        if line.kind in LEFT_OUT:
            self.in_outline |= line.kind == "section"
            self._note(line.kind, line.text, note=LEFT_OUT[line.kind])
            return
        self.in_outline &= line.kind == "synopsis"
        if line.kind not in {"parenthetical", "dialogue", "lyric"}:
            self._hush()
        take = {
            "heading": self._heading,
            "shot": self._shot,
            "action": self._action,
            "character": self._character,
            "parenthetical": self._parenthetical,
            "dialogue": self._dialogue,
            "lyric": self._lyric,
            "transition": self._transition,
            "centred": self._remark,
            "synopsis": self._synopsis,
        }[line.kind]
        take(line)

    def _note(
        self, field: str, value: str, status: Status = "free", path: str = "", *, term: str = "", note: str = ""
    ) -> None:
        shot = 0 if field == "title page" else self.at.number
        self.values.append(Value(shot=shot, field=field, value=value, status=status, path=path, term=term, note=note))

    def _keep(self, field: str, value: str, path: str) -> None:
        """Note words that were kept, or found no room."""
        self._note(field, value, "free", path, note="" if path else NO_ROOM)

    def _open(self, name: str, slate: str) -> None:
        self.at = Stub(len(self.stubs) + 1, self.scenes, name, slate)
        self.stubs.append(self.at)
        self.turn = 0
        if self.coming:
            self._wait("", done=self._join(self.coming, "transition_in"))

    def _heading(self, line: Line) -> None:
        self.scenes += 1
        self.place = place = self.reader.place(line.text, line.number)
        name = " - ".join(one for one in (place.where, place.beside) if one) or line.text
        self._open(name, place.number if self.numbered else str(self.scenes))
        self.first = self.at
        self._locate(place)

    def _locate(self, place: Place, note: str = "") -> None:
        """Say of the shot where and when it is, as its scene's heading does."""
        if place.setting:
            self._pick("heading", place.sides, "place.setting", place.setting, note)
        elif place.sides:
            self.at.add("intent.purpose", ESTABLISHES)
            self._note("heading", place.sides, "typed", "intent.purpose", term=ESTABLISHES, note=note)
        if place.where:
            path = self.at.put("place.where", place.where)
            self._note("place", place.where, "free", path, note=note if path else NO_ROOM)
            if location := self.reader.location(place.where):
                self._pick("place", place.where, "place.location", location, note)
        if place.term:
            self._pick("time", place.time, "place.time", place.term, note)
        elif place.time:
            path = self.at.put("place.time", {"words": place.time})
            self._note("time", place.time, "unknown", path, note=note if path else NO_ROOM)
        if place.beside and not note:
            kept = "Kept in the shot's name: it says nothing of the light, and nothing is taken from another scene."
            self._note("time", place.beside, note=kept)

    def _pick(self, field: str, value: str, path: str, term: str, note: str = "") -> None:
        self.at.put(path, term)
        self._note(field, value, "typed", path, term=term, note=note)

    def _shot(self, line: Line) -> None:
        if returns(line.text):
            self.at = self.first
            self._note("shot", line.text, note="The scene's first shot goes on.")
            return
        seen = look(line.text)
        self._open(line.text, "")
        if self.place:
            self._locate(self.place, OF_THE_SCENE)
        if seen is None:
            self._keep("shot", line.text, self.at.tell("intent.says", line.text))
            return
        if seen.term:
            path = seen.term.rpartition(".")[0]
            put = self.at.add if path == "intent.purpose" else self.at.put
            put(path, seen.term)
            self._note("shot", line.text, "typed", path, term=seen.term)
        if seen.at:
            person = self.cast.known(seen.at)
            if person:
                self._appear(person)
            self._keep("shot", seen.at, self.at.put("camera.aimed_at", person.id if person else {"words": seen.at}))

    def _appear(self, person: Person) -> None:
        if self.at.appear(person):
            self._note("character", person.name, "free", f"subjects.{person.id}.name")

    def _action(self, line: Line) -> None:
        described: set[str] = set()
        beat, words = 0, list[str]()
        for sentence in SENTENCE.split(line.text):
            acts = self.cast.acts(sentence)
            if acts is None:
                words.append(sentence)
                continue
            self._happen(beat, " ".join(words))
            words.clear()
            described.update(person.id for person in acts.people)
            beat = self._act(acts, sentence)
        self._happen(beat, " ".join(words))
        for person, detail in self.cast.brought_in(line.text):
            self._appear(person)
            if detail and person.id not in described:
                self._keep("introduction", detail, self.at.describe(person, detail))

    def _act(self, acts: Acts, sentence: str) -> int:
        """Give a beat to what people do; return its number."""
        for person in acts.people:
            self._appear(person)
            if acts.description:
                self._keep("introduction", acts.description, self.at.describe(person, acts.description))
        does = acts.does.removesuffix(".").strip(" ,")
        if not does:
            return 0
        beat = self.at.begin()
        for number, piece in enumerate(pieces(does)):
            at = beat if not number else self.at.begin()
            for person in acts.people:
                path = self.at.fill(at, "action", {"words": piece}, person.id)
                self._keep("action", piece if number else sentence, path)
        return beat

    def _happen(self, beat: int, words: str) -> None:
        """Give what happens without a name to a beat: that of the action before it in its paragraph, or a new one."""
        for piece in pieces(words):
            told = {"words": piece.removesuffix(".") or piece}
            path = self.at.fill(beat, "interaction", told) or self.at.fill(self.at.begin(), "interaction", told)
            self._keep("action", piece, path)

    def _character(self, line: Line) -> None:
        name, extensions = cue(line.text)
        folded = {fold(one): one for one in extensions}
        unseen: Literal["", "over", "off"] = "over" if NARRATED & set(folded) else "off" if UNSEEN & set(folded) else ""
        known = NARRATED | UNSEEN | CONTINUED
        manner = tuple(one for key, one in folded.items() if key not in known)
        self.speech = Speech(self.cast.person(name), line.text, unseen, manner, line.dual)
        self.manner = list(manner)
        if not line.dual:
            self.turn = 0

    def _parenthetical(self, line: Line) -> None:
        self.manner.append(line.text.removeprefix("(").removesuffix(")").strip() or line.text)

    def _dialogue(self, line: Line) -> None:
        if self.speech is None:
            self._happen(0, line.text)
            return
        if self.speech.unseen:
            self._sound(self.speech, line.text)
        else:
            self._say(self.speech, line.text)
        self.manner = list(self.speech.manner)

    def _lyric(self, line: Line) -> None:
        if self.speech is None:
            self._keep("lyric", line.text, self.at.add("sound.music", {"words": line.text}))
            return
        self.manner += [] if "singing" in self.manner else ["singing"]
        self._dialogue(line)

    def _say(self, speech: Speech, text: str) -> None:
        """Let somebody in the picture speak: in a beat of its own, or in that of whom they speak at once with."""
        self._appear(speech.who)
        shared = self.turn if speech.dual else 0
        for number, piece in enumerate(pieces(text)):
            beat, path = shared, self.at.fill(shared, "says", piece, speech.who.id)
            if not path:
                beat = self.at.begin()
                path = self.at.fill(beat, "says", piece, speech.who.id)
            self._keep("dialogue", piece, path)
            if not number:
                self._deliver(speech.who, beat)
            self.turn, shared = self.turn or beat, 0
        self.speech = speech._replace(dual=False)

    def _deliver(self, who: Person, beat: int) -> None:
        """Say how a line is spoken: by a term where the brackets name one, else in their words."""
        manner = ", ".join(self.manner)
        if not manner:
            return
        term = self.reader.delivery(manner)
        fits = len(manner) <= MAX_TEXT
        path = self.at.fill(beat, "delivery", term or {"words": manner}, who.id) if fits else ""
        if term and path:
            self._note("parenthetical", manner, "typed", path, term=term)
        else:
            self._keep("parenthetical", manner, path)

    def _sound(self, speech: Speech, text: str) -> None:
        """Let somebody be heard who is not in the picture."""
        manner = "".join(f" ({one})" for one in self.manner[len(speech.manner) :])
        for piece in pieces(f"{speech.cue}{manner}: {text}" if text else f"{speech.cue}{manner}"):
            path = self.at.tell("sound.voiceover", piece) if speech.unseen == "over" else ""
            path = path or self.at.fill(self.at.begin(), "sound", piece)
            self._note("dialogue", piece, "free", path, note="Heard, not seen." if path else NO_ROOM)

    def _hush(self) -> None:
        """End a speech. Brackets that no line follows have a beat of their own."""
        if self.speech and len(self.manner) > len(self.speech.manner):
            if self.speech.unseen:
                self._sound(self.speech, "")
            else:
                self._appear(self.speech.who)
                self._deliver(self.speech.who, self.at.begin())
        self.speech = None
        self.manner = []

    def _transition(self, line: Line) -> None:
        opens = not self.stubs or fold(line.text).startswith(ENTRANCES)
        if opens or not self._join(line.text, "transition_out"):
            self._wait(line.text, done=False)

    def _wait(self, words: str, *, done: bool) -> None:
        """Let a transition wait for the next shot; the one before it has found its place, or finds none."""
        if self.coming and not done:
            self._note("transition", self.coming, "unknown", note=NO_ROOM)
        self.coming = words

    def _join(self, words: str, path: str) -> bool:
        """Say how a shot comes in or goes out; tell whether nothing had been said of it."""
        term = self.reader.transition(words)
        put = self.at.put(path, term or {"words": words.strip(" .:") or words})
        if put:
            self._note("transition", words, "typed" if term else "unknown", path, term=term)
        return bool(put)

    def _remark(self, line: Line) -> None:
        self._keep(line.kind, line.text, self.at.tell("intent.says", line.text))

    def _synopsis(self, line: Line) -> None:
        if self.in_outline:
            self._note("synopsis", line.text, note=LEFT_OUT["section"])
        else:
            self._remark(line)


def _slates(stubs: list[Stub]) -> list[str]:
    """Return a slate for each shot: the scene's number, and behind it the next free letter for each further shot."""
    taken = {stub.slate.upper() for stub in stubs}
    slates: list[str] = []
    for _, scene in groupby(stubs, key=lambda stub: stub.scene):
        first, *further = scene
        lettered = (f"{first.slate}{_lettered(number)}" for number in count())
        free = (slate for slate in lettered if slate.upper() not in taken)
        slates += [first.slate, *(next(free) if first.slate else "" for _ in further)]
    return slates


def _lettered(number: int) -> str:
    """Return A to Z, then AA, AB and so on, as slates are lettered."""
    more, last = divmod(number, len(LETTERS))
    return (_lettered(more - 1) if more else "") + LETTERS[last]
