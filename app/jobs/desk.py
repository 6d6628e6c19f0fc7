"""What the work needs at hand: the library, the backends and how to reach them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app import db
from app.backends import Access, Attachment, Backend, Order, backends
from app.errors import RejectedError
from app.library import Library
from app.schema import Compiled, Shot, read_data
from app.schema.documents import Take
from app.vocab import Target, vocabulary


@dataclass(frozen=True)
class Desk:
    """The library, and the access to each backend by its id."""

    library: Library
    access: Mapping[str, Access]

    def backend(self, name: str) -> tuple[Backend, Access]:
        """Return a backend and its access; unknown names answer with the nearest."""
        backend = backends[name]
        return backend, self.access.get(name) or Access(url=backend.default_url)

    def at_once(self, name: str) -> int:
        """Return how many takes a backend makes at once; one that is gone gets its takes to tell them so."""
        return backends[name].at_once if name in backends else 1

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

    def order(self, name: str) -> Order:
        """Return what a take orders from its backend."""
        take = self.library.takes.get(name)
        target: Target = vocabulary().target(take.target)
        shot: Shot = read_data(self.library.takes.document(name))
        return Order(
            ref=self.ref(self.library.takes.job(name)),
            target=target,
            shot=shot,
            text=take.prompt,
            negative=take.negative,
            params=take.params,
            attachments=tuple(self._attachment(reference) for reference in take.references),
        )

    def _attachment(self, reference: Mapping[str, object]) -> Attachment:
        sha256 = str(reference["asset"])
        content, media_type = self.library.pictures.get(sha256), self.library.media_type(sha256)
        if content is None or media_type is None:
            hint = "Drop the picture on the reference again, then shoot."
            raise RejectedError(f"The picture of reference {reference['slot']} is not here.", hint=hint)
        return Attachment(int(str(reference["slot"])), str(reference["role"]), content, media_type)
