"""ComfyUI's workflow in its API format: the plain graph by which Printlight shoots there, with everything filled in."""

import json
from collections.abc import Mapping
from typing import Any

from app.backends._comfy_graphs import FAMILIES, Models, drawn
from app.backends._comfy_order import values_of
from app.backends.base import MASK, SOURCE, Attachment, Order
from app.exporters.base import Exporter, Options, Reel, ReelShot
from app.schema import Sent
from app.schema.slates import file_name

CHECKPOINTS: Mapping[str, str] = {
    "sd-1.5": "v1-5-pruned-emaonly-fp16.safetensors",
    "sdxl": "sd_xl_base_1.0.safetensors",
    "sd-3.5": "sd3.5_large_fp8_scaled.safetensors",
    "flux-1": "flux1-dev-fp8.safetensors",
}
"""What the makers' own whole checkpoints are called, as ComfyUI's templates have them (2026-11)."""

SHOWN: Mapping[str, str] = {SOURCE: "source", MASK: "mask"}
"""The pictures that the plain graphs take, by the place that each goes to."""

SHORT = 12


class ComfyUI(Exporter):
    """A workflow for the shot's own model where ComfyUI has a plain graph for it, else for SDXL."""

    id = "comfyui"
    label = "ComfyUI workflow"
    suffix = "json"
    media_type = "application/json"
    group = "Models and their programs"
    used_for = "ComfyUI: drop it on the page, or post it to /prompt"
    carries = {
        "order": "words",
        "slate": "words",
        "prompt": "fields",
        "negative": "fields",
        "params": "fields",
    }
    lacks = (
        "A workflow of your own, and maps for a ControlNet: which of those there are only your ComfyUI knows, so have "
        "Printlight shoot there for them. The model has its maker's name: change it in the loader where yours has "
        "another. A source picture and its mask are named, and go into ComfyUI's folder input."
    )
    one_each = True
    needs_prompts = True
    targets = ("sdxl", *(name for name in FAMILIES if name != "sdxl"))

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the workflow of the one shot."""
        del options
        return (json.dumps(_graph(reel.shots[0]), indent=2, ensure_ascii=False) + "\n").encode()


def _graph(shot: ReelShot) -> dict[str, Any]:
    compiled = shot.compiled
    fields = {one.field for one in compiled.references}  # which travel as pictures
    sent = {SHOWN[one.role]: one for one in compiled.references if one.role in SHOWN}
    if "source" not in sent:
        sent = {}  # a mask lies on a source
    order = Order(
        ref=shot.id,
        target=shot.target,
        shot=shot.resolved.shot,
        text=compiled.text,
        negative=compiled.negative_text,
        params={name: value for name, value in compiled.values.items() if name not in fields},
    )
    shown = {place: Attachment(one.slot, one.role, b"", "", strength=one.strength) for place, one in sent.items()}
    values = values_of(order, shown, None) | {place: _file(one) for place, one in sent.items()}
    model = str(order.params.get("checkpoint") or order.params.get("model") or CHECKPOINTS[shot.target.id])
    graph = drawn(shot.target.id, Models(model), values)
    for node in graph.values():
        if node["class_type"] == "SaveImage":
            node["inputs"]["filename_prefix"] = f"printlight/{_safe(shot.slate or shot.id)}"
            node["_meta"] = {"title": shot.title}
    return graph


def _safe(words: str) -> str:
    """Return words as the beginning of a file's name: ComfyUI reads slashes and signs of its own in it."""
    return file_name("{shot}", {"shot": words}, "png").removesuffix(".png")


def _file(sent: Sent) -> str:
    asset = sent.asset.replace(":", "-") if ":" in sent.asset else sent.asset[:SHORT]
    return f"{sent.id}-{asset}.png"
