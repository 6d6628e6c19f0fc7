"""The line of a shot: nothing is forgotten, and everything says where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError, ConflictError, UnknownNameError
from app.library import Library
from app.library.history import since
from app.schema import Shot, read_data
from app.schema.paths import leaves
from tests.shots import examples, shots

SHOT = "the-rim"


def save(library: Library, seconds: float) -> None:
    draft = library.shot(SHOT)
    library.save(SHOT, draft.version, read_data({"duration_s": seconds}), draft.target)


def test_a_draft_says_which_revision_it_came_from(library: Library) -> None:
    assert library.shot(SHOT).base is None
    first = library.freeze(SHOT)
    assert (first.parent, library.shot(SHOT).base) == (None, 1)
    save(library, 3)
    assert library.shot(SHOT).base == 1
    second = library.freeze(SHOT)
    assert (second.number, second.parent, library.shot(SHOT).base) == (2, 1, 2)


def test_a_draft_that_stands_as_it_stood_once_is_that_revision(library: Library) -> None:
    first = library.shot(SHOT)
    library.freeze(SHOT)
    save(library, 3)
    library.freeze(SHOT)
    library.save(SHOT, library.shot(SHOT).version, first.shot, first.target)
    assert library.shot(SHOT).base == 1
    assert library.freeze(SHOT).number == 1
    save(library, 5)
    assert library.freeze(SHOT).parent == 1


def test_a_restored_revision_leaves_what_was_there_in_the_line(library: Library) -> None:
    was = library.freeze(SHOT).shot
    save(library, 3)
    restored = library.restore(SHOT, 1)
    assert (restored.shot, restored.base) == (was, 1)
    assert [(one.number, one.parent) for one in library.history.of(SHOT)] == [(1, None), (2, 1)]
    assert library.history.get(SHOT, 2).shot == read_data({"duration_s": 3})
    assert library.restore(SHOT, 2).shot == read_data({"duration_s": 3})
    assert len(library.history.of(SHOT)) == 2
    with pytest.raises(UnknownNameError, match="'7'"):
        library.restore(SHOT, 7)


def test_who_saves_over_what_was_restored_is_told(library: Library) -> None:
    library.freeze(SHOT)
    save(library, 3)
    version = library.shot(SHOT).version
    library.restore(SHOT, 1)
    with pytest.raises(ConflictError):
        library.save(SHOT, version, read_data({"duration_s": 9}), "uni-1")


def test_a_name_stands_beside_a_revision(library: Library) -> None:
    before = library.freeze(SHOT)
    named = library.history.name(SHOT, 1, "  as  discussed ")
    assert named == before.model_copy(update={"name": "as discussed"})
    assert library.history.get(SHOT, 1) == named
    assert library.history.name(SHOT, 1, "").name == ""
    with pytest.raises(BadInputError, match="too long"):
        library.history.name(SHOT, 1, "x" * 121)
    with pytest.raises(UnknownNameError):
        library.history.name(SHOT, 2, "nothing there")


def test_a_patched_revision_branches_off_the_draft(library: Library) -> None:
    first = library.freeze(SHOT, {"duration_s": 4}, "duration_s = 4")
    second = library.freeze(SHOT, {"duration_s": 8}, "duration_s = 8")
    assert [(one.number, one.parent) for one in (first, second)] == [(2, 1), (3, 1)]
    assert library.shot(SHOT).base == 1
    assert library.freeze(SHOT, {"duration_s": 8.0}, "duration_s = 8") == second
    assert library.freeze(SHOT, {"duration_s": 9}, "longer still", after=3).parent == 3


@given(st.lists(shots(), min_size=1, max_size=6), st.lists(st.integers(0, 5), min_size=1, max_size=8))
@examples(60)
def test_since_when_a_field_is_so(some: list[Shot], order: list[int]) -> None:
    stood = [some[at % len(some)] for at in order]
    said = [leaves(shot) for shot in stood]
    wanted = {}
    for path, value in said[-1].items():
        at = len(said) - 1
        while at and path in said[at - 1] and said[at - 1][path] == value:
            at -= 1
        wanted[path] = at
    assert since(stood) == wanted


def test_since_when_a_field_is_so_that_went_and_came_back() -> None:
    stood = [read_data({"duration_s": one} if one else {}) for one in (3, None, 3, 3)]
    assert since(stood) == {"duration_s": 2}
