"""`printlight export`: a film, a scene or a shot as another program reads it."""

import json
from argparse import Namespace
from pathlib import Path

from app.cli.compiler import read
from app.errors import BadInputError
from app.exporters import Options, Reel, ReelShot, export, exporters
from app.jobs import open_desk
from app.library.reels import reel
from app.pipeline import compile_shot
from app.resolve import resolve
from app.settings import author, settings
from app.vocab import vocabulary

FILES = (".toml", ".json")


def run_export(arguments: Namespace) -> int:
    """Write the file and say where it is; without a name, list the formats."""
    if not arguments.NAME:
        return _formats(as_json=arguments.json)
    if not arguments.format:
        raise BadInputError("Export it as what?", hint=f"Name one with --as: {', '.join(exporters)}.")
    made = export(exporters[arguments.format], _reel(arguments), Options(paper=arguments.paper))
    out = Path(arguments.out or made.name)
    try:
        out.write_bytes(made.content)
    except OSError as error:
        hint = "Name a file in a folder that is there and can be written to, with --out."
        raise BadInputError(f"{out} cannot be written: {error.strerror}.", hint=hint) from None
    print(json.dumps({"file": str(out), "media_type": made.media_type}) if arguments.json else out)
    return 0


def _reel(arguments: Namespace) -> Reel:
    if arguments.NAME == "-" or arguments.NAME.endswith(FILES):
        return _of_file(arguments.NAME, arguments.target)
    return reel(open_desk(settings()).library, arguments.NAME, scene=arguments.scene, target=arguments.target)


def _of_file(name: str, target: str) -> Reel:
    """Return a shot of a file as a reel: no library is opened."""
    shot, vocab = read(name), vocabulary()
    stem = "shot" if name == "-" else Path(name).stem
    wanted = vocab.target(target or "uni-1")
    one = ReelShot(
        id=stem,
        slate="",
        scene="",
        name=stem.replace("_", " ").replace("-", " ").capitalize(),
        note="",
        target=wanted,
        resolved=resolve(shot, vocab),
        compiled=compile_shot(shot, wanted, vocab),
    )
    return Reel(title=one.name, shots=(one,), author=author())


def _formats(*, as_json: bool) -> int:
    if as_json:
        keys = ("id", "label", "suffix", "media_type", "used_for", "lacks", "one_each")
        told = [
            {**{key: getattr(one, key) for key in keys}, "carries": dict(one.carries)} for one in exporters.values()
        ]
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for one in exporters.values():
            print(f"{one.id:<17} .{one.suffix:<8} {one.label}: {one.used_for}")
    return 0
