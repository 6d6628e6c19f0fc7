"""Targets: the models that Printlight writes for, what each of them understands, and what each hears of one shot."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel

from app.resolve import resolve
from app.vocab import vocabulary
from app.web import comparison
from app.web import targets as models
from app.web.api._forms import Id, ShotId, door
from app.web.given import DeskGiven

router = door("targets")


class Hearing(BaseModel):
    """What one model hears of one shot: how many of its facts whole, roughly and never, and the text it gets."""

    target: str
    label: str
    share: float
    said: int
    roughly: int
    never: int
    text: str


@router.get("/targets")
def list_targets() -> list[models.Document]:
    """List the models that Printlight writes for, the retired ones last."""
    return models.documents()


@router.get("/targets/{target}")
def get_target(target: Annotated[Id, Path(description="The id of a model, such as `uni-1`.")]) -> models.Document:
    """Return all that is known of one model."""
    return models.document(vocabulary().target(target))


@router.get("/shots/{shot}/targets")
def compare_targets(shot: ShotId, desk: DeskGiven) -> list[Hearing]:
    """Say what every living model hears of a shot, those that hear most of it first."""
    draft = desk.library.shot(shot)
    return [
        Hearing(
            target=one.target.id,
            label=one.target.label,
            share=one.share,
            said=one.count("said"),
            roughly=one.count("roughly"),
            never=one.count("never"),
            text=one.text,
        )
        for one in comparison.hearings(draft.shot, resolve(draft.shot, vocabulary()))
    ]
