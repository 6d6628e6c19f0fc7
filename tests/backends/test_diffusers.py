"""A model's folder, drawn by a worker process: the fake one speaks the protocol, and needs no torch."""

import ast
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PIL import Image

from app.backends import _diffusers_worker
from app.backends._diffusers_order import job, unsaid
from app.backends.base import MASK, SOURCE, Access, Artifact, Progress, Seen
from app.backends.diffusers import Diffusers
from app.errors import LostError, RejectedError
from tests.backends.fakes import diffusers_worker
from tests.backends.fakes.orders import SDXL, order, reference
from tests.backends.fakes.pictures import picture

SD15 = SDXL.model_copy(update={"id": "sd-1.5", "label": "Stable Diffusion 1.5"})
SIZE = {"width": 64, "height": 40}
SOURCE_PICTURE = reference(0, role=SOURCE, content=picture(size=(70, 41)))
MASK_PICTURE = reference(0, role=MASK, content=picture(size=(70, 41), colour="#ffffff"))


class FakeDiffusers(Diffusers):
    """One whose worker is the fake."""

    id = "fake"
    worker = Path(diffusers_worker.__file__)


class HastyDiffusers(FakeDiffusers):
    """One that ends a worker which is idle or stuck almost at once."""

    id = "hasty"
    idle_s = 0.05
    patience_s = 0.05


class Studio(NamedTuple):
    """A backend and a model's folder."""

    backend: Diffusers
    access: Access
    folder: Path

    def shoot(self, prompt: str, **changes: Any) -> Artifact:
        """Submit, wait for the end and fetch."""
        return asyncio.run(self.drawn(prompt, **changes))

    async def drawn(self, prompt: str, **changes: Any) -> Artifact:
        """Do the same inside a loop."""
        ticket = await self.submit(prompt, **changes)
        progress = await self.ended(ticket)
        assert progress == Progress("done", 1), progress
        return await self.backend.fetch(ticket, self.access)

    async def submit(self, prompt: str, **changes: Any) -> str:
        """Hand an order in."""
        return await self.backend.submit(order(**{"target": SD15, "text": prompt, **changes}), self.access)

    async def ended(self, ticket: str) -> Progress:
        """Wait until a drawing is done or failed."""
        return await self.comes(ticket, lambda one: one.state in ("done", "failed"))

    async def comes(self, ticket: str, is_it: Callable[[Progress], bool]) -> Progress:
        """Wait until a drawing is that far."""
        async with asyncio.timeout(30):
            while not is_it(progress := await self.backend.poll(ticket, self.access)):  # noqa: ASYNC110  it is asked
                await asyncio.sleep(0.01)
        return progress

    def told(self) -> list[dict[str, Any]]:
        """Return the jobs that workers were told."""
        return [json.loads(line) for line in (self.folder / "told.jsonl").read_text(encoding="utf-8").splitlines()]


def open_studio(folder: Path, backend: Diffusers, name: str = "StableDiffusionPipeline") -> Studio:
    folder.mkdir(exist_ok=True)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": name}), encoding="utf-8")
    return Studio(backend, Access(options={"folder": str(folder), "python": sys.executable}), folder)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    opened = open_studio(tmp_path / "model", FakeDiffusers())
    yield opened
    opened.backend.close()


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Studio]:
    opened = open_studio(tmp_path / "model", HastyDiffusers())
    yield opened
    opened.backend.close()


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for what lies about while a picture is drawn."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def red(content: bytes) -> int:
    with Image.open(BytesIO(content)) as drawn:
        return int(drawn.convert("RGB").tobytes()[0])


def test_one_process_draws_all_pictures_of_a_folder(studio: Studio, temporary: Path) -> None:
    made = [studio.shoot("rain", ref=f"job-{number}", params={"seed": number}) for number in (7, 8)]
    assert [red(one.content) for one in made] == [1, 2]
    assert [one.used["seed"] for one in made] == [7, 8]
    assert made[0].used["pid"] == made[1].used["pid"]
    assert made[0].notes == ("FluxPipeline hears no negative.",)
    assert not list(temporary.iterdir())


def test_a_job_carries_what_was_ordered(studio: Studio) -> None:
    params = {**SIZE, "seed": 5, "steps": 9, "cfg_scale": 6.5, "sampler_name": "Euler"}
    made = studio.shoot("rain", params=params, negative="blur", attachments=(SOURCE_PICTURE, MASK_PICTURE))
    (told,) = studio.told()
    paths = {name: Path(told.pop(name)) for name in ("source", "mask", "out")}
    assert told.pop("ref").startswith("job-12a-")
    assert told == {
        "folder": str(studio.folder), "prompt": "rain", "negative": "blur", "seed": 5, "steps": 9, "guidance": 6.5,
        "strength": 0.6, **SIZE,
    }  # fmt: skip
    assert {path.parent for path in paths.values()} == {paths["out"].parent}
    assert made.notes[0] == "A diffusers pipeline is not told 'sampler_name'; it was not sent."


@pytest.mark.parametrize(
    ("params", "strength", "expected"),
    [
        ({}, None, {"width": 64, "height": 32, "strength": 0.6}),
        ({}, 0.75, {"width": 64, "height": 32, "strength": 0.25}),
        ({"denoising_strength": 0.9}, 0.75, {"width": 64, "height": 32, "strength": 0.9}),
        ({"seed": -1, "steps": ""}, 1.0, {"width": 64, "height": 32, "strength": 0.0}),
    ],
)
def test_a_source_gives_the_size_and_how_far_it_is_left(
    params: dict[str, Any], strength: float | None, expected: dict[str, Any], tmp_path: Path
) -> None:
    small = SD15.model_copy(update={"sizes": ((64, 40),)})
    source = reference(0, role=SOURCE, content=picture(size=(70, 41)), strength=strength)
    found = job(order(small, params=params, attachments=(source,)), tmp_path)
    assert {name: found[name] for name in found.keys() - {"prompt", "negative", "out", "source"}} == expected
    assert Path(found["source"]).read_bytes() == source.content


@pytest.mark.parametrize(
    "params",
    [
        {"steps": 0}, {"steps": 2.5}, {"steps": "many"}, {"steps": True}, {"seed": -2}, {"seed": 2**64},
        {"cfg_scale": float("nan")}, {"cfg_scale": [7]}, {"strength": 1.1}, {"width": 20000, "height": 64},
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_is_refused_before_anything_starts(
    params: dict[str, Any], studio: Studio, temporary: Path
) -> None:
    with pytest.raises(RejectedError, match=r"It is a (whole )?number from"):
        studio.shoot("rain", params=params)
    assert not (studio.folder / "told.jsonl").exists()
    assert not list(temporary.iterdir())


@pytest.mark.parametrize(
    ("weight", "text", "sent"),
    [
        ("({}:1.2)", "rain, (close-up:1.2), (glass:0.9)", "rain, close-up, glass"),
        ("({}:1.2)", r"(Cooke \(S4\):1.2), a \[lamp\]", "Cooke (S4), a [lamp]"),
        ("({}:1.2)", r"at \(4:3\), at 4:3 (wide)", "at (4:3), at 4:3 (wide)"),
        ("", "rain, (close-up:1.2)", "rain, (close-up:1.2)"),
    ],
)
def test_weights_are_for_other_programs(weight: str, text: str, sent: str, tmp_path: Path) -> None:
    one = order(SD15.model_copy(update={"weight": weight}), text=text, negative=text)
    found = job(one, tmp_path)
    assert (found["prompt"], found["negative"]) == (sent, sent)
    noted = ["A diffusers pipeline reads no weights; the words were sent without them."]
    assert list(unsaid(one)) == (noted if weight and ":1.2" in text else [])


def test_a_mask_needs_a_source(studio: Studio) -> None:
    with pytest.raises(RejectedError, match="Add that picture as the source"):
        studio.shoot("rain", attachments=(MASK_PICTURE,))


def test_a_refusal_of_the_worker_is_told_and_the_next_picture_is_drawn(studio: Studio) -> None:
    async def scenario() -> None:
        ticket = await studio.submit("refuse")
        says = "The memory does not hold this model. Choose a smaller size."
        assert await studio.ended(ticket) == Progress("failed", message=says, code="rejected")
        with pytest.raises(RejectedError, match="Choose a smaller size"):
            await studio.backend.fetch(ticket, studio.access)
        assert red((await studio.drawn("rain")).content) == 2

    asyncio.run(scenario())


@pytest.mark.parametrize(("prompt", "says"), [("crash", "ended with status 3"), ("killed", r"signal 9.*memory")])
def test_a_picture_is_lost_with_its_worker_and_can_be_drawn_again(
    prompt: str, says: str, studio: Studio, temporary: Path
) -> None:
    async def scenario() -> None:
        ticket = await studio.submit(prompt)
        with pytest.raises(LostError, match="not known here"):
            await studio.ended(ticket)
        found = studio.backend._drawings.get(ticket)
        assert found
        with pytest.raises(LostError, match=says):
            found.result()
        again = await studio.drawn("rain")
        assert red(again.content) == 1

    asyncio.run(scenario())
    assert not list(temporary.iterdir())


def test_an_unknown_ticket_is_lost(studio: Studio) -> None:
    for ask in (studio.backend.poll, studio.backend.fetch):
        with pytest.raises(LostError):
            asyncio.run(ask("nobody", studio.access))
    assert asyncio.run(studio.backend.cancel("nobody", studio.access)) is False


def test_what_is_no_answer_is_passed_over(studio: Studio) -> None:
    assert red(studio.shoot("garbage").content) == 1
    odd = studio.shoot("odd", ref="odd")
    assert (odd.used, odd.notes) == ({}, ())


@pytest.mark.parametrize("prompt", ["nothing", "cut"])
def test_a_picture_that_is_missing_or_cut_is_a_failure(prompt: str, studio: Studio) -> None:
    async def scenario() -> Progress:
        return await studio.ended(await studio.submit(prompt))

    found = asyncio.run(scenario())
    assert (found.state, found.code) == ("failed", "rejected")
    assert "left no picture" in found.message


def test_a_drawing_is_watched_and_called_off_while_the_next_one_waits(studio: Studio) -> None:
    async def scenario() -> None:
        first = await studio.submit("slow", ref="first")
        second = await studio.submit("rain", ref="second")
        running = await studio.comes(first, lambda one: one.fraction is not None)
        assert running == Progress("running", 1 / diffusers_worker.STEPS, "Step 1 of 4.")
        waiting = Progress("queued", message="Waiting for the worker.")
        assert await studio.backend.poll(second, studio.access) == waiting
        assert await studio.submit("slow", ref="first") == first
        assert await studio.backend.cancel(first, studio.access) is True
        assert (await studio.backend.poll(first, studio.access)).code == "cancelled"
        assert await studio.backend.cancel(first, studio.access) is False
        with pytest.raises(RejectedError, match="thrown away"):
            await studio.backend.fetch(first, studio.access)
        assert (await studio.ended(second)).state == "done"
        assert red((await studio.backend.fetch(second, studio.access)).content) == 2

    asyncio.run(scenario())
    assert len(studio.told()) == 2


def test_a_worker_that_does_not_let_go_is_ended(hasty: Studio) -> None:
    async def scenario() -> None:
        ticket = await hasty.submit("stuck", ref="stuck")
        await hasty.comes(ticket, lambda one: one.message == "Loading the model.")
        worker = next(iter(hasty.backend._workers._kept.values()))
        assert await hasty.backend.cancel(ticket, hasty.access) is True
        await asyncio.to_thread(worker._follower.join, 30)
        assert worker.is_over()
        assert red((await hasty.drawn("rain", ref="next")).content) == 1

    asyncio.run(scenario())


def test_an_idle_worker_is_ended_and_another_one_started(hasty: Studio) -> None:
    first = hasty.shoot("rain", ref="first")
    worker = next(iter(hasty.backend._workers._kept.values()))
    worker._follower.join(30)
    assert worker.is_over()
    second = hasty.shoot("rain", ref="second")
    assert first.used["pid"] != second.used["pid"]


def test_each_folder_has_a_worker_of_its_own(studio: Studio, tmp_path: Path) -> None:
    other = open_studio(tmp_path / "other", studio.backend)
    assert studio.shoot("rain").used["pid"] != other.shoot("rain", ref="other").used["pid"]


def test_what_is_there_is_told(studio: Studio) -> None:
    assert asyncio.run(studio.backend.ready(studio.access)) == ""
    seen = Seen("", "diffusers 0.39.0, torch 2.13.0, cpu", ("StableDiffusionPipeline",))
    assert asyncio.run(studio.backend.look(studio.access)) == seen
    elsewhere = Access(options={**studio.access.options, "device": "cuda:9"})
    assert asyncio.run(studio.backend.look(elsewhere)) == Seen("There is no device 'cuda:9' here. Name cpu.")


@pytest.mark.parametrize(
    ("index", "says"),
    [
        ("", "no readable"),
        ("[" * 100_000, "no readable"),
        ("\udcff", "no readable"),
        ("[]", "names no pipeline"),
        ("{}", "names no pipeline"),
        ('{"_class_name": ["evil", "Evil"]}', "names no pipeline"),
    ],
)
def test_an_index_that_says_nothing_is_refused(index: str, says: str, studio: Studio) -> None:
    (studio.folder / "model_index.json").write_bytes(index.encode("utf-8", "surrogateescape"))
    refused(studio, studio.access, says)


def test_a_folder_that_is_none_is_refused(studio: Studio) -> None:
    empty = studio.folder.parent / "empty"
    empty.mkdir()
    for folder, says in (
        (empty, "no readable"),
        (studio.folder / "model_index.json", "no readable"),
        (studio.folder / "nowhere", "no readable"),
        ("", "no model's folder"),
        ("model", "no model's folder"),
        (f"{studio.folder}/../model", "no model's folder"),
        (f"{studio.folder}\0", "no readable"),
    ):
        refused(studio, Access(options={**studio.access.options, "folder": str(folder)}), says)


def test_a_python_that_is_none_is_refused(studio: Studio) -> None:
    script = studio.folder / "run.sh"
    script.write_text("", encoding="utf-8")
    dead = studio.folder / "python3"
    dead.write_text("", encoding="utf-8")
    for python in ("python3", str(script), str(studio.folder), str(studio.folder / "python9")):
        refused(studio, Access(options={**studio.access.options, "python": python}), "is no Python")
    access = Access(options={**studio.access.options, "python": str(dead)})
    assert "does not start" in asyncio.run(studio.backend.look(access)).problem
    with pytest.raises(RejectedError, match="does not start"):
        asyncio.run(studio.backend.submit(order(SD15), access))


def refused(studio: Studio, access: Access, says: str) -> None:
    """Every way in says the same, and nothing is started."""
    assert says in asyncio.run(studio.backend.ready(access))
    assert says in asyncio.run(studio.backend.look(access)).problem
    with pytest.raises(RejectedError, match=says):
        asyncio.run(studio.backend.submit(order(SD15), access))
    assert not studio.backend._workers._kept


@pytest.mark.parametrize(
    ("target", "pipeline", "fits"),
    [
        ("sd-1.5", "StableDiffusionPipeline", True),
        ("sd-1.5", "StableDiffusionXLPipeline", False),
        ("sdxl", "StableDiffusionXLPipeline", True),
        ("sd-3.5", "StableDiffusion3Pipeline", True),
        ("flux-1", "FluxPipeline", True),
        ("flux-1", "Flux2Pipeline", False),
        ("qwen-image-2512", "QwenImagePipeline", True),
        ("qwen-image-2512", "FluxPipeline", False),
    ],
)
def test_a_folder_with_another_model_is_told(target: str, pipeline: str, fits: bool, tmp_path: Path) -> None:  # noqa: FBT001  a table's column
    opened = open_studio(tmp_path / "model", FakeDiffusers(), pipeline)
    one = order(SDXL.model_copy(update={"id": target}))
    told = [f"The folder holds a {pipeline}; the prompt is worded for SDXL."]
    assert list(opened.backend.unsent(one, opened.access)) == ([] if fits else told)
    assert list(opened.backend.unsent(one, Access())) == []


def test_the_worker_needs_nothing_but_python() -> None:
    tree = ast.parse(Path(_diffusers_worker.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {one.name for node in imports if isinstance(node, ast.Import) for one in node.names}
    names |= {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
