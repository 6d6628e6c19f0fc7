"""What a note says outright: "on a 50", "T4", "16:9", "at dusk", "make the key tungsten", "add a rim from the left"."""

from typing import Any

from app.match import Quantity, exactly
from app.parse.notes_call import Call
from app.parse.notes_sheet import Heard
from app.parse.notes_words import OPEN, words_of
from app.physics.light import side, wrapped
from app.schema.facets import extra, picked_at, takes_several
from app.vocab import Term
from app.vocab.notes import Thing

FOCALS = frozenset(
    {12, 14, 16, 18, 20, 21, 24, 25, 27, 28, 29, 32, 35, 40, 50, 65, 75, 80, 85, 100, 105, 135, 150, 180, 200}
)
"""A bare number among these is a lens: "on a 50"."""

KELVINS = frozenset(
    {2000, 2700, 2800, 2900, 3000, 3200, 3400, 4000, 4300, 4500, 5000, 5500, 5600, 6000, 6500, 7000, 7500, 8000, 10000}
)
"""A bare number among these, said of a lamp, is its colour: "key 3200"."""

LAMPS = ("light.role", "light.source", "light.fixture")
"""Facets whose terms name a lamp of its own."""

PATTERN = "light.pattern"
KEY = "light.role.key"

CLOSED = ("beats.", "subjects.*.kind", "lights.*.role")
"""Paths that a name is not picked at: these are added, or say what somebody is."""

SAID = "as said"
MOST_SLOTS = 999


def set_values(call: Call) -> bool:
    """Write the numbers and names of a clause that say a value outright. True when any was understood."""
    before, asked = len(call.used), len(call.sheet.questions)
    _set_pattern(call)
    for at in call.of("quantity"):
        _set_number(call, at, call.pieces[at].first("quantity"))
    plain = all(piece.means for piece in call.pieces)
    for at in call.of("left", "right"):
        _set_side(call, at)
    for at in call.of("term"):
        if not call.names_lamp(at):
            _set_term(call, at, whole=plain)
    if len(call.used) > before or len(call.sheet.questions) > asked:
        call.use_names()
        return True
    return False


def add(call: Call) -> bool:
    """Add what a clause names: a lamp, a camera move, or a pick; only what is said of it. True when understood."""
    lamps = [at for at in call.of("term") if _of(call, at, *LAMPS)]
    moves = [at for at in call.of("term") if _of(call, at, "camera.move")]
    if lamps and not _adds_to_lamp(call):
        return _add_lamp(call, lamps)
    if moves:
        return _add_move(call, moves[0])
    return set_values(call)


def _of(call: Call, at: int, *facets: str) -> Term | None:
    """Return the term that a piece names in one of these facets, the first of them first."""
    terms: tuple[Term, ...] = call.pieces[at].means.get("term", ())
    return next((term for facet in facets for term in terms if term.facet == facet), None)


def _set_pattern(call: Call) -> None:
    """Give the key the pattern that is named without a lamp, and what stands right behind it: "Rembrandt left 3200".

    A pattern is drawn by the key; where there is none yet, it comes with it.
    """
    at = next((at for at in call.of("term") if _is_pattern(call, at)), None)
    if at is None or call.lights or call.sheet.lights:
        return
    term = _of(call, at, PATTERN)
    keys = tuple(name for name, lamp in call.sheet.resolved.lights if lamp.role == KEY)
    if term is None or (not keys and not call.sheet.put("lights.key", _first_key(call), call.heard(at), "Key added")):
        return
    call.lights = keys or ("key",)
    for name in call.lights:
        _pick(call, f"lights.{name}.pattern", term, call.heard(at))
    call.use(at)
    for place in range(at + 1, len(call.pieces)):
        if place in call.of("left", "right"):
            _set_side(call, place)
        elif place in call.of("quantity") and _is_of_lamp(call.pieces[place].first("quantity")):
            _set_number(call, place, call.pieces[place].first("quantity"))
        elif call.speaks(place):
            break
    call.lights = ()


def _is_pattern(call: Call, at: int) -> bool:
    """Tell whether a name is of a pattern on the face, and of nothing but light."""
    terms: tuple[Term, ...] = call.pieces[at].means["term"]
    return _of(call, at, PATTERN) is not None and all(one.facet.startswith("light") for one in terms)


def _first_key(call: Call) -> dict[str, Any]:
    slot = min(max((light.slot for _, light in call.sheet.resolved.lights), default=-1) + 1, MOST_SLOTS)
    return {"role": KEY} | ({"slot": slot} if slot else {})


def _is_of_lamp(number: Quantity) -> bool:
    return number.unit == "K" or (not number.unit and number.value in KELVINS)


def _set_number(call: Call, at: int, number: Quantity) -> None:
    heard, unit, value = call.heard(at), number.unit, round(number.value, 4)
    if not unit and value in FOCALS and not call.lights and not call.is_signed(at):
        unit = "mm"
    if not unit and value in KELVINS and call.lights:
        unit = "K"
    if unit == "deg":
        _set_azimuth(call, at, value)
        return
    if unit == "stops":
        over = call.of("over", "under")
        heard = call.heard(at, *over)
        call.use(at, *over)
        if not over:
            call.sheet.ask(f"“{heard.text}”: up or down?")
            return
        value = abs(value) if "over" in call.pieces[over[0]].means else -abs(value)
    path = _path_of(call, unit)
    said: float | str = f"#{int(number.value):06X}" if unit == "hex" else value
    if not path and unit in {"K", "m", "hex"}:
        call.sheet.ask(f"“{heard.text}”: of what? Name a lamp, the camera or the white balance.")
        call.use(at)
    for one in path:
        if call.sheet.said(one) == said:
            call.sheet.ask(f"“{heard.text}”: {one} says so already.")
        call.sheet.put(one, said, heard, SAID)
        call.use(at)


def _path_of(call: Call, unit: str) -> list[str]:
    """Return the paths that a number of a unit sets: of the thing named, of the lamps, else of the picture."""
    things = {one.id: one for notes in call.sheet.vocabulary.notes.values() for one in notes.thing}
    lights = call.lights or (() if call.thing else call.sheet.lights)
    nothing = Thing(id="")
    if call.thing and unit in call.thing.sets:
        return [call.thing.sets[unit]]
    if lights and (path := things.get("light", nothing).sets.get(unit)):
        return [path.replace("*", light) for light in lights]
    path = things.get("picture", nothing).sets.get(unit)
    return [path] if path else []


def _set_azimuth(call: Call, at: int, value: float) -> None:
    """Set a lamp's azimuth from degrees and a side: 45° from the left is −45."""
    sides = call.of("left", "right")
    lights = call.lights or call.sheet.lights
    call.use(at, *sides)
    if not sides or not lights:
        call.sheet.ask(f"“{call.heard(at).text}”: of what, and to which side?")
        return
    sign = -1 if "left" in call.pieces[sides[0]].means else 1
    for light in lights:
        call.sheet.put(f"lights.{light}.azimuth_deg", sign * abs(value), call.heard(at, *sides), SAID)


def _set_term(call: Call, at: int, *, whole: bool) -> None:
    """Pick the first term of a name whose facet can be reached; everyday names only where nothing else is said."""
    facets = call.sheet.vocabulary.facets
    terms: tuple[Term, ...] = call.pieces[at].means["term"]
    heard = [one for one in terms if whole or facets[one.facet].spoken]
    lamps = call.lights or call.sheet.lights
    heard.sort(key=lambda one: (bool(lamps) and not one.facet.startswith("light."), not facets[one.facet].spoken))
    for term in heard:
        paths = _paths_of(call, term)
        if paths:
            for path in paths:
                _pick(call, path, term, call.heard(at))
            call.use(at)
            return
    alone = sum(map(call.speaks, range(len(call.pieces)))) == 1
    if alone and any(path.startswith("lights.") and not path.startswith(CLOSED) for path in _patterns(heard)):
        call.sheet.ask(f"“{call.heard(at).text}”: which lamp?")
        call.use(at)


def _patterns(terms: list[Term]) -> list[str]:
    facets = {one.facet for one in terms}
    return [path for path, facet in picked_at().items() if facet in facets and path.startswith(OPEN)]


def _paths_of(call: Call, term: Term) -> list[str]:
    """Return where a term is picked: on the lamps or the person spoken of, else on the shot."""
    resolved = call.sheet.resolved
    found = [path for path in _patterns([term]) if not path.startswith(CLOSED)]
    lights = call.lights or call.sheet.lights or (tuple(resolved.shot.lights) if len(resolved.lights) == 1 else ())
    person = call.subject or call.sheet.subject or (resolved.hero if len(resolved.subjects) == 1 else "")
    for path in found:
        if path.startswith("lights.*.") and (call.lights or call.sheet.lights):
            return [path.replace("*", light) for light in lights]
    plain = [path for path in found if "*" not in path]
    if plain:
        return plain[:1]
    for path in found:
        if path.startswith("lights.*."):
            return [path.replace("*", light) for light in lights]
        if path.startswith("subjects.*.") and person and _is_of_kind(call, person, path):
            return [path.replace("*", person)]
    return []


def _is_of_kind(call: Call, person: str, path: str) -> bool:
    """Tell whether a field belongs to what a subject is said to be: people have no vehicle model."""
    kinds = str(extra(path).get("kinds", "")).split()
    return not kinds or call.sheet.resolved.pick(f"subjects.{person}.kind").rpartition(".")[2] in kinds


def _pick(call: Call, path: str, term: Term, heard: Heard) -> None:
    held = call.sheet.said(path)
    if held == term.id or (isinstance(held, list) and term.id in held):
        call.sheet.ask(f"“{heard.text}”: {path} says “{term.label}” already.")
        return
    value = [*(held or []), term.id] if takes_several(path) else term.id
    call.sheet.put(path, value, heard, f"{term.label}, {SAID}")


def _set_side(call: Call, at: int) -> None:
    """Bring the lamps spoken of to a side of the camera: by their azimuth, where one is said."""
    wanted = "left" if "left" in call.pieces[at].means else "right"
    for light in call.lights or call.sheet.lights:
        call.use(at)
        sheet, heard, path = call.sheet, call.heard(at), f"lights.{light}.azimuth_deg"
        seen = sheet.resolved.number(f"lights.{light}.camera_azimuth_deg")
        if path in sheet.resolved.said and seen is not None:
            if not side(seen):
                sheet.ask(f"“{heard.text}”: how far? {path} is on the axis.")
            elif side(seen) != wanted:
                sheet.put(path, wrapped(sheet.said(path) - 2 * seen), heard, f"to camera {wanted}")
        if path not in sheet.resolved.said or sheet.said(f"lights.{light}.side"):
            sheet.put(f"lights.{light}.side", wanted, heard, SAID)


def _adds_to_lamp(call: Call) -> bool:
    """Tell whether a clause adds something to a lamp that is there: "add tungsten to the key"."""
    roles = [at for at in call.of("lights") if _of(call, at, "light.role")]
    return bool(call.lights) and not roles


def _add_lamp(call: Call, lamps: list[int]) -> bool:
    names = sorted((term for at in lamps if (term := _of(call, at, *LAMPS))), key=lambda one: LAMPS.index(one.facet))
    name = names[0].id.rpartition(".")[2]
    call.use(*lamps, *call.of("again"))
    if call.lights and not call.has("again"):
        call.use_names()
        call.sheet.ask(
            f"“{call.heard().text}”: there is a {names[0].label.casefold()} already. Say “another” for one more."
        )
        return True
    held = call.sheet.resolved.lights
    slot = min(max((light.slot for _, light in held), default=-1) + 1, MOST_SLOTS)
    entry: dict[str, Any] = {"slot": slot} if slot else {}
    for term in names:
        entry.setdefault(term.facet.partition(".")[2], term.id)
    taken = {one for one, _ in held}
    free = next(one for one in (name, *(f"{name}_{n}" for n in range(2, len(taken) + 3))) if one not in taken)
    if call.sheet.put(f"lights.{free}", entry, call.heard(), f"{names[0].label} added"):
        call.lights = call.sheet.lights = (free,)
        set_values(call)
        call.use_names()
    return True


def _add_move(call: Call, at: int) -> bool:
    """Add a camera move to the first beat, or to a new one, with the speed that is said."""
    beats = sorted(call.sheet.resolved.shot.beats.items(), key=lambda one: one[1].slot)
    beat, held = beats[0] if beats else ("main", None)
    moves = held.moves if held else {}
    name = next(one for one in ("move", *(f"move_{n}" for n in range(2, len(moves) + 3))) if one not in moves)
    slot = min(max((move.slot for move in moves.values()), default=-1) + 1, MOST_SLOTS)
    term = _of(call, at, "camera.move")
    paces = [place for place in call.of("term") if place != at and _of(call, place, "camera.speed")]
    called = [_of(call, place, "camera.speed") for place in paces] + [_pace_of(call, at)]
    speeds = [one for one in called if one]
    call.use(at, *paces)
    entry: dict[str, Any] = {"slot": slot} if slot else {}
    entry |= {"path": term.id} if term else {}
    entry |= {"speed": speeds[0].id} if speeds else {}
    label = term.label if term else ""
    return call.sheet.put(f"beats.{beat}.moves.{name}", entry, call.heard(), f"{label} added")


def _pace_of(call: Call, at: int) -> Term | None:
    """Return the speed that stands inside the name of a move: "slow push in"."""
    found = (exactly(call.sheet.vocabulary, word, "camera.speed") for word in words_of(call.word(at)))
    return next((one for one in found if one), None)
