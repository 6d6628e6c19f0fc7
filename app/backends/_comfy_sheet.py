"""Lays out where things go in a ComfyUI workflow, for a person to look at and to put right."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, get_args

from app.backends._comfy_guess import Places, guess
from app.backends._comfy_map import MAPS, PLACES, Kind, Place, Workflow, checked, fits, link_of, place_of
from app.backends.base import Input, Offer, Sheet, Slot

SHOWN = 60
"""A value is shown up to so many letters."""

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"})

SHARED = frozenset({"prompt", "negative", "seed"})
"""What several inputs may take: encoders with two fields, samplers behind each other."""

UNKNOWN = Place("", "text")


def sheet(workflow: Workflow, said: Mapping[str, Sequence[str]] | None) -> Sheet:
    """Lay out a workflow with its places as somebody said them, or as they are guessed."""
    found = guess(workflow)
    at = found.at if said is None else {name: tuple(there) for name, there in said.items()}
    wrong = {one.place: one.says for one in checked(workflow, at)}
    offers = {kind: tuple(_offers(workflow, kind)) for kind in get_args(Kind)}
    slots, homeless = [], []
    for name in _names(found, at, has_pictures=bool(offers["picture"])):
        known = place_of(name) or UNKNOWN
        there = at.get(name, ())
        if not there and not offers[known.kind]:
            homeless.append(known.label)
            continue
        why = _why(workflow, found, name, there)
        problem, label = wrong.get(name, ""), known.label or name
        slots.append(Slot(name, label, there, why, problem, offers[known.kind], is_shared=name in SHARED))
    return Sheet(workflow, tuple(slots), found.missing if at == found.at else (), tuple(homeless))


def _names(found: Places, at: Mapping[str, Any], *, has_pictures: bool) -> list[str]:
    """Return the names of the places: each picture's strength behind it, the references, and names that are none."""
    used = {*found.at, *at}
    numbers = [int(name.split(".")[1]) for name in used if name.startswith("reference.") and place_of(name)]
    count = min(max(numbers, default=0) + has_pictures, 99)
    pictures = [*MAPS, *(f"reference.{number}" for number in range(1, count + 1))]
    order = [name for name in PLACES if name not in (*MAPS, "output")]
    for name in pictures:
        order.append(name)
        order += [f"{name}.strength"] if {name, f"{name}.strength"} & used else []
    return [*dict.fromkeys([*order, "output", *at])]


def _why(workflow: Workflow, found: Places, name: str, there: tuple[str, ...]) -> str:
    guessed, why = found.at.get(name, ()), found.why.get(name, "")
    why = why[:1].upper() + why[1:]
    if there == guessed:
        return why
    chosen = "Chosen by hand." if there else "Left out by hand."
    if not guessed:
        return chosen
    where = ", ".join(_where(workflow, one) for one in guessed)
    return f"{chosen} The guess was {where}. {why}"


def _where(workflow: Workflow, address: str) -> str:
    name, _, key = address.partition(".inputs.")
    return f"{_short_name(name, workflow[name])} · {key}" if key else _short_name(name, workflow[name])


def _offers(workflow: Workflow, kind: Kind) -> Iterator[Offer]:
    """Yield the inputs that take a kind of value, by node; of nodes those that nothing else uses."""
    if kind == "node":
        used = {
            link.node for node in workflow.values() for value in node["inputs"].values() if (link := link_of(value))
        }
        ends = tuple(Input(name, _short_name(name, node)) for name, node in workflow.items() if name not in used)
        if ends:
            yield Offer("Nodes at the end", ends)
        return
    for name, node in workflow.items():
        short = _short_name(name, node)
        inputs = tuple(
            Input(f"{name}.inputs.{key}", f"{short} · {key} = {_shown(value)}")
            for key, value in node["inputs"].items()
            if fits(value, kind) and (kind != "picture" or _is_picture(key, value))
        )
        if inputs:
            yield Offer(_long_name(name, node), inputs)


def _is_picture(key: str, value: str) -> bool:
    """Tell a picture's name from other text, by the input's name or by its ending."""
    return "image" in key.lower() or PurePath(value[-SHOWN:]).suffix.lower() in PICTURES


def _title(node: Mapping[str, Any]) -> str:
    return str(node.get("_meta", {}).get("title", "")).strip()[:SHOWN]


def _short_name(name: str, node: Mapping[str, Any]) -> str:
    return f"{name[:SHOWN]} {_title(node) or node['class_type'][:SHOWN]}"


def _long_name(name: str, node: Mapping[str, Any]) -> str:
    kind, title = node["class_type"][:SHOWN], _title(node)
    return f"{name[:SHOWN]} {kind} “{title}”" if title and title != kind else f"{name[:SHOWN]} {kind}"


def _shown(value: Any) -> str:
    flat = " ".join(str(value).split())
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}…"
