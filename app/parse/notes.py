"""What a director calls on set, as a patch: "tighter, half a stop down, warmer, rim a touch hotter, lose the hat".

Clauses are read in their order, each on the shot that the one before left. A lamp or a person that was named stays
meant until a full stop, or until another is named. Relative words and their steps are data: vocab/notes/steps.toml.
"""

from dataclasses import asdict, dataclass

from app.errors import BadInputError
from app.match.numbers import UNITS
from app.parse.notes_call import STEPS, Call
from app.parse.notes_flip import flip
from app.parse.notes_sheet import Adjusted, Sheet
from app.parse.notes_steps import Size, Turn, turn
from app.parse.notes_things import lose
from app.parse.notes_values import add, set_values
from app.parse.notes_words import clauses
from app.parse.parsed import Free
from app.patch import Json, diff
from app.resolve.known import Resolved
from app.schema import Shot
from app.vocab import Vocabulary
from app.vocab.notes import Axis, Thing

MAX_CHARS = 4_000
"""A longer text is no note."""

MAX_CALLS = 60
"""More than anybody calls in one breath."""

DETERMINERS = frozenset({"the", "a", "an", "her", "his", "their", "its", "that", "this", "those", "these"})
"""A clause that begins so, and says nothing to do, goes on with the verb before it: "lose the hat and the coat"."""


AFTER = frozenset({"on", "at", "in", "for", "to", "of", "from", "by", "into", "through"})
"""Prepositions: what stands behind them is where or why, and not what should change."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, understood: the patch on what the shot says, each change, what was not understood, and what is asked.

    `patch` is an RFC 7386 merge patch and `shot` the shot with it; `read` are its changes in the order in which they
    were taken.
    """

    patch: Json
    shot: Shot
    read: tuple[Adjusted, ...] = ()
    free: tuple[Free, ...] = ()
    questions: tuple[str, ...] = ()

    def plain(self) -> Json:
        """Return the note as plain data: what the command line and the API answer."""
        shot = self.shot.model_dump(mode="json", exclude_defaults=True)
        parts = {"read": [asdict(one) for one in self.read], "free": [one._asdict() for one in self.free]}
        return {
            "patch": self.patch,
            **parts,
            "questions": list(self.questions),
            "shot": {"kind": self.shot.kind, **shot},
        }


def note(text: str, resolved: Resolved) -> Noted:
    """Read a note on a shot. Raises BadInputError for a text that is too long, or no text."""
    if len(text) > MAX_CHARS:
        raise BadInputError(f"The note has {len(text):,} characters.", hint=f"A note has at most {MAX_CHARS:,}.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadInputError(
            f"The note is no text at character {error.start + 1}.", hint="Type it again there."
        ) from None
    sheet = Sheet(resolved)
    before, free = sheet.document, []
    for number, clause in enumerate(clauses(text, resolved)):
        if clause.fresh:
            _ask_what_of(sheet)
            sheet.lights, sheet.subject, sheet.verb = (), "", ""
        call = Call(sheet, text, clause.pieces)
        if number == MAX_CALLS:
            sheet.ask(f"A note has at most {MAX_CALLS} calls: the rest was not taken.")
        if number < MAX_CALLS and not call.has("keep"):
            _read(call)
        free += call.rest()
    _ask_what_of(sheet)
    patch = diff(before, sheet.document)
    return Noted(patch, sheet.resolved.shot, tuple(sheet.read), tuple(free), tuple(sheet.questions))


def _ask_what_of(sheet: Sheet) -> None:
    """Ask for lamps that were named and of which nothing was said."""
    if sheet.waiting:
        sheet.ask(f"“{', '.join(sheet.waiting)}”: what of it?")
    sheet.waiting = ()


def _read(call: Call) -> None:
    """Read one clause: a verb, steps, or values."""
    sheet = call.sheet
    verb = _verb(call)
    if verb == "flip":
        call.use(*range(len(call.pieces)))
        flip(sheet, call.lights, call.subject, call.heard())
    elif verb == "lose":
        _lose(call, carried=not call.has("lose"))
    elif verb == "add":
        call.use(*call.of("add"))
        if not add(call) and not call.lights:
            call.used.clear()
    elif _is_garbled(call):
        pass
    elif missing := call.missing():
        _ask_for(call, missing)
    elif verb == "step":
        _steps(call)
        set_values(call)
    elif not set_values(call) and (call.lights or call.subject) and not _speaks_further(call):
        call.use_names()
    sheet.verb = verb if verb in {"lose", "add"} else ""
    sheet.waiting = call.lights if not verb and not _speaks_further(call) else ()
    sheet.lights = call.lights or (() if call.subject or call.thing else sheet.lights)
    sheet.subject = call.subject or (sheet.subject if not call.lights else "")


def _ask_for(call: Call, missing: list[int]) -> None:
    """Ask for lamps that do not stand in the shot; the whole clause is about them."""
    label = call.text[call.pieces[missing[0]].start : call.pieces[missing[0]].end]
    call.sheet.ask(f"“{call.heard().text}”: there is no {label} in this shot. Say “add {label}” first.")
    call.use(*range(len(call.pieces)))


def _speaks_further(call: Call) -> bool:
    """Tell whether a clause says more than the names in it."""
    return any(
        call.speaks(at) and not {"lights", "subject"} & piece.means.keys() for at, piece in enumerate(call.pieces)
    )


def _verb(call: Call) -> str:
    """Return what a clause does: flip, lose, add, step, or nothing, which may go on with the verb before it."""
    if call.has("flip"):
        return "flip"
    verb = next((one for one in ("lose", "add") if call.has(one)), "")
    steps = [at for at in call.of(*STEPS) if not (verb and "term" in call.pieces[at].means)]
    far = call.has("amount", "stops") or any(_is_far(call, at) for at in call.of("quantity"))
    if steps or (verb and far and not _has_name(call)):
        return "step"
    if verb == "add" and call.thing and call.thing.up and all(_steps_on(call, at) for at in call.of("term")):
        return "step"
    if any(call.is_signed(at) and _is_far(call, at) for at in call.of("quantity")):
        return "step"
    if call.has("again"):
        return verb or "add"
    goes_on = call.pieces and (call.word(0) in DETERMINERS or call.speaks(0)) and not call.has("quantity")
    return verb or (call.sheet.verb if goes_on else "")


def _is_far(call: Call, at: int) -> bool:
    """Tell whether a number is a distance to go in stops, signed or with its unit."""
    number = call.pieces[at].first("quantity")
    return number.unit == "stops" or (not number.unit and call.is_signed(at))


def _has_name(call: Call) -> bool:
    """Tell whether a clause names a term that is no lamp and no quantity: "add a touch of haze" adds haze."""
    terms = [at for at in call.of("term") if not {"lights", "amount"} & call.pieces[at].means.keys()]
    return any(not _steps_on(call, at) for at in terms)


def _steps_on(call: Call, at: int) -> bool:
    """Tell whether a name is of a quantity that the shot has some of."""
    thing = call.pieces[at].first("thing")
    axis = _axes(call.sheet.vocabulary).get(thing.up) if thing else None
    return bool(axis and any(call.sheet.said(way.path.replace("*", call.sheet.resolved.hero)) for way in axis.way))


def _is_garbled(call: Call) -> bool:
    """Tell whether a step would be a guess: its number is in no unit that is known, or an unknown thing is its object.

    "The wallpaper warmer" is not about the key; "tighter on the door handle" is about the frame.
    """
    bystanders = _has_bystanders(call)
    held = enumerate(call.pieces)
    unknown = [at for at, piece in held if not piece.means or (bystanders and "subject" in piece.means)]
    if any(call.word(at) in UNITS or any(letter.isdigit() for letter in call.word(at)) for at in unknown):
        return True
    if any("stops" in call.pieces[at].means and _next_spoken(call, at) in unknown for at in call.of("stops")):
        return True
    steps = call.of(*STEPS)
    if not steps or call.lights or call.thing:
        return False
    return any(at < steps[-1] or not _follows(call, at, unknown) for at in unknown)


def _has_bystanders(call: Call) -> bool:
    """Tell whether people named in a clause are not what its steps can be about: "Jonas darker"."""
    steps = [call.pieces[at].first("direction") for at in call.of(*STEPS)]
    return not any(one and "subject" in one.of for one in steps)


def _follows(call: Call, at: int, unknown: list[int]) -> bool:
    """Tell whether an unknown word stands in a phrase that began with a preposition."""
    while at and (at in unknown or call.word(at) in DETERMINERS):
        at -= 1
    return call.word(at) in AFTER


def _next_spoken(call: Call, at: int) -> int:
    return next((one for one in range(at + 1, len(call.pieces)) if call.speaks(one)), -1)


def _lose(call: Call, *, carried: bool) -> None:
    words, heard = call.words(), call.heard()
    if heard.text.casefold() == "no":
        call.use(*range(len(call.pieces)))
        return
    problem = lose(call.sheet, words, call.lights, call.subject, call.thing, heard)
    if problem and carried and set_values(call):
        return
    if problem:
        call.sheet.ask(problem)
    call.use(*range(len(call.pieces)))


def _steps(call: Call) -> None:
    """Take every step of a clause, each with the amount that stands by it."""
    call.use(*(at for at in call.of("add") if call.has(*STEPS)))
    places = call.of(*STEPS) or call.of("lose", "add")
    signed = [at for at in call.of("quantity") if call.is_signed(at) and _is_far(call, at)]
    for at in places or signed[:1]:
        size, by = call.size(at) if at in places else (_signed(call, at), [])
        if call.is_led(at) or (by and call.is_value(by[0])):
            call.use(at)
            continue
        step = _turn(call, at, size, far=bool(by) or at not in places)
        if step:
            spoken = [one for one in call.of("lights", "subject", "thing") if "direction" not in call.pieces[one].means]
            call.use(at, *by)
            call.use_names()
            sheet = call.sheet
            carried, sheet.lights = sheet.lights, call.lights or (() if call.thing else sheet.lights)
            sheet.subject = call.subject or sheet.subject
            turn(sheet, step, call.heard(at, *by, *spoken))
            sheet.lights = carried


def _signed(call: Call, at: int) -> Size:
    number = call.pieces[at].first("quantity")
    return Size(number=abs(number.value), unit="stops")


def _turn(call: Call, at: int, size: Size, *, far: bool) -> Turn | None:
    """Return the step that a piece asks for, or None where nothing can be made of it."""
    things, axes = _things(call.sheet.vocabulary), _axes(call.sheet.vocabulary)
    direction = call.pieces[at].first("direction")
    if direction:
        name, thing = _meant(call, direction.of)
        goal = direction.goal
    else:
        thing = call.thing or things.get("light" if call.lights or call.sheet.lights else "picture")
        if not (far or call.thing or call.lights) or thing is None:
            return None
        name, goal = f"{_sign(call, at)}{thing.up}", ""
    axis = axes.get(name.removeprefix("-"))
    if axis and size.number is not None and not any(way.unit == size.unit for way in axis.way) and thing:
        axis = axes.get(thing.units.get(size.unit, ""), axis)
    return Turn(axis, -1 if name.startswith("-") else 1, size, goal) if axis else None


def _sign(call: Call, at: int) -> str:
    """Return `-` where a piece leads towards less."""
    piece = call.pieces[at]
    if "quantity" in piece.means:
        return "-" if piece.first("quantity").value < 0 else ""
    return "-" if {"less", "lose"} & piece.means.keys() else ""


def _meant(call: Call, of: dict[str, str]) -> tuple[str, Thing | None]:
    """Return the axis that a relative word turns for what the clause names, and that thing."""
    things = _things(call.sheet.vocabulary)
    if call.thing:
        own = of.get(call.thing.id) or of.get("any", "").replace("up", call.thing.up)
        return own, call.thing
    if call.lights:
        return of.get("light", ""), things.get("light")
    carried = "light" if call.sheet.lights else ""
    chosen = next((one for one in ("subject" if call.subject else "", carried) if one in of), next(iter(of)))
    return of[chosen], things.get(chosen)


def _things(vocabulary: Vocabulary) -> dict[str, Thing]:
    return {one.id: one for notes in vocabulary.notes.values() for one in notes.thing}


def _axes(vocabulary: Vocabulary) -> dict[str, Axis]:
    return {one.id: one for notes in vocabulary.notes.values() for one in notes.axis}
