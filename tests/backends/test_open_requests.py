"""Requests that are kept open: their order, how they end, and what is kept of them."""

import asyncio
from typing import Any

import pytest

from app.backends._open_requests import KEPT, OpenRequests
from app.backends.base import Progress
from app.errors import BackendError, BusyError, LostError, RejectedError, UnreachableError, UnsureError


class Held:
    """A request that is answered when a test says so."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    async def __call__(self) -> dict[str, Any]:
        """Wait for the answer."""
        return await self.answer


async def settle() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


def test_requests_stand_in_the_order_in_which_they_were_sent_last() -> None:
    async def scenario() -> None:
        kept: OpenRequests[str] = OpenRequests()
        held = {name: Held() for name in ("a", "b", "c")}
        for name in ("a", "b"):
            await kept.start(name, name, held[name])
        assert kept.is_next(kept.find("a"))
        assert not kept.is_next(kept.find("b"))
        held["a"].answer.set_result({"images": []})
        await settle()
        assert kept.is_next(kept.find("b"))
        await kept.start("a", "a again", held["c"])
        assert kept.is_next(kept.find("b"))
        assert not kept.is_next(kept.find("a"))
        for name in ("b", "c"):
            held[name].answer.set_result({})
        await settle()
        assert kept.find("a").outcome() == kept.find("b").outcome() == Progress("done", 1)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("error", "transient"),
    [
        (BusyError("full"), True),
        (UnreachableError("gone"), True),
        (UnsureError("cut"), False),
        (RejectedError("no"), False),
        (BackendError("too large"), False),
    ],
)
def test_a_failure_says_whether_the_same_order_may_go_out_again(error: BackendError, transient: bool) -> None:  # noqa: FBT001  a column of the table
    async def scenario() -> None:
        kept: OpenRequests[str] = OpenRequests()
        held = Held()
        await kept.start("a", "", held)
        assert kept.find("a").outcome() == Progress("running")
        with pytest.raises(UnreachableError, match="not finished"):
            kept.find("a").result()
        held.answer.set_exception(error)
        await settle()
        ended = Progress("failed", message=str(error), code=error.code, transient=transient)
        assert kept.find("a").outcome() == ended
        with pytest.raises(type(error)):
            kept.find("a").result()

    asyncio.run(scenario())


def test_a_refusal_at_once_is_raised_and_nothing_is_kept() -> None:
    async def scenario() -> None:
        kept: OpenRequests[str] = OpenRequests()
        held = Held()
        held.answer.set_exception(RejectedError("no"))
        with pytest.raises(RejectedError):
            await kept.start("a", "", held, within_s=5)
        assert kept.get("a") is None
        assert not kept.is_under_way("a")

    asyncio.run(scenario())


def test_what_went_down_with_its_loop_is_lost() -> None:
    kept: OpenRequests[str] = OpenRequests()

    async def scenario() -> None:
        await kept.start("a", "", Held())
        await settle()
        assert kept.is_under_way("a")

    asyncio.run(scenario())
    assert not kept.is_under_way("a")
    with pytest.raises(LostError):
        kept.find("a")


def test_a_stopped_one_is_thrown_away_and_no_more_is_kept_than_needed() -> None:
    async def scenario() -> None:
        kept: OpenRequests[int] = OpenRequests()
        for number in range(KEPT + 5):
            held = Held()
            await kept.start(str(number), number, held)
            one = kept.find(str(number))
            one.cancelled = True
            held.answer.set_result({"images": ["half a picture"]})
            await settle()
            assert one.answer == {}
            assert one.outcome().code == "cancelled"
            with pytest.raises(RejectedError, match="thrown away"):
                one.result()
        assert [number for number in range(KEPT + 5) if kept.get(str(number))] == list(range(4, KEPT + 5))

    asyncio.run(scenario())
