"""Asks every rule that has something to read, and leaves out what a person silenced with a reason."""

from functools import lru_cache

from app.lint import rules as package
from app.lint.base import DEPARTMENTS, Rule
from app.lint.hearing import listen
from app.registry import Registry
from app.resolve import Resolved
from app.schema.checks import EVERYTHING, Checks, Profile
from app.schema.compiled import Finding
from app.schema.facets import patterns

__all__ = ["Rule", "asked", "catalogue", "lint", "rules"]

rules: Registry[Rule] = Registry("rule", Rule, package)

RANK = {"error": 0, "warning": 1, "info": 2}


def lint(resolved: Resolved, checks: Checks = EVERYTHING) -> list[Finding]:
    """Return the findings, the gravest first, as the film wants to be checked."""
    found = [
        finding
        for rule in asked(resolved, checks)
        for finding in rule.check(resolved)
        if not resolved.shot.marks or not _silenced(finding, resolved)
    ]
    return sorted(found, key=lambda finding: RANK[finding.severity])


def catalogue() -> dict[str, list[Rule]]:
    """Return all rules by department, each department by number."""
    found: dict[str, list[Rule]] = {label: [] for label in DEPARTMENTS.values()}
    for rule in sorted(rules.values(), key=lambda rule: (rule.number, rule.id)):
        found[rule.department].append(rule)
    return {label: some for label, some in found.items() if some}


def asked(resolved: Resolved, checks: Checks) -> list[Rule]:
    """Return the rules that have something to look at in a shot: their fields are said, their terms are named."""
    listen(resolved)
    named = resolved.picked.keys() | resolved.spoken.keys()
    return [
        rule
        for rule in _runnable(resolved.said, checks.profile)
        if (not rule.about or not named.isdisjoint(rule.about)) and rule.id not in checks.silence
    ]


@lru_cache(maxsize=512)
def _runnable(said: frozenset[str], profile: Profile) -> tuple[Rule, ...]:
    """Return the rules whose fields are said: which ones they are changes only when a field is filled or cleared."""
    there = patterns(said)
    return tuple(
        rule
        for rule in rules.values()
        if there.issuperset(rule.needs) and (profile == "set" or rule.profile == "picture")
    )


def _silenced(finding: Finding, resolved: Resolved) -> bool:
    return any(finding.code in resolved.mark(path).silence for path in finding.paths)
