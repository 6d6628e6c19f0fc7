"""The A1111 API over a fake Forge: drawing, waiting, stopping, and saying what was changed in silence."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.backends._open_requests import KEPT
from app.backends.a1111 import A1111
from app.backends.base import Access, Artifact, Progress
from app.errors import BackendError, LostError, NeedsKeyError, RejectedError, UnreachableError
from tests.backends.fakes import forge
from tests.backends.fakes.orders import SDXL, TEXT, order, reference
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port

SIZE = {"width": 64, "height": 48}


async def ended(backend: A1111, ticket: str, access: Access) -> Progress:
    """Poll until a drawing has ended."""
    async with asyncio.timeout(10):
        while (progress := await backend.poll(ticket, access)).state not in ("done", "failed"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return progress


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def shoot(access: Access, **changes: Any) -> Artifact:
    async def scenario() -> Artifact:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, **changes), access)
        assert (await ended(backend, ticket, access)).state == "done"
        return await backend.fetch(ticket, access)

    return asyncio.run(scenario())


def failure(access: Access, **changes: Any) -> Progress:
    async def scenario() -> Progress:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, **changes), access)
        progress = await ended(backend, ticket, access)
        with pytest.raises(BackendError):
            await backend.fetch(ticket, access)
        return progress

    return asyncio.run(scenario())


def test_an_order_is_drawn_as_asked() -> None:
    params = {**SIZE, "steps": 3, "seed": 7, "sampler_name": "Euler a", "cfg_scale": 5.5}
    with forge.served() as fake:
        artifact = shoot(Access(fake.url), negative="blur", params=params)
    assert (artifact.content, artifact.media_type) == (picture(size=(64, 48)), "image/png")
    assert artifact.notes == ()
    assert (artifact.used["seed"], artifact.used["sampler_name"]) == (7, "Euler a")
    assert fake.drawn[0].pop("request_id").startswith("job-12a-")
    assert fake.drawn == [
        {
            **params,
            "prompt": TEXT,
            "negative_prompt": "blur",
            "batch_size": 1,
            "n_iter": 1,
            "send_images": True,
            "save_images": False,
            "force_task_id": "job-12a",
        }
    ]


@pytest.mark.parametrize(
    ("params", "notes"),
    [
        ({"sampler_name": "Nope"}, ("The sampler is 'DPM++ 2M', not 'Nope' as asked.",)),
        ({"sampler_name": "euler_a"}, ("The sampler is 'DPM++ 2M', not 'euler_a' as asked.",)),
        ({"sd_model_checkpoint": "missing.safetensors"}, ("The model is 'desert-xl', not 'missing' as asked.",)),
        ({"sd_model_checkpoint": "desert-xl.safetensors [0b723bb149]"}, ()),
        ({"width": 70, "height": 48}, ("The picture is 64×48, not 70×48 as asked.",)),
        ({"width": 64, "height": 50}, ("The picture is 64×48, not 64×50 as asked.",)),
        ({"seed": -1}, ()),
        ({"totally_unknown": 1}, ("The A1111 API has no 'totally_unknown'; it was not sent.",)),
        ({"batch_size": 4}, ("The A1111 API has no 'batch_size'; it was not sent.",)),
    ],
)
def test_what_was_changed_in_silence_is_said(params: dict[str, Any], notes: tuple[str, ...]) -> None:
    with forge.served() as fake:
        assert shoot(Access(fake.url), params={**SIZE, **params}).notes == notes
        assert not {"totally_unknown", "sd_model_checkpoint"} & fake.drawn[0].keys()


def test_a_sampler_spelled_another_way_is_the_same() -> None:
    with forge.served() as fake:
        fake.info = "object"
        notes = shoot(Access(fake.url), params={**SIZE, "sampler_name": "dpm++ 2m"}).notes
    assert notes == ()


def test_references_that_cannot_be_sent_are_said() -> None:
    with forge.served() as fake:
        notes = shoot(Access(fake.url), params=SIZE, attachments=(reference(1), reference(2))).notes
    assert notes == ("Your machine (A1111 API) takes no picture as style; it was not sent.",) * 2


@pytest.mark.parametrize(("kind", "says"), [("text", True), ("object", True), ("none", False)])
def test_what_was_used_comes_in_three_shapes(kind: str, says: bool) -> None:  # noqa: FBT001
    with forge.served(info=kind, kind="jpeg") as fake:
        artifact = shoot(Access(fake.url), params=SIZE)
    assert artifact.media_type == "image/jpeg"
    assert bool(artifact.used) is says
    assert artifact.notes == (() if says else ("The program does not say what it used.",))


@pytest.mark.parametrize(("index", "colour"), [(0, "#111111"), (1, "#222222"), (9, "#111111")])
def test_a_grid_before_the_first_picture_is_left_out(index: int, colour: str) -> None:
    images = [picture(colour="#111111"), picture(colour="#222222")]
    with forge.served(images=images, index=index) as fake:
        assert shoot(Access(fake.url)).content == picture(colour=colour)


def test_a_picture_that_ends_too_soon_is_not_taken() -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        ticket = await backend.submit(order(SDXL), access)
        await ended(backend, ticket, access)
        with pytest.raises(UnreachableError, match="ends too soon"):
            await backend.fetch(ticket, access)

    with forge.served(images=[picture()[:-9]]) as fake:
        asyncio.run(scenario(Access(fake.url)))


def test_progress_is_that_of_the_open_drawing() -> None:
    async def scenario(access: Access) -> list[float | None]:
        backend, seen = A1111(), []
        ticket = await backend.submit(order(SDXL, params={**SIZE, "steps": 10}), access)
        with pytest.raises(UnreachableError, match="not finished"):
            await backend.fetch(ticket, access)
        while (progress := await backend.poll(ticket, access)).state == "running":
            seen.append(progress.fraction)
            await asyncio.sleep(0.02)
        assert progress == Progress("done", 1)
        return seen

    with forge.served(step_s=0.03) as fake:
        seen = [one or 0 for one in asyncio.run(scenario(Access(fake.url)))]
    assert seen == sorted(seen)
    assert 0.3 < seen[-1] < 1


@pytest.mark.parametrize("how", [{"without": {"progress", "interrupt"}}, {"asks_for": {"progress", "interrupt"}}])
def test_a_server_without_progress_draws_and_cannot_be_stopped(how: dict[str, Any]) -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, params={**SIZE, "steps": 5}), access)
        assert await backend.poll(ticket, access) == Progress("running")
        assert await backend.cancel(ticket, access) is False
        assert (await ended(backend, ticket, access)).state == "done"
        assert (await backend.fetch(ticket, access)).content

    with forge.served(step_s=0.05, **how) as fake:
        asyncio.run(scenario(Access(fake.url)))


def test_somebody_elses_picture_is_waited_for_and_never_stopped() -> None:
    async def scenario(access: Access) -> None:
        backend, other = A1111(), A1111()
        theirs = await other.submit(order(SDXL, params={**SIZE, "steps": 20}), access)
        await until(lambda: has_begun(other, theirs, access))
        ours = await backend.submit(order(SDXL, ref="ours", params={**SIZE, "steps": 20}), access)
        assert (await backend.poll(ours, access)).state == "queued"
        assert await backend.cancel(ours, access) is False
        await ended(other, theirs, access)
        await until(lambda: has_begun(backend, ours, access))
        assert await backend.cancel(ours, access) is True

    with forge.served(step_s=0.02) as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert fake.interrupts == 1


async def has_begun(backend: A1111, ticket: str, access: Access) -> bool:
    progress = await backend.poll(ticket, access)
    return progress.state == "running" and bool(progress.fraction)


def test_own_drawings_wait_for_each_other() -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        params = {**SIZE, "steps": 40}
        first, second, third = [
            await backend.submit(order(SDXL, ref=ref, params=params), access) for ref in ("a", "b", "c")
        ]
        assert (await backend.poll(second, access)).state == "queued"
        assert await backend.cancel(second, access) is False
        assert (await ended(backend, first, access)).state == "done"
        await until(lambda: has_begun(backend, second, access))
        assert (await backend.poll(third, access)).state == "queued"
        assert await backend.cancel(third, access) is False
        assert (await ended(backend, second, access)).state == "done"
        assert (await ended(backend, third, access)).state == "done"

    with forge.served(step_s=0.02) as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert (len(fake.drawn), fake.interrupts) == (3, 0)


@pytest.mark.parametrize("interrupt_s", [0, 0.3])
def test_a_stopped_drawing_answers_200_and_its_picture_is_thrown_away(interrupt_s: float) -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, params={**SIZE, "steps": 50}), access)
        await until(lambda: has_begun(backend, ticket, access))
        stopping = asyncio.create_task(backend.cancel(ticket, access))
        if interrupt_s:
            await asyncio.sleep(0.2)
            assert await backend.poll(ticket, access) == Progress("running", message="Stopping.")
            with pytest.raises(UnreachableError):
                await backend.fetch(ticket, access)
        assert await stopping is True
        for _ in range(2):
            progress = await backend.poll(ticket, access)
            assert (progress.state, progress.code) == ("failed", "cancelled")
            with pytest.raises(RejectedError, match="thrown away"):
                await backend.fetch(ticket, access)
            await asyncio.sleep(0.1)
        assert await backend.cancel(ticket, access) is False

    with forge.served(step_s=0.02, interrupt_s=interrupt_s) as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert fake.interrupts == 1


def test_a_drawing_that_is_done_or_unknown_cannot_be_stopped() -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, params=SIZE), access)
        await ended(backend, ticket, access)
        assert await backend.cancel(ticket, access) is False
        assert await backend.cancel("unknown", access) is False
        assert (await backend.fetch(ticket, access)).content

    with forge.served() as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert fake.interrupts == 0


def test_submitting_again_while_it_draws_starts_nothing() -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        what = order(SDXL, params={**SIZE, "steps": 5})
        assert await backend.submit(what, access) == await backend.submit(what, access)
        await ended(backend, what.ref, access)

    with forge.served(step_s=0.02) as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert len(fake.drawn) == 1


def test_an_order_that_is_sent_again_has_a_progress_of_its_own() -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        for _ in range(2):
            await ended(backend, await backend.submit(order(SDXL, params=SIZE), access), access)

    with forge.served() as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert len({one["request_id"] for one in fake.drawn}) == 2


@pytest.mark.parametrize(
    ("how", "changes", "says"),
    [
        ({}, {"params": {"steps": "many"}}, "steps: Input should be a valid integer"),
        ({}, {"params": {"alwayson_scripts": {"Nope": {}}}}, "Script 'Nope' not found"),
        ({"failure": (400, {"detail": "Sampler not found"})}, {}, "Sampler not found"),
        (
            {"failure": (500, {"error": "OutOfMemoryError", "detail": "", "errors": "CUDA out of memory"})},
            {},
            "The program failed: CUDA out of memory",
        ),
        ({"failure": (409, {"detail": "The request has been cancelled"})}, {}, "has been cancelled"),
        ({"failure": (302, {})}, {}, "answered 302"),
        ({"failure": (200, {"images": "x"})}, {}, "without a picture"),
        ({"failure": (200, {"images": {}})}, {}, "without a picture"),
        ({"failure": (200, {"images": []})}, {}, "without a picture"),
        ({"failure": (200, {"images": None})}, {}, "without a picture"),
        ({"failure": (200, [])}, {}, "without a picture"),
    ],
)
def test_a_refusal_is_a_failure_in_the_programs_words(how: dict[str, Any], changes: dict[str, Any], says: str) -> None:
    with forge.served(**how) as fake:
        progress = failure(Access(fake.url), **changes)
    assert (progress.state, progress.code) == ("failed", "rejected")
    assert says in progress.message


@pytest.mark.parametrize("how", [{"hang_up": True}, {"failure": (500, {})}, {"failure": (503, {"detail": "x"})}])
def test_a_program_that_dies_while_drawing_is_unreachable(how: dict[str, Any]) -> None:
    with forge.served(**how) as fake:
        assert failure(Access(fake.url), params=SIZE).code == "unreachable"


@pytest.mark.parametrize("images", [[None], [7], ["*not base64*x"], ["bm8gcGljdHVyZQ=="]])
def test_what_is_no_picture_is_not_taken(images: list[Any]) -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        ticket = await backend.submit(order(SDXL), access)
        await ended(backend, ticket, access)
        with pytest.raises(BackendError):
            await backend.fetch(ticket, access)

    with forge.served(failure=(200, {"images": images, "info": "{not json"})) as fake:
        asyncio.run(scenario(Access(fake.url)))


def test_nobody_there_says_how_to_start_it() -> None:
    access = Access(f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(UnreachableError, match="Start Forge, A1111 or SD\\.Next with --api"):
        asyncio.run(A1111().submit(order(SDXL), access))
    assert "--api" in asyncio.run(A1111().ready(access))


def test_a_program_without_the_api_says_how_to_start_it() -> None:
    with forge.served(without={"options", "samplers"}) as fake:
        with pytest.raises(UnreachableError, match="--api"):
            asyncio.run(A1111().submit(order(SDXL), Access(fake.url)))
        assert fake.drawn == []


def test_it_is_ready_when_it_has_a_checkpoint() -> None:
    with forge.served() as fake:
        assert asyncio.run(A1111().ready(Access(fake.url))) == ""
        fake.models = []
        assert "no checkpoint" in asyncio.run(A1111().ready(Access(fake.url)))


def test_a_login_is_sent_and_never_shown() -> None:
    with forge.served(login="mara:s3cret") as fake:
        assert shoot(Access(fake.url, "mara:s3cret"), params=SIZE).content
        for key in ("", "mara:wr0ng", "no-colon-in-it"):
            access = Access(fake.url, key)
            with pytest.raises(NeedsKeyError, match="user:password") as caught:
                asyncio.run(A1111().submit(order(SDXL), access))
            assert not key or key not in str(caught.value) + repr(access)


def test_a_ticket_of_another_process_or_a_dead_loop_is_lost() -> None:
    with forge.served(step_s=0.05) as fake:
        access, backend = Access(fake.url), A1111()
        ticket = asyncio.run(backend.submit(order(SDXL, params=SIZE), access))
        for one, name in ((backend, ticket), (A1111(), "job-of-yesterday")):
            for ask in (one.poll, one.fetch):
                with pytest.raises(LostError):
                    asyncio.run(ask(name, access))


def test_a_drawing_that_ended_without_a_word_is_lost() -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, params=SIZE), access)
        task = backend._drawings.find(ticket).task
        assert task
        task.cancel()
        await asyncio.wait([task])
        with pytest.raises(LostError):
            await backend.poll(ticket, access)

    with forge.served() as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert fake.drawn == []


def test_a_drawing_on_one_event_loop_is_watched_and_stopped_from_another() -> None:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        with forge.served(step_s=0.02) as fake:
            access, backend = Access(fake.url), A1111()
            for ref, steps in (("kept", 5), ("stopped", 100)):
                what = order(SDXL, ref=ref, params={**SIZE, "steps": steps})
                asyncio.run_coroutine_threadsafe(backend.submit(what, access), loop).result(5)
            asyncio.run(ended(backend, "kept", access))
            assert asyncio.run(backend.fetch("kept", access)).content
            asyncio.run(until(lambda: has_begun(backend, "stopped", access)))
            assert asyncio.run(backend.cancel("stopped", access)) is True
            assert asyncio.run(backend.poll("stopped", access)).code == "cancelled"
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0.2), loop).result(5)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_finished_drawings_are_not_kept_for_ever() -> None:
    async def scenario(access: Access) -> int:
        backend = A1111()
        for number in range(KEPT + 4):
            ticket = await backend.submit(order(SDXL, ref=f"job-{number}", params={**SIZE, "steps": 1}), access)
            await ended(backend, ticket, access)
        with pytest.raises(LostError):
            await backend.poll("job-0", access)
        return len(backend._drawings._kept)

    with forge.served() as fake:
        assert asyncio.run(scenario(Access(fake.url))) == KEPT + 1
