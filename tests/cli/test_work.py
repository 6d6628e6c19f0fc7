"""`printlight work` makes what waits, and stops cleanly."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from app import db
from app.jobs import Desk
from app.library import Library
from app.pipeline import compile_shot
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.running import ROOT, environment, for_luma, until


@pytest.fixture
def fake() -> Iterator[luma.Luma]:
    with luma.served() as served:
        yield served


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT], ids=lambda one: one.name)
def test_what_is_being_sent_is_answered_before_the_process_goes(
    library: Library, tmp_path: Path, fake: luma.Luma, stop: signal.Signals
) -> None:
    """It is told to stop during the POST: the ticket is kept, nothing is in doubt, and nothing is held any more."""
    compiled = compile_shot(library.shot("the-rim").shot, vocabulary().target("uni-1"), vocabulary())
    take = Desk(library, {}).add("the-rim", compiled, "uni1", "compiled").id
    fake.script = luma.Script(seconds=60)
    fake.fault("create", delay_s=2, after=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "work", "--name", "night shift"],
        cwd=ROOT,
        env=environment(tmp_path, **for_luma(fake)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(lambda: fake.posts == 1, 40)
        assert library.takes.job(take).state == "sending"
        process.send_signal(stop)
        said, errors = process.communicate(timeout=40)
    finally:
        process.kill()
    assert (process.returncode, errors) == (0, "")
    assert "Printlight works as night shift-" in said
    job = library.takes.job(take)
    assert (job.state, job.worker, job.remote_id) == ("running", None, next(iter(fake.generations)))
    with library.database.read() as session:
        assert session.exec(select(db.Executor)).all() == []
    library.database.close()
