"""ComfyUI's graphs, as the server takes them and as the editor saves them: the prompt that led to the saved picture."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.parse.forms._leaves import Key, Leaf, letters
from app.parse.forms._objects import put_aspect
from app.parse.forms._tags import plain_tags
from app.parse.forms.base import Form, Given, Piece, Reading
from app.parse.parsed import Parsed
from app.vocab import Vocabulary

WORDS = frozenset(
    {
        "text", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "string", "value", "prompt", "wildcard_text",
        "populated_text", "positive", "negative",
    }
)  # fmt: skip
"""Inputs that hold words of a prompt."""

NO_WORDS = frozenset(
    {
        "clip", "vae", "model", "image", "images", "control_net", "latent", "latent_image", "samples", "mask", "pixels",
        "style_model",
    }
)  # fmt: skip
"""Links that lead to no words."""

SETTINGS = frozenset({"seed", "noise_seed", "steps", "cfg", "sampler_name", "scheduler", "denoise", "guidance"})

CHECKPOINTS = ("ckpt_name", "unet_name")

ROLES = frozenset({"positive", "negative"})

ENDS = re.compile(r"save|preview|combine", re.IGNORECASE)
"""Classes of nodes at which a graph ends."""

WIDGETS = {
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"),
    "KSamplerAdvanced": ("", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    "EmptyLatentImage": ("width", "height"),
    "EmptySD3LatentImage": ("width", "height"),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "CLIPTextEncode": ("text",),
    "PrimitiveNode": ("value",),
}
"""What the editor's unnamed values are, in their order. Of other nodes, all words are taken."""


class Node(NamedTuple):
    """A node: its class, the nodes that lead into it by input, and its own values by input."""

    kind: str
    links: dict[str, str]
    values: dict[str, Leaf]

    @property
    def samples(self) -> bool:
        """Whether it draws: it is told what to draw, from some noise."""
        told = {"positive", "guider", "conditioning"} & self.links.keys()
        return bool(told) and bool({"latent_image", "latent", "samples"} & self.links.keys())


Graph = dict[str, Node]


class ComfyUI(Form):
    """From the saved picture back to its sampler, and from there to the words that it was given."""

    id = "comfyui"
    label = "ComfyUI graph"
    order = 20

    def recognises(self, given: Given) -> bool:
        """Tell by a class of node, or by the editor's lists of nodes and links."""
        edited = {"nodes", "links"} <= given.keys
        return edited or any(
            leaf.path[-1] == "class_type" and len(leaf.path) < 4 for leaf in given.leaves if given.keys
        )

    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return one shot: that of the sampler which stands nearest to the saved picture."""
        graph = _graph(given)
        reading = Reading(given, vocabulary)
        name = _sampler(graph)
        if name:
            positive, negative = (list(_words(graph, name, role)) for role in ("positive", "negative"))
            _settings(reading, graph, name)
        else:
            reading.note("No sampler leads to a picture in this graph: all its words are read.")
            positive, negative = [leaf for node in graph.values() for leaf in _own(node, "positive")], []
        for leaf in _once(positive):
            reading.say(plain_tags(reading, _piece(given, leaf)), tags=True)
        for leaf in _once(negative):
            reading.exclude(plain_tags(reading, _piece(given, leaf)), tags=True)
        model = " ".join(str(reading.params.get(key, "")) for key in CHECKPOINTS)
        return [reading.parsed(self.id, "sdxl" if "xl" in model.casefold() else "")]


def _graph(given: Given) -> Graph:
    """Read a graph in either shape."""
    data = json.loads(given.document, strict=False)
    leaves = {leaf.path: leaf for leaf in given.leaves}
    if "nodes" in data:
        return _edited(data, leaves)
    above: tuple[Key, ...] = ("prompt",) if isinstance(data.get("prompt"), dict) else ()
    found = data["prompt"] if above else data
    return {name: _sent((*above, name), node, leaves) for name, node in found.items() if isinstance(node, dict)}


def _sent(path: tuple[Key, ...], node: Mapping[str, Any], leaves: Mapping[tuple[Key, ...], Leaf]) -> Node:
    """Read a node as the server takes it: a link is the other node's id and the number of its output."""
    made = Node(str(node.get("class_type", "")), {}, {})
    inputs = node.get("inputs")
    for name, value in inputs.items() if isinstance(inputs, dict) else ():
        if isinstance(value, list) and len(value) == 2:
            made.links[name] = str(value[0])
        elif leaf := leaves.get((*path, "inputs", name)):
            made.values[name] = leaf
    return made


def _edited(data: Mapping[str, Any], leaves: Mapping[tuple[Key, ...], Leaf]) -> Graph:
    """Read a graph as the editor saves it: nodes with unnamed values, and a list of links between them."""
    links = [row for row in _rows(data, "links") if isinstance(row, list) and len(row) > 1]
    source = {str(row[0]): str(row[1]) for row in links}
    graph: Graph = {}
    for at, node in enumerate(_rows(data, "nodes")):
        if not isinstance(node, dict):
            continue
        made = Node(str(node.get("type", "")), {}, {})
        for one in _rows(node, "inputs"):
            if isinstance(one, dict) and str(one.get("link")) in source:
                made.links[str(one.get("name"))] = source[str(one.get("link"))]
        widgets = node.get("widgets_values")
        for key in widgets if isinstance(widgets, dict) else range(len(_rows(node, "widgets_values"))):
            name, leaf = _widget(made.kind, key), leaves.get(("nodes", at, "widgets_values", key))
            if name and leaf and name not in made.links:
                made.values[name] = leaf
        graph[str(node.get("id"))] = made
    return graph


def _rows(data: Mapping[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _widget(kind: str, key: Key) -> str:
    """Return the input that an unnamed value of a node belongs to; of an unknown class, one that may hold words."""
    if isinstance(key, str):
        return key
    names = WIDGETS.get(kind)
    if names is None:
        return f"text {key}"
    return names[key] if key < len(names) else ""


def _sampler(graph: Graph) -> str:
    """Return the sampler that stands nearest to an end of the graph, or nothing."""
    ends = [name for name, node in graph.items() if ENDS.search(node.kind)]
    saved = sorted(ends, key=lambda name: "save" not in graph[name].kind.casefold())
    return next((name for name in _above(graph, saved) if graph[name].samples), "")


def _above(graph: Graph, names: Iterable[str]) -> Iterator[str]:
    """Go up the graph from some nodes, the nearest first, each node once."""
    waiting = deque(names)
    seen = set(waiting)
    while waiting:
        name = waiting.popleft()
        if name not in graph:
            continue
        yield name
        fresh = [one for one in graph[name].links.values() if one not in seen]
        seen.update(fresh)
        waiting += fresh


def _words(graph: Graph, sampler: str, role: str) -> Iterator[Leaf]:
    """Yield the words that reach a sampler in one role, in the order of the graph; each node once."""
    waiting, seen = [sampler], set()
    while waiting:
        name = waiting.pop()
        node = graph.get(name)
        if node is None or name in seen:
            continue
        seen.add(name)
        if not node.samples:
            yield from _own(node, role)
        waiting += [node.links[link] for link in reversed(_followed(node, role))]


def _followed(node: Node, role: str) -> list[str]:
    """Return the links of a node that lead to words of a role."""
    if role in node.links:
        return [role]
    if node.samples or ROLES & node.links.keys() or "guider" in node.kind.casefold():
        return [link for link in node.links if link == "guider" or (role == "positive" and link == "conditioning")]
    return [link for link in node.links if link not in NO_WORDS]


def _own(node: Node, role: str) -> Iterator[Leaf]:
    """Yield the words that a node holds itself; of two with the names of roles, the role's own."""
    for name, leaf in node.values.items():
        wanted = name in WORDS - ROLES or name == role or name.startswith("text")
        if wanted and isinstance(leaf.value, str) and leaf.value.strip():
            yield leaf


def _once(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Return each text once: encoders of SDXL are given the same twice."""
    return list({str(leaf.value): leaf for leaf in leaves}.values())


def _settings(reading: Reading, graph: Graph, sampler: str) -> None:
    """Keep what the sampler was set to and the checkpoint's name, and take the frame from the empty latent."""
    sides: dict[str, Leaf] = {}
    for name in _above(graph, [sampler]):
        for key, leaf in graph[name].values.items():
            if key in SETTINGS or key in CHECKPOINTS:
                reading.params.setdefault(key, leaf.value)
            elif key in {"width", "height"} and "latent" in graph[name].kind.casefold():
                sides.setdefault(key, leaf)
            elif key == "lora_name":
                reading.param("networks", leaf.value)
    width, height = (sides[key].value if key in sides else None for key in ("width", "height"))
    if isinstance(width, int) and isinstance(height, int) and height > 0:
        reading.param("size", f"{width}x{height}")
        put_aspect(reading, f"{width}x{height}", sides["width"].start, sides["width"].end)


def _piece(given: Given, leaf: Leaf) -> Piece:
    return Piece(*letters(given.text[leaf.start : leaf.end], leaf.start))
