"""What the boxes of an MP4 tell, and that no bytes at all bring the reader down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parse.boxes import is_mp4, is_whole, seconds
from tests.backends.fakes.clips import clip


@pytest.mark.parametrize("lasts", [0.5, 5, 10, 17.96])
@pytest.mark.parametrize("wide", [False, True])
def test_a_clip_is_whole_and_says_how_long_it_plays(lasts: float, wide: bool) -> None:  # noqa: FBT001  a table's columns
    whole = clip(lasts, wide=wide)
    assert is_mp4(whole)
    assert is_whole(whole)
    assert seconds(whole) == pytest.approx(lasts)


def test_a_clip_cut_anywhere_is_not_whole() -> None:
    whole = clip()
    assert not [at for at in range(len(whole)) if is_whole(whole[:at])]
    assert not is_whole(whole + b"x")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\0\x08ftyp",
        b"\0\0\0\x08ftyp\0\0\0\x08moov"[:-1],
        b"\0\0\0\x04ftyp",
        b"\0\0\0\x01ftyp\0\0\0\0\0\0\0\x02",
        b"\xff\xff\xff\xffftypmoov",
        b"<html>ftyp</html>",
    ],
)
def test_what_is_no_whole_clip_has_no_length(content: bytes) -> None:
    assert not is_whole(content)
    assert seconds(content) is None


def test_a_box_may_run_to_the_end_and_a_movie_may_say_nothing() -> None:
    empty = b"\0\0\0\x08ftyp" + b"\0\0\0\x08moov" + b"\0\0\0\0mdat and more"
    assert is_whole(empty)
    assert seconds(empty) is None
    no_ticks = b"\0\0\0\x08ftyp" + b"\0\0\0\x24moov" + b"\0\0\0\x1cmvhd" + bytes(20)
    assert seconds(no_ticks) is None


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda odd: clip()[:60] + odd))
def test_any_bytes_are_read_to_an_end(content: bytes) -> None:
    assert (seconds(content) or 0) >= 0
    assert not is_whole(content) or b"moov" in content
