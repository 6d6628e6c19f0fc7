"""A clip as its boxes: what is added and taken out moves nothing that is played, and hides nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError
from app.parse.boxes import boxes, is_whole, seconds
from app.parse.clips import SEAL_ID, XMP_ID, Clip, carrier
from tests.backends.fakes.clips import clip
from tests.backends.fakes.pictures import picture

WORDS = b"A keeper waits"


def box(name: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4) + name + body


def spoken() -> bytes:
    """Return a clip that tells its prompt wherever programs write one."""
    head, moov, rest = clip()[:24], clip()[24:], b""
    size = int.from_bytes(moov[:4])
    moov, rest = moov[8:size], moov[size:]
    track = moov[-(len(moov) - moov.index(b"trak") + 4) :]
    told = box(b"udta", box(b"meta", bytes(4) + WORDS))
    film = moov[: -len(track)] + box(b"trak", track[8:] + box(b"udta", WORDS)) + told + box(b"meta", WORDS)
    beside = box(b"uuid", bytes(16) + WORDS) + box(b"free", WORDS) + box(b"skip", WORDS) + box(b"meta", WORDS)
    return head + beside + box(b"moov", film) + rest


@given(
    packet=st.text(st.characters(exclude_categories=["Cs"]), max_size=300), whole=st.sampled_from([clip(), spoken()])
)
def test_a_packet_is_read_back_and_the_rest_is_as_it_was(packet: str, whole: bytes) -> None:
    once = carrier(whole).with_xmp(packet)
    assert once.xmp() == packet
    assert once.joined()[: len(whole)] == whole
    assert once.image_hash() == carrier(whole).image_hash()
    again = once.with_xmp("another")
    assert again.xmp() == "another"
    assert is_whole(again.joined())
    assert len(packet) < 8 or packet.encode() not in again.joined()


def test_a_last_box_that_runs_to_the_end_is_closed_first() -> None:
    whole = clip()
    at = whole.index(b"mdat") - 4
    open_ended = whole[:at] + bytes(4) + whole[at + 4 : at + 8] + whole[at + 16 :]
    copy = carrier(open_ended).with_xmp("<x/>")
    assert [one.name for one in boxes(memoryview(copy.joined()))] == [b"ftyp", b"moov", b"mdat", b"uuid"]
    assert copy.image_hash() == carrier(whole).image_hash() == carrier(open_ended).image_hash()


def test_bare_it_tells_nothing_and_nothing_has_moved() -> None:
    whole = spoken()
    assert whole.count(WORDS) == 7
    bare = carrier(whole).bare().joined()
    assert WORDS not in bare
    assert len(bare) == len(whole)
    assert bare.index(b"mdat") == whole.index(b"mdat")
    assert (is_whole(bare), seconds(bare)) == (True, 5)
    assert carrier(bare).image_hash() == carrier(whole).image_hash()


def test_content_credentials_are_seen_and_taken_out() -> None:
    sealed = carrier(clip() + box(b"uuid", SEAL_ID + WORDS))
    assert sealed.sealed()
    assert not sealed.unsealed().sealed()
    assert WORDS not in sealed.unsealed().joined()
    assert not carrier(clip() + box(b"uuid", XMP_ID + b"<x/>")).sealed()


def test_a_picture_is_its_own_carrier() -> None:
    assert carrier(picture()).kind == "png"
    assert isinstance(carrier(clip()), Clip)


@given(
    st.binary(max_size=80).map(lambda odd: clip()[:40] + odd)
    | st.integers(8, len(clip()) - 1).map(lambda n: clip()[:n])
)
def test_what_is_broken_is_refused_or_read_to_its_end(content: bytes) -> None:
    try:
        found = carrier(content)
    except BadInputError:
        return
    assert found.with_xmp("x").xmp() == "x"
    assert found.bare().joined()


def test_anything_else_is_refused() -> None:
    with pytest.raises(BadInputError, match="no PNG, JPEG or WebP"):
        carrier(b"\x1aE\xdf\xa3 a WebM")
