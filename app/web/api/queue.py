"""The queue: what is made and what waits, and takes that were ordered together."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict

from app.jobs import Desk
from app.schema.documents import Batch, Take
from app.web import ordering
from app.web.api._forms import Film, Given, Id, ShotId, TakeId, Typed, Usd, door, problems
from app.web.given import DeskGiven, EngineGiven
from app.web.ordering import Ordered, WholeFilm

router = door("queue")

SHOWN = 12
"""So many batches are listed, the newest."""

BatchId = Annotated[Id, Path(description="The id of a batch.")]


class Queue(BaseModel):
    """Takes under way, takes that wait in their order, and the newest batches."""

    working: list[Take]
    waiting: list[Take]
    batches: list[Batch]


class QueuePlace(Given):
    """The waiting take before which another one goes; null for the end."""

    before: Id | None = None


class BatchOrder(Ordered):
    """Several takes of a shot as it was last saved.

    `takes` makes `count` of them, `vary` one for each of the `values` at a `path` (`camera.focal_mm`, "24, 35, 85"),
    with a second path a grid; `steps` makes the shot's changes one after the other, each on the take before.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    path: Typed = ""
    values: Typed = ""
    second_path: Typed = ""
    second_values: Typed = ""
    target: Id
    backend: Id
    budget_usd: Usd | None = None


class FilmOrder(Given):
    """A take of every shot of a film; without a target each for the model that it is written for."""

    backend: Id
    target: Id | None = None
    budget_usd: Usd | None = None


class BatchChange(Given):
    """What changes of a batch; what is left out stays. A budget of null is whatever it costs."""

    paused: bool | None = None
    budget_usd: Usd | None = None


@router.get("/queue")
def show_queue(desk: DeskGiven) -> Queue:
    """Return everything that is under way or waits."""
    return _queue(desk)


@router.put("/queue/{take}/place", responses=problems(409))
def move_take(take: TakeId, place: QueuePlace, desk: DeskGiven) -> Queue:
    """Put a waiting take before another waiting one, or at the end."""
    desk.library.takes.get(take)
    if place.before:
        desk.library.takes.get(place.before)
    desk.library.queue.move(take, place.before)
    return _queue(desk)


@router.post("/shots/{shot}/batches", status_code=201, responses=problems(502))
def order_batch(shot: ShotId, order: BatchOrder, desk: DeskGiven, engine: EngineGiven) -> Batch:
    """Order several takes of a shot."""
    batch = ordering.order(desk, shot, order)
    engine.wake()
    return batch


@router.post("/films/{film}/batches", status_code=201, responses=problems(502))
def order_film(film: Film, order: FilmOrder, desk: DeskGiven, engine: EngineGiven) -> Batch:
    """Order a take of every shot of a film."""
    wanted = WholeFilm(backend=order.backend, target=order.target or "", budget_usd=order.budget_usd)
    batch = ordering.order_film(desk, desk.library.project(film).id, wanted)
    engine.wake()
    return batch


@router.get("/batches/{batch}")
def get_batch(batch: BatchId, desk: DeskGiven) -> Batch:
    """Return a batch: how far it is, and what it has cost."""
    return desk.batch(batch)


@router.get("/batches/{batch}/takes")
def list_takes_of_batch(batch: BatchId, desk: DeskGiven) -> list[Take]:
    """List the takes of a batch in the order of the queue."""
    desk.library.batches.get(batch)
    return [desk.library.takes.get(one) for one in desk.library.batches.takes(batch)]


@router.patch("/batches/{batch}")
def change_batch(batch: BatchId, change: BatchChange, desk: DeskGiven, engine: EngineGiven) -> Batch:
    """Pause a batch, let it go on, set what it may cost in all."""
    batches = desk.library.batches
    batches.get(batch)
    if "budget_usd" in change.model_fields_set:
        batches.set_budget(batch, change.budget_usd)
    if change.paused is not None:
        (batches.pause if change.paused else batches.resume)(batch)
    engine.wake()
    return desk.batch(batch)


@router.post("/batches/{batch}/cancellation")
def cancel_batch(batch: BatchId, desk: DeskGiven) -> Batch:
    """Stop all takes of a batch, each as its backend can."""
    desk.library.batches.cancel(batch)
    return desk.batch(batch)


def _queue(desk: Desk) -> Queue:
    takes = desk.library.takes.open()
    return Queue(
        working=[take for take in takes if take.state != "queued"],
        waiting=[take for take in takes if take.state == "queued"],
        batches=[desk.batch(name) for name in desk.library.batches.recent(SHOWN)],
    )
