"""Small copies of pictures: upright, in sRGB, made once, and free to be thrown away."""

import multiprocessing
import struct
from io import BytesIO
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest
from PIL import Image, ImageCms

from app.errors import BadInputError, StorageError
from app.files import Pictures
from app.files.thumbnails import WIDTHS, thumbnail
from tests.backends.fakes.pictures import picture


def shown(content: bytes) -> Image.Image:
    """Return what a screen shows."""
    with Image.open(BytesIO(content)) as opened:
        assert opened.format == "WEBP"
        return opened.copy()


def encoded(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_it_is_as_wide_as_asked_and_keeps_its_ratio(kind: str, width: int) -> None:
    small = shown(thumbnail(picture(kind, (1920, 804)), width))
    assert small.width == width
    assert small.width / small.height == pytest.approx(1920 / 804, rel=0.01)


@pytest.mark.parametrize(("size", "width"), [((48, 27), 320), ((320, 10), 320)])
def test_a_small_picture_is_not_blown_up(size: tuple[int, int], width: int) -> None:
    assert shown(thumbnail(picture("png", size), width)).size == size


def test_a_tall_strip_is_made_narrower() -> None:
    small = shown(thumbnail(picture("png", (640, 30_000)), 320))
    assert small.height == 1280


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright(orientation: int) -> None:
    upright = Image.new("RGB", (400, 200), "black")
    upright.paste("white", (0, 0, 100, 50))
    turns = {
        1: [], 2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE], 8: [Image.Transpose.ROTATE_270],
    }[orientation]  # fmt: skip
    lying = upright
    for turn in turns:
        lying = lying.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    small = shown(thumbnail(encoded(lying, "JPEG", exif=exif, quality=95), 320))
    assert small.size == (320, 160)
    assert [level(small, at) > 128 for at in ((20, 10), (300, 10), (20, 150), (300, 150))] == [
        True,
        False,
        False,
        False,
    ]


def level(image: Image.Image, at: tuple[int, int], channel: int = 1) -> int:
    """Return how bright a pixel is in one channel, 0 to 255."""
    return int(np.asarray(image.convert("RGB"))[at[1], at[0], channel])


def test_colours_of_another_space_are_brought_to_srgb() -> None:
    wide = wide_profile()
    plain = Image.new("RGB", (64, 64), (200, 60, 40))
    tagged = shown(thumbnail(encoded(plain, icc_profile=wide), 320))
    untagged = shown(thumbnail(encoded(plain), 320))
    assert level(tagged, (32, 32), 0) > level(untagged, (32, 32), 0) + 10
    assert level(tagged, (32, 32), 1) < level(untagged, (32, 32), 1)


def wide_profile() -> bytes:
    """Return sRGB's profile with a red and a green of Display P3 in it."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", content, 128)[0]
    tags = {
        bytes(content[132 + 12 * n : 136 + 12 * n]): struct.unpack_from(">I", content, 136 + 12 * n)[0]
        for n in range(count)
    }
    primaries = {
        b"rXYZ": (0.5151, 0.2412, -0.0011),
        b"gXYZ": (0.2919, 0.6922, 0.0419),
        b"bXYZ": (0.1572, 0.0666, 0.7841),
    }
    for name, values in primaries.items():
        struct.pack_into(">3i", content, tags[name] + 8, *(round(value * 65536) for value in values))
    return bytes(content)


def test_a_profile_that_is_broken_is_passed_over() -> None:
    assert shown(thumbnail(encoded(Image.new("RGB", (8, 8), "red"), icc_profile=b"no profile at all"), 320)).size == (
        8,
        8,
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_shown(mode: str) -> None:
    grey = 255 if mode == "1" else 200
    if mode == "I;16":
        image = Image.fromarray(np.full((40, 60), grey * 256, np.uint16))
    else:
        image = Image.new("RGB", (60, 40), (grey, grey, grey)).convert(mode)
    small = shown(thumbnail(encoded(image, "JPEG" if mode == "CMYK" else "PNG"), 320))
    assert level(small, (30, 20)) == pytest.approx(grey, abs=6)


def test_what_is_clear_stays_clear() -> None:
    image = Image.new("RGBA", (60, 40), (200, 0, 0, 0))
    assert shown(thumbnail(encoded(image), 320)).convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_it_is_made_once_and_may_be_thrown_away(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    name = pictures.put(picture("png", (1920, 804))).sha256
    first = pictures.thumbnail(name, 640)
    kept = tmp_path / "thumbnails" / "640" / name[:2] / f"{name}.webp"
    assert kept.read_bytes() == first
    kept.write_bytes(b"as it was kept")
    assert pictures.thumbnail(name, 640) == b"as it was kept"
    rmtree(tmp_path / "thumbnails")
    assert pictures.thumbnail(name, 640) == first
    assert pictures.thumbnail("0" * 64, 640) is None


def test_one_that_cannot_be_kept_is_shown_all_the_same(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    name = pictures.put(picture()).sha256
    (tmp_path / "thumbnails").write_text("in the way")
    assert pictures.thumbnail(name, 320)


def test_a_picture_that_was_damaged_since_is_said(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    name = pictures.put(picture()).sha256
    (tmp_path / name[:2] / name).write_bytes(picture()[:40])
    with pytest.raises(StorageError, match="damaged"):
        pictures.thumbnail(name, 320)


def test_a_film_has_none() -> None:
    with pytest.raises(BadInputError, match="film"):
        thumbnail(b"\0\0\0\x18ftypisom", 320)


def _small(folder: Path, name: str) -> bytes | None:
    return Pictures(folder).thumbnail(name, 320)


def test_processes_that_ask_at_once_get_the_same(tmp_path: Path) -> None:
    name = Pictures(tmp_path).put(picture("jpeg", (1200, 800))).sha256
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        found = pool.starmap(_small, [(tmp_path, name)] * 12)
    assert len(set(found)) == 1
    assert found[0]
    assert [path.name for path in (tmp_path / "thumbnails").rglob("*") if path.is_file()] == [f"{name}.webp"]
