"""The shot while notes are taken on it: each change is written, checked and resolved before the next is read."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from app.errors import ShotError
from app.patch import Json, at, merge
from app.resolve import resolve
from app.resolve.known import Resolved
from app.schema import Shot, read_data
from app.schema.facets import pattern as pattern_of
from app.schema.facets import picked_at
from app.vocab import Facet, Term, Vocabulary

FOLLOWS = "follows"
"""The step of a change that another one brought with it."""

PLACED = 0.06
"""How far from its line a placement still holds, as a share of the frame's width; craft."""


class Heard(NamedTuple):
    """The letters of the note that a change comes from."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One change that a note asks for: its letters, the path, what stood there and what stands there now.

    `step` says how far it went and why there; `follows` where a name had to go because its number changed, or the other
    way round. None is "not said".
    """

    path: str
    start: int
    end: int
    text: str
    before: Any
    after: Any
    step: str


@dataclass
class Sheet:
    """A shot, what was changed on it, what is asked back, and what the note speaks of at the moment.

    `lights` and `subject` carry over from one clause to the next, and `verb` where a list of names goes on; `waiting`
    are lamps of which nothing was said yet: "key and rim warmer".
    """

    first: Resolved
    document: Json = field(init=False)
    read: list[Adjusted] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    lights: tuple[str, ...] = ()
    subject: str = ""
    verb: str = ""
    waiting: tuple[str, ...] = ()
    _shot: Shot = field(init=False)
    _resolved: Resolved | None = field(init=False)

    def __post_init__(self) -> None:
        """Take the shot as plain data."""
        self._shot, self._resolved = self.first.shot, self.first
        self.document = self.first.shot.model_dump(mode="json", exclude_defaults=True)

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the vocabulary that the shot is resolved with."""
        return self.first.vocabulary

    @property
    def resolved(self) -> Resolved:
        """Return the shot as it stands now, with what follows from it."""
        if self._resolved is None:
            self._resolved = resolve(self._shot, self.vocabulary)
        return self._resolved

    def ask(self, question: str) -> None:
        """Keep a question, once."""
        if question not in self.questions:
            self.questions.append(question)

    def said(self, path: str) -> Any:
        """Return what stands at a path of the document: a value, a whole entry, or None."""
        node: Any = self.document
        for key in path.split("."):
            node = node.get(key) if isinstance(node, dict) else None
        return node

    def put(self, path: str, value: Any, heard: Heard, step: str, *, settle: bool = True) -> bool:
        """Write a value, or clear it with None, and what has to follow unless `settle` is off.

        True when it changed something. A value that the schema refuses is a question.
        """
        before = self.said(path)
        if before == value:
            return False
        document = merge(self.document, at(path, value))
        try:
            shot = read_data(document)
        except ShotError as error:
            self.ask(f"“{heard.text}”: {error.message} {error.hint}".strip())
            return False
        self.document = shot.model_dump(mode="json", exclude_defaults=True)
        self._shot, self._resolved = shot, None
        self.read.append(Adjusted(path, *heard, before, value, step))
        if settle and value is not None:
            self._settle(path, value, heard)
        return True

    def _settle(self, path: str, value: Any, heard: Heard) -> None:
        """Let the name follow its number, and a said number its new name."""
        if isinstance(value, str) and (term := self.vocabulary.terms.get(value)):
            for other in _numbers_of(term, self.vocabulary.facets[term.facet], path):
                number = self.resolved.number(other)
                if other in self.resolved.said and number is not None and not _holds(self, path, term, other, number):
                    self.put(other, None, heard, FOLLOWS)
        elif isinstance(value, float | int):
            for other, facet in _names_for(self.vocabulary, path):
                picked = self.resolved.term(other)
                band = facet.band(picked) if picked else None
                measured = abs(value) if "_abs_" in facet.by else value
                if band and not band[0] <= measured <= band[1]:
                    named = facet.named(measured)
                    low, high = (facet.band(named) if named else None) or (1.0, 0.0)
                    follows = named.id if named and low <= measured <= high else None
                    self.put(other, follows, heard, FOLLOWS, settle=False)
        self._place(path, value, heard)

    def _place(self, path: str, value: Any, heard: Heard) -> None:
        """Keep the placement in the frame and the hero's number together."""
        number = f"subjects.{self.resolved.hero}.screen_x"
        if path == "framing.placement" and self.said(number) is not None:
            term = self.vocabulary.terms.get(value) if isinstance(value, str) else None
            if term is None or abs(term.numbers.get("x", 0.5) - self.said(number)) > PLACED:
                self.put(number, None, heard, FOLLOWS)
        elif path == number and (held := self.resolved.term("framing.placement")) and "x" in held.numbers:
            rows = [
                one for one in self.vocabulary.facets[held.facet].terms if "x" in one.numbers and "y" not in one.numbers
            ]
            near = min(rows, key=lambda one: abs(one.numbers["x"] - value))
            if abs(held.numbers["x"] - value) > PLACED:
                fits = abs(near.numbers["x"] - value) <= PLACED
                self.put("framing.placement", near.id if fits else None, heard, FOLLOWS)


def _numbers_of(term: Term, facet: Facet, path: str) -> list[str]:
    """Return the paths of the numbers that a term stands for beside its own path."""
    head = path.rpartition(".")[0]
    found = [facet.number_at(path)] if facet.names else []
    return list(dict.fromkeys([*found, *(head + key for key in term.sets if key.startswith("."))]))


def _holds(sheet: Sheet, path: str, term: Term, other: str, number: float) -> bool:
    """Tell whether a number may stand beside the term picked at a path."""
    facet = sheet.vocabulary.facets[term.facet]
    stem, _, unit = other.rpartition(".")[2].rpartition("_")
    band = facet.band(term) if facet.names and facet.number_at(path) == other else None
    low, high = band or (term.numbers.get(f"{stem}_min_{unit}"), term.numbers.get(f"{stem}_max_{unit}"))
    if low is not None and high is not None:
        return low <= (abs(number) if "_abs_" in facet.by else number) <= high
    implied = term.sets.get(other, term.sets.get(f".{other.rpartition('.')[2]}"))
    return implied is None or not other.endswith("_k") or implied == number


def _names_for(vocabulary: Vocabulary, path: str) -> list[tuple[str, Facet]]:
    """Return the paths of the picks that name the number at a path, with their facets."""
    keys = path.split(".")
    found = []
    for pick, facet in _picks_by_number(vocabulary).get(pattern_of(path), ()):
        ids = iter(key for key, form in zip(keys, pattern_of(path).split("."), strict=True) if form == "*")
        found.append((".".join(next(ids) if key == "*" else key for key in pick.split(".")), vocabulary.facets[facet]))
    return found


@cache
def _picks_by_number(vocabulary: Vocabulary) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for path, name in picked_at().items():
        facet = vocabulary.facets.get(name)
        if facet and facet.names:
            number = facet.number_at(path)
            found[number] = (*found.get(number, ()), (path, name))
    return found
