"""The set-ups that cover a shot, each with the shot that comes of it."""

from app.patch import merge
from app.resolve import Resolved, resolve
from app.resolve.coverage import Setup, coverage
from app.schema import Shot, read_data
from app.schema.documents import Draft
from app.vocab import vocabulary


def covered(draft: Draft) -> list[tuple[Setup, Shot, Resolved]]:
    """Return each set-up with the shot that comes of it."""
    whole = draft.shot.model_dump(mode="json", exclude_defaults=True)
    found = []
    for setup in coverage(resolve(draft.shot, vocabulary())):
        shot = read_data(merge(whole, setup.patch), setup.label)
        found.append((setup, shot, resolve(shot, vocabulary())))
    return found
