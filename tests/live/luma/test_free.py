"""What can be asked of Luma itself without paying."""

import asyncio
import os

import pytest

from app.backends._luma_line import call, generation
from app.backends.base import Access
from app.backends.uni1 import Uni1
from app.errors import LostError

ACCESS = Access(os.environ.get("LUMA_BASE_URL", ""), os.environ["LUMA_AGENTS_API_KEY"])


def test_the_key_is_good() -> None:
    seen = asyncio.run(Uni1().look(ACCESS))
    assert seen.problem == ""
    assert seen.version


def test_another_key_is_not() -> None:
    seen = asyncio.run(Uni1().look(Access(ACCESS.url, "luma-api-this-is-no-key")))
    assert "401" in seen.problem


def test_a_generation_and_a_file_that_never_were_are_lost() -> None:
    unknown = "2b0c6d52-6f0e-4a53-9a0e-6a7e0f1c9d11"
    with pytest.raises(LostError):
        asyncio.run(generation(unknown, ACCESS))
    with pytest.raises(LostError):
        asyncio.run(call(ACCESS, "GET", f"/files/{unknown}"))
