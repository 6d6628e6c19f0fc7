"""`printlight shoot`: freeze, send, wait, keep, and leave the picture in a folder."""

import asyncio
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from app.backends import backends
from app.cli.compiler import read, status_of
from app.errors import BackendError, BadInputError
from app.jobs import Desk, Engine, open_desk
from app.library.connections import kind_of
from app.library.copies import copy_of
from app.library.library import COMMAND_LINE
from app.pipeline import compile_shot, plain_shot
from app.schema.documents import ENDED, Take
from app.settings import Settings, settings
from app.vocab import vocabulary


def run_shoot(arguments: Namespace) -> int:
    """Make one picture; it is kept in the library too, with the shot that made it."""
    vocab = vocabulary()
    target = vocab.target(arguments.target)
    backends[kind_of(arguments.backend)]  # a kind that there is none of is refused before anything is opened
    shot = read(arguments.SHOT)
    compiled = plain_shot(shot, target, vocab) if arguments.plain else compile_shot(shot, target, vocab)
    out = folder(arguments.out)
    found = settings()
    desk = open_desk(found)
    desk.backend(arguments.backend)  # a name that nobody knows is refused before anything is kept
    name = Path(arguments.SHOT).stem if arguments.SHOT != "-" else "standard input"
    draft = desk.library.add_shot(COMMAND_LINE, "", name, shot, target.id)
    take = desk.add(draft.id, compiled, arguments.backend, "plain" if arguments.plain else "compiled")
    [take] = asyncio.run(work(desk, found, [take.id]))
    return _deliver(desk, take, out, name, arguments) or status_of(compiled.findings)


def folder(name: str) -> Path:
    """Return the folder that pictures are left in, made where it is missing. Raises BadInputError."""
    out = Path(name)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"{out} cannot be made a folder: {error.strerror}.") from None
    return out


async def work(desk: Desk, found: Settings, names: Sequence[str]) -> list[Take]:
    """Work in this process until all of some takes have ended, or wait for a person; return them."""
    engine = Engine(desk, found.data, found.database_url)
    await engine.start()
    try:
        while True:
            takes = [await asyncio.to_thread(desk.library.takes.get, name) for name in names]
            under_way = [take for take in takes if take.state not in ENDED | {"unsure"}]
            if not under_way:
                return takes
            _say(under_way[0])
            await asyncio.sleep(0.2)
    finally:
        if sys.stderr.isatty():
            print(file=sys.stderr)
        await engine.stop()


def _say(take: Take) -> None:
    """Show how far a take is, where somebody watches."""
    if sys.stderr.isatty():
        done = f"{take.progress:.0%}" if take.progress is not None else ""
        print(f"\r{take.state:<10}{done:>5} {take.message:<40}", end="", file=sys.stderr)


def _deliver(desk: Desk, take: Take, out: Path, name: str, arguments: Namespace) -> int:
    if take.picture is None:
        raise BackendError(take.message or "No picture was made.", hint=f"The take is kept as {take.id}.")
    copy = copy_of(desk.library, take.id)
    path = out / f"{name}-{take.target}-{take.backend}-{take.id}.{copy.suffix}"
    try:
        path.write_bytes(copy.content)
    except OSError as error:
        hint = f"The picture is kept as take {take.id}."
        raise BadInputError(f"{path} cannot be written: {error.strerror}.", hint=hint) from None
    if arguments.json:
        print(json.dumps({**take.model_dump(mode="json"), "file": str(path)}, indent=2, ensure_ascii=False))
    else:
        print(path)
    return 0
