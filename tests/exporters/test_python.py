"""The Python script for Luma, run with Luma's own package against the fake of Luma."""

import ast
import os
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from app.exporters import Reel, export, exporters
from tests.backends.fakes import luma
from tests.exporters.reels import reel, shot
from tests.exporters.test_curl import EVIL, FACE, beside, without_pictures
from tests.shots import AWKWARD


@pytest.fixture(scope="module")
def served() -> Iterator[luma.Luma]:
    with luma.served() as fake:
        yield fake


@pytest.fixture
def fake(served: luma.Luma) -> luma.Luma:
    served.reset()
    return served


def run(
    film: Reel, fake: luma.Luma, folder: Path, *slates: str, key: str = luma.KEY
) -> subprocess.CompletedProcess[str]:
    """Run a film's script in a folder."""
    script = folder / "film.py"
    script.write_bytes(export(exporters["python"], film).content)
    environment = {"PATH": os.environ["PATH"], "LUMA_BASE_URL": fake.url, "LUMA_AGENTS_API_KEY": key}
    command = [sys.executable, str(script), *slates]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_a_script_shoots_each_shot_and_keeps_its_picture(fake: luma.Luma, tmp_path: Path) -> None:
    fake.script = luma.Script(queued=0, processing=0)
    words = EVIL + "\n".join(AWKWARD)
    content = beside(tmp_path)
    film = Reel('The "Lamp" {Room}', (replace(without_pictures(words), name=EVIL), shot("12B")))
    done = run(film, fake, tmp_path)
    assert done.returncode == 0, done.stderr
    assert [one["prompt"] for one in fake.bodies] == [words, film.shots[1].compiled.text]
    assert fake.bodies[1]["image_ref"][0]["media_type"] == "image/png"
    assert len(fake.bodies[1]["image_ref"][0]["data"]) > len(content)
    made = sorted(one.name for one in tmp_path.glob("*.png"))
    assert len(made) == 2
    assert made[1] == "002-12B-The-stair.png"
    assert (tmp_path / made[1]).read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / "evil").exists()


def test_slates_choose_and_a_failure_is_told(fake: luma.Luma, tmp_path: Path) -> None:
    fake.fail("content_moderated", "Flagged.")
    film = Reel("Film", (without_pictures(), replace(without_pictures(), slate="12B")))
    done = run(film, fake, tmp_path, "12B")
    assert done.returncode == 1
    assert fake.posts == 1
    assert "Flagged." in done.stderr


def test_a_missing_picture_is_named_and_nothing_is_sent(fake: luma.Luma, tmp_path: Path) -> None:
    done = run(Reel("Film", (without_pictures(), shot("12B"))), fake, tmp_path)
    assert done.returncode == 1
    assert f"references/{FACE}.png" in done.stderr
    assert fake.posts == 0


def test_without_a_key_nothing_is_sent(fake: luma.Luma, tmp_path: Path) -> None:
    done = run(Reel("Film", (without_pictures(),)), fake, tmp_path, key="")
    assert "LUMA_AGENTS_API_KEY" in done.stderr
    assert fake.posts == 0


def test_a_title_cannot_choose_the_encoding_of_the_script() -> None:
    script = export(exporters["python"], replace(reel(), title="coding: utf-7 +AAo-exit()")).content
    assert tokenize.detect_encoding(BytesIO(script).readline)[0] == "utf-8"


def test_the_script_is_python_for_any_film() -> None:
    script = export(exporters["python"], reel()).content.decode()
    assert ast.parse(script).body
    assert "luma-api-" not in script
    assert "12B The door" in script
