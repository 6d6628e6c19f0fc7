"""Searches that are kept by a name."""

from pathlib import Path

import pytest

from app.errors import BadInputError, ConflictError, UnknownNameError
from app.library import Library
from app.library.query import QueryError
from app.library.searches import MOST_KEPT, Kept
from tests.places import places


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return places.opened(tmp_path)


def test_a_search_is_kept_listed_by_name_and_forgotten(library: Library) -> None:
    library.searches.keep("  Wet   nights ", "rain   tag:night")
    library.searches.keep("close-ups", "size:cu or size:mcu")
    assert library.searches.all() == [
        Kept("close-ups", "size:cu or size:mcu", "Ada"),
        Kept("Wet nights", "rain tag:night", "Ada"),
    ]
    assert library.searches.get("wet NIGHTS").query == "rain tag:night"
    library.searches.drop("wet nights")
    assert [one.name for one in library.searches.all()] == ["close-ups"]


def test_a_name_that_is_taken_is_not_written_over(library: Library) -> None:
    library.searches.keep("Wet nights", "rain")
    assert library.searches.keep("wet nights", "rain") == Kept("Wet nights", "rain", "Ada")
    with pytest.raises(ConflictError, match="kept as Wet nights already") as refused:
        library.searches.keep("wet nights", "fog")
    assert "It asks for rain." in refused.value.hint
    assert library.searches.get("Wet nights").query == "rain"


@pytest.mark.parametrize(
    ("name", "query", "error"),
    [
        (" ", "rain", BadInputError),
        ("x" * 81, "rain", BadInputError),
        ("Nothing", "  ", BadInputError),
        ("Wrong", "sise:cu", QueryError),
    ],
)
def test_what_cannot_be_kept_is_refused(library: Library, name: str, query: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        library.searches.keep(name, query)
    assert library.searches.all() == []


def test_an_unknown_name_is_answered_with_the_nearest(library: Library) -> None:
    library.searches.keep("Wet nights", "rain")
    with pytest.raises(UnknownNameError) as unknown:
        library.searches.get("Wet night")
    assert unknown.value.hint == "Did you mean 'Wet nights'?"


def test_there_is_room_for_so_many(library: Library) -> None:
    for number in range(MOST_KEPT):
        library.searches.keep(f"search {number}", "rain")
    with pytest.raises(BadInputError, match="searches are kept"):
        library.searches.keep("one more", "rain")
