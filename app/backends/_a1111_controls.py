"""ControlNet units for the maps of an order: which of a program's models reads which map, for which family.

The models have no types, only file names, so they are told apart by the words in those.
"""

import re
from base64 import b64encode
from typing import Any

from app.backends._a1111_program import Program
from app.backends.base import CONTROLS, Attachment, Order

DEPTH, POSE, EDGES, NORMALS = (f"reference.role.{name}" for name in ("depth", "pose", "edges", "normals"))

WORDS = {
    DEPTH: ("depth", "zoe", "midas"),
    POSE: ("openpose", "dwpose", "pose"),
    EDGES: ("lineart", "canny", "softedge", "hed", "scribble", "mlsd"),
    NORMALS: ("normal",),
}
"""What a model's name says of the map that it reads, the best fit first."""

EVERY = ("union", "promax")
"""What the name of a model says that reads every kind of map."""

UNION = {DEPTH: "Depth", POSE: "OpenPose", EDGES: "Hard Edge", NORMALS: "Normal Map"}
"""What a map is called to a model that reads every kind."""

FAMILIES = {
    "sd15": "sd-1.5", "sd14": "sd-1.5", "sd2": "sd-2", "sd3": "sd-3.5", "flux1": "flux-1", "flux2": "flux-2",
    "flux": "flux-1", "qwen": "qwen-image-2512", "xl": "sdxl", "pony": "sdxl", "illustrious": "sdxl", "xinsir": "sdxl",
}  # fmt: skip
"""What a model's name says of the checkpoints that it goes with, by the target that is written for those."""


def units(order: Order, program: Program) -> list[dict[str, Any]]:
    """Return a unit for each map that one of the program's models reads."""
    found = [(one, model_for(one.role, order.target.id, program.controls)) for one in _maps(order)]
    return [_unit(one, model, program) for one, model in found if model]


def unread(order: Order, program: Program) -> list[str]:
    """Return a sentence for each map that none of the program's models reads for the order's target."""
    found = [one.role for one in _maps(order) if not model_for(one.role, order.target.id, program.controls)]
    names = [role.removeprefix("reference.role.") for role in found]
    return [f"No ControlNet model there reads {name} for {order.target.label}; it was not sent." for name in names]


def model_for(role: str, target: str, models: tuple[str, ...]) -> str:
    """Return the model that reads a map for a target, or nothing: its own kind before one that reads every kind."""
    fitting = [(_plain(one), one) for one in models if family(one) in (target, "")]
    fitting.sort(key=lambda pair: family(pair[1]) != target)  # those that name the family first
    return next((one for word in (*WORDS[role], *EVERY) for plain, one in fitting if word in plain), "")


def family(model: str) -> str:
    """Return the target whose checkpoints a model goes with, or nothing where its name does not say."""
    plain = _plain(model)
    return next((target for word, target in FAMILIES.items() if word in plain), "")


def _unit(one: Attachment, model: str, program: Program) -> dict[str, Any]:
    """Return a unit that Forge and A1111's extension read alike: each leaves out what it does not know."""
    return {
        "enabled": True,
        "module": program.no_module,
        "model": model,
        "weight": 1.0 if one.strength is None else one.strength,
        "image": b64encode(one.content).decode(),
        "resize_mode": "Crop and Resize",
        "control_mode": "Balanced",
        "guidance_start": 0.0,
        "guidance_end": 1.0,
        "pixel_perfect": True,
        "save_detected_map": False,
    } | ({"union_control_type": UNION[one.role]} if any(word in _plain(model) for word in EVERY) else {})


def _maps(order: Order) -> list[Attachment]:
    return [one for one in order.attachments if one.role in CONTROLS]


def _plain(name: str) -> str:
    """Return a name without folder, hash and signs: `control_v11p_sd15_canny [d14c016b]` is controlv11psd15canny."""
    return re.sub(r"[^a-z0-9]", "", name.partition(" [")[0].replace("\\", "/").rpartition("/")[2].lower())
