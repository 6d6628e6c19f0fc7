"""Finds the states in a CinePrompt file, whatever wraps them."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.errors import ShotError
from app.vocab import Crosswalk

Json = dict[str, Any]

MAX_CHARS = 4_000_000
MAX_SHOTS = 1000
MAX_VALUES = 50_000
"""A file beyond these is no export of somebody's work."""

MAX_TEXT = 2000
DEEPEST = 4

GLOBAL = "ms_"
"""What the names of fields that hold for all shots begin with."""

EXPECTED = 'Expected a state of {label}, such as {{"mode": "single", "fields": {{"shot_type": "close-up"}}}}.'


class Said(NamedTuple):
    """One value of one field; `note` says what had to be done to it."""

    field: str
    value: str
    note: str = ""


class State(NamedTuple):
    """What one shot says, in the file's order: fields, keys beside them, and which of them hold for all shots."""

    fields: tuple[Said, ...]
    beside: tuple[Said, ...]
    overruled: tuple[Said, ...]
    form: str


def read_states(content: str, name: str, crosswalk: Crosswalk) -> list[State]:
    """Return the states of a file, one for each shot, or raise with what is wrong and where."""
    hint = EXPECTED.format(label=crosswalk.label)
    found: list[State] = []
    values = 0
    try:
        for where, state in _unwrapped(_parsed(content, name, hint), name, hint):
            for shot in _shots(state, where, crosswalk, hint):
                found.append(shot)
                values += len(shot.fields) + len(shot.beside)
                if len(found) > MAX_SHOTS or values > MAX_VALUES:
                    limit = f"At most {MAX_SHOTS:,} shots with {MAX_VALUES:,} values are read at once."
                    raise ShotError(f"{name} holds too much.", hint=limit)
    except RecursionError:
        raise ShotError(f"{name} is nested too deeply.", hint=hint) from None
    if not found:
        raise ShotError(f"{name} holds no state.", hint=hint)
    return found


def _parsed(content: str, name: str, hint: str) -> Any:
    if len(content) > MAX_CHARS:
        raise ShotError(f"{name} holds {len(content):,} characters.", hint=f"At most {MAX_CHARS:,} are read.")
    try:
        return json.loads(content.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise ShotError(f"{name}, line {error.lineno}: {error.msg}.", hint=f"This is not JSON. {hint}") from None
    except ValueError:
        raise ShotError(f"{name} holds a number that is too long to read.") from None


def _unwrapped(data: Any, where: str, hint: str, depth: int = 0) -> Iterator[tuple[str, Json]]:
    """Yield every state with its place: alone, in a list, under `states`, or in the `state` of each of `prompts`."""
    if isinstance(data, list) and depth < DEEPEST:
        for number, one in enumerate(data, start=1):
            yield from _unwrapped(one, f"{where}, entry {number}", hint, depth + 1)
    elif isinstance(data, dict) and depth < DEEPEST and (inner := _inside(data)):
        yield from _unwrapped(data[inner], f"{where}, {inner}", hint, depth + 1)
    elif isinstance(data, dict):
        yield where, data
    else:
        raise ShotError(f"{where}: {_what(data)} is no state.", hint=hint)


def _inside(data: Json) -> str:
    """Return the key under which a wrapper keeps its states, or nothing when the data is a state itself."""
    wrapped = "" if isinstance(data.get("fields"), dict) else "states prompts state"
    return next((key for key in wrapped.split() if isinstance(data.get(key), list | dict)), "")


def _shots(state: Json, where: str, crosswalk: Crosswalk, hint: str) -> Iterator[State]:
    """Yield the shots of a state: itself, or each of its shots over what holds for all of them."""
    fields, beside = _parts(state, where, crosswalk, hint)
    shots = state.get("shots")
    if shots is not None and not isinstance(shots, list):
        raise ShotError(f"{where}, shots: {_what(shots)} is no list of shots.", hint=hint)
    form = state.get("subjectType")
    if not shots:
        yield State(fields, beside, (), _text(form))
    for number, shot in enumerate(shots or (), start=1):
        at = f"{where}, shot {number}"
        if not isinstance(shot, dict):
            raise ShotError(f"{at}: {_what(shot)} is no shot.", hint=hint)
        own, own_beside = _parts(shot, at, crosswalk, hint)
        said = {plain_name(one.field) for one in own}
        common = tuple(one for one in fields if plain_name(one.field) not in said)
        overruled = tuple(one for one in fields if plain_name(one.field) in said)
        yield State((*own, *common), (*own_beside, *beside), overruled, _text(shot.get("subjectType", form)))


def plain_name(field: str) -> str:
    """Return a field's name without the mark of one that holds for all shots."""
    return field.removeprefix(GLOBAL)


def _parts(state: Json, where: str, crosswalk: Crosswalk, hint: str) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Return what a state's fields say, and what stands beside them."""
    beside = {key: value for key, value in state.items() if key not in crosswalk.about}
    if "fields" not in state:
        if "shots" not in state and not any(plain_name(key) in crosswalk.paths for key in beside):
            raise ShotError(f"{where} has no field of {crosswalk.label}.", hint=hint)
        return tuple(_said(beside)), ()
    fields = state["fields"]
    if not isinstance(fields, dict):
        raise ShotError(f"{where}, fields: {_what(fields)} is no object of fields.", hint=hint)
    return tuple(_said(fields)), tuple(_said(beside))


def _said(fields: Json) -> Iterator[Said]:
    for name, value in fields.items():
        for text in _texts(value):
            words, note = _clean(text)
            if words:
                yield Said(_clean(name)[0] or "?", words, note)


def _texts(value: Any) -> Iterator[str]:
    """Yield a field's values as text; what is null, false or empty says nothing."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        yield json.dumps(value, ensure_ascii=False) if value else ""
    elif value is True:
        yield "yes"
    elif value is not None and value is not False:
        yield str(value)


def _text(value: Any) -> str:
    return _clean(value)[0] if isinstance(value, str) else ""


def _clean(text: str) -> tuple[str, str]:
    """Return text that can be kept, without what no model can read, and a note where it had to be cut."""
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", " ", text).encode("utf-8", "replace").decode().strip()
    if len(kept) <= MAX_TEXT:
        return kept, ""
    return kept[:MAX_TEXT].strip(), f"Cut after {MAX_TEXT:,} of {len(kept):,} characters."


def _what(data: Any) -> str:
    """Name a kind of data in words."""
    names = {list: "a list", dict: "an object", str: "text", bool: "true or false", type(None): "null"}
    return names.get(type(data), "a number")
