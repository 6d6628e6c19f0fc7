"""Reads the styles of A1111 and Forge: each row's two texts, as a pasted prompt is read."""

import csv
from collections.abc import Iterator
from io import StringIO

from app.errors import ShotError
from app.importers._reading import read_prompt
from app.importers._screenplay import plain
from app.importers._told import beside, told
from app.importers.base import Imported, Importer, Label, Value
from app.schema import Shot
from app.vocab import Vocabulary

COLUMNS = {"name", "prompt", "negative_prompt"}
MAX_SHOTS = 1000
MAX_CHARS = 4_000_000
MAX_NAME = 200
LONGEST = 20_000
"""A prompt beyond this is none that somebody wrote."""

HINT = "Expected a header with name, prompt and negative_prompt, as in the program's own styles.csv."


class A1111Styles(Importer):
    """A `styles.csv`: a shot for each style that says anything."""

    id = "a1111_styles"
    label = "A1111 styles"
    suffixes = ("styles.csv",)

    def recognises(self, content: str) -> bool:
        """Tell by the header."""
        head, _, _ = content.lstrip("\ufeff")[:200].partition("\n")
        return {one.strip(' "\r') for one in head.split(",")} >= COLUMNS

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each row. Raises ShotError with the line of one that cannot be read."""
        if len(content) > MAX_CHARS:
            raise ShotError(f"{name} holds {len(content):,} characters.", hint=f"At most {MAX_CHARS:,} are read.")
        shots, values, labels = list[Shot](), list[Value](), list[Label]()
        for style, text in _rows(content, name):
            for parsed in read_prompt(text, name, vocabulary):
                shots.append(parsed.shot)
                values += told(parsed.shot, len(shots), vocabulary, "prompt")
                values += beside(parsed, len(shots))
                labels.append(Label(name=plain(style)[:MAX_NAME]))
            if len(shots) > MAX_SHOTS:
                raise ShotError(f"{name} holds too many styles.", hint=f"At most {MAX_SHOTS:,} are read at once.")
        if not shots:
            raise ShotError(f"{name} holds no style with a prompt.", hint=HINT)
        return Imported(shots=tuple(shots), values=tuple(values), labels=tuple(labels))


def _rows(content: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield the name and the two texts of each style; a heading in the list of styles has none."""
    rows = csv.DictReader(StringIO(content.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        if not set(rows.fieldnames or ()) >= COLUMNS:
            raise ShotError(f"{name}, line 1: this is no header of styles.", hint=HINT)
        for row in rows:
            prompt, negative = ((row[one] or "").strip() for one in ("prompt", "negative_prompt"))
            if len(prompt) + len(negative) > LONGEST:
                raise ShotError(f"{name}, line {rows.line_num}: a prompt has {len(prompt):,} characters.", hint=HINT)
            if prompt or negative:
                yield row["name"] or "", f"{prompt}\nNegative prompt: {negative}" if negative else prompt
    except csv.Error as error:
        raise ShotError(f"{name}, after line {rows.line_num}: {error}.", hint=HINT) from None
