"""Asks every rule that has something to read, and leaves out what a person silenced with a reason."""

from functools import lru_cache

from app.lint import rules as package
from app.lint.base import DEPARTMENTS, RANK, Check, Rule, silenced
from app.lint.cut import CutRule
from app.lint.cutting import check_cut, cut_catalogue, cuts
from app.lint.hearing import listen
from app.registry import Registry
from app.resolve import Resolved
from app.schema.checks import EVERYTHING, Checks, Profile
from app.schema.compiled import Finding
from app.schema.facets import patterns

__all__ = ["Check", "CutRule", "Rule", "asked", "catalogue", "check_cut", "cut_catalogue", "cuts", "lint", "rules"]

rules: Registry[Rule] = Registry("rule", Rule, package)


def lint(resolved: Resolved, checks: Checks = EVERYTHING) -> list[Finding]:
    """Return the findings, the gravest first, as the film wants to be checked."""
    found = [
        finding
        for rule in asked(resolved, checks)
        for finding in rule.check(resolved)
        if not resolved.shot.marks or not silenced(finding, resolved)
    ]
    return sorted(found, key=lambda finding: (RANK[finding.severity], finding.code))


def catalogue() -> dict[str, list[Rule]]:
    """Return all rules by department, each department by number."""
    found: dict[str, list[Rule]] = {label: [] for label in DEPARTMENTS.values()}
    for rule in sorted(rules.values(), key=lambda rule: (rule.number, rule.id)):
        found[rule.department].append(rule)
    return {label: some for label, some in found.items() if some}


def asked(resolved: Resolved, checks: Checks) -> list[Rule]:
    """Return the rules that have something to look at in a shot: their fields are said, their terms are named."""
    listen(resolved)
    found, by_term = _runnable(resolved.said, checks.profile)
    for term in resolved.picked.keys() | resolved.spoken.keys():
        if term in by_term:
            found = found | by_term[term]
    return [rule for rule in found if rule.id not in checks.silence] if checks.silence else list(found)


@lru_cache(maxsize=512)
def _runnable(said: frozenset[str], profile: Profile) -> tuple[frozenset[Rule], dict[str, frozenset[Rule]]]:
    """Return the rules whose fields are said: those that always run, and by term those that wait for one.

    Which ones they are changes only when a field is filled or cleared.
    """
    there = patterns(said)
    able = [
        rule
        for rule in rules.values()
        if there.issuperset(rule.needs) and (profile == "set" or rule.profile == "picture")
    ]
    by_term: dict[str, set[Rule]] = {}
    for rule in able:
        for term in rule.about:
            by_term.setdefault(term, set()).add(rule)
    always = frozenset(rule for rule in able if not rule.about)
    return always, {term: frozenset(some) for term, some in by_term.items()}
