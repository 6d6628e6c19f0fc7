"""The fake ComfyUI is judged by Comfy-Org's own proxy and SDK: they submit, poll, upload, listen, cancel and fetch."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.backends.fakes import comfy
from tests.backends.fakes.comfy import Comfy
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port
from tests.backends.fakes.workflows import IMG2IMG, PLAIN, node, sampled
from tests.peers.venvs import venv

PINS = ("comfy-api-proxy==0.1.6", "comfy-sdk==0.5.0")
STILL = picture()


@contextmanager
def proxied(fake: Comfy, programs: Path) -> Iterator[str]:
    """Run the proxy in front of a ComfyUI while the block runs."""
    port = closed_port()
    command = [str(programs / "comfy-api-proxy"), "--comfyui", fake.url, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as proxy:
        url = f"http://127.0.0.1:{port}"
        try:
            deadline = time.monotonic() + 30
            while not is_up(url):
                assert proxy.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield url
        finally:
            proxy.terminate()


def is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/v2/health").is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def judged() -> Iterator[tuple[Comfy, dict[str, Any]]]:
    programs = venv("comfy", PINS)
    still = {**node("LoadImage", image="set by the client"), "_meta": {"hex": STILL.hex()}}
    graphs = {
        "drawn": {**IMG2IMG, "10": still},
        "heard": {**PLAIN, "3": sampled(seed=1)},
        "long": {**PLAIN, "3": sampled(seed=2, steps=400)},
        "refused": {**PLAIN, "4": node("CheckpointLoaderSimple", ckpt_name="gone.safetensors")},
        "failed": {
            **PLAIN,
            "10": node("ImageInvert", image=("8", 0)),
            "9": node("SaveImage", images=("10", 0), filename_prefix="x"),
        },
    }
    broken = {"exception_type": "RuntimeError", "exception_message": "the shutter stuck"}
    with (
        comfy.served(step_s=0.02, previews=True, breaks={"ImageInvert": broken}) as fake,
        proxied(fake, programs) as url,
    ):
        run = subprocess.run(
            [programs / "python", Path(__file__).with_name("comfy_client.py")],
            input=json.dumps(graphs),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, "COMFY_BASE_URL": url, "PYTHONPATH": ""},
        )
        assert run.returncode == 0, run.stderr
        yield fake, json.loads(run.stdout)


def test_a_picture_is_uploaded_drawn_with_and_fetched(judged: tuple[Comfy, dict[str, Any]]) -> None:
    fake, said = judged
    drawn = said["drawn"]
    assert (drawn["status"], drawn["type"]) == ("succeeded", "image/png")
    assert fake.inputs[drawn["sent"]] == STILL
    assert drawn["sha256"] in {sha256(content).hexdigest() for content in fake.saved.values()}


def test_what_was_drawn_before_is_the_same_file(judged: tuple[Comfy, dict[str, Any]]) -> None:
    _, said = judged
    assert said["again"] == {"status": "succeeded", "name": said["drawn"]["name"]}


def test_progress_and_previews_are_heard(judged: tuple[Comfy, dict[str, Any]]) -> None:
    _, said = judged
    heard = said["heard"]
    assert heard["last"] == "succeeded"
    assert heard["steps"] == [20]
    assert heard["previews"] > 0
    assert heard["values"] == sorted(heard["values"])
    assert 0 < heard["values"][-1] <= 1


def test_jobs_are_stopped_one_by_one(judged: tuple[Comfy, dict[str, Any]]) -> None:
    _, said = judged
    assert said["cancelled"]["running"] == ["running", "canceled"]
    assert said["cancelled"]["waiting"][0] == "queued"
    assert said["cancelled"]["waiting"][1] in ("canceled", "expired")


def test_refusals_and_failures_are_told(judged: tuple[Comfy, dict[str, Any]]) -> None:
    _, said = judged
    assert "Prompt outputs failed validation" in said["refused"]
    assert said["failed"].startswith("failed: ")
    assert "the shutter stuck" in said["failed"]
