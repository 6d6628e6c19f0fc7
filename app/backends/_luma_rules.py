"""What Luma takes, as data and as sentences: whatever it would refuse is refused here, before anything is sent."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.backends.base import END, FRAMES, KEYFRAME, MASK, SOURCE, START, Attachment, Can, Order
from app.parse.boxes import seconds

Kind = Literal["image", "image_edit", "layering", "video", "video_edit", "video_reframe"]
"""What Luma calls the kinds of requests."""

TARGETS = ("uni-1", "uni-1-max", "ray-3.2")

NUMBERED = frozenset(
    f"reference.role.{name}"
    for name in ("style", "character", "composition", "color_palette", "lighting", "texture", "mood")
)
"""Roles of the pictures that a prompt numbers; a target's own words may add to them."""

STILLS = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
CLIP = "video/mp4"
STILL_BYTES, CLIP_BYTES, CLIP_S = 50 * 1024 * 1024, 200 * 1024 * 1024, 18.0

FIELDS = FRAMES | {SOURCE}
"""Roles of the pictures that have a field of the request to themselves."""

MOST = 9
"""So many pictures beside a prompt; the source of an edit is one of them."""

KEYFRAMES, FPS = 64, 24
"""So many keyframes in a clip, on a grid of so many frames a second, whatever the clip plays at."""

STRENGTHS = tuple(f"{name}_{number}" for name in ("adhere", "flex", "reimagine") for number in (1, 2, 3))
"""How freely a clip is changed, from what holds it most."""

PORTRAIT = frozenset({"2:3", "9:16", "1:2", "1:3"})


@dataclass(frozen=True)
class Rules:
    """What one kind of request takes: parameters, roles, so many characters of prompt."""

    params: frozenset[str]
    roles: frozenset[str]
    chars: int = 6000


def _rules(params: str, roles: Collection[str], chars: int = 6000) -> Rules:
    return Rules(frozenset(params.split()), frozenset(roles), chars)


RULES: dict[Kind, Rules] = {
    "image": _rules("aspect_ratio style web_search output_format", NUMBERED),
    "image_edit": _rules("style web_search output_format", NUMBERED | {SOURCE}),
    "layering": _rules("layering", {SOURCE}, 500),
    "video": _rules("aspect_ratio resolution duration loop hdr exr", FRAMES),
    "video_edit": _rules("resolution hdr exr strength", {SOURCE, START, KEYFRAME}),
    "video_reframe": _rules("aspect_ratio resolution source_position", {SOURCE}),
}

VALUES: dict[str, tuple[str, ...]] = {
    "style": ("auto", "manga"),
    "output_format": ("png", "jpeg"),
    "layering": ("1k", "2k"),
    "duration": ("5s", "10s"),
    "strength": STRENGTHS,
}
SWITCHES = frozenset({"web_search", "loop", "hdr", "exr"})
NAMES = {"aspect_ratio": "ratio", "output_format": "file type", "duration": "length"}

POSITION = {"x_norm": (-2, 2), "y_norm": (-2, 2), "w_norm": (0, 2), "h_norm": (0, 2)}


def kind_of(medium: str, params: Mapping[str, Any], roles: Collection[str]) -> Kind:
    """Return what is asked for. A clip that is to be changed takes another shape where a ratio is asked for."""
    if medium == "video":
        if SOURCE not in roles:
            return "video"
        return "video_reframe" if params.get("aspect_ratio") else "video_edit"
    if params.get("layering"):
        return "layering"
    return "image_edit" if SOURCE in roles else "image"


def asked(order: Order) -> Kind:
    """Return the kind of an order."""
    return kind_of(order.target.medium, order.params, [one.role for one in order.attachments])


def is_clip(picture: Attachment) -> bool:
    """Tell whether a picture moves."""
    return picture.media_type.startswith("video/")


def takes(order: Order) -> Can:
    """Return what an order's kind takes beside its prompt."""
    kind = asked(order)
    numbered = frozenset(order.target.references.words) if kind in ("image", "image_edit") else frozenset()
    most = {"image": MOST, "image_edit": MOST - 1}.get(kind, 0)
    return Can(roles=RULES[kind].roles | numbered, most=most, strength=kind == "video_edit")


def pictures(order: Order) -> list[Attachment]:
    """Return the pictures that are sent."""
    roles = takes(order).roles
    return [one for one in order.attachments if one.role in roles]


def array(order: Order) -> list[Attachment]:
    """Return the pictures that the prompt numbers, in that order; those with a field of their own are none of them."""
    sent = [one for one in pictures(order) if one.slot and one.role not in FIELDS]
    return sorted(sent, key=lambda one: one.slot)


def values(order: Order) -> dict[str, Any]:
    """Return the parameters that are meant for the request: not the fields of pictures, nor what cannot be said."""
    unsaid = {*_fields(order), "seed"}
    if asked(order) in ("video_edit", "video_reframe"):
        unsaid.add("duration")
    return {name: value for name, value in order.params.items() if value is not None and name not in unsaid}


def chained(order: Order) -> list[Attachment]:
    """Return the pictures that may go by the generation that made them: a source, or a clip that is continued."""
    return [
        one
        for one in pictures(order)
        if (one.role == SOURCE and asked(order) != "layering") or (is_clip(one) and one.role in (START, END))
    ]


def frame(keyframe: Attachment) -> int:
    """Return the frame at which a keyframe stands."""
    return round((keyframe.at_s or 0) * FPS)


def problem(order: Order) -> str:
    """Say what Luma would refuse of an order, or nothing."""
    return next(_problems(order), "")


def _problems(order: Order) -> Iterator[str]:
    if order.target.id not in TARGETS:
        yield f"Luma does not serve {order.target.label}."
        return
    yield from _text(order)
    yield from _params(order)
    yield from _mixes(order)
    yield from _missing(order)
    yield from _array(order)
    yield from _keyframes(order)
    for one in pictures(order):
        yield from _picture(order, one)


def _text(order: Order) -> Iterator[str]:
    most = RULES[asked(order)].chars
    if not order.text.strip() or len(order.text) > most:
        what = "Layering" if asked(order) == "layering" else order.target.label
        yield f"{what} takes 1 to {most:,} characters; the prompt has {len(order.text.strip()):,}."


def _params(order: Order) -> Iterator[str]:
    label, kind = order.target.label, asked(order)
    choices = VALUES | {"aspect_ratio": order.target.aspects, "resolution": order.target.resolutions}
    for name, value in sorted(values(order).items()):
        if name not in RULES[kind].params:
            yield f"{label} takes no {name}{_beside(kind)}; it would be lost."
        elif name in SWITCHES and not isinstance(value, bool):
            yield f"{label} takes {name} as true or false, not {value!r}."
        elif name in choices and value not in choices[name]:
            yield f"{label} has no {NAMES.get(name, name)} {value!r}: one of {', '.join(choices[name])}."
        elif name == "source_position" and not _is_position(value):
            yield f"{label} takes a source_position of x_norm, y_norm (-2 to 2), w_norm and h_norm (up to 2), all four."


def _beside(kind: Kind) -> str:
    return {
        "image_edit": " beside a source image",
        "layering": " for layers",
        "video_edit": " beside a clip that is to be changed",
        "video_reframe": " beside a clip that is to take another shape",
    }.get(kind, "")


def _is_position(value: object) -> bool:
    if not isinstance(value, Mapping) or value.keys() != POSITION.keys():
        return False
    numbers = {name: one for name, one in value.items() if isinstance(one, int | float) and not isinstance(one, bool)}
    return numbers.keys() == POSITION.keys() and all(
        low <= numbers[name] <= high and (low or numbers[name]) for name, (low, high) in POSITION.items()
    )


def _mixes(order: Order) -> Iterator[str]:
    """Go through what Luma takes each by itself, and never together."""
    label, said = order.target.label, values(order)
    roles = {one.role for one in pictures(order)}
    long, loop, hdr = said.get("duration") == "10s", said.get("loop"), said.get("hdr")
    ratio = said.get("aspect_ratio")
    if asked(order) == "layering" and order.target.id != "uni-1":
        yield f"{label} makes no layers: Uni-1 does."
    if asked(order) == "image" and said.get("style") == "manga" and ratio and ratio not in PORTRAIT:
        yield f"{label} draws manga in portrait only: {', '.join(sorted(PORTRAIT))}, or a ratio of its own choice."
    if long and roles & {START, END}:
        yield f"{label} takes no start or end frame in a clip of 10 s: make it 5 s, or send them as keyframes."
    if loop and (long or hdr or END in roles):
        what = "10 s long" if long else "of a high dynamic range" if hdr else "that has an end frame"
        yield f"{label} loops no clip {what}."
    if hdr and said.get("resolution") in ("360p", "540p"):
        yield f"{label} has a high dynamic range at 720p and 1080p only, not at {said['resolution']}."
    if said.get("exr") and not hdr:
        yield f"{label} exports EXR of a high dynamic range only: ask for hdr too."
    if KEYFRAME in roles and (roles & {START, END} or loop):
        yield f"{label} takes keyframes, or a start frame, an end frame and a loop: send every frame as a keyframe."


def _missing(order: Order) -> Iterator[str]:
    """Go through what an order counts on and does not bring."""
    roles = {one.role for one in order.attachments}
    for name, role in _fields(order).items():
        if name in order.params and role not in roles:
            yield f"The {_said(role)} is not here. Drop the picture on the reference again."
    if asked(order) == "layering" and SOURCE not in roles:
        yield "Layers are made of a picture: give the one that is to come apart as the source image."
    for role in (SOURCE, START, END):
        if (count := sum(one.role == role for one in pictures(order))) > 1:
            yield f"{order.target.label} takes one {_said(role)}; there are {count}."
    if {SOURCE, MASK} <= roles:
        yield f"{order.target.label} takes no mask: say in words which part is to change."


def _array(order: Order) -> Iterator[str]:
    numbers = [one.slot for one in array(order)]
    most = takes(order).most
    if len(numbers) > most:
        beside = " beside a source image" if asked(order) == "image_edit" else ""
        yield f"{order.target.label} takes at most {most} references{beside}; there are {len(numbers)}."
    if numbers != list(range(1, len(numbers) + 1)):
        yield "The references are not numbered as the prompt numbers them."


def _keyframes(order: Order) -> Iterator[str]:
    found = [one for one in pictures(order) if one.role == KEYFRAME]
    if len(found) > KEYFRAMES:
        yield f"{order.target.label} takes at most {KEYFRAMES} keyframes; there are {len(found)}."
    if any(one.at_s is None for one in found):
        yield "A keyframe needs its second: say when it stands."
        return
    length = _length(order)
    late = [one.at_s for one in found if not 0 <= frame(one) <= length * FPS]
    if late:
        yield f"The clip lasts {length:g} s; a keyframe stands at {late[0]:g} s."
    if len({frame(one) for one in found}) < len(found):
        yield "Two keyframes stand at the same frame: move one, or leave it out."


def _length(order: Order) -> float:
    """Return how long a clip will be: that of its source, where it has one."""
    source = order.one(SOURCE)
    if source:
        return seconds(source.content) or CLIP_S
    return 10 if values(order).get("duration") == "10s" else 5


def _picture(order: Order, one: Attachment) -> Iterator[str]:
    name = f"Reference {one.slot}" if one.slot else f"The {_said(one.role)}"
    moves = one.role == SOURCE and order.target.medium == "video"
    if is_clip(one) and one.role in (START, END):
        if not one.origin:
            yield f"{name} is a clip, and Luma continues only its own: send a still of it."
        return
    if moves and one.media_type != CLIP:
        yield f"{name} is {one.media_type}: {order.target.label} changes MP4 clips. Send a still as the start frame."
    elif not moves and one.media_type not in STILLS:
        yield f"{name} is {one.media_type}: send PNG, JPEG, WebP or a still GIF."
    most = CLIP_BYTES if moves else STILL_BYTES
    if not 0 < len(one.content) <= most:
        yield f"{name} is empty or larger than {most // 1024 // 1024} MB."
    if moves and asked(order) == "video_edit" and (lasts := seconds(one.content)) is not None and lasts > CLIP_S:
        yield f"{name} lasts {lasts:.1f} s: {order.target.label} changes clips of up to {CLIP_S:g} s."


def _fields(order: Order) -> dict[str, str]:
    """Return the names by which a prompt's parameters mean pictures, each with the role of that picture."""
    usual = {"source": SOURCE, "start_frame": START, "end_frame": END, "keyframes": KEYFRAME}
    return usual | {name.removesuffix("[]"): role for role, name in order.target.references.fields.items()}


def _said(role: str) -> str:
    return "source image" if role == SOURCE else role.removeprefix("reference.role.").replace("_", " ")
