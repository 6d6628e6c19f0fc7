"""Reads off a ComfyUI workflow where the prompt, the numbers and the pictures go, with a reason for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from app.backends._comfy_map import PLACES, Kind, Link, Workflow, fits, is_sampler, link_of, map_named, value_at

ENCODED = ("text", "prompt", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "positive_prompt")
"""Inputs of text encoders that take the prompt."""

HOLDING = ("text", "value", "string", "prompt", "seed", "noise_seed", "int", "float", "number", "image")
"""Inputs of the little nodes that hold one value for others."""

FRAMES: Mapping[str, tuple[str, ...]] = {
    "start_frame": ("start_image", "first_frame", "start_frame", "first_image", "init_image"),
    "end_frame": ("end_image", "last_frame", "end_frame", "last_image"),
}
SIDES: Mapping[str, str] = {"width": "width", "height": "height", "length": "length", "video_frames": "length"}
NUMBERS = ("steps", "cfg", "sampler_name", "scheduler")
LENDING = ("clip_vision_output", "ref_image", "reference_image")
"""Inputs that lend from a picture, whatever the node."""

SIDES_OF: Mapping[str, tuple[str, ...]] = {"prompt": ("positive", "conditioning", "cond1"), "negative": ("negative",)}
WEIGHTS = ("strength", "weight", "strength_model")


MOST_SAMPLERS = 32
"""So many are followed; nobody's picture is drawn in more passes."""


@dataclass(frozen=True)
class Places:
    """Where things go, as it was guessed: the addresses of each place, why each, and what was not found."""

    at: Mapping[str, tuple[str, ...]]
    why: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def guess(workflow: Workflow) -> Places:
    """Read the places off a workflow: from what is saved back through the samplers to where things come in."""
    graph = _Graph(workflow)
    notes = _Notes(graph)
    _read_output(graph, notes)
    drawing = [name for name in graph.order if is_sampler(graph.nodes[name])][:MOST_SAMPLERS]
    if drawing:
        _read_texts(graph, notes, drawing)
        _read_numbers(graph, notes, drawing)
        _read_latent(graph, notes, drawing[0])
    else:
        notes.missing.append("No sampler was found: nothing leads from what is saved to a prompt, a seed or a size.")
    _read_frames(graph, notes)
    _read_maps(graph, notes)
    _read_references(graph, notes)
    notes.finish()
    return Places(notes.at, notes.why, tuple(notes.missing))


def _is_loader(node: Mapping[str, Any]) -> bool:
    return "loadimage" in node["class_type"].lower().replace(" ", "") and isinstance(
        node.get("inputs", {}).get("image"), str
    )


class _Graph:
    """A workflow that can be walked: `order` has every node that something saved needs, the first made first."""

    def __init__(self, workflow: Workflow) -> None:
        self.nodes: dict[str, Any] = {
            str(name): node for name, node in workflow.items() if isinstance(node, Mapping) and "class_type" in node
        }
        used = {link.node for node in self.nodes.values() for link in _links(node)}
        self.ends = [name for name in self.nodes if name not in used]
        self.order: list[str] = []
        for name in self.ends:
            self._reach(name)

    def kind(self, name: str) -> str:
        """Return a node's class."""
        return str(self.nodes[name]["class_type"])

    def inputs(self, name: str) -> Mapping[str, Any]:
        """Return a node's inputs."""
        found: Mapping[str, Any] = self.nodes[name].get("inputs", {})
        return found

    def link(self, name: str, key: str) -> Link | None:
        """Return where an input comes from, when that is a node of the workflow."""
        found = link_of(self.inputs(name).get(key))
        return found if found and found.node in self.nodes else None

    def said(self, name: str) -> str:
        """Return how a person finds a node: number, class, and the title where it has one."""
        title = (self.nodes[name].get("_meta") or {}).get("title")
        kind = self.kind(name)
        return f"node {name} ({kind}, “{title}”)" if title and title != kind else f"node {name} ({kind})"

    def upstream(self, start: Link | None) -> Iterator[Link]:
        """Walk back from a link, the nearest first."""
        waiting, seen = [start] if start else [], set()
        while waiting:
            here = waiting.pop(0)
            if here.node in seen or here.node not in self.nodes:
                continue
            seen.add(here.node)
            yield here
            waiting += _links(self.nodes[here.node])

    def holder(self, name: str, key: str, kind: Kind) -> str | None:
        """Return the address where the value of an input can be put: there, or in the little node that holds it."""
        for _ in range(len(self.nodes) + 1):
            value = self.inputs(name).get(key)
            link = link_of(value)
            if link is None:
                return f"{name}.inputs.{key}" if fits(value, kind) else None
            if link.node not in self.nodes:
                return None
            name = link.node
            held = [one for one, value in self.inputs(name).items() if link_of(value) or fits(value, kind)]
            named = [one for one in HOLDING if one in held] or held
            if len(named) != 1:
                return None
            key = named[0]
        return None

    def picture(self, start: Link | None) -> tuple[str, tuple[str, ...]] | None:
        """Return the address of the nearest loaded picture behind a link, and the classes on the way."""
        passed: list[str] = []
        for here in self.upstream(start):
            node = self.nodes[here.node]
            if _is_loader(node):
                return f"{here.node}.inputs.image", tuple(passed)
            if is_sampler(node):
                return None
            passed.append(self.kind(here.node))
        return None

    def _reach(self, end: str) -> None:
        waiting = [(end, False)]
        while waiting:
            name, done = waiting.pop()
            if done:
                self.order.append(name) if name not in self.order else None
            elif name in self.nodes and name not in self.order:
                waiting.append((name, True))
                waiting += [
                    (link.node, False)
                    for link in reversed(_links(self.nodes[name]))
                    if (link.node, True) not in waiting
                ]


def _links(node: Mapping[str, Any]) -> list[Link]:
    return [link for value in node.get("inputs", {}).values() if (link := link_of(value))]


class _Notes:
    """What was found so far. An address is given to one place only."""

    def __init__(self, graph: _Graph) -> None:
        self.graph = graph
        self.at: dict[str, tuple[str, ...]] = {}
        self.why: dict[str, str] = {}
        self.missing: list[str] = []
        self.references = 0

    def take(self, place: str, addresses: Sequence[str | None], why: str) -> bool:
        """Give free addresses to a place that has none yet."""
        held = {one for taken in self.at.values() for one in taken}
        free = tuple(dict.fromkeys(one for one in addresses if one and one not in held))
        if place in self.at or not free:
            return False
        self.at[place], self.why[place] = free, why
        return True

    def picture(self, place: str, start: Link | None, why: str, weight_of: str = "") -> bool:
        """Give the loaded picture behind a link to a place, and the strength beside it."""
        found = self.graph.picture(start)
        if not found or not self.take(place, (found[0],), f"{why}{_through(found[1])}"):
            return False
        for key in WEIGHTS if weight_of else ():
            if key in self.graph.inputs(weight_of):
                held = self.graph.holder(weight_of, key, "number")
                self.take(f"{place}.strength", (held,), f"{key!r} of {self.graph.said(weight_of)}.")
        return True

    def reference(self, start: Link | None, why: str, weight_of: str = "") -> bool:
        """Give the loaded picture behind a link to the next reference."""
        self.references += self.picture(f"reference.{self.references + 1}", start, why, weight_of)
        return bool(self.references)

    def finish(self) -> None:
        """Say what a mapping usually has and this one lacks."""
        held = {one.partition(".inputs.")[0] for taken in self.at.values() for one in taken}
        for name in self.graph.order:
            if _is_loader(self.graph.nodes[name]) and name not in held:
                self.missing.append(f"What the picture of {self.graph.said(name)} is for was not found.")
        if "prompt" not in self.at:
            self.missing.append("No place for the prompt was found.")
        if "seed" not in self.at:
            self.missing.append("No seed was found: the same prompt gives the same picture again.")


def _through(passed: Sequence[str]) -> str:
    makes = [one for one in passed if "preprocess" in one.lower() or "detector" in one.lower()]
    return f" It passes through {makes[0]}: take that out, if what you send is a map already." if makes else ""


def _read_output(graph: _Graph, notes: _Notes) -> None:
    """Take the last node that makes a clip, else one that saves, else one that only previews."""
    for word in ("video", "webm", "animated", "save", "preview"):
        found = [name for name in graph.order if name in graph.ends and word in graph.kind(name).lower()]
        if found:
            notes.take("output", (found[-1],), f"{graph.said(found[-1])} is what ends the workflow.")
            return
    notes.missing.append("Nothing in the workflow saves a picture.")


def _read_texts(graph: _Graph, notes: _Notes, drawing: Sequence[str]) -> None:
    """Follow positive and negative back to the nodes that encode text; those that hold the same words go together."""
    for place, keys in SIDES_OF.items():
        starts = [link for name in drawing if (link := _side(graph, name, keys))]
        encoders = list(dict.fromkeys(one for start in starts for one in _encoders(graph, start)))
        if not encoders:
            continue
        first, words = encoders[0], _words(graph, encoders[0])
        alike = [one for one in encoders if _words(graph, one) == words]
        left = len(encoders) - len(alike)
        side = "negative" if place == "negative" else "positive"
        more = f" {left} more with other words are left as they are." if left else ""
        addresses = [held for one in alike for held in _fields(graph, one)]
        notes.take(
            place, addresses, f"{graph.said(first)} is encoded for the {side} side of {graph.said(drawing[0])}.{more}"
        )
        _read_guidance(graph, notes, starts[0])


def _side(graph: _Graph, sampler: str, keys: Sequence[str]) -> Link | None:
    guider = graph.link(sampler, "guider")
    return next((link for key in keys if (link := graph.link(guider.node if guider else sampler, key))), None)


def _fields(graph: _Graph, encoder: str) -> list[str]:
    """Return where the words of an encoder can be put."""
    found = [graph.holder(encoder, key, "text") for key in ENCODED if key in graph.inputs(encoder)]
    return [one for one in found if one]


def _words(graph: _Graph, encoder: str) -> Any:
    """Return what an encoder says now."""
    return [value_at(graph.nodes, {"": [one]}, "") for one in _fields(graph, encoder)]


def _encoders(graph: _Graph, start: Link | None) -> Iterator[str]:
    """Walk conditioning back to its text encoders; a node with both sides passes each one on."""
    waiting, seen = [start] if start else [], set()
    while waiting:
        here = waiting.pop(0)
        inputs = graph.inputs(here.node)
        if here in seen or graph.kind(here.node) == "ConditioningZeroOut":
            continue
        seen.add(here)
        if graph.link(here.node, "clip") and any(key in inputs for key in ENCODED):
            yield here.node
        elif {"positive", "negative"} <= inputs.keys():
            waiting += filter(None, (graph.link(here.node, ("positive", "negative")[min(here.output, 1)]),))
        else:
            waiting += [link for key in inputs if "cond" in key and (link := graph.link(here.node, key))]


def _read_guidance(graph: _Graph, notes: _Notes, start: Link | None) -> None:
    for here in graph.upstream(start):
        if "guidance" in graph.inputs(here.node):
            held = graph.holder(here.node, "guidance", "number")
            notes.take("guidance", (held,), f"'guidance' of {graph.said(here.node)}.")


def _read_numbers(graph: _Graph, notes: _Notes, drawing: Sequence[str]) -> None:
    """Take the seeds of all samplers, and the other numbers of the first and of those that go on with its steps."""
    first = drawing[0]
    seeds = [held for name in drawing for node in _beside(graph, name) if (held := _seed(graph, node))]
    notes.take("seed", seeds, f"It starts {graph.said(first)}{' and those behind it' if drawing[1:] else ''}.")
    going_on = [first, *(name for name in drawing[1:] if "start_at_step" in graph.inputs(name))]
    for place in NUMBERS:
        nodes = [node for name in going_on for node in _beside(graph, name) if place in graph.inputs(node)]
        found = [graph.holder(node, place, PLACES[place].kind) for node in nodes]
        notes.take(place, found, f"It belongs to {graph.said(first)}.")
    _read_model(graph, notes, first)


def _read_model(graph: _Graph, notes: _Notes, first: str) -> None:
    model = next((link for node in _beside(graph, first) if (link := graph.link(node, "model"))), None)
    for here in graph.upstream(model):
        for key in ("ckpt_name", "unet_name"):
            if isinstance(graph.inputs(here.node).get(key), str):
                notes.take("checkpoint", (f"{here.node}.inputs.{key}",), f"{graph.said(here.node)} loads the model.")


def _beside(graph: _Graph, sampler: str) -> list[str]:
    """Return a sampler and the nodes that say its noise, its guide, its sampler and its steps."""
    keys = ("noise", "guider", "sampler", "sigmas")
    found = [sampler]
    for link in (graph.link(sampler, key) for key in keys):
        found += [here.node for here in graph.upstream(link) if _says_steps(graph, here.node)]
    return list(dict.fromkeys(found))


def _says_steps(graph: _Graph, name: str) -> bool:
    wanted = {"noise_seed", "cfg", "sampler_name", "scheduler", "steps"}
    return not is_sampler(graph.nodes[name]) and bool(wanted & graph.inputs(name).keys())


def _seed(graph: _Graph, name: str) -> str | None:
    return next((graph.holder(name, key, "whole") for key in ("seed", "noise_seed") if key in graph.inputs(name)), None)


def _read_latent(graph: _Graph, notes: _Notes, sampler: str) -> None:
    """Follow the latent back to the size it is made in, or to the picture that it is made of."""
    start = graph.link(sampler, "latent_image") or graph.link(sampler, "latent")
    before = list(takewhile(lambda here: not is_sampler(graph.nodes[here.node]), graph.upstream(start)))
    for name, inputs in ((here.node, graph.inputs(here.node)) for here in before):
        if "pixels" in inputs:
            notes.picture("source", graph.link(name, "pixels"), f"{graph.said(name)} begins with it.")
        for key in (one for one in SIDES if {"width", "height", one} <= inputs.keys()):
            notes.take(SIDES[key], (graph.holder(name, key, "whole"),), f"{key!r} of {graph.said(name)}.")
    for here in before:
        if "mask" in graph.inputs(here.node) and {"samples", "pixels"} & graph.inputs(here.node).keys():
            _read_mask(graph, notes, here.node)
    for node in _beside(graph, sampler) if "source" in notes.at else ():
        if "denoise" in graph.inputs(node):
            notes.take("denoise", (graph.holder(node, "denoise", "number"),), f"'denoise' of {graph.said(node)}.")


def _read_mask(graph: _Graph, notes: _Notes, name: str) -> None:
    """Take a mask; one that is the transparency of the source keeps that address beside it."""
    start, why = graph.link(name, "mask"), f"{graph.said(name)} changes only what it covers."
    if notes.picture("mask", start, why):
        return
    found = graph.picture(start)
    if found and notes.at.get("source") == (found[0],) and "mask" not in notes.at:
        notes.at["mask"] = (found[0],)
        notes.why["mask"] = f"{why} It is sent as the transparency of the source."


def _read_frames(graph: _Graph, notes: _Notes) -> None:
    """Take the frames that a clip starts and ends with, and how many it plays in a second."""
    for name in graph.order:
        for key in ("fps", "frame_rate"):
            if key in graph.inputs(name):
                notes.take("fps", (graph.holder(name, key, "number"),), f"{key!r} of {graph.said(name)}.")
    for name in graph.order:
        for place, keys in FRAMES.items():
            for key in keys:
                notes.picture(place, graph.link(name, key), f"{key!r} of {graph.said(name)}.")
        if {"image", "length"} <= graph.inputs(name).keys():
            notes.picture("start_frame", graph.link(name, "image"), f"{graph.said(name)} sets it in motion.")


def _read_maps(graph: _Graph, notes: _Notes) -> None:
    for name in graph.order:
        if not graph.link(name, "control_net") or not graph.link(name, "image"):
            continue
        place, why = _map_of(graph, name)
        if not place:
            notes.missing.append(f"Which map {graph.said(name)} takes was not found: no name on the way says it.")
        elif not notes.picture(place, graph.link(name, "image"), why, name) and place not in notes.at:
            notes.missing.append(
                f"The {PLACES[place].label.lower()} of {graph.said(name)} is made inside the workflow."
            )


def _map_of(graph: _Graph, name: str) -> tuple[str, str]:
    """Return which map a ControlNet reads, by the words of its file, its type, its title and what it passes through."""
    loaders = [here.node for here in graph.upstream(graph.link(name, "control_net"))]
    images = [here.node for here in graph.upstream(graph.link(name, "image"))]
    types = [str(graph.inputs(one)["type"]) for one in loaders if "type" in graph.inputs(one)]
    files = [str(value) for one in loaders for key, value in graph.inputs(one).items() if key.endswith("_name")]
    titles = [str((graph.nodes[one].get("_meta") or {}).get("title", "")) for one in (name, *images, *loaders)]
    for said in (*types, *files, *titles, *map(graph.kind, images)):
        if place := map_named(said):
            return place, f"{graph.said(name)} reads it: “{said}”."
    return "", ""


def _read_references(graph: _Graph, notes: _Notes) -> None:
    """Number the pictures that lend something: those of edit models first, as they are chained."""
    edited: list[Link] = []
    for name in graph.order:
        kind = graph.kind(name)
        if kind == "ReferenceLatent" and (link := graph.link(name, "latent")):
            edited.append(link)
            notes.reference(link, f"{graph.said(name)} shows it to the model.")
        elif "Encode" in kind and graph.link(name, "clip"):
            links = [link for key in graph.inputs(name) if key.startswith("image") and (link := graph.link(name, key))]
            edited += links
            for link in links:
                notes.reference(link, f"{graph.said(name)} shows it to the model.")
    for name in graph.order:
        kind = graph.kind(name).lower()
        if "ipadapter" in kind or "pulid" in kind or "instantid" in kind:
            notes.reference(graph.link(name, "image"), f"{graph.said(name)} lends from it.", name)
        for key in LENDING:
            notes.reference(graph.link(name, key), f"{graph.said(name)} lends from it.", name)
    if edited and notes.references == 1 and "source" not in notes.at:
        notes.at["source"] = notes.at["reference.1"]
        notes.why["source"] = "The one picture that the model is shown can be what is to be changed."
