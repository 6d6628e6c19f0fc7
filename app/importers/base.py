"""What an importer is, and what it returns."""

from abc import ABC, abstractmethod
from collections import Counter
from typing import Literal

from app.importers._text import text_of
from app.schema import Shot
from app.schema.fields import Doc
from app.vocab import Vocabulary

Status = Literal["typed", "free", "unknown"]
"""Picked as a term or a number; kept as free words; a value that should have had a term and found none."""


class Value(Doc):
    """One value of the other program, and where it landed.

    `shot` counts from 1 (0: the file as a whole), `path` is empty where the value found no room in the shot, and
    `note` says what is not plain from the rest: that only part was read, that another value holds the path, that a
    text was cut.
    """

    shot: int
    field: str
    value: str
    status: Status
    path: str = ""
    term: str = ""
    note: str = ""


class Label(Doc):
    """How a shot is called in its own film: its slate, its name, and the number of its scene, counted from 1.

    `note` is what the file says beside the shot, and no model is to be told.
    """

    slate: str = ""
    name: str = ""
    scene: int = 0
    note: str = ""


class Imported(Doc):
    """The shots of a file, and all that it said, in its order.

    A file that knows them gives a label for each shot, and the film's title and author; else they are empty.
    """

    shots: tuple[Shot, ...]
    values: tuple[Value, ...]
    labels: tuple[Label, ...] = ()
    title: str = ""
    author: str = ""

    @property
    def scenes(self) -> int:
        """How many scenes the shots are of; 0 where the file knows no scenes."""
        return len({label.scene for label in self.labels if label.scene})

    @property
    def counts(self) -> dict[Status, int]:
        """How many values are typed, free and unknown."""
        found = Counter(value.status for value in self.values)
        return {"typed": found["typed"], "free": found["free"], "unknown": found["unknown"]}


class Importer(ABC):
    """Reads the file of another program. `suffixes` are how the names of its files end, in small letters."""

    id: str
    label: str
    suffixes: tuple[str, ...]

    def text(self, raw: bytes, name: str) -> str:
        """Return a file as the text that `read` takes. Raises ShotError where it is too large, or cannot be one."""
        return text_of(raw, name)

    @abstractmethod
    def recognises(self, content: str) -> bool:
        """Tell by its beginning whether a file is certainly of this program."""

    @abstractmethod
    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return the shots of a file; `name` says in errors where it came from."""
