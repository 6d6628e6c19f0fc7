"""Pictures in their pieces: what stands beside the image data comes and goes, and the image data never change."""

import struct
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.errors import BadInputError
from app.parse.envelopes import MAX_PIECES, MEDIA_TYPES, Envelope, kind_of, opened
from app.parse.xmp import Told, read, write
from tests.backends.fakes.pictures import picture

FRAME = Image.fromarray(np.random.default_rng(7).integers(0, 255, (40, 61, 3), dtype=np.uint8))


def encoded(kind: str, frame: Image.Image = FRAME, **more: Any) -> bytes:
    out = BytesIO()
    frame.save(out, kind, **more)
    return out.getvalue()


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x010E] = "a wet street at night"
    return found


def texts() -> PngInfo:
    info = PngInfo()
    info.add_text("parameters", "a wet street at night")
    info.add_itxt("comment", "a wet street at night", zip=True)
    return info


FOREIGN = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'photoshop:Credit="The lab" xmp:CreatorTool="Another program"/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)

ICC = b"a profile of colours, as long as it needs to be"

PICTURES: dict[str, bytes] = {
    "PNG": encoded("PNG"),
    "PNG with texts": encoded("PNG", pnginfo=texts(), exif=exif(), icc_profile=ICC),
    "PNG with clear parts": encoded("PNG", FRAME.convert("RGBA")),
    "PNG with a palette": encoded("PNG", FRAME.convert("P")),
    "JPEG": encoded("JPEG"),
    "progressive JPEG": encoded("JPEG", progressive=True, exif=exif(), comment=b"a wet street at night"),
    "JPEG with restarts": encoded("JPEG", restart_marker_blocks=2, icc_profile=ICC),
    "JPEG in four inks": encoded("JPEG", FRAME.convert("CMYK")),
    "JPEG with foreign XMP": encoded("JPEG", xmp=FOREIGN.encode()),
    "WebP": encoded("WEBP"),
    "lossless WebP": encoded("WEBP", lossless=True),
    "clear lossless WebP": encoded("WEBP", FRAME.convert("RGBA"), lossless=True, exact=True),
    "clear WebP": encoded("WEBP", FRAME.convert("RGBA")),
    "WebP with all": encoded("WEBP", exif=exif(), icc_profile=ICC, xmp=FOREIGN.encode()),
    "moving WebP": encoded("WEBP", save_all=True, append_images=[FRAME.rotate(180)], duration=40),
}

ANY = pytest.mark.parametrize("name", PICTURES)


def pixels(picture: bytes) -> tuple[str, bytes]:
    with Image.open(BytesIO(picture)) as found:
        found.load()
        return found.mode, found.tobytes()


@ANY
def test_the_pieces_joined_are_the_file(name: str) -> None:
    assert opened(PICTURES[name]).joined() == PICTURES[name]


@ANY
@pytest.mark.parametrize("length", [0, 40, 70_000, 200_000], ids=["short", "odd", "long", "longer"])
def test_what_is_told_is_read_back_and_no_pixel_changes(name: str, length: int) -> None:
    picture = PICTURES[name]
    told = Told(title="Mara <at> & “灯”", take="灯" * length, references=("a" * 64, "b" * 64))
    short = write(Told(title="Mara"))
    copy = opened(picture).with_xmp(write(told, opened(picture).xmp()), short).joined()
    assert read(opened(copy).xmp()) == told
    assert opened(copy).image_hash() == opened(picture).image_hash()
    assert pixels(copy) == pixels(picture)
    again = opened(copy).with_xmp(write(Told(title="Mara")), short).joined()
    assert read(opened(again).xmp()) == Told(title="Mara")
    assert len(again) < len(picture) + 1200


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WebP", "lossless WebP"])
def test_another_program_finds_the_packet(name: str) -> None:
    copy = opened(PICTURES[name]).with_xmp(write(Told(title="Mara"))).joined()
    with Image.open(BytesIO(copy)) as found:
        found.load()
        packet = found.info["xmp"]
    assert b'<rdf:li xml:lang="x-default">Mara</rdf:li>' in packet


def test_a_packet_too_long_for_one_segment_leaves_the_short_one_in_front() -> None:
    copy = opened(PICTURES["JPEG"]).with_xmp(write(Told(take="x" * 90_000)), write(Told(creator="Ada"))).joined()
    with Image.open(BytesIO(copy)) as found:
        assert b"<rdf:li>Ada</rdf:li>" in found.info["xmp"]
    assert all(len(piece.raw) <= 65_535 + 2 for piece in opened(copy).pieces if piece.name == "APP1")


@pytest.mark.parametrize("name", ["JPEG with foreign XMP", "WebP with all"])
def test_what_another_program_told_stays_but_for_what_we_tell(name: str) -> None:
    picture = opened(PICTURES[name])
    assert read(picture.xmp()).tool == "Another program"
    packet = picture.with_xmp(write(Told(tool="Printlight"), picture.xmp())).xmp()
    assert "The lab" in packet
    assert "Another program" not in packet
    assert read(packet) == Told(tool="Printlight")


@ANY
def test_a_bare_picture_looks_the_same_and_tells_nothing(name: str) -> None:
    picture = opened(PICTURES[name]).with_xmp(write(Told(title="a wet street"))).joined()
    bare = opened(picture).bare().joined()
    assert pixels(bare) == pixels(PICTURES[name])
    assert b"wet street" not in bare
    with Image.open(BytesIO(bare)) as found, Image.open(BytesIO(PICTURES[name])) as before:
        assert found.info.get("icc_profile") == before.info.get("icc_profile")
        assert not found.getexif()
        assert found.size == before.size
        assert getattr(found, "n_frames", 1) == getattr(before, "n_frames", 1)


@ANY
def test_one_changed_pixel_changes_the_hash(name: str) -> None:
    picture = PICTURES[name]
    kind = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}[opened(picture).kind]
    with Image.open(BytesIO(picture)) as found:
        changed = found.convert("RGB")
    changed.putpixel((3, 3), (255, 0, 255))
    assert opened(encoded(kind, changed)).image_hash() != opened(picture).image_hash()


@ANY
def test_a_picture_that_was_cut_off_is_refused(name: str) -> None:
    picture = PICTURES[name]
    for length in {len(picture) - 1, len(picture) // 2, 40, 20, 13}:
        with pytest.raises(BadInputError):
            opened(picture[:length])


@given(name=st.sampled_from(sorted(PICTURES)), data=st.data())
def test_broken_bytes_are_read_or_refused_in_a_sentence(name: str, data: st.DataObject) -> None:
    content = bytearray(PICTURES[name])
    for at in data.draw(st.lists(st.integers(0, min(len(content), 400) - 1), min_size=1, max_size=5)):
        content[at] = data.draw(st.integers(0, 255))
    found = refused_or(bytes(content))
    if found is not None:
        assert read(found.xmp()) is not None
        copy = found.bare().with_xmp(write(Told(title="Mara")))
        assert copy.image_hash() == found.image_hash()
        assert opened(copy.joined()).image_hash() == found.image_hash()


def refused_or(content: bytes) -> Envelope | None:
    try:
        return opened(content)
    except BadInputError as error:
        assert error.message.endswith(".")  # noqa: PT017  either answer is right
        return None


HOSTILE = {
    "no picture": (b"GIF89a", "no PNG, JPEG or WebP"),
    "nothing": (b"", "no PNG, JPEG or WebP"),
    "too many parts": (PICTURES["PNG"][:33] + struct.pack(">I4sI", 0, b"abCd", 0) * (MAX_PIECES + 1), "parts"),
    "a WebP of nothing": (b"RIFF\x04\0\0\0WEBP", "cut off"),
    "a WebP without a head": (b"RIFF\x10\0\0\0WEBPVP8 \x04\0\0\0abcd", "broken"),
    "a WebP that begins with a text": (b"RIFF\x10\0\0\0WEBPEXIF\x04\0\0\0abcd", "broken"),
    "noise between segments": (PICTURES["JPEG"][:2] + b"noise" + PICTURES["JPEG"][2:], "broken"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_in_a_sentence(name: str) -> None:
    content, said = HOSTILE[name]
    with pytest.raises(BadInputError, match=said):
        opened(content)


LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)) + "]>"


@pytest.mark.parametrize(
    "packet", ["", "no XML", f"{LAUGHS}<x>&a8;</x>", "<x>" * 5000 + "</x>" * 5000, "<x/>" + " " * 5_000_000, "<a:b/>"]
)
def test_a_packet_that_cannot_be_read_tells_nothing_and_is_replaced(packet: str) -> None:
    assert read(packet) == Told()
    assert read(write(Told(title="Mara"), packet)) == Told(title="Mara")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1)


@given(title=TEXT, prompt=TEXT, references=st.lists(TEXT, max_size=3))
def test_any_words_come_back(title: str, prompt: str, references: list[str]) -> None:
    told = Told(title=title, ai_prompt=prompt, references=tuple(references))
    found = read(write(told))
    illegal = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "\ufffd")
    assert found.title == title.translate(illegal)
    assert found.ai_prompt == prompt.translate(illegal)
    assert found.references == tuple(one.translate(illegal) for one in references)
    assert write(told) == write(told)


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_a_kind_is_told_by_the_first_bytes(kind: str) -> None:
    assert kind_of(picture(kind)) == kind


@pytest.mark.parametrize("content", [b"", b"<html>", b"RIFF1234WAVE", picture("gif"), b"\0\0\0\x18ftypisom"])
def test_what_is_of_another_kind_has_none(content: bytes) -> None:
    assert kind_of(content) == ""
