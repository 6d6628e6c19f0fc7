"""Asks every rule that has something to read, and leaves out what a person silenced with a reason."""

from app.lint import rules as package
from app.lint.base import Rule
from app.registry import Registry
from app.resolve import Resolved
from app.schema.compiled import Finding

__all__ = ["Rule", "lint", "rules"]

rules: Registry[Rule] = Registry("rule", Rule, package)

RANK = {"error": 0, "warning": 1, "info": 2}


def lint(resolved: Resolved) -> list[Finding]:
    """Return the findings, the gravest first."""
    said = resolved.said.union([group for group, value in resolved.shot if value])
    found = [
        finding
        for rule in rules.values()
        if said.issuperset(rule.needs)
        for finding in rule.check(resolved)
        if not _silenced(finding, resolved)
    ]
    return sorted(found, key=lambda finding: RANK[finding.severity])


def _silenced(finding: Finding, resolved: Resolved) -> bool:
    return any(finding.code in resolved.mark(path).silence for path in finding.paths)
