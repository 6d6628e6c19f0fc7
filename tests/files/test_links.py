"""The fragment of a link: what is read from it, and what is refused."""

import zlib
from base64 import urlsafe_b64encode
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError
from app.files.links import MAX_CHARS, VERSION, fragment_of, read_fragment
from tests.shots import examples

DOCUMENT = {"shots": [{"id": "a", "name": "灯台", "shot": {}}]}
VALID = fragment_of(DOCUMENT)


def fragment(raw: bytes) -> str:
    """Return the fragment of any bytes."""
    return VERSION + urlsafe_b64encode(zlib.compress(raw)).decode().rstrip("=")


@pytest.mark.parametrize("link", [VALID, f"#{VALID}", f"http://127.0.0.1:8600/open#{VALID}", f"  /open#{VALID}\n"])
def test_a_link_is_read_whole_or_from_its_fragment(link: str) -> None:
    assert read_fragment(link) == DOCUMENT


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("", "no link that carries"),
        ("http://example.org/", "no link that carries"),
        ("/open#v2.abc", "newer Printlight"),
        (VERSION, "characters"),
        (f"{VERSION}<script>", "characters"),
        (f"{VERSION}灯", "characters"),
        (f"{VERSION}A", "damaged"),
        (f"{VERSION}AAAA", "damaged"),
        (VALID[:-8], "cut off|damaged"),
        (fragment(b"0" * 3_000_000), "more than any shot says"),
        (fragment(b"[]"), "not a JSON object"),
        (VERSION + urlsafe_b64encode(zlib.compress(b"{}") + b"more").decode().rstrip("="), "behind it"),
        (VERSION + "A" * (MAX_CHARS + 1), "200,000 characters"),
    ],
)
def test_a_link_that_is_none_is_refused_with_its_reason(link: str, reason: str) -> None:
    with pytest.raises(BadInputError, match=reason):
        read_fragment(link)


@given(st.integers(0, len(VALID) - 1), st.characters(min_codepoint=33, max_codepoint=126))
@examples(200)
def test_one_wrong_character_never_opens_as_something_else(at: int, put: str) -> None:
    damaged = VALID[:at] + put + VALID[at + 1 :]
    with suppress(BadInputError):
        assert read_fragment(damaged) == DOCUMENT


def test_what_is_too_long_is_said_before_a_link_is_made() -> None:
    with pytest.raises(BadInputError, match="too long for a link"):
        fragment_of({"words": "a" * 1_000_001})
