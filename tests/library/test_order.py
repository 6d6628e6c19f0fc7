"""The order of a film's shots."""

import pytest

from app.errors import UnknownNameError
from app.library import Library
from app.library.library import SAMPLE_PROJECT
from app.schema import Shot


def names(library: Library) -> list[str]:
    return [one.id for one in library.shots(SAMPLE_PROJECT)]


def test_a_shot_goes_before_another_or_to_the_end_and_nothing_else_moves(library: Library) -> None:
    first, second, *rest = names(library)
    library.move_shot(rest[-1], first)
    assert names(library) == [rest[-1], first, second, *rest[:-1]]
    library.move_shot(rest[-1], None)
    assert names(library) == [first, second, *rest]
    library.move_shot(second, second)
    assert names(library) == [first, second, *rest]


def test_a_shot_moves_only_within_its_film(library: Library) -> None:
    other = library.add_shot(library.add_project("Other").id, "1", "One", Shot())
    before = names(library)
    with pytest.raises(UnknownNameError, match="shot of this film"):
        library.move_shot(before[0], other.id)
    with pytest.raises(UnknownNameError):
        library.move_shot("none", None)
    assert names(library) == before


def test_a_shot_that_is_added_later_stands_at_the_end(library: Library) -> None:
    library.move_shot(names(library)[0], None)
    added = library.add_shot(SAMPLE_PROJECT, "9", "Nine", Shot())
    assert names(library)[-1] == added.id


def test_shots_are_added_right_behind_one_and_at_the_end(library: Library) -> None:
    first, *rest = names(library)
    added = [one.id for one in library.add_shots_after(first, [("1B", "Over", Shot()), ("1C", "Single", Shot())])]
    assert names(library) == [first, *added, *rest]
    (last,) = library.add_shots_after(rest[-1], [("6B", "Reverse", Shot())])
    assert names(library) == [first, *added, *rest, last.id]
    assert library.add_shot(SAMPLE_PROJECT, "9", "Nine", Shot()).id == names(library)[-1]
    with pytest.raises(UnknownNameError):
        library.add_shots_after("none", [("1B", "Over", Shot())])


def test_a_shot_is_cut_to_from_the_one_before_in_its_scene(library: Library) -> None:
    library.scenes.put_shot("two-keepers", "1")
    before = library.before("two-keepers")
    assert before
    assert before.id == "the-rim"
    assert [library.before(name) for name in ("the-rim", "below-stairs", "nobody")] == [None] * 3
    library.move_shot("two-keepers", None)
    assert library.before("two-keepers") is None
    library.scenes.put_shot("the-gallery", "")
    library.scenes.put_shot("two-keepers", "")
    assert library.before("two-keepers") is None
