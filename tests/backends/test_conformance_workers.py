"""Every backend that draws in a process of this machine is taken through what can become of such a process."""

import asyncio
import json
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from app.backends import Access, Artifact, Backend, Order, Progress
from app.backends.diffusers import Diffusers
from app.backends.previz import Previz
from app.errors import BackendError, LostError, RejectedError, UnreachableError
from app.files import inspect
from tests.backends.fakes import diffusers_worker, previz_worker
from tests.backends.fakes.orders import SDXL, order
from tests.backends.stands import LOCAL

WITHIN_S = 30
ENDED = ("done", "failed")


class Bench(ABC):
    """One backend and a worker that does what it is told."""

    id: ClassVar[str]
    queues: ClassVar[bool]
    """Whether one process draws one picture after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.access = Access()

    @abstractmethod
    def backend(self, does: str) -> Backend:
        """Return a backend that remembers nothing, whose worker does this."""

    @abstractmethod
    def order(self, does: str, ref: str) -> Order:
        """Return an order to a worker that does this."""

    @abstractmethod
    def close(self, backend: Backend) -> None:
        """End what stays for the next picture."""


class FakeDiffusers(Diffusers):
    """One whose worker is the fake."""

    id = "fake_diffusers"
    worker = Path(diffusers_worker.__file__)


class DiffusersBench(Bench):
    """A model's folder; the prompt tells the worker what to do."""

    id = "diffusers"
    queues = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (folder / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionXLPipeline"}))
        self.access = Access(options={"folder": str(folder), "python": sys.executable})

    def backend(self, does: str) -> Backend:  # noqa: ARG002  the order tells it
        """Return one with the fake worker."""
        return FakeDiffusers()

    def order(self, does: str, ref: str) -> Order:
        """Return an order whose prompt says it."""
        return order(SDXL, ref=ref, text=does)

    def close(self, backend: Backend) -> None:
        """End the worker, which keeps its model loaded."""
        assert isinstance(backend, Diffusers)
        backend.close()


class PrevizBench(Bench):
    """The built-in previz; each picture has a worker of its own, which its command tells what to do."""

    id = "previz"
    queues = False

    def backend(self, does: str) -> Backend:
        """Return one whose worker's command says it."""

        class Fake(Previz):
            id = "fake_previz"
            worker = (previz_worker.__file__, does)

        return Fake()

    def order(self, does: str, ref: str) -> Order:  # noqa: ARG002  the worker's command says it
        """Return a plain order."""
        return order(SDXL, ref=ref)

    def close(self, backend: Backend) -> None:
        """Nothing stays: a worker draws one picture."""


BENCHES: dict[str, type[Bench]] = {bench.id: bench for bench in (DiffusersBench, PrevizBench)}


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    (tmp_path / "model").mkdir()
    return BENCHES[request.param](tmp_path / "model")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for what lies about while a picture is drawn; nothing does afterwards."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert not list(place.iterdir())


def test_every_backend_without_a_server_has_a_bench() -> None:
    assert set(BENCHES) == LOCAL


def run(bench: Bench, does: str, scenario: Any) -> Any:
    """Run a scenario with a backend, and end what it started."""
    backend = bench.backend(does)

    async def within() -> Any:
        async with asyncio.timeout(WITHIN_S):
            return await scenario(backend)

    try:
        return asyncio.run(within())
    finally:
        bench.close(backend)


async def until(backend: Backend, ticket: str, access: Access, *states: str) -> Progress:
    while (progress := await backend.poll(ticket, access)).state not in states:
        assert progress.fraction is None or 0 <= progress.fraction <= 1
        await asyncio.sleep(0.005)
    return progress


def drawn(bench: Bench, does: str) -> Artifact | Progress | BackendError:
    """Return what comes of an order: a picture, a failure, or an error."""

    async def scenario(backend: Backend) -> Artifact | Progress:
        ticket = await backend.submit(bench.order(does, "job-1"), bench.access)
        progress = await until(backend, ticket, bench.access, *ENDED)
        return progress if progress.state == "failed" else await backend.fetch(ticket, bench.access)

    try:
        found: Artifact | Progress = run(bench, does, scenario)
    except BackendError as error:
        return error
    return found


def test_a_worker_draws(bench: Bench) -> None:
    found = drawn(bench, "rain")
    assert isinstance(found, Artifact)
    assert inspect(found.content).media_type == "image/png"


def test_what_is_no_line_of_a_worker_is_passed_over(bench: Bench) -> None:
    assert isinstance(drawn(bench, "garbage"), Artifact)


@pytest.mark.parametrize("does", ["killed", "crash"])
def test_a_picture_is_lost_with_its_worker_or_failed_and_never_runs_for_ever(bench: Bench, does: str) -> None:
    match drawn(bench, does):
        case LostError():
            pass
        case found:
            assert isinstance(found, Progress)
            assert (found.state, bool(found.message)) == ("failed", True)


@pytest.mark.parametrize("does", ["nothing", "cut"])
def test_a_picture_that_is_missing_or_cut_is_no_picture(bench: Bench, does: str) -> None:
    found = drawn(bench, does)
    assert not isinstance(found, Artifact)
    assert "left no picture" in str(found)


def test_a_worker_refuses_in_its_own_words(bench: Bench) -> None:
    found = drawn(bench, "refuse")
    assert isinstance(found, Progress)
    assert "The memory does not hold this" in found.message
    assert not found.transient


def test_a_picture_that_is_called_off_is_never_handed_over(bench: Bench) -> None:
    async def scenario(backend: Backend) -> None:
        ticket = await backend.submit(bench.order("slow", "job-1"), bench.access)
        await until(backend, ticket, bench.access, "running")
        with pytest.raises(UnreachableError):
            await backend.fetch(ticket, bench.access)
        assert await backend.cancel(ticket, bench.access) is True
        assert await backend.cancel(ticket, bench.access) is False
        with pytest.raises((LostError, RejectedError)):
            await backend.fetch(ticket, bench.access)

    run(bench, "slow", scenario)


def test_what_waits_is_called_off_and_what_is_drawn_goes_on(bench: Bench) -> None:
    async def scenario(backend: Backend) -> None:
        first = await backend.submit(bench.order("slow", "first"), bench.access)
        await until(backend, first, bench.access, "running")
        second = await backend.submit(bench.order("slow", "second"), bench.access)
        assert (await backend.poll(second, bench.access)).state == ("queued" if bench.queues else "running")
        assert await backend.cancel(second, bench.access) is True
        assert (await backend.poll(first, bench.access)).state == "running"
        assert await backend.cancel(first, bench.access) is True

    run(bench, "slow", scenario)


def test_what_is_done_cannot_be_called_off_and_stays(bench: Bench) -> None:
    async def scenario(backend: Backend) -> None:
        ticket = await backend.submit(bench.order("rain", "job-1"), bench.access)
        await until(backend, ticket, bench.access, "done")
        assert await backend.cancel(ticket, bench.access) is False
        assert (await backend.fetch(ticket, bench.access)).content

    run(bench, "rain", scenario)


def test_after_a_restart_of_ours_a_ticket_is_lost(bench: Bench) -> None:
    async def scenario(backend: Backend) -> None:
        ticket = await backend.submit(bench.order("rain", "job-1"), bench.access)
        later = bench.backend("rain")
        for call in (later.poll, later.fetch):
            with pytest.raises(LostError):
                await call(ticket, bench.access)
        assert await later.cancel(ticket, bench.access) is False
        await until(backend, ticket, bench.access, "done")
        assert (await backend.fetch(ticket, bench.access)).content

    run(bench, "rain", scenario)
