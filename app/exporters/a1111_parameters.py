"""The parameters that A1111 and Forge write under a picture: pasted into the prompt box, they fill the whole page."""

import json
from collections.abc import Iterator
from typing import Any

from app.backends import _sizes
from app.backends.base import Order
from app.exporters._a1111 import TARGETS
from app.exporters.base import Exporter, Options, Reel, ReelShot

CALLED = {
    "steps": "Steps",
    "sampler": "Sampler",
    "sampler_name": "Sampler",
    "scheduler": "Schedule type",
    "cfg_scale": "CFG scale",
    "distilled_cfg_scale": "Distilled CFG Scale",
    "seed": "Seed",
    "denoising_strength": "Denoising strength",
    "clip_skip": "Clip skip",
    "sd_model_checkpoint": "Model",
}
"""What the program calls a parameter in its text, in the order in which it writes them."""

LEAST = {"Steps": 20, "Seed": -1, "Version": "Printlight"}
"""The program's own values where nobody said: it tells the line of settings by its steps, and by three settings."""


class A1111Parameters(Exporter):
    """The prompt, what stays out, and the settings in one line below."""

    id = "a1111_parameters"
    label = "A1111 parameters"
    suffix = "txt"
    media_type = "text/plain; charset=utf-8"
    group = "Models and their programs"
    used_for = "The prompt box of A1111 and Forge: paste it, then press the arrow"
    carries = {"order": "words", "slate": "words", "prompt": "fields", "negative": "fields", "params": "fields"}
    lacks = (
        "Reference pictures and maps. Settings that nobody said: the program keeps its own. Shots for other models are "
        "worded anew for SDXL."
    )
    one_each = True
    needs_prompts = True
    targets = TARGETS

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the text of the one shot."""
        del options
        return ("\n".join(_lines(reel.shots[0])) + "\n").encode()


def _lines(shot: ReelShot) -> Iterator[str]:
    yield shot.compiled.text
    if negative := shot.compiled.negative_text:
        yield f"Negative prompt: {negative}"
    said = dict(_settings(shot))
    settings = {"Steps": LEAST["Steps"], **said} | {name: LEAST[name] for name in LEAST if name not in said}
    yield ", ".join(f"{name}: {_quoted(value)}" for name, value in settings.items())


def _settings(shot: ReelShot) -> Iterator[tuple[str, Any]]:
    values = shot.compiled.values
    order = Order("", shot.target, shot.resolved.shot, shot.compiled.text, params=values)
    for name, label in CALLED.items():
        if values.get(name) is not None:
            yield label, values[name]
    if size := _sizes.asked(order):
        yield "Size", f"{size[0]}x{size[1]}"


def _quoted(value: Any) -> str:
    """Return a value as the program reads it back: in quotes where it holds a sign that would part it."""
    plain = str(value)
    return json.dumps(plain, ensure_ascii=False) if set(plain) & set(',\n:"') else plain
