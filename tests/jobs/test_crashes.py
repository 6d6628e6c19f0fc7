"""kill -9 before, during and after the POST: nothing is paid twice, and no picture is lost."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.backends.fakes import luma
from tests.running import ROOT, Studio, environment, for_luma, studio, until


@pytest.fixture
def fake() -> Iterator[luma.Luma]:
    with luma.served() as served:
        yield served


def test_killed_before_the_post(tmp_path: Path, fake: luma.Luma) -> None:
    """Luma had no room, so nothing was started; the take is sent once after the restart, and not before it may be."""
    fake.fault("create", status=429, detail="Too many concurrent jobs", headers={"Retry-After": "5"})
    with studio(tmp_path, **for_luma(fake)) as running:
        take = running.shoot("uni1")
        until(lambda: fake.posts == 1 and running.state(take) == "queued", 20)
        running.kill()
        running.start()
        assert running.wait_for(take, "done", "unsure", "failed") == "done"
    assert len(fake.generations) == 1


def test_killed_during_the_post(tmp_path: Path, fake: luma.Luma) -> None:
    """Nobody knows whether it arrived: the take waits for a person, and nothing is sent again by itself."""
    with studio(tmp_path, **for_luma(fake)) as running:
        take = _killed_while_it_posts(running, fake)
        assert running.wait_for(take, "unsure", "done") == "unsure"
        assert fake.posts == 1
        _decide(running, take, "confirmation")
        assert running.wait_for(take, "done", "failed") == "done"
    assert fake.posts == 2


def test_killed_after_the_post(tmp_path: Path, fake: luma.Luma) -> None:
    """The ticket was kept: the same generation is watched on, and its picture kept."""
    fake.script = luma.Script(seconds=4)
    with studio(tmp_path, **for_luma(fake)) as running:
        take = running.shoot("uni1")
        running.wait_for(take, "running")
        running.kill()
        running.start()
        assert running.wait_for(take, "done", "failed", "unsure") == "done"
        page = httpx.get(f"{running.url}/takes/{take}").text
        generation = next(iter(fake.generations))
        assert generation in page
        picture = page.partition('href="/pictures/')[2].partition('"')[0]
        assert httpx.get(f"{running.url}/pictures/{picture}").content.startswith(b"\x89PNG")
    assert fake.posts == 1


def test_a_previz_that_was_killed_is_drawn_again(tmp_path: Path) -> None:
    """A local drawing costs nothing but time, so it is simply started again."""
    with studio(tmp_path) as running:
        take = running.shoot("previz")
        running.wait_for(take, "running")
        running.kill()
        running.start()
        assert running.wait_for(take, "done", "failed", "unsure") == "done"


def test_a_dropped_take_is_never_sent(tmp_path: Path, fake: luma.Luma) -> None:
    with studio(tmp_path, **for_luma(fake)) as running:
        take = _killed_while_it_posts(running, fake)
        running.wait_for(take, "unsure")
        _decide(running, take, "cancellation")
        assert running.state(take) == "cancelled"
    assert fake.posts == 1


def _killed_while_it_posts(running: Studio, fake: luma.Luma) -> str:
    """Shoot, kill the studio when Luma has the job and has not answered, and start it again; return the take."""
    fake.fault("create", delay_s=3, after=True)
    take = running.shoot("uni1")
    until(lambda: len(fake.generations) == 1, 20)
    running.kill()
    running.start()
    return take


def _decide(running: Studio, take: str, what: str) -> None:
    answer = httpx.post(f"{running.url}/takes/{take}/{what}", timeout=20)
    assert answer.status_code == 200, answer.text


def test_a_studio_takes_over_what_a_killed_command_line_left(tmp_path: Path, fake: luma.Luma) -> None:
    """Both work on one data folder; the command is killed while Luma draws, and the studio keeps the picture."""
    fake.script = luma.Script(seconds=5)
    with studio(tmp_path, **for_luma(fake)) as running:
        command = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "app",
                "shoot",
                "vocab/samples/the_rim.toml",
                "--on",
                "uni1",
                "--out",
                str(tmp_path),
            ],
            cwd=ROOT,
            env=environment(tmp_path, **for_luma(fake)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: fake.polls > 0, 30)  # it polls, so its ticket is kept
        command.kill()
        command.wait()
        board = f"{running.url}/projects/command-line"
        until(lambda: "/thumbnail" in httpx.get(board, timeout=20).text, 40, running.log)
    assert fake.posts == 1
