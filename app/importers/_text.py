"""A file's text, for importers that read text, and its data, for those that read JSON."""

import json
from typing import Any

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


def json_of(content: str, name: str, hint: str) -> Any:
    """Return what a text says as JSON. Raises ShotError, with the line where it is none; `hint` says what is wanted."""
    try:
        return json.loads(content.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise ShotError(f"{name}, line {error.lineno}: {error.msg}.", hint=f"This is not JSON. {hint}") from None
    except RecursionError:
        raise ShotError(f"{name} is nested too deeply.", hint=hint) from None
    except ValueError:
        raise ShotError(f"{name} holds a number that is too long to read.", hint=hint) from None
