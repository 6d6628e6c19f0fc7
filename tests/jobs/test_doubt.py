"""What becomes of an order that may have been sent, and of one that failed for no fault of its own."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import update

from app import db
from app.backends import Access, Order, Progress, backends
from app.errors import LostError, UnreachableError, UnsureError
from app.jobs import Desk, work
from app.library import Library
from app.pipeline import compile_shot
from app.schema.documents import Take
from app.vocab import vocabulary
from tests.jobs.clerk import Clerk


class Moody(Clerk):
    """A clerk whose answers a test sets: an exception is raised once, before or after the order is taken."""

    def __init__(self) -> None:
        self.after_taking: list[Exception] = []
        self.before_telling: list[Exception] = []
        self.progress: list[Progress | Exception] = []

    async def submit(self, order: Order, access: Access) -> str:
        """Take the order, and say so if the mood allows."""
        ticket = await super().submit(order, access)
        if self.after_taking:
            raise self.after_taking.pop()
        return ticket

    async def find(self, ref: str, access: Access) -> str | None:
        """Look, if the mood allows."""
        if self.before_telling:
            raise self.before_telling.pop()
        return await super().find(ref, access)

    async def poll(self, ticket: str, access: Access) -> Progress:  # noqa: ARG002  as the clerk
        """Say what the test wants said."""
        if not self.progress:
            return Progress("done", 1)
        if isinstance(said := self.progress.pop(0), Exception):
            raise said
        return said


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Moody:
    moody = Moody()
    monkeypatch.setitem(backends._found, "clerk", moody)
    monkeypatch.setattr(work, "SETTLE_S", 0)
    monkeypatch.setattr(work, "ASK_AGAIN_S", 0)
    monkeypatch.setattr(work, "RETRY_S", 0)
    return moody


@pytest.fixture
def desk(library: Library, tmp_path: Path, service: Moody) -> Desk:
    (tmp_path / "orders").mkdir()
    return Desk(library, {service.id: Access(str(tmp_path / "orders"))})


@pytest.fixture
def take(desk: Desk) -> str:
    compiled = compile_shot(desk.library.shot("the-rim").shot, vocabulary().target("uni-1"), vocabulary())
    return desk.add("the-rim", compiled, "clerk", "compiled").id


def kept(desk: Desk, take: str) -> Take:
    return desk.library.takes.get(take)


def orders(desk: Desk) -> list[str]:
    """Return the references of all orders that arrived."""
    return sorted(file.name.split("--")[0] for file in Path(desk.access["clerk"].url).glob("*--*"))


def shot(desk: Desk, take: str) -> Any:
    """Work on a take as one turn does."""

    async def whole() -> None:
        if await work.submit(desk, take) and await work.watch(desk, take) == "done":
            await work.keep(desk, take)

    return asyncio.run(whole())


def test_an_order_that_had_arrived_is_watched_and_not_sent_again(desk: Desk, take: str, service: Moody) -> None:
    service.after_taking = [UnsureError("The answer was lost.")]
    shot(desk, take)
    assert kept(desk, take).state == "done"
    assert "Found again" in " ".join(one.note for one in kept(desk, take).history)
    assert orders(desk) == [take]


def test_an_order_that_never_arrived_is_sent(desk: Desk, take: str) -> None:
    assert desk.library.takes.claim(take)
    shot(desk, take)
    assert kept(desk, take).state == "done"
    assert "It never arrived" in " ".join(one.note for one in kept(desk, take).history)
    assert orders(desk) == [take]


def test_a_service_that_cannot_tell_now_is_asked_later(desk: Desk, take: str, service: Moody) -> None:
    service.after_taking = [UnsureError("The answer was lost.")]
    service.before_telling = [UnreachableError("Nobody answers."), UnreachableError("Nobody answers.")]
    shot(desk, take)
    assert (kept(desk, take).state, service.before_telling, orders(desk)) == ("done", [], [take])


def test_a_service_that_never_tells_leaves_it_to_a_person(
    desk: Desk, take: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.library.takes.claim(take)
    monkeypatch.setattr(work, "GIVE_UP_S", 0)
    shot(desk, take)
    assert (kept(desk, take).state, orders(desk)) == ("unsure", [])


def test_a_person_is_told_what_sending_again_may_cost(desk: Desk, take: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Moody, "abilities", type(Moody.abilities)())
    with desk.library.database.write() as session:
        session.execute(update(db.Job).values(cost_usd=0.0404))
    assert desk.library.takes.claim(take)
    shot(desk, take)
    assert kept(desk, take).state == "unsure"
    assert "send it again; that may cost $0.0404 more, or drop it" in kept(desk, take).message


def test_a_passing_failure_is_sent_anew_twice_and_then_told(desk: Desk, take: str, service: Moody) -> None:
    stumbled = Progress("failed", message="The model stumbled.", code="generation_failed", transient=True)
    service.progress = [stumbled] * 3
    for number in range(2):
        shot(desk, take)
        waits = kept(desk, take)
        assert (waits.state, waits.retries, waits.remote_id) == ("queued", number + 1, None)
        assert f"Sent again as a new job ({number + 1} of 2)" in waits.history[-1].note
    shot(desk, take)
    assert (kept(desk, take).state, kept(desk, take).message) == ("failed", "The model stumbled.")
    assert desk.library.takes.job(take).claimed_at is None
    assert orders(desk) == [take, f"{take}.1", f"{take}.2"]


def test_a_failure_that_stays_is_not_repeated(desk: Desk, take: str, service: Moody) -> None:
    service.progress = [Progress("failed", message="Flagged.", code="content_moderated")]
    shot(desk, take)
    assert (kept(desk, take).state, orders(desk)) == ("failed", [take])


def test_lost_work_that_cost_nothing_is_done_anew(
    desk: Desk, take: str, service: Moody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Moody, "paid", False)
    service.progress = [LostError("Never heard of it.")]
    shot(desk, take)
    assert (kept(desk, take).state, kept(desk, take).retries) == ("queued", 1)
    shot(desk, take)
    assert kept(desk, take).state == "done"


def test_nobody_watches_what_stands_still_for_ever(
    desk: Desk, take: str, service: Moody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "GIVE_UP_S", 0)
    service.progress = [Progress("running")]
    shot(desk, take)
    assert (kept(desk, take).state, kept(desk, take).remote_id is not None) == ("failed", True)
    assert desk.library.takes.reopen(take)
    shot(desk, take)
    assert (kept(desk, take).state, orders(desk)) == ("done", [take])


def test_how_long_it_took_is_learned_from_looks_that_frame_it(desk: Desk, take: str) -> None:
    shot(desk, take)
    (took,) = desk.library.paces.lasted("clerk", "uni-1")
    assert 0 < took < 5
    assert desk.library.takes.job(take).sent_at == pytest.approx(time.time(), abs=30)


def test_a_picture_found_done_after_a_restart_teaches_nothing(desk: Desk, take: str) -> None:
    """Nobody knows when it was done; it is looked at without delay all the same."""
    assert asyncio.run(work.submit(desk, take))
    with desk.library.database.write() as session:
        session.execute(update(db.Job).values(sent_at=time.time() - 300))
    shot(desk, take)
    assert kept(desk, take).state == "done"
    assert desk.library.paces.lasted("clerk", "uni-1") == []


def test_a_backend_that_is_gone_ends_its_takes_with_a_word(desk: Desk, take: str) -> None:
    assert desk.at_once("no-such-backend") == 1
    with desk.library.database.write() as session:
        session.execute(update(db.Job).values(backend="no-such-backend"))
    shot(desk, take)
    assert kept(desk, take).state == "failed"
    assert "no-such-backend" in kept(desk, take).message
