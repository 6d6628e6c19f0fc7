"""The cells of a line of a shot list on their way into a shot: each where its column belongs, or as words."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.importers._draft import MAX_CHARS, Draft, Words, identifier
from app.importers._names import Names
from app.importers._shot_heads import CROSSWALK
from app.importers._shot_lamps import lamp
from app.importers.base import Status, Value
from app.match.find import mentions
from app.match.numbers import Quantity, quantities
from app.physics import light
from app.schema import Shot
from app.schema.facets import facet_of, limits

HERO = "subject"
PERSON = "subject.kind.character"
SAYS = "intent.says"

NUMBERS: dict[str, tuple[str, frozenset[str]]] = {
    "lens": ("camera.focal_mm", frozenset({"", "mm"})),
    "stop": ("camera.t_stop", frozenset({"", "T", "f"})),
    "fps": ("camera.fps", frozenset({"", "fps"})),
    "balance": ("camera.white_balance_k", frozenset({"", "K"})),
    "aspect": ("framing.aspect", frozenset({"", "ratio", "x"})),
    "length": ("duration_s", frozenset({"", "s"})),
}
"""The columns that hold a number: its path, and the units that it may have."""

WORDS_OF = {"lens": "camera.lens_family", "aspect": "framing.shape"}
"""Where what stands beside the number of such a column may go."""

CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2}(?:\.\d+)?)")
SIDE = re.compile(r"(?:camera |cam )?(left|right)", re.IGNORECASE)
TIMES = re.compile(r"(\d+(?:\.\d+)?)(?: ?: ?1)?")
PARTS = re.compile(r", then | then |[;\n+&]|(?<!\d)/|/(?!\d)")
"""What parts the moves, or the names, of a cell."""

NAMES = re.compile(r"[,;/&\n]|\band\b")
SPEAKER = re.compile(r"(?P<who>v\.o\.|[^:.!?()]{1,40}?)(?: ?\((?P<how>[^)]{1,60})\))?: ?(?P<line>.+)", re.IGNORECASE)
UNSEEN = re.compile(r"v\.? ?o\.?|o\.? ?[sc]\.?|off(?:[ -]?screen)?|voice-?over", re.IGNORECASE)
VOICE = frozenset({"voice-over", "voice over", "vo", "v.o.", "narrator"})

LABELS = frozenset({"scene", "shot", "name"})
NOTHING = frozenset({"-", "–", "—", "n/a", "na", "none", "tbd", "?"})
RECORDING = frozenset({"mos", "sync", "synch", "sync sound", "wild", "boom", "lav"})

KEPT_IN_NOTE = "Kept in the note of the shot."
MADE_ANEW = "Printlight makes it anew."
PART = "Read from its words."


class Cell(NamedTuple):
    """A cell: which column it stands in, by its field, what that is headed, and what it says."""

    field: str
    head: str
    text: str


class Row:
    """A line as a shot. `notes` is what found no place in it."""

    def __init__(self, number: int, cells: list[Cell], names: Names) -> None:
        """Read all cells: who is there first, so that the others can be told of them."""
        self.number, self.names = number, names
        self.values: list[Value] = []
        self.notes: list[str] = []
        self._told = {cell.field: cell for cell in reversed(cells) if cell.field}
        self._people = dict[str, str]()
        for cell in cells:
            if cell.field == "cast" and cell.text.casefold() not in NOTHING:
                self._people = _people(cell.text)
        self.hero = next(iter(self._people), HERO)
        self.draft = Draft(CROSSWALK, self.hero, self.hero)
        for cell in cells:
            self._land(cell)
        self.shot: Shot = self.draft.shot()

    def said(self, field: str) -> str:
        """Return what the cell of a field says."""
        return self._told[field].text if field in self._told else ""

    def keep(self, field: str) -> None:
        """Keep what the cell of a field says in the note, for it cannot be called so."""
        self._aside(self._told[field], self.said(field))

    def tell(self, field: str, note: str) -> None:
        """Add a word on where a cell of a field went."""
        if field in self._told:
            cell = self._told[field]
            self._value(cell, cell.text, "typed", note=note)

    def _land(self, cell: Cell) -> None:
        if cell.field in LABELS and self._told[cell.field] is cell:
            return  # it is called so
        if cell.text.casefold() in NOTHING:
            self._value(cell, cell.text, "free", note="Says nothing.")
        elif cell.field == "sound" and cell.text.casefold() in RECORDING:
            self._aside(cell, cell.text, "How it is recorded.")
        elif cell.field == "made":
            self._value(cell, cell.text, "unknown", note=MADE_ANEW)
        elif cell.field in NUMBERS:
            self._number(cell)
        elif cell.field == "movement":
            self._moves(cell)
        elif cell.field in CROSSWALK.paths and cell.field != "location":
            self._picks(cell)
        else:
            tell = {
                "cast": self._cast,
                "subject": self._subject,
                "wardrobe": self._wardrobe,
                "description": self._description,
                "dialogue": self._dialogue,
                "location": self._location,
                "side": self._side,
                "ratio": self._ratio,
                "notes": self._note,
            }.get(cell.field, self._unknown)
            tell(cell)

    def _value(self, cell: Cell, text: str, status: Status, path: str = "", *, term: str = "", note: str = "") -> None:
        self.values.append(
            Value(shot=self.number, field=cell.head, value=text, status=status, path=path, term=term, note=note)
        )

    def _aside(self, cell: Cell, text: str, note: str = "") -> None:
        """Keep words that found no place in the shot where a person reads them."""
        self.notes.append(f"{cell.head}: {text}")
        self._value(cell, text, "unknown", note=" ".join(filter(None, (note, KEPT_IN_NOTE))))

    def _words(self, cell: Cell, text: str, path: str, status: Status = "free") -> None:
        """Keep words at a path, or aside where it has no room for them."""
        if len(text) <= MAX_CHARS and self.draft.put(path, Words(text)):
            self._value(cell, text, status, path)
        else:
            self._aside(cell, text)

    def _number(self, cell: Cell) -> None:
        """Read a number with its unit, and what stands beside it."""
        path, units = NUMBERS[cell.field]
        found = _clock(cell.text) if cell.field == "length" else None
        if found is None:
            one = next((one for one in quantities(cell.text) if one.unit in units), None)
            several = len(quantities(cell.text)) > 1
            if one is None or several:
                self._beside(cell, cell.text)
                return
            found, rest = one.value, _without(cell.text, one)
        else:
            rest = ""
        low, high = limits(path) or (found, found)
        if not low <= found <= high:
            self._aside(cell, cell.text, f"A shot takes {low:g} to {high:g}.")
            return
        self.draft.put(path, found)
        self._value(cell, cell.text, "typed", path)
        if rest:
            self._beside(cell, rest)

    def _beside(self, cell: Cell, text: str) -> None:
        path = WORDS_OF.get(cell.field)
        field = "glass" if cell.field == "lens" else ""
        if field and self._picked(cell, field, text):
            return
        if path and not self.draft.held.get(path):
            self._words(cell, text, path, "unknown")
        else:
            self._aside(cell, text)

    def _picks(self, cell: Cell) -> None:
        """Read a cell that names terms: as a whole, else piece by piece, else by the names in its words."""
        if cell.field == "camera" and re.fullmatch(r"(?i)(?:cam(?:era)? ?)?[a-d](?: ?cam(?:era)?)?", cell.text):
            self._aside(cell, cell.text, "Which camera of several.")
            return
        if self._picked(cell, cell.field, cell.text):
            return
        left = [
            piece
            for piece in _pieces(cell.text)
            if not (cell.field == "lighting" and self._lamp(cell, piece))
            and not self._picked(cell, cell.field, piece)
            and not self._heard(cell, piece)
        ]
        if left:
            self._words(cell, "; ".join(left), CROSSWALK.paths[cell.field][0], "unknown")

    def _lamp(self, cell: Cell, text: str) -> bool:
        """Read a lamp as Printlight's own list tells it; tell whether it is one, and all of it is read."""
        name, _, told = text.partition(": ")
        who, found = identifier(name), lamp(told)
        if not who or not found:
            return False
        at = f"lights.{who}"
        role = f"light.role.{who}"
        if role in self.names.vocabulary.terms:
            self.draft.put(f"{at}.role", role)
        for field, value in found.items():
            if self.draft.put(f"{at}.{field}", value):
                self._value(cell, text, "typed", f"{at}.{field}")
        return True

    def _picked(self, cell: Cell, field: str, text: str) -> bool:
        """Pick what a text names; tell whether it names anything, and all of it."""
        reading = self.names.read(field, text)
        if not reading.facts or reading.part:
            return False
        placed = [self.draft.place(fact.landings, field) for fact in reading.facts]
        if not all(placed):
            return False
        for landing, fact in zip(placed, reading.facts, strict=True):
            if landing:
                self._value(cell, fact.words, "typed", landing.path, term=str(landing.item))
        return True

    def _heard(self, cell: Cell, text: str) -> bool:
        """Pick what a text names somewhere in its words; the whole of it is kept aside."""
        found = False
        for path in CROSSWALK.paths[cell.field]:
            for term in mentions(self.names.vocabulary, text, facet_of(path)):
                if self.draft.put(path, term.id):
                    self._value(cell, text, "typed", path, term=term.id, note=PART)
                    found = True
        if found:
            self._aside(cell, text)
        return found

    def _moves(self, cell: Cell) -> None:
        """Read how the camera moves, one move after the other, each with its speed and how far."""
        whole = self.names.read("movement", cell.text)
        pieces = [cell.text] if whole.facts and not whole.part else list(_pieces(cell.text))
        for number, piece in enumerate(pieces, start=1):
            self._move(cell, piece, f"beats.main.moves.move_{number}")

    def _move(self, cell: Cell, text: str, at: str) -> None:
        rest = text
        for one in reversed(quantities(text)):
            path = {"m": f"{at}.amount_m", "deg": f"{at}.amount_deg", "mm": f"{at}.focal_to_mm"}.get(one.unit, "")
            low, high = limits(path) or (0, -1) if path else (0, -1)
            if low <= one.value <= high and self.draft.put(path, one.value):
                self._value(cell, text[one.start : one.end], "typed", path)
                rest = f"{rest[: one.start]}{rest[one.end :]}"
        rest = re.sub(r"\bto\s*$|,\s*(?=,|$)", "", rest).strip(" ,")
        for piece in filter(None, (part.strip() for part in rest.split(","))):
            if not self._named_move(cell, piece, at):
                self._aside(cell, piece) if f"{at}.path" in self.draft.held else self._words(
                    cell, piece, f"{at}.path", "unknown"
                )

    def _named_move(self, cell: Cell, text: str, at: str) -> bool:
        paths = (f"{at}.path", f"{at}.speed", "camera.support", "camera.steadiness")
        vocabulary = self.names.vocabulary
        for path in paths:
            term = self.names.named(text, path)
            if term and self.draft.put(path, term):
                self._value(cell, text, "typed", path, term=term)
                self._speed(cell, text, f"{at}.speed")
                return True
        heard = [(path, term.id) for path in paths[:2] for term in mentions(vocabulary, text, facet_of(path))]
        put = [(path, term) for path, term in heard if self.draft.put(path, term)]
        for path, term in put:
            self._value(cell, text, "typed", path, term=term, note=PART)
        if put:
            self._aside(cell, text)
        return bool(put)

    def _speed(self, cell: Cell, text: str, path: str) -> None:
        """Read the speed that stands in the words of a move: slow push in."""
        for term in mentions(self.names.vocabulary, text, facet_of(path))[:1]:
            if path not in self.draft.held and self.draft.put(path, term.id):
                self._value(cell, text, "typed", path, term=term.id, note=PART)

    def _cast(self, cell: Cell) -> None:
        for who, called in self._people.items():
            self.draft.put(f"subjects.{who}.kind", PERSON)
            self._words(cell, called, f"subjects.{who}.name")

    def _subject(self, cell: Cell) -> None:
        """Read who or what is seen: a name of the cast, or what each of them is like."""
        if any(cell.text.casefold() == called.casefold() for called in self._people.values()):
            self._value(cell, cell.text, "free", f"subjects.{identifier(cell.text)}.name")
            return
        self._each(cell, "description")

    def _wardrobe(self, cell: Cell) -> None:
        self._each(cell, "wardrobe")

    def _each(self, cell: Cell, field: str) -> None:
        for who, words in self._by_person(cell.text):
            self._words(cell, words, f"subjects.{who or self.hero}.{field}")

    def _description(self, cell: Cell) -> None:
        """Read what happens: what somebody of the cast does is theirs."""
        for who, words in self._by_person(cell.text):
            self._words(cell, words, f"beats.main.action.{who}" if who else SAYS)

    def _dialogue(self, cell: Cell) -> None:
        """Read lines, each by who speaks it: in the picture, or over it."""
        for line in filter(None, (line.strip() for line in cell.text.splitlines())):
            found = SPEAKER.fullmatch(line)
            called, how = (found["who"], found["how"] or "") if found else ("", "")
            if found and called.casefold() in VOICE:
                self._words(cell, found["line"], "sound.voiceover")
            elif UNSEEN.fullmatch(how) or not (found or self._people):
                self._words(cell, line, "sound.voiceover")
            elif found and (who := self._person(called)):
                self._words(cell, found["line"], f"beats.main.says.{who}")
                if how:
                    self._words(cell, how, f"beats.main.delivery.{who}")
            else:
                self._words(cell, line, f"beats.main.says.{self.hero}")

    def _person(self, called: str) -> str:
        """Return the id of who is called so; somebody new comes into the shot."""
        who = next((who for who, name in self._people.items() if name.casefold() == called.casefold()), "")
        if not who and (who := identifier(called)):
            self._people[who] = _written(called)
            self.draft.put(f"subjects.{who}.kind", PERSON)
            self.draft.put(f"subjects.{who}.name", Words(self._people[who]))
        return who

    def _by_person(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield what is said of nobody, then of each of the cast: `She waits. Mara: turns; Jonas: leaves`."""
        called = "|".join(re.escape(name) for name in sorted(self._people.values(), key=len, reverse=True))
        if not called:
            yield "", text
            return
        first, *rest = re.split(rf"(?:^|(?<=[;.!?…:,\n])\s*)({called}): ", text, flags=re.IGNORECASE)
        if first.strip(" ;"):
            yield "", first.strip(" ;")
        for name, words in zip(rest[::2], rest[1::2], strict=True):
            yield self._person(name), words.strip().removesuffix(";")

    def _location(self, cell: Cell) -> None:
        self._words(cell, cell.text, "place.where")
        if (term := self.names.named(cell.text, "place.location")) and self.draft.put("place.location", term):
            self._value(cell, cell.text, "typed", "place.location", term=term)

    def _side(self, cell: Cell) -> None:
        found = SIDE.fullmatch(cell.text)
        if found and self.draft.put("lights.key.side", found[1].lower()):
            self.draft.put("lights.key.role", "light.role.key")
            self._value(cell, cell.text, "typed", "lights.key.side")
        else:
            self._aside(cell, cell.text)

    def _ratio(self, cell: Cell) -> None:
        found = TIMES.fullmatch(cell.text)
        if found and float(found[1]) > 0:
            stops = round(light.stops_of_ratio(float(found[1])), 2)
            low, high = limits("lighting.ratio_stops") or (stops, stops)
            if low <= stops <= high and self.draft.put("lighting.ratio_stops", stops):
                self._value(cell, cell.text, "typed", "lighting.ratio_stops")
                return
        self._aside(cell, cell.text)

    def _note(self, cell: Cell) -> None:
        self.notes.append(cell.text)
        self._value(cell, cell.text, "free", note=KEPT_IN_NOTE)

    def _unknown(self, cell: Cell) -> None:
        self._aside(cell, cell.text, "No column of a shot list that is known.")


def _people(text: str) -> dict[str, str]:
    """Return who is named, by id."""
    found: dict[str, str] = {}
    for name in NAMES.split(text):
        called = " ".join(name.split())
        if called:
            found.setdefault(identifier(called) or f"person_{len(found) + 1}", _written(called))
    return found


def _written(name: str) -> str:
    """Write a name that stands in capitals, as scripts have it, as other names are."""
    return name.title() if name.isupper() else name


def _pieces(text: str) -> Iterator[str]:
    yield from filter(None, (piece.strip(" ,") for piece in PARTS.split(text)))


def _clock(text: str) -> float | None:
    """Read `0:03` or `00:01:30` as seconds; None for what is no clock."""
    found = CLOCK.fullmatch(text)
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(found[3]) if found else None


def _without(text: str, one: Quantity) -> str:
    return " ".join(f"{text[: one.start]} {text[one.end :]}".split()).strip(" ,;")
