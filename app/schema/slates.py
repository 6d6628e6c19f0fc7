"""Slates as a script supervisor writes them: 12A-3 is the third take of set-up A of scene 12; and names of files."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple

from app.errors import BadInputError, UnknownNameError

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of set-ups: I and O read as 1 and 0."""

SLATE = re.compile(r"(?P<scene>[A-Z]{0,2}\d{1,5})(?P<setup>[A-Z]{0,3})", re.IGNORECASE)

SCENE = re.compile(r"[A-Z]{0,2}\d{1,5}")

FIELD = re.compile(r"\{([^{}]*)\}")
FIELDS = ("film", "slate", "scene", "setup", "shot", "take", "target", "backend", "revision", "date")
"""What the name of a file may be made of."""

FILE_NAME = "{film}_{slate}-{take}_{target}"
TEMPLATE_CHARS = 120
NAME_CHARS = 120
UNSAFE = re.compile(r"[^\w.()+-]+")
"""What no file system, and no shell, should have to bear in a name."""


class Slate(NamedTuple):
    """A scene and one of its set-ups; the first set-up of a scene may have no letter."""

    scene: str
    setup: str


def read(text: str) -> Slate | None:
    """Read a slate: `12A`, `A12`, `7`; None for words."""
    found = SLATE.fullmatch(text.strip())
    return Slate(found["scene"].upper(), found["setup"].upper()) if found else None


def scene_of(slate: str) -> str:
    """Return the number of a slate's scene; empty for words."""
    found = read(slate)
    return found.scene if found else ""


def check_scene(number: str) -> str:
    """Return the number of a scene as it is kept, `12` or `A12`. Raises BadInputError for words."""
    kept = number.strip().upper()
    if kept and not SCENE.fullmatch(kept):
        raise BadInputError(f"“{number[:40]}” is no number of a scene.", hint="Write it as on a slate: 12, or A12.")
    return kept


def in_order(number: str) -> tuple[int, str]:
    """Return what sorts the numbers of scenes as a script does: 2, 12, A12, 13."""
    return int(number.lstrip(ALPHABET) or 0), number


def take_name(slate: str, number: int) -> str:
    """Name a take as it is called on set: `12A-3`; without a slate `take 3`."""
    return f"{slate.strip()}-{number}" if slate.strip() else f"take {number}"


def setups_after(slate: str, taken: Iterable[str]) -> Iterator[str]:
    """Yield the free set-ups of a slate's scene in their order: 12B, 12C … 12Z, 12AA. For words, the words again."""
    there, found = set(taken), read(slate)
    if found is None:
        while True:
            yield slate
    for number in count():
        setup = _letters(number)
        if f"{found.scene}{setup}" not in there:
            yield f"{found.scene}{setup}"


def next_scene(taken: Iterable[str]) -> str:
    """Return the first set-up of the scene behind all that there are: `8A` after 7C."""
    scenes = [int(found.scene.lstrip(ALPHABET)) for one in taken if (found := read(one))]
    return f"{max(scenes, default=0) + 1}A"


def _letters(number: int) -> str:
    """Return the letters of the n-th set-up: A to Z, then AA, AB and so on."""
    word = ""
    while number >= 0:
        number, letter = divmod(number, len(LETTERS))
        word = LETTERS[letter] + word
        number -= 1
    return word


def check_template(template: str) -> str:
    """Return a template of file names as it is kept.

    Raises UnknownNameError for a field that there is not, and BadInputError for one that names all files alike.
    """
    kept = template.strip()
    if len(kept) > TEMPLATE_CHARS:
        raise BadInputError(f"That is {len(kept)} characters long.", hint=f"Up to {TEMPLATE_CHARS} can be kept.")
    for field in FIELD.findall(kept):
        if field not in FIELDS:
            raise UnknownNameError("field of a file name", field, FIELDS)
    if kept and "{take}" not in kept:
        raise BadInputError("All takes of a shot would get the same name.", hint="Put {take} into it.")
    return kept


def file_name(template: str, values: Mapping[str, str], suffix: str) -> str:
    """Return the name of a file: fields filled in, and nothing left in it that a file system may refuse."""
    told = FIELD.sub(lambda field: values.get(field[1], ""), template or FILE_NAME)
    safe = UNSAFE.sub("-", told).strip("-_. ")[:NAME_CHARS].rstrip("-_. ")
    return f"{safe or 'take'}.{suffix}"
