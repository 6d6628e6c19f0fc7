"""The built-in previz: how wide it draws is a setting, and one that cannot be is refused in a sentence."""

import asyncio

import pytest

from app.backends import Access, Order, backends
from app.errors import RejectedError
from app.schema import Shot
from app.vocab import vocabulary

PREVIZ = backends["previz"]


@pytest.mark.parametrize("width", ["wide", "0", "-960", "9600", "96.5", " "])
def test_a_width_that_cannot_be_drawn_is_refused(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTLIGHT_PREVIZ_WIDTH", width)
    problem = asyncio.run(PREVIZ.ready(Access()))
    assert repr(width) in problem
    assert "between 16 and 4096 pixels" in problem
    with pytest.raises(RejectedError, match="between 16 and 4096 pixels"):
        asyncio.run(PREVIZ.submit(Order("ref", vocabulary().target("uni-1"), Shot(), ""), Access()))


@pytest.mark.parametrize("width", ["", "16", "960", "4096"])
def test_a_width_that_can_be_drawn_is_ready(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTLIGHT_PREVIZ_WIDTH", width)
    assert asyncio.run(PREVIZ.ready(Access())) == ""
