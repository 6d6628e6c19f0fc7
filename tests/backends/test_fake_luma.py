"""The fake is judged by Luma's own SDK, and can be run and scripted as a program."""

import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import luma_agents
import pytest
from luma_agents.types import ImageRefParam

from tests.backends.fakes import luma
from tests.backends.fakes.clips import clip
from tests.backends.fakes.pictures import picture

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def served() -> Iterator[luma.Luma]:
    with luma.served() as fake:
        yield fake


@pytest.fixture
def fake(served: luma.Luma) -> luma.Luma:
    served.reset()
    return served


@pytest.fixture
def sdk(fake: luma.Luma) -> Iterator[luma_agents.Luma]:
    with luma_agents.Luma(auth_token=luma.KEY, base_url=fake.url, max_retries=0) as agents:
        yield agents


def test_the_sdk_submits_polls_and_downloads(fake: luma.Luma, sdk: luma_agents.Luma) -> None:
    data = b64encode(picture()).decode()
    made = sdk.generations.create(
        prompt="Rain at a window",
        model="uni-1-max",
        aspect_ratio="16:9",
        output_format="png",
        image_ref=[{"data": data, "media_type": "image/png"}],
    )
    assert (made.state, made.model, made.output, made.failure_code) == ("queued", "uni-1-max", [], None)
    states = [sdk.generations.get(made.id).state for _ in range(3)]
    assert states == ["queued", "processing", "completed"]
    first, again = (sdk.generations.get(made.id).output for _ in range(2))
    assert first is not None
    assert again is not None
    assert first[0].url != again[0].url
    assert httpx.get(first[0].url).status_code == 403
    assert httpx.get(again[0].url).content == picture()
    assert httpx.get(again[0].url, headers={"Authorization": "Bearer x"}).status_code == 400
    assert fake.posts == 1


def test_the_sdk_reads_the_headers_of_a_201(sdk: luma_agents.Luma) -> None:
    raw = sdk.generations.with_raw_response.create(prompt="x", extra_headers={"X-Request-Id": "attempt-1"})
    assert raw.status_code == 201
    assert raw.headers["x-request-id"] == "attempt-1"
    assert raw.headers["x-api-version"] == "2026-04-01"
    assert {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} <= set(raw.headers)


@pytest.mark.parametrize(
    ("key", "raised", "detail"),
    [
        ("plain", luma_agents.AuthenticationError, "Missing or invalid API key"),
        ("luma-api-unknown", luma_agents.AuthenticationError, "Invalid API key"),
        ("luma-api-revoked", luma_agents.AuthenticationError, "API key has been revoked"),
        ("luma-api-expired", luma_agents.AuthenticationError, "API key has expired"),
        ("luma-api-suspended", luma_agents.PermissionDeniedError, "API client is suspended"),
    ],
)
def test_the_sdk_meets_every_refused_key(
    fake: luma.Luma, key: str, raised: type[luma_agents.APIStatusError], detail: str
) -> None:
    with luma_agents.Luma(auth_token=key, base_url=fake.url, max_retries=0) as sdk, pytest.raises(raised) as caught:
        sdk.generations.create(prompt="x")
    assert caught.value.body == {"detail": detail}


@pytest.mark.parametrize(
    ("status", "raised"),
    [
        (402, luma_agents.APIStatusError),
        (413, luma_agents.APIStatusError),
        (422, luma_agents.UnprocessableEntityError),
        (429, luma_agents.RateLimitError),
        (502, luma_agents.InternalServerError),
    ],
)
def test_the_sdk_meets_every_scripted_status(
    fake: luma.Luma, sdk: luma_agents.Luma, status: int, raised: type[luma_agents.APIStatusError]
) -> None:
    fake.fault("create", status=status, detail="scripted")
    with pytest.raises(raised) as caught:
        sdk.generations.create(prompt="x")
    assert caught.value.body == {"detail": "scripted"}


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"prompt": ""}, 400, "Prompt must be between 1 and 6000 characters"),
        ({"prompt": "x" * 6001}, 400, "Prompt must be between 1 and 6000 characters"),
        ({"prompt": "x", "model": "uni-9"}, 400, "Unknown model: uni-9"),
        ({"prompt": "x", "type": "video"}, 400, "Type 'video' is not supported for model 'uni-1'"),
        (
            {"prompt": "x", "aspect_ratio": "4:3"},
            400,
            "Invalid aspect_ratio '4:3'. Valid: 1:1, 1:2, 1:3, 16:9, 2:1, 2:3, 3:1, 3:2, 9:16",
        ),
        ({"prompt": "x", "output_format": "jpg"}, 400, "Invalid output_format. Valid: jpeg, png"),
        ({"prompt": "x", "source": {"url": "https://a.test"}}, 400, "source is only valid for type 'image_edit'"),
        ({"prompt": "x", "seed": 7}, 400, "Unknown fields: ['seed']"),
        ({"prompt": "x", "image_ref": [{}] * 10}, 400, "image supports up to 9 reference images"),
        (
            {"prompt": "x", "image_ref": [{"url": "https://a.test", "data": "aa"}]},
            400,
            "image_ref[0]: provide either 'url' or 'data', not both",
        ),
        (
            {"prompt": "x", "image_ref": [{}]},
            400,
            "image_ref[0]: provide either 'url' or 'data', not neither",
        ),
        (
            {"prompt": "x", "image_ref": [{"data": "aa"}]},
            400,
            "image_ref[0]: 'media_type' is required with 'data'",
        ),
        (
            {"prompt": "x", "image_ref": [{"data": "data:image/png;base64,aa", "media_type": "image/png"}]},
            422,
            "image_ref[0]: invalid base64 data",
        ),
        (
            {"prompt": "x", "image_ref": [{"data": "aGFsbG8=", "media_type": "image/png"}]},
            422,
            "image_ref[0]: content-type is not an image",
        ),
        ({"prompt": "x", "image_ref": [{"url": "http://a.test"}]}, 422, "image_ref[0]: failed to fetch URL"),
        ({"prompt": "x", "image_ref": [{"url": "https://10.1.1.1/a"}]}, 422, "image_ref[0]: failed to fetch URL"),
        ({"prompt": "x", "style": "manga", "aspect_ratio": "1:1"}, 422, "style 'manga' needs a portrait ratio"),
        ({"prompt": "x", "type": "layering"}, 400, "source is required for type 'layering'"),
        ({"prompt": "x", "video": {}}, 400, "video is only valid for video types"),
        ({"prompt": "x", "model": "ray-3.2"}, 400, "Type 'image' is not supported for model 'ray-3.2'"),
        (
            {"prompt": "x", "model": "ray-3.2", "type": "video", "video": {"duration": "10s", "loop": True}},
            422,
            "loop is not supported with 10s, hdr or end_frame",
        ),
    ],
)
def test_it_is_strict(fake: luma.Luma, body: dict[str, object], status: int, detail: str) -> None:
    headers = {"Authorization": f"Bearer {luma.KEY}"}
    refused = httpx.post(f"{fake.url}/generations", json=body, headers=headers)
    assert (refused.status_code, refused.json()) == (status, {"detail": detail})
    assert fake.generations == {}


def test_a_scheme_in_lower_case_and_an_id_that_is_none_are_refused(fake: luma.Luma) -> None:
    small = httpx.get(f"{fake.url}/generations/x", headers={"Authorization": f"bearer {luma.KEY}"})
    unknown = httpx.get(f"{fake.url}/generations/x", headers={"Authorization": f"Bearer {luma.KEY}"})
    assert (small.status_code, unknown.status_code) == (401, 404)
    assert unknown.json() == {"detail": "Generation not found"}


def test_the_sdk_makes_a_clip_of_frames(fake: luma.Luma, sdk: luma_agents.Luma) -> None:
    still: ImageRefParam = {"data": b64encode(picture()).decode(), "media_type": "image/png"}
    made = sdk.generations.create(
        prompt="She turns to the window",
        model="ray-3.2",
        type="video",
        aspect_ratio="21:9",
        video={"resolution": "1080p", "duration": "10s", "keyframes": [still, still], "keyframe_indexes": [0, 240]},
    )
    assert (made.type, made.model, made.state) == ("video", "ray-3.2", "queued")
    for _ in range(2):
        sdk.generations.get(made.id)
    done = sdk.generations.get(made.id)
    assert done.output
    assert done.output[0].type == "video"
    assert httpx.get(done.output[0].url).content == clip(10)
    longer = sdk.generations.create(
        prompt="She goes on", model="ray-3.2", type="video", video={"start_frame": {"generation_id": made.id}}
    )
    changed = sdk.generations.create(
        prompt="By night",
        model="ray-3.2",
        type="video_edit",
        source={"generation_id": made.id},
        video={"edit": {"strength": "flex_1"}},
    )
    shaped = sdk.generations.create(
        prompt="Upright",
        model="ray-3.2",
        type="video_reframe",
        aspect_ratio="9:16",
        source={"data": b64encode(clip()).decode(), "media_type": "video/mp4"},
    )
    assert [one.type for one in (longer, changed, shaped)] == ["video", "video_edit", "video_reframe"]
    assert fake.posts == 4


def test_the_sdk_takes_a_picture_apart(sdk: luma_agents.Luma) -> None:
    still: ImageRefParam = {"data": b64encode(picture()).decode(), "media_type": "image/png"}
    made = sdk.generations.create(
        prompt="Her, then the room", type="layering", source=still, layering={"resolution": "2k"}
    )
    for _ in range(2):
        sdk.generations.get(made.id)
    output = sdk.generations.get(made.id).output
    assert output
    layers = [one.layer for one in output]
    assert [(one.index, one.label, one.alpha_hint) for one in layers if one] == [
        (0, "Mara", "soft"),
        (1, "Glass", "hard"),
        (2, "Background", "none"),
    ]
    assert httpx.get(output[1].url).content == picture(colour=luma.LAYER_COLOURS[1])


def test_the_sdk_uploads_a_file_and_uses_it(fake: luma.Luma, sdk: luma_agents.Luma) -> None:
    content = picture()
    made = sdk.files.create(mime_type="image/png", size_bytes=len(content), purpose="reference", filename="a.png")
    assert (made.state, made.file.filename) == ("pending", "a.png")
    assert made.upload
    assert made.upload.method == "PUT"
    headers = made.upload.headers or {}
    assert httpx.put(made.upload.url, content=content).status_code == 403
    assert httpx.put(made.upload.url, content=content, headers=headers | {"Authorization": "x"}).status_code == 400
    assert httpx.put(made.upload.url, content=content[:-1], headers=headers).status_code == 400
    with pytest.raises(luma_agents.ConflictError):
        sdk.files.complete(made.id)
    assert httpx.put(made.upload.url, content=content, headers=headers).status_code == 200
    assert httpx.put(made.upload.url, content=content, headers=headers).status_code == 403
    assert sdk.files.complete(made.id).state == "pending"
    with pytest.raises(luma_agents.UnprocessableEntityError):
        sdk.generations.create(prompt="x", image_ref=[{"file_id": made.id}])
    assert [sdk.files.get(made.id).state for _ in range(2)] == ["pending", "ready"]
    assert sdk.generations.create(prompt="x", image_ref=[{"file_id": made.id}]).state == "queued"
    assert [one.id for one in sdk.files.list(state="ready").data] == [made.id]
    assert sdk.files.list(purpose="input").data == []
    sdk.files.delete(made.id)
    assert sdk.files.get(made.id).state == "deleted"
    with pytest.raises(luma_agents.UnprocessableEntityError):
        sdk.generations.create(prompt="x", image_ref=[{"file_id": made.id}])
    with pytest.raises(luma_agents.NotFoundError):
        sdk.files.get("unknown")
    assert fake.files.created == 1


def test_the_sdk_goes_through_files_by_pages(sdk: luma_agents.Luma) -> None:
    made = [sdk.files.create(mime_type="image/png", size_bytes=1).id for _ in range(3)]
    first = sdk.files.list(limit=2)
    assert ([one.id for one in first.data], first.has_more) == ([made[2], made[1]], True)
    assert first.next_cursor
    rest = sdk.files.list(limit=2, cursor=first.next_cursor)
    assert ([one.id for one in rest.data], rest.has_more, rest.next_cursor) == ([made[0]], False, None)


def test_a_small_file_may_come_in_one_piece(fake: luma.Luma) -> None:
    headers = {"Authorization": f"Bearer {luma.KEY}"}
    part = {"file": ("a.png", picture(), "image/png")}
    made = httpx.post(f"{fake.url}/files", files=part, headers=headers).json()
    assert made["upload"] is None
    states = [httpx.get(f"{fake.url}/files/{made['id']}", headers=headers).json()["state"] for _ in range(2)]
    assert states == ["pending", "ready"]


def test_the_sdk_meets_both_limits(fake: luma.Luma, sdk: luma_agents.Luma) -> None:
    fake.script = luma.Script(rpm=2, slots=1)
    sdk.generations.create(prompt="x")
    with pytest.raises(luma_agents.RateLimitError) as slots:
        sdk.generations.create(prompt="x")
    assert slots.value.body == {"detail": "Too many concurrent jobs"}
    assert slots.value.response.headers["retry-after"] == "60"
    assert "x-ratelimit-limit" not in slots.value.response.headers
    fake.script.slots = 0
    raw = sdk.generations.with_raw_response.create(prompt="x")
    assert (raw.headers["x-ratelimit-limit"], raw.headers["x-ratelimit-remaining"]) == ("2", "0")
    with pytest.raises(luma_agents.RateLimitError) as rate:
        sdk.generations.create(prompt="x")
    assert rate.value.body == {"detail": "Rate limit exceeded"}
    assert rate.value.response.headers["x-ratelimit-remaining"] == "0"
    assert int(rate.value.response.headers["retry-after"]) >= 1


def test_it_runs_as_a_program_and_is_scripted_over_http() -> None:
    command = [sys.executable, "-m", "tests.backends.fakes.luma", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout
            url = program.stdout.readline().strip()
            control = url.removesuffix("/v1") + "/_test"
            assert httpx.post(f"{control}/script", json={"queued": 0, "processing": 0}).json()["queued"] == 0
            httpx.post(f"{control}/faults", json=[{"on": "create", "status": 503, "detail": "no"}])
            with luma_agents.Luma(auth_token=luma.KEY, base_url=url, max_retries=0) as sdk:
                with pytest.raises(luma_agents.InternalServerError):
                    sdk.generations.create(prompt="x")
                made = sdk.generations.create(prompt="x")
                output = sdk.generations.get(made.id).output
            assert output is not None
            assert httpx.get(output[0].url).content == picture()
            httpx.post(f"{control}/expire")
            assert httpx.get(output[0].url).status_code == 403
            counts = httpx.get(f"{control}/counts").json()
            assert (counts["posts"], counts["polls"], counts["downloads"]) == (2, 1, 2)
            assert counts["generations"] == [made.id]
            httpx.post(f"{control}/reset")
            assert httpx.get(f"{control}/counts").json()["posts"] == 0
        finally:
            program.terminate()
