"""One clause of a note while it is read: what it names, how much, and which of its pieces are used up."""

from dataclasses import dataclass, field
from typing import Any

from app.parse.notes_sheet import Heard, Sheet
from app.parse.notes_steps import PLAIN, Size
from app.parse.notes_words import Piece, words_of
from app.parse.parsed import Free
from app.vocab.notes import Thing

LEADS_TO = frozenset({"to", "at"})
"""Before a number: the value itself, and no step."""

STEPS = frozenset({"direction", "more", "less"})
SIGNED = "+-−"


@dataclass
class Call:
    """A clause, and the places of the pieces that something was made of.

    `lights` are the lamps that it names itself, `subject` the person and `thing` the quantity.
    """

    sheet: Sheet
    text: str
    pieces: tuple[Piece, ...]
    used: set[int] = field(default_factory=set)
    lights: tuple[str, ...] = field(init=False)
    subject: str = field(init=False)
    thing: Thing | None = field(init=False)

    def __post_init__(self) -> None:
        """Find what the clause names."""
        standing = self.sheet.resolved.shot.lights
        named = [*standing] if self.has("all") else [one for piece in self.pieces for one in self._lamps(piece)]
        if named:
            named = [*self.sheet.waiting, *named]
        self.lights = tuple(dict.fromkeys(one for one in named if one in standing))
        people = [name for piece in self.pieces for name in piece.means.get("subject", ())]
        self.subject = next((one for one in people if one in self.sheet.resolved.shot.subjects), "")
        things = [piece.first("thing") for piece in self.pieces if "lights" not in piece.means]
        self.thing = next((one for one in things if one), None)

    def _lamps(self, piece: Piece) -> list[str]:
        """Return the lamps that a piece names: by name, by role, or inside a name such as "Rembrandt key"."""
        if "lights" in piece.means:
            return list(piece.means["lights"])
        terms = {term.id for term in piece.means.get("term", ()) if term.facet.startswith("light.")}
        words = words_of(self.text[piece.start : piece.end]) if terms else ()
        return [name for name, lamp in self.sheet.resolved.lights if lamp.role in terms or name in words]

    def names_lamp(self, at: int) -> bool:
        """Tell whether a piece is the role of a lamp that stands in the shot."""
        piece = self.pieces[at]
        roles = {term.id for term in piece.means.get("term", ()) if term.facet == "light.role"}
        return "lights" in piece.means or any(one.role in roles for one in self.sheet.resolved.shot.lights.values())

    def missing(self) -> list[int]:
        """Return the places of lamps that are named by their role, and do not stand in the shot."""
        places = self.of("term") if not self.lights else ()
        roles = [at for at in places if any(one.facet == "light.role" for one in self.pieces[at].means["term"])]
        return [at for at in roles if "thing" not in self.pieces[at].means]

    def has(self, *kinds: str) -> bool:
        """Tell whether any piece may mean one of these."""
        return any(kind in piece.means for piece in self.pieces for kind in kinds)

    def of(self, *kinds: str) -> list[int]:
        """Return the places of the pieces that may mean one of these and are not used up."""
        held = enumerate(self.pieces)
        return [at for at, piece in held if at not in self.used and any(kind in piece.means for kind in kinds)]

    def word(self, at: int) -> str:
        """Return a piece's own letters, folded."""
        return self.text[self.pieces[at].start : self.pieces[at].end].casefold()

    def speaks(self, at: int) -> bool:
        """Tell whether a piece says anything of its own."""
        return "quiet" not in self.pieces[at].means

    def heard(self, *places: int) -> Heard:
        """Return the letters from the first of these pieces to the last; of all that speak, where none is given."""
        ends = sorted(places) or [at for at in range(len(self.pieces)) if self.speaks(at)] or [0]
        start, end = self.pieces[ends[0]].start, self.pieces[ends[-1]].end
        return Heard(start, end, self.text[start:end])

    def use(self, *places: int) -> None:
        """Mark pieces as used up."""
        self.used.update(places)

    def use_names(self) -> None:
        """Mark everything that is named as used up."""
        kinds = ("lights", "subject", "all", *(("thing",) if self.thing else ()))
        self.use(*self.of(*kinds), *filter(self.names_lamp, self.of("term")))

    def is_value(self, at: int) -> bool:
        """Tell whether a number is where a value should come to lie, and not how far it should go."""
        return at > 0 and self.word(at - 1) in LEADS_TO

    def is_led(self, at: int) -> bool:
        """Tell whether a relative word only leads to a value: "stop down to T5.6", "down to knee height"."""
        after = next((one for one in range(at + 1, len(self.pieces)) if self.speaks(one)), 0)
        led = after > at + 1 and self.word(at + 1) == "to"
        return led and bool({"quantity", "term"} & self.pieces[after].means.keys())

    def is_signed(self, at: int) -> bool:
        """Tell whether a number has its sign written before it."""
        return self.text[self.pieces[at].start] in SIGNED

    def size(self, at: int) -> tuple[Size, list[int]]:
        """Return how far the step at a place goes, and the places that say so: just before it, else after it."""
        for way in (range(at - 1, -1, -1), range(at + 1, len(self.pieces))):
            for place in way:
                piece = self.pieces[place]
                if STEPS & piece.means.keys() and "amount" not in piece.means:
                    break
                if place not in self.used and (size := self._size(place)):
                    return size, [place]
        return Size(), []

    def _size(self, at: int) -> Size | None:
        piece = self.pieces[at]
        number: Any = piece.first("quantity")
        if number is not None:
            unit = number.unit or "stops"
            relative = unit in {"stops", "deg", "m", "mired", "s", "K"}
            return Size(PLAIN, abs(number.value), unit) if relative else None
        if "stops" in piece.means:
            return Size(PLAIN, float(piece.first("stops")), "stops")
        return Size(int(piece.first("amount"))) if "amount" in piece.means else None

    def words(self) -> str:
        """Return the words that are no verb, no name of a lamp or person, and not quiet."""
        skipped = {"quiet", "lose", "add", "amount", "again", "lights", "subject", "join"}
        kept = [self.word(at) for at, piece in enumerate(self.pieces) if not skipped & piece.means.keys()]
        return " ".join(words_of(" ".join(kept)))

    def rest(self) -> list[Free]:
        """Return the letters that nothing was made of; a whole clause of which nothing was understood stays in one."""
        left = [at for at, piece in enumerate(self.pieces) if at not in self.used and self.speaks(at)]
        if not self.used and left:
            left = list(range(len(self.pieces)))
        runs: list[list[int]] = []
        for at in left:
            between = range(runs[-1][-1] + 1, at) if runs else ()
            if runs and all(one not in self.used for one in between):
                runs[-1].append(at)
            else:
                runs.append([at])
        return [Free(*self.heard(*run)) for run in runs]
