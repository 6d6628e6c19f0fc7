"""What is sent for a take: its words, and every picture that goes with them, at hand before anything is claimed."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.backends import Attachment, Order
from app.backends.base import MASK, SOURCE
from app.errors import RejectedError
from app.files import inspect
from app.jobs import drawing
from app.jobs.desk import Desk
from app.jobs.outpainting import extended, fitted
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema import Shot, read_data
from app.schema.documents import Take
from app.vocab import vocabulary


def prepare(desk: Desk, name: str) -> None:
    """Have every picture of a take at hand, and note which one it is: what the previz draws for it is drawn now.

    Raises RejectedError when one cannot be had, and BadInputError when the take's film stays on this machine by now.
    """
    take = desk.library.takes.get(name)
    desk.check_film(desk.library.shot(take.shot_id).project_id, take.backend)
    found = {str(one["id"]): picture(desk, take, str(one["asset"])) for one in take.references if "sha256" not in one}
    if found:
        desk.library.takes.note_pictures(name, found)


def picture(desk: Desk, take: Take, asset: str) -> str:
    """Return the sha256 of a picture that a take sends: one that is kept, a drawing of its shot, or a take's own.

    Raises RejectedError when it cannot be had.
    """
    if drawing.is_drawn(asset):
        shot = read_data(desk.library.takes.document(take.id))
        return drawing.drawn(desk.library, shot, asset, drawing.size_of(take.params))
    if asset.startswith(drawing.TAKE):
        return drawing.picture_of_take(desk.library, asset.removeprefix(drawing.TAKE))
    return asset


def order(desk: Desk, name: str) -> Order:
    """Return what a take orders from its backend."""
    take = desk.library.takes.get(name)
    shot = read_data(desk.library.takes.document(name))
    fields = {str(one.get("field", "")) for one in take.references}  # which travel as pictures
    return Order(
        ref=desk.ref(desk.library.takes.job(name)),
        target=vocabulary().target(take.target),
        shot=shot,
        text=take.prompt,
        negative=take.negative,
        params={key: value for key, value in take.params.items() if key not in fields},
        attachments=_fitting(
            _extended(desk, take, shot, [_attachment(desk, take, shot, one) for one in take.references])
        ),
    )


def _fitting(attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Bring a mask to the size of its source: it was painted over that picture, which may since be drawn larger."""
    source = next((one for one in attachments if one.role == SOURCE), None)
    mask = next((one for one in attachments if one.role == MASK), None)
    if source is None or mask is None:
        return attachments
    made = fitted(mask.content, source.content)
    same = made == mask.content
    fit = mask if same else replace(mask, content=made, media_type="image/png", sha256=hashlib.sha256(made).hexdigest())
    return tuple(fit if one is mask else one for one in attachments)


def preview_of(desk: Desk, shot: str, target: str) -> Order:
    """Return what a shot, as it was last saved, would order for a target; its pictures are named, not fetched."""
    draft = desk.library.shot(shot)
    found = vocabulary().target(target)
    compiled = compile_shot(draft.shot, found, vocabulary())
    fields = {sent.field for sent in compiled.references}
    return Order(
        ref="",
        target=found,
        shot=draft.shot,
        text=compiled.text,
        negative=compiled.negative_text,
        params={key: value for key, value in compiled.values.items() if key not in fields},
        attachments=tuple(
            Attachment(one.slot, one.role, b"", "", strength=one.strength, at_s=one.at_s) for one in compiled.references
        ),
    )


def _attachment(desk: Desk, take: Take, shot: Shot, reference: Mapping[str, Any]) -> Attachment:
    sha256 = str(reference.get("sha256") or picture(desk, take, str(reference["asset"])))
    content = desk.library.pictures.get(sha256)
    if content is None:
        hint = "Drop the picture on the reference again, then shoot."
        raise RejectedError(f"The picture of the reference {reference['id']} is not here.", hint=hint)
    said = shot.references.get(str(reference["id"]))
    return Attachment(
        reference["slot"],
        reference["role"],
        content,
        inspect(content).media_type,
        sha256,
        reference.get("strength"),
        reference.get("at_s"),
        desk.library.takes.ticket_of(sha256, take.backend),
        (said.address if said else None) or "",
    )


def _extended(desk: Desk, take: Take, shot: Shot, attachments: list[Attachment]) -> tuple[Attachment, ...]:
    """Give a source that is to be extended its margins, and a mask of them where the backend takes one."""
    source = next((one for one in attachments if one.role == SOURCE), None)
    ratio = resolve(shot, vocabulary()).number("framing.aspect") if shot.edit and shot.edit.extend else None
    if source is None or ratio is None:
        return tuple(attachments)
    made = extended(source.content, ratio)
    if made is None:
        hint = "Choose another frame, or do not extend it."
        raise RejectedError(
            "The source picture has the shape of this shot already: there is nothing to extend.", hint=hint
        )
    canvas, mask = (
        replace(source, content=one, media_type="image/png", sha256=hashlib.sha256(one).hexdigest(), origin="")
        for one in made
    )
    others = [one for one in attachments if one is not source]
    backend, access = desk.backend(take.backend)
    if MASK not in backend.can(access).roles or any(one.role == MASK for one in others):
        return (canvas, *others)
    return (canvas, *others, replace(mask, slot=0, role=MASK, strength=None))
