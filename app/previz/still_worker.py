"""The warm renderer behind the still: `python -m app.previz.still_worker`.

Orders come as JSON lines on stdin: `{"id": 3, "scene": {...}, "longest": 960, "samples": 64}`, or `{"id": 3}` alone to
draw nothing more. Each frame is a JSON line on stdout that names its order, with its pictures as data URLs; the last
has `"done": true`. A new order ends the one before it at its next band. What cannot be drawn is
`{"id": 3, "error": "..."}`. The process ends with its stdin, and after minutes without an order.
"""

import base64
import json
import os
import sys
from io import BytesIO
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import cv2
import drjit
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import ValidationError

from app.previz import still_meter
from app.previz.scene import Scene
from app.previz.still import Frame, Stills

IDLE_S = 240


class _Superseded(Exception):  # noqa: N818 - it is no error
    """There is a newer order."""


class _Orders:
    """The orders that have come. Only the newest counts."""

    def __init__(self) -> None:
        self._lines: SimpleQueue[str] = SimpleQueue()
        Thread(target=self._read, daemon=True).start()

    def next(self) -> dict[str, Any] | None:
        """Wait for an order; None when none has come for minutes."""
        try:
            line = self._lines.get(timeout=IDLE_S)
            while not self._lines.empty():
                line = self._lines.get()
        except Empty:
            return None
        order: dict[str, Any] = json.loads(line)
        return order

    def heed(self) -> None:
        """Raise _Superseded when there is a newer order than the one in hand."""
        if not self._lines.empty():
            raise _Superseded

    def _read(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)
        os._exit(0)  # the studio is gone; nothing here is worth keeping


def main() -> int:
    """Draw what is ordered until nobody orders any more."""
    drjit.set_thread_count(1)
    cv2.setNumThreads(1)
    orders, stills = _Orders(), Stills()
    while order := orders.next():
        if "scene" not in order:
            continue
        try:
            _draw(order, stills, orders)
        except _Superseded:
            continue
        except ValidationError as problem:
            _say({"id": order["id"], "error": str(problem.errors()[0]["msg"])})
        except (ValueError, RuntimeError, MemoryError) as problem:
            _say({"id": order["id"], "error": str(problem) or type(problem).__name__})
    return 0


def _draw(order: dict[str, Any], stills: Stills, orders: _Orders) -> None:
    scene = Scene.model_validate(order["scene"])
    for frame in stills.frames(scene, order["longest"], order["samples"], orders.heed):
        orders.heed()
        _say({"id": order["id"], **described(frame)})


def described(frame: Frame) -> dict[str, Any]:
    """Return a frame and its meters as JSON: pictures as data URLs, and each in words."""
    light = frame.light
    width, height = frame.step.size
    return {
        "width": width,
        "height": height,
        "samples": frame.step.samples,
        "done": frame.done,
        "pictures": {
            "picture": _url(frame.shown, "JPEG", quality=93, subsampling=0),
            "false": _url(still_meter.false_colour(light), "PNG"),
            "luma": _url(still_meter.waveform(light), "PNG"),
            "parade": _url(still_meter.parade(light), "PNG"),
        },
        "said": {
            "false": still_meter.said_of_zones(light),
            "luma": still_meter.said_of_waveform(light),
            "parade": still_meter.said_of_parade(light),
        },
        "ticks": [[level, round(still_meter.screen(level))] for level in still_meter.TICKS],
        "zones": [_zone(one) for one in still_meter.readings(light)],
    }


def _zone(reading: still_meter.Reading) -> dict[str, Any]:
    zone = reading.zone
    low, high = (None if np.isinf(end) else end for end in (zone.low, zone.high))
    return {
        "name": zone.name,
        "stops": [low, high],
        "screen": [round(end) for end in reading.screen],
        "share": round(reading.share, 4),
        "paint": "#{:02x}{:02x}{:02x}".format(*zone.paint),
    }


def _url(picture: NDArray[np.uint8], kind: str, **options: int) -> str:
    stored = BytesIO()
    Image.fromarray(picture).save(stored, format=kind, **options)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(stored.getvalue()).decode()}"


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201 - the worker's protocol


if __name__ == "__main__":
    os._exit(main())  # the thread that reads stdin never ends by itself
