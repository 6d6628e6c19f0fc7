"""ComfyUI over a fake of its server: drawing, watching, stopping, finding again, and everything that goes wrong."""

import asyncio
import json
import re
import threading
from collections.abc import Awaitable, Callable, Coroutine
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from app.backends._comfy_watch import Watch
from app.backends.base import MASK, SOURCE, START, Access, Artifact, Attachment, Order, Progress
from app.backends.comfyui import KEPT, ComfyUI
from app.errors import BackendError, BusyError, LostError, NeedsKeyError, RejectedError, UnreachableError, UnsureError
from app.vocab import Target
from tests.backends.fakes import comfy, workflows
from tests.backends.fakes.comfy import Comfy
from tests.backends.fakes.orders import FACTS, SDXL, TEXT, order, reference
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port

SIZE = {"width": 64, "height": 48}
WAN = Target(id="wan-2.7", label="Wan 2.7", medium="video", dialect="prose", facts=FACTS)
NUMBER = "18c008a2-b72c-56cd-be38-5934b64c6d9c"
"""What the reference of a plain order becomes."""

MOVING = {name: one for name, one in workflows.PLAIN.items() if name != "9"} | {
    "9": workflows.node("SaveVideo", images=("8", 0), filename_prefix="clip")
}


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await true():  # noqa: ASYNC110  a fake server has no event to wait for
            await asyncio.sleep(0.01)


async def ended(backend: ComfyUI, ticket: str, access: Access) -> Progress:
    """Poll until a job has ended."""
    async with asyncio.timeout(10):
        while (progress := await backend.poll(ticket, access)).state not in ("done", "failed"):  # noqa: ASYNC110  as above
            await asyncio.sleep(0.01)
    return progress


async def drawing(backend: ComfyUI, ticket: str, access: Access) -> None:
    async def has_begun() -> bool:
        return (await backend.poll(ticket, access)).state == "running"

    await until(has_begun)


def shoot(access: Access, what: Order | None = None, **changes: Any) -> Artifact:
    async def scenario() -> Artifact:
        backend = ComfyUI()
        ticket = await backend.submit(what or plain(**changes), access)
        assert (await ended(backend, ticket, access)).state == "done"
        return await backend.fetch(ticket, access)

    return asyncio.run(scenario())


def failure(access: Access, **changes: Any) -> Progress:
    async def scenario() -> Progress:
        backend = ComfyUI()
        ticket = await backend.submit(plain(**changes), access)
        progress = await ended(backend, ticket, access)
        with pytest.raises(BackendError):
            await backend.fetch(ticket, access)
        return progress

    return asyncio.run(scenario())


def run(fake: Comfy, ask: Callable[[ComfyUI, Access], Coroutine[Any, Any, Any]]) -> Any:
    return asyncio.run(ask(ComfyUI(), Access(fake.url)))


def plain(**changes: Any) -> Order:
    return order(SDXL, **{"params": {**SIZE, "steps": 3}, **changes})


def shown(role: str, **changes: Any) -> Attachment:
    return reference(0, role=f"reference.role.{role}", **{"content": picture(colour=f"#{len(role):06x}"), **changes})


def own(workflow: dict[str, Any], fake: Comfy, places: Any = None, **options: Any) -> Access:
    said = {"places": places} if places else {}
    return Access(fake.url, options={"workflow": workflow, **said, **options})


def graph_of(fake: Comfy) -> dict[str, Any]:
    found: dict[str, Any] = fake.posted[-1]["prompt"]
    return found


def inputs(fake: Comfy, kind: str) -> dict[str, Any]:
    return next(one["inputs"] for one in graph_of(fake).values() if one["class_type"] == kind)


def test_an_order_is_drawn_as_asked_under_a_number_of_ours() -> None:
    params = {"width": 128, "height": 64, "steps": 4, "seed": 7, "cfg_scale": 5.5, "sampler_name": "euler"}
    with comfy.served() as fake:
        artifact = shoot(Access(fake.url), plain(negative="blur", params=params))
        assert len(fake.posted) == 1
        body = fake.posted[0]
        assert body["prompt_id"] == body["client_id"] == NUMBER == str(UUID(NUMBER))
        assert body["extra_data"] == {"printlight": {"ref": "job-12a"}}
        texts = [one["inputs"]["text"] for one in graph_of(fake).values() if one["class_type"] == "CLIPTextEncode"]
        assert texts == [TEXT, "blur"]
        assert all("origin" not in one for one in fake.headers)
    with Image.open(BytesIO(artifact.content)) as image:
        assert image.size == (128, 64)
    assert artifact.media_type == "image/png"
    assert artifact.notes == ()
    assert artifact.used == {
        "model": "desert_xl.safetensors",
        "width": 128,
        "height": 64,
        "denoise": 1.0,
        "seed": 7,
        "steps": 4,
        "cfg": 5.5,
        "sampler_name": "euler",
        "scheduler": "karras",
    }


def test_a_seed_that_nobody_said_is_new_for_each_order_and_told() -> None:
    with comfy.served() as fake:
        first = shoot(Access(fake.url))
        other = shoot(Access(fake.url), ref="job-13")
        assert first.used["seed"] != other.used["seed"]
        assert first.content != other.content


@pytest.mark.parametrize("write", [lambda one: one, json.dumps])
def test_a_workflow_of_ones_own_is_filled(write: Any) -> None:
    with comfy.served() as fake:
        what = order(ref="a", text="rain", negative="fog", params={"aspect_ratio": "2:1", "seed": 3})
        artifact = shoot(own(write(workflows.PLAIN), fake), what)
        assert inputs(fake, "KSampler") == {**workflows.PLAIN["3"]["inputs"], "seed": 3}
        assert [graph_of(fake)[one]["inputs"]["text"] for one in ("6", "7")] == ["rain", "fog"]
        size = inputs(fake, "EmptyLatentImage")
    assert (size["width"], size["height"]) == (1088, 544)
    assert abs(size["width"] * size["height"] / (1024 * 576) - 1) < 0.02
    assert artifact.used["seed"] == 3


def test_places_that_are_said_stand_before_guesses() -> None:
    with comfy.served() as fake:
        shoot(own(workflows.PLAIN, fake, '{"prompt": "7.inputs.text"}'), plain())
        assert [graph_of(fake)[one]["inputs"]["text"] for one in ("6", "7")] == ["a film still", TEXT]
        assert inputs(fake, "KSampler")["steps"] == 20


def test_progress_comes_with_steps_and_pictures() -> None:
    async def scenario(access: Access) -> list[Progress]:
        backend, seen = ComfyUI(), []
        ticket = await backend.submit(plain(params={**SIZE, "steps": 12}), access)
        with pytest.raises(UnreachableError, match="not finished"):
            await backend.fetch(ticket, access)
        while (progress := await backend.poll(ticket, access)).state != "done":
            seen.append(progress)
            await asyncio.sleep(0.02)
        assert progress == Progress("done", 1)
        return seen

    with comfy.served(step_s=0.03, previews=True) as fake:
        seen = asyncio.run(scenario(Access(fake.url)))
        assert fake.heard == [NUMBER]
    parts = [one.fraction for one in seen if one.fraction is not None]
    assert parts == sorted(parts)
    assert 0.3 < parts[-1] <= 1
    assert any(re.fullmatch(r"Step \d+ of 12\.", one.message) for one in seen)
    assert any(one.preview.startswith(b"\xff\xd8\xff") for one in seen)


def test_without_its_socket_the_queue_alone_is_asked() -> None:
    async def scenario(access: Access) -> None:
        backend = ComfyUI()
        ticket = await backend.submit(plain(params={**SIZE, "steps": 10}), access)
        assert await backend.poll(ticket, access) in (Progress("running"), Progress("queued", message="1 before it."))
        assert (await ended(backend, ticket, access)).state == "done"

    with comfy.served(step_s=0.02) as fake:
        fake.fault("ws", times=1000)
        asyncio.run(scenario(Access(fake.url)))
        assert fake.heard == []


def test_after_a_restart_of_ours_it_is_heard_of_again() -> None:
    async def scenario(access: Access) -> None:
        ticket = await ComfyUI().submit(plain(params={**SIZE, "steps": 60}), access)
        later = ComfyUI()

        async def is_told() -> bool:
            return bool((await later.poll(ticket, access)).fraction)

        await until(is_told)
        assert await later.cancel(ticket, access) is True

    with comfy.served(step_s=0.02) as fake:
        asyncio.run(scenario(Access(fake.url)))


def test_it_is_watched_from_any_event_loop() -> None:
    with comfy.served(step_s=0.02) as fake:
        access, backend = Access(fake.url), ComfyUI()
        ticket = asyncio.run(backend.submit(plain(params={**SIZE, "steps": 40}), access))
        polled: list[Progress] = []
        threads = [
            threading.Thread(target=lambda: polled.append(asyncio.run(ended(backend, ticket, access))))
            for _ in range(2)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join(timeout=10)
        assert polled == [Progress("done", 1)] * 2
        assert asyncio.run(backend.fetch(ticket, access)).content


def test_waiting_jobs_say_how_many_are_before_them() -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        first, second, third = [
            await backend.submit(plain(ref=ref, params={**SIZE, "steps": 30}), access) for ref in "abc"
        ]
        await drawing(backend, first, access)
        assert await backend.poll(second, access) == Progress("queued", message="1 before it.")
        assert await backend.poll(third, access) == Progress("queued", message="2 before it.")
        assert await backend.cancel(second, access) is True
        assert await backend.poll(third, access) == Progress("queued", message="1 before it.")
        with pytest.raises(LostError):
            await backend.poll(second, access)
        assert await backend.cancel(first, access) is True
        assert (await ended(backend, first, access)).code == "cancelled"
        with pytest.raises(RejectedError, match="Stopped"):
            await backend.fetch(first, access)
        assert (await ended(backend, third, access)).state == "done"
        assert fake.interrupts == [{"prompt_id": first}]

    with comfy.served(step_s=0.02) as fake:
        asyncio.run(scenario(fake))


def test_somebody_elses_picture_is_never_stopped() -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        theirs = await backend.submit(plain(ref="theirs", params={**SIZE, "steps": 30}), access)
        await drawing(backend, theirs, access)
        assert await backend.cancel("00000000-0000-4000-8000-000000000000", access) is False
        ours = await backend.submit(plain(), access)
        assert await backend.cancel(ours, access) is True
        assert (await ended(backend, theirs, access)).state == "done"
        assert await backend.cancel(theirs, access) is False
        assert fake.interrupts == []

    with comfy.served(step_s=0.01) as fake:
        asyncio.run(scenario(fake))


def test_a_stop_that_the_server_refuses_is_no_stop() -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        fake.held = True
        ticket = await backend.submit(plain(), access)
        fake.fault("change", status=500)
        with pytest.raises(UnreachableError, match="answered 500"):
            await backend.cancel(ticket, access)
        fake.held = False
        assert (await ended(backend, ticket, access)).state == "done"

    with comfy.served() as fake:
        asyncio.run(scenario(fake))


def test_what_is_stopped_too_late_is_kept() -> None:
    """It ends between the look at the queue and the stop."""

    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        ticket = await backend.submit(plain(), access)
        await ended(backend, ticket, access)
        fake.fault("queue", body={"queue_running": [[0, ticket, {}, {}, []]], "queue_pending": []})
        assert await backend.cancel(ticket, access) is False
        assert (await backend.fetch(ticket, access)).content

    with comfy.served() as fake:
        asyncio.run(scenario(fake))


def test_submitting_again_while_it_waits_or_draws_starts_nothing() -> None:
    async def scenario(backend: ComfyUI, access: Access) -> None:
        tickets = {await backend.submit(plain(), access) for _ in range(3)}
        assert tickets == {NUMBER}
        await ended(backend, NUMBER, access)

    with comfy.served(step_s=0.02) as fake:
        run(fake, scenario)
        assert len(fake.posted) == 1


@pytest.mark.parametrize("takes_ids", [True, False])
def test_an_order_is_found_by_its_reference(takes_ids: bool) -> None:  # noqa: FBT001  a table's column
    async def scenario(backend: ComfyUI, access: Access) -> None:
        assert await backend.find("job-12a", access) is None
        ticket = await backend.submit(plain(params={**SIZE, "steps": 20}), access)
        assert (ticket == NUMBER) is takes_ids
        other = await backend.submit(plain(ref="job-13"), access)
        for ref, number in (("job-12a", ticket), ("job-13", other), ("job-14", None)):
            assert await backend.find(ref, access) == number
        await ended(backend, other, access)
        for ref, number in (("job-12a", ticket), ("job-13", other), ("job-14", None)):
            assert await ComfyUI().find(ref, access) == number

    with comfy.served(takes_ids=takes_ids, step_s=0.005) as fake:
        run(fake, scenario)


def test_an_order_whose_answer_was_lost_is_found_again() -> None:
    async def scenario(backend: ComfyUI, access: Access) -> None:
        with pytest.raises(UnsureError):
            await backend.submit(plain(), access)
        ticket = await backend.find("job-12a", access)
        assert ticket
        assert (await ended(backend, ticket, access)).state == "done"

    with comfy.served() as fake:
        fake.fault("prompt", hang_up=True, after=True)
        run(fake, scenario)
        assert len(fake.posted) == 1


@pytest.mark.parametrize("name", ["poll", "fetch"])
def test_what_a_restarted_server_forgot_is_lost(name: str) -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        ticket = await backend.submit(plain(params={**SIZE, "steps": 50}), access)
        fake.restart()
        with pytest.raises(LostError, match="it cost nothing"):
            await getattr(backend, name)(ticket, access)
        assert await backend.find("job-12a", access) is None
        assert await backend.submit(plain(), access) == ticket
        assert (await ended(backend, ticket, access)).state == "done"

    with comfy.served(step_s=0.01) as fake:
        asyncio.run(scenario(fake))


def test_an_order_that_failed_can_be_sent_again_under_its_number() -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        fake.breaks["VAEDecode"] = {"exception_type": "RuntimeError", "exception_message": "no"}
        ticket = await backend.submit(plain(), access)
        assert (await ended(backend, ticket, access)).state == "failed"
        fake.breaks.clear()
        fake.held = True
        assert await backend.submit(plain(), access) == ticket
        assert (await backend.poll(ticket, access)).state == "queued"
        fake.held = False
        assert (await ended(backend, ticket, access)).state == "done"

    with comfy.served() as fake:
        asyncio.run(scenario(fake))


def test_a_picture_that_was_drawn_before_is_said_to_be_the_same() -> None:
    places = {"prompt": "6.inputs.text"}
    with comfy.served() as fake:
        access = own(workflows.PLAIN, fake, places)
        first, again = (shoot(access, order(ref=ref)) for ref in "ab")
    assert first.notes == ()
    assert again.notes == ("ComfyUI had drawn this before and handed over the same file.",)
    assert again.content == first.content


@pytest.mark.parametrize(
    ("raised", "code", "says"),
    [
        (
            {
                "exception_type": "SafetensorError",
                "exception_message": "Error while deserializing header:\n too large\n",
            },
            "failed",
            "VAEDecode (node 6) failed: Error while deserializing header: too large",
        ),
        (
            {
                "exception_type": "RuntimeError",
                "exception_message": "x This error means you ran out of memory on your GPU.",
            },
            "out_of_memory",
            "no memory left",
        ),
        (
            {"exception_type": "torch.OutOfMemoryError", "exception_message": "Allocation"},
            "out_of_memory",
            "smaller size",
        ),
        ({"exception_type": "KeyError", "exception_message": None}, "failed", "KeyError"),
    ],
)
def test_a_failure_is_told_in_the_nodes_words_without_its_traceback(raised: Any, code: str, says: str) -> None:
    with comfy.served(breaks={"VAEDecode": raised}) as fake:
        progress = failure(Access(fake.url))
    assert (progress.state, progress.code) == ("failed", code)
    assert says in progress.message
    assert "/home/mara" not in progress.message


def test_a_stop_from_elsewhere_is_no_failure_of_the_model() -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        ticket = await backend.submit(plain(params={**SIZE, "steps": 50}), access)
        await drawing(backend, ticket, access)
        fake.stopped = True
        assert await ended(backend, ticket, access) == Progress("failed", None, "Stopped in ComfyUI.", "cancelled")

    with comfy.served(step_s=0.02) as fake:
        asyncio.run(scenario(fake))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"params": {**SIZE, "steps": 0}}, r"Node 5 \(KSampler\): Value 0 smaller than min of 1: steps"),
        ({"params": {**SIZE, "steps": "many"}}, "Failed to convert an input value to a INT value"),
        ({"params": {**SIZE, "sampler_name": "DPM++ 2M"}}, r"Value not in list: sampler_name: 'DPM\+\+ 2M' not in"),
        ({"params": {**SIZE, "checkpoint": "gone.safetensors"}}, "ckpt_name: 'gone.safetensors' not in"),
    ],
)
def test_a_refusal_is_told_in_the_nodes_words(changes: dict[str, Any], says: str) -> None:
    with comfy.served() as fake:
        with pytest.raises(RejectedError, match=says):
            asyncio.run(ComfyUI().submit(plain(**changes), Access(fake.url)))
        assert len(fake.posted) == 1


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("NoSuchNode", "node NoSuchNode does not exist. Node ID '#8'"),
        ("VAEEncode", "Required input is missing: pixels"),
    ],
)
def test_a_node_that_the_server_cannot_make_is_named(kind: str, says: str) -> None:
    broken = {**workflows.PLAIN, "8": workflows.node(kind, samples=("3", 0), vae=("4", 2))}
    with comfy.served() as fake, pytest.raises(RejectedError) as caught:
        asyncio.run(ComfyUI().submit(order(), own(broken, fake)))
    assert says in str(caught.value)


def test_a_graph_that_is_taken_in_part_is_refused_and_stopped() -> None:
    partly = {
        **workflows.PLAIN,
        "20": workflows.node("SaveImage", images=("21", 0), filename_prefix="x"),
        "21": workflows.node("LoadImage", image="gone.png"),
    }
    with comfy.served(step_s=0.05) as fake:
        access = own(partly, fake, {"prompt": "6.inputs.text"})
        with pytest.raises(RejectedError, match=r"Invalid image file: gone\.png"):
            asyncio.run(ComfyUI().submit(order(), access))
        assert len(fake.posted) == 1
        assert fake.waiting == []
        assert not [one for one in fake.past.values() if one["status"]["completed"]]
        assert fake.interrupts in ([], [{"prompt_id": NUMBER}])


def test_pictures_are_uploaded_once_under_their_hash() -> None:
    source = shown("source", strength=0.7)
    with comfy.served() as fake:
        for ref in ("a", "b"):
            shoot(Access(fake.url), ref=ref, attachments=(source,))
        assert len(fake.uploads) == 1
        assert re.fullmatch(r"printlight/[0-9a-f]{64}\.png", fake.uploads[0])
        assert inputs(fake, "LoadImage")["image"] == fake.uploads[0]
        assert inputs(fake, "KSampler")["denoise"] == 0.3
        assert fake.inputs[fake.uploads[0]] == source.content


def test_a_picture_goes_by_the_name_that_the_server_gives_it() -> None:
    with comfy.served() as fake:
        fake.fault("upload", body={"name": "still (1).png", "subfolder": "", "type": "input"})
        fake.inputs["still (1).png"] = b""
        shoot(Access(fake.url), attachments=(shown("source"),))
        assert inputs(fake, "LoadImage")["image"] == "still (1).png"


def test_a_mask_goes_where_the_workflow_reads_it() -> None:
    white = picture(colour="#ffffff")
    attachments = (shown("source"), shown("mask", content=white))
    with comfy.served() as fake:
        shoot(own(workflows.INPAINT, fake), plain(attachments=attachments))
        with Image.open(BytesIO(fake.inputs[inputs(fake, "LoadImage")["image"]])) as sent:
            assert sent.mode == "RGBA"
            assert sent.getpixel((0, 0)) == (0, 0, 6, 0)
        shoot(own(workflows.MASKED, fake), plain(ref="b", attachments=attachments))
        assert fake.inputs[inputs(fake, "LoadImageMask")["image"]] == white
        assert inputs(fake, "KSampler")["denoise"] == 1.0


def test_a_mask_by_a_loader_of_its_own_is_laid_over_the_source() -> None:
    apart = {**workflows.INPAINT, "15": workflows.node("LoadImage", image="mask.png")}
    apart["13"] = workflows.node("SetLatentNoiseMask", samples=("11", 0), mask=("15", 1))
    source, mask = shown("source"), shown("mask", content=picture(colour="#000000"))
    with comfy.served() as fake:
        shoot(own(apart, fake), plain(attachments=(source, mask)))
        assert fake.inputs[graph_of(fake)["10"]["inputs"]["image"]] == source.content
        with Image.open(BytesIO(fake.inputs[graph_of(fake)["15"]["inputs"]["image"]])) as sent:
            assert sent.getpixel((0, 0)) == (0, 0, 6, 255)


def test_files_that_a_graph_names_twice_are_all_told() -> None:
    twice = {**workflows.PLAIN, "90": workflows.node("CheckpointLoaderSimple", ckpt_name="other_xl.safetensors")}
    twice["8"] = workflows.node("VAEDecode", samples=("3", 0), vae=("90", 2))
    files = {"checkpoints": ["desert_xl.safetensors", "other_xl.safetensors"]}
    with comfy.served(files=files) as fake:
        assert shoot(own(twice, fake)).used["model"] == "desert_xl.safetensors, other_xl.safetensors"


def test_a_workflow_keeps_its_own_strength_until_one_is_said() -> None:
    with comfy.served() as fake:
        for ref, strength, denoise in (("a", None, 0.55), ("b", 0.2, 0.8)):
            shoot(own(workflows.IMG2IMG, fake), plain(ref=ref, attachments=(shown("source", strength=strength),)))
            assert inputs(fake, "KSampler")["denoise"] == denoise


def test_maps_hold_as_strongly_as_is_said() -> None:
    files = {"checkpoints": ["xl"], "controlnet": ["xl_depth"], "diffusion_models": [], "text_encoders": [], "vae": []}
    with comfy.served(files=files) as fake:
        shoot(Access(fake.url), attachments=(shown("depth", strength=0.5),))
        assert inputs(fake, "ControlNetApplyAdvanced")["strength"] == 0.5
        with pytest.raises(RejectedError, match="no ControlNet that reads the pose map"):
            asyncio.run(ComfyUI().submit(plain(ref="b", attachments=(shown("pose"),)), Access(fake.url)))
        assert len(fake.posted) == 1


@pytest.mark.parametrize(
    ("workflow", "what", "says"),
    [
        (None, order(WAN), "no plain graph for Wan 2.7"),
        (None, plain(attachments=(shown("mask"),)), "A mask needs the picture"),
        (workflows.PLAIN, plain(attachments=(shown("source"),)), "no place for the source"),
        (workflows.IMG2IMG, plain(attachments=(shown("source"), shown("mask"))), "no place for the mask"),
        (workflows.IMG2IMG, plain(), r"place for a picture \(source picture\), and the shot has none"),
        (workflows.CONTROLLED, plain(attachments=(shown("depth"),)), r"place for a picture \(pose map\)"),
        (workflows.INPAINT, plain(attachments=(shown("source"),)), r"place for a picture \(mask\)"),
        (workflows.LENDING, plain(), r"place for a picture \(reference 1\)"),
        (workflows.KONTEXT, plain(attachments=(shown("source"), reference(1))), "are the same place"),
        (workflows.EDITOR, plain(), r"Export \(API\)"),
        ("{", plain(), "no JSON"),
        ({"1": workflows.node("SaveImage")}, plain(), "no place for the prompt"),
        (workflows.INPAINT, plain(attachments=(shown("source"), shown("mask", content=b"x"))), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_sent(workflow: Any, what: Order, says: str) -> None:
    with comfy.served() as fake:
        access = Access(fake.url, options={"workflow": workflow} if workflow else {})
        with pytest.raises(RejectedError, match=says) as caught:
            asyncio.run(ComfyUI().submit(what, access))
        assert caught.value.hint
        assert (fake.posted, fake.uploads) == ([], [])


def test_the_one_picture_of_an_edit_model_is_source_or_reference() -> None:
    at = {"prompt": "6.inputs.text", "source": "20.inputs.image", "reference.1": "20.inputs.image"}
    shoots = {
        **workflows.PLAIN,
        "20": workflows.node("LoadImage", image="x.png"),
        "21": workflows.node("PreviewImage", images=("20", 0)),
    }
    with comfy.served() as fake:
        for ref, one in (("a", shown("source")), ("b", reference(1))):
            shoot(own(shoots, fake, at), plain(ref=ref, attachments=(one,)))
            assert fake.inputs[graph_of(fake)["20"]["inputs"]["image"]] == one.content


def test_a_clip_is_kept_before_a_still() -> None:
    both = {**MOVING, "10": workflows.node("SaveImage", images=("8", 0), filename_prefix="still")}
    with comfy.served() as fake:
        assert shoot(own(both, fake)).media_type == "video/mp4"
        still = shoot(own(both, fake, {"prompt": "6.inputs.text", "output": "10"}), plain(ref="b"))
    assert still.media_type == "image/png"


def test_of_several_pictures_the_first_is_kept_and_the_others_are_told_of() -> None:
    with comfy.served(pictures=3) as fake:
        artifact = shoot(Access(fake.url))
    assert artifact.notes == ("The workflow saved 3 pictures; the first is kept, the others are in ComfyUI's folder.",)


def test_a_length_in_seconds_becomes_frames() -> None:
    at = {"prompt": "6.inputs.text", "length": "3.inputs.steps"}
    with comfy.served() as fake:
        shoot(own(workflows.PLAIN, fake, at), order(WAN, params={"duration": 5, "fps": 16, "aspect_ratio": "16:9"}))
        assert inputs(fake, "KSampler")["steps"] == 81


@pytest.mark.parametrize(
    ("view", "says"),
    [(picture()[:-9], "ends too soon"), (b"<html>", "no PNG, JPEG or WebP"), (comfy.CLIP[:-2], "clip ends too soon")],
)
def test_what_is_no_whole_picture_is_not_taken(view: bytes, says: str) -> None:
    async def scenario(backend: ComfyUI, access: Access) -> None:
        ticket = await backend.submit(plain(), access)
        await ended(backend, ticket, access)
        with pytest.raises(UnreachableError, match=says):
            await backend.fetch(ticket, access)

    with comfy.served(view=view) as fake:
        run(fake, scenario)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 404}, UnreachableError),
        ({"status": 500, "text": "<html>oh</html>"}, UnreachableError),
        ({"status": 302}, UnreachableError),
        ({"hang_up": True}, UnreachableError),
    ],
)
def test_a_picture_that_cannot_be_had_now_is_asked_for_again(fault: dict[str, Any], error: type[BackendError]) -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        ticket = await backend.submit(plain(), access)
        await ended(backend, ticket, access)
        fake.fault("view", **fault)
        with pytest.raises(error):
            await backend.fetch(ticket, access)
        assert (await backend.fetch(ticket, access)).content

    with comfy.served() as fake:
        asyncio.run(scenario(fake))


ODD: list[Any] = [
    None,
    [],
    7,
    "text",
    {},
    {"queue_running": None, "queue_pending": []},
    {"queue_running": [], "queue_pending": 3},
]


@pytest.mark.parametrize("body", ODD)
def test_a_queue_that_cannot_be_read_is_no_news(body: Any) -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        ticket = await backend.submit(plain(), access)
        for ask in (backend.poll, backend.cancel):
            fake.fault("queue", body=body)
            with pytest.raises(UnreachableError, match="queue cannot be read"):
                await ask(ticket, access)
        fake.fault("queue", body=body)
        with pytest.raises(UnreachableError):
            await backend.find("job-12a", access)
        assert (await ended(backend, ticket, access)).state == "done"

    with comfy.served() as fake:
        asyncio.run(scenario(fake))


@pytest.mark.parametrize(
    "items", [[None], [[]], [[1]], [["x", NUMBER]], [[None, 7, {}, {}]], [[2, "other", {}, None], "text"]]
)
def test_a_queue_with_odd_items_is_read_past_them(items: list[Any]) -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        ticket = await backend.submit(plain(), access)
        await ended(backend, ticket, access)
        for place in ("queue_running", "queue_pending"):
            fake.fault("queue", body={"queue_running": [], "queue_pending": [], place: items})
            assert (await backend.poll(ticket, access)).state in ("done", "running")

    with comfy.served() as fake:
        asyncio.run(scenario(fake))


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({}, "output_not_found"),
        ({"status": None, "outputs": None}, "output_not_found"),
        (
            {"status": {"status_str": "success"}, "outputs": {"9": {"images": [None, {"filename": 7}]}}},
            "output_not_found",
        ),
        ({"status": {"status_str": "melted"}, "outputs": {}}, "output_not_found"),
        ({"status": {"status_str": "error", "messages": None}}, "failed"),
        ({"status": {"status_str": "error", "messages": [["execution_error", None], ["x"], 7]}}, "failed"),
        ({"status": {"status_str": "error", "messages": [["execution_error", {}]]}}, "failed"),
    ],
)
def test_an_odd_history_ends_as_a_failure(entry: Any, code: str) -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        for ask in (backend.poll, backend.fetch):
            fake.fault("history", body={NUMBER: entry})
            if ask == backend.poll:
                progress = await backend.poll(NUMBER, access)
                assert (progress.state, progress.code) == ("failed", code)
                assert progress.message
            else:
                with pytest.raises(RejectedError):
                    await backend.fetch(NUMBER, access)

    with comfy.served() as fake:
        asyncio.run(scenario(fake))


@pytest.mark.parametrize("body", [None, [], "text", {NUMBER: None}, {NUMBER: [1]}])
def test_a_history_that_says_nothing_is_no_picture(body: Any) -> None:
    async def scenario(fake: Comfy) -> None:
        backend, access = ComfyUI(), Access(fake.url)
        fake.fault("history", body=body)
        with pytest.raises((UnreachableError, LostError)):
            await backend.poll(NUMBER, access)

    with comfy.served() as fake:
        asyncio.run(scenario(fake))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 500, "text": "<html>oh</html>"}, UnsureError),
        ({"status": 502}, UnsureError),
        ({"status": 200, "text": "<html>hello</html>"}, UnsureError),
        ({"status": 200, "body": None}, UnsureError),
        ({"status": 200, "body": {"prompt_id": 7}}, UnsureError),
        ({"status": 200, "body": {"prompt_id": ""}}, UnsureError),
        ({"status": 302}, RejectedError),
        ({"status": 400, "text": "<html>bad</html>"}, RejectedError),
        ({"status": 400, "body": {"error": "words alone"}}, RejectedError),
        ({"status": 400, "body": {"node_errors": [1]}}, RejectedError),
        ({"status": 400, "body": {"node_errors": {"3": {"errors": [None, "odd"]}}}}, RejectedError),
        ({"status": 413}, RejectedError),
        ({"status": 403}, NeedsKeyError),
        ({"status": 429}, BusyError),
        ({"hang_up": True}, UnsureError),
    ],
)
def test_whatever_answers_a_submit_there_is_one_post_and_a_plain_error(
    fault: dict[str, Any], error: type[BackendError]
) -> None:
    with comfy.served() as fake:
        fake.fault("prompt", **fault)
        with pytest.raises(error) as caught:
            asyncio.run(ComfyUI().submit(plain(), Access(fake.url)))
        assert str(caught.value)
        assert fake.faults[0].times == 0
        assert fake.posted == []


@pytest.mark.parametrize(
    ("on", "fault"),
    [
        ("queue", {"status": 500, "text": "<html>oh</html>"}),
        ("queue", {"status": 404}),
        ("queue", {"status": 302}),
        ("models", {"status": 200, "text": "<html>hello</html>"}),
        ("upload", {"status": 200, "body": ["odd"]}),
        ("upload", {"status": 200, "body": {"name": None}}),
        ("upload", {"hang_up": True}),
        ("upload", {"status": 500}),
    ],
)
def test_what_breaks_before_the_post_started_nothing(on: str, fault: dict[str, Any]) -> None:
    with comfy.served() as fake:
        fake.fault(on, **fault)
        with pytest.raises(UnreachableError):
            asyncio.run(ComfyUI().submit(plain(attachments=(shown("source"),)), Access(fake.url)))
        assert fake.posted == []
        shoot(Access(fake.url), attachments=(shown("source"),))


def test_lists_that_are_none_are_empty() -> None:
    with comfy.served() as fake:
        fake.fault("models", body=None, times=5)
        with pytest.raises(RejectedError, match="No model of this ComfyUI is called like SDXL"):
            asyncio.run(ComfyUI().submit(plain(), Access(fake.url)))


def test_nobody_there_says_what_to_do() -> None:
    access = Access(f"http://127.0.0.1:{closed_port()}")
    for ask in (ComfyUI().submit(plain(), access), ComfyUI().poll(NUMBER, access), ComfyUI().find("x", access)):
        with pytest.raises(UnreachableError, match="Start ComfyUI"):
            asyncio.run(ask)
    assert "Start ComfyUI" in asyncio.run(ComfyUI().ready(access))


def test_another_program_is_told_from_comfyui() -> None:
    with comfy.served() as fake:
        fake.fault("system_stats", body={"system": {}})
        assert asyncio.run(ComfyUI().ready(Access(fake.url))) == "A program answers there that is not ComfyUI."
        fake.fault("system_stats", status=404)
        assert "not ComfyUI" in asyncio.run(ComfyUI().ready(Access(fake.url)))


def test_a_look_tells_version_models_and_missing_nodes() -> None:
    files = {"checkpoints": ["a.safetensors"], "diffusion_models": ["b.safetensors"]}
    with comfy.served(files=files, version="0.38.1") as fake:
        seen = asyncio.run(ComfyUI().look(Access(fake.url)))
        assert (seen.problem, seen.version, seen.models) == ("", "0.38.1", ("a.safetensors", "b.safetensors"))
        seen = asyncio.run(ComfyUI().look(own(workflows.LENDING, fake)))
        assert seen.problem.startswith(
            "This ComfyUI lacks nodes of the workflow: ConditioningZeroOut, IPAdapterAdvanced."
        )
        fake.fault("models", status=500)
        seen = asyncio.run(ComfyUI().look(Access(fake.url)))
        assert (seen.version, "answered 500" in seen.problem) == ("0.38.1", True)
        wrong = own(workflows.PLAIN, fake, {"prompt": "66.inputs.text"})
        for problem in (asyncio.run(ComfyUI().look(wrong)).problem, asyncio.run(ComfyUI().ready(wrong))):
            assert "prompt: The workflow has no node 66." in problem
        assert asyncio.run(ComfyUI().ready(own(workflows.PLAIN, fake))) == ""


@pytest.mark.parametrize(("key", "header"), [("mara:s3cret", "Basic bWFyYTpzM2NyZXQ="), ("t0ken", "Bearer t0ken")])
def test_a_login_is_sent_with_everything_and_never_shown(key: str, header: str) -> None:
    with comfy.served(login=header) as fake:
        assert shoot(Access(fake.url, key), attachments=(shown("source"),)).content
        assert {one.get("authorization") for one in fake.headers} == {header}
        with pytest.raises(NeedsKeyError) as caught:
            asyncio.run(ComfyUI().submit(plain(), Access(fake.url, f"{key}-wrong")))
        assert key not in str(caught.value)


def test_it_takes_what_its_workflow_has_places_for() -> None:
    roles = {
        "PLAIN": set(),
        "IMG2IMG": {"source"},
        "INPAINT": {"source", "mask"},
        "CONTROLLED": {"depth", "pose"},
        "MOVING": {"start_frame", "end_frame"},
    }
    for name, expected in roles.items():
        can = ComfyUI().can(Access(options={"workflow": getattr(workflows, name)}))
        assert {one.rpartition(".")[2] for one in can.roles} == expected
        assert (can.progress, can.cancel, can.look_up, can.seed, can.negative) == (True,) * 5
        assert can.most == 0
    lends = ComfyUI().can(Access(options={"workflow": workflows.LENDING}))
    assert (lends.most, "reference.role.style" in lends.roles, lends.strength) == (1, True, True)
    assert {SOURCE, MASK} <= ComfyUI().can(Access()).roles
    assert START not in ComfyUI().can(Access()).roles
    assert not ComfyUI().can(Access(options={"workflow": "{"})).roles


@pytest.mark.parametrize(
    ("workflow", "what", "expected"),
    [
        (None, plain(params={**SIZE, "styles": "x"}), ["The workflow has no place for 'styles'; it was not sent."]),
        (None, plain(params={"aspect_ratio": "16:9", "cfg_scale": 4, "seed": 1}), []),
        (
            workflows.FLUX,
            plain(negative="blur", params={"cfg": 3}),
            [
                "ComfyUI has no field for what to keep out; that was not sent.",
                "The workflow has no place for 'cfg'; it was not sent.",
            ],
        ),
        (
            workflows.PLAIN,
            plain(attachments=(shown("depth"),)),
            ["ComfyUI takes no picture as depth; it was not sent."],
        ),
        (
            workflows.MOVING,
            order(WAN, params={"image": "s", "duration": 5}, attachments=(shown("start_frame", sha256="s"),)),
            [],
        ),
        ("{", plain(), []),
    ],
)
def test_what_has_no_place_is_told(workflow: Any, what: Order, expected: list[str]) -> None:
    access = Access(options={"workflow": workflow} if workflow else {})
    assert list(ComfyUI().unsent(what, access)) == expected


def test_it_serves_the_models_of_ones_own_machine_and_no_service() -> None:
    assert ComfyUI().serves("sdxl")
    assert ComfyUI().serves("wan-2.7")
    assert not ComfyUI().serves("uni-1")


def test_what_a_socket_said_is_not_kept_for_ever() -> None:
    async def scenario(backend: ComfyUI, access: Access) -> int:
        for number in range(KEPT + 4):
            await backend.submit(plain(ref=f"job-{number}", params={**SIZE, "steps": 1}), access)
        return len(backend._watches)

    with comfy.served() as fake:
        assert run(fake, scenario) == KEPT


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"\x00\x00\x00\x01\x00\x00\x00\x01no picture",
        b"\x00\x00\x00\x09abc",
        "not json",
        "[]",
        "7",
        '{"type": 7}',
        "[" * 100_000,
        '{"type": "progress", "data": null}',
        '{"type": "executing", "data": {"node": null}}',
        '{"type": "progress", "data": {"value": "a", "max": 4, "node": "3"}}',
        '{"type": "progress", "data": {"value": 1, "max": 0, "node": "3"}}',
    ],
)
def test_an_odd_message_is_passed_over(message: str | bytes) -> None:
    watch = Watch("x")
    watch.hear(message)
    assert (watch.fraction, watch.message, watch.preview, watch.over) == (None, "", b"", False)


def test_several_passes_make_one_way() -> None:
    watch = Watch("x", workflows.MOVING)
    seen = []
    for node, value in (("9", 5), ("9", 10), ("10", 5), ("10", 99)):
        watch.hear(json.dumps({"type": "progress", "data": {"value": value, "max": 10, "node": node}}))
        seen.append(watch.fraction)
    assert seen == [0.25, 0.5, 0.75, 1]
    watch.hear('{"type": "executing", "data": {"node": "11"}}')
    assert watch.message == "VAEDecode."
    watch.hear('{"type": "execution_success", "data": {}}')
    assert watch.over
