"""The contact sheet of a batch: on a page, as a PNG, as a PDF."""

from typing import Literal

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from app.web.contact import contact
from app.web.contact_print import pdf, png
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter(prefix="/batches/{name}")


@router.get("")
def show(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show the takes of a batch by what varies among them."""
    batch = desk.library.batches.get(name)
    return page(
        "history/contact.html",
        contact=contact(desk, name),
        project=desk.library.project(batch.project_id),
    )


@router.get("/sheet.{suffix}")
def printed(name: str, suffix: Literal["png", "pdf"], desk: DeskGiven) -> Response:
    """Return the sheet as it stands, to be kept or printed."""
    draw, kind = (png, "image/png") if suffix == "png" else (pdf, "application/pdf")
    headers = {"Content-Disposition": f'inline; filename="contact-{name}.{suffix}"', "Cache-Control": "no-store"}
    return Response(draw(contact(desk, name), desk.library.pictures), media_type=kind, headers=headers)
