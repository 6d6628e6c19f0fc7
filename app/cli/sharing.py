"""`printlight share`: a film, a shot or a preset as one file or a link; and what `printlight import` makes of one."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.errors import BadInputError
from app.jobs import open_desk
from app.library import arriving, sharing
from app.library.arriving import Arrivals
from app.settings import settings

MARKS = {"new": "+", "here": "=", "copy": "~"}
TOLD = {"new": "new", "here": "here already, the same", "copy": "differs, kept beside yours"}


def run_share(arguments: Namespace) -> int:
    """Write the file and say where it is, or print the link; name the pictures that cannot go along."""
    bundle = sharing.any_of(open_desk(settings()).library, arguments.NAME, takes=arguments.takes)
    if arguments.link:
        print(sharing.as_link(bundle))
        left = sharing.left_behind(bundle)
    else:
        print(_write(Path(arguments.out or sharing.file_name(bundle)), sharing.as_file(bundle)))
        left = bundle.left
    if left:
        print(f"Pictures that cannot go along: {', '.join(left)}.")
    return 0


def bring(arguments: Namespace, raw: bytes, name: str) -> int:
    """Print what a shared file would bring; with --keep, keep it."""
    if arguments.out is not None:
        hint = "Keep it with --keep; each shot can then be saved or compiled from there."
        raise BadInputError("A shared file goes into the library, not into a folder.", hint=hint)
    bundle, library = sharing.read_file(raw, name), open_desk(settings()).library
    keep = arguments.keep is not None
    if keep and not arguments.keep and bundle.shared.holds == "shot":
        raise BadInputError("Which film?", hint="Name it: printlight import FILE --keep FILM.")
    film = arguments.keep or library.projects()[0].id
    come = (arriving.take_in if keep else arriving.look)(library, bundle, film)
    if arguments.json:
        print(json.dumps(_document(come, kept=keep), indent=2, ensure_ascii=False))
    else:
        _tell(come, kept=keep)
    return 0


def _write(path: Path, content: bytes) -> Path:
    """Write a file; one that stands there is not written over."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise BadInputError(f"{path} exists already.", hint="Give another file with --out.") from None
    except OSError as error:
        raise BadInputError(f"{path} cannot be written to: {error.strerror}.") from None
    return path


def _tell(come: Arrivals, *, kept: bool) -> None:
    if come.film_is_new or come.of("shot"):
        print(f"{come.film_name} ({come.film}{', a new film' if come.film_is_new else ''})")
    for one in come.found:
        called = " ".join(filter(None, (one.slate, one.name)))
        print(f"{MARKS[one.state]} {one.kind} {called}: {TOLD[one.state]}{f'. {one.note}' if one.note else ''}")
    print(f"{come.new_pictures} new pictures ({come.new_bytes:,} bytes), {come.known_pictures} here already.")
    if come.missing:
        print(f"Pictures that did not come along: {', '.join(come.missing)}.")
    if not come.changes:
        print("All of this is here already.")
    else:
        print("Kept." if kept else "Nothing is kept yet: add --keep.")


def _document(come: Arrivals, *, kept: bool) -> dict[str, Any]:
    return {
        "film": {"id": come.film, "name": come.film_name, "new": come.film_is_new},
        "found": [
            {"kind": one.kind, "id": one.id, "slate": one.slate, "name": one.name, "state": one.state, "note": one.note}
            for one in come.found
        ],
        "pictures": {"new": come.new_pictures, "known": come.known_pictures, "new_bytes": come.new_bytes},
        "missing": come.missing,
        "kept": kept and come.changes,
    }
