"""Asks every check of a cut, and leaves out what a person silenced with a reason."""

from app.lint import cuts as package
from app.lint.base import RANK, silenced
from app.lint.cut import Cut, CutRule
from app.registry import Registry
from app.resolve import Resolved
from app.schema.checks import EVERYTHING, Checks
from app.schema.compiled import Finding

cuts: Registry[CutRule] = Registry("check of a cut", CutRule, package)


def cut_catalogue() -> dict[str, list[CutRule]]:
    """Return all checks of a cut by department, which is one, by number."""
    found: dict[str, list[CutRule]] = {}
    for rule in sorted(cuts.values(), key=lambda rule: rule.number):
        found.setdefault(rule.department, []).append(rule)
    return found


def check_cut(before: Resolved, after: Resolved, checks: Checks = EVERYTHING) -> list[Finding]:
    """Return what does not go on from one shot of a scene to the next, the gravest first, as the film is checked.

    Paths and fixes are those of the later shot. Whether the two are of one scene is for the caller to know.
    """
    cut = Cut(before, after)
    found = [
        finding
        for rule in cuts.values()
        if rule.holds in cut.holds
        and rule.id not in checks.silence
        and (checks.profile == "set" or rule.profile == "picture")
        for finding in rule.check(cut)
        if not after.shot.marks or not silenced(finding, after)
    ]
    return sorted(found, key=lambda finding: (RANK[finding.severity], finding.code))
