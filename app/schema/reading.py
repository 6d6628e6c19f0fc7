"""Reads a shot from TOML, JSON or plain data; every error says where and what to write."""

import json
import tomllib
from math import inf
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.errors import ShotError
from app.schema.facets import extra, limits
from app.schema.shot import Shot
from app.schema.upgrades import upgrade

INNER = frozenset({"Words", "constrained-str", "[key]"})
"""What Pydantic adds to a path."""

PLAINLY = {
    "extra_forbidden": (
        "{path} is not a field of a shot.",
        "See /schema/shot.json, or `printlight schema`, for the fields.",
    ),
    "json_invalid": ("It is nested too deeply, or holds what is no text.", "Send text that UTF-8 can hold."),
}
"""What is said of some of Pydantic's errors, with the path in it."""

MAX_CHARS = 1_000_000
"""A shot file beyond this is no shot."""


def read_file(path: Path) -> Shot:
    """Read a shot, or the shot of a sample, from a TOML or JSON file."""
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ShotError(f"There is no file {path}.", hint="Give the path of a shot, or - for standard input.") from None
    except UnicodeDecodeError as error:
        raise ShotError(f"{path} is not text (byte {error.start}).", hint="A shot is TOML or JSON in UTF-8.") from None
    except OSError as error:
        raise ShotError(f"{path} cannot be read: {error.strerror}.") from None
    return read_text(content, str(path))


def read_text(content: str, name: str) -> Shot:
    """Read a shot from text that holds TOML or JSON; `name` says in errors where it came from."""
    if len(content) > MAX_CHARS:
        raise ShotError(f"{name} holds {len(content):,} characters.", hint=f"A shot has at most {MAX_CHARS:,}.")
    content = content.removeprefix("\ufeff")
    data = _json(content, name) if content.lstrip().startswith("{") else _toml(content, name)
    if data.get("kind") == "sample":
        data = data.get("shot", {})
    return read_data(data, name)


def read_data(data: Any, name: str = "The shot", *, strict: bool = False) -> Shot:
    """Check plain data against the schema; older kinds are upgraded first.

    `strict` takes no number that is written as text, and no `true` for one.
    """
    if not isinstance(data, dict):
        raise ShotError(f"{name} is not a shot.", hint='Expected an object such as {"camera": {"focal_mm": 85}}.')
    try:
        known = upgrade(data, name)
        return Shot.model_validate_json(json.dumps(known), strict=True) if strict else Shot.model_validate(known)
    except RecursionError:
        raise ShotError(f"{name} is nested too deeply to be a shot.") from None
    except ValidationError as error:
        first, *rest = error.errors()
        more = f" (and {len(rest)} more)" if rest else ""
        message, hint = describe(first)
        raise ShotError(f"{name}: {message}{more}", hint=hint, where=path_of(first)) from None


def path_of(error: ErrorDetails) -> str:
    """Return the path of the field that one of Pydantic's errors is about."""
    keys = [str(key) for key in error["loc"]]
    return ".".join(key for key in keys if key not in INNER and not key.startswith("function-"))


def describe(error: ErrorDetails) -> tuple[str, str]:
    """Put one of Pydantic's errors into a sentence with the path, the range and the unit."""
    keys, path = [str(key) for key in error["loc"]], path_of(error)
    if error["type"] in {"greater_than_equal", "less_than_equal"}:
        (low, high), unit = limits(path) or (-inf, inf), extra(path).get("unit", "")
        return (
            f"{path} is {error['input']}, out of range.",
            f"It lies between {low:g} and {high:g} {unit}".strip() + ".",
        )
    if error["type"] in PLAINLY:
        message, hint = PLAINLY[error["type"]]
        return message.format(path=path), hint
    if error["type"] in {"float_parsing", "float_type"}:
        unit = extra(path).get("unit", "")
        return f"{path} is not a number.", f"Give it in {unit}." if unit.isalpha() else "Give a number."
    if error["type"] == "string_pattern_mismatch" and keys[-1] == "[key]":
        return f"{path} cannot be a name.", "Use small letters, digits and _, as in key_light."
    if error["type"] == "value_error":
        return f"{path} {error.get('ctx', {}).get('error')}.", ""
    return f"{path}: {error['msg'].lower()}.", ""


def _json(content: str, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        raise ShotError(f"{name}, line {error.lineno}: {error.msg}.", hint="This is not JSON as it stands.") from None
    except RecursionError:
        raise ShotError(f"{name} is nested too deeply to be a shot.") from None
    except ValueError:
        raise ShotError(f"{name} holds a number that is too long to read.") from None
    return dict(data)


def _toml(content: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ShotError(f"{name}: {error}.", hint="This is not TOML as it stands.") from None
    except RecursionError:
        raise ShotError(f"{name} is nested too deeply to be a shot.") from None
    except ValueError:
        raise ShotError(f"{name} holds a number that is too long to read.") from None
