"""What becomes of takes that are there: circled, rated, noted, compared, taken up again, set in motion."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from app.errors import BadInputError
from app.jobs import Desk
from app.schema import read_data
from app.web.against import differences
from app.web.given import DeskGiven
from app.web.moving import set_in_motion
from app.web.pages import page
from app.web.rewriting import changes
from app.web.strip import strip

router = APIRouter(prefix="/takes")


@router.post("/{name}/circle")
def circle(name: str, desk: DeskGiven) -> HTMLResponse:
    """Circle a take."""
    desk.library.reviews.circle(name, circled=True)
    return _strip(desk, name)


@router.delete("/{name}/circle")
def uncircle(name: str, desk: DeskGiven) -> HTMLResponse:
    """Take the circle away."""
    desk.library.reviews.circle(name, circled=False)
    return _strip(desk, name)


@router.put("/{name}/stars")
def rate(name: str, desk: DeskGiven, stars: Annotated[int, Form()]) -> HTMLResponse:
    """Give a take 0 to 5 stars."""
    desk.library.reviews.rate(name, stars)
    return _strip(desk, name)


@router.put("/{name}/note")
def note(name: str, desk: DeskGiven, words: Annotated[str, Form(max_length=20_000)] = "") -> JSONResponse:
    """Put a note on a take."""
    desk.library.reviews.note(name, words)
    return JSONResponse({"note": desk.library.takes.get(name).note})


@router.get("/{name}/shot")
def shot(name: str, desk: DeskGiven) -> JSONResponse:
    """Return the shot that a take was made of, and the model that it was written for, to be taken up again."""
    take = desk.library.takes.get(name)
    document = read_data(desk.library.takes.document(name)).model_dump(mode="json", exclude_defaults=True)
    return JSONResponse({"shot": document, "target": take.target, "number": take.number, "revision": take.revision})


@router.get("/{name}/against/{other}")
def against(name: str, other: str, desk: DeskGiven) -> HTMLResponse:
    """Set two takes against each other, and say what differs in their shots, orders and prompts."""
    first, second = (desk.library.takes.get(one) for one in (name, other))
    for one in (first, second):
        if not one.picture:
            raise BadInputError(f"Take {one.number} has no picture to compare.", hint="Choose one that is done.")
    return page(
        "takes/against.html",
        takes=(first, second),
        drafts=tuple(desk.library.shot(one.shot_id) for one in (first, second)),
        differences=differences(desk.library, first, second),
        prompts=changes(first.prompt, second.prompt) if first.prompt != second.prompt else [],
        others=[one for one in desk.library.takes.of_shot(second.shot_id) if one.picture and one.id != first.id],
    )


@router.post("/{name}/animation")
def animate(name: str, desk: DeskGiven) -> RedirectResponse:
    """Make a shot that begins on a take's picture and moves from there, and open it."""
    take = desk.library.takes.get(name)
    draft = set_in_motion(desk, take)
    return RedirectResponse(f"/shots/{draft.id}", status_code=303)


def _strip(desk: Desk, name: str) -> HTMLResponse:
    return page("takes/_strip.html", **strip(desk, desk.library.takes.get(name).shot_id))
