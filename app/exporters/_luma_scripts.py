"""The requests of a reel to Luma, for scripts that send them: the very bodies that Printlight itself would send."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.backends._luma_line import URL
from app.backends._luma_orders import Ref, request
from app.backends._luma_pictures import unfit
from app.backends._luma_rules import CLIP, TARGETS, pictures, problem, takes
from app.backends.base import SOURCE, Attachment, Order, left_out
from app.errors import BadInputError
from app.exporters.base import ReelShot
from app.schema import Sent

__all__ = ["KEY", "PICTURES", "TARGETS", "URL", "URL_NAME", "Picture", "Told", "filled", "on_one_line", "told"]

KEY, URL_NAME = "LUMA_AGENTS_API_KEY", "LUMA_BASE_URL"
"""The environment variables that hold the key, and the address where it is not Luma's own."""

PICTURES = "references"
"""The folder beside a script that the reference pictures are put into."""

SHORT = 12
"""So many figures of a picture's sha256 tell it from others."""

UNREAD = b"\0"
"""Stands for the bytes of a picture that is a file beside the script by the time they are read."""


@dataclass(frozen=True)
class Picture:
    """A file that a script needs: its name without the ending, and what it is."""

    stem: str
    words: str
    moves: bool = False


@dataclass(frozen=True)
class Told:
    """A shot's request: `body` holds `{"file": stem}` for each picture that is a file; `unsent` says what is not."""

    shot: ReelShot
    body: dict[str, Any]
    files: tuple[Picture, ...]
    unsent: tuple[str, ...]


def told(shot: ReelShot) -> Told:
    """Return the request of a shot. Raises BadInputError for what Luma would refuse."""
    compiled = shot.compiled
    fields = {one.field for one in compiled.references}  # which travel as pictures
    sent = {_attachment(one, shot): one for one in compiled.references}
    order = Order(
        ref=shot.id,
        target=shot.target,
        shot=shot.resolved.shot,
        text=compiled.text,
        negative=compiled.negative_text,
        params={name: value for name, value in compiled.values.items() if name not in fields},
        attachments=tuple(sent),
    )
    if reason := problem(order):
        raise BadInputError(f"{shot.title}: {reason}", hint="Mend the shot, or export the others without it.")
    refs, files = dict[Attachment, Ref](), list[Picture]()
    for one in pictures(order):
        if one.address:
            refs[one] = {"url": one.address}
        else:
            files.append(_file(sent[one], shot))
            refs[one] = {"file": files[-1].stem}
    return Told(shot, request(order, refs), tuple(dict.fromkeys(files)), tuple(_unsent(order)))


def filled(body: Any, show: Callable[[str], Any]) -> Any:
    """Return a body with something in the place of each picture that is a file."""
    if isinstance(body, dict):
        return (
            show(body["file"]) if body.keys() == {"file"} else {name: filled(one, show) for name, one in body.items()}
        )
    return [filled(one, show) for one in body] if isinstance(body, list) else body


def on_one_line(words: str) -> str:
    """Return words for a comment: a line break in it would end it."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _attachment(sent: Sent, shot: ReelShot) -> Attachment:
    said = shot.resolved.shot.references.get(sent.id)
    address = (said.address if said else None) or ""
    clip = sent.role == SOURCE and shot.target.medium == "video"
    return Attachment(
        sent.slot,
        sent.role,
        UNREAD,
        CLIP if clip else "image/png",
        sha256=f"{sent.id} {_asset(sent, shot)}",
        strength=sent.strength,
        at_s=sent.at_s,
        address="" if clip or not address or unfit(address) else address,
    )


def _file(sent: Sent, shot: ReelShot) -> Picture:
    asset = _asset(sent, shot)
    short = asset.replace(":", "-") if ":" in asset else asset[:SHORT]
    what = on_one_line(shot.shows(sent.id)) or sent.role.removeprefix("reference.role.").replace("_", " ")
    moves = sent.role == SOURCE and shot.target.medium == "video"
    return Picture(f"{sent.id}-{short}", f"{what}; sha256 {asset}" if ":" not in asset else f"{what}; {asset}", moves)


def _asset(sent: Sent, shot: ReelShot) -> str:
    """Return which picture a reference is: as the shot says by now, or as it was compiled."""
    said = shot.resolved.shot.references.get(sent.id)
    return (said.asset if said else None) or sent.asset


def _unsent(order: Order) -> Iterator[str]:
    yield from left_out(order, takes(order), order.target.label)
    if order.negative:
        yield f"Keep out of the picture: {on_one_line(order.negative)}"
