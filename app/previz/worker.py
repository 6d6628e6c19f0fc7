"""Runs the render worker for somebody who waits: a shot in, a picture's bytes out."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from app.errors import RejectedError
from app.previz.scene import Scene

PATIENCE_S = 300
SAMPLES = 16


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
