"""Both adapters of local servers against the real xinference, which speaks both languages, on a tiny model.

Collected only by `pytest --all`. The first run installs xinference into an environment of its own.
"""

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.backends._sizes import of
from app.backends.a1111 import A1111
from app.backends.base import MASK, SOURCE, Access, Artifact, Backend, Progress, Seen
from app.backends.openai_images import OpenAIImages
from app.errors import RejectedError
from tests.backends.fakes.orders import SDXL, order, reference
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port
from tests.peers import tiny_diffusers
from tests.peers.venvs import venv
from tests.running import until

PACKAGES = (
    "xinference==4.1.0",
    "torch==2.13.0",
    "diffusers==0.39.0",
    "transformers==5.17.0",
    "accelerate==1.15.0",
    "huggingface-hub==1.16.1",
)
MODEL = {
    "version": 2,
    "model_name": "tiny-sd15",
    "model_id": None,
    "model_revision": None,
    "model_hub": "huggingface",
    "model_family": "stable_diffusion",
    "model_ability": ["text2image", "image2image", "inpainting"],
    "controlnet": [],
}
START_S = 240
LAUNCH_S = 240
DRAW_S = 400
SIZE = {"width": 64, "height": 40}
SOURCE_PICTURE = reference(0, role=SOURCE, content=picture(size=(64, 40)), strength=0.5)
MASK_PICTURE = reference(0, role=MASK, content=picture(size=(64, 40), colour="#ffffff"))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Xinference with one model launched."""
    # A package that it asks for brings torchvision, which cannot be loaded beside a torch for the processor alone.
    programs = venv("xinference-4.1.0", PACKAGES, without=("torchvision",))
    folder = tmp_path_factory.mktemp("xinference")
    maker = [str(programs / "python"), tiny_diffusers.__file__, str(folder)]
    subprocess.run(maker, check=True, timeout=LAUNCH_S, env=environment(folder))
    with served(programs, folder) as found:
        yield found


@contextmanager
def served(programs: Path, folder: Path) -> Iterator[str]:
    """Run the server in a group of its own, which ends with it."""
    port = closed_port()
    url = f"http://127.0.0.1:{port}"
    command = [str(programs / "xinference-local"), "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=environment(folder), cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
        try:
            until(lambda: answers(f"{url}/v1/models"), START_S)
            launch(url, folder)
            yield url
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def environment(folder: Path) -> dict[str, str]:
    """Nothing is fetched, nothing outside its folder is written, and nobody has to log in."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XINFERENCE_HOME": str(folder / "home"),
        "XINFERENCE_AUTH_ADVANCED": "0",
        "HF_HUB_OFFLINE": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "OMP_NUM_THREADS": "1",
    }


def answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def launch(url: str, folder: Path) -> None:
    """Register the tiny model by its folder, and load it."""
    (folder / "home" / "cache" / "v2").mkdir(parents=True, exist_ok=True)  # a new server does not make it itself
    model = json.dumps({**MODEL, "model_uri": str(folder / "model")})
    tiny = {"model_uid": "tiny", "model_name": "tiny-sd15", "model_type": "image", "model_engine": "diffusers"}
    for path, body in (
        ("/v1/model_registrations/image", {"model": model, "persist": False}),
        ("/v1/models", {**tiny, "enable_virtual_env": False, "n_gpu": None}),
    ):
        found = httpx.post(f"{url}{path}", json=body, timeout=LAUNCH_S)
        assert found.status_code == 200, found.text


def shoot(backend: Backend, access: Access, **changes: Any) -> Artifact:
    """Submit, wait for the end and fetch."""

    async def scenario() -> Artifact:
        ticket = await backend.submit(order(SDXL, **changes), access)
        progress = await ended(backend, ticket, access)
        assert progress == Progress("done", 1), progress
        return await backend.fetch(ticket, access)

    return asyncio.run(scenario())


async def ended(backend: Backend, ticket: str, access: Access, seen: list[float] | None = None) -> Progress:
    async with asyncio.timeout(DRAW_S):
        while (progress := await backend.poll(ticket, access)).state not in ("done", "failed"):
            if seen is not None and progress.fraction is not None:
                seen.append(progress.fraction)
            await asyncio.sleep(0.1)
    return progress


def openai(url: str) -> Access:
    return Access(url, options={"model": "tiny", "kind": "xinference"})


def test_both_adapters_see_the_server_and_its_model(url: str) -> None:
    assert asyncio.run(A1111().look(Access(url))) == Seen("", "xinference 4.1.0", ("tiny",))
    assert asyncio.run(OpenAIImages().look(openai(url))) == Seen("", "xinference", ("tiny",))


@pytest.mark.parametrize("backend", [A1111(), OpenAIImages()])
def test_the_same_seed_gives_the_same_picture(url: str, backend: Backend) -> None:
    made = [
        shoot(backend, openai(url), params={**SIZE, "steps": 2, "seed": seed}, negative="blur") for seed in (7, 7, 8)
    ]
    assert [one.media_type for one in made] == ["image/jpeg"] * 3
    assert [of(one.content) for one in made] == [(64, 40)] * 3
    assert made[0].content == made[1].content != made[2].content


def test_a_picture_is_changed_under_a_mask_or_whole_over_the_a1111_api(url: str) -> None:
    params = {**SIZE, "steps": 4, "seed": 7, "sampler_name": "Euler"}
    plain = shoot(A1111(), Access(url), params=params)
    whole = shoot(A1111(), Access(url), params=params, attachments=(SOURCE_PICTURE,))
    part = shoot(A1111(), Access(url), params=params, attachments=(SOURCE_PICTURE, MASK_PICTURE))
    assert len({plain.content, whole.content, part.content}) == 3
    assert [of(one.content) for one in (plain, whole, part)] == [(64, 40)] * 3


@pytest.mark.parametrize("attachments", [(SOURCE_PICTURE,), (SOURCE_PICTURE, MASK_PICTURE)])
def test_a_picture_is_changed_under_a_mask_or_whole_over_openais_api(url: str, attachments: Any) -> None:
    made = shoot(OpenAIImages(), openai(url), params=SIZE, attachments=attachments)
    assert (made.media_type, of(made.content)) == ("image/jpeg", (64, 40))
    assert made.notes == ("Image server (OpenAI API) cannot be told how strongly the source holds.",)


def test_a_drawing_is_watched_step_by_step(url: str) -> None:
    async def scenario() -> list[float]:
        backend, access, seen = A1111(), Access(url), list[float]()
        ticket = await backend.submit(order(SDXL, params={**SIZE, "steps": 20}), access)
        assert (await ended(backend, ticket, access, seen)).state == "done"
        return seen

    seen = asyncio.run(scenario())
    assert seen == sorted(seen)
    assert any(0 < one < 1 for one in seen)


def test_a_drawing_is_stopped(url: str) -> None:
    async def scenario() -> None:
        backend, access = A1111(), Access(url)
        ticket = await backend.submit(order(SDXL, ref="stopped", params={**SIZE, "steps": 150}), access)
        async with asyncio.timeout(DRAW_S):
            while not (await backend.poll(ticket, access)).fraction:  # noqa: ASYNC110  a server is asked
                await asyncio.sleep(0.05)
        assert await backend.cancel(ticket, access) is True
        assert (await backend.poll(ticket, access)).code == "cancelled"
        # The server is free again: the next one need not wait for what was left of 150 steps.
        following = await backend.submit(order(SDXL, ref="next", params={**SIZE, "steps": 1}), access)
        assert (await ended(backend, following, access)).state == "done"

    asyncio.run(scenario())


def test_an_unknown_model_is_refused_in_the_servers_words(url: str) -> None:
    access = Access(url, options={"model": "nope"})
    with pytest.raises(RejectedError, match="Model not found"):
        asyncio.run(OpenAIImages().submit(order(SDXL, params=SIZE), access))
    assert "No model is called 'nope'" in asyncio.run(OpenAIImages().ready(access))
