"""What ComfyUI's answers mean: its refusals, its queue, and the history of a job that ended.

Nothing here is taken for granted: an answer may come from a fork, a proxy, or a server that is being changed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from app.backends._comfy_map import link_of
from app.backends._http import plain
from app.backends.base import Progress

USED: Mapping[str, str] = {
    **{
        name: name
        for name in (
            "seed",
            "steps",
            "cfg",
            "guidance",
            "sampler_name",
            "scheduler",
            "denoise",
            "width",
            "height",
            "length",
            "fps",
        )
    },
    "noise_seed": "seed",
    "ckpt_name": "model",
    "unet_name": "model",
    "vae_name": "vae",
    "control_net_name": "controlnet",
    "lora_name": "lora",
}
"""Inputs of a graph that the take remembers, by what they are called there."""

MEMORY = "This error means you ran out of memory on your GPU"
MOVING = (".mp4", ".webm", ".mov", ".mkv")


def refused(body: Any) -> str:
    """Return in a node's own words what is wrong with a graph, or nothing."""
    if not isinstance(body, dict):
        return ""
    said = []
    nodes = body.get("node_errors")
    for name, node in nodes.items() if isinstance(nodes, dict) else ():
        errors = node.get("errors") if isinstance(node, dict) else None
        for one in errors if isinstance(errors, list) else ():
            text = f"{one.get('message')}: {one.get('details')}" if isinstance(one, dict) else str(one)
            said.append(f"Node {name} ({node.get('class_type')}): {_line(text)}")
    error = body.get("error")
    if not said and isinstance(error, dict):
        said = [_line(" ".join(str(error[key]) for key in ("message", "details") if error.get(key)))]
    elif not said and error:
        said = [_line(error)]
    return f"ComfyUI refused the workflow. {' '.join(said[:5])}" if said else ""


def _line(text: Any) -> str:
    return plain(str(text))[:300]


def standing_of(queue: Mapping[str, list[Any]], ticket: str) -> int | None:
    """Return how many jobs are before one, 0 while it runs, or None when it is not in the queue."""
    if any(_named(item) == ticket for item in queue["queue_running"]):
        return 0
    waiting = sorted(
        (item for item in queue["queue_pending"] if _named(item) and isinstance(item[0], int | float)),
        key=lambda item: float(item[0]),
    )
    before = [_named(item) for item in waiting]
    return before.index(ticket) + max(1, len(queue["queue_running"])) if ticket in before else None


def _named(item: Any) -> str:
    return item[1] if isinstance(item, list) and len(item) > 1 and isinstance(item[1], str) else ""


def holds(item: Any, ref: str) -> str:
    """Return a job's number when it carries our reference."""
    extra = item[3] if isinstance(item, list) and len(item) > 3 else None
    ours = extra.get("printlight") if isinstance(extra, dict) else None
    return _named(item) if isinstance(ours, dict) and ours.get("ref") == ref else ""


def ended(entry: Mapping[str, Any], output: str = "") -> Progress:
    """Return how a job ended, by its entry in the history. An interrupted one says `error` too."""
    status = entry.get("status")
    state = status.get("status_str") if isinstance(status, dict) else None
    if state == "error":
        return _failure(status.get("messages") if isinstance(status, dict) else None)
    if files_of(entry, output):
        return Progress("done", 1)
    message = "The workflow ended and saved no picture."
    if state not in ("success", None):
        message = f"ComfyUI says {_line(state)!r}, which is new to Printlight, and names no picture."
    return Progress("failed", message=message, code="output_not_found")


def files_of(entry: Mapping[str, Any], output: str = "") -> list[dict[str, str]]:
    """Return the files that a job saved, the one to keep first.

    That is a file of the node that `output` names, else a clip before a still, a saved one before a preview, and of
    several nodes the last.
    """
    outputs = entry.get("outputs")
    nodes = list(outputs.items()) if isinstance(outputs, dict) else []
    ranked = [
        ((node == output, _moves(one), one["type"] == "output", place), one)
        for place, (node, found) in enumerate(nodes)
        for one in _named_files(found)
    ]
    best = max((rank for rank, _ in ranked), default=None)
    return [one for rank, one in ranked if rank == best]


def used(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the graph that the server ran says: its seed, its numbers and its files."""
    item = entry.get("prompt")
    graph = item[2] if isinstance(item, list) and len(item) > 2 and isinstance(item[2], dict) else {}
    found: dict[str, Any] = {}
    for node in graph.values():
        inputs = node.get("inputs") if isinstance(node, dict) else None
        for key, value in inputs.items() if isinstance(inputs, dict) else ():
            if key in USED and link_of(value) is None and isinstance(value, str | int | float):
                name = USED[key]
                before = found.get(name)
                if name not in found:
                    found[name] = value
                elif name in ("controlnet", "lora", "model") and value not in str(before).split(", "):
                    found[name] = f"{before}, {value}"
    return found


def notes(entry: Mapping[str, Any], files: list[dict[str, str]]) -> tuple[str, ...]:
    """Say what a person would not expect of a job that is done."""
    said = []
    if len(files) > 1:
        said.append(f"The workflow saved {len(files)} pictures; the first is kept, the others are in ComfyUI's folder.")
    status, ran = entry.get("status"), entry.get("prompt")
    messages = status.get("messages") if isinstance(status, dict) else None
    cached = next((data.get("nodes") for name, data in _events(messages) if name == "execution_cached"), None)
    graph = ran[2] if isinstance(ran, list) and len(ran) > 2 else None
    if isinstance(cached, list) and isinstance(graph, dict) and graph and set(map(str, cached)) >= set(graph):
        said.append("ComfyUI had drawn this before and handed over the same file.")
    return tuple(said)


def _failure(messages: Any) -> Progress:
    for name, data in reversed(list(_events(messages))):
        if name == "execution_interrupted":
            return Progress("failed", message="Stopped in ComfyUI.", code="cancelled")
        if name == "execution_error":
            text, kind = _line(data.get("exception_message") or ""), str(data.get("exception_type") or "")
            if MEMORY in text or "OutOfMemory" in kind:
                message = "The machine that runs ComfyUI has no memory left for this. Take a smaller size or model."
                return Progress("failed", message=message, code="out_of_memory")
            where = f"{data.get('node_type') or 'A node'} (node {data.get('node_id')})"
            return Progress("failed", message=f"{where} failed: {text or kind or 'no reason given.'}", code="failed")
    return Progress("failed", message="ComfyUI says that it failed, and gives no reason.", code="failed")


def _events(messages: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in messages if isinstance(messages, list) else ():
        if isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) and isinstance(one[1], dict):
            yield one[0], one[1]


def _named_files(found: Any) -> Iterator[dict[str, str]]:
    """Return the files that a node names, under whatever heading; sound is none of them."""
    for heading, listed in found.items() if isinstance(found, dict) else ():
        for one in listed if isinstance(listed, list) and heading != "audio" else ():
            if isinstance(one, dict) and isinstance(one.get("filename"), str):
                kind = one.get("type") if isinstance(one.get("type"), str) else "output"
                folder = one.get("subfolder") if isinstance(one.get("subfolder"), str) else ""
                yield {"filename": one["filename"], "subfolder": str(folder), "type": str(kind)}


def _moves(one: Mapping[str, str]) -> bool:
    return one["filename"].lower().endswith(MOVING)
