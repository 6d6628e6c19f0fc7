"""Takes the fixes that findings offer, one after another, until none is left to take."""

from typing import NamedTuple

from app.lint import lint
from app.patch import merge
from app.resolve import resolve
from app.schema import Finding, Shot, read_data
from app.schema.changes import Change, changes
from app.schema.checks import EVERYTHING, Checks
from app.vocab import Vocabulary

MOST = 60
"""Fixes taken in one go: two that undo each other must come to an end."""


class Mended(NamedTuple):
    """A finding whose fix was taken, and what that changed."""

    finding: Finding
    changes: list[Change]


def mend(shot: Shot, vocabulary: Vocabulary, checks: Checks = EVERYTHING) -> tuple[Shot, list[Mended]]:
    """Return the shot with every offered fix taken, the gravest first, and what each of them changed.

    A finding that comes back after its fix is left as it is.
    """
    taken: list[Mended] = []
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while len(taken) < MOST:
        findings = lint(resolve(shot, vocabulary), checks)
        finding = next((one for one in findings if one.fix and (one.code, one.paths) not in seen), None)
        if finding is None or finding.fix is None:
            break
        seen.add((finding.code, finding.paths))
        changed = changes(shot, finding.fix)
        shot = read_data(merge(shot.model_dump(mode="json", exclude_defaults=True), finding.fix))
        taken.append(Mended(finding, changed))
    return shot, taken
