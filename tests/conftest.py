"""Shared options and characters."""

from collections.abc import Callable

import pytest

from app.schema import Shot, read_data
from app.vocab import vocabulary


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run rewrite the golden answers: `pytest --golden`."""
    parser.addoption("--golden", action="store_true", help="rewrite the golden answers; read the diff")


@pytest.fixture
def sample() -> Callable[[str], Shot]:
    """A shot of the sample film, by the stem of its file."""
    return lambda name: read_data(vocabulary().samples[name].shot)
