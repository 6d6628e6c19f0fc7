"""What HTTP can do wrong, in our words; which addresses may be asked; what counts as a whole picture."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from app.backends._addresses import is_local, is_public, objection
from app.backends._http import answer, client, messages, received, refusal, speaking_to, words
from app.backends._media import clip, mp4, picture
from app.backends._storage import Storage
from app.errors import (
    BackendError,
    BusyError,
    NeedsKeyError,
    RejectedError,
    UnreachableError,
    UnsureError,
)
from tests.backends.fakes import comfy, luma
from tests.backends.fakes.clips import clip as film
from tests.backends.fakes.pictures import picture as drawn
from tests.backends.fakes.serving import closed_port

KEY = "luma-api-secret-0123456789"
HTML = "<!doctype html><html><h1>502 Bad Gateway</h1></html>"


def replied(status: int, body: Any = None, headers: dict[str, str] | None = None) -> httpx.Response:
    request = httpx.Request("POST", "https://luma.test/v1/x", headers={"Authorization": f"Bearer {KEY}"})
    how = {"text": body} if isinstance(body, str) else {"json": body}
    return httpx.Response(status, headers=headers, request=request, **how)


@pytest.mark.parametrize(
    ("raised", "sending", "not_sending"),
    [
        (httpx.ConnectError, UnreachableError, UnreachableError),
        (httpx.ConnectTimeout, UnreachableError, UnreachableError),
        (httpx.PoolTimeout, UnreachableError, UnreachableError),
        (httpx.ProxyError, UnreachableError, UnreachableError),
        (httpx.UnsupportedProtocol, UnreachableError, UnreachableError),
        (httpx.LocalProtocolError, UnreachableError, UnreachableError),
        (httpx.InvalidURL, UnreachableError, UnreachableError),
        (httpx.ReadTimeout, UnsureError, UnreachableError),
        (httpx.WriteTimeout, UnsureError, UnreachableError),
        (httpx.ReadError, UnsureError, UnreachableError),
        (httpx.WriteError, UnsureError, UnreachableError),
        (httpx.CloseError, UnsureError, UnreachableError),
        (httpx.RemoteProtocolError, UnsureError, UnreachableError),
        (httpx.DecodingError, UnsureError, UnreachableError),
    ],
)
def test_what_httpx_raises_is_said_in_our_words(
    raised: type[Exception], sending: type[BackendError], not_sending: type[BackendError]
) -> None:
    for is_sending, expected in ((True, sending), (False, not_sending)):
        with pytest.raises(BackendError) as caught, speaking_to("Luma", sending=is_sending):
            raise raised(f"secret {KEY}")
        assert type(caught.value) is expected
        assert KEY not in str(caught.value)
        assert caught.value.message.startswith(("Luma", "The address of Luma"))


def test_errors_of_our_own_pass_unchanged() -> None:
    with pytest.raises(ZeroDivisionError), speaking_to("Luma", sending=True):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("status", "body", "sending", "not_sending"),
    [
        (302, {}, RejectedError, RejectedError),
        (400, {"detail": "Unknown model: uni-9"}, RejectedError, RejectedError),
        (401, {"detail": "Invalid API key"}, NeedsKeyError, NeedsKeyError),
        (402, {"detail": "Insufficient credits."}, RejectedError, RejectedError),
        (403, {"detail": "API client is suspended"}, NeedsKeyError, NeedsKeyError),
        (413, {"detail": "Image exceeds 50 MB size limit"}, RejectedError, RejectedError),
        (422, {"detail": [{"loc": ["body", "x"], "msg": "bad"}]}, RejectedError, RejectedError),
        (429, {"detail": "Rate limit exceeded"}, BusyError, BusyError),
        (500, {"detail": "boom"}, UnsureError, UnreachableError),
        (502, {"detail": "Upstream service unavailable"}, BusyError, UnreachableError),
        (503, {"detail": "Image URL ingestion unavailable"}, BusyError, UnreachableError),
        (502, HTML, UnsureError, UnreachableError),
        (503, {}, UnsureError, UnreachableError),
        (503, {"message": "overloaded"}, UnsureError, UnreachableError),
        (504, {"detail": "timeout"}, UnsureError, UnreachableError),
    ],
)
def test_a_status_means_one_error(
    status: int, body: Any, sending: type[BackendError], not_sending: type[BackendError]
) -> None:
    for is_sending, expected in ((True, sending), (False, not_sending)):
        error = refusal(replied(status, body), "Luma", sending=is_sending)
        assert type(error) is expected
        assert str(status) in str(error)
        assert "<" not in str(error)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"detail": "Unknown model: x"}, "Unknown model: x"),
        ({"detail": [{"loc": ["body", "steps"], "msg": "not a number"}]}, "steps: not a number"),
        ({"detail": ["one", "two"]}, "one; two"),
        ({"detail": {"message": "deep"}}, "deep"),
        ({"error": "OutOfMemoryError", "detail": "", "errors": "CUDA out of memory"}, "CUDA out of memory"),
        ({"error": {"message": "openai style"}}, "openai style"),
        ({"error": "prompt required"}, "prompt required"),
        ({"detail": None}, ""),
        ({"detail": HTML}, ""),
        ([], ""),
        (None, ""),
        (HTML, ""),
        ("service down\nplease wait", "service down please wait"),
        ({"detail": f"bad key {KEY}"}, "bad key …"),
    ],
)
def test_the_service_is_quoted_without_html_and_without_the_key(body: Any, said: str) -> None:
    assert words(replied(400, body)) == said


def test_a_long_quotation_is_cut() -> None:
    assert len(words(replied(400, {"detail": "x" * 9000}))) == 400


@pytest.mark.parametrize(
    ("given", "wait"),
    [("60", 60), ("0", 1), ("-3", 1), ("nan", 5), ("soon", 5), ("", 5), ("999999", 3600), ("1.5", 1.5)],
)
def test_retry_after_is_read_with_care(given: str, wait: float) -> None:
    error = refusal(replied(429, {}, {"retry-after": given}), "Luma")
    assert isinstance(error, BusyError)
    assert error.retry_after_s == wait


def test_retry_after_may_be_a_date() -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    error = refusal(replied(429, {}, {"retry-after": then}), "Luma")
    assert isinstance(error, BusyError)
    assert 80 < error.retry_after_s <= 90


def test_a_good_answer_that_is_no_json_is_unsure_only_when_something_was_sent() -> None:
    assert answer(replied(201, {"id": "x"}), "Luma", sending=True) == {"id": "x"}
    with pytest.raises(UnsureError):
        answer(replied(201, HTML), "Luma", sending=True)
    with pytest.raises(UnreachableError):
        answer(replied(200, HTML), "Luma")


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel", "tab\t", "\x00"])
def test_a_key_that_no_header_can_hold_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(NeedsKeyError) as caught:
        client("https://luma.test", bearer=key)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("::ffff:8.8.8.8", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.9", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104  refused, not bound
        ("224.0.0.1", False),
        ("239.1.1.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("192.0.2.7", False),
        ("198.18.0.1", False),
        ("::1", False),
        ("::", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::808:808", False),
        ("2002:7f00:1::", False),
        ("2002:808:808::", False),
        ("2001::1", False),
        ("2001:db8::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("ff0e::1", False),
    ],
)
def test_only_the_open_internet_is_public(address: str, public: bool) -> None:  # noqa: FBT001
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "addresses", "local", "why"),
    [
        ("https://storage.test/a.png", ["8.8.8.8"], False, ""),
        ("https://storage.test/a.png", ["8.8.8.8", "10.0.0.1"], False, "10.0.0.1 is not a public address"),
        ("https://storage.test/a.png", ["::1"], True, "::1 is not a public address"),
        ("http://storage.test/a.png", ["8.8.8.8"], False, "it is not https"),
        ("http://storage.test/a.png", ["8.8.8.8"], True, "it is not https"),
        ("http://localhost:9/a.png", ["127.0.0.1"], False, "it is not https"),
        ("http://localhost:9/a.png", ["127.0.0.1", "::1"], True, ""),
        ("http://localhost:9/a.png", ["127.0.0.1", "10.0.0.1"], True, "it is not https"),
        ("http://storage.test/a.png", [], True, "it is not https"),
        ("file:///etc/passwd", [], False, "it is not https"),
        ("ftp://storage.test/a.png", ["8.8.8.8"], True, "it is not https"),
        ("https://user:pass@storage.test/a.png", ["8.8.8.8"], False, "it carries a login"),
    ],
)
def test_an_address_is_judged_before_it_is_asked(url: str, addresses: list[str], local: bool, why: str) -> None:  # noqa: FBT001
    assert objection(url, addresses, may_be_local=local) == why


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:7860", True),
        ("http://localhost", True),
        ("http://[::1]:1", True),
        ("http://192.168.1.5:7860", False),
        ("https://agents.lumalabs.ai/v1", False),
        ("http://127.0.0.1.evil.test", False),
        ("http://[nonsense", False),
    ],
)
def test_this_machine_is_told_by_its_address(url: str, local: bool) -> None:  # noqa: FBT001
    assert is_local(url) is local


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_picture_is_told_by_its_bytes_and_must_be_whole(kind: str) -> None:
    whole = drawn(kind, size=(200, 120))
    assert picture(whole, "Luma") == (whole, f"image/{kind}")
    for cut in (whole[:-3], whole[: len(whole) // 2]):
        with pytest.raises(UnreachableError, match="ends too soon"):
            picture(cut, "Luma")


def test_a_jpeg_may_carry_something_behind_its_end() -> None:
    assert picture(drawn("jpeg") + bytes(40), "Luma").media_type == "image/jpeg"


@pytest.mark.parametrize("content", [b"", b"<html>", b"RIFF1234WAVE", drawn("gif")])
def test_anything_else_is_no_picture(content: bytes) -> None:
    with pytest.raises(UnreachableError, match="no PNG, JPEG or WebP"):
        picture(content, "Luma")


def test_a_private_address_is_refused_by_resolving_and_never_asked() -> None:
    with luma.served() as fake:
        for url in (f"{fake.storage_url}/out/a.png", fake.storage_url.replace("http:", "https:")):
            with pytest.raises(BackendError, match="was not fetched") as caught:
                asyncio.run(Storage("Luma").picture(url))
            assert type(caught.value) is BackendError
        assert fake.downloads == 0


def test_a_host_without_address_and_a_port_without_server_are_unreachable() -> None:
    with pytest.raises(UnreachableError):
        asyncio.run(Storage("Luma").picture("https://nowhere.invalid/a.png"))
    with pytest.raises(UnreachableError):
        asyncio.run(Storage("Luma", may_be_local=True).picture(f"http://127.0.0.1:{closed_port()}/a.png"))
    with pytest.raises(UnreachableError):
        asyncio.run(Storage("Luma").picture("https://[nonsense"))


def test_behind_a_proxy_names_are_left_to_it_and_addresses_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with pytest.raises(UnreachableError, match="cannot be reached"):
        asyncio.run(Storage("Luma").picture("https://nowhere.invalid/a.png"))
    for host in ("10.0.0.1", "localhost", "[::1]"):
        with pytest.raises(BackendError, match="not a public address"):
            asyncio.run(Storage("Luma").picture(f"https://{host}/a.png"))


def test_this_machine_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{closed_port()}")

    async def ask(url: str) -> int:
        async with client(url, bearer=luma.KEY) as api:
            return (await api.get("/generations/none")).status_code

    with luma.served() as fake:
        assert asyncio.run(ask(fake.url)) == 404


def test_a_clip_is_an_mp4_with_all_its_boxes() -> None:
    assert mp4(film(), "Luma") == (film(), "video/mp4")
    for content, says in ((drawn(), "no MP4"), (b"", "no MP4"), (film()[:-1], "ends too soon")):
        with pytest.raises(UnreachableError, match=says):
            mp4(content, "Luma")


@pytest.mark.parametrize(
    "url", ["https://10.0.0.1/x", "http://8.8.8.8/x", "https://me:pw@8.8.8.8/x", "http://127.0.0.1/x"]
)
def test_neither_a_clip_nor_an_upload_goes_where_nothing_may_be_asked(url: str) -> None:
    for trip in (Storage("Luma").clip(url), Storage("Luma").put(url, b"x", {})):
        with pytest.raises(BackendError, match=r"was not (fetched from|sent to) where Luma says it is"):
            asyncio.run(trip)


def films(*boxes: tuple[bytes, int]) -> bytes:
    return b"".join(size.to_bytes(4) + name + bytes(max(0, size - 8)) for name, size in boxes)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (films((b"ftyp", 20), (b"moov", 8), (b"mdat", 40)), "video/mp4"),
        (films((b"ftyp", 20), (b"moov", 8)) + b"\x00\x00\x00\x01mdat" + (24).to_bytes(8) + bytes(8), "video/mp4"),
        (films((b"ftyp", 20), (b"moov", 8)) + b"\x00\x00\x00\x00mdat" + bytes(30), "video/mp4"),
        (b"\x1aE\xdf\xa3" + bytes(20), "video/webm"),
        (drawn(), ""),
        (b"", ""),
    ],
)
def test_a_clip_is_known_by_its_first_bytes(content: bytes, media_type: str) -> None:
    found = clip(content, "ComfyUI")
    assert (found.media_type if found else "") == media_type


@pytest.mark.parametrize(
    "content",
    [
        films((b"ftyp", 20), (b"moov", 8), (b"mdat", 40))[:-1],
        films((b"ftyp", 20), (b"moov", 8)) + b"\x00\x00\x00\x04mdat",
        films((b"ftyp", 20), (b"moov", 8)) + b"\x00\x00",
    ],
)
def test_a_clip_that_ends_too_soon_is_not_taken(content: bytes) -> None:
    with pytest.raises(UnreachableError, match="ends too soon"):
        clip(content, "ComfyUI")


def test_a_socket_that_cannot_be_opened_is_unreachable() -> None:
    async def listen(url: str) -> list[str | bytes]:
        return [one async for one in messages(url, "ComfyUI")]

    with luma.served() as fake:
        for url in (f"http://127.0.0.1:{closed_port()}/ws", f"{fake.url}/ws", "nonsense"):
            with pytest.raises(UnreachableError, match="no progress"):
                asyncio.run(listen(url))


@pytest.mark.parametrize(
    ("path", "most", "error", "says"),
    [
        ("/system_stats", 10, BackendError, "larger than 0 MiB"),
        ("/view?filename=none.png", 10, UnreachableError, "ComfyUI answered 404"),
    ],
)
def test_what_cannot_be_received_says_why(path: str, most: int, error: type[BackendError], says: str) -> None:
    async def receive(url: str) -> bytes:
        async with client(url) as server:
            return await received(server, path, "ComfyUI", max_bytes=most)

    with comfy.served() as fake, pytest.raises(error, match=says):
        asyncio.run(receive(fake.url))
