"""Requests that block until their picture is made: each stays open in this process, and its ticket dies with it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.backends.base import Progress
from app.errors import BackendError, BusyError, LostError, RejectedError, UnreachableError, UnsureError

KEPT = 16
"""So many ended requests stay in memory, for a second look."""

THROWN_AWAY = "Stopped; the unfinished picture was thrown away."

T = TypeVar("T")


@dataclass
class OpenRequest(Generic[T]):
    """One request, and what was asked. Its task fills in `answer` or `error`; other event loops only read."""

    asked: T
    task: "asyncio.Task[None] | None" = None
    answer: dict[str, Any] | None = field(default=None, repr=False)
    error: BackendError | None = None
    stopping: bool = False
    cancelled: bool = False

    def is_open(self) -> bool:
        """Whether it still waits for an answer that anybody wants."""
        return self.answer is None and self.error is None and not self.cancelled

    def is_lost(self) -> bool:
        """Whether the event loop that held it is gone, and the picture with it."""
        over = self.task is not None and self.task.done()
        return isinstance(self.error, LostError) or (over and self.is_open())

    def outcome(self) -> Progress:
        """Return how it ended, or that it is being stopped, or that it runs."""
        if self.cancelled:
            return Progress("failed", message=THROWN_AWAY, code="cancelled")
        if self.stopping:
            return Progress("running", message="Stopping.")
        if self.error:
            again = isinstance(self.error, BusyError | UnreachableError)
            return Progress("failed", message=str(self.error), code=self.error.code, transient=again)
        return Progress("running") if self.answer is None else Progress("done", 1)

    def result(self) -> dict[str, Any]:
        """Return the answer, or raise why there is none."""
        if self.error:
            raise self.error
        if self.cancelled:
            raise RejectedError(THROWN_AWAY)
        if self.answer is None or self.stopping:
            raise UnreachableError("The picture is not finished.", hint="Try again in a moment.")
        return self.answer


class OpenRequests(Generic[T]):
    """The open requests of one backend, by our own reference, in the order in which they were sent."""

    def __init__(self) -> None:
        self._kept: dict[str, OpenRequest[T]] = {}

    def get(self, ticket: str) -> OpenRequest[T] | None:
        """Return a request, or None."""
        return self._kept.get(ticket)

    def find(self, ticket: str) -> OpenRequest[T]:
        """Return a request; LostError when it is not known here, or went down with the loop that held it."""
        found = self._kept.get(ticket)
        if not found or found.is_lost():
            raise LostError(
                "This request is not known here any more.", hint="The process that held it open was stopped."
            )
        return found

    def is_under_way(self, ticket: str) -> bool:
        """Tell whether a request is out and will be answered."""
        found = self._kept.get(ticket)
        return found is not None and found.is_open() and not found.is_lost()

    def is_next(self, one: OpenRequest[T]) -> bool:
        """Tell whether no other request was sent before this one and is still open."""
        return next((other for other in tuple(self._kept.values()) if other.is_open()), one) is one

    async def start(
        self, ticket: str, asked: T, send: Callable[[], Awaitable[dict[str, Any]]], *, within_s: float = 0
    ) -> None:
        """Send a request and keep it open. What fails within a moment is raised, and nothing of it is kept."""
        self._forget()
        self._kept.pop(ticket, None)  # one that is sent again stands behind those that went out meanwhile
        opened = self._kept[ticket] = OpenRequest(asked)
        opened.task = asyncio.create_task(_wait_for(opened, send))
        if within_s:
            await asyncio.wait({opened.task}, timeout=within_s)
        if opened.error:
            del self._kept[ticket]
            raise opened.error

    def _forget(self) -> None:
        ended = [ticket for ticket, one in self._kept.items() if not one.is_open()]
        for ticket in ended[: max(0, len(ended) - KEPT)]:
            del self._kept[ticket]


def charged(lost: LostError, *, paid: bool) -> Progress:
    """Say of a request that nobody holds open any more that it may have been charged.

    It is not called lost then, or somebody would send it again. Raises the error where nobody charges.
    """
    if not paid:
        raise lost
    return Progress("failed", message=f"{lost.message} It may have been charged.", code=UnsureError.code)


async def _wait_for(opened: OpenRequest[Any], send: Callable[[], Awaitable[dict[str, Any]]]) -> None:
    try:
        found = await send()
        opened.answer = {} if opened.cancelled else found
    except BackendError as error:
        opened.error = error
    except asyncio.CancelledError:
        opened.error = LostError("Printlight stopped while the picture was being drawn.")
        raise
