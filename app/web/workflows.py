"""A workflow as its page takes and shows it: the text that was given, and where things go in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile

from app.backends import Access, Ask, Backend, Sheet
from app.errors import BadInputError, PrintlightError, UnknownNameError
from app.jobs import Desk
from app.parse.forms import decoded
from app.parse.inscriptions import MAX_PICTURE, is_picture, texts_of
from app.schema.documents import Connection

MOST_CHARS = 2_000_000
MOST_BYTES = 4 * MOST_CHARS

AT = "at."
"""What the names of the fields begin with that say where something goes."""

CARRIED = "prompt"
"""The keyword of the text in a PNG under which the graph stands that drew it."""


class Place(NamedTuple):
    """A backend that draws with a workflow: as it is set up, and what it asks for."""

    connection: Connection
    ask: Ask
    backend: Backend
    access: Access


@dataclass(frozen=True)
class Given:
    """What was sent: a text or a file, where things go, and the mark of the text for which that was shown."""

    text: str
    file: bytes = field(default=b"", repr=False)
    at: Mapping[str, Sequence[str]] = field(default_factory=dict)
    of: str = ""

    @property
    def is_to_be_kept(self) -> bool:
        """Whether where things go was looked at for this very workflow: another one is only read."""
        return bool(self.of) and not self.file and self.of == mark(self.text)


@dataclass(frozen=True)
class Laid:
    """A workflow's text, and where things go in it; or what is wrong with the text."""

    text: str = ""
    sheet: Sheet | None = None
    problem: PrintlightError | None = None


def place(desk: Desk, name: str) -> Place:
    """Return a backend that was set up and draws with a workflow. Raises UnknownNameError for any other."""
    connection = desk.connections.get(name)
    backend, access = desk.connections.open(name)
    ask = next((ask for ask in backend.asks if ask.kind == "workflow"), None)
    if ask is None:
        raise UnknownNameError("backend with a workflow", name, ())
    if connection.built_in:
        raise BadInputError(f"{connection.label} is not set up yet.", hint="Set it up on the page of backends first.")
    return Place(connection, ask, backend, access)


def kept(of: Place) -> Laid:
    """Lay out the workflow that a backend is set up with."""
    workflow = of.access.options.get(of.ask.name)
    if not workflow:
        return Laid()
    text = workflow if isinstance(workflow, str) else json.dumps(workflow, ensure_ascii=False, indent=2)
    return _laid(of.backend, of.access, text)


def laid(of: Place, given: Given) -> Laid:
    """Lay out a workflow that was given: with its places as they were chosen, or as they are guessed."""
    try:
        text = _short(_lines(_text_of(given.file)) if given.file else given.text)
    except PrintlightError as error:
        return Laid(given.text, problem=error)
    at = dict(given.at) if given.is_to_be_kept else None
    options = {**of.access.options, of.ask.name: text, "places": at}
    return _laid(of.backend, replace(of.access, options=options), text)


async def given(form: FormData) -> Given:
    """Read what was sent."""
    file = form.get("file")
    text = _lines(str(form.get("workflow", "")))
    at = {
        name.removeprefix(AT): [said for one in form.getlist(name) if (said := str(one).strip())]
        for name in form
        if name.startswith(AT)
    }
    content = await file.read(MAX_PICTURE + 1) if isinstance(file, UploadFile) else b""
    return Given(text, content, at, str(form.get("of", "")))


def mark(text: str) -> str:
    """Return what tells one text from another."""
    return sha256(text.encode(errors="replace")).hexdigest()


def _laid(backend: Backend, access: Access, text: str) -> Laid:
    try:
        sheet = backend.sheet(access) if text else None
    except PrintlightError as error:
        return Laid(text, problem=error)
    problem = None if sheet else BadInputError("There is no workflow yet.", hint="Choose its file, or paste it.")
    return Laid(text, sheet, problem)


def _text_of(content: bytes) -> str:
    """Return the text of a file, or the workflow that a picture carries."""
    if not is_picture(content):
        return decoded(content)
    text = texts_of(content).get(CARRIED, "")
    if not text.strip():
        raise BadInputError(
            "The picture carries no workflow.",
            hint="Take a PNG as it was saved by the program that drew it, or the file of the workflow itself.",
        )
    return text


def _lines(text: str) -> str:
    """Return a text with its lines ended in one way: a browser sends them in another one than it got them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _short(text: str) -> str:
    if len(text) > MOST_CHARS:
        raise BadInputError("The workflow is too long.", hint=f"The limit is {MOST_CHARS:,} characters.")
    return text
