"""Takes: look at one, stop it, try it again, decide about one that may have been sent."""

import asyncio

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.backends import backends
from app.errors import ConflictError, UnknownNameError
from app.jobs import Desk, orders
from app.library.copies import SUFFIXES, by_a_model, copy_of, extraction_of
from app.parse.envelopes import MEDIA_TYPES, kind_of
from app.schema.documents import ENDED
from app.schema.slates import take_name
from app.web.attaching import attached
from app.web.given import DeskGiven, EngineGiven
from app.web.pages import page
from app.web.rewriting import changes
from app.web.strip import strip

router = APIRouter(prefix="/takes")


@router.get("/{name}")
def show(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show a take with all that went into it."""
    take = desk.library.takes.get(name)
    draft = desk.library.shot(take.shot_id)
    siblings = desk.library.takes.of_shot(take.shot_id)[::-1]
    place = [one.id for one in siblings].index(name)
    return page(
        "takes/show.html",
        take=take,
        before=siblings[place - 1] if place else None,
        after=siblings[place + 1] if place + 1 < len(siblings) else None,
        others=[one for one in siblings if one.picture and one.id != name],
        draft=draft,
        take_name=take_name,
        backends=backends,
        places=desk.connections.named(),
        rewritten=changes(take.prompt, take.rewritten) if take.rewritten not in ("", take.prompt) else [],
        suffix=SUFFIXES.get(take.media_type or ""),
        moves=(take.media_type or "").startswith("video/"),
        prompts_stay=desk.library.project(draft.project_id).prompts_stay,
        by_a_model=by_a_model(take),
        extraction=extraction_of(desk.library, take),
    )


@router.get("/{name}/picture.{suffix}")
def save(
    name: str, suffix: str, desk: DeskGiven, *, label: bool = False, prompt: bool = True, crop: bool = False
) -> Response:
    """Return a copy of a take's picture or clip that carries its shot; what is kept stays as it was received.

    `label=1` puts the visible AI label on a picture, `crop=1` cuts it to the ratio that its shot is composed for,
    `prompt=0` leaves prompt and shot out. Where the prompts of its
    film stay home they are left out, whatever is asked.
    """
    copy = copy_of(desk.library, name, label=label, with_prompt=prompt, cropped=crop)
    if suffix != copy.suffix:
        raise UnknownNameError("picture of this take", suffix, [copy.suffix])
    return attached(copy.content, copy.media_type, copy.name)


@router.get("/{name}/picture")
def picture(name: str, desk: DeskGiven) -> RedirectResponse:
    """Lead to a take's picture as it was received."""
    take = desk.library.takes.get(name)
    if not take.picture:
        raise UnknownNameError("picture of a take", name, ())
    return RedirectResponse(f"/pictures/{take.picture}")


@router.get("/{name}/preview")
def preview(name: str, desk: DeskGiven) -> Response:
    """Show a picture that is not finished yet, as far as its service shows one and this process watches it."""
    content = desk.previews.get(name)
    kind = kind_of(content or b"")
    if not content or not kind:
        raise UnknownNameError("preview of a take", name, ())
    return Response(content, media_type=MEDIA_TYPES[kind], headers={"Cache-Control": "no-store"})


@router.get("/{name}/references/{reference}")
def sent(name: str, reference: str, desk: DeskGiven) -> RedirectResponse:
    """Show a picture that a take sends, small; one that the previz draws is drawn when it is not yet."""
    take = desk.library.takes.get(name)
    assets = {str(one["id"]): str(one["asset"]) for one in take.references}
    if reference not in assets:
        raise UnknownNameError("reference of this take", reference, assets)
    return RedirectResponse(f"/pictures/{orders.picture(desk, take, assets[reference])}/thumbnail")


@router.post("/{name}/cancellation")
def cancel(name: str, desk: DeskGiven) -> HTMLResponse:
    """Stop a take, as far as its backend can."""
    desk.library.takes.cancel(name)
    return _strip(desk, name)


@router.post("/{name}/repeat")
async def repeat(name: str, desk: DeskGiven, engine: EngineGiven) -> HTMLResponse:
    """Make a take like this one: the same revision and words."""
    take = await asyncio.to_thread(desk.library.takes.get, name)
    if take.state not in ENDED:
        raise ConflictError("This take has not ended.", hint="Wait for it, or stop it first.")
    await asyncio.to_thread(desk.again, name)
    engine.wake()
    return await asyncio.to_thread(_strip, desk, name)


@router.post("/{name}/fetching")
async def fetch_again(name: str, desk: DeskGiven, engine: EngineGiven) -> HTMLResponse:
    """Ask again for a picture that was made and not received; nothing is sent or paid anew."""
    if not await asyncio.to_thread(desk.library.takes.reopen, name):
        raise ConflictError("There is nothing to fetch for this take.", hint="Try it again as a new take.")
    engine.wake()
    return await asyncio.to_thread(_strip, desk, name)


@router.post("/{name}/confirmation")
async def send_again(name: str, desk: DeskGiven, engine: EngineGiven) -> HTMLResponse:
    """Send a take whose first sending nobody is sure of; a person has decided, and knows that it may cost twice."""
    if not await asyncio.to_thread(desk.library.takes.send_again, name):
        raise ConflictError("This take does not wait for a decision.", hint="Reload to see how it stands.")
    engine.wake()
    return await asyncio.to_thread(_strip, desk, name)


def _strip(desk: Desk, name: str) -> HTMLResponse:
    shot = desk.library.takes.get(name).shot_id
    return page("takes/_strip.html", **strip(desk, shot))
