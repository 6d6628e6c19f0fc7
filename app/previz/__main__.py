"""The render worker: `python -m app.previz OUT.png --pass PASS --width W --height H --samples N --seed S`.

A scene comes as JSON on stdin. The pass is `frame` (the finished picture) unless another is asked for; without a
height the scene's own ratio gives it, with one the gate opens to it (`view.open_gate`).
Speaks JSON lines on stdout: `{"progress": 0.25}` while it works, then
`{"done": "OUT.png", "width": W, "height": H}`. A scene or a path it cannot use
gives `{"error": "..."}` and exit status 2.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from app.previz.scene import PASSES, Scene
from app.previz.view import open_gate

_REFUSED = 2
_FRAME = "frame"


def main() -> int:
    """Render one scene; 0 when the picture is on disk, 2 when the input is of no use."""
    try:
        request = _parser().parse_args()
        scene = Scene.model_validate_json(sys.stdin.buffer.read())
        _check(request)
        frame = _render(scene, request)
        _write(frame, request.out)
    except ValidationError as refusal:
        return _refuse("; ".join(_sentence(problem["loc"], problem["msg"]) for problem in refusal.errors()))
    except (ValueError, OSError) as refusal:
        return _refuse(str(refusal))
    _say({"done": str(request.out), "width": frame.shape[1], "height": frame.shape[0]})
    return 0


class _Parser(argparse.ArgumentParser):
    """Raises what a plain parser prints, so that every refusal is one JSON line."""

    def error(self, message: str) -> NoReturn:
        raise ValueError(message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m app.previz", description="Render a scene, given as JSON on stdin, to a PNG.")
    parser.add_argument("out", type=Path, metavar="OUT.png")
    parser.add_argument(
        "--pass", dest="kind", choices=(_FRAME, *PASSES), default=_FRAME, help="what to draw of the shot"
    )
    parser.add_argument("--width", type=int, default=960, help="pixels")
    parser.add_argument("--height", type=int, help="pixels; the scene's own ratio gives it when it is not said")
    parser.add_argument("--samples", type=int, default=16, help="paths a pixel, of frame and clay")
    parser.add_argument("--seed", type=int, default=0)
    return parser


def _check(request: argparse.Namespace) -> None:
    for name, pixels in (("--width", request.width), ("--height", request.height)):
        if pixels is not None and not 16 <= pixels <= 4096:
            raise ValueError(f"{name} must lie between 16 and 4096 pixels, not {pixels}.")
    if not 1 <= request.samples <= 1024:
        raise ValueError(f"--samples must lie between 1 and 1024, not {request.samples}.")
    if request.seed < 0:
        raise ValueError(f"--seed must not be negative, not {request.seed}.")
    if not request.out.parent.is_dir():
        raise ValueError(f"There is no folder {request.out.parent} to write to.")


def _render(scene: Scene, request: argparse.Namespace) -> NDArray[np.uint8]:
    from app.previz import passes, render  # noqa: PLC0415 - a refusal should not wait for Mitsuba

    width, height, samples, seed = request.width, request.height, request.samples, request.seed
    if request.kind == _FRAME:
        return render.render(open_gate(scene, width, height), width, samples, seed, _tell)
    return passes.draw(scene, request.kind, width, height, seed, _tell, samples=samples)


def _write(frame: NDArray[np.uint8], out: Path) -> None:
    """The whole picture or none: a temporary name, flushed to disk, then renamed."""
    from app.previz.render import save  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(dir=out.parent, suffix=".part", delete=False) as file:
        try:
            save(frame, file)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o644)
            Path(file.name).replace(out)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(map(str, place))}: {message}" if place else message


def _tell(done: float) -> None:
    _say({"progress": round(done, 4)})


def _refuse(reason: str) -> int:
    _say({"error": reason})
    return _REFUSED


def _say(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201 - the worker's protocol


if __name__ == "__main__":
    raise SystemExit(main())
