"""What a program of the A1111 API answered: the picture, what it says it used, and what it changed in silence."""

import json
import re
from base64 import b64decode
from typing import Any

from app.backends import _sizes
from app.backends._a1111_program import CHECKPOINT
from app.backends._a1111_request import Request
from app.backends._media import picture
from app.errors import BackendError, RejectedError

MAX_PREVIEW = 8 * 1024 * 1024


def info(found: dict[str, Any]) -> dict[str, Any]:
    """Return what the program used: `info` is JSON in a string, an object, or empty."""
    used = found.get("info")
    if isinstance(used, str):
        try:
            used = json.loads(used)
        except ValueError:
            return {}
    return used if isinstance(used, dict) else {}


def first(found: dict[str, Any], used: dict[str, Any]) -> bytes:
    """Decode the first picture; a grid may stand before it."""
    images, index = found["images"], used.get("index_of_first_image")
    try:
        text = images[index if isinstance(index, int) and 0 <= index < len(images) else 0]
        return b64decode(text.rpartition(",")[2])
    except (AttributeError, LookupError, TypeError, ValueError):
        raise RejectedError("The program's picture cannot be decoded.") from None


def preview(found: Any) -> bytes:
    """Return the unfinished picture that a program shows, or nothing."""
    if not isinstance(found, str) or len(found) > MAX_PREVIEW:
        return b""
    try:
        return picture(b64decode(found.rpartition(",")[2]), "The program").content
    except (ValueError, BackendError):
        return b""


def rewritten(asked: Request, used: dict[str, Any]) -> str:
    """Return the prompt that the program made of ours, or nothing where it took ours."""
    prompts = used.get("all_prompts")
    got = prompts[0] if isinstance(prompts, list) and prompts else used.get("prompt")
    return got if isinstance(got, str) and got and got.strip() != asked.body["prompt"].strip() else ""


def notes(asked: Request, used: dict[str, Any], content: bytes) -> tuple[str, ...]:
    """Say what the program changed without a word."""
    size = _size(asked.body, content)
    if not set(used) - {"created"}:
        return (*size, "The program does not say what it used.")
    changed = [
        f"The {name} is {_short(got)}, not {_short(want)} as asked."
        for name, want, got in _pairs(asked.body, used)
        if want is not None and got is not None and want != got
    ]
    return (*size, *changed, *_maps(asked.maps, used))


def _short(value: Any) -> str:
    """Return a value as it is written, cut where it is longer than a name."""
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:59]}…"


def _pairs(body: dict[str, Any], used: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return what was asked for and what was used, by name, spelled alike where they mean the same."""
    settings, extra = body.get("override_settings", {}), used.get("extra_generation_params")
    extra = extra if isinstance(extra, dict) else {}
    seed = body.get("seed")
    return [
        ("sampler", *_alike(body.get("sampler_name"), used.get("sampler_name"))),
        ("schedule", *_alike(body.get("scheduler"), extra.get("Schedule type"))),
        ("model", _stem(settings.get(CHECKPOINT)), _stem(used.get("sd_model_name"))),
        ("seed", None if seed == -1 else seed, used.get("seed")),
        *((name, body.get(key), used.get(key)) for name, key in _PLAIN),
        ("clip skip", settings.get("CLIP_stop_at_last_layers"), used.get("clip_skip")),
    ]


_PLAIN = (
    ("number of steps", "steps"),
    ("guidance", "cfg_scale"),
    ("denoising", "denoising_strength"),
    ("negative prompt", "negative_prompt"),
)
"""What programs give back under the name it was asked by."""


def _size(body: dict[str, Any], content: bytes) -> list[str]:
    """Compare the size asked for with the picture's own: a program may round it, or not read it at all."""
    want, got = (body.get("width"), body.get("height")), _sizes.of(content)
    if None in want or got is None or got == want or body.get("enable_hr"):
        return []
    return [f"The picture is {got[0]}×{got[1]}, not {want[0]}×{want[1]} as asked."]


def _maps(sent: int, used: dict[str, Any]) -> list[str]:
    """Say where the answer does not name a ControlNet unit for each map that was sent."""
    extra = used.get("extra_generation_params")
    named = sum(str(name).startswith("ControlNet") for name in extra) if isinstance(extra, dict) else 0
    if named >= sent:
        return []
    return [f"The program says that it read {named} of {sent} maps."]


def _alike(asked: Any, used: Any) -> tuple[Any, Any]:
    """Return two names, as one where only case and signs differ: `euler_a`, `Euler a`."""
    alike = [re.sub(r"[^a-z0-9+]", "", str(name).lower()) for name in (asked, used)]
    return (used, used) if alike[0] == alike[1] else (asked, used)


def _stem(model: Any) -> str | None:
    """Return a checkpoint's name without folder, ending and hash."""
    if not isinstance(model, str) or not model:
        return None
    name = model.partition(" [")[0].replace("\\", "/").rpartition("/")[2]
    return name.removesuffix(".safetensors").removesuffix(".ckpt")
