"""What becomes of takes that are there: circled, rated, noted, compared, taken up again, set in motion."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from app.backends import backends
from app.errors import BadInputError
from app.jobs import Desk
from app.patch import merge
from app.schema import read_data
from app.schema.documents import Draft, Take
from app.vocab import Target, vocabulary
from app.web.against import differences
from app.web.given import DeskGiven
from app.web.pages import page
from app.web.rewriting import changes
from app.web.strip import strip

router = APIRouter(prefix="/takes")

START = "reference.role.start_frame"


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
    draft = _moving(desk, take)
    return RedirectResponse(f"/shots/{draft.id}", status_code=303)


def _moving(desk: Desk, take: Take) -> Draft:
    """Add the shot of a take once more, at the end of its film, with the picture as its first frame."""
    if not take.picture or not (take.media_type or "").startswith("image/"):
        raise BadInputError("Only a still can be set in motion.", hint="Choose a take that is a picture.")
    draft, document = desk.library.shot(take.shot_id), desk.library.takes.document(take.id)
    slot = 1 + max((one.get("slot", 0) for one in document.get("references", {}).values()), default=-1)
    start = {"role": START, "asset": take.picture, "slot": slot}
    kept = {key: None for key, one in document.get("references", {}).items() if one.get("role") == START}
    moving = merge(document, {"references": {**kept, "start_frame": start}})
    target = vocabulary().target(draft.target)
    written_for = target if target.medium == "video" else _newest(desk)
    name = f"{draft.name}, moving"[:120]
    return desk.library.add_like(draft.id, name, read_data(moving), written_for.id)


def _newest(desk: Desk) -> Target:
    """Return the newest model of clips that begins on a picture: one that is shot here already, before any other."""
    opened = [desk.connections.open(one) for one in desk.connections.named()]
    here = [kind for kind, access in opened if START in kind.can(access).roles]
    known = [kind for kind in backends.values() if START in kind.abilities.roles]
    clips = [one for one in vocabulary().targets.values() if START in one.references.fields and not one.retired]
    for kinds in (here, known):
        found = [one for one in clips if any(kind.serves(one.id) for kind in kinds)]
        if found:
            return max(found, key=lambda one: (one.facts.date, one.id))
    raise BadInputError("No backend begins a clip on a picture.", hint="Write the shot for a model of clips first.")


def _strip(desk: Desk, name: str) -> HTMLResponse:
    return page("takes/_strip.html", **strip(desk, desk.library.takes.get(name).shot_id))
