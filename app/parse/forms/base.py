"""What a form is, what it is given, and how it reads: piece by piece into one draft."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from app.errors import BadInputError
from app.parse.draft import MAX_TEXT, Draft, readable
from app.parse.forms._leaves import Leaf, leaves_of
from app.parse.forms._words import read_exclusions, read_words
from app.parse.parsed import Parsed, Span
from app.schema.facets import limits
from app.vocab import Vocabulary

MAX_CHARS = 4_000_000
"""A text beyond this is not even looked at. ComfyUI's graphs are the longest that hold a prompt."""

MAX_WORDS = 100_000
"""So many characters of prompt are read, in all the pieces of a text together."""

HALF = re.compile("[\ud800-\udfff]")

FENCE = re.compile(r"\s*```[\w-]*\n(.*?)\n?```\s*", re.DOTALL)
"""Code marks round a text, as chat programs put them."""

OBJECT = re.compile(r'\s*(?:\{\s*["}]|\[\s*\{\s*["}])')


class Piece(NamedTuple):
    """Words to be read, and where each letter of them stands in the text as given; one place more for the end."""

    text: str
    places: Sequence[int]

    def where(self, start: int, end: int) -> tuple[int, int]:
        """Return where letters of the piece stand in the text as given; for letters that do not, the whole piece."""
        first, last = self.places[start], self.places[end]
        return (first, last) if first < last else (self.places[0], self.places[-1])

    def part(self, start: int, end: int) -> "Piece":
        """Return a part of the piece."""
        return Piece(self.text[start:end], self.places[start : end + 1])


class Given:
    """A text as it was given. Raises BadInputError for one that is too long or holds half a character."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_CHARS:
            hint = f"The limit is {MAX_CHARS:,}; a prompt has at most {MAX_WORDS:,}."
            raise BadInputError(f"The text has {len(text):,} characters.", hint=hint)
        if found := HALF.search(text):
            where = f"The text holds half a character (U+{ord(found[0]):04X}) at {found.start():,}."
            raise BadInputError(where, hint="Copy it again; it was cut inside an emoji or a rare letter.")
        self.text = f" {text[1:]}" if text.startswith("\ufeff") else text
        fenced = FENCE.fullmatch(self.text)
        self.bounds = fenced.span(1) if fenced else (0, len(self.text))
        self.room = MAX_WORDS

    @property
    def document(self) -> str:
        """The text without code marks round it."""
        return self.text[slice(*self.bounds)].strip()

    @cached_property
    def leaves(self) -> list[Leaf]:
        """The values of a JSON document in their order; none for any other text. Raises BadInputError if it breaks."""
        return leaves_of(self.text, *self.bounds) if OBJECT.match(self.text, self.bounds[0]) else []

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of a JSON object at its top."""
        return frozenset(leaf.path[0] for leaf in self.leaves if isinstance(leaf.path[0], str))

    def piece(self, start: int = 0, end: int | None = None) -> Piece:
        """Return a part of the text as a piece."""
        end = len(self.text) if end is None else end
        return Piece(self.text[start:end], range(start, end + 1))

    def spend(self, letters: int) -> None:
        """Count letters that are read, again for each shot. Raises BadInputError beyond `MAX_WORDS`."""
        self.room -= letters
        if self.room < 0:
            raise BadInputError(f"The prompt has more than {MAX_WORDS:,} characters.", hint="No model reads so many.")

    def is_json(self) -> bool:
        """Tell a JSON document that holds anything."""
        return bool(self.leaves)


class Reading:
    """One shot on its way out of a text: a draft, and what stood beside the words."""

    def __init__(self, given: Given, vocabulary: Vocabulary) -> None:
        self.given = given
        self.vocabulary = vocabulary
        self.draft = Draft(vocabulary)
        self.params: dict[str, Any] = {}

    def say(self, piece: Piece, within: str = "", *, tags: bool = False) -> None:
        """Read words; `within` is their department, as `read_prose` names it, and `tags` may carry weights."""
        if self._is_worth(piece):
            before = len(self.draft.spans), len(self.draft.free)
            read_words(piece.text, self.draft, within, tags=tags)
            self._relocate(piece, *before)

    def exclude(self, piece: Piece, *, tags: bool = False) -> None:
        """Read a list of what to keep out of the picture."""
        if self._is_worth(piece):
            before = len(self.draft.spans), len(self.draft.free)
            read_exclusions(piece.text, self.draft, tags=tags)
            self._relocate(piece, *before)

    def put(self, path: str, value: Any, start: int, end: int) -> bool:
        """Put a value that the form itself tells. One without room, or out of range, is said in a note."""
        if isinstance(value, str):
            words = readable(value)
            if len(words) > MAX_TEXT:
                self.note(f"{path}: only {MAX_TEXT:,} characters have room; cut off: {words[MAX_TEXT:]}")
            value = words[:MAX_TEXT]
            if not value:
                return False
        took = self.draft.put(path, value, Span(path, start, end, self.given.text[start:end]))
        if not took:
            low, high = limits(path) or (0.0, 0.0)
            why = f"it lies between {low:g} and {high:g}" if high else "another value stands there"
            self.note(f"{path}: {value} was not taken; {why}.")
        return took

    def tell(self, path: str, piece: Piece, joint: str = ", ") -> None:
        """Put free words at a path; a term's name in a field of terms becomes the term."""
        if self._is_worth(piece):
            start, end = piece.where(0, len(piece.text))
            self.draft.tell(path, piece.text, Span(path, start, end, self.given.text[start:end]), joint)

    def sign(self, piece: Piece) -> str:
        """Put words that stand in the picture on a sign of their own, and return the sign's path."""
        number = 1 + sum(path.endswith(".reads") for path in self.draft.held)
        path = f"place.lettering.sign_{number}"
        if self._is_worth(piece):
            self.put(f"{path}.reads", piece.text, *piece.where(0, len(piece.text)))
        return path

    def param(self, name: str, value: Any) -> None:
        """Keep what stood beside the words; a second value of the same name stands beside the first in a list."""
        held = self.params.get(name)
        if name not in self.params:
            self.params[name] = value
        elif isinstance(held, list):
            held.append(value)
        elif held != value:
            self.params[name] = [held, value]

    def note(self, text: str) -> None:
        """Say what a person should know."""
        self.draft.notes.append(text)

    def parsed(self, form: str, target: str = "") -> Parsed:
        """Return what was read. A target that the vocabulary does not know stays in the params as `model`."""
        if target and target not in self.vocabulary.targets:
            self.params.setdefault("model", target)
            target = ""
        return self.draft.parsed(form, target, self.params)

    def _is_worth(self, piece: Piece) -> bool:
        self.given.spend(len(piece.text))
        return bool(piece.text.strip())

    def _relocate(self, piece: Piece, spans: int, free: int) -> None:
        """Say of the newest spans where they stand in the text as given."""
        draft, text = self.draft, self.given.text
        for at, one in enumerate(draft.spans[spans:], spans):
            start, end = piece.where(one.start, one.end)
            draft.spans[at] = Span(one.path, start, end, text[start:end])
        for at, rest in enumerate(draft.free[free:], free):
            start, end = piece.where(rest.start, rest.end)
            draft.free[at] = type(rest)(start, end, text[start:end])


class Form(ABC):
    """One way in which a prompt is written. Forms are tried by their `order`, the lowest first."""

    id: str
    label: str
    order: int

    @abstractmethod
    def recognises(self, given: Given) -> bool:
        """Tell whether a text is written so: quick, and true only where it is certain."""

    @abstractmethod
    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return the shots of a text that is written so."""
