"""The shell scripts for Luma, run with bash against the fake of Luma."""

import asyncio
import json
import os
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.backends.base import Access, Attachment, Order
from app.backends.uni1 import Uni1
from app.errors import BadInputError
from app.exporters import Reel, export, exporters
from app.exporters.base import ReelShot
from app.pipeline import compile_shot
from app.schema import read_data
from app.schema.compiled import Param, Segment
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.exporters.reels import picture, reel, shot
from tests.shots import AWKWARD

FACE = f"face-{'a' * 12}"


@pytest.fixture(scope="module")
def served() -> Iterator[luma.Luma]:
    with luma.served() as fake:
        yield fake


@pytest.fixture
def fake(served: luma.Luma) -> luma.Luma:
    served.reset()
    return served


def without_pictures(words: str = "") -> ReelShot:
    """Return a shot that names no picture, with a prompt of one's own where one is given."""
    one = shot(patch={"references": None})
    made = compile_shot(one.resolved.shot, one.target, vocabulary())
    return replace(one, compiled=replace(made, text=words, segments=(Segment(words),)) if words else made)


def run(one: ReelShot, fake: luma.Luma, folder: Path, key: str = luma.KEY) -> subprocess.CompletedProcess[str]:
    """Run a shot's script in a folder."""
    script = folder / "shot.sh"
    script.write_bytes(export(exporters["curl"], Reel("Film", (one,))).content)
    environment = {"PATH": os.environ["PATH"], "LUMA_BASE_URL": fake.url, "LUMA_AGENTS_API_KEY": key}
    command = ["bash", str(script)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def beside(folder: Path, name: str = f"{FACE}.png") -> bytes:
    """Put a picture into the folder of the references."""
    content = picture(40, 64, 64)
    (folder / "references").mkdir(exist_ok=True)
    (folder / "references" / name).write_bytes(content)
    return content


def test_a_script_makes_a_generation(fake: luma.Luma, tmp_path: Path) -> None:
    one = without_pictures()
    done = run(one, fake, tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] in fake.generations
    assert fake.bodies[0]["prompt"] == one.compiled.text
    assert fake.bodies[0]["model"] == "uni-1"


def test_the_body_is_the_one_that_the_backend_sends(fake: luma.Luma, tmp_path: Path) -> None:
    one, content = shot(), beside(tmp_path)
    done = run(one, fake, tmp_path)
    assert done.returncode == 0, done.stderr
    face = Attachment(1, "reference.role.character", content, "image/png")
    order = Order("ref", one.target, one.resolved.shot, one.compiled.text, "", one.compiled.values, (face,))
    asyncio.run(Uni1().submit(order, Access(fake.url, luma.KEY, {"upload": "no"})))
    assert fake.bodies[0] == fake.bodies[1]
    assert b64decode(fake.bodies[0]["image_ref"][0]["data"]) == content


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "image/jpeg"), ("webp", "image/webp")])
def test_a_picture_may_have_any_ending(fake: luma.Luma, tmp_path: Path, ending: str, kind: str) -> None:
    beside(tmp_path, f"{FACE}.{ending}")
    run(shot(), fake, tmp_path)
    assert fake.posts == 1
    assert kind in str(fake.bodies)


def test_a_missing_picture_is_named_and_nothing_is_sent(fake: luma.Luma, tmp_path: Path) -> None:
    done = run(shot(), fake, tmp_path)
    assert done.returncode == 1
    assert f"references/{FACE}.png" in done.stderr
    assert fake.posts == 0


def test_without_a_key_nothing_is_sent(fake: luma.Luma, tmp_path: Path) -> None:
    done = run(without_pictures(), fake, tmp_path, key="")
    assert done.returncode == 1
    assert "LUMA_AGENTS_API_KEY" in done.stderr
    assert fake.posts == 0


def test_a_refusal_is_told(fake: luma.Luma, tmp_path: Path) -> None:
    done = run(without_pictures(), fake, tmp_path, key="luma-api-revoked")
    assert done.returncode
    assert "API key has been revoked" in done.stdout


EVIL = '\'; touch evil; \' "$(touch evil)" `touch evil` $HOME \\ \\n %s !! # \x7f\n${x:?} {"file": "x"} <<EOF\nEOF\n'


def test_a_prompt_is_quoted_whatever_it_holds(fake: luma.Luma, tmp_path: Path) -> None:
    words = EVIL + "\n".join(AWKWARD)
    done = run(replace(without_pictures(words), slate="12\ntouch evil", name=EVIL), fake, tmp_path)
    assert done.returncode == 0, done.stderr
    assert fake.bodies[0]["prompt"] == words
    assert not (tmp_path / "evil").exists()


def test_what_is_not_sent_is_said() -> None:
    one = without_pictures()
    compiled = replace(one.compiled, negative=(Segment("rain\non glass"),), params={"seed": Param(9)})
    script = export(exporters["curl"], Reel("Film", (replace(one, compiled=compiled),))).content.decode()
    assert "# Keep out of the picture: rain on glass\n" in script
    assert "# Uni-1 takes no seed; each picture is new.\n" in script


def test_no_key_is_in_a_script() -> None:
    assert b"luma-api-" not in export(exporters["curl"], reel()).content


def test_what_luma_would_refuse_is_refused() -> None:
    one = without_pictures("x" * 6001)
    with pytest.raises(BadInputError, match="12A The stair: Uni-1 takes 1 to 6,000 characters"):
        export(exporters["curl"], Reel("Film", (one,)))


def test_a_picture_with_an_address_is_named_by_it(fake: luma.Luma, tmp_path: Path) -> None:
    said: dict[str, Any] = {"references": {"face": {"address": "https://example.org/face.png"}}}
    run(shot(patch=said), fake, tmp_path)
    assert fake.bodies[0]["image_ref"] == [{"url": "https://example.org/face.png"}]


def test_a_moving_shot_for_another_model_asks_for_a_clip(fake: luma.Luma, tmp_path: Path) -> None:
    said = read_data({"camera": {"size": "camera.size.cu"}, "duration_s": 5})
    target = vocabulary().target("kling-3")
    one = replace(without_pictures(), target=target, compiled=compile_shot(said, target, vocabulary()))
    done = run(one, fake, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (fake.bodies[0]["model"], fake.bodies[0]["type"]) == ("ray-3.2", "video")
