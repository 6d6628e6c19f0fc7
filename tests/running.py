"""Runs the studio as a person does, in a process of its own, so that a test may kill it."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests import forks
from tests.backends.fakes import luma
from tests.backends.fakes.serving import closed_port
from tests.forks import Process
from tests.places import places, variables

ROOT = Path(__file__).parent.parent
START_S = 60
UNTIL_S = 40


class Studio:
    """A studio on a data folder; start it, kill it, start it again."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = closed_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment
        self.process: Process | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        env, to = environment(self.data, **self.environment), self.data / "server.log"
        with to.open("ab") as log, Path(os.devnull).open("rb") as nothing:
            arguments, out = ["serve", "--port", str(self.port)], log.fileno()
            self.process = forks.start(arguments, env, nothing.fileno(), out, out)
        until(self._answers, START_S)

    def kill(self) -> None:
        """End the process as a power cut does."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def log(self) -> str:
        """Return what the process has printed."""
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")

    def _answers(self) -> bool:
        if self.process and self.process.poll() is not None:
            raise AssertionError(f"the studio ended: {self.log()}")
        try:
            return httpx.get(f"{self.url}/schema/shot.json", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def shoot(self, backend: str, target: str = "uni-1", wording: str = "compiled", shot: str = "the-rim") -> str:
        """Shoot a sample shot as it stands; return the take's id."""
        document, version = self.document(shot)
        order = {"shot": document, "version": version, "target": target, "backend": backend, "wording": wording}
        return self.order(shot, order)

    def order(self, shot: str, order: dict[str, Any]) -> str:
        """Order a take; return its id."""
        answer = httpx.post(f"{self.url}/shots/{shot}/takes", json=order, timeout=20)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["take"])

    def document(self, shot: str) -> tuple[dict[str, Any], int]:
        """Return a shot's document and version, as its page holds them."""
        page = httpx.get(f"{self.url}/shots/{shot}", timeout=20).text
        found = page.partition("data-document>")[2].partition("</script>")[0]
        return json.loads(found), int(page.partition('data-version="')[2].partition('"')[0])

    def state(self, take: str, shot: str = "the-rim") -> str:
        """Return a take's state, as its shot's strip shows it."""
        page = httpx.get(f"{self.url}/shots/{shot}/takes", timeout=20).text
        before, found, _ = page.partition(f'data-take="{take}"')
        return before.rpartition('class="take is-')[2].partition('"')[0] if found else ""

    def wait_for(self, take: str, *states: str, shot: str = "the-rim") -> str:
        """Wait until a take is in one of the states; return it."""
        until(
            lambda: self.state(take, shot) in states,
            UNTIL_S,
            lambda: f"{take} is {self.state(take, shot)}: {self.log()}",
        )
        return self.state(take, shot)


@contextmanager
def studio(data: Path, **more: str) -> Iterator[Studio]:
    """Run a studio on a folder of its own, whatever it is called upon to survive."""
    running = Studio(data, **more)
    try:
        running.start()
        yield running
    finally:
        running.kill()  # what it would tidy up is thrown away


OUTSIDE = ("LUMA_", "A1111_", "PRINTLIGHT_", "AWS_", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
"""How what is left out of an environment begins; the last one makes every start twice as slow."""


def environment(data: Path | None, **more: str) -> dict[str, str]:
    """Return an environment that leads to a folder's things, with small pictures, and no key or address from outside.

    Without a folder it is one in which nothing can be kept.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OUTSIDE)}
    where = variables(places.at(data)) if data else {"PRINTLIGHT_DATA": os.devnull}
    ours = {**where, "PRINTLIGHT_AUTHOR": "Test", "PRINTLIGHT_PREVIZ_WIDTH": "240"}
    ours["PRINTLIGHT_BOARD_FRAMES"] = "no"  # which would be drawn behind the back of every test that looks at a board
    return {**kept, **ours, **more}


def for_luma(fake: luma.Luma) -> dict[str, str]:
    """Return the settings that lead Uni-1 to a fake."""
    return {"LUMA_BASE_URL": fake.url, "LUMA_AGENTS_API_KEY": luma.KEY}


def until(is_so: Callable[[], bool], seconds: float, otherwise: Callable[[], str] = lambda: "") -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"not so after {seconds} s. {otherwise()}")
        time.sleep(0.05)
