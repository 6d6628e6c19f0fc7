"""What Luma's answers say about an account's limits, whatever its clock and however odd they are."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from app.backends._luma_line import LONGEST_S, headroom, storage, unsafe
from app.backends.base import Access, Headroom

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
THEN = int(NOW.timestamp())


def told(limit: object = 30, remaining: object = 29, reset: object = THEN + 60, **more: str) -> httpx.Response:
    names = {"limit": limit, "remaining": remaining, "reset": reset}
    headers = {f"X-RateLimit-{name}": str(value) for name, value in names.items()}
    return httpx.Response(201, headers=headers | more)


@pytest.mark.parametrize("ahead_s", [-86400, -7, 0, 7, 86400])
def test_a_reset_is_counted_by_lumas_own_clock(ahead_s: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=ahead_s), usegmt=True)
    answer = told(reset=THEN + ahead_s + 30, date=date)
    assert headroom(answer, THEN) == Headroom(30, 29, THEN + 30)


@pytest.mark.parametrize(
    ("reset", "left_s"), [(THEN + 60, 60), (THEN, 0), (THEN - 9, 0), (1, 0), (THEN + 10**9, LONGEST_S)]
)
@pytest.mark.parametrize("date", [{}, {"date": "yesterday"}, {"date": ""}])
def test_without_a_date_it_is_counted_by_ours(reset: int, left_s: int, date: dict[str, str]) -> None:
    assert headroom(told(reset=reset, **date), THEN) == Headroom(30, 29, THEN + left_s)


@pytest.mark.parametrize(
    "odd",
    [{"limit": "many"}, {"remaining": -1}, {"remaining": ""}, {"reset": "9" * 400}, {"limit": "³"}, {"reset": "1e9"}],
)
def test_limits_that_nobody_can_read_are_none(odd: dict[str, Any]) -> None:
    headers = dict(told().headers) | {f"x-ratelimit-{name}": str(value) for name, value in odd.items()}
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert headroom(httpx.Response(201, headers=sent), THEN) is None


def test_an_answer_may_say_nothing_of_limits() -> None:
    assert headroom(httpx.Response(201), THEN) is None
    assert headroom(httpx.Response(429, headers={"Retry-After": "60"}), THEN) is None


@pytest.mark.parametrize(
    ("url", "safe", "local"),
    [
        ("", True, False),
        ("https://luma.test/v1", True, False),
        ("http://127.0.0.1:9/v1", True, True),
        ("https://127.0.0.1:9/v1", True, False),
        ("http://luma.test/v1", False, False),
        ("http://192.168.0.2/v1", False, False),
        ("ftp://luma.test", False, False),
        ("luma", False, False),
    ],
)
def test_a_key_goes_over_https_or_stays_on_this_machine(url: str, safe: bool, local: bool) -> None:  # noqa: FBT001  a table's columns
    assert (not unsafe(Access(url)), storage(Access(url)).may_be_local) == (safe, local)
