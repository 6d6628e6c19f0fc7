"""Servers with OpenAI's image endpoints, over a fake of each way they have."""

import asyncio
import json
from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.backends.base import MASK, SOURCE, Access, Artifact, Attachment, Progress, Seen
from app.backends.openai_images import OpenAIImages
from app.errors import (
    BackendError,
    BusyError,
    LostError,
    NeedsKeyError,
    RejectedError,
    UnreachableError,
    UnsureError,
)
from tests.backends.fakes import openai_images
from tests.backends.fakes.openai_images import look_of
from tests.backends.fakes.orders import SDXL, TEXT, order, reference
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port

SIZE = {"width": 64, "height": 48}
GPT = SDXL.model_copy(update={"id": "gpt-image-1.5", "fields": {"size": "size"}})


class FarImages(OpenAIImages):
    """Takes this machine for a far one that charges: what is sent there is never sent twice."""

    id = "far"

    def costs(self, access: Access) -> bool:  # noqa: ARG002  wherever it is
        """Say that it charges."""
        return True


class LateImages(OpenAIImages):
    """Waits for no refusal, as if each came late."""

    id = "late"
    refused_within_s = 0


class LateFarImages(FarImages):
    """A far one that refuses late."""

    id = "late_far"
    refused_within_s = 0


def shoot(fake: openai_images.Server, backend: OpenAIImages | None = None, **changes: Any) -> Artifact:
    """Send an order, wait for the end and fetch the picture."""
    access = Access(fake.url, fake.key, changes.pop("options", {}))
    changes = {"target": SDXL, "params": SIZE, **changes}
    return asyncio.run(_shoot(backend or OpenAIImages(), changes, access))


async def _shoot(backend: OpenAIImages, changes: dict[str, Any], access: Access) -> Artifact:
    ticket = await _submit(backend, changes, access)
    progress = await ended(backend, ticket, access)
    assert progress == Progress("done", 1), progress
    return await backend.fetch(ticket, access)


async def _submit(backend: OpenAIImages, changes: dict[str, Any], access: Access) -> str:
    """Submit as a worker does: again when the service said that nothing was started."""
    for _ in range(4):
        try:
            return await backend.submit(order(**changes), access)
        except BusyError:
            continue
    raise AssertionError("it stays busy")


async def ended(backend: OpenAIImages, ticket: str, access: Access) -> Progress:
    async with asyncio.timeout(10):
        while (progress := await backend.poll(ticket, access)).state not in ("done", "failed"):  # noqa: ASYNC110  the backend is asked, as a worker asks it
            await asyncio.sleep(0.01)
    return progress


def source(**changes: Any) -> Attachment:
    return reference(0, role=SOURCE, **{"content": picture(size=(640, 360)), **changes})


def half_mask(size: tuple[int, int] = (320, 180)) -> Attachment:
    """Return a mask that is white on its left."""
    mask = Image.new("L", size, 0)
    mask.paste(255, (0, 0, size[0] // 2, size[1]))
    buffer = BytesIO()
    mask.save(buffer, "PNG")
    return reference(0, role=MASK, content=buffer.getvalue())


def test_an_order_is_sent_with_no_more_than_every_server_knows() -> None:
    with openai_images.served() as fake:
        artifact = shoot(fake, options={"model": "tiny"})
    assert fake.drawn == [
        {"model": "tiny", "prompt": TEXT, "n": 1, "size": "64x48", "response_format": "b64_json"},
    ]
    assert (artifact.content, artifact.media_type) == (picture(size=(64, 48)), "image/png")
    assert (artifact.notes, artifact.prompt) == ((), "")
    assert artifact.used == {"created": 1795179394, "size": "64x48"}


@pytest.mark.parametrize(
    ("options", "target", "model", "told"),
    [({}, SDXL, "sdxl", True), ({}, GPT, "gpt-image-1.5", False), ({"model": " dall-e-3 "}, GPT, "dall-e-3", True)],
)
def test_the_model_is_the_one_set_up_or_the_targets(
    options: dict[str, str],
    target: Any,
    model: str,
    told: bool,  # noqa: FBT001  a column of the table
) -> None:
    with openai_images.served() as fake:
        shoot(fake, options=options, target=target, params={})
    assert fake.drawn[0]["model"] == model
    assert ("response_format" in fake.drawn[0]) is told  # the newer models of OpenAI refuse it


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/"])
def test_the_address_may_end_as_a_person_writes_it(path: str) -> None:
    with openai_images.served() as fake:
        fake.url += path
        assert shoot(fake).content


@pytest.mark.parametrize(
    ("entry", "content"),
    [
        ({"b64_json": b64encode(picture("jpeg")).decode()}, picture("jpeg")),
        ({"b64_json": f"data:image/webp;base64,{b64encode(picture('webp')).decode()}"}, picture("webp")),
        ({"url": f"data:image/png;base64,{b64encode(picture()).decode()}"}, picture()),
        ({"url": "URL/made/one.png"}, picture()),
        ({"url": "/made/one.png", "b64_json": ""}, picture()),
        ({"b64_json": b64encode(picture()).decode(), "url": "http://169.254.169.254/"}, picture()),
    ],
)
def test_a_picture_comes_as_text_or_from_the_same_server(entry: dict[str, Any], content: bytes) -> None:
    with openai_images.served(entry=entry, key="sk-s3cret") as fake:
        artifact = shoot(fake, params={})
    assert artifact.content == content
    assert set(fake.asked_with) <= {"Bearer sk-s3cret"}


@pytest.mark.parametrize(
    ("entry", "error", "says"),
    [
        ({"url": "file:///etc/passwd"}, RejectedError, "b64_json"),
        ({"url": "made/one.png"}, RejectedError, "b64_json"),
        ({"url": "/srv/image/e3f9.jpg"}, RejectedError, "does not hand over"),
        ({"url": "/made/gone.png"}, RejectedError, "does not hand over"),
        ({"url": "/made/moved"}, UnreachableError, "answered 302"),
        ({"url": "/made/page"}, UnreachableError, "no PNG"),
        ({"url": "/made/cut.png"}, UnreachableError, "ends too soon"),
        ({"url": "http://169.254.169.254/latest"}, BackendError, "not https"),
        ({"url": "https://127.0.0.1:1/made/one.png"}, BackendError, "not a public address"),
        ({"b64_json": "*not base64*x"}, RejectedError, "cannot be decoded"),
        ({"b64_json": b64encode(b"no picture").decode()}, UnreachableError, "no PNG"),
        ({"b64_json": b64encode(picture()[:-8]).decode()}, UnreachableError, "ends too soon"),
    ],
)
def test_what_is_no_picture_is_not_taken(entry: dict[str, Any], error: type[BackendError], says: str) -> None:
    with openai_images.served(entry=entry) as fake, pytest.raises(error, match=says):
        shoot(fake)


@pytest.mark.parametrize(
    "answers",
    [
        {"data": []},
        {"data": None},
        {"data": {}},
        {"data": [None]},
        {"data": ["x"]},
        {"data": [{"b64_json": None, "url": None}]},
        {"data": [{"b64_json": 7}]},
        {},
        [],
        None,
        "x",
        {"error": {"message": "the GPU is on fire"}},
    ],
)
def test_an_answer_without_a_picture_is_a_failure(answers: Any) -> None:
    with openai_images.served(answers=(200, answers)) as fake, pytest.raises(RejectedError) as caught:
        shoot(fake)
    assert "without a picture" in str(caught.value) or "the GPU is on fire" in str(caught.value)


def test_a_size_that_was_not_drawn_and_a_rewritten_prompt_are_said() -> None:
    entry = {"b64_json": b64encode(picture(size=(512, 512))).decode(), "revised_prompt": "A cat."}
    with openai_images.served(entry=entry, beside={"usage": {"total_tokens": 9}, "data2": 1}) as fake:
        artifact = shoot(fake)
    assert artifact.prompt == "A cat."
    assert artifact.notes == ("The picture is 512×512, not 64×48 as asked.",)
    assert artifact.used == {"created": 1795179394, "usage": {"total_tokens": 9}, "size": "512x512"}
    entry["revised_prompt"] = f" {TEXT} "
    with openai_images.served(entry=entry) as fake:
        assert shoot(fake).prompt == ""


def test_a_refused_size_goes_out_as_the_nearest_that_is_taken() -> None:
    backend = OpenAIImages()
    with openai_images.served(sizes=("1024x1024", "1024x1536", "1536x1024")) as fake:
        first = shoot(fake, backend, params={"width": 1344, "height": 768})
        second = shoot(fake, backend, params={"width": 768, "height": 1344})
    assert [one["size"] for one in fake.drawn] == ["1536x1024", "1024x1536"]
    assert fake.posts == 3  # one was refused; then it is known
    assert first.notes == ("The picture is 1536×1024, not 1344×768 as asked.",)
    assert second.notes == ("The picture is 1024×1536, not 768×1344 as asked.",)


@pytest.mark.parametrize("as_fastapi", [True, False])
def test_a_refused_field_is_left_out_and_said(as_fastapi: bool) -> None:  # noqa: FBT001  two servers
    backend = OpenAIImages()
    with openai_images.served(refuses=("response_format", "quality"), as_fastapi=as_fastapi) as fake:
        artifact = shoot(fake, backend, params={**SIZE, "quality": "high"})
        assert shoot(fake, backend, params=SIZE).content
    assert [one.keys() & {"response_format", "quality"} for one in fake.drawn] == [set(), set()]
    assert fake.posts == 4
    assert artifact.notes == ("The image server refuses 'quality'; it was not sent.",)


def test_a_submit_never_posts_twice() -> None:
    async def scenario(access: Access) -> None:
        with pytest.raises(BusyError, match="Supported values") as caught:
            await OpenAIImages().submit(order(SDXL, params=SIZE), access)
        assert caught.value.retry_after_s == 1

    with openai_images.served(sizes=("1024x1024",)) as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert fake.posts == 1


@pytest.mark.parametrize("field", ["model", "prompt"])
def test_what_must_be_sent_is_not_left_out(field: str) -> None:
    with openai_images.served(refuses=(field,)) as fake:
        with pytest.raises(RejectedError, match="Unknown parameter"):
            shoot(fake)
        assert fake.posts == 1


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("", {}),
        ("localai", {"step": 4}),
        ("vLLM-Omni", {"seed": 7, "num_inference_steps": 4, "guidance_scale": 5, "negative_prompt": "blur"}),
        ("sglang", {"seed": 7, "num_inference_steps": 4, "guidance_scale": 5, "negative_prompt": "blur"}),
    ],
)
def test_each_kind_of_server_has_its_own_fields(kind: str, own: dict[str, Any]) -> None:
    params = {**SIZE, "seed": 7, "steps": 4, "cfg_scale": 5}
    with openai_images.served() as fake:
        shoot(fake, params=params, negative="blur", options={"kind": kind})
    usual = {"model", "prompt", "n", "size", "response_format"}
    assert {name: value for name, value in fake.drawn[0].items() if name not in usual} == own


def test_xinference_takes_its_fields_as_json_in_one() -> None:
    with openai_images.served() as fake:
        shoot(fake, params={**SIZE, "seed": 7, "steps": 4}, negative="blur", options={"kind": "xinference"})
        edited = shoot(
            fake, params={**SIZE, "seed": 7}, negative="x", attachments=(source(),), options={"kind": "xinference"}
        )
    assert json.loads(fake.drawn[0]["kwargs"]) == {"seed": 7, "num_inference_steps": 4, "negative_prompt": "blur"}
    assert "kwargs" not in fake.drawn[1]
    assert edited.notes == ("An edit there is not told 'negative'.", "An edit there is not told 'seed'.")


def test_sd_server_takes_its_fields_inside_the_prompt() -> None:
    with openai_images.served() as fake:
        artifact = shoot(fake, params={**SIZE, "seed": 7, "steps": 4, "cfg_scale": 5}, options={"kind": "sd-server"})
    words, _, rest = fake.drawn[0]["prompt"].partition(" <sd_cpp_extra_args>")
    assert words == TEXT
    assert json.loads(rest.removesuffix("</sd_cpp_extra_args>")) == {
        "seed": 7,
        "sample_params": {"sample_steps": 4, "guidance": {"txt_cfg": 5}},
    }
    assert artifact.notes == ()


def test_what_a_plain_server_is_not_told_is_said() -> None:
    params = {**SIZE, "seed": 7, "steps": 4, "sampler_name": "Euler"}
    with openai_images.served() as fake:
        artifact = shoot(fake, params=params, negative="blur")
    assert artifact.notes == (
        "Image server (OpenAI API) has no field for what to keep out; that was not sent.",
        "Image server (OpenAI API) takes no seed; each picture is new.",
        "The image server has no field for 'sampler_name'; it was not sent.",
        "This kind of image server is not told 'steps'.",
    )


def test_one_picture_is_changed() -> None:
    with openai_images.served() as fake:
        artifact = shoot(fake, params={}, attachments=(source(),))
    assert fake.files == [{"image:picture-1.png:image/png": picture(size=(640, 360))}]
    assert fake.drawn == [
        {"model": "sdxl", "prompt": TEXT, "n": "1", "size": "1368x768", "response_format": "b64_json"}
    ]
    assert artifact.notes == ()


def test_several_pictures_go_in_the_order_of_their_numbers() -> None:
    attachments = (reference(2), source(media_type="image/jpeg"), reference(1))
    with openai_images.served() as fake:
        shoot(fake, attachments=attachments)
    assert list(fake.files[0]) == [
        "image[]:picture-1.jpg:image/jpeg",
        "image[]:picture-2.png:image/png",
        "image[]:picture-3.png:image/png",
    ]
    assert list(fake.files[0].values())[1:] == [reference(1).content, reference(2).content]


def test_references_alone_are_an_edit_too_and_too_many_are_said() -> None:
    with openai_images.served() as fake:
        artifact = shoot(fake, attachments=tuple(reference(number) for number in range(1, 19)))
    assert len(fake.files[0]) == 16
    assert artifact.notes == ("Image server (OpenAI API) takes 16 references; the last 2 were not sent.",)


@pytest.mark.parametrize(("kind", "name"), [("", "mask"), ("vllm-omni", "mask_image")])
def test_a_mask_is_white_and_clear_where_the_picture_changes(kind: str, name: str) -> None:
    with openai_images.served() as fake:
        shoot(fake, attachments=(source(), half_mask()), options={"kind": kind})
    mode, size, corners = look_of(fake.files[0][f"{name}:mask.png:image/png"])
    assert (mode, size) == ("RGBA", (640, 360))
    assert corners == [(255, 255, 255, 0), (0, 0, 0, 255)]


@pytest.mark.parametrize(
    ("attachments", "options", "says"),
    [
        ((half_mask(),), {}, "Add that picture as the source"),
        ((source(),), {"kind": "localai"}, "changes no pictures"),
        ((source(), reference(0, role=MASK, content=b"none")), {}, "mask cannot be read"),
    ],
)
def test_an_edit_that_cannot_be_done_is_refused_before_anything_is_sent(
    attachments: tuple[Attachment, ...], options: dict[str, str], says: str
) -> None:
    with openai_images.served() as fake:
        with pytest.raises(RejectedError, match=says):
            shoot(fake, attachments=attachments, options=options)
        assert fake.posts == 0


def test_maps_and_references_that_cannot_be_sent_are_said() -> None:
    depth = reference(0, role="reference.role.depth", strength=0.5)
    with openai_images.served() as fake:
        notes = shoot(fake, attachments=(depth, reference(1)), options={"kind": "localai"}).notes
        assert fake.files == [{}]
    assert notes == (
        "Image server (OpenAI API) takes no picture as depth; it was not sent.",
        "Image server (OpenAI API) takes no picture as style; it was not sent.",
    )


FAILURES: list[tuple[dict[str, Any], type[BackendError], type[BackendError], str]] = [
    ({"answers": (400, {"error": "prompt required"})}, RejectedError, RejectedError, "prompt required"),
    ({"answers": (404, {"detail": "Model not found"})}, RejectedError, RejectedError, "Model not found"),
    ({"answers": (401, {"error": {"message": "no"}})}, NeedsKeyError, NeedsKeyError, "no"),
    ({"answers": (403, {"error": {"message": "verify"}})}, NeedsKeyError, NeedsKeyError, "verify"),
    ({"answers": (429, {"error": {"message": "slow down"}})}, BusyError, BusyError, "slow down"),
    ({"answers": (429, {"error": {"message": "Over your quota"}})}, RejectedError, RejectedError, "quota"),
    ({"answers": (500, {"error": "server_error", "message": "no memory"})}, RejectedError, UnsureError, "no memory"),
    ({"answers": (500, None)}, UnreachableError, UnsureError, "500"),
    ({"answers": (503, {"detail": "loading"})}, UnreachableError, BusyError, "loading"),
    ({"raw": b"<html>Bad gateway</html>"}, UnreachableError, UnsureError, "nobody can read"),
    ({"raw": b""}, UnreachableError, UnsureError, "nobody can read"),
    ({"hang_up": True}, UnreachableError, UnsureError, "did not answer"),
    ({"answers": (302, None), "headers": {"location": "http://169.254.169.254/"}}, RejectedError, RejectedError, "302"),
]  # fmt: skip


@pytest.mark.parametrize(("how", "free", "paid", "says"), FAILURES)
def test_what_goes_wrong_is_told_apart_by_whether_it_may_have_been_paid(
    how: dict[str, Any], free: type[BackendError], paid: type[BackendError], says: str
) -> None:
    for backend, error in ((OpenAIImages(), free), (FarImages(), paid)):
        with openai_images.served(**how) as fake:
            with pytest.raises(BackendError, match=says) as caught:
                asyncio.run(backend.submit(order(SDXL, params=SIZE), Access(fake.url)))
            assert type(caught.value) is error
            assert fake.posts == 1


def test_a_busy_service_says_when_to_come_back() -> None:
    how = {"answers": (429, {"error": {"message": "slow down"}}), "headers": {"retry-after": "7"}}
    with openai_images.served(**how) as fake, pytest.raises(BusyError) as caught:
        asyncio.run(FarImages().submit(order(SDXL), Access(fake.url)))
    assert caught.value.retry_after_s == 7


@pytest.mark.parametrize(("how", "free", "paid", "says"), FAILURES)
def test_what_goes_wrong_late_is_told_by_a_poll(
    how: dict[str, Any], free: type[BackendError], paid: type[BackendError], says: str
) -> None:
    async def scenario(backend: OpenAIImages, access: Access, error: type[BackendError]) -> None:
        ticket = await backend.submit(order(SDXL, params=SIZE), access)
        assert await backend.poll(ticket, access) == Progress("running")
        progress = await ended(backend, ticket, access)
        assert (progress.state, progress.code) == ("failed", error.code)
        assert says in progress.message
        assert progress.transient is (error in (BusyError, UnreachableError))
        with pytest.raises(error):
            await backend.fetch(ticket, access)

    for backend, error in ((LateImages(), free), (LateFarImages(), paid)):
        with openai_images.served(draw_s=0.02, **how) as fake:
            asyncio.run(scenario(backend, Access(fake.url), error))
            assert fake.posts == 1


class HastyImages(OpenAIImages):
    """Gives up after a moment."""

    id = "hasty"
    drawing_s = 0.05


class HastyFarImages(FarImages):
    """A far one that gives up after a moment."""

    id = "hasty_far"
    far_drawing_s = 0.05


@pytest.mark.parametrize(("backend", "error"), [(HastyImages(), UnreachableError), (HastyFarImages(), UnsureError)])
def test_a_picture_that_takes_too_long_may_have_been_sent(backend: OpenAIImages, error: type[BackendError]) -> None:
    with openai_images.served(draw_s=1) as fake:
        with pytest.raises(BackendError, match="did not answer") as caught:
            asyncio.run(backend.submit(order(SDXL, params=SIZE), Access(fake.url)))
        assert type(caught.value) is error
        assert fake.posts == 1


@pytest.mark.parametrize("backend", [OpenAIImages(), FarImages()])
def test_nobody_there_is_surely_not_sent(backend: OpenAIImages) -> None:
    access = Access(f"http://127.0.0.1:{closed_port()}")
    with pytest.raises(UnreachableError, match="nothing was sent"):
        asyncio.run(backend.submit(order(SDXL), access))


def test_a_request_that_is_out_is_not_sent_again_and_cannot_be_stopped() -> None:
    async def scenario(access: Access) -> None:
        backend = LateImages()
        what = order(SDXL, params=SIZE)
        assert await backend.submit(what, access) == await backend.submit(what, access) == what.ref
        assert await backend.cancel(what.ref, access) is False
        with pytest.raises(UnreachableError, match="not finished"):
            await backend.fetch(what.ref, access)
        assert (await ended(backend, what.ref, access)).state == "done"
        assert (await backend.fetch(what.ref, access)).content

    with openai_images.served(draw_s=0.1) as fake:
        asyncio.run(scenario(Access(fake.url)))
        assert fake.posts == 1


def test_a_ticket_of_another_process_or_a_dead_loop_is_lost() -> None:
    with openai_images.served(draw_s=5) as fake:
        access, backend = Access(fake.url), LateImages()
        ticket = asyncio.run(backend.submit(order(SDXL, params=SIZE), access))
        for one, name in ((backend, ticket), (OpenAIImages(), "job-of-yesterday")):
            for ask in (one.poll, one.fetch):
                with pytest.raises(LostError):
                    asyncio.run(ask(name, access))


@pytest.mark.parametrize(
    ("url", "key", "kind", "error", "says"),
    [
        ("", "", "", UnreachableError, "has no address"),
        ("https://api.openai.com/v1", "", "", NeedsKeyError, "needs a key"),
        ("http://api.openai.com/v1", "sk-1", "", UnreachableError, "https"),
        ("http://127.0.0.1:1", "", "xinfrence", RejectedError, "Did you mean 'xinference'"),
        ("no address", "sk-1", "", UnreachableError, "https"),
    ],
)
def test_what_cannot_be_sent_is_said_without_asking_anybody(
    url: str, key: str, kind: str, error: type[BackendError], says: str
) -> None:
    access, backend = Access(url, key, {"kind": kind}), OpenAIImages()
    with pytest.raises(error, match=says):
        asyncio.run(backend.submit(order(SDXL), access))
    assert says in asyncio.run(backend.ready(access))
    assert says in asyncio.run(backend.look(access)).problem


def test_a_far_server_with_a_key_is_ready_unasked() -> None:
    assert asyncio.run(OpenAIImages().ready(Access("https://images.example/v1", "sk-1"))) == ""


@pytest.mark.parametrize(
    ("url", "costs"),
    [
        ("http://127.0.0.1:8080", False),
        ("http://192.168.1.9/v1", False),
        ("https://api.openai.com/v1", True),
        ("", True),
    ],
)
def test_only_a_far_server_may_charge(url: str, costs: bool) -> None:  # noqa: FBT001  a column of the table
    assert OpenAIImages().costs(Access(url)) is costs
    assert OpenAIImages.paid


@pytest.mark.parametrize(
    ("models", "options", "seen"),
    [
        ([{"id": "sd-cpp-local", "owned_by": "local"}], {}, Seen("", "local", ("sd-cpp-local",))),
        (
            [
                {"id": "tiny", "owned_by": "xinference", "model_type": "image"},
                {"id": "talks", "owned_by": "xinference", "model_type": "LLM"},
            ],
            {"model": "tiny"},
            Seen("", "xinference", ("tiny",)),
        ),
        ([{"id": "a", "owned_by": "x"}, {"id": "b", "owned_by": "y"}], {}, Seen("", "", ("a", "b"))),
        (
            [{"id": "flux.1-dev"}],
            {"model": "flux.1-devv"},
            Seen("No model is called 'flux.1-devv'. Did you mean 'flux.1-dev'?", "", ("flux.1-dev",)),
        ),
        ([], {}, Seen("The server has no model that makes pictures.")),
        ([{"id": None}, None, 7], {}, Seen("The server has no model that makes pictures.")),
    ],
)
def test_a_look_lists_the_models_that_make_pictures(models: list[Any], options: dict[str, str], seen: Seen) -> None:
    with openai_images.served(models=models) as fake:
        access = Access(fake.url, options=options)
        assert asyncio.run(OpenAIImages().look(access)) == seen
        assert asyncio.run(OpenAIImages().ready(access)) == seen.problem


def test_a_key_is_sent_and_never_shown() -> None:
    with openai_images.served(key="sk-right") as fake:
        assert shoot(fake).content
        access = Access(fake.url, "sk-wr0ng-s3cret")
        with pytest.raises(NeedsKeyError) as caught:
            asyncio.run(OpenAIImages().submit(order(SDXL), access))
        assert "s3cret" not in str(caught.value) + repr(access) + asyncio.run(OpenAIImages().look(access)).problem
