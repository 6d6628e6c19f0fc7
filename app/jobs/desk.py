"""What the work needs at hand: the library, the backends and how to reach them."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from statistics import median
from typing import Any, Literal

from app import db
from app.backends import Access, Backend, backends
from app.backends.base import SOURCE
from app.errors import BadInputError, RejectedError, UnknownNameError
from app.jobs.drawing import TAKE
from app.library import Connections, Library, Vault
from app.library.takes import Making
from app.patch import Json, at, merge
from app.pipeline import compile_shot, plain_shot
from app.schema import Compiled, Param, Shot
from app.schema.checks import Checks
from app.schema.documents import Batch, Revision, Take
from app.vocab import vocabulary

MIN_CHAIN = 2


@dataclass(frozen=True)
class Wish:
    """One take of a batch: of a shot as it stands, or with a patch over it, under the name of what that changes."""

    shot: str
    patch: Json | None = None
    label: str = ""


@dataclass(frozen=True)
class Way:
    """How all takes of a batch are made. Without a target each shot is written for its own."""

    target: str
    backend: str
    wording: Literal["compiled", "plain"] = "compiled"
    seed: int | None = None
    """Held in all takes, where the target and the backend take one."""


def several(shot: str, count: int) -> list[Wish]:
    """Wish for so many takes of a shot."""
    return [Wish(shot)] * count


def grid(shot: str, axes: Mapping[str, Iterable[Any]]) -> list[Wish]:
    """Wish for a take of a shot with each of these values at each path, all combined; the last path turns fastest."""
    paths, found = " × ".join(axes), list[Wish]()
    for values in product(*axes.values()):
        patch: Json = {}
        for path, value in zip(axes, values, strict=True):
            patch = merge(patch, at(path, value))
        found.append(Wish(shot, patch, f"{paths} = {' × '.join(map(str, values))}"))
    return found


@dataclass(frozen=True)
class Desk:
    """The library, what the environment says of backends, by their kind, and the vault that keys are sealed in."""

    library: Library
    access: Mapping[str, Access]
    vault: Vault = field(default_factory=Vault)
    previews: dict[str, bytes] = field(default_factory=dict, repr=False)
    """The unfinished pictures of the takes that this process watches."""

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
            return backends[self.connections.get(name).kind].at_once
        except UnknownNameError:
            return 1

    @staticmethod
    def ref(job: db.Job) -> str:
        """Return our own id of what is sent for a take: another one for each new job."""
        return f"{job.take_id}.{job.retries}" if job.retries else job.take_id

    def add(self, shot: str, compiled: Compiled, backend: str, wording: str) -> Take:
        """Freeze a shot and add a take of it, to be made when its turn comes."""
        self._check(compiled.target, backend)
        self.check_film(self.library.shot(shot).project_id, backend)
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
        ways = {name: replace(way, target=way.target or draft.target) for name, draft in drafts.items()}
        for target in {one.target for one in ways.values()}:
            self._check(target, way.backend)
        self.check_film(project.id, way.backend)
        revisions = [self.library.freeze(wish.shot, wish.patch, wish.label) for wish in wishes]
        compiled = {one.id: self._compile(one.shot, ways[one.shot_id], project.checks) for one in revisions}
        makings = [self._making(one, compiled[one.id], way.backend, way.wording) for one in revisions]
        return self.library.batches.add(project.id, name, makings, budget_usd)

    def add_chain(self, shot: str, way: Way, budget_usd: float | None = None) -> Batch:
        """Add one take for each change that a shot says, each made from the picture of the one before.

        Raises BadInputError where there is no source picture, or fewer than two changes.
        """
        draft = self.library.shot(shot)
        changes = draft.shot.edit.change if draft.shot.edit else ()
        source = next((name for name, one in draft.shot.references.items() if one.role == SOURCE), None)
        if source is None or len(changes) < MIN_CHAIN:
            hint = "Give a reference the role of the source picture, and say two changes or more, one a line."
            raise BadInputError("There is no chain of changes here.", hint=hint)
        self._check(way.target, way.backend)
        self.check_film(draft.project_id, way.backend)
        checks, makings = self.library.project(draft.project_id).checks, list[Making]()
        for change in changes:
            before = makings[-1].id if makings else None
            patch: Json = {"edit": {"change": [change]}}
            if before:
                patch["references"] = {source: {"asset": f"{TAKE}{before}"}}
            revision = self.library.freeze(shot, patch, change, makings[-1].revision.number if makings else None)
            compiled = self._compile(revision.shot, way, checks)
            makings.append(replace(self._making(revision, compiled, way.backend, way.wording), after=before))
        return self.library.batches.add(draft.project_id, f"{draft.name}, step by step", makings, budget_usd)

    def batch(self, name: str) -> Batch:
        """Return a batch as it stands, with how long it may still take."""
        return self.library.batches.get(name).model_copy(update={"seconds_left": self._seconds_left(name)})

    def again(self, name: str) -> Take:
        """Add a take like another one: the same revision, the same words."""
        take = self.library.takes.get(name)
        self.check_film(self.library.shot(take.shot_id).project_id, take.backend)
        return self.library.takes.repeat(name)

    def check_film(self, project: str, backend: str) -> None:
        """Raise BadInputError where a film stays on this machine and a backend is elsewhere."""
        film = self.library.project(project)
        service, access = self.backend(backend)
        if film.local and service.leaves(access):
            label = self.connections.get(backend).label
            hint = "Shoot on this machine, or let the film leave it, on its own page."
            raise BadInputError(f"{film.name} stays on this machine, and {label} is elsewhere.", hint=hint)

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

    def _compile(self, shot: Shot, way: Way, checks: Checks) -> Compiled:
        vocab = vocabulary()
        target = vocab.target(way.target)
        plain = way.wording == "plain"
        found = plain_shot(shot, target, vocab) if plain else compile_shot(shot, target, vocab, checks)
        if way.seed is None or not self.holds_seed(target.id, way.backend):
            return found
        return replace(found, params={**found.params, "seed": Param(way.seed)})

    def holds_seed(self, target: str, backend: str) -> bool:
        """Tell whether a seed can be held: the target takes one, and so does the backend as it is set up."""
        service, access = self.backend(backend)
        return vocabulary().target(target).seed and service.can(access).seed

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
