"""Reads the state that CinePrompt keeps of its form, in each of its shapes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.importers._draft import LAST, Draft, Words, identifier
from app.importers._names import Landing, Names, Reading, fold, kind_of
from app.importers._states import Said, State, plain_name, read_states
from app.importers.base import Imported, Importer, Status, Value
from app.schema import Shot
from app.schema.facets import facet_of
from app.vocab import Vocabulary

COLOURS = "look.colours"
HEX = re.compile(r"#[0-9A-Fa-f]{6}")

FORM = "subjectType"
SPEAKER = "dialogue_character"
NAMED = {"char_label": "character", "creature_label": "creature"}
"""The fields that give a subject its name."""

ANYBODY = "subject"
"""Who acts when nothing says who."""

NO_ROOM = "No room for it in the shot."


class CinePrompt(Importer):
    """A file of CinePrompt: one state, many, or one with several shots."""

    id = "cineprompt"
    label = "CinePrompt"
    suffixes = (".json",)

    def recognises(self, content: str) -> bool:
        """Tell whether a file is JSON that is not Printlight's own: no other importer reads that."""
        return content.lstrip("\ufeff \t\r\n").startswith(("{", "[")) and '"printlight.' not in content[:400]

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return one shot for each state, or for each shot of a state."""
        names = Names(vocabulary.crosswalks[self.id], vocabulary)
        states = read_states(content, name, names.crosswalk)
        filled = [_Filling(state, number, names).fill() for number, state in enumerate(states, start=1)]
        return Imported(
            shots=tuple(shot for shot, _ in filled), values=tuple(value for _, values in filled for value in values)
        )


class _Step(NamedTuple):
    """A value with how it reads, its place in the file, and when it lands: the lowest goes first."""

    order: tuple[int, bool, int, int]
    said: Said
    field: str
    reading: Reading


class _Filling:
    """One state on its way into one shot."""

    def __init__(self, state: State, number: int, names: Names) -> None:
        self.state = state
        self.number = number
        self.names = names
        self.crosswalk = names.crosswalk
        self.fields = {field: index for index, field in enumerate(self.crosswalk.paths)}
        hero = self._hero()
        self.draft = Draft(self.crosswalk, hero, self._speaker(hero))
        if self.draft.speaker not in {hero, *NAMED.values()}:
            self.draft.put(f"subjects.{self.draft.speaker}.kind", self.crosswalk.always["subjects.character.kind"])

    def fill(self) -> tuple[Shot, list[Value]]:
        """Land every value; return the shot, and in the state's order where each one landed."""
        steps = [self._step(said, index) for index, said in enumerate(self.state.fields)]
        landed = {step.order[-1]: self._land(step) for step in sorted(steps, key=lambda step: step.order)}
        values = [*self._form(), *(landed[index] for index in range(len(steps)))]
        values += [self._value(said, "free", note="The shot has its own.") for said in self.state.overruled]
        values += [self._value(said, note="Stands beside the fields: no part of it.") for said in self.state.beside]
        return self.draft.shot(), values

    def _step(self, said: Said, index: int) -> _Step:
        """Read a value. What is known lands before what is not, and later fields before earlier ones."""
        field = plain_name(said.field)
        free = field in self.crosswalk.texts
        if field not in self.fields:
            return _Step((2, False, 0, index), said, "", Reading())
        reading = Reading() if free else self.names.read(field, said.value)
        generic = any(fact.landings[0].item in self.crosswalk.generic for fact in reading.facts)
        return _Step((0 if free or reading.facts else 1, generic, -self.fields[field], index), said, field, reading)

    def _land(self, step: _Step) -> Value:
        if not step.field:
            return self._unknown_field(step.said)
        if step.field in self.crosswalk.texts:
            return self._text(step.said, step.field)
        if step.reading.facts:
            return self._choice(step)
        path = self.draft.keep(step.said.value, self._for_words(step.field), step.field)
        return self._value(step.said, path=path, note="" if path else NO_ROOM)

    def _choice(self, step: _Step) -> Value:
        """Land each fact of a value at a path, or as words where another value holds all of its paths."""
        placed, kept, notes = [], [], []
        for fact in step.reading.facts:
            if landing := self.draft.place(fact.landings, step.field):
                placed.append(landing)
            else:
                taken = fact.landings[0].path
                kept.append(self.draft.keep(fact.words, (taken,), step.field))
                notes.append(f"Another value holds {taken}: kept as words." if kept[-1] else NO_ROOM)
        if step.reading.part:
            notes.append(f"Read from {step.reading.part!r}.")
        if not placed:
            return self._value(step.said, "free", path=kept[0], note=" ".join(notes))
        path, item = placed[0]
        return self._value(step.said, "typed", path, item if isinstance(item, str) else "", " ".join(notes))

    def _text(self, said: Said, field: str) -> Value:
        """Keep free words, unless they are exactly a term's name, or nothing but colours."""
        paths = self._for_words(field)
        named = [Landing(path, term) for path in paths if (term := self.names.named(said.value, path))]
        if named and (landing := self.draft.place(named, field)):
            return self._value(said, "typed", landing.path, str(landing.item))
        colours = HEX.findall(said.value) if COLOURS in paths else []
        if colours and not fold(HEX.sub("", said.value)) and all(self.draft.put(COLOURS, one) for one in colours):
            return self._value(said, "typed", COLOURS)
        path = self.draft.keep(said.value, paths, field)
        return self._value(said, "free", path, note="" if path else NO_ROOM)

    def _unknown_field(self, said: Said) -> Value:
        words = f"{said.field.replace('_', ' ')}: {said.value}"
        path = LAST if self.draft.put(LAST, Words(words)) else ""
        return self._value(said, path=path, note="CinePrompt has no such field." if path else NO_ROOM)

    def _form(self) -> Iterator[Value]:
        """Land what the state speaks of. The form that stands there by default makes nobody appear by itself."""
        form, hero = fold(self.state.form), self.draft.hero
        said = Said(FORM, self.state.form)
        if form not in self.crosswalk.types:
            yield from [self._value(said)] if form else []
            return
        by_default = form == next(iter(self.crosswalk.types))
        if by_default and not any(hero in path.split(".") for path in self.draft.held):
            yield self._value(said, "free", note="Nothing else is said of it.")
            return
        path = f"subjects.{hero}.kind"
        term = self.crosswalk.always[path]
        self.draft.put(path, term)
        yield self._value(said, "typed", path, term)

    def _for_words(self, field: str) -> tuple[str, ...]:
        """Return the paths that words of a field belong at: the first that takes any, and others like it."""
        if field == SPEAKER:
            return (f"subjects.{self.draft.speaker}.name",)
        paths = [path for path in self.crosswalk.paths[field] if kind_of(path) != "number"]
        return tuple(path for path in paths if facet_of(path) == facet_of(paths[0]))

    def _value(self, said: Said, status: Status = "unknown", path: str = "", term: str = "", note: str = "") -> Value:
        notes = " ".join(one for one in (said.note, note) if one)
        return Value(
            shot=self.number, field=said.field, value=said.value, status=status, path=path, term=term, note=notes
        )

    def _hero(self) -> str:
        """Return whom the state speaks of: one of its form's subjects, else the first of which it says anything."""
        said = {plain_name(one.field) for one in self.state.fields}
        paths = [path for field in self.fields if field in said for path in self.crosswalk.paths[field][:1]]
        there = [path.split(".")[1] for path in paths if path.startswith("subjects.") and "*" not in path]
        meant = self.crosswalk.types.get(fold(self.state.form), ())
        return next((one for one in there if one in meant), next(iter((*meant, *there, ANYBODY))))

    def _speaker(self, hero: str) -> str:
        """Return who speaks: the subject that bears the speaker's name, else somebody new."""
        said = {plain_name(one.field): one.value for one in self.state.fields}
        if SPEAKER not in said:
            return hero
        bearers = {fold(said[field]): subject for field, subject in NAMED.items() if field in said}
        if hero in {*NAMED.values(), ANYBODY} and hero not in bearers.values():
            bearers.setdefault(fold(said[SPEAKER]), hero)
        return bearers.get(fold(said[SPEAKER])) or identifier(said[SPEAKER]) or "speaker"
