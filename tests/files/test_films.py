"""Films: their size and duration are read of real ones; what is cut off, broken or of another kind is refused."""

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UploadError
from app.files import films, inspect, kinds
from app.parse import boxes
from tests.backends.fakes.pictures import picture


def film(folder: Path, kind: str, frames: int = 12, first: int = 0) -> bytes:
    """Return a film as a camera or a service writes it: each frame is a grey, 9 levels over the one before."""
    path = folder / f"film.{kind}"
    code = {"mp4": "vp09", "webm": "VP80"}[kind]  # what a browser plays
    out = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*code), 24.0, (64, 36))
    assert out.isOpened()
    for level in range(frames):
        out.write(np.full((36, 64, 3), first + level * 9, np.uint8))
    out.release()
    return path.read_bytes()


@pytest.fixture(scope="module")
def reels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return {kind: film(tmp_path_factory.mktemp("reels"), kind) for kind in ("mp4", "webm")}


@pytest.mark.parametrize(("kind", "media_type"), [("mp4", "video/mp4"), ("webm", "video/webm")])
def test_a_film_tells_its_size_and_duration(reels: dict[str, bytes], kind: str, media_type: str) -> None:
    stored = inspect(reels[kind])
    assert (stored.media_type, stored.width, stored.height, stored.still) == (media_type, 64, 36, False)
    assert stored.duration_s == pytest.approx(0.5, abs=0.05)
    assert stored.size == len(reels[kind])


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_film_that_was_cut_off_anywhere_is_refused(reels: dict[str, bytes], kind: str, data: st.DataObject) -> None:
    whole = reels[kind]
    with pytest.raises(UploadError):
        inspect(whole[: data.draw(st.integers(0, len(whole) - 1))])


@settings(max_examples=150)
@given(data=st.data())
@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_film_with_broken_bytes_is_read_or_refused_in_a_sentence(
    reels: dict[str, bytes], kind: str, data: st.DataObject
) -> None:
    content = bytearray(reels[kind])
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[at] = data.draw(st.integers(0, 255))
    assert answer(bytes(content)).endswith(".")


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_no_single_byte_breaks_the_reader(reels: dict[str, bytes], kind: str) -> None:
    whole = reels[kind]
    for at in range(len(whole)):
        for value in (0, 1, 0x7F, 0xFF, whole[at] ^ 0x20):
            assert answer(whole[:at] + bytes([value]) + whole[at + 1 :]).endswith(".")


def answer(content: bytes) -> str:
    try:
        return f"{inspect(content).media_type}."
    except UploadError as error:
        return error.message


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), name) + body


def test_a_film_shot_upright_is_upright(reels: dict[str, bytes]) -> None:
    upright = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    level = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    content = reels["mp4"]
    at = content.index(level, content.index(b"tkhd"))
    turned = inspect(content[:at] + upright + content[at + 36 :])
    assert (turned.width, turned.height) == (36, 64)


def element(name: int, body: bytes) -> bytes:
    size = (len(body) | 1 << 28).to_bytes(4)
    return name.to_bytes((name.bit_length() + 7) // 8) + size + body


def webm(video: bytes, duration: float = 24) -> bytes:
    """Return a WebM with nothing but what is told of it."""
    head = element(films.EBML, element(films.DOC_TYPE, b"webm"))
    info = element(films.INFO, element(films.DURATION, struct.pack(">d", duration)))
    tracks = element(films.TRACKS, element(films.TRACK, element(films.VIDEO, video)))
    return head + element(films.SEGMENT, info + tracks)


@pytest.mark.parametrize(
    ("told", "lasts"), [(24.0, 0.024), (0.0, None), (-1.0, None), (float("nan"), None), (float("inf"), None)]
)
def test_a_duration_that_is_none_is_left_out(told: float, lasts: float | None) -> None:
    frame = element(films.WIDTH, b"\x10") + element(films.HEIGHT, b"\x09")
    assert inspect(webm(frame, told)).duration_s == (pytest.approx(lasts) if lasts else None)


REFUSED = {
    "QuickTime": (box(b"ftyp", b"qt  \0\0\0\0") + box(b"mdat", b""), "QuickTime"),
    "only sound": (box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", box(b"udta", b"")) + box(b"mdat", b""), "no picture"),
    "no frames": (box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", box(b"udta", b"")), "cut off"),
    "a width of many bytes": (webm(element(films.WIDTH, b"\xff" * 4096)), "cut off"),
    "Matroska": (b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska", "Matroska"),
    "AVIF is a picture": (box(b"ftyp", b"avif\0\0\0\0"), "not a picture|not taken|broken"),
    "HTML": (b"<html>", "not a picture"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_film_of_ours_is_refused_with_the_limits(name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(UploadError, match=said) as refused:
        inspect(content)
    assert refused.value.hint


def test_a_bomb_of_boxes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxes, "MAX_BOXES", 100)
    with pytest.raises(UploadError, match="more than 100 parts"):
        inspect(box(b"ftyp", b"isom\0\0\0\0") + box(b"free", b"") * 101)


def test_a_film_has_a_limit_of_its_own(reels: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MAX_BYTES", 1)
    assert inspect(reels["mp4"]).size > 1
    with pytest.raises(UploadError, match="The picture has"):
        inspect(picture())
    monkeypatch.setattr(kinds, "MAX_FILM_BYTES", 1)
    with pytest.raises(UploadError, match="The film has"):
        inspect(reels["mp4"])


def test_what_programs_wrote_into_a_webm_is_taken_out_and_nothing_moves() -> None:
    words = b"A keeper waits"
    info = element(films.INFO, element(films.TITLE, words) + element(films.DURATION, struct.pack(">d", 24)))
    video = element(films.VIDEO, element(films.WIDTH, b"\x10") + element(films.HEIGHT, b"\x09"))
    tracks = element(films.TRACKS, element(films.TRACK, video))
    beside = element(films.TAGS, words) + element(films.ATTACHED, words * 20)
    head = element(films.EBML, element(films.DOC_TYPE, b"webm"))
    whole = head + element(films.SEGMENT, beside + info + tracks)
    bare = films.untold(whole)
    assert (words in bare, len(bare), bare.index(tracks)) == (False, len(whole), whole.index(tracks))
    assert films.measure(bare) == films.measure(whole)
    with pytest.raises(UploadError, match="cut off"):
        films.untold(whole[:-1])
