"""The crash matrix: real processes, kill -9 at seven points, on SQLite and PostgreSQL, one process and three.

Nothing is sent twice, no take is lost, none is left with nobody to work on it. Where a service cannot be asked what
became of an order, a take that was being sent waits for a person.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app import db
from app.backends import Access
from app.jobs import Desk, Engine
from app.library import Library
from app.library.takes import Making, insert
from app.pipeline import compile_shot
from app.settings import Settings
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.backends.fakes.serving import running
from tests.jobs import worker
from tests.jobs.worker import Place
from tests.places import ON, places
from tests.running import until

POINTS = (
    "before the claim",
    "between claim and POST",
    "during the POST",
    "after the POST, before its ticket is kept",
    "watching",
    "downloaded, not kept",
    "kept, before the end",
)
IN_DOUBT = POINTS[1:4]
PROCESSES = (1, 3)
TAKES = {1: 2, 3: 4}
AT_ONCE = 6
SETTLE_S = 90
SETTLED = ("done", "failed", "unsure", "cancelled")


@dataclass(frozen=True)
class Service:
    """A fake that counts: how it is reached, how often it took an order with these words, and how one is held up.

    A held order is taken, and its answer does not come.
    """

    access: Access
    count: Callable[[str], int]
    hold: Callable[[str], object]


class HoldingLuma(luma.Luma):
    """Takes an order and does not answer it, where it is told so."""

    def __init__(self) -> None:
        self.held: set[str] = set()
        super().__init__()
        self.script = luma.Script(queued=0, processing=1)

    async def _create(self, request: Any) -> Any:
        answer = await super()._create(request)
        if (words := (await request.json())["prompt"]) in self.held:
            self.held.discard(words)
            await asyncio.sleep(60)
        return answer

    def count(self, words: str) -> int:
        """Return how often these words were paid for."""
        return sum(one.body["prompt"] == words for one in list(self.generations.values()))


@contextmanager
def uni1(_folder: Path) -> Iterator[Service]:
    """Serve Luma, which cannot be asked about an order."""
    fake = HoldingLuma()
    with running(fake.storage) as fake.storage_url, running(fake.api) as url:
        yield Service(Access(f"{url}/v1", luma.KEY), fake.count, fake.held.add)


@contextmanager
def clerk(folder: Path) -> Iterator[Service]:
    """Serve a clerk, who can be asked."""
    orders = folder / "orders"
    orders.mkdir()

    def count(words: str) -> int:
        return sum(file.read_text(encoding="utf-8") == words for file in orders.glob("*--*") if "seen" not in file.name)

    yield Service(Access(str(orders)), count, (orders / "hold").write_text)


SUBJECTS = {"uni1": (uni1, False), "clerk": (clerk, True)}
"""Each backend's fake, and whether it can be asked what became of an order."""


@dataclass(frozen=True)
class Settled:
    """What became of a take: its state, who has it in hand, whether its picture is here, how often it was sent."""

    id: str
    state: str
    worker: str | None
    picture: bool
    sent: int


@dataclass(frozen=True)
class Outcome:
    """All takes of a case, and which of them the process that was killed was sending, with no ticket yet."""

    takes: list[Settled]
    doubtful: set[str]


Case = tuple[str, str, int, str]
CASES: list[Case] = list(product(SUBJECTS, ON, PROCESSES, POINTS))


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Case, Future[Outcome]]]:
    """Run the cases that are asked for, some at a time."""
    asked = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    cases = [one for one in CASES if {"case": one} in asked]
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload(["tests.jobs.worker"])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        blank = {on: _prepared(tmp_path_factory.mktemp("blank"), on) for on in ON}

        def case(case: Case) -> Outcome:
            return _Run(case, places.copy(blank[case[1]], tmp_path_factory.mktemp("case")), forks).outcome()

        yield {one: pool.submit(case, one) for one in cases}


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_a_killed_process_costs_nothing_twice_and_loses_nothing(
    case: Case, outcomes: dict[Case, Future[Outcome]]
) -> None:
    backend, _, _, point = case
    found = outcomes[case].result()
    assert bool(found.doubtful) or point not in IN_DOUBT
    for take in found.takes:
        parked = take.id in found.doubtful and not SUBJECTS[backend][1]
        assert (take.state, take.worker, take.picture) == ("unsure" if parked else "done", None, not parked)
        assert take.sent in ((0, 1) if parked else (1,))


def test_a_process_that_wakes_after_it_was_given_up_does_no_harm(tmp_path: Path) -> None:
    """It freezes during the POST, and another finds the take in doubt; then it wakes, with the ticket."""
    kept = _prepared(tmp_path)
    forks = multiprocessing.get_context("forkserver")
    with luma.served() as fake:
        fake.fault("create", delay_s=3, after=True)
        place = Place(kept, "uni1", Access(fake.url, luma.KEY))
        library = place.library()
        (take,) = _add(library, "uni1", ["A rim."])
        sleeper, other = (forks.Process(target=worker.run, args=(place, name), daemon=True) for name in ("a", "b"))
        try:
            sleeper.start()
            until(lambda: fake.posts == 1, SETTLE_S)
            os.kill(sleeper.pid or 0, signal.SIGSTOP)
            other.start()
            until(lambda: library.takes.job(take).state == "unsure", SETTLE_S)
            os.kill(sleeper.pid or 0, signal.SIGCONT)
            until(lambda: _settled(library, [take], "done"), SETTLE_S)
        finally:
            for process in (sleeper, other):
                process.kill()
                process.join()
        assert library.takes.job(take).remote_id in fake.generations
        assert fake.posts == 1
        library.database.close()


class _Run:
    """One case: its takes, its processes, and the kill."""

    def __init__(self, case: Case, kept: Settings, forks: Any) -> None:
        self.backend, self.on, self.processes, self.point = case
        self.kept, self.folder, self.forks = kept, kept.data, forks
        self.words = [f"{self.folder.name}, take {number}" for number in range(TAKES[self.processes])]
        self.running: list[Any] = []

    def outcome(self) -> Outcome:
        """Run until every take is settled, and tell how."""
        with SUBJECTS[self.backend][0](self.folder) as service:
            place = Place(self.kept, self.backend, service.access)
            library = place.library()
            takes = _add(library, self.backend, self.words)
            try:
                doubtful = self._kill_one(place, service, library)
                if self.processes == 1:
                    self._start(place, "second")
                until(lambda: _settled(library, takes), SETTLE_S, lambda: self._told(library, takes))
            finally:
                for process in self.running:
                    process.kill()
                    process.join()
            settled = [self._found(library, service, *one) for one in zip(takes, self.words, strict=True)]
            library.database.close()
            return Outcome(settled, doubtful)

    @staticmethod
    def _found(library: Library, service: Service, take: str, words: str) -> Settled:
        job = library.takes.job(take)
        kept = bool(job.picture and library.pictures.get(job.picture))
        return Settled(take, job.state, job.worker, kept, service.count(words))

    def _kill_one(self, place: Place, service: Service, library: Library) -> set[str]:
        """Start the processes, and see to it that one dies at the point; return what it was sending."""
        during = self.point == "during the POST"
        if during:
            service.hold(self.words[0])
        for number in range(self.processes):
            self._start(place if during else replace(place, point=self.point), f"worker{number}")
        if during:
            until(lambda: service.count(self.words[0]) == 1, SETTLE_S)
            with library.database.read() as session:
                query = select(db.Job.worker).join(db.Take).where(db.Take.prompt == self.words[0])
                holder = str(session.exec(query).one())
            killed = next(one for one in self.running if holder.startswith(f"{one.name}-"))
            killed.kill()
            killed.join()
            return worker.sending(library, killed.name)
        until(lambda: any(one.exitcode is not None for one in self.running), SETTLE_S)
        dead = next(one.name for one in self.running if one.exitcode is not None)
        left = (self.folder / "was_sending").read_text(encoding="utf-8").split()
        return {*left, *worker.sending(library, dead)}  # a thread of it may have claimed one more with its last breath

    def _start(self, place: Place, name: str) -> None:
        process = self.forks.Process(target=worker.run, args=(place, name), name=name, daemon=True)
        process.start()
        self.running.append(process)

    def _told(self, library: Library, takes: list[str]) -> str:
        """Tell how everything stands, and what the processes said."""
        jobs = [library.takes.job(take) for take in takes]
        rows = [(job.state, job.worker, job.turn, job.message) for job in jobs]
        logs = [log.read_text(encoding="utf-8") for log in self.folder.glob("*.log")]
        return f"{self.backend} {self.on} {self.processes} {self.point}: {rows} {logs}"


def _add(library: Library, backend: str, all_words: list[str]) -> list[str]:
    """Add a take for each of these words, and let the watching be quick, as after pictures that took no time."""
    compiled = compile_shot(library.shot("the-rim").shot, vocabulary().target("uni-1"), vocabulary())
    revision = library.freeze("the-rim")
    takes = []
    with library.database.write() as session:
        session.add(db.Pace(backend=backend, lasted={"uni-1": [0.3] * 50}))
        for words in all_words:
            said = replace(compiled, text=words)
            takes.append(insert(session, Making(revision, said, backend, "compiled", 0.04), "Ada"))
    return takes


def _settled(library: Library, takes: list[str], *states: str) -> bool:
    """Tell whether nobody has anything more to do, and all has come to one of these states."""
    jobs = [library.takes.job(take) for take in takes]
    return all(job.state in (states or SETTLED) and job.worker is None for job in jobs)


def _prepared(folder: Path, on: str = "") -> Settings:
    """Make all tables, the engine's too, so that a case begins with a copy."""
    library = places.opened(folder, on=on)
    kept = places.at(folder, on)

    async def start_and_stop() -> None:
        engine = Engine(Desk(library, {}), folder, kept.database_url)
        await engine.start()
        await engine.stop()

    asyncio.run(start_and_stop())
    library.database.close()
    return kept
