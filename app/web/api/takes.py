"""Takes: ordered, looked at, circled, starred and noted, stopped, made again."""

from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.errors import ConflictError
from app.library.copies import SUFFIXES, copy_of
from app.library.reviews import NOTE_CHARS
from app.schema import Shot, read_data
from app.schema.documents import ENDED, Draft, Take
from app.web.against import differences
from app.web.api._forms import (
    Given,
    Id,
    Number,
    ShotId,
    ShotKept,
    ShotSaid,
    Stars,
    TakeId,
    WithoutNul,
    answers_file,
    door,
    problems,
)
from app.web.attaching import attached
from app.web.given import DeskGiven, EngineGiven, compile_edit
from app.web.moving import set_in_motion

router = door("takes")

Flag = Annotated[bool, Query()]
Other = Annotated[Id, Path(description="The id of the take that it is set against.")]


class TakeOrder(Given):
    """What is to be made of a shot as it was last saved, and where.

    `previz` draws on this machine and costs nothing; every other backend may send the prompt and its pictures away,
    and may cost money. With a `version` the order is refused where the shot was saved since.
    """

    target: Id
    backend: Id
    wording: Literal["compiled", "plain"] = "compiled"
    version: Number | None = None


class Review(Given):
    """What people think of a take; what is left out stays."""

    circled: bool | None = None
    stars: Stars | None = None
    note: Annotated[str, Field(max_length=NOTE_CHARS), WithoutNul] | None = None


class TakenFrom(BaseModel):
    """The shot that a take was made of, to be taken up again, and the model that it was written for."""

    shot: ShotSaid
    target: str
    number: int
    revision: int


class TakeDifference(BaseModel):
    """A field in which two takes differ, and what each says there."""

    field: str
    before: str
    after: str


@router.get("/shots/{shot}/takes")
def list_takes(shot: ShotId, desk: DeskGiven) -> list[Take]:
    """List the takes of a shot, the newest first."""
    return desk.library.takes.of_shot(desk.library.shot(shot).id)


@router.post("/shots/{shot}/takes", status_code=201, responses=problems(409, 502))
def order_take(shot: ShotId, order: TakeOrder, desk: DeskGiven, engine: EngineGiven) -> Take:
    """Freeze a shot and order a take of it. It is made when its turn in the queue comes: look again for its state."""
    draft = desk.library.shot(shot)
    if order.version not in (None, draft.version):
        raise ConflictError("This shot was saved meanwhile.", hint=f"It stands at version {draft.version}: look again.")
    checks = desk.library.project(draft.project_id).checks
    take = desk.add(shot, compile_edit(draft.shot, order.target, order.wording, checks), order.backend, order.wording)
    engine.wake()
    return take


@router.get("/takes/{take}")
def get_take(take: TakeId, desk: DeskGiven) -> Take:
    """Return a take with all that went into it, and how far it is."""
    return desk.library.takes.get(take)


@router.patch("/takes/{take}")
def review_take(take: TakeId, review: Review, desk: DeskGiven) -> Take:
    """Circle a take, give it stars, put a note on it."""
    reviews = desk.library.reviews
    if review.circled is not None:
        reviews.circle(take, circled=review.circled)
    if review.stars is not None:
        reviews.rate(take, review.stars)
    if review.note is not None:
        reviews.note(take, review.note)
    return desk.library.takes.get(take)


@router.get("/takes/{take}/shot")
def get_shot_of_take(take: TakeId, desk: DeskGiven) -> TakenFrom:
    """Return the shot that a take was made of."""
    found = desk.library.takes.get(take)
    shot: Shot = read_data(desk.library.takes.document(take))
    return TakenFrom(shot=shot, target=found.target, number=found.number, revision=found.revision)


@router.get("/takes/{take}/picture", response_class=Response, responses=answers_file(*SUFFIXES))
def get_picture_of_take(
    take: TakeId, desk: DeskGiven, *, label: Flag = False, prompt: Flag = True, crop: Flag = False
) -> Any:
    """Return a copy of a take's picture or clip that carries its shot.

    `label` puts the words "AI-generated" on it, `crop` cuts it to the ratio that its shot is composed for, and without
    `prompt` it carries neither prompt nor shot.
    """
    copy = copy_of(desk.library, take, label=label, with_prompt=prompt, cropped=crop)
    return attached(copy.content, copy.media_type, copy.name)


@router.get("/takes/{take}/against/{other}")
def compare_takes(take: TakeId, other: Other, desk: DeskGiven) -> list[TakeDifference]:
    """Say in which fields of their shots and orders two takes differ."""
    first, second = desk.library.takes.get(take), desk.library.takes.get(other)
    return [TakeDifference(**one._asdict()) for one in differences(desk.library, first, second)]


@router.post("/takes/{take}/cancellation")
def cancel_take(take: TakeId, desk: DeskGiven) -> Take:
    """Stop a take, as far as its backend can."""
    desk.library.takes.cancel(take)
    return desk.library.takes.get(take)


@router.post("/takes/{take}/repeat", status_code=201, responses=problems(409))
def repeat_take(take: TakeId, desk: DeskGiven, engine: EngineGiven) -> Take:
    """Order a take like one that has ended: the same revision, words and backend."""
    if desk.library.takes.get(take).state not in ENDED:
        raise ConflictError("This take has not ended.", hint="Wait for it, or stop it first.")
    again = desk.again(take)
    engine.wake()
    return again


@router.post("/takes/{take}/fetching", responses=problems(409))
def fetch_take(take: TakeId, desk: DeskGiven, engine: EngineGiven) -> Take:
    """Ask again for a picture that was made and not received; nothing is sent or paid anew."""
    desk.library.takes.get(take)
    if not desk.library.takes.reopen(take):
        raise ConflictError("There is nothing to fetch for this take.", hint="Try it again as a new take.")
    engine.wake()
    return desk.library.takes.get(take)


@router.post("/takes/{take}/confirmation", responses=problems(409))
def confirm_take(take: TakeId, desk: DeskGiven, engine: EngineGiven) -> Take:
    """Send a take again whose first sending nobody is sure of. A person decides that: it may cost twice."""
    desk.library.takes.get(take)
    if not desk.library.takes.send_again(take):
        raise ConflictError("This take does not wait for a decision.", hint="Look again how it stands.")
    engine.wake()
    return desk.library.takes.get(take)


@router.post("/takes/{take}/animation", status_code=201, response_model=ShotKept)
def animate_take(take: TakeId, desk: DeskGiven) -> Draft:
    """Add a shot that begins on a take's picture and moves from there."""
    return set_in_motion(desk, desk.library.takes.get(take))
