"""Shared options and characters."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from app.schema import Shot, read_data
from app.vocab import vocabulary
from tests.places import ON, SQLITE, places

if TYPE_CHECKING:
    from app.library import Library

settings.register_profile("steady", max_examples=150, deadline=None, derandomize=True)
settings.register_profile("explore", settings.get_profile("steady"), derandomize=False, print_blob=True)
settings.load_profile("steady")
"""A run draws the same examples each time, so that its verdict is about the code. To look further, draw others:
`pytest --hypothesis-profile=explore`."""

providers._get_local_constants = lambda: providers._local_constants
"""Hypothesis also draws constants out of whichever modules a process happens to have loaded, which differ by run."""

LONGEST = {name: place for place, name in enumerate(("jobs", "browser", "web", "cli"))}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run rewrite the golden answers, test against other people's programs, or keep things on servers."""
    parser.addoption("--golden", action="store_true", help="rewrite the golden answers; read the diff")
    parser.addoption("--all", action="store_true", help="install other people's programs and test against them too")
    parser.addoption(
        "--latency", type=int, default=0, metavar="MS", help="let every answer in a browser come so much later"
    )
    parser.addoption(
        "--on",
        choices=ON,
        default=SQLITE,
        help="where tests keep things: a SQLite file and a folder, as they do when nothing is said; or a PostgreSQL and"
        " an S3 that are started on this machine, with a database and a part of a bucket for each test",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep things where the run wants them kept."""
    places.on = config.getoption("--on")


def pytest_unconfigure() -> None:
    """Stop the servers that were started."""
    places.close()


def pytest_xdist_auto_num_workers() -> int:
    """One more process than there are cores: some tests wait for other programs."""
    return (os.cpu_count() or 1) + 1


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out what needs `--all`, and live suites: test_live_NAME.py runs where the environment has a NAME_URL."""
    if "peers" in (collection_path.name, collection_path.parent.name) and not config.getoption("--all"):
        return True
    live = collection_path.stem.partition("test_live_")[2]
    return True if live and not os.environ.get(f"{live.upper()}_URL") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders whose tests wait for other programs, so that no core is left with them at the end."""
    items.sort(key=lambda item: LONGEST.get(item.path.parent.name, len(LONGEST)))


@pytest.fixture(scope="module", autouse=True)
def _kept_for_a_file() -> Iterator[None]:
    with places.lasting():
        yield


@pytest.fixture(autouse=True)
def _kept_for_a_test() -> Iterator[None]:
    with places.lasting():
        yield


@pytest.fixture
def library(tmp_path: Path) -> "Library":
    """A library that was opened once: the sample film is in."""
    return places.opened(tmp_path)


@pytest.fixture
def sample() -> Callable[[str], Shot]:
    """A shot of the sample film, by the stem of its file."""
    return lambda name: read_data(vocabulary().samples[name].shot)
