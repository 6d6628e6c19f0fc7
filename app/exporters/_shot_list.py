"""The shot list as a table: the columns that shot list programs and assistant directors use, then Printlight's own."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.exporters import _told as told
from app.exporters.base import ReelShot

Value = str | float | int | None

STARTS_FORMULA = re.compile(r"^'*\s*[=+\-@\t\r\n]")
"""A text that a spreadsheet would run, or take for a number or a command."""

SHORT_SETTING = {"interior": "INT", "exterior": "EXT", "interior_exterior": "INT/EXT"}
"""Settings as they stand in a scene's heading."""


@dataclass(frozen=True)
class Column:
    """A column: its head, what it says of a shot, and its width in characters."""

    head: str
    says: Callable[[ReelShot], Value]
    wide: int
    of_prompt: bool = False
    """Whether it is left out where prompts stay home."""


def number(path: str) -> Callable[[ReelShot], Value]:
    """Return what tells the number at a path."""
    return lambda shot: told.figure(shot.resolved.number(path))


def words(*paths: str) -> Callable[[ReelShot], Value]:
    """Return what tells the words at some paths."""
    return lambda shot: told.word(shot, *paths)


def of_take(field: str) -> Callable[[ReelShot], Value]:
    """Return what tells a field of the take that stands for a shot."""
    return lambda shot: getattr(shot.take, field) if shot.take else None


def setting(shot: ReelShot) -> str:
    """Return INT or EXT where a heading says so, else the setting in words."""
    picked = shot.resolved.pick("place.setting").rpartition(".")[2]
    return SHORT_SETTING.get(picked) or told.word(shot, "place.setting")


def scene(shot: ReelShot) -> Value:
    """Return the number of the scene, as a number where it is one."""
    return int(shot.scene) if shot.scene.isascii() and shot.scene.isdigit() else shot.scene


COLUMNS = (
    Column("Scene", scene, 7),
    Column("Shot", lambda shot: shot.slate, 8),
    Column("Name", lambda shot: shot.name, 18),
    Column("Shot size", words("camera.size"), 14),
    Column("Camera angle", words("camera.angle"), 14),
    Column("Movement", told.moves, 16),
    Column("Equipment", words("camera.support"), 14),
    Column("Lens (mm)", number("camera.focal_mm"), 8),
    Column("Lens family", words("camera.lens_family"), 14),
    Column("T-stop", number("camera.t_stop"), 7),
    Column("Frame rate", number("camera.fps"), 7),
    Column("Length (s)", lambda shot: told.figure(shot.said_s), 8),
    Column("Subject", lambda shot: told.said_of_each(shot, "description"), 22),
    Column("Description", told.action, 30),
    Column("Dialogue", told.dialogue, 30),
    Column("Sound", told.sound, 18),
    Column("Cast", told.people, 16),
    Column("Wardrobe", lambda shot: told.said_of_each(shot, "wardrobe"), 20),
    Column("INT/EXT", setting, 9),
    Column("Location", words("place.where", "place.location"), 18),
    Column("Day/Night", words("place.time"), 12),
    Column("Lighting", told.lighting, 34),
    Column("Key side", told.key_side, 13),
    Column("Key:fill (n:1)", told.key_to_fill, 9),
    Column("White balance (K)", number("camera.white_balance_k"), 10),
    Column("Camera", words("camera.body", "camera.format"), 18),
    Column("Ratio (n:1)", number("framing.aspect"), 8),
    Column("Stock and grade", words("look.stock", "look.grade"), 20),
    Column("Transition", words("transition_out"), 12),
    Column("Notes", lambda shot: shot.note, 30),
    Column("Take", of_take("number"), 7),
    Column("File", of_take("file_name"), 22),
    Column("Target", lambda shot: shot.target.label, 16),
    Column("Prompt", lambda shot: shot.compiled.text, 60, of_prompt=True),
    Column("Keep out", lambda shot: shot.compiled.negative_text, 24, of_prompt=True),
    Column("Parameters", told.parameters, 24, of_prompt=True),
)

LACKED = frozenset({"references", "picture", "document"})
"""Facts without a column."""


def columns(*, prompts_stay: bool) -> list[Column]:
    """Return the columns of a film's list."""
    return [column for column in COLUMNS if not (prompts_stay and column.of_prompt)]


def guarded(text: str) -> str:
    """Return a text as a cell of a CSV file: behind an apostrophe where a spreadsheet would run it."""
    return f"'{text}" if STARTS_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a guarded cell."""
    return cell[1:] if cell.startswith("'") and STARTS_FORMULA.match(cell) else cell
