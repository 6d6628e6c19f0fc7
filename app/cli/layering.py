"""`printlight layers`: what a shot has from its scene and its film, and what it gives them."""

import json
from argparse import Namespace

from app.errors import UnknownNameError
from app.jobs import open_desk
from app.library import Library
from app.library.history import plain
from app.settings import settings
from app.web import layering
from app.web.layering import Part


def run_layers(arguments: Namespace) -> int:
    """Print each part of a shot with where it comes from; with --give, give parts first and name who followed."""
    library, name = open_desk(settings()).library, arguments.NAME
    known = [draft.id for film in library.projects() for draft in library.shots(film.id)]
    if name not in known:
        raise UnknownNameError("shot", name, known)
    followed = _give(library, arguments) if arguments.give else []
    found = layering.parts(library.scenes.above(name), plain(library.shot(name).shot))
    if arguments.json:
        told = [{"part": one.id, "from": one.source, "departs": one.departs, "says": one.says} for one in found]
        print(json.dumps({"parts": told, "followed": followed}, indent=2, ensure_ascii=False))
        return 0
    if arguments.give:
        print(f"Followed: {', '.join(followed) or 'no other shot'}.")
    for one in found:
        print(f"{one.label:<30} {where(one):<28} {' · '.join(one.says)}".rstrip())
    return 0


def where(part: Part) -> str:
    """Say in a word or two where a part comes from."""
    if part.departs:
        return f"departs from {part.source}"
    return f"from {part.source}" if part.source else "its own" if part.says else "open"


def _give(library: Library, arguments: Namespace) -> list[str]:
    done = library.scenes.give(arguments.NAME, arguments.to, arguments.give, arguments.follow)
    return [one.id for one in done.followers]
