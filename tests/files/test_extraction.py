"""The extraction: the middle of a picture, in the ratio that the shot is composed for."""

from io import BytesIO

import pytest
from PIL import Image

from app.errors import BadInputError
from app.files.extraction import extracted, is_wider_or_taller


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    """A picture that is red, with one green pixel in its middle."""
    out = BytesIO()
    image = Image.new("RGB", (width, height), (200, 0, 0))
    image.putpixel((width // 2, height // 2), (0, 200, 0))
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "aspect", "cut"),
    [
        ((200, 100), 2.39, (200, 84)),
        ((200, 100), 1.0, (100, 100)),
        ((90, 160), 9 / 16, (90, 160)),
        ((3, 3), 4.0, (3, 1)),
    ],
)
def test_a_picture_is_cut_from_its_middle(size: tuple[int, int], aspect: float, cut: tuple[int, int]) -> None:
    with Image.open(BytesIO(extracted(picture(*size), aspect))) as found:
        assert found.size == cut
        near = [found.getpixel((found.width // 2 + by, found.height // 2)) for by in (-1, 0)]
        assert (0, 200, 0) in near


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_it_stays_of_its_type(kind: str) -> None:
    with Image.open(BytesIO(extracted(picture(64, 64, kind), 2))) as found:
        assert (found.format, found.size) == (kind, (64, 32))


def test_what_is_near_enough_is_not_cut() -> None:
    assert is_wider_or_taller(2000, 1000, 2.39)
    assert not is_wider_or_taller(1920, 1080, 1.78)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(BadInputError, match="not a picture"):
        extracted(b"GIF89a", 2)
