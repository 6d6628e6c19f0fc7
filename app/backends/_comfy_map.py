"""Where in a filmmaker's own ComfyUI workflow the prompt, the numbers and the pictures go: named, checked, filled in.

A workflow in API format maps the id of a node to its `class_type` and `inputs`; an input that comes from another node
is `["id", output]`. A place is the name of what goes in; its addresses are written `6.inputs.text`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple

from app.errors import BadInputError

Workflow = Mapping[str, Any]
Kind = Literal["text", "whole", "number", "picture", "node"]


class Place(NamedTuple):
    """What goes into a workflow: its name for a person, and what kind of value it takes."""

    label: str
    kind: Kind


MAPS = ("depth", "pose", "edges", "normals")
PICTURES = ("source", "mask", "start_frame", "end_frame", *MAPS)
"""Pictures told by their role alone: the part of the role's id behind `reference.role.`."""

PLACES: Mapping[str, Place] = {
    "prompt": Place("Prompt", "text"),
    "negative": Place("What to keep out", "text"),
    "seed": Place("Seed", "whole"),
    "width": Place("Width", "whole"),
    "height": Place("Height", "whole"),
    "length": Place("Frames of a clip", "whole"),
    "fps": Place("Frames a second", "number"),
    "steps": Place("Steps", "whole"),
    "cfg": Place("Strength of the prompt (cfg)", "number"),
    "guidance": Place("Guidance (FLUX)", "number"),
    "sampler_name": Place("Sampler", "text"),
    "scheduler": Place("Scheduler", "text"),
    "denoise": Place("How much of the source is drawn anew", "number"),
    "checkpoint": Place("Model file", "text"),
    "source": Place("Source picture", "picture"),
    "mask": Place("Mask", "picture"),
    "start_frame": Place("Start frame", "picture"),
    "end_frame": Place("End frame", "picture"),
    "depth": Place("Depth map", "picture"),
    "pose": Place("Pose map", "picture"),
    "edges": Place("Edge map", "picture"),
    "normals": Place("Normal map", "picture"),
    "output": Place("The node whose picture is kept", "node"),
}
"""The places by name. Beside these there are `reference.1`, `reference.2` … for the pictures that a prompt numbers, and
`NAME.strength` for how strongly a map or a reference holds."""

MOST_NODES, MOST_INPUTS = 1_000, 10_000
"""More than the largest workflows that people share."""

EXPORT = "In ComfyUI choose Workflow, then Export (API), and give that file."

WORDS_OF: Mapping[str, tuple[str, ...]] = {
    "depth": ("depth", "midas", "zoe"),
    "pose": ("openpose", "dwpose", "pose"),
    "edges": ("lineart", "canny", "softedge", "hed", "mlsd", "scribble", "edge"),
    "normals": ("normal",),
}
"""What the names of ControlNets and of their nodes call a map; a short word only where a word begins."""


class Link(NamedTuple):
    """The node that an input comes from, and which of its outputs."""

    node: str
    output: int


class Problem(NamedTuple):
    """What is wrong with one place of a mapping."""

    place: str
    says: str


def read(given: str | Mapping[str, Any]) -> Workflow:
    """Return a workflow from JSON or from data. Raises BadInputError with what to do for anything else."""
    found: Any = given
    if isinstance(given, str):
        try:
            found = json.loads(given)
        except (ValueError, RecursionError) as error:
            raise BadInputError("The workflow is no JSON.", hint=EXPORT) from error
    if isinstance(found, Mapping) and isinstance(found.get("prompt"), Mapping):
        found = found["prompt"]
    if isinstance(found, Mapping) and isinstance(found.get("nodes"), list):
        raise BadInputError("This is a workflow as the editor saves it; ComfyUI draws only its API form.", hint=EXPORT)
    if not isinstance(found, Mapping) or not found:
        raise BadInputError("The workflow holds no nodes.", hint=EXPORT)
    made = {name: _node(name, node) for name, node in found.items()}
    if len(made) > MOST_NODES or sum(len(one["inputs"]) for one in made.values()) > MOST_INPUTS:
        limit = f"The limit is {MOST_NODES:,} nodes with {MOST_INPUTS:,} inputs."
        raise BadInputError(f"The workflow is too large: it has {len(made):,} nodes.", hint=limit)
    return made


def _node(name: str, given: Any) -> dict[str, Any]:
    """Return a node as it is sent: what a server adds when it saves a picture is left out."""
    said = name[:80].encode(errors="replace").decode()
    if not isinstance(given, Mapping) or not isinstance(given.get("class_type"), str):
        raise BadInputError(f"Node {said} of the workflow says no class_type.", hint=EXPORT)
    inputs, about = given.get("inputs", {}), given.get("_meta")
    if not isinstance(inputs, Mapping):
        raise BadInputError(f"The inputs of node {said} are no object.", hint=EXPORT)
    title = about.get("title") if isinstance(about, Mapping) else None
    named = {"_meta": {"title": title}} if isinstance(title, str) else {}
    kept = {"class_type": given["class_type"], "inputs": dict(inputs), **named}
    try:
        json.dumps({name: kept}, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        says = f"Node {said} of the workflow holds a number or a letter that cannot be sent."
        raise BadInputError(says, hint="Put it right in ComfyUI, and export again.") from None
    return kept


def place_of(name: str) -> Place | None:
    """Return what a place of that name takes, or None when there is no such place."""
    stem, dot, number = name.removesuffix(".strength").partition(".")
    if stem == "reference" and dot and number.isdecimal() and int(number) >= 1:
        known = Place(f"Reference {int(number)}", "picture")
    elif name.endswith(".strength") and stem in MAPS:
        known = PLACES[stem]
    elif name in PLACES:
        return PLACES[name]
    else:
        return None
    return Place(f"{known.label}: how strongly it holds", "number") if name.endswith(".strength") else known


def places(given: Any) -> dict[str, tuple[str, ...]]:
    """Return a mapping as a person writes it, an address or a list of them to each name, as tuples.

    Raises BadInputError for anything else; a name with nothing behind it is left out.
    """
    found = {}
    try:
        data = json.loads(given) if isinstance(given, str) else given
    except ValueError as error:
        raise BadInputError("The places are no JSON.", hint=_EXAMPLE) from error
    if not isinstance(data, Mapping):
        raise BadInputError("The places are no object of names and addresses.", hint=_EXAMPLE)
    for name, value in data.items():
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple) or not all(isinstance(one, str) for one in listed):
            raise BadInputError(f"The place {name!r} is no address.", hint=_EXAMPLE)
        if kept := tuple(one.strip() for one in listed if one.strip()):
            found[str(name)] = kept
    return found


_EXAMPLE = 'Write {"prompt": "6.inputs.text", "seed": "3.inputs.seed"}.'


def checked(workflow: Workflow, at: Mapping[str, Sequence[str]]) -> tuple[Problem, ...]:
    """Say what a mapping gets wrong: a node that is gone, an input that is none or is taken, a value of another kind.

    Two pictures may share an input: a source and its own transparency, or what a model is shown and what it changes.
    """
    found, held = [], dict[str, str]()
    for name, there in at.items():
        known = place_of(name)
        taken = [held.setdefault(one, name) for one in there if known and known.kind != "picture"]
        other = next((one for one in taken if one != name), "")
        says = _objection(workflow, name, there)
        if not says and other:
            says = f"The same input already takes {_label(other)}; it can take one of the two."
        if says:
            found.append(Problem(name, says))
    return tuple(found)


def _label(name: str) -> str:
    known = place_of(name)
    return f"“{known.label}”" if known else name


def filled(workflow: Workflow, at: Mapping[str, Sequence[str]], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of a workflow with values put into their places; a value without a place is left out."""
    made: dict[str, Any] = deepcopy(dict(workflow))
    for name, value in values.items():
        for address in at.get(name, ()):
            node, _, key = address.partition(".inputs.")
            before = made[node]["inputs"][key]
            whole = isinstance(value, int) and not isinstance(value, bool)
            made[node]["inputs"][key] = float(value) if whole and isinstance(before, float) else value
    return made


def value_at(workflow: Workflow, at: Mapping[str, Sequence[str]], name: str) -> Any:
    """Return what stands at the first address of a place now, or None."""
    for address in at.get(name, ()):
        node, _, key = address.partition(".inputs.")
        return (workflow.get(node) or {}).get("inputs", {}).get(key)
    return None


def reads_alpha(workflow: Workflow, address: str) -> bool:
    """Tell whether a mask at an address is read from the transparency of its picture, not from its white."""
    name = address.partition(".inputs.")[0]
    node = workflow[name]
    if node["class_type"] == "LoadImageMask":
        return bool(node["inputs"].get("channel") == "alpha")
    return any(
        link_of(value) == Link(name, 1) for other in workflow.values() for value in other.get("inputs", {}).values()
    )


def map_named(said: str) -> str:
    """Return the map that a file's or a node's name speaks of, or nothing."""
    for place, words in WORDS_OF.items():
        if any(re.search(word if len(word) > 4 else rf"(?<![a-z]){word}", said.lower()) for word in words):
            return place
    return ""


def samplers(workflow: Workflow) -> int:
    """Return how many nodes draw: passes over the picture, each with steps of its own."""
    return sum(is_sampler(node) for node in workflow.values())


def _objection(workflow: Workflow, name: str, addresses: Sequence[str]) -> str:
    known = place_of(name)
    if known is None:
        near = get_close_matches(name, PLACES, n=1)
        return f"There is no such place. Did you mean {near[0]!r}?" if near else "There is no such place."
    for address in addresses:
        node, found, key = address.partition(".inputs.")
        if node not in workflow:
            return f"The workflow has no node {node}."
        if known.kind == "node":
            continue
        if not found or key not in workflow[node].get("inputs", {}):
            has = ", ".join(sorted(workflow[node].get("inputs", {}))) or "none"
            return f"Node {node} ({workflow[node]['class_type']}) has no such input; it has: {has}."
        value = workflow[node]["inputs"][key]
        if link := link_of(value):
            return f"{key!r} of node {node} comes from node {link.node}: name the input there."
        if not fits(value, known.kind):
            return f"{key!r} of node {node} holds {value!r}, which is no {_SAID[known.kind]}."
    return ""


_SAID: Mapping[Kind, str] = {
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "picture": "name of a picture",
    "node": "node",
}


def fits(value: Any, kind: Kind) -> bool:
    """Tell whether a value is of a kind."""
    if kind in ("text", "picture"):
        return isinstance(value, str)
    if isinstance(value, bool):
        return False
    return isinstance(value, int) if kind == "whole" else isinstance(value, int | float)


def link_of(value: Any) -> Link | None:
    """Return an input as the link that it is, or None for a value."""
    match value:
        case [str() | int() as node, int(output)] if not isinstance(node, bool):
            return Link(str(node), output)
    return None


def is_sampler(node: Mapping[str, Any]) -> bool:
    """Tell whether a node draws: it takes a latent, and noise of its own or a guide."""
    inputs = node.get("inputs", {})
    latent = any(link_of(inputs.get(name)) for name in ("latent_image", "latent"))
    return latent and (
        ("positive" in inputs and bool({"seed", "noise_seed"} & inputs.keys()))
        or bool({"guider", "sigmas"} <= inputs.keys())
    )
