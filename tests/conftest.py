"""Shared options and characters."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from app.schema import Shot, read_data
from app.vocab import vocabulary

settings.register_profile("steady", max_examples=150, deadline=None, derandomize=True)
settings.register_profile("explore", settings.get_profile("steady"), derandomize=False, print_blob=True)
settings.load_profile("steady")
"""A run draws the same examples each time, so that its verdict is about the code. To look further, draw others:
`pytest --hypothesis-profile=explore`."""

providers._get_local_constants = lambda: providers._local_constants
"""Hypothesis also draws constants out of whichever modules a process happens to have loaded, which differ by run."""

LONGEST = {name: place for place, name in enumerate(("jobs", "browser", "web", "cli"))}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run rewrite the golden answers, `pytest --golden`, or test against other people's programs, `--all`."""
    parser.addoption("--golden", action="store_true", help="rewrite the golden answers; read the diff")
    parser.addoption("--all", action="store_true", help="install other people's programs and test against them too")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what needs `--all`, and live suites: test_live_NAME.py runs where the environment has a NAME_URL."""
    if "peers" in (collection_path.name, collection_path.parent.name) and not config.getoption("--all"):
        return True
    live = collection_path.stem.partition("test_live_")[2]
    return True if live and not os.environ.get(f"{live.upper()}_URL") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders whose tests wait for other programs, so that no core is left with them at the end."""
    items.sort(key=lambda item: LONGEST.get(item.path.parent.name, len(LONGEST)))


@pytest.fixture
def sample() -> Callable[[str], Shot]:
    """A shot of the sample film, by the stem of its file."""
    return lambda name: read_data(vocabulary().samples[name].shot)
