"""The iris of a round lens is one opening; that of an anamorphic lens is higher than wide and sharp where it was."""

import numpy as np
import pytest

from app.previz.iris import openings
from app.previz.view import view
from tests.previz.scenes import camera

LENS = camera(focal=85, f_number=2)
SEEN = view(LENS, 2.39)


def test_a_round_lens_has_one_opening() -> None:
    (one,) = openings(LENS, SEEN, 16)
    assert one.radius == pytest.approx(85 / 2 / 2 / 1000)
    assert one.samples == 16
    assert one.forward == pytest.approx(SEEN.forward)


@pytest.mark.parametrize("samples", [1, 2, 5, 16, 33])
@pytest.mark.parametrize("squeeze", [1.33, 2])
def test_an_anamorphic_iris_is_as_much_higher_than_wide_as_its_squeeze(squeeze: float, samples: int) -> None:
    parts = openings(LENS.model_copy(update={"squeeze": squeeze}), SEEN, samples)
    assert sum(part.samples for part in parts) == samples
    assert all(part.samples for part in parts)
    wide = 2 * parts[0].radius
    assert wide == pytest.approx(85 / 2 / 1000 / squeeze)
    reach = max(float((part.origin - SEEN.origin) @ SEEN.up) for part in parts)
    assert reach + parts[0].radius <= 85 / 4 / 1000 + 1e-9
    for part in parts:
        sharp = part.origin + part.forward * LENS.focus_m
        assert np.linalg.norm(sharp - SEEN.origin - SEEN.forward * LENS.focus_m) < 1e-4
