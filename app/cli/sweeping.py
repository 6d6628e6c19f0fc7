"""`printlight sweep`: takes that differ in one field, or in two as a grid, on a contact sheet."""

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from app.backends import backends
from app.cli.compiler import read
from app.cli.shoot import folder, work
from app.errors import BadInputError
from app.files import Pictures
from app.jobs import Way, open_desk
from app.library.connections import kind_of
from app.library.library import COMMAND_LINE
from app.settings import settings
from app.vocab import vocabulary
from app.web.contact import Contact, contact
from app.web.contact_print import pdf, png
from app.web.ordering import axes_of, order_test

FORMS: dict[str, Callable[[Contact, Pictures], bytes]] = {"png": png, "pdf": pdf}


def run_sweep(arguments: Namespace) -> int:
    """Make the takes, keep them in the library, and leave their contact sheet in a folder as PNG and PDF.

    The status is 1 where any of them made no picture; its place on the sheet says why.
    """
    target = vocabulary().target(arguments.target)
    backends[kind_of(arguments.backend)]  # a kind that there is none of is refused before anything is opened
    shot, axes = read(arguments.SHOT), axes_of([_axis(said) for said in arguments.vary])
    out = folder(arguments.out)
    found = settings()
    desk = open_desk(found)
    name = Path(arguments.SHOT).stem if arguments.SHOT != "-" else "standard input"
    draft = desk.library.add_shot(COMMAND_LINE, "", name, shot, target.id)
    way = Way(target.id, arguments.backend, "plain" if arguments.plain else "compiled")
    batch = order_test(desk, draft.id, axes, way)
    takes = asyncio.run(work(desk, found, desk.library.batches.takes(batch.id)))
    sheet = contact(desk, batch.id)
    files = [_leave(out / f"{name}-{batch.id}.{form}", FORMS[form](sheet, desk.library.pictures)) for form in FORMS]
    if arguments.json:
        told = {"batch": batch.id, "files": files, "takes": [one.model_dump(mode="json") for one in takes]}
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        print("\n".join(files))
    for take in takes:
        if take.picture is None:
            print(f"Take {take.number}: {take.message or take.state}", file=sys.stderr)
    return int(any(take.picture is None for take in takes))


def _axis(said: str) -> tuple[str, str]:
    path, is_there, values = said.partition("=")
    if not is_there:
        raise BadInputError(f"{said!r} names no values.", hint="Write --vary camera.focal_mm=24,35,85.")
    return path.strip(), values


def _leave(path: Path, content: bytes) -> str:
    try:
        path.write_bytes(content)
    except OSError as error:
        hint = "The takes are kept in the library."
        raise BadInputError(f"{path} cannot be written: {error.strerror}.", hint=hint) from None
    return str(path)
