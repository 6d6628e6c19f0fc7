"""Numbers as they are typed into a field: units, fractions, ratios; and what is refused, with what to type instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError, UnknownNameError
from app.web.typed import MOST_LETTERS, typed
from tests.shots import examples

READ = (
    ("camera.t_stop", "T2.8", 2.8),
    ("camera.t_stop", "T 2.8", 2.8),
    ("camera.t_stop", "2.8 T", 2.8),
    ("camera.t_stop", "f/4", 4),
    ("camera.focal_mm", "85mm", 85),
    ("camera.focal_mm", "0.085 m", 85),
    ("camera.height_m", "5'6\"", 1.6764),
    ("camera.height_m", "160 cm", 1.6),
    ("lights.key.cct_k", "3200K", 3200),
    ("lights.key.cct_k", "5,600", 5600),
    ("lights.key.cct_k", "200 mired", 5000),
    ("lights.key.stops", "1/3", 0.3333),
    ("lights.key.stops", "-2 1/2", -2.5),
    ("lights.key.stops", "−½ stop", -0.5),
    ("lights.key.stops", "half a stop", 0.5),
    ("lighting.ratio_stops", "8:1", 3),
    ("framing.aspect", "2.39:1", 2.39),
    ("framing.aspect", "16:9", 1.7778),
    ("framing.aspect", "2,39", 2.39),
    ("subjects.mara.screen_x", "64 %", 0.64),
    ("camera.ei", "ISO 800", 800),
    ("camera.tint", "+5 CC", 5),
    ("camera.squeeze", "2x", 2),
    ("duration_s", "2 min", 120),
    ("lights.key.azimuth_deg", "45°", 45),
)

REFUSED = (
    ("camera.t_stop", "soft", "Type a number. It is in T."),
    ("camera.t_stop", "", "Type a number. It is in T."),
    ("camera.t_stop", "T2.8 or 4", "Type a number"),
    ("camera.focal_mm", "3200 K", "That is in K. Type mm."),
    ("intent.year", "3 m", "That is in m. Type a plain number."),
    ("camera.focal_mm", "9000", "It lies between 2 and 2000 mm."),
    ("camera.white_balance_k", "0 mired", "That is nothing in K."),
    ("camera.focal_mm", "8" * 60, "Type a number"),
    ("lighting.ratio_stops", "0:1", "That is nothing in stops."),
)


@pytest.mark.parametrize(("path", "text", "value"), READ)
def test_a_number_is_read_in_the_unit_of_its_field(path: str, text: str, value: float) -> None:
    assert typed(path, text) == value


@pytest.mark.parametrize(("path", "text", "said"), REFUSED)
def test_what_is_no_number_of_the_field_is_refused_with_what_to_type(path: str, text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        typed(path, text)


def test_a_path_without_a_number_is_unknown() -> None:
    with pytest.raises(UnknownNameError):
        typed("camera.size", "3")


@examples(60)
@given(st.text(max_size=MOST_LETTERS + 10))
def test_any_text_is_a_number_within_the_field_or_is_refused(text: str) -> None:
    try:
        value = typed("camera.focal_mm", text)
    except BadInputError:
        return
    assert 2 <= value <= 2000
