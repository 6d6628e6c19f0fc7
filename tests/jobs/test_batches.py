"""Batches as a person orders them: several takes, a sweep over one field, a whole scene."""

import pytest

from app.errors import BadInputError, RejectedError, ShotError
from app.jobs import Desk, Way, Wish, grid, several
from app.library import Library
from app.schema import Shot

WAY = Way("uni-1", "uni1")


@pytest.fixture
def desk(library: Library) -> Desk:
    return Desk(library, {})


def test_several_takes_of_a_shot_are_of_one_revision(desk: Desk) -> None:
    batch = desk.add_batch("Three", several("the-rim", 3), WAY, budget_usd=1)
    takes = [desk.library.takes.get(name) for name in desk.library.batches.takes(batch.id)]
    assert [(take.number, take.revision, take.batch_id) for take in takes] == [(n, 1, batch.id) for n in (1, 2, 3)]
    assert (batch.takes, batch.states, batch.to_come_usd) == (3, {"queued": 3}, 0.1212)


def test_a_sweep_is_a_revision_for_each_value_and_leaves_the_draft_alone(desk: Desk) -> None:
    before = desk.library.shot("the-rim")
    batch = desk.add_batch("Lenses", grid("the-rim", {"camera.focal_mm": [24, 85]}), WAY)
    takes = [desk.library.takes.get(name) for name in desk.library.batches.takes(batch.id)]
    documents = [desk.library.takes.document(take.id) for take in takes]
    assert [one["camera"]["focal_mm"] for one in documents] == [24, 85]
    assert takes[0].prompt != takes[1].prompt
    assert desk.library.shot("the-rim") == before.model_copy(update={"base": 1})
    last = desk.library.freeze("the-rim", {"camera": {"focal_mm": 85}}, "camera.focal_mm = 85")
    assert (last.number, last.parent) == (3, 1)
    assert last.layers[1] == {"name": "camera.focal_mm = 85", "patch": {"camera": {"focal_mm": 85}}}


def test_a_whole_scene_waits_in_its_order(desk: Desk) -> None:
    names = [draft.id for draft in desk.library.shots("the-lamp-room")]
    batch = desk.add_batch("Scene", [Wish(name) for name in names], Way("uni-1", "uni1", "plain"))
    takes = [desk.library.takes.get(name) for name in desk.library.batches.takes(batch.id)]
    assert [take.shot_id for take in takes] == names
    assert {take.wording for take in takes} == {"plain"}
    assert [one.id for one in desk.library.batches.of("the-lamp-room")] == [batch.id]


def test_a_batch_that_cannot_be_made_adds_nothing(desk: Desk) -> None:
    film = desk.library.add_project("Another film")
    other = desk.library.add_shot(film.id, "1", "A shot", Shot())
    with pytest.raises(BadInputError, match="one film"):
        desk.add_batch("Two films", [Wish("the-rim"), Wish(other.id)], WAY)
    with pytest.raises(BadInputError, match="one film"):
        desk.add_batch("Nothing", [], WAY)
    with pytest.raises(ShotError):
        desk.add_batch("Odd", grid("the-rim", {"camera.focal_mm": [50, "wide"]}), WAY)
    with pytest.raises(RejectedError, match="does not serve"):
        desk.add_batch("Elsewhere", several("the-rim", 2), Way("sdxl", "uni1"))
    assert not desk.library.queue.has_any()


def test_how_long_a_batch_takes_is_told_from_the_last_pictures(desk: Desk) -> None:
    batch = desk.add_batch("Ten", several("the-rim", 10), WAY)
    assert desk.batch(batch.id).seconds_left is None
    for seconds in (28, 30, 32):
        desk.library.paces.learn("uni1", "uni-1", seconds)
    assert desk.batch(batch.id).seconds_left == 75  # ten of 30 s, four at a time
    desk.library.batches.cancel(batch.id)
    assert desk.batch(batch.id).seconds_left == 0
