"""A picture that is to be extended: it stands untouched in the middle, and the mask says what is new."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from app.jobs.outpainting import MOST, extended, fitted


def picture(width: int, height: int) -> bytes:
    """Return a picture with a colour of its own in each corner."""
    ramp = np.zeros((height, width, 3), np.uint8)
    ramp[..., 0] = np.linspace(0, 255, width)[None, :]
    ramp[..., 1] = np.linspace(0, 255, height)[:, None]
    held = BytesIO()
    Image.fromarray(ramp).save(held, "PNG")
    return held.getvalue()


def array(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(content)))


@pytest.mark.parametrize(
    ("size", "ratio", "canvas"),
    [
        ((160, 90), 2.4, (216, 90)),
        ((160, 90), 1.0, (160, 160)),
        ((90, 160), 16 / 9, (284, 160)),
        ((101, 77), 3.0, (231, 77)),
        ((77, 101), 1 / 3, (77, 231)),
    ],
)
def test_the_picture_stands_in_the_middle_as_it_was(
    size: tuple[int, int], ratio: float, canvas: tuple[int, int]
) -> None:
    content = picture(*size)
    made = extended(content, ratio)
    assert made
    held, mask = map(array, made)
    assert held.shape == (canvas[1], canvas[0], 3)
    assert mask.shape == (canvas[1], canvas[0])
    left, top = (canvas[0] - size[0]) // 2, (canvas[1] - size[1]) // 2
    inside = (slice(top, top + size[1]), slice(left, left + size[0]))
    assert (held[inside] == array(content)).all()
    outside = np.ones(mask.shape, bool)
    outside[inside] = False
    assert (mask[outside] == 255).all()
    assert mask[canvas[1] // 2, canvas[0] // 2] == 0
    assert (mask[inside] < 128).mean() > 0.9


def test_margins_continue_the_colours_beside_them() -> None:
    made = extended(picture(160, 90), 2.4)
    assert made
    held = array(made[0]).astype(int)
    assert held[45, 2, 0] < 60
    assert held[45, -3, 0] > 195


def test_a_picture_that_has_the_ratio_stays() -> None:
    assert extended(picture(160, 90), 16 / 9) is None


def test_a_huge_picture_goes_on_a_canvas_that_services_take() -> None:
    made = extended(picture(3000, 1000), 1.0)
    assert made
    assert max(array(made[0]).shape) == MOST


def test_a_mask_is_brought_to_the_size_of_its_source() -> None:
    painted = Image.new("L", (40, 20))
    painted.paste(255, (0, 0, 20, 20))
    held = BytesIO()
    painted.save(held, "PNG")
    mask = array(fitted(held.getvalue(), picture(160, 80)))
    assert mask.shape == (80, 160)
    assert (mask[:, :70] == 255).all()
    assert (mask[:, 90:] == 0).all()


@pytest.mark.parametrize("source", [picture(40, 20), b"\x00\x00\x00\x18ftypisom"])
def test_a_mask_that_fits_or_stands_over_a_clip_stays(source: bytes) -> None:
    held = BytesIO()
    Image.new("L", (40, 20)).save(held, "PNG")
    assert fitted(held.getvalue(), source) == held.getvalue()
