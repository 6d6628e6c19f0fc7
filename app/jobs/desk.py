"""What the work needs at hand: the library, the backends and how to reach them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from app import db
from app.backends import Access, Attachment, Backend, Order
from app.backends.base import MASK, SOURCE
from app.errors import RejectedError, UnknownNameError
from app.files import inspect
from app.jobs import drawing
from app.jobs.outpainting import extended
from app.library import Connections, Library, Vault
from app.schema import Compiled, Shot, read_data
from app.schema.documents import Take
from app.vocab import Target, vocabulary


@dataclass(frozen=True)
class Desk:
    """The library, what the environment says of backends, by their kind, and the vault that keys are sealed in."""

    library: Library
    access: Mapping[str, Access]
    vault: Vault = field(default_factory=Vault)

    @cached_property
    def connections(self) -> Connections:
        """The backends that there are: built in, given by the environment, or set up."""
        return Connections(self.library.database, self.vault, self.access, self.library.author)

    def backend(self, name: str) -> tuple[Backend, Access]:
        """Return a connection's backend and its access; unknown names answer with the nearest."""
        return self.connections.open(name)

    def at_once(self, name: str) -> int:
        """Return how many takes a backend makes at once; one that is gone gets its takes to tell them so."""
        try:
            return self.backend(name)[0].at_once
        except UnknownNameError:
            return 1

    @staticmethod
    def ref(job: db.Job) -> str:
        """Return our own id of what is sent for a take: another one for each new job."""
        return f"{job.take_id}.{job.retries}" if job.retries else job.take_id

    def add(self, shot: str, compiled: Compiled, backend: str, wording: str) -> Take:
        """Freeze a shot and add a take of it, to be queued."""
        target = vocabulary().target(compiled.target)
        service, _ = self.backend(backend)
        if not service.serves(target.id):
            served = ", ".join(service.targets)
            raise RejectedError(f"{service.label} does not serve {target.label}.", hint=f"It serves {served}.")
        usd = service.estimate_usd(target, compiled.values, [sent.role for sent in compiled.references])
        return self.library.takes.add(self.library.freeze(shot), compiled, backend, wording, usd)

    def again(self, name: str) -> Take:
        """Add a take like another one: the same revision, the same words."""
        return self.library.takes.repeat(name)

    def prepare(self, name: str) -> None:
        """Draw what the previz has to draw for a take, so that its order can be sent in one go."""
        take = self.library.takes.get(name)
        for reference in take.references:
            self.picture(take, str(reference["asset"]))

    def picture(self, take: Take, asset: str) -> str:
        """Return the sha256 of a picture that a take sends: one that is kept, a drawing of its shot, or a take's own.

        Raises RejectedError when it cannot be had.
        """
        if drawing.is_drawn(asset):
            shot = read_data(self.library.takes.document(take.id))
            return drawing.drawn(self.library, shot, asset, drawing.size_of(take.params))
        if asset.startswith(drawing.TAKE):
            return drawing.picture_of_take(self.library, asset.removeprefix(drawing.TAKE))
        return asset

    def order(self, name: str) -> Order:
        """Return what a take orders from its backend."""
        take = self.library.takes.get(name)
        target: Target = vocabulary().target(take.target)
        shot: Shot = read_data(self.library.takes.document(name))
        fields = {str(reference.get("field", "")) for reference in take.references}  # which travel as pictures
        return Order(
            ref=self.ref(self.library.takes.job(name)),
            target=target,
            shot=shot,
            text=take.prompt,
            negative=take.negative,
            params={name: value for name, value in take.params.items() if name not in fields},
            attachments=self._extended(take, shot, [self._attachment(take, one) for one in take.references]),
        )

    def _extended(self, take: Take, shot: Shot, attachments: list[Attachment]) -> tuple[Attachment, ...]:
        """Give a source that is to be extended its margins, and a mask of them where the backend takes one."""
        ratio = shot.framing.aspect if shot.framing else None
        source = next((one for one in attachments if one.role == SOURCE), None)
        if not (shot.edit and shot.edit.extend and ratio and source):
            return tuple(attachments)
        made = extended(source.content, ratio)
        if made is None:
            return tuple(attachments)
        canvas, mask = (
            replace(source, content=one, media_type="image/png", sha256=hashlib.sha256(one).hexdigest()) for one in made
        )
        others = [one for one in attachments if one is not source]
        backend, access = self.backend(take.backend)
        if MASK not in backend.can(access).roles or any(one.role == MASK for one in others):
            return (canvas, *others)
        return (canvas, *others, replace(mask, slot=0, role=MASK, strength=None))

    def _attachment(self, take: Take, reference: Mapping[str, Any]) -> Attachment:
        sha256 = self.picture(take, str(reference["asset"]))
        content = self.library.pictures.get(sha256)
        if content is None:
            hint = "Drop the picture on the reference again, then shoot."
            raise RejectedError(f"The picture of the reference {reference['id']} is not here.", hint=hint)
        return Attachment(
            reference["slot"],
            reference["role"],
            content,
            inspect(content).media_type,
            sha256,
            reference.get("strength"),
            reference.get("at_s"),
        )
