"""Two takes set against each other: what of their shots, their orders and their prompts differs, in words."""

from typing import NamedTuple

from app.library import Library
from app.patch import diff
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.schema.changes import changes
from app.schema.documents import Take
from app.vocab import vocabulary
from app.web.noting import named, worded


class Difference(NamedTuple):
    """A field, and what stands there on either side."""

    field: str
    before: str
    after: str


def differences(library: Library, first: Take, second: Take) -> list[Difference]:
    """Return what the shot, or the order, of two takes differs in."""
    before, after = library.takes.document(first.id), library.takes.document(second.id)
    resolved, other = _resolved(before), _resolved(after)
    found = [
        Difference(named(one.path), worded(resolved, one.path, one.before), worded(other, one.path, one.after))
        for one in changes(resolved.shot, diff(before, after))
    ]
    return found + [Difference(*one) for one in _orders(first, second) if one[1] != one[2]]


def _resolved(document: dict[str, object]) -> Resolved:
    return resolve(read_data(document), vocabulary())


def _orders(first: Take, second: Take) -> list[tuple[str, str, str]]:
    """Return how the two were ordered: model, backend, wording, and each parameter that either was sent with."""
    plain = [(label, str(getattr(first, name)), str(getattr(second, name))) for name, label in _ORDERED.items()]
    names = dict.fromkeys([*first.params, *second.params])
    return plain + [(name, _said(first, name), _said(second, name)) for name in names]


_ORDERED = {"target": "Written for", "backend": "Shot on", "wording": "Wording"}


def _said(take: Take, name: str) -> str:
    return str(take.params.get(name, "not sent"))
