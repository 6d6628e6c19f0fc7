"""An order as a request for OpenAI's image endpoints, and the fields that each kind of server adds to them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from math import log
from typing import Any, Literal

from PIL import Image, ImageOps

from app.backends import _sizes
from app.backends._sizes import Size
from app.backends.base import MASK, SOURCE, Attachment, Order
from app.errors import RejectedError

SHARED = frozenset(
    {"quality", "background", "style", "moderation", "output_format", "output_compression", "input_fidelity"}
)
"""OpenAI's own fields: sent where a shot has them, left out where a server once refused them."""

MOST = 16
"""So many pictures one edit takes at OpenAI."""

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif"}


@dataclass(frozen=True)
class Kind:
    """What a server calls the fields that OpenAI has not, by our name for them, and where it reads them.

    A name with dots stands inside others. They travel as fields, as JSON in the field `kwargs`, or inside the prompt.
    """

    calls: Mapping[str, str] = field(default_factory=dict)
    inside: Literal["", "kwargs", "prompt"] = ""
    in_edits: bool = True
    edits: bool = True
    mask: str = "mask"


DIFFUSERS = {
    "seed": "seed",
    "steps": "num_inference_steps",
    "cfg_scale": "guidance_scale",
    "negative": "negative_prompt",
}

KINDS = {
    "": Kind(),
    "localai": Kind({"steps": "step"}, edits=False),
    "sd-server": Kind(
        {
            "seed": "seed",
            "steps": "sample_params.sample_steps",
            "cfg_scale": "sample_params.guidance.txt_cfg",
            "negative": "negative_prompt",
        },
        inside="prompt",
    ),
    "sglang": Kind(DIFFUSERS),
    "vllm-omni": Kind(DIFFUSERS, mask="mask_image"),
    "xinference": Kind(DIFFUSERS, inside="kwargs", in_edits=False),
}
"""The kinds of server, by the name that a person says when one is set up; without one, OpenAI's own fields alone."""

NUMBERS = frozenset({"seed", "steps", "cfg_scale"})


@dataclass(frozen=True)
class Learnt:
    """What a server's refusals have taught: the sizes that it takes, and fields that it does not know."""

    sizes: frozenset[Size] = frozenset()
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Request:
    """Where to post, the fields, and the files of an edit."""

    path: str
    fields: dict[str, Any]
    files: list[tuple[str, tuple[str, bytes, str]]] = field(default_factory=list, repr=False)

    def content(self) -> dict[str, Any]:
        """Return it as the client sends it: JSON, or a form where files go with it."""
        if not self.files:
            return {"json": self.fields}
        return {"data": {name: str(value) for name, value in self.fields.items()}, "files": self.files}


def request(order: Order, model: str, kind: Kind, learnt: Learnt) -> Request:
    """Return an order's request. Raises RejectedError for a mask without a picture, or an edit where none is made."""
    files = _files(order, kind)
    size = _size(order, learnt)
    fields = {
        "model": model,
        "prompt": order.text,
        "n": 1,
        "size": f"{size[0]}x{size[1]}" if size else None,
        # OpenAI's newer models always answer so, and refuse to be told.
        "response_format": None if "gpt-image" in model else "b64_json",
        **{name: value for name, value in order.params.items() if name in SHARED},
    }
    fields = {name: value for name, value in fields.items() if value is not None and name not in learnt.refused}
    fields = _with_own(fields, _own(order, kind, learnt), kind) if kind.in_edits or not files else fields
    return Request("/images/edits" if files else "/images/generations", fields, files)


def unsaid(order: Order, kind: Kind, learnt: Learnt) -> Iterator[str]:
    """Say which parameters are not sent to a kind of server."""
    known = SHARED | NUMBERS | _sizes.names(order)
    for name in sorted(order.params.keys() - known):
        yield f"The image server has no field for {name!r}; it was not sent."
    for name in sorted(order.params.keys() & NUMBERS - kind.calls.keys() - {"seed"}):
        yield f"This kind of image server is not told {name!r}."
    if pictures(order, kind) and not kind.in_edits:
        for name in sorted(({"negative"} if order.negative else set()) | order.params.keys() & kind.calls.keys()):
            yield f"An edit there is not told {name!r}."
    for name in sorted(learnt.refused - {"response_format", "n"}):
        yield f"The image server refuses {name!r}; it was not sent."


def pictures(order: Order, kind: Kind) -> list[Attachment]:
    """Return the pictures that an edit begins with: what is to be changed, then those that the prompt numbers."""
    source = order.one(SOURCE)
    return [*([source] if source else []), *order.numbered()][:MOST] if kind.edits else []


def _size(order: Order, learnt: Learnt) -> Size | None:
    """Return the size to ask for: of those that a server was seen to take, the nearest in shape, then in area."""
    want = _sizes.asked(order)
    if not want or not learnt.sizes:
        return want
    wide, high = want

    def distance(size: Size) -> tuple[float, float]:
        return round(abs(log(size[0] / size[1] * high / wide)), 3), abs(log(size[0] * size[1] / (wide * high)))

    return min(sorted(learnt.sizes), key=distance)


def _files(order: Order, kind: Kind) -> list[tuple[str, tuple[str, bytes, str]]]:
    source, mask = order.one(SOURCE), order.one(MASK)
    if mask and not source:
        raise RejectedError("A mask says where to change a picture.", hint="Add that picture as the source.")
    if source and not kind.edits:
        raise RejectedError("This kind of image server changes no pictures.", hint="Shoot without a source.")
    sent = pictures(order, kind)
    name = "image" if len(sent) == 1 else "image[]"
    files = [(name, _file(f"picture-{number}", one)) for number, one in enumerate(sent, 1)]
    if source and mask:
        files.append((kind.mask, ("mask.png", _mask(mask.content, source.content), "image/png")))
    return files


def _file(name: str, one: Attachment) -> tuple[str, bytes, str]:
    return f"{name}.{ENDINGS.get(one.media_type, 'png')}", one.content, one.media_type


def _mask(content: bytes, source: bytes) -> bytes:
    """Return a mask that every server reads alike: white, and clear, where the picture is to change.

    OpenAI looks at what is clear, the others at what is white; and it wants the mask as large as the picture.
    """
    try:
        with Image.open(BytesIO(content)) as picture:
            grey = picture.convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise RejectedError("The mask cannot be read.", hint="Paint it anew, or send it as PNG.") from None
    size = _sizes.of(source)
    grey = grey.resize(size) if size and size != grey.size else grey
    buffer = BytesIO()
    Image.merge("RGBA", (grey, grey, grey, ImageOps.invert(grey))).save(buffer, "PNG")
    return buffer.getvalue()


def _own(order: Order, kind: Kind, learnt: Learnt) -> dict[str, Any]:
    """Return the fields that only this kind of server has, as it calls them."""
    ours = {name: order.params[name] for name in NUMBERS & order.params.keys()}
    ours |= {"negative": order.negative} if order.negative else {}
    told = {kind.calls[name]: value for name, value in ours.items() if name in kind.calls}
    return {name: value for name, value in told.items() if name not in learnt.refused}


def _with_own(fields: dict[str, Any], own: dict[str, Any], kind: Kind) -> dict[str, Any]:
    if not own:
        return fields
    if kind.inside == "kwargs":
        return fields | {"kwargs": json.dumps(own)}
    if kind.inside == "prompt":
        extra = f"<sd_cpp_extra_args>{json.dumps(_nested(own))}</sd_cpp_extra_args>"
        return fields | {"prompt": f"{fields['prompt']} {extra}"}
    return fields | own


def _nested(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields with dots in their names as objects in each other."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        *outer, last = name.split(".")
        inner = found
        for step in outer:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return found
