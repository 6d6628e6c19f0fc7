"""How a picture reaches Luma: as bytes, as a file uploaded once, by its address, or by the generation that made it."""

import asyncio
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from app.backends import _luma_files
from app.backends._luma_pictures import SMALL_BYTES, unfit
from app.backends.base import Access, Attachment, Order, Remembered, Uploaded
from app.backends.uni1 import Uni1
from app.errors import NeedsKeyError, RejectedError
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.backends.fakes.clips import clip
from tests.backends.fakes.orders import order, reference
from tests.backends.fakes.pictures import picture

SOURCE = "reference.role.source"
LARGE = picture() + bytes(SMALL_BYTES)
"""A picture with more behind its end, as some programs leave it."""


@pytest.fixture(scope="module")
def served() -> Iterator[luma.Luma]:
    with luma.served() as fake:
        yield fake


@pytest.fixture
def fake(served: luma.Luma) -> luma.Luma:
    served.reset()
    served.script = luma.Script(queued=0, processing=0)
    return served


def access_to(fake: luma.Luma, upload: str = "", uploads: Remembered | None = None) -> Access:
    return Access(fake.url, luma.KEY, {"upload": upload}, uploads or Remembered())


def shoot(access: Access, *attachments: Attachment, **changes: Any) -> tuple[str, ...]:
    """Submit and fetch, and return the take's notes."""
    uni1, what = Uni1(), order(attachments=attachments, **changes)

    async def both() -> tuple[str, ...]:
        ticket = await uni1.submit(what, access)
        return (await uni1.fetch(ticket, access)).notes

    return asyncio.run(both())


def forms(fake: luma.Luma) -> list[list[str]]:
    """Return by what each order named its references."""
    return [[*(next(iter(one)) for one in body.get("image_ref", []))] for body in fake.bodies]


def test_small_pictures_go_as_bytes_at_first_and_as_a_file_when_they_come_again(fake: luma.Luma) -> None:
    access = access_to(fake)
    assert shoot(access, reference(1), reference(2)) == ()
    assert shoot(access, reference(1), reference(2, content=picture(colour="#ffffff"))) == ()
    assert shoot(access, reference(1)) == ()
    assert forms(fake) == [["data", "data"], ["file_id", "data"], ["file_id"]]
    assert (fake.files.created, len(fake.files.puts), fake.posts) == (1, 1, 3)
    file = next(iter(fake.files.files.values()))
    assert file.content == reference(1).content
    assert file.shown["purpose"] == "reference"
    assert file.shown["expires_at"] is not None


def test_large_pictures_are_uploaded_at_once(fake: luma.Luma) -> None:
    shoot(access_to(fake), reference(1, content=LARGE), reference(2))
    assert forms(fake) == [["file_id", "file_id"]]


@pytest.mark.parametrize(
    ("upload", "named"),
    [("yes", "file_id"), (" Yes ", "file_id"), ("no", "data"), ("No", "data"), ("perhaps", "data")],
)
def test_somebody_may_say_once_and_for_all_how_references_travel(fake: luma.Luma, upload: str, named: str) -> None:
    access = access_to(fake, upload)
    shoot(access, reference(1))
    assert forms(fake) == [[named]]


def test_somebody_who_wants_no_uploads_has_none(fake: luma.Luma) -> None:
    access = access_to(fake, "no")
    shoot(access, reference(1, content=LARGE))
    shoot(access, reference(1, content=LARGE))
    assert (forms(fake), fake.files.created) == ([["data"], ["data"]], 0)


def test_a_picture_that_stands_twice_in_an_order_is_uploaded_once(fake: luma.Luma) -> None:
    shoot(access_to(fake, "yes"), reference(1), reference(2, content=reference(1).content))
    assert (forms(fake), fake.files.created) == ([["file_id", "file_id"]], 1)


def test_shots_that_go_out_together_upload_what_they_share_once(fake: luma.Luma) -> None:
    access, uni1 = access_to(fake, "yes"), Uni1()

    async def together() -> None:
        await asyncio.gather(*(uni1.submit(order(attachments=(reference(1),)), access) for _ in range(4)))

    asyncio.run(together())
    assert (fake.files.created, fake.posts) == (1, 4)


def test_what_was_uploaded_is_remembered_by_its_hash(fake: luma.Luma) -> None:
    uploads = Remembered()
    shoot(access_to(fake, "yes", uploads), reference(1, sha256="a" * 64), reference(2))
    assert uploads.get("a" * 64) is not None
    known = uploads.get(sha256(reference(2).content).hexdigest())
    assert known is not None
    assert known.file_id in fake.files.files
    assert known.expires_at is not None


def test_a_put_carries_exactly_the_headers_that_were_named_and_no_key(fake: luma.Luma) -> None:
    shoot(access_to(fake, "yes"), reference(1))
    (headers,) = fake.files.puts
    assert "authorization" not in headers
    assert luma.KEY not in str(headers)
    assert headers["content-type"] == "image/png"
    assert headers["x-amz-meta-file"] in fake.files.files


@pytest.mark.parametrize("how", ["deleted", "expired here", "expired there", "unknown", "failed"])
def test_a_file_that_can_no_longer_be_used_is_uploaded_again_once(fake: luma.Luma, how: str) -> None:
    uploads = Remembered()
    access = access_to(fake, "yes", uploads)
    shoot(access, reference(1, sha256="a" * 64))
    (known,) = fake.files.files
    if how == "expired here":
        uploads.put("a" * 64, Uploaded(known, 1.0))
    elif how == "expired there":
        fake.files.files[known].shown["expires_at"] = "2020-01-01T00:00:00Z"
    elif how in ("deleted", "failed"):
        fake.files.files[known].shown["state"] = how
    else:
        del fake.files.files[known]
    assert shoot(access, reference(1, sha256="a" * 64)) == ()
    assert shoot(access, reference(1, sha256="a" * 64)) == ()
    assert forms(fake) == [["file_id"]] * 3
    assert (fake.files.created, fake.posts) == (2, 3)
    assert fake.bodies[1]["image_ref"] == fake.bodies[2]["image_ref"] != fake.bodies[0]["image_ref"]


@pytest.mark.parametrize(
    ("on", "fault"),
    [
        ("file", {"status": 404, "detail": "Not Found"}),
        ("file", {"status": 429, "detail": "Too many requests"}),
        ("file", {"status": 413, "detail": "file too large"}),
        ("file", {"status": 500, "html": True}),
        ("file", {"status": 201, "html": True}),
        ("file", {"status": 201, "body": []}),
        ("file", {"status": 201, "body": {"id": None}}),
        ("file", {"hang_up": True}),
        ("put", {"status": 403, "html": True}),
        ("put", {"status": 307, "headers": {"Location": "/elsewhere"}}),
        ("put", {"hang_up": True}),
    ],
)
def test_an_upload_that_fails_falls_back_to_bytes_and_says_so(fake: luma.Luma, on: str, fault: dict[str, Any]) -> None:
    fake.fault(on, **fault)
    notes = shoot(access_to(fake, "yes"), reference(1))
    assert len(notes) == 1
    assert notes[0].startswith("A picture could not be uploaded, and was sent as bytes.")
    assert "<" not in notes[0]
    assert (forms(fake), fake.posts) == ([["data"]], 1)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ({"url": "https://10.0.0.7/put", "headers": {}}, "is not a public address"),
        ({"url": "http://luma.test/put", "headers": {}}, ""),
        ({"url": "file:///etc/passwd", "headers": {}}, ""),
        ({"url": "http://[::1", "headers": {}}, ""),
        ({"url": None}, "named no place"),
        ({"url": "https://luma.test/put", "headers": ["a"]}, "named no place"),
        ({"url": "https://luma.test/put", "headers": {"a": 7}}, "headers that cannot be sent"),
        ({"url": "https://luma.test/put", "headers": {"a": "b\r\nc: d"}}, "headers that cannot be sent"),
        ("there", "named no place"),
        ([], "named no place"),
    ],
)
def test_a_place_for_the_bytes_that_is_none_is_not_used(fake: luma.Luma, place: Any, says: str) -> None:
    fake.files.upload = place
    notes = shoot(access_to(fake, "yes"), reference(1))
    assert says in notes[0]
    assert (forms(fake), fake.files.puts) == ([["data"]], [])


def test_an_upload_that_luma_flags_says_why(fake: luma.Luma) -> None:
    fake.files.end, fake.files.reason = "failed", "Flagged by moderation."
    notes = shoot(access_to(fake, "yes"), reference(1))
    assert "Flagged by moderation." in notes[0]
    assert forms(fake) == [["data"]]


def test_an_upload_that_never_gets_ready_is_not_waited_for(fake: luma.Luma, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_luma_files, "INGEST_S", 0.05)
    fake.files.ingest = 10**6
    notes = shoot(access_to(fake, "yes"), reference(1))
    assert "within 0.05 s" in notes[0]
    assert forms(fake) == [["data"]]


def test_a_key_that_is_refused_while_uploading_ends_the_order(fake: luma.Luma) -> None:
    with pytest.raises(NeedsKeyError):
        shoot(Access(fake.url, "luma-api-revoked", {"upload": "yes"}), reference(1))
    assert fake.posts == 0


def test_a_source_is_uploaded_as_an_input(fake: luma.Luma) -> None:
    shoot(access_to(fake, "yes"), reference(0, role=SOURCE))
    assert [file.shown["purpose"] for file in fake.files.files.values()] == ["input"]
    assert list(fake.bodies[0]["source"]) == ["file_id"]


# By address.


def test_a_picture_with_an_address_is_fetched_by_luma(fake: luma.Luma) -> None:
    address = "https://cdn.example.org/look.png?sig=1"
    shoot(access_to(fake), reference(1, address=address), reference(2))
    assert fake.bodies[0]["image_ref"][0] == {"url": address}
    assert forms(fake) == [["url", "data"]]


@pytest.mark.parametrize(
    "address",
    [
        "http://cdn.example.org/look.png",
        "https://localhost/look.png",
        "https://127.0.0.1/look.png",
        "https://192.168.1.9/look.png",
        "https://[::1]/look.png",
        "https://studio/look.png",
        "https://me:secret@example.org/look.png",
        "https://[nonsense",
        "look.png",
        "",
    ],
)
def test_an_address_that_luma_cannot_reach_is_replaced_by_the_bytes(fake: luma.Luma, address: str) -> None:
    assert unfit(address)
    notes = shoot(access_to(fake), reference(1, address=address))
    assert forms(fake) == [["data"]]
    assert bool(notes) == bool(address)
    assert not address or notes[0].startswith("Luma cannot fetch a picture from its address: ")
    assert "secret" not in str(notes)


@pytest.mark.parametrize("address", ["https://example.org/a.png", "https://1.1.1.1/a.png", "https://bücher.example/a"])
def test_an_address_in_the_open_internet_is_fit(address: str) -> None:
    assert unfit(address) == ""


# By what Luma itself made.


def made(fake: luma.Luma, what: Order | None = None) -> str:
    """Have Luma make something, and return its ticket."""
    uni1, access = Uni1(), access_to(fake)

    async def shoot_it() -> str:
        ticket = await uni1.submit(what or order(), access)
        assert (await uni1.poll(ticket, access)).state == "done"
        return ticket

    return asyncio.run(shoot_it())


def test_an_edit_of_what_luma_made_names_it(fake: luma.Luma) -> None:
    origin = made(fake)
    notes = shoot(access_to(fake), reference(0, role=SOURCE, origin=origin), reference(1, origin=origin))
    assert fake.bodies[1]["source"] == {"generation_id": origin}
    assert forms(fake)[1] == ["data"]
    assert notes == ()


@pytest.mark.parametrize("fault", [None, {"status": 404, "detail": "Generation not found"}, {"hang_up": True}])
def test_an_edit_of_what_luma_no_longer_knows_brings_the_bytes(fake: luma.Luma, fault: dict[str, Any] | None) -> None:
    origin = made(fake) if fault else "2b0c6d52-6f0e-4a53-9a0e-6a7e0f1c9d11"
    if fault:
        fake.fault("look", **fault)
    source = reference(0, role=SOURCE, origin=origin)
    notes = shoot(access_to(fake), source)
    assert b64decode(fake.bodies[-1]["source"]["data"]) == source.content
    assert notes == ("Luma no longer knows a picture that it made; its bytes were sent.",)


def test_what_is_not_finished_or_of_another_kind_cannot_stand_for_a_picture(fake: luma.Luma) -> None:
    ray = vocabulary().target("ray-3.2")
    moving = made(fake, order(ray))
    fake.script = luma.Script(queued=10**6)
    waiting = asyncio.run(Uni1().submit(order(), access_to(fake)))
    fake.script = luma.Script(queued=0, processing=0)
    for origin in (moving, waiting):
        shoot(access_to(fake), reference(0, role=SOURCE, origin=origin))
        assert list(fake.bodies[-1]["source"]) == ["data", "media_type"]


def test_an_origin_with_a_refused_key_ends_the_order(fake: luma.Luma) -> None:
    with pytest.raises(NeedsKeyError):
        shoot(Access(fake.url, "luma-api-expired"), reference(0, role=SOURCE, origin="x"))
    assert fake.posts == 0


def test_layers_of_what_luma_made_are_asked_for_with_its_bytes(fake: luma.Luma) -> None:
    origin = made(fake)
    uni1, access = vocabulary().target("uni-1"), access_to(fake)
    shoot(access, reference(0, role=SOURCE, origin=origin), target=uni1, params={"layering": "1k"})
    assert list(fake.bodies[-1]["source"]) == ["data", "media_type"]


def test_a_clip_is_continued_by_the_generation_that_made_it_alone(fake: luma.Luma) -> None:
    ray = vocabulary().target("ray-3.2")
    origin = made(fake, order(ray))
    start = Attachment(0, "reference.role.start_frame", clip(), "video/mp4", origin=origin)
    shoot(access_to(fake), start, target=ray)
    assert fake.bodies[-1]["video"] == {"start_frame": {"generation_id": origin}}
    posts = fake.posts
    fake.generations.clear()
    with pytest.raises(RejectedError, match="continues only a clip that it made and still knows"):
        shoot(access_to(fake), start, target=ray)
    assert fake.posts == posts
