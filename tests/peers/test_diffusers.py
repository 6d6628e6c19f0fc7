"""The backend for a model's folder with the real diffusers, on a tiny model made in code.

Collected only by `pytest --all`. The first run makes the environment that the test of xinference uses, too.
"""

import asyncio
import json
import shutil
import subprocess
import venv as maker
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.backends.base import MASK, SOURCE, Access, Artifact, Progress
from app.backends.diffusers import Diffusers
from app.errors import LostError
from tests.backends.fakes.orders import SDXL, order, reference
from tests.backends.fakes.pictures import picture
from tests.peers import tiny_diffusers
from tests.peers.test_xinference import DRAW_S, LAUNCH_S, PACKAGES, environment
from tests.peers.venvs import venv

SD15 = SDXL.model_copy(update={"id": "sd-1.5", "label": "Stable Diffusion 1.5"})
WIDE, HIGH = SIZE = (64, 40)
PARAMS = {"width": WIDE, "height": HIGH, "steps": 4, "seed": 7}
LONG = 900
"""So many steps take a while, even of a tiny model."""

SOURCE_PICTURE = reference(0, role=SOURCE, content=picture(size=SIZE, colour="#c08040"), strength=0.5)


@pytest.fixture(scope="module")
def python() -> Path:
    """A Python that has torch and diffusers, and nothing of Printlight."""
    return venv("xinference-4.1.0", PACKAGES, without=("torchvision",)) / "python"


@pytest.fixture(scope="module")
def model(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model's folder."""
    folder = tmp_path_factory.mktemp("diffusers")
    maker = [str(python), tiny_diffusers.__file__, str(folder)]
    subprocess.run(maker, check=True, timeout=LAUNCH_S, env=environment(folder))
    return folder / "model"


@pytest.fixture(scope="module")
def backend() -> Iterator[Diffusers]:
    """One whose worker is not slowed by threads that wait for each other over a few numbers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")
        found = Diffusers()
        yield found
        found.close()


@pytest.fixture
def access(python: Path, model: Path) -> Access:
    return at(model, python)


def at(folder: Path, python: Path) -> Access:
    return Access(options={"folder": str(folder), "python": str(python), "device": "cpu"})


def shoot(backend: Diffusers, access: Access, **changes: Any) -> Artifact:
    """Submit, wait for the end and fetch."""

    async def scenario() -> Artifact:
        ticket = await backend.submit(order(SD15, **{"params": PARAMS, **changes}), access)
        progress = await ended(backend, ticket, access)
        assert progress == Progress("done", 1), progress
        return await backend.fetch(ticket, access)

    return asyncio.run(scenario())


def refused(backend: Diffusers, access: Access, **changes: Any) -> str:
    """Submit what is refused; return what is said."""

    async def scenario() -> Progress:
        ticket = await backend.submit(order(SD15, **{"params": PARAMS, **changes}), access)
        return await ended(backend, ticket, access)

    found = asyncio.run(scenario())
    assert (found.state, found.code) == ("failed", "rejected"), found
    return found.message


async def ended(
    backend: Diffusers, ticket: str, access: Access, seen: list[float] | None = None, until: float = 2
) -> Progress:
    """Wait until a drawing ends, or is past a fraction."""
    async with asyncio.timeout(DRAW_S):
        while (progress := await backend.poll(ticket, access)).state not in ("done", "failed"):
            if seen is not None and progress.fraction is not None:
                seen.append(progress.fraction)
            if (progress.fraction or 0) >= until:
                break
            await asyncio.sleep(0.002)
    return progress


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def test_it_says_what_draws(backend: Diffusers, access: Access) -> None:
    assert asyncio.run(backend.ready(access)) == ""
    seen = asyncio.run(backend.look(access))
    assert (seen.problem, seen.models) == ("", ("StableDiffusionPipeline",))
    assert seen.version.startswith("diffusers 0.39.0, torch 2.13.0")
    assert seen.version.endswith(", cpu")
    nowhere = Access(options={**access.options, "device": "cuda:7"})
    assert "There is no device 'cuda:7' here" in asyncio.run(backend.look(nowhere)).problem


def test_the_same_seed_gives_the_same_bytes(backend: Diffusers, access: Access) -> None:
    made = [shoot(backend, access, params={**PARAMS, "seed": seed}, negative="blur") for seed in (7, 7, 8)]
    assert made[0].content == made[1].content != made[2].content
    assert opened(made[0].content).size == SIZE
    used = made[0].used
    assert (used["pipeline"], used["scheduler"], used["seed"]) == ("StableDiffusionPipeline", "DDIMScheduler", 7)
    assert (used["num_inference_steps"], used["device"], used["dtype"]) == (4, "cpu", "float32")
    assert (used["width"], used["height"], used["diffusers"]) == (*SIZE, "0.39.0")
    assert made[0].notes == ()


def test_the_words_the_negative_and_the_guidance_reach_the_model(backend: Diffusers, access: Access) -> None:
    plain = shoot(backend, access).content
    led = {**PARAMS, "cfg_scale": 2}
    others: list[dict[str, Any]] = [{"text": "a wet street"}, {"negative": "blur"}, {"params": led}]
    assert len({plain, *(shoot(backend, access, **changes).content for changes in others)}) == 4


def test_words_beyond_the_models_window_are_told(backend: Diffusers, access: Access) -> None:
    made = shoot(backend, access, text=f"{'a' * 75}bcd")  # a token a letter, and two around them
    assert made.notes == ("StableDiffusionPipeline reads 77 tokens of a text; it did not read: bcd",)
    assert shoot(backend, access, text=f"{'a' * 75}xyz").content == made.content


def test_a_seed_that_nobody_said_is_told(backend: Diffusers, access: Access) -> None:
    params = {name: value for name, value in PARAMS.items() if name != "seed"}
    first = shoot(backend, access, params=params)
    again = shoot(backend, access, params={**params, "seed": first.used["seed"]})
    assert first.content == again.content


def test_a_source_is_changed_as_far_as_it_is_let_go(backend: Diffusers, access: Access) -> None:
    plain, whole = shoot(backend, access), shoot(backend, access, attachments=(SOURCE_PICTURE,))
    held = reference(0, role=SOURCE, content=SOURCE_PICTURE.content, strength=1)
    least = shoot(backend, access, attachments=(held,))
    assert len({plain.content, whole.content, least.content}) == 3
    assert [opened(one.content).size for one in (whole, least)] == [SIZE, SIZE]
    assert whole.used["pipeline"] == "StableDiffusionImg2ImgPipeline"
    assert whole.used["strength"] == 0.5
    assert whole.notes == least.notes == ()


def test_outside_the_mask_the_source_stays_to_the_pixel(backend: Diffusers, access: Access) -> None:
    mask = Image.new("L", SIZE, 0)
    mask.paste(255, (0, 0, WIDE // 2, HIGH))
    drawn = BytesIO()
    mask.save(drawn, "PNG")
    masked = reference(0, role=MASK, content=drawn.getvalue())
    made = shoot(backend, access, attachments=(SOURCE_PICTURE, masked))
    assert made.used["pipeline"] == "StableDiffusionInpaintPipeline"
    after, before = opened(made.content), opened(SOURCE_PICTURE.content)
    right, left = (WIDE // 2, 0, WIDE, HIGH), (0, 0, WIDE // 2, HIGH)
    assert after.crop(right).tobytes() == before.crop(right).tobytes()
    assert after.crop(left).tobytes() != before.crop(left).tobytes()
    assert made.notes == ()


def test_a_source_of_another_shape_is_cropped_to_the_size_that_was_asked(backend: Diffusers, access: Access) -> None:
    tall = reference(0, role=SOURCE, content=picture(size=(50, 90)))
    white = reference(0, role=MASK, content=picture(size=(50, 90), colour="#ffffff"))
    for attachments in ((tall,), (tall, white)):
        assert opened(shoot(backend, access, attachments=attachments).content).size == SIZE


@pytest.mark.parametrize("attachments", [(), (SOURCE_PICTURE,)])
def test_a_drawing_is_watched_step_by_step(backend: Diffusers, access: Access, attachments: Any) -> None:
    async def scenario() -> list[float]:
        seen = list[float]()
        ticket = await backend.submit(order(SD15, params={**PARAMS, "steps": 40}, attachments=attachments), access)
        assert (await ended(backend, ticket, access, seen)).state == "done"
        return seen

    seen = asyncio.run(scenario())
    assert seen == sorted(seen)
    assert len({one for one in seen if 0 < one < 1}) > 3
    assert seen[-1] > 0.5


def test_a_drawing_is_stopped_and_the_model_stays_loaded(backend: Diffusers, access: Access) -> None:
    async def scenario() -> None:
        ticket = await backend.submit(order(SD15, ref="stopped", params={**PARAMS, "steps": LONG}), access)
        assert (await ended(backend, ticket, access, until=0.001)).state == "running"
        process = worker(backend)
        assert await backend.cancel(ticket, access) is True
        assert (await backend.poll(ticket, access)).code == "cancelled"
        following = await backend.submit(order(SD15, ref="next", params=PARAMS), access)
        assert (await ended(backend, following, access)).state == "done"
        assert worker(backend) == process
        stopped = backend._drawings.get("stopped")
        assert stopped
        assert str(stopped.error) == "Stopped."

    asyncio.run(scenario())


def worker(backend: Diffusers) -> int:
    """Return the id of the one process that draws."""
    (found,) = backend._workers._kept.values()
    return found._process.pid


def test_a_picture_is_lost_with_its_process_and_drawn_by_another(backend: Diffusers, access: Access) -> None:
    async def scenario() -> None:
        ticket = await backend.submit(order(SD15, ref="lost", params={**PARAMS, "steps": LONG}), access)
        await ended(backend, ticket, access, until=0.001)
        next(iter(backend._workers._kept.values()))._process.kill()
        with pytest.raises(LostError):
            await ended(backend, ticket, access)

    asyncio.run(scenario())
    assert shoot(backend, access).notes == ()


def test_a_worker_ends_with_whoever_started_it(python: Path, model: Path) -> None:
    """Its stdin ends with Printlight, also in the middle of a drawing."""
    job = {"ref": "x", "folder": str(model), "prompt": "rain", "out": str(model / "never.png"), "steps": LONG}
    command = [str(python), str(Diffusers.worker), "--device", "cpu"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps({**job, "width": WIDE, "height": HIGH}).encode() + b"\n")
        process.stdin.flush()
        while json.loads(process.stdout.readline())["step"] < 2:
            pass
        process.stdin.close()
        assert process.wait(DRAW_S) == 0


def test_a_size_that_the_model_cannot_draw_is_refused_with_the_nearest(backend: Diffusers, access: Access) -> None:
    says = refused(backend, access, params={**PARAMS, "height": 41})
    assert says == "64 × 41: this model's sides are multiples of 8. Ask for 64 × 40."


def test_a_source_that_is_no_picture_is_refused(backend: Diffusers, access: Access) -> None:
    broken = reference(0, role=SOURCE, content=b"no picture")
    assert "cannot identify image" in refused(backend, access, attachments=(broken,))


def test_a_folder_that_would_run_something_or_is_not_whole_is_refused(
    backend: Diffusers, python: Path, model: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "model"))

    def says() -> str:
        return refused(backend, at(folder, python))

    code = folder / "None.py"
    code.write_text("raise SystemExit('it ran')", encoding="utf-8")
    assert "program code of its own (None.py); none is run" in says()
    code.unlink()

    index = folder / "model_index.json"
    whole = json.loads(index.read_text(encoding="utf-8"))
    index.write_text(json.dumps({**whole, "unet": ["subprocess", "Popen"]}), encoding="utf-8")
    assert "asks for the library 'subprocess'" in says()
    index.write_text(json.dumps({**whole, "_class_name": "EvilPipeline"}), encoding="utf-8")
    assert "no pipeline called 'EvilPipeline'" in says()
    index.write_text(json.dumps(whole), encoding="utf-8")

    weights = folder / "unet" / "diffusion_pytorch_model.safetensors"
    pickled = weights.rename(weights.with_suffix(".bin"))
    assert "pickles are not read" in says()
    pickled.rename(weights)

    cut = folder / "vae" / "diffusion_pytorch_model.safetensors"
    cut.write_bytes(cut.read_bytes()[:100])
    assert "cannot be loaded" in says()
    shutil.rmtree(folder / "vae")
    assert "cannot be loaded" in says()


def test_a_python_without_torch_is_told(model: Path, tmp_path: Path) -> None:
    maker.create(tmp_path / "bare")
    bare = tmp_path / "bare" / "bin" / "python"
    problem = asyncio.run(Diffusers().look(at(model, bare))).problem
    assert "cannot load torch and diffusers" in problem
    assert "pip install torch diffusers" in problem
