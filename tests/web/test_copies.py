"""Pictures over HTTP, kept in a bucket: as received, small, and as copies that tell their shot."""

from collections.abc import Iterator
from io import BytesIO

import httpx
import pytest
from PIL import Image

from app.files.origin import origin_of
from app.web.parts import part_of
from tests.backends.fakes import luma
from tests.backends.fakes.pictures import picture
from tests.places import places
from tests.running import Studio, for_luma, studio

PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def fake() -> Iterator[luma.Luma]:
    with luma.served() as one:
        yield one


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, fake: luma.Luma) -> Iterator[Studio]:
    bucket = {"PRINTLIGHT_PICTURES": "s3://reels/the-lamp-room", **places.access}
    with studio(tmp_path_factory.mktemp("studio"), **{**bucket, **for_luma(fake)}) as one:
        yield one


@pytest.fixture(scope="module")
def takes(running: Studio, fake: luma.Luma) -> dict[str, str]:
    """Return a finished take of each type, by the suffix of its file."""
    found = {}
    for kind, suffix in {"png": "png", "jpeg": "jpg", "webp": "webp"}.items():
        fake.script.picture = kind
        found[suffix] = running.shoot("uni1")
        assert running.wait_for(found[suffix], "done", "failed") == "done", running.log()
    return found


SUFFIXES = pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])


@SUFFIXES
def test_each_type_is_saved_with_its_shot(running: Studio, takes: dict[str, str], suffix: str) -> None:
    page = httpx.get(f"{running.url}/takes/{takes[suffix]}", headers=PAGE).text
    for asked in ("", "?label=1", "?prompt=0"):
        address = f"/takes/{takes[suffix]}/picture.{suffix}{asked}"
        assert f'href="{address}"' in page
        saved = httpx.get(running.url + address)
        assert saved.headers["content-type"] == f"image/{'jpeg' if suffix == 'jpg' else suffix}"
        assert f'.{suffix}"' in saved.headers["content-disposition"]
        origin = origin_of(saved.content)
        assert origin.pixels == "as exported"
        assert bool(origin.document) == (asked != "?prompt=0")
    other = httpx.get(f"{running.url}/takes/{takes[suffix]}/picture.tiff")
    assert (other.status_code, suffix in other.json()["hint"]) == (404, True)


@SUFFIXES
def test_a_bucket_gives_back_what_was_received(running: Studio, takes: dict[str, str], suffix: str) -> None:
    sha256 = original(running, takes[suffix])
    kept = httpx.get(f"{running.url}/pictures/{sha256}")
    assert kept.content == picture({"jpg": "jpeg"}.get(suffix, suffix))
    assert "immutable" in kept.headers["cache-control"]
    assert not (running.data / "pictures").exists()


def original(running: Studio, take: str) -> str:
    page = httpx.get(f"{running.url}/takes/{take}", headers=PAGE).text
    return page.partition('src="/pictures/')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("asked", "width"), [("", 640), ("?wide=1", 320), ("?wide=640", 640), ("?wide=700", 1280), ("?wide=99999", 1280)]
)
def test_a_thumbnail_is_the_next_that_is_wide_enough(running: Studio, asked: str, width: int) -> None:
    content = picture("png", (2000, 1000))
    sha256 = httpx.post(f"{running.url}/pictures", files={"file": ("a.png", content)}).json()["sha256"]
    small = httpx.get(f"{running.url}/pictures/{sha256}/thumbnail{asked}")
    assert small.headers["content-type"] == "image/webp"
    assert "immutable" in small.headers["cache-control"]
    with Image.open(BytesIO(small.content)) as opened:
        assert opened.size == (width, width // 2)


def test_a_film_is_no_reference(running: Studio) -> None:
    film = b"\0\0\0\x18ftypisom" + bytes(12) + b"\0\0\0\x08mdat"
    answer = httpx.post(f"{running.url}/pictures", files={"file": ("a.mp4", film)})
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("The film is")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", None), ("bytes=0-", range(10)), ("bytes=0-0", range(1)), ("bytes=4-6", range(4, 7)),
        ("bytes=4-99", range(4, 10)), ("bytes=-3", range(7, 10)), ("bytes=-99", range(10)), ("bytes=9-", range(9, 10)),
        ("bytes=10-", range(0)), ("bytes=99-120", range(0)), ("bytes=-0", range(0)), ("bytes=6-4", None),
        ("bytes=-", None), ("bytes=0-1,4-5", None), ("lines=0-1", None), ("bytes=a-b", None),
        (f"bytes={'9' * 99}-", None),
    ],
)  # fmt: skip
def test_a_part_is_asked_for_as_http_says(asked: str, expected: range | None) -> None:
    found = part_of(10, asked)
    assert (found is None) is (expected is None)
    assert list(found or ()) == list(expected or ())


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        (None, 200, None), ("bytes=0-", 206, "bytes 0-{last}/{size}"), ("bytes=2-5", 206, "bytes 2-5/{size}"),
        ("bytes=-4", 206, "bytes {tail}-{last}/{size}"), ("bytes=999999-", 416, "bytes */{size}"),
    ],
)  # fmt: skip
def test_a_bucket_gives_the_part_that_is_asked_for(
    running: Studio, takes: dict[str, str], asked: str | None, status: int, told: str | None
) -> None:
    whole = picture()
    answer = httpx.get(
        f"{running.url}/pictures/{original(running, takes['png'])}", headers={"Range": asked} if asked else {}
    )
    places = {"size": len(whole), "last": len(whole) - 1, "tail": len(whole) - 4}
    assert answer.status_code == status
    assert answer.headers.get("content-range") == (told.format(**places) if told else None)
    part = part_of(len(whole), asked or "")
    expected = whole if part is None else whole[part.start : part.stop]
    assert answer.content == (b"" if status == 416 else expected)


def test_where_prompts_stay_home_no_address_gives_them_away(running: Studio, takes: dict[str, str]) -> None:
    film = f"{running.url}/projects/the-lamp-room"
    saved = f"{running.url}/takes/{takes['png']}/picture.png"
    assert httpx.post(f"{film}/prompts", data={"stay": "yes"}).status_code == 303
    try:
        for asked in ("", "?prompt=1", "?prompt=true&label=1"):
            assert origin_of(httpx.get(saved + asked).content).document == {}
        page = httpx.get(f"{running.url}/takes/{takes['png']}", headers=PAGE).text
        assert ("The prompts of this film stay home" in page, "With its shot" in page) == (True, False)
        assert "This film's prompts stay home." in httpx.get(film, headers=PAGE).text
    finally:
        httpx.post(f"{film}/prompts")
    assert origin_of(httpx.get(saved).content).document
