"""Two takes set against each other: what of their shots, their orders and their prompts differs, in words."""

from typing import NamedTuple

from app.compile.differences import differences as shots_apart
from app.library import Library
from app.resolve import resolve
from app.schema import read_data
from app.schema.documents import Take
from app.vocab import vocabulary


class Difference(NamedTuple):
    """A field, and what stands there on either side."""

    field: str
    before: str
    after: str


def differences(library: Library, first: Take, second: Take) -> list[Difference]:
    """Return what the shot, or the order, of two takes differs in."""
    before, after = (resolve(read_data(library.takes.document(one.id)), vocabulary()) for one in (first, second))
    found = [Difference(one.field, one.was, one.now) for one in shots_apart(before, after)]
    return found + [Difference(*one) for one in _orders(first, second) if one[1] != one[2]]


def _orders(first: Take, second: Take) -> list[tuple[str, str, str]]:
    """Return how the two were ordered: model, backend, wording, and each parameter that either was sent with."""
    plain = [(label, str(getattr(first, name)), str(getattr(second, name))) for name, label in _ORDERED.items()]
    names = dict.fromkeys([*first.params, *second.params])
    return plain + [(name, _said(first, name), _said(second, name)) for name in names]


_ORDERED = {"target": "Written for", "backend": "Shot on", "wording": "Wording"}


def _said(take: Take, name: str) -> str:
    return str(take.params.get(name, "not sent"))
