"""One exporter, one file: the shots of a film as another program, or a person, reads them."""

import sys
from dataclasses import dataclass, replace

from app.errors import BadInputError
from app.exporters._zip import zipped
from app.exporters.base import FACTS, GROUPS, Exporter, Options, Reel, ReelShot, ReelTake
from app.registry import Registry
from app.schema.slates import file_name

__all__ = ["FACTS", "GROUPS", "Export", "Exporter", "Options", "Reel", "ReelShot", "ReelTake", "export", "exporters"]

exporters: Registry[Exporter] = Registry("export", Exporter, sys.modules[__name__])

ZIP = "application/zip"


@dataclass(frozen=True)
class Export:
    """A file as it leaves."""

    name: str
    media_type: str
    content: bytes


def export(exporter: Exporter, reel: Reel, options: Options | None = None) -> Export:
    """Return a reel in a format; where a file holds one shot, several go as a zip.

    Raises BadInputError for a reel without shots, and for prompts that stay home where there is nothing else.
    """
    chosen = options or Options()
    if not reel.shots:
        raise BadInputError(f"{reel.title or 'This film'} has no shots yet.", hint="Add one, or import some.")
    if exporter.needs_prompts and reel.prompts_stay:
        hint = f"{exporter.label} holds prompts alone. Let them leave on the film's own page."
        raise BadInputError(f"The prompts of {reel.title} stay home.", hint=hint)
    reel = exporter.aimed(reel)
    if not exporter.one_each or len(reel.shots) == 1:
        stem = reel.shots[0].title if len(reel.shots) == 1 else reel.title
        return Export(_name(stem, exporter.suffix), exporter.media_type, exporter.write(reel, chosen))
    files: dict[str, bytes] = {}
    for number, shot in enumerate(reel.shots, start=1):
        name = _name(f"{number:03d} {shot.title}", exporter.suffix)
        files[name] = exporter.write(replace(reel, shots=(shot,)), chosen)
    return Export(_name(f"{reel.title} {exporter.label}", "zip"), ZIP, zipped(files))


def _name(words: str, suffix: str) -> str:
    return file_name("{shot}", {"shot": words}, suffix)
