"""A file's text, for importers that read text."""

from app.errors import ShotError

MAX_BYTES = 16_000_000
"""A text beyond this is not read."""

MOST_BYTES = 100_000_000
"""Nor a file of any kind beyond this."""


def text_of(raw: bytes, name: str) -> str:
    """Return a file's text. Raises ShotError where it is too large, or is none."""
    check_size(raw, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        hint = "Expected text in UTF-8: save or export it again in that encoding."
        raise ShotError(f"{name} is not text (byte {error.start}).", hint=hint) from None


def check_size(raw: bytes, name: str) -> None:
    """Raise ShotError for a file that is too large."""
    if len(raw) > MAX_BYTES:
        raise ShotError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB.", hint="That is too much for an import.")
