"""The visible mark: where it stands, that it can be read on anything, and that the rest of the picture is untouched."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.errors import BadInputError
from app.files.label import labelled
from tests.backends.fakes.pictures import picture

KINDS = ["PNG", "JPEG", "WEBP"]


def encoded(image: Image.Image, kind: str = "PNG", **more: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def levels(content: bytes) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return how bright each pixel is to the eye, 0 to 1 (WCAG's relative luminance, of grey)."""
    with Image.open(BytesIO(content)) as opened:
        value = np.asarray(opened.convert("L"), np.float64) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("grey", [0, 90, 128, 200, 255])
@pytest.mark.parametrize("size", [(512, 512), (2048, 858), (1536, 512), (512, 1536)])
def test_it_can_be_read_on_anything(size: tuple[int, int], grey: int, kind: str) -> None:
    marked = levels(labelled(encoded(Image.new("RGB", size, (grey,) * 3), kind)))
    changed = np.argwhere(abs(marked - marked[0, 0]) > 0.03)
    (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
    inside = marked[top + 3 : bottom - 2, left + 3 : right - 2]
    letters, plate = np.percentile(inside, 98), np.percentile(inside, 20)
    assert (letters + 0.05) / (plate + 0.05) >= 4.5
    assert marked.shape == (size[1], size[0])


@pytest.mark.parametrize("size", [(512, 512), (2048, 1152), (3072, 1024), (1024, 3072)])
def test_it_stands_in_one_corner_and_is_small(size: tuple[int, int]) -> None:
    width, height = size
    before = np.full((height, width, 3), 150, np.uint8)
    with Image.open(BytesIO(labelled(encoded(Image.fromarray(before))))) as opened:
        changed = np.argwhere((np.asarray(opened) != before).any(axis=2))
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    assert top > height * 0.85
    assert left > width * 0.4
    assert (bottom < height - 1, right < width - 1) == (True, True)
    assert bottom - top >= 14
    assert len(changed) < width * height * 0.02


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (40, 300), (300, 12)])
def test_a_tiny_picture_is_marked_as_far_as_it_goes(size: tuple[int, int]) -> None:
    with Image.open(BytesIO(labelled(encoded(Image.new("RGB", size, "white"))))) as opened:
        assert opened.size == size
        assert np.asarray(opened).min() < 255


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_takes_it(mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray(np.full((200, 300), 51_400, np.uint16))
    else:
        image = Image.new("RGB", (300, 200), "white").convert(mode)
    marked = labelled(encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert levels(marked)[150:, 150:].min() < 0.5
    assert levels(marked)[20, 20] > 0.5


def test_what_is_opaque_stays_opaque_and_what_is_clear_stays_clear() -> None:
    for alpha in (255, 0):
        with Image.open(BytesIO(labelled(encoded(Image.new("RGBA", (300, 200), (9, 9, 9, alpha)))))) as opened:
            values = np.asarray(opened.getchannel("A"))
        assert values[20, 20] == alpha
        assert values[150:, 150:].max() == 255


def test_it_is_the_same_each_time_and_keeps_the_colours_of_its_profile() -> None:
    content = encoded(Image.new("RGB", (300, 200), "red"), icc_profile=b"a profile")
    assert labelled(content) == labelled(content)
    with Image.open(BytesIO(labelled(content))) as opened:
        assert opened.info["icc_profile"] == b"a profile"


def test_a_picture_that_lies_on_its_side_is_set_upright_first() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(labelled(encoded(Image.new("RGB", (300, 200), "white"), "JPEG", exif=exif)))) as opened:
        assert opened.size == (200, 300)
        assert not opened.getexif()


@pytest.mark.parametrize("content", [b"", b"GIF89a", picture("gif"), picture()[:40]])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(BadInputError, match="not a picture"):
        labelled(content)
