"""The queue on both databases: order, slots over all processes, budgets, and what the dead leave behind."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, update

from app import db
from app.errors import BadInputError, ConflictError, UnknownNameError
from app.library import Library
from app.library.queue import Turn
from app.library.takes import Making
from app.pipeline import compile_shot
from app.schema.documents import Batch
from app.vocab import vocabulary
from tests.places import ON, places

FILM = "the-lamp-room"


@pytest.fixture(params=ON)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return places.opened(tmp_path, on=request.param)


def makings(library: Library, prices: list[float], backend: str = "uni1") -> list[Making]:
    compiled = compile_shot(library.shot("the-rim").shot, vocabulary().target("uni-1"), vocabulary())
    revision = library.freeze("the-rim")
    return [Making(revision, compiled, backend, "compiled", price) for price in prices]


def batch(library: Library, prices: list[float], budget_usd: float | None = None) -> tuple[Batch, list[str]]:
    made = library.batches.add(FILM, "Ten of the rim", makings(library, prices), budget_usd)
    return made, library.batches.takes(made.id)


def taken(library: Library, at_once: int = 99, worker: str = "a") -> list[str]:
    """Take all that is due."""
    library.queue.beat(worker)
    found = []
    while turn := library.queue.next(worker, lambda _: at_once):
        found.append(turn.take)
    return found


def finish(library: Library, take: str) -> None:
    """Let a take be sent and done."""
    library.takes.claim(take)
    library.takes.move(take, "done", remote_id="a ticket")
    library.queue.release(Turn(take, library.takes.job(take).turn))


def test_takes_begin_in_their_order_and_an_order_can_be_changed(library: Library) -> None:
    _, (first, second, third, fourth) = batch(library, [0.04] * 4)
    library.queue.move(fourth, first)
    library.queue.move(first, None)
    library.queue.move(third, third)
    assert taken(library) == [fourth, second, third, first]
    with pytest.raises(ConflictError, match="does not wait any more"):
        library.queue.move(second, first)


def test_a_backend_has_so_many_slots_over_all_processes(library: Library) -> None:
    _, takes = batch(library, [0.04] * 8)

    def process(number: int) -> list[str]:
        return taken(library, 3, f"process {number}")

    with ThreadPoolExecutor(6) as pool:
        found = [take for some in pool.map(process, range(6)) for take in some]
    assert sorted(found) == sorted(takes[:3])
    finish(library, found[0])
    assert taken(library, 3) == [takes[3]]


def test_each_take_is_taken_once(library: Library) -> None:
    _, takes = batch(library, [0.04] * 20)
    with ThreadPoolExecutor(6) as pool:
        found = [take for some in pool.map(lambda number: taken(library, 99, f"p{number}"), range(6)) for take in some]
    assert Counter(found) == Counter(takes)


def test_what_a_dead_process_had_in_hand_goes_first(library: Library) -> None:
    _, takes = batch(library, [0.04] * 3)
    assert taken(library, 2, "dead") == takes[:2]
    library.takes.claim(takes[1])
    assert taken(library, 2, "alive") == []
    with library.database.write() as session:
        session.execute(update(db.Executor).where(col(db.Executor.id) == "dead").values(beat=0.0))
    assert taken(library, 2, "alive") == [takes[1], takes[0]]
    assert {library.takes.job(take).turn for take in takes[:2]} == {2}


def test_who_leaves_gives_all_back(library: Library) -> None:
    _, takes = batch(library, [0.04] * 2)
    assert taken(library, 2, "a") == takes
    library.queue.leave("a")
    assert library.queue.has_any()
    assert taken(library, 2, "b") == takes


def test_an_old_turn_lets_go_of_nothing(library: Library) -> None:
    _, (take,) = batch(library, [0.04])
    old = library.queue.next("a", lambda _: 1)
    assert old
    seen = library.takes.job(take)
    library.queue.leave("a")
    library.queue.next("b", lambda _: 1)
    library.queue.release(old)
    assert not library.takes.put_back(seen, "Luma is busy.")
    assert library.takes.job(take).worker == "b"


def test_a_process_that_stops_begins_nothing_more(library: Library) -> None:
    _, (first, second) = batch(library, [0.04] * 2)
    library.queue.beat("a")
    turns = [library.queue.next("a", lambda _: 2) for _ in range(2)]
    assert library.takes.claim(first, turns[0].number if turns[0] else 0)
    library.queue.recall("a")
    assert not library.takes.claim(second, turns[1].number if turns[1] else 0)
    assert (library.queue.sending("a", 60), library.queue.sending("a", 0)) == (True, False)
    assert taken(library, 2, "b") == [second]


def test_a_take_that_was_put_back_waits_in_its_place_and_its_time(library: Library) -> None:
    _, (first, second) = batch(library, [0.04] * 2)
    library.queue.next("a", lambda _: 1)
    assert library.takes.put_back(library.takes.job(first), "The model stumbled.", 60, retries=1)
    assert taken(library) == [second]
    with library.database.write() as session:
        session.execute(update(db.Job).values(not_before=0.0))
    assert taken(library) == [first]
    assert library.takes.job(first).retries == 1


def test_a_service_that_wants_to_be_left_alone_is_by_all(library: Library) -> None:
    _, takes = batch(library, [0.04])
    other = library.batches.add(FILM, "Previz", makings(library, [0], "previz"))
    library.paces.hold_off("uni1", 60)
    library.paces.hold_off("uni1", 1)
    assert taken(library) == library.batches.takes(other.id)
    with library.database.write() as session:
        session.execute(update(db.Pace).values(not_before=0.0))
    assert taken(library) == takes


def test_a_paused_batch_waits_and_the_next_one_goes_on(library: Library) -> None:
    paused, first = batch(library, [0.04] * 2)
    _, second = batch(library, [0.04])
    library.batches.pause(paused.id)
    assert taken(library) == second
    library.batches.resume(paused.id)
    assert taken(library) == first


def test_a_budget_stops_a_batch_before_it_is_passed(library: Library) -> None:
    made, takes = batch(library, [0.04] * 4, budget_usd=0.1)
    assert taken(library) == takes[:2]
    stopped = library.batches.get(made.id)
    assert (stopped.paused, "would pass the budget of $0.10" in stopped.reason) == (True, True)
    assert (stopped.spent_usd, stopped.to_come_usd) == (0, 0.16)
    finish(library, takes[0])
    library.batches.resume(made.id)
    assert taken(library) == []
    library.batches.set_budget(made.id, 0.16)
    assert taken(library) == takes[2:]
    assert library.batches.get(made.id).spent_usd == 0.04


def test_what_a_person_paused_stays_paused_when_it_gets_a_budget(library: Library) -> None:
    made, takes = batch(library, [0.04])
    library.batches.pause(made.id)
    library.batches.set_budget(made.id, 1)
    assert taken(library) == []
    library.batches.resume(made.id)
    assert taken(library) == takes


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prices=st.lists(st.sampled_from([0.0, 0.0404, 0.1, 0.3, 1.2]), min_size=1, max_size=6),
    budget=st.floats(0, 3),
    ends=st.lists(st.sampled_from(["done", "failed", "cancelled", "unsure", "queued"]), min_size=6, max_size=6),
)
def test_no_batch_ever_passes_its_budget(library: Library, prices: list[float], budget: float, ends: list[str]) -> None:
    """However its takes end: what was claimed may have been paid for, and is counted."""
    made, _ = batch(library, prices, budget)
    begun = 0.0
    for end in ends:
        turn = library.queue.next("a", lambda _: 99)
        if turn is None:
            break
        library.takes.claim(turn.take)
        begun += library.takes.job(turn.take).cost_usd or 0
        if end != "queued":
            library.takes.move(turn.take, end)  # type: ignore[arg-type]
    assert begun <= budget + 1e-6
    library.batches.cancel(made.id)


def test_a_batch_is_added_whole_or_not_at_all(library: Library) -> None:
    with pytest.raises(BadInputError, match="needs a name"):
        library.batches.add(FILM, "  ", makings(library, [0.04]))
    with pytest.raises(BadInputError, match="nothing in this batch"):
        library.batches.add(FILM, "None", [])
    with pytest.raises(BadInputError, match="sum in dollars"):
        library.batches.add(FILM, "Broke", makings(library, [0.04]), float("nan"))
    with pytest.raises(UnknownNameError):
        library.batches.get("no-such-batch")
    assert library.batches.of(FILM) == []
    assert not library.queue.has_any()


def test_cancelling_a_batch_stops_each_take_as_far_as_it_is(library: Library) -> None:
    made, (waits, runs, doubt, done) = batch(library, [0.04] * 4)
    for take in (runs, doubt, done):
        library.takes.claim(take)
    library.takes.move(runs, "running", remote_id="a ticket")
    library.takes.move(doubt, "unsure")
    library.takes.move(done, "done")
    library.batches.cancel(made.id)
    assert [library.takes.get(take).state for take in (waits, runs, doubt, done)] == [
        "cancelled", "running", "cancelled", "done",
    ]  # fmt: skip
    assert library.takes.job(runs).cancel
    found = library.batches.get(made.id)
    assert (found.takes, found.ended, found.states) == (4, 3, {"cancelled": 2, "running": 1, "done": 1})
    assert (found.spent_usd, found.under_way_usd, found.to_come_usd) == (0.08, 0.04, 0)


def test_durations_are_remembered_by_target_and_not_for_ever(library: Library) -> None:
    for seconds in range(60):
        library.paces.learn("uni1", "uni-1", seconds)
    library.paces.learn("uni1", "uni-1-max", 7)
    assert library.paces.lasted("uni1", "uni-1") == [float(seconds) for seconds in range(10, 60)]
    assert library.paces.lasted("uni1", "uni-1-max") == [7.0]
    assert library.paces.lasted("previz", "uni-1") == []


def test_a_film_can_stay_on_this_machine(library: Library) -> None:
    assert not library.project(FILM).local
    library.set_local(FILM, local=True)
    assert library.project(FILM).local


def test_what_was_sent_twice_counts_twice_in_the_budget(library: Library) -> None:
    made, (first, second, third) = batch(library, [0.04] * 3, budget_usd=0.12)
    assert library.takes.claim(first)
    library.takes.move(first, "unsure")
    assert not library.takes.send_again(second)
    assert library.takes.send_again(first)
    assert not library.takes.send_again(first)
    assert (library.takes.job(first).state, library.takes.job(first).claimed_at) == ("queued", None)
    assert library.batches.get(made.id).spent_usd == 0.04
    for take in (first, second):
        turn = library.queue.next("a", lambda _: 99)
        assert turn
        assert turn.take == take
        assert library.takes.claim(take)
        library.takes.move(take, "done")
    assert library.queue.next("a", lambda _: 99) is None
    found = library.batches.get(made.id)
    assert (found.paused, found.spent_usd, found.to_come_usd) == (True, 0.12, 0.04)
    assert library.takes.get(third).state == "queued"


def test_a_film_can_keep_its_prompts_home(library: Library) -> None:
    assert not library.project(FILM).prompts_stay
    library.set_prompts_stay(FILM, stay=True)
    assert (library.project(FILM).prompts_stay, library.project(FILM).local) == (True, False)
    with pytest.raises(UnknownNameError):
        library.set_prompts_stay("no-such-film", stay=True)
