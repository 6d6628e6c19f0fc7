"""Runs the render worker for somebody who waits: a shot in, a picture's bytes out. Says when it cannot run here."""

import ctypes
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.errors import RejectedError
from app.previz.scene import Scene

PATIENCE_S = 300
SAMPLES = 16
WIDTHS = range(16, 4097)
USUAL_WIDTH = 960


def problem() -> str:
    """Return nothing, or a sentence that says what keeps the previz from drawing on this machine."""
    return _missing() or _unusable()


def width() -> int:
    """Return how wide the previz draws, in pixels."""
    return int(_said_width())


@cache
def _missing() -> str:
    if find_spec("mitsuba") is None:
        return "The previz' renderer, Mitsuba, has no build for this machine. Shoot on another backend."
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return "The previz needs the system library libatomic1. On Debian or Ubuntu: apt-get install libatomic1."
    return ""


def _said_width() -> str:
    return os.environ.get("PRINTLIGHT_PREVIZ_WIDTH") or str(USUAL_WIDTH)


def _unusable() -> str:
    said = _said_width()
    if said.isdecimal() and int(said) in WIDTHS:
        return ""
    return f"PRINTLIGHT_PREVIZ_WIDTH is {said!r}: set it to between {WIDTHS[0]} and {WIDTHS[-1]} pixels."


def draw(scene: Scene, kind: str, width: int, height: int | None = None) -> bytes:
    """Return one pass of a scene as a PNG, `width` pixels wide; without a height the scene's own ratio gives it.

    Raises RejectedError with the worker's own words when there is no picture.
    """
    with tempfile.TemporaryDirectory(prefix="printlight-pass-") as folder:
        out = Path(folder) / "pass.png"
        size = ["--width", str(width), *(["--height", str(height)] if height else [])]
        command = [sys.executable, "-m", "app.previz", str(out), "--pass", kind, *size, "--samples", str(SAMPLES)]
        try:
            ended = subprocess.run(  # noqa: S603  the arguments are our own
                command, input=scene.model_dump_json().encode(), capture_output=True, timeout=PATIENCE_S, check=False
            )
        except subprocess.TimeoutExpired:
            raise RejectedError(f"The previz took longer than {PATIENCE_S} s over the {kind} pass.") from None
        if ended.returncode or not out.is_file():
            raise RejectedError(f"The previz could not draw the {kind} pass: {_reason(ended.stdout)}")
        return out.read_bytes()


def _reason(lines: bytes) -> str:
    """Return what the worker said last that went wrong."""
    for line in reversed(lines.splitlines()):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and said.get("error"):
            return str(said["error"])
    return "it ended without a word."
