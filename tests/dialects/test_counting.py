"""A text is as long as its model counts it."""

import sys

import pytest

from app.dialects import _counting as counting
from app.dialects import is_exact, length
from app.vocab.targets import Limit

WATCHMAKER = (
    "film still of a silver-haired watchmaker, sixties, brass loupe, lifting a hairspring from a pocket chronometer, "
    "narrow watch shop at night, rainy window, medium close-up, low angle, right third, warm desk lamp from left, "
    "cool rim light, low key, 50mm, shallow focus, 35mm grain, amber and teal"
)
HAS_CLIP = counting._clip() is not None


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("", "characters", 0),
        ("a lamp", "characters", 6),
        ("灯台", "characters", 2),
        ("a lamp", "words", 2),
        ("a lamp", "utf16", 6),
        ("👩🏽‍🚀", "utf16", 7),
        ("\ud800", "utf16", 1),
    ],
)
def test_each_unit_is_counted(text: str, unit: str, count: int) -> None:
    assert length(text, Limit.model_validate({"unit": unit})) == count


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("a lamp", 2), ("lighthouse", 2), ("50mm", 3), ("灯台守", 3), ("T2, f/4", 6)]
)
def test_tokens_are_estimated_by_pieces(text: str, count: int) -> None:
    limit = Limit(unit="tokens")
    assert length(text, limit) == count
    assert not is_exact(limit)


def test_the_estimate_is_near_what_clip_counts() -> None:
    """74 by CLIP's vocabulary (reference: the demo shot of the tag models)."""
    estimate = length(WATCHMAKER, Limit(unit="tokens"))
    assert 74 * 0.8 < estimate < 74 * 1.3
    exact = Limit(unit="tokens", by="clip")
    assert is_exact(exact) is HAS_CLIP
    assert length(WATCHMAKER, exact) == (74 if HAS_CLIP else estimate)
    assert length("\ud800", exact) > 0


def test_clip_is_there_where_its_package_has_a_wheel() -> None:
    assert HAS_CLIP or sys.platform != "linux" or sys.version_info >= (3, 13)
