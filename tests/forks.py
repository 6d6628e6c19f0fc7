"""Starts Printlight in processes of its own, forked from one that has read the program, so that this is done once.

Each has its own environment, folder, streams and engine, and can be killed. Where a system cannot fork so, Python is
started anew, as a person does.
"""

import atexit
import gc
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from select import select
from threading import Lock
from typing import Any, NoReturn, Protocol

ROOT = Path(__file__).parent.parent
LONGEST_MESSAGE = 1 << 20
STREAMS = 3


class Process(Protocol):
    """What is asked of a process: a part of `subprocess.Popen`."""

    pid: int
    returncode: int | None

    def poll(self) -> int | None:
        """Return its status, or None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, and return its status."""

    def kill(self) -> None:
        """End it as a power cut does."""

    def send_signal(self, sig: int) -> None:
        """Send it a signal."""


def start(arguments: Sequence[str], env: dict[str, str], stdin: int, stdout: int, stderr: int) -> Process:
    """Start `printlight` with these arguments, in this environment alone, on these streams."""
    if not hasattr(socket, "SOCK_SEQPACKET") or sys.platform != "linux":
        command = [sys.executable, "-m", "app", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=env, stdin=stdin, stdout=stdout, stderr=stderr)
    return parent().start(arguments, env, (stdin, stdout, stderr))


@cache
def parent() -> "Parent":
    """Return the process that forks; there is one for each that runs tests."""
    return Parent()


class Parent:
    """A process that has read Printlight, and forks when it is asked to."""

    def __init__(self) -> None:
        self.lock, self.ended = Lock(), dict[int, int]()
        self.line, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with far:
            command = [sys.executable, "-m", "tests.forks", str(far.fileno())]
            self.process = subprocess.Popen(command, cwd=ROOT, pass_fds=(far.fileno(),), stdin=subprocess.DEVNULL)
        atexit.register(self.close)

    def close(self) -> None:
        """Let it end: nobody asks any more."""
        self.line.close()
        self.process.wait()

    def start(self, arguments: Sequence[str], env: dict[str, str], streams: tuple[int, int, int]) -> "Forked":
        """Fork a process that runs a command."""
        order = json.dumps({"arguments": list(arguments), "env": env}).encode()
        with self.lock:
            socket.send_fds(self.line, [order], streams)
            while "forked" not in (told := self._hear(None)):
                pass
        return Forked(self, told["forked"])

    def status(self, pid: int, wait_s: float) -> int | None:
        """Return how a process ended; None if it has not, in so many seconds."""
        deadline = time.monotonic() + wait_s
        while pid not in self.ended:
            with self.lock:
                left = max(0.0, deadline - time.monotonic())
                if pid not in self.ended and not self._hear(min(left, 0.1)) and left == 0:
                    return None
        return self.ended[pid]

    def _hear(self, wait_s: float | None) -> dict[str, int]:
        if not select([self.line], [], [], wait_s)[0]:
            return {}
        told: dict[str, int] = json.loads(self.line.recv(LONGEST_MESSAGE) or b'{"forked": 0}')
        if told.get("forked") == 0:
            raise AssertionError("the process that forks has ended")
        if "ended" in told:
            self.ended[told["ended"]] = told["status"]
        return told


class Forked:
    """A process that was forked."""

    def __init__(self, of: Parent, pid: int) -> None:
        self.of, self.pid = of, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return its status, or None while it runs."""
        self.returncode = self.of.status(self.pid, 0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, and return its status."""
        status = self.of.status(self.pid, float("inf") if timeout is None else timeout)
        if status is None:
            raise subprocess.TimeoutExpired("printlight", timeout or 0)
        self.returncode = status
        return status

    def kill(self) -> None:
        """End it as a power cut does."""
        self.send_signal(signal.SIGKILL)

    def send_signal(self, sig: int) -> None:
        """Send it a signal, if it runs."""
        if self.poll() is None:
            os.kill(self.pid, sig)


def read_program() -> None:
    """Read what every command and every page needs."""
    for package in ("app.cli", "app.jobs", "app.web"):
        for module in iter_modules(import_module(package).__path__):
            import_module(f"{package}.{module.name}")
    from app.pipeline import compile_shot
    from app.schema import read_data
    from app.vocab import vocabulary
    from app.web.pages import environment

    vocab = vocabulary()
    for sample in vocab.samples.values():
        compile_shot(read_data(sample.shot), vocab.target("uni-1"), vocab)
    for name in environment().list_templates():
        environment().get_template(name)


def fork_when_asked(line: socket.socket) -> dict[str, Any]:
    """Fork for each order; in the child, return the order. Ends when nobody is there to ask."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready = select([line.fileno(), woken], [], [])[0]
        if woken in ready:
            os.read(woken, 512)
            tell_ended(line)
        if line.fileno() in ready:
            said, streams, *_ = socket.recv_fds(line, LONGEST_MESSAGE, STREAMS)
            if not said:
                sys.exit()
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for number, stream in enumerate(streams):
                    os.dup2(stream, number)
                for one in (woken, wake, line.detach(), *streams):
                    os.close(one)
                order: dict[str, Any] = json.loads(said)
                return order
            for one in streams:
                os.close(one)
            line.send(json.dumps({"forked": pid}).encode())


def tell_ended(line: socket.socket) -> None:
    """Say of each child that has ended how it did."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        line.send(json.dumps({"ended": pid, "status": os.waitstatus_to_exitcode(status)}).encode())


def run(order: dict[str, Any]) -> NoReturn:
    """Be the process that was asked for."""
    os.environ.clear()
    os.environ.update(order["env"])
    sys.argv = ["printlight", *order["arguments"]]
    random.seed()
    from app.cli import main

    main()
    raise AssertionError("a command ends its process")


if __name__ == "__main__":
    read_program()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as told:
        asked = fork_when_asked(told)
    run(asked)
