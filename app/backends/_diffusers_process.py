"""Workers that keep a model loaded: a process each, spoken to in lines of JSON, ended when nobody draws for a while."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from app.backends._lines import LINE_BYTES, lines, said
from app.errors import LostError, RejectedError, UnreachableError

ENDING_S = 5
"""A worker that says nothing more may take so long to end."""

VERSIONS_S = 120
"""Torch loads slowly from a cold disk."""

SHOOT_AGAIN = "Nothing is paid: shoot again."

Told = Callable[[int, int], None]
"""Hears the step that a drawing is at, and how many there are; 0 of 0 while the model is loaded."""


class Place(NamedTuple):
    """What draws: a Python (empty: Printlight's own), the model's folder, and the device (empty: the best there is)."""

    python: str
    folder: str
    device: str


@dataclass(frozen=True)
class _Sent:
    """A job that a worker has: what waits for its answer, and what hears of its steps."""

    answer: "Future[dict[str, Any]]"
    told: Told


class Workers:
    """The workers of this process, one for each place."""

    def __init__(self, script: Path, idle_s: float, patience_s: float) -> None:
        """Begin with none. `patience_s` is how long a worker may go on with what was called off before it is ended."""
        self._script = script
        self._idle_s = idle_s
        self._patience_s = patience_s
        self._kept: dict[Place, _Worker] = {}
        self._lock = threading.Lock()

    def draw(self, place: Place, job: Mapping[str, Any], told: Told) -> "Future[dict[str, Any]]":
        """Hand over a job and return what will hold its answer: the worker's, RejectedError or LostError.

        Raises RejectedError when no worker can be started, UnreachableError when it ended before it heard of the job.
        """
        with self._lock:
            worker = self._kept.get(place)
            if worker is None or worker.is_over():
                worker = self._kept[place] = _Worker(self._command(place), place, self._idle_s)
            return worker.draw(job, told)

    def cancel(self, place: Place, ref: str) -> None:
        """Call a job off."""
        worker = self._kept.get(place)
        if worker:
            worker.cancel(ref, self._patience_s)

    def versions(self, place: Place) -> dict[str, Any]:
        """Return the versions and the device that would draw. Raises RejectedError for what is missing."""
        command = [*self._command(place), "--versions"]
        try:
            ended = subprocess.run(  # noqa: S603  a Python that the person named, and our own script
                command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=VERSIONS_S, env=_env(place)
            )
        except (OSError, ValueError) as error:
            raise _unstarted(place, error) from None
        except subprocess.TimeoutExpired:
            raise RejectedError("This Python does not say what it has.", hint=TRY_ANOTHER) from None
        found = said(ended.stdout[:LINE_BYTES])
        if "error" in found:
            raise _refusal(found)
        if "diffusers" not in found:
            raise RejectedError(f"This Python ended with status {ended.returncode}.", hint=TRY_ANOTHER)
        return found

    def close(self) -> None:
        """End them all."""
        with self._lock:
            for worker in self._kept.values():
                worker.close()
            self._kept.clear()

    def _command(self, place: Place) -> list[str]:
        return [place.python or sys.executable, str(self._script), "--device", place.device]


TRY_ANOTHER = "Name a Python that has torch and diffusers, as in /home/me/diffusers/bin/python."


class _Worker:
    """One process. It is told to end by closing its stdin, which the end of Printlight does, too."""

    def __init__(self, command: list[str], place: Place, idle_s: float) -> None:
        try:
            process = subprocess.Popen(  # noqa: S603  as above
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_env(place)
            )
        except (OSError, ValueError) as error:
            raise _unstarted(place, error) from None
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("The worker was started without pipes.")
        self._process, self._to, self._from = process, process.stdin, process.stdout
        self._idle_s = idle_s
        self._idle: threading.Timer | None = None
        self._jobs: dict[str, _Sent] = {}
        self._ending = False
        self._lock = threading.Lock()
        self._follower = threading.Thread(target=self._follow, daemon=True)
        self._follower.start()

    def is_over(self) -> bool:
        """Whether it takes no more jobs."""
        return self._ending or self._process.poll() is not None

    def draw(self, job: Mapping[str, Any], told: Told) -> "Future[dict[str, Any]]":
        """Hand over a job."""
        answer: Future[dict[str, Any]] = Future()
        answer.set_running_or_notify_cancel()  # whoever waits may go; the answer comes all the same
        with self._lock:
            if self._idle:
                self._idle.cancel()
            self._jobs[job["ref"]] = _Sent(answer, told)  # first: the answer may be here before the next line is
            if self._ending or not self._say(job):
                del self._jobs[job["ref"]]
                raise UnreachableError("The worker ended before it heard of the picture.", hint=SHOOT_AGAIN)
        return answer

    def cancel(self, ref: str, patience_s: float) -> None:
        """Call a job off, and end the process when it does not let go of it."""
        with self._lock:
            if ref in self._jobs and self._say({"cancel": ref}):
                _later(patience_s, partial(self._end_if_stuck, ref))

    def close(self) -> None:
        """End the process now."""
        self._end()
        self._follower.join()

    def _say(self, line: Mapping[str, Any]) -> bool:
        try:
            self._to.write(json.dumps(line).encode() + b"\n")
            self._to.flush()
        except (OSError, ValueError):
            return False
        return True

    def _end_if_stuck(self, ref: str) -> None:
        if ref in self._jobs:
            self._end()

    def _end_if_idle(self) -> None:
        with self._lock:
            idle = not self._jobs
            self._ending = self._ending or idle
        if idle:
            self._end()

    def _end(self) -> None:
        self._ending = True
        self._process.kill()

    def _follow(self) -> None:
        """Read the worker's lines until it ends; what it still had to draw is lost then."""
        for line in lines(self._from):
            self._hear(line)
        status = self._wait()
        with self._lock:
            self._ending = True
            lost, self._jobs = list(self._jobs.values()), {}
            if self._idle:
                self._idle.cancel()
            with contextlib.suppress(OSError):
                self._to.close()
        self._from.close()
        for one in lost:
            one.answer.set_exception(LostError(f"The worker that drew this picture {_ended(status)}", hint=SHOOT_AGAIN))

    def _wait(self) -> int:
        try:
            return self._process.wait(ENDING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _hear(self, told: dict[str, Any]) -> None:
        ref = told.get("ref")
        sent = self._jobs.get(ref) if isinstance(ref, str) else None
        if sent is None or not isinstance(ref, str):
            return
        if "error" in told or "done" in told:
            self._settle(ref)
        if "error" in told:
            sent.answer.set_exception(_refusal(told))
        elif "done" in told:
            sent.answer.set_result(told)
        elif type(told.get("step")) is type(told.get("steps")) is int:
            sent.told(told["step"], told["steps"])

    def _settle(self, ref: str) -> None:
        with self._lock:
            del self._jobs[ref]
            if not self._jobs:
                self._idle = _later(self._idle_s, self._end_if_idle)


def _later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer


def _env(place: Place) -> dict[str, str]:
    """Return this environment; another Python is not sent to the packages of ours."""
    ours = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"} if place.python else set()
    return {name: value for name, value in os.environ.items() if name not in ours}


def _refusal(told: Mapping[str, Any]) -> RejectedError:
    hint = told.get("hint")
    return RejectedError(str(told["error"])[:1000], hint=hint if isinstance(hint, str) else "")


def _unstarted(place: Place, error: Exception) -> RejectedError:
    return RejectedError(f"The Python {place.python or sys.executable!r} does not start: {error}.", hint=TRY_ANOTHER)


def _ended(status: int) -> str:
    if status < 0:
        return f"was ended from outside (signal {-status}), most often for want of memory."
    return f"ended with status {status}."
