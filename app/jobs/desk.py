"""What the work needs at hand: the library, the backends and how to reach them."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from app import db
from app.backends import Access, Attachment, Backend, Order, backends
from app.errors import BadInputError, RejectedError
from app.library import Library
from app.library.takes import Making
from app.patch import Json, at
from app.pipeline import compile_shot, plain_shot
from app.schema import Compiled, Shot, read_data
from app.schema.checks import Checks
from app.schema.documents import Batch, Revision, Take
from app.vocab import Target, vocabulary


@dataclass(frozen=True)
class Wish:
    """One take of a batch: of a shot as it stands, or with a patch over it, under the name of what that changes."""

    shot: str
    patch: Json | None = None
    label: str = ""


@dataclass(frozen=True)
class Way:
    """How all takes of a batch are made."""

    target: str
    backend: str
    wording: Literal["compiled", "plain"] = "compiled"


def several(shot: str, count: int) -> list[Wish]:
    """Wish for so many takes of a shot."""
    return [Wish(shot)] * count


def sweep(shot: str, path: str, values: Iterable[Any]) -> list[Wish]:
    """Wish for a take of a shot with each of these values at one path, such as `camera.focal_mm`."""
    return [Wish(shot, at(path, value), f"{path} = {value}") for value in values]


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
        """Freeze a shot and add a take of it, to be made when its turn comes."""
        self._check(compiled.target, backend)
        making = self._making(self.library.freeze(shot), compiled, backend, wording)
        return self.library.takes.add(making.revision, compiled, backend, wording, making.usd)

    def add_batch(self, name: str, wishes: Sequence[Wish], way: Way, budget_usd: float | None = None) -> Batch:
        """Add takes of one film that are to be made together, all of them or none.

        Raises BadInputError where there is no wish or the shots are of several films, and ShotError where a wish makes
        no shot.
        """
        drafts = {wish.shot: self.library.shot(wish.shot) for wish in wishes}
        films = {draft.project_id for draft in drafts.values()}
        if len(films) != 1:
            hint = "Order a batch for each film." if films else "Order at least one take."
            raise BadInputError("A batch is takes of one film.", hint=hint)
        project = self.library.project(films.pop())
        self._check(way.target, way.backend)
        revisions = [self.library.freeze(wish.shot, wish.patch, wish.label) for wish in wishes]
        compiled = {one.id: self._compile(one.shot, way, project.checks) for one in revisions}
        makings = [self._making(one, compiled[one.id], way.backend, way.wording) for one in revisions]
        return self.library.batches.add(project.id, name, makings, budget_usd)

    def batch(self, name: str) -> Batch:
        """Return a batch as it stands, with how long it may still take."""
        return self.library.batches.get(name).model_copy(update={"seconds_left": self._seconds_left(name)})

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

    def _check(self, target: str, backend: str) -> None:
        """Raise RejectedError where a backend does not make pictures for a target."""
        service, _ = self.backend(backend)
        if not service.serves(target):
            served = ", ".join(service.targets)
            label = vocabulary().target(target).label
            raise RejectedError(f"{service.label} does not serve {label}.", hint=f"It serves {served}.")

    def _making(self, revision: Revision, compiled: Compiled, backend: str, wording: str) -> Making:
        service, _ = self.backend(backend)
        roles = [sent.role for sent in compiled.references]
        usd = service.estimate_usd(vocabulary().target(compiled.target), compiled.values, roles)
        return Making(revision, compiled, backend, wording, usd)

    @staticmethod
    def _compile(shot: Shot, way: Way, checks: Checks) -> Compiled:
        vocab = vocabulary()
        target = vocab.target(way.target)
        return plain_shot(shot, target, vocab) if way.wording == "plain" else compile_shot(shot, target, vocab, checks)

    def _seconds_left(self, batch: str) -> float | None:
        """Return how long a batch takes, as its backends' last pictures did; None where there were none."""
        by_backend: dict[str, list[float]] = {}
        for job, target in self.library.batches.open_jobs(batch):
            lasted = self.library.paces.lasted(job.backend, target)
            if not lasted:
                return None
            passed = time.time() - job.sent_at if job.sent_at else 0
            by_backend.setdefault(job.backend, []).append(max(median(lasted) - passed, 0))
        return max((sum(left) / min(self.at_once(name), len(left)) for name, left in by_backend.items()), default=0)

    def _attachment(self, reference: Mapping[str, object]) -> Attachment:
        sha256 = str(reference["asset"])
        content, media_type = self.library.pictures.get(sha256), self.library.media_type(sha256)
        if content is None or media_type is None:
            hint = "Drop the picture on the reference again, then shoot."
            raise RejectedError(f"The picture of reference {reference['slot']} is not here.", hint=hint)
        return Attachment(int(str(reference["slot"])), str(reference["role"]), content, media_type)
