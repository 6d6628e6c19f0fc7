"""What a shot says, in the words that a list, a board or a page prints."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from app.compile.differences import BY_UNIT, lowered, worded
from app.compile.wording import handle, plain
from app.exporters.base import ReelShot
from app.physics import light
from app.resolve import Resolved
from app.resolve.known import ordered
from app.schema.facets import pattern, title
from app.views import controls, lamps
from app.views.lamps import Row
from app.views.sheet import Sheet

WHOLE = 100_000
"""A text is told whole."""

LAMP_HEADS = ("", "Lamp", "Fixture", "Role", "Position", "Colour", "Gel, modifier", "Level", "Also")

IN_LAMP_LIST = frozenset(
    {"role", "fixture", "source", "direction", "side", "elevation_deg", "distance_m", "cct_k"}
    | {"gels", "modifiers", "stops", "hue", "hex"}
)
"""What the columns of the lamp list say of a lamp; the rest stands under "Also"."""

ENDS = ".!?…:;"

POINTS = frozenset({"eyeline", "motivated_by", "aimed_at", "on", "frame", "face_of", "of"})
"""Fields whose words do not tell what they are."""

STAYS = "Prompts are not given away with this film."


class Line(NamedTuple):
    """What a department says of a shot, or of one of its parts."""

    department: str
    words: str


def word(shot: ReelShot, *paths: str) -> str:
    """Return what is known at some paths, in words; empty where nothing is."""
    values = ((path, shot.resolved.value(path)) for path in paths)
    return ", ".join(_worded(shot.resolved, path, value) for path, value in values if value is not None)


def name_of(resolved: Resolved, subject: str) -> str:
    """Return what a subject is called: a name, else what it is."""
    called = handle(resolved, subject)
    return called[:1].upper() + called[1:]


def people(shot: ReelShot) -> str:
    """Return who is in the shot."""
    return ", ".join(name_of(shot.resolved, name) for name, _ in shot.resolved.subjects)


def said_of_each(shot: ReelShot, *fields: str) -> str:
    """Return what some fields say of each subject: `Mara: a yellow raincoat`."""
    names = [name for name, _ in shot.resolved.subjects]
    told = ((name, word(shot, *(f"subjects.{name}.{field}" for field in fields))) for name in names)
    return "; ".join(f"{name_of(shot.resolved, name)}: {words}" for name, words in told if words)


def action(shot: ReelShot) -> str:
    """Return what the shot is for, and what happens in it."""
    beats = [
        f"{name_of(shot.resolved, who)}: {word(shot, f'beats.{beat}.action.{who}')}"
        for beat, held in ordered(shot.resolved.shot.beats)
        for who in held.action
    ]
    between = [word(shot, f"beats.{beat}.interaction") for beat, _ in ordered(shot.resolved.shot.beats)]
    return _run_on([word(shot, "intent.says"), *beats, *between])


def _run_on(sentences: Iterable[str]) -> str:
    """Write sentences one behind the other; a semicolon stands where one has no end of its own."""
    told = ""
    for one in filter(None, sentences):
        told += f"{'' if not told else ' ' if told[-1] in ENDS else '; '}{one}"
    return told


def dialogue(shot: ReelShot) -> str:
    """Return who says what, and a voice that is heard over the shot."""
    told = [
        f"{name_of(shot.resolved, who)}: {words}"
        for _, beat in ordered(shot.resolved.shot.beats)
        for who, words in beat.says.items()
    ]
    over = word(shot, "sound.voiceover")
    return "\n".join([*told, *([f"Voice-over: {over}"] if over else [])])


def sound(shot: ReelShot) -> str:
    """Return what is heard beside the dialogue."""
    beats = [f"beats.{beat}.sound" for beat, _ in ordered(shot.resolved.shot.beats)]
    return word(shot, "sound.ambience", "sound.effects", "sound.music", "sound.music_mood", *beats)


def moves(shot: ReelShot) -> str:
    """Return how the camera moves, one move after the other: `Dolly in, slow, 2 m`."""
    fields = ("path", "speed", "amount_m", "amount_deg")
    told = []
    for beat, held in ordered(shot.resolved.shot.beats):
        for move, _ in ordered(held.moves):
            at = f"beats.{beat}.moves.{move}"
            zoom = word(shot, f"{at}.focal_to_mm")
            words = word(shot, *(f"{at}.{field}" for field in fields))
            told.append(", ".join(filter(None, (words, f"to {zoom}" if zoom else ""))))
    return ", then ".join(filter(None, told))


def lens(shot: ReelShot) -> str:
    """Return lens and stop as a camera report has them: `85 mm, T2`."""
    return word(shot, "camera.focal_mm", "camera.lens_family", "camera.t_stop") or word(shot, "camera.field")


def key_side(shot: ReelShot) -> str:
    """Return from which side of the camera the key comes; empty for one from the front or behind."""
    if not shot.resolved.key:
        return ""
    at = f"lights.{shot.resolved.key}"
    azimuth = shot.resolved.number(f"{at}.camera_azimuth_deg")
    side = shot.resolved.value(f"{at}.side") or (light.side(azimuth) if azimuth is not None else "")
    return f"camera {side}" if side else ""


def key_to_fill(shot: ReelShot) -> float | None:
    """Return n of n:1, key against fill."""
    stops = shot.resolved.number("lighting.ratio_stops")
    if stops is None:
        return None
    times = light.ratio(abs(stops))[0]
    return figure(round(times if stops >= 0 else 1 / times, 2))


def lighting(shot: ReelShot) -> str:
    """Return the light in a line: its set-up, then each lamp with its place, colour and level."""
    each = (
        (row.title, ", ".join(filter(None, (row.place, _azimuth(shot, row), row.kelvin, row.level))))
        for row in lamps.rows(shot.resolved)
    )
    return "; ".join(
        filter(None, [word(shot, "lighting.setup", "lighting.style"), *(f"{name}: {told}" for name, told in each)])
    )


def _azimuth(shot: ReelShot, row: Row) -> str:
    azimuth = shot.resolved.number(f"lights.{row.name}.camera_azimuth_deg")
    return "" if azimuth is None else f"azimuth {plain(azimuth, 1)}°".replace("-", "−")


def lamp_list(shot: ReelShot) -> list[tuple[str, ...]]:
    """Return the lamps, a row each, under `LAMP_HEADS`."""
    return [(*Sheet.cells(row), _also(shot.resolved, row.name)) for row in lamps.rows(shot.resolved)]


def departments(shot: ReelShot) -> list[Line]:
    """Return all that is said, a line a department and one for each of its parts; the lamps stand in a list."""
    resolved = shot.resolved
    found: dict[tuple[int, int, str], list[tuple[int, str]]] = {}
    for path in resolved.said:
        if not path.startswith("lights."):
            place, at = _place(resolved, path)
            found.setdefault(place, []).append((at, path))
    return [
        Line(controls.DEPARTMENTS[number].label, _line(resolved, entry, [path for _, path in sorted(paths)]))
        for (number, _, entry), paths in sorted(found.items())
    ]


def take(shot: ReelShot) -> str:
    """Return which take stands for the shot: `take 3, circled`."""
    if shot.take is None:
        return ""
    return f"take {shot.take.number}{', circled' if shot.take.circled else ''}"


def head(shot: ReelShot) -> str:
    """Return what stands beneath the name of a shot: `Close-up · 85 mm, T2 · 3 s`."""
    length = f"{plain(shot.said_s, 2)} s" if shot.said_s is not None else "length open"
    return " · ".join(filter(None, (word(shot, "camera.size", "camera.angle"), lens(shot), moves(shot), length)))


def reads(shot: ReelShot) -> str:
    """Return what the light does, as it follows from its numbers."""
    ratio = lamps.ratio(shot.resolved)
    return " ".join(filter(None, (controls.reads(shot.resolved), ratio.words if ratio else "")))


def parameters(shot: ReelShot) -> str:
    """Return what goes beside the prompt: `aspect_ratio: 16:9, seed: 7`."""
    return ", ".join(f"{name}: {value}" for name, value in shot.compiled.values.items())


def losses(shot: ReelShot) -> list[str]:
    """Return what did not reach the model whole, and why."""
    told = []
    for loss in shot.compiled.losses:
        what = ", ".join(dict.fromkeys(title(path).partition(",")[0] for path in loss.paths))
        sent = f" Sent instead: {loss.sent}." if loss.sent else ""
        told.append(f"{what or 'This shot'} ({loss.kind}): {loss.reason}{sent}")
    return told


def day(made: datetime | None) -> str:
    """Return a date as it stands on paper: `4 May 2026`."""
    return f"{made.day} {made:%B %Y}" if made else ""


def scenes(shots: Iterable[ReelShot]) -> Iterator[tuple[str, list[ReelShot]]]:
    """Yield the shots scene by scene, as they follow each other; shots without a scene stand together as well."""
    run: list[ReelShot] = []
    for shot in shots:
        if run and run[-1].scene != shot.scene:
            yield run[-1].scene, run
            run = []
        run.append(shot)
    if run:
        yield run[-1].scene, run


def _worded(resolved: Resolved, path: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(worded(resolved, path, value, WHOLE).split())


def _also(resolved: Resolved, lamp: str) -> str:
    """Return what is said of a lamp and has no column."""
    at = f"lights.{lamp}."
    paths = [path for path in resolved.said if path.startswith(at) and path.removeprefix(at) not in IN_LAMP_LIST]
    return " · ".join(_named(resolved, path) for _, path in sorted((_place(resolved, path)[1], path) for path in paths))


def _place(resolved: Resolved, path: str) -> tuple[tuple[int, int, str], int]:
    """Return the line that a path stands in, by department, slot and part, and its place there."""
    department = controls.department_of(path)
    keys, forms = path.split("."), pattern(path).split(".")
    entry = ".".join(keys[:2]) if forms[1:2] == ["*"] else ""
    slot = getattr(getattr(resolved.shot, keys[0])[keys[1]], "slot", 0) if entry else -1
    listed = (*department.fields, *department.more, *department.parts, *department.more_parts)
    name = path if not entry else keys[2]
    at = listed.index(name) if name in listed else len(listed)
    return (controls.DEPARTMENTS.index(department), slot, entry), at


def _line(resolved: Resolved, entry: str, paths: list[str]) -> str:
    words = " · ".join(_named(resolved, path) for path in paths)
    group, _, name = entry.partition(".")
    several = len(getattr(resolved.shot, group)) > 1 if entry else False
    return f"{name.replace('_', ' ')}: {words}" if several else words


def _named(resolved: Resolved, path: str) -> str:
    """Write a value, with what it is called where neither its unit nor its words tell."""
    value = resolved.value(path)
    told, keys = _worded(resolved, path, value), path.split(".")
    if pattern(path).endswith("*"):
        return f"{name_of(resolved, keys[-1])}: {told}"
    number = isinstance(value, (int, float))
    told = told.replace("-", "−") if number else told
    if (number and keys[-1] not in BY_UNIT) or keys[-1] in POINTS:
        return f"{lowered(title(path).partition(',')[0].partition(':')[0])} {told}"
    return told


def figure(value: float | None) -> float | int | None:
    """Return a number as a cell holds it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(plain(value, 3))
