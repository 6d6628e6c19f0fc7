"""What the work needs at hand: the library, the backends and how to reach them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.backends import Access, Attachment, Backend, Order
from app.errors import RejectedError
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
            ref=take.id,
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
