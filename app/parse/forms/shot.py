"""A shot of our own, as TOML or JSON, or as a picture of ours carries it."""

import json
import re
from dataclasses import replace

from app.parse.forms._leaves import Leaf
from app.parse.forms.base import Form, Given
from app.parse.inscriptions import TAKE
from app.parse.parsed import Parsed, Span
from app.schema import Shot, read_text
from app.schema.paths import leaves
from app.schema.reading import read_data
from app.vocab import Vocabulary

KIND = re.compile(r"kind\s*=\s*[\"'](?:printlight\.shot/|sample[\"'])")
TABLE = re.compile(rf"\[(?:{'|'.join(Shot.model_fields)})(?:\.[a-z0-9_.]+)?\]\s*(?:#.*)?")

HEAD = 8000
"""The first line that says anything stands within so many characters."""


class OwnShot(Form):
    """What Printlight writes itself comes back as it is."""

    id = "shot"
    label = "Printlight shot"
    order = 10

    def recognises(self, given: Given) -> bool:
        """Tell by its kind; TOML also by a table of a shot at its head."""
        if given.leaves:
            return bool(self._kind(given).startswith("printlight."))
        lines = (line.strip() for line in given.document[:HEAD].splitlines())
        first = next((line for line in lines if line and not line.startswith("#")), "")
        return bool(KIND.match(first) or TABLE.fullmatch(first))

    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return the shot as it stands; of JSON each field with the letters that hold it."""
        if self._kind(given) != TAKE:
            return [self._parsed(given, read_text(given.document, "The shot"), "")]
        data = json.loads(given.document, strict=False)
        one = self._parsed(given, read_data(data.get("shot"), "The picture's shot"), "shot.")
        said = {leaf.dotted: leaf.value for leaf in given.leaves if leaf.dotted in {"target", "prompt"}}
        target = said.pop("target", "")
        return [replace(one, target=target if target in vocabulary.targets else "", params=said)]

    def _parsed(self, given: Given, shot: Shot, above: str) -> Parsed:
        said = leaves(shot)
        held = {_path(leaf).removeprefix(above): leaf for leaf in given.leaves}
        spans = [Span(path, one.start, one.end, given.text[one.start : one.end]) for path, one in held.items()]
        return Parsed(shot, tuple(span for span in spans if span.path in said), (), self.id)

    @staticmethod
    def _kind(given: Given) -> str:
        return next((str(leaf.value) for leaf in given.leaves if leaf.path == ("kind",)), "")


def _path(leaf: Leaf) -> str:
    """Return the path of a field that holds a value, a list or words of one's own."""
    return ".".join(key for key in leaf.path if isinstance(key, str)).removesuffix(".words")
