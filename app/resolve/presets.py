"""Parts of a shot that are kept to be used again: how one is taken out of a shot, and what it makes of another.

A preset is a patch, as everything else that changes a shot is. What it changes is worked out against the shot that it
is put on, so that a light set-up takes the lamps' place that stood there, and a person stands where the last one did.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from app.errors import BadInputError, UnknownNameError
from app.patch import Json, diff
from app.resolve.parts import LENS, at, heads_of, stands, who
from app.schema import Shot


class Kind(NamedTuple):
    """A sort of preset. `parts` are what it takes of a shot; a look takes those that somebody chooses."""

    label: str
    many: str
    gloss: str
    parts: tuple[str, ...] = ()


KINDS = {
    "look": Kind("Look", "Looks", "Any part of a shot: stock, grade, glass, a style of light."),
    "person": Kind("Person", "People", "Who somebody is, in the same words each time, with their pictures."),
    "place": Kind("Place", "Places", "Where it is, with its pictures; the hour and the weather stay the shot's."),
    "prop": Kind("Prop", "Props", "Things that must look the same in every shot."),
    "lights": Kind(
        "Light set-up", "Light set-ups", "Every lamp, and what belongs to no single one.", ("lighting", "lights")
    ),
    "lenses": Kind("Lens package", "Lens packages", "Format, glass, squeeze and filters.", LENS),
    "negatives": Kind("Negative set", "Negative sets", "What is to stay out of the picture.", ("exclude",)),
    "shot": Kind("Shot", "Shots", "A whole shot, to begin another one from."),
    "prompt": Kind("Prompt", "Prompts", "A text as it was sent, with the model that it was written for."),
}

HOUR = frozenset({"time", "sun_elevation_deg", "season", "weather", "atmosphere"})
"""What of a place is the shot's own, unless the preset says it."""

OF_A_PLACE = frozenset({"reference.role.composition", "reference.role.mood", "reference.role.texture"})
"""Roles of pictures that show where it is, where they are nobody's."""


def taken(shot: Shot, kind: str, of: str = "", parts: Sequence[str] = ("look",)) -> Json:
    """Take a part out of a shot. `of` names the person, or the prop by its words; `parts` are those of a look.

    Raises UnknownNameError for what there is not, and BadInputError where the shot says nothing of it.
    """
    if kind not in KINDS:
        raise UnknownNameError("kind of preset", kind, KINDS)
    document = _plain(shot)
    found = TAKEN[kind](document, of) if kind in TAKEN else at(document, _heads(kind, parts))
    if not found:
        raise BadInputError(
            f"This shot says nothing that a {KINDS[kind].label.lower()} would hold.",
            hint="Say it on the shot first, or keep another part of it.",
        )
    return found


def applied(shot: Shot, kind: str, preset: Json) -> Json:
    """Return the patch by which a shot takes a preset up. Raises BadInputError for a prompt."""
    if kind == "prompt":
        raise BadInputError("A prompt is a text, and no part of a shot.", hint="Make a shot of it, or copy it.")
    document = _plain(shot)
    patch: Json = diff(document, PUT.get(kind, _over)(document, preset))
    return patch


def _heads(kind: str, parts: Sequence[str]) -> tuple[str, ...]:
    return KINDS[kind].parts or heads_of(parts)


def _plain(shot: Shot) -> Json:
    document: Json = shot.model_dump(mode="json", exclude_defaults=True)
    return document


def _person(document: Json, of: str) -> Json:
    """Take who somebody is, and the pictures that show them."""
    people = document.get("subjects", {})
    if not people:
        return {}
    if of not in people:
        raise UnknownNameError("subject", of, people)
    person = who(people[of])
    return {"subjects": {of: person}, **_pictures(document, lambda one: one.get("of") == of)} if person else {}


def _place(document: Json, _of: str) -> Json:
    """Take where it is, and the pictures of it that are nobody's."""
    place = document.get("place", {})
    pictures = _pictures(document, lambda one: "of" not in one and one.get("role") in OF_A_PLACE)
    return {"place": place, **pictures} if place else {}


def _prop(document: Json, of: str) -> Json:
    """Take one thing, or all of them."""
    props = document.get("place", {}).get("props", [])
    if of and of not in props:
        raise UnknownNameError("prop", of, props)
    return {"place": {"props": [of] if of else props}} if props else {}


def _whole(document: Json, _of: str) -> Json:
    """Take the shot as it is, but for what was said of a picture that is to be changed."""
    return {key: value for key, value in document.items() if key not in {"kind", "edit"}}


def _pictures(document: Json, shows: Callable[[Json], bool]) -> Json:
    found = {name: one for name, one in document.get("references", {}).items() if shows(one)}
    return {"references": found} if found else {}


TAKEN: dict[str, Callable[[Json, str], Json]] = {"person": _person, "place": _place, "prop": _prop, "shot": _whole}


def _over(document: Json, preset: Json) -> Json:
    """Return a document with what a look says: each map and list whole, each other field alone."""
    after = dict(document)
    for key, value in preset.items():
        if key == "lights":
            after = _lit(after, value)
        elif key in {"subjects", "references", "beats", "exclude"} or not isinstance(value, dict):
            after[key] = value
        else:
            after[key] = {**after.get(key, {}), **value}
    return after


def _add_person(document: Json, preset: Json) -> Json:
    """Put a person where one of that name stands, else behind the others."""
    people = document.get("subjects", {})
    ((kept, person),) = preset["subjects"].items()
    named = person.get("name", "").casefold()
    same = [key for key, one in people.items() if named and one.get("name", "").casefold() == named]
    same += [key for key, one in people.items() if key == kept and not (named and one.get("name"))]
    name = [*same, _free(kept, people)][0]
    doing = {"slot": _last(people) + 1} if name not in people and people else stands(people.get(name, {}))
    return _with_pictures({**document, "subjects": {**people, name: {**person, **doing}}}, preset, name)


def _move(document: Json, preset: Json) -> Json:
    """Put the shot somewhere else: nothing of the last place stays but the hour and the weather."""
    hour = {key: value for key, value in document.get("place", {}).items() if key in HOUR}
    return _with_pictures({**document, "place": {**hour, **preset["place"]}}, preset, "")


def _add_props(document: Json, preset: Json) -> Json:
    place = document.get("place", {})
    return {**document, "place": {**place, "props": _joined(place.get("props", []), preset["place"]["props"])}}


def _keep_out(document: Json, preset: Json) -> Json:
    return {**document, "exclude": _joined(document.get("exclude", []), preset["exclude"])}


def relit(document: Json, preset: Json) -> Json:
    """Strike every lamp that stands there, and set up those of the preset."""
    after: Json = {key: value for key, value in document.items() if key not in {"lighting", "lights"}}
    if "lighting" in preset:
        after["lighting"] = preset["lighting"]
    return _lit(after, preset.get("lights", {}))


def _lit(document: Json, lights: Json) -> Json:
    """Return a document with these lamps alone: they are aimed at its own people, and no beat tells of another lamp."""
    people = document.get("subjects", {})
    hero = min(people, key=lambda one: int(people[one].get("slot", 0)), default=None)
    set_up: Json = {name: _aimed(lamp, people, hero) for name, lamp in lights.items()}
    after: Json = {**document, "lights": set_up}
    if "beats" in document:
        beats: Json = document["beats"]
        after["beats"] = {name: _without_lamps(beat, set_up) for name, beat in beats.items()}
    return after


def _aimed(lamp: Json, people: Json, hero: str | None) -> Json:
    moved: Json = {key: hero for key in ("face_of", "aimed_at") if key in lamp and lamp[key] not in people}
    said: Json = {**lamp, **moved}
    return {key: value for key, value in said.items() if value is not None}


def _without_lamps(beat: Json, lights: Json) -> Json:
    kept = {name: one for name, one in beat.get("lights", {}).items() if name in lights}
    rest = {key: value for key, value in beat.items() if key != "lights"}
    return {**rest, "lights": kept} if kept else rest


def _begin(_document: Json, preset: Json) -> Json:
    return preset


PUT: dict[str, Callable[[Json, Json], Json]] = {
    "person": _add_person,
    "place": _move,
    "prop": _add_props,
    "lights": relit,
    "negatives": _keep_out,
    "shot": _begin,
}


def _with_pictures(document: Json, preset: Json, of: str) -> Json:
    """Add the pictures of a preset that the shot does not have yet, each under an id of its own."""
    pictures = dict(document.get("references", {}))
    there = {(one.get("asset"), one.get("role")) for one in pictures.values()}
    for name, one in preset.get("references", {}).items():
        if (one.get("asset"), one.get("role")) not in there:
            whose = {"of": of} if of else {}
            pictures[_free(name, pictures)] = {**one, **whose, "slot": _last(pictures) + 1}
    return {**document, "references": pictures} if pictures else document


def _free(name: str, taken_ids: Json) -> str:
    number, free = 1, name
    while free in taken_ids:
        number += 1
        free = f"{name[:36]}_{number}"
    return free


def _last(entries: Json) -> int:
    return max((int(one.get("slot", 0)) for one in entries.values()), default=-1)


def _joined(first: Sequence[Any], then: Sequence[Any]) -> list[Any]:
    return [*first, *(one for one in then if one not in first)]
