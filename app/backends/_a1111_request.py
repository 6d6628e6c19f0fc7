"""An order as a request of the A1111 API, and what of it the program at hand is not sent."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from app.backends import _sizes
from app.backends._a1111_controls import units, unread
from app.backends._a1111_program import CHECKPOINT, DRAW_THINGS, XINFERENCE, Program
from app.backends.base import MASK, SOURCE, Access, Attachment, Order
from app.errors import RejectedError

DENOISING = 0.6
"""How far a source is left behind where nobody said how strongly it holds."""

LEAST = 0.01
"""A source that is wholly held is still drawn anew by a hair: some programs refuse to do nothing."""

FIELDS = frozenset(
    {
        "width", "height", "steps", "cfg_scale", "distilled_cfg_scale", "seed", "subseed", "subseed_strength",
        "sampler_name", "scheduler", "styles", "denoising_strength", "tiling", "restore_faces", "eta",
        "enable_hr", "hr_scale", "hr_upscaler", "hr_second_pass_steps", "hr_resize_x", "hr_resize_y",
        "hr_additional_modules", "hr_sampler_name", "hr_scheduler", "hr_cfg", "hr_distilled_cfg",
        "refiner_checkpoint", "refiner_switch_at", "override_settings", "alwayson_scripts",
    }
)  # fmt: skip
"""What a parameter may be called. The API ignores any other name without a word, so those are never sent."""

EDIT_FIELDS = frozenset(
    {
        "resize_mode", "image_cfg_scale", "initial_noise_multiplier", "mask_blur", "inpainting_fill",
        "inpaint_full_res", "inpaint_full_res_padding", "inpainting_mask_invert",
    }
)  # fmt: skip
"""What a parameter may be called beside a source, too."""

CROP = {"resize_mode": 1}
"""A source of another shape is cropped to fill the frame, never squeezed."""

INPAINT = {"mask_blur": 4, "inpainting_fill": 1, "inpaint_full_res": False, "inpaint_full_res_padding": 32}
"""Under the mask the picture begins from what is there, and the whole frame is looked at: its light goes on."""

GUIDED = {"flux-1": {"cfg_scale": 1}}
"""What a model cannot do without: FLUX.1 is distilled, and the API's usual scale of 7 burns it."""

DRAW_THINGS_CALLS = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "width": "width",
    "height": "height",
    "seed": "seed",
    "steps": "steps",
    "cfg_scale": "guidance_scale",
    "denoising_strength": "strength",
    "init_images": "init_images",
}
"""The fields that Draw Things knows, as it calls them: its settings are its own, not A1111's."""


@dataclass(frozen=True)
class Request:
    """Where to post, what, how many maps go with it, and an id of its own.

    Xinference goes on telling the last progress of an id, so an order that is sent again needs another.
    """

    path: str
    body: dict[str, Any]
    maps: int = 0
    id: str = ""


def request(order: Order, program: Program, access: Access) -> Request:
    """Return an order's request. Raises RejectedError for an edit that the program cannot do."""
    source, mask = order.one(SOURCE), order.one(MASK)
    if mask and not source:
        raise RejectedError("A mask says where to change a picture.", hint="Add that picture as the source.")
    if mask and program.name == DRAW_THINGS:
        raise RejectedError("Draw Things takes no mask over its API.", hint="Change the whole picture, or use Forge.")
    known = FIELDS | EDIT_FIELDS if source else FIELDS
    body = GUIDED.get(order.target.id, {}) | {name: value for name, value in order.params.items() if name in known}
    body |= _size(order) | _settings(order, program, access)
    body |= _source(source, body) if source else {}
    body |= _mask(mask, body) if mask else {}
    maps, name = units(order, program), f"{order.ref}-{token_hex(4)}"
    body |= _scripts(maps, body) if maps else {}
    body |= {
        "prompt": order.text,
        "negative_prompt": order.negative,
        "batch_size": 1,
        "n_iter": 1,
        "send_images": True,
        "save_images": False,
        "force_task_id": order.ref,
        "request_id": name,
    }
    if program.name == DRAW_THINGS:
        body = {DRAW_THINGS_CALLS[name]: value for name, value in body.items() if name in DRAW_THINGS_CALLS}
    return Request("/sdapi/v1/img2img" if source else "/sdapi/v1/txt2img", body, len(maps), name)


def unsaid(order: Order, program: Program | None) -> Iterator[str]:
    """Say which parameters, and which maps, are not sent to a program; of one that nobody met yet, only the first."""
    known = FIELDS | EDIT_FIELDS if order.one(SOURCE) else FIELDS
    known |= _sizes.names(order) | {CHECKPOINT}
    for name in sorted(order.params.keys() - known):
        yield f"The A1111 API has no {name!r}; it was not sent."
    if program and program.name == DRAW_THINGS:
        for name in sorted(order.params.keys() & known - DRAW_THINGS_CALLS.keys() - _sizes.names(order)):
            yield f"Draw Things is not told {name!r}; its own setting holds."
    if program and program.controls:
        yield from unread(order, program)


def _size(order: Order) -> dict[str, int]:
    size = _sizes.asked(order)
    return {"width": size[0], "height": size[1]} if size else {}


def _settings(order: Order, program: Program, access: Access) -> dict[str, Any]:
    """Return the settings of this one request: of several checkpoints the shot's own goes before the one set up."""
    settings = _dict(order.params.get("override_settings"))
    only = program.models[0] if program.name == XINFERENCE and program.models else None
    chosen = order.params.get(CHECKPOINT) or settings.get(CHECKPOINT) or access.options.get("checkpoint") or only
    settings = settings | {CHECKPOINT: chosen} if chosen else settings
    return {"override_settings": settings} if settings else {}


def _source(source: Attachment, body: dict[str, Any]) -> dict[str, Any]:
    denoising = DENOISING if source.strength is None else max(1 - source.strength, LEAST)
    usual = CROP | {"denoising_strength": round(denoising, 3)}
    return {name: value for name, value in usual.items() if name not in body} | {"init_images": [_text(source)]}


def _mask(mask: Attachment, body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in INPAINT.items() if name not in body} | {"mask": _text(mask)}


def _scripts(found: list[dict[str, Any]], body: dict[str, Any]) -> dict[str, Any]:
    """Return the scripts of a request with more ControlNet units, behind those that the shot names itself."""
    scripts = _dict(body.get("alwayson_scripts"))
    own = _dict(scripts.get("ControlNet")).get("args")
    return {"alwayson_scripts": scripts | {"ControlNet": {"args": [*(own if isinstance(own, list) else ()), *found]}}}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(attachment: Attachment) -> str:
    return b64encode(attachment.content).decode()
