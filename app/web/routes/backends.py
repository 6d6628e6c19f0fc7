"""Where a shot can be made: what is missing, and what it will cost."""

from fastapi import APIRouter
from pydantic import BaseModel

from app.vocab import vocabulary
from app.web.given import DeskGiven

router = APIRouter(prefix="/backends")


class Readiness(BaseModel):
    """`problem` is empty when a picture can be made; `usd` is the estimate for one, None where nobody charges."""

    problem: str
    usd: float | None


@router.get("/{name}")
async def show(name: str, desk: DeskGiven, target: str = "uni-1", references: int = 0) -> Readiness:
    """Say what a backend still needs, and what a picture for a target costs there."""
    backend, access = desk.backend(name)
    return Readiness(
        problem=await backend.ready(access),
        usd=backend.estimate_usd(vocabulary().target(target), {}, ["reference.role.style"] * references),
    )
