"""The kinds of value a shot is made of, each with its unit, range or facet beside it.

The metadata is read by the studio (unit, step, facet of a control), by error messages (range and unit) and by
the JSON Schema, so that a field is described once.
"""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

TERM_SHAPED = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z0-9_]+")
ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f\"'<>]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _readable(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty: leave the field out instead")
    if not text.isprintable() and (found := CONTROL.search(text)):
        raise ValueError(f"holds a control character (U+{ord(found[0]):04X}), which no model can read")
    return text


def _ratio(value: Any) -> Any:
    """Read 2.39, "2.39", "2.39:1" and "16:9"."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(":")]
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return value
    if len(numbers) == 2 and numbers[1]:
        return numbers[0] / numbers[1]
    return numbers[0] if len(numbers) == 1 else value


def _not_words(name: str) -> str:
    if name == "words":
        raise ValueError("cannot be called 'words': that key marks free words")
    return name


def _address(text: str) -> str:
    if not ADDRESS.fullmatch(text):
        raise ValueError("is no public address: it begins with https:// or http:// and holds no blanks")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), AfterValidator(_not_words)]
"""The name of a light, subject, reference or beat within its shot: `key`, `mara`."""

Text = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_readable)]
"""Free words, kept verbatim."""

TermId = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_readable)]
"""A vocabulary id such as `camera.size.mcu`. Whether it exists is a finding, not a parse error."""

Pass = Literal["frame", "clay", "depth", "normal", "edge", "pose"]
"""What the previz draws of a shot: the picture, and the maps that hold another picture to it."""

Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Asset = Annotated[
    str,
    StringConstraints(pattern=rf"^(?:[0-9a-f]{{64}}|previz:(?:{'|'.join(get_args(Pass))})|take:[0-9a-z]{{1,40}})$"),
]
"""A picture: by the sha256 of its bytes, as the previz draws it of this very shot, or as a take will have made it."""

Address = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_address)]
"""Where a file lies on the web, for anybody to fetch."""


class Doc(BaseModel):
    """A frozen document: unknown keys are errors, and so is a number that is not finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Words(Doc):
    """What no term says, kept verbatim."""

    words: Text


Pick = TermId | Words
"""A vocabulary id, or words of one's own."""


def _as_words(value: Any) -> Any:
    """Read plain text as words of one's own, an id as an id: for fields that took free text before they had terms."""
    return {"words": value} if isinstance(value, str) and not TERM_SHAPED.fullmatch(value) else value


def _as_list_of_words(value: Any) -> Any:
    """Read plain text as a list of one."""
    return [_as_words(value)] if isinstance(value, str) else value


Spoken = Annotated[Pick, BeforeValidator(_as_words, json_schema_input_type=Text | Words)]
"""A Pick for which plain text stands for words of one's own."""

SpokenList = Annotated[
    tuple[Pick, ...], BeforeValidator(_as_list_of_words, json_schema_input_type=Text | tuple[Text | Words, ...])
]
"""Picks for which plain text stands for words of one's own."""


def pick(title: str, facet: str, kinds: str = "") -> Any:
    """A field that takes one Pick from `facet`; `kinds` names the kinds of subject that have it, with blanks."""
    return Field(default=None, title=title, json_schema_extra={"facet": facet, "kinds": kinds})


def pick_each(title: str, facet: str) -> Any:
    """A map from a subject's id to a Pick from `facet`."""
    return Field(default={}, title=title, json_schema_extra={"facet": facet})


def picks(title: str, facet: str) -> Any:
    """A field that takes several Picks from `facet`, as a whole."""
    return Field(default=(), title=title, max_length=24, json_schema_extra={"facet": facet})


def number(title: str, unit: str, low: float, high: float, step: float = 1) -> Any:
    """A field that takes a number of `unit` between `low` and `high`."""
    return Field(default=None, title=title, ge=low, le=high, json_schema_extra={"unit": unit, "step": step})


def text(title: str) -> Any:
    """A field that takes free words."""
    return Field(default=None, title=title)


def flag(title: str) -> Any:
    """A field that is said to be so, said not to be so, or not said."""
    return Field(default=None, title=title)


def slot() -> Any:
    """The place of a light, subject, reference or beat among its like; the map's order is never used."""
    return Field(default=0, ge=0, le=999, title="Order")


Number = Annotated[float, Field(allow_inf_nan=False)]
Ratio = Annotated[
    float,
    BeforeValidator(_ratio),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0.25, "maximum": 4},
                {"type": "string", "pattern": r"^ *[0-9]+(\.[0-9]+)? *(: *[0-9]+(\.[0-9]+)? *)?$"},
            ]
        }
    ),
]
"""Width by height: 2.39, or as it is written, "2.39:1" and "16:9"."""
