"""The checks: what cannot, or should not, be true together, each with its page."""

from inspect import getdoc
from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel

from app.lint import Rule, catalogue, rules
from app.schema.checks import Profile
from app.web.api._forms import Id, door

router = door("checks")


class Check(BaseModel):
    """A check. `page` says what it finds, why that matters, on which shot, and what to do instead."""

    code: str
    number: str
    department: str
    severity: Literal["error", "warning", "info"]
    profile: Profile
    summary: str
    page: str


@router.get("/checks")
def list_checks() -> list[Check]:
    """List every check, by department."""
    return [_check(one, department) for department, found in catalogue().items() for one in found]


@router.get("/checks/{code}")
def get_check(code: Annotated[Id, Path(description="The code of a finding, such as `faster_than_the_lens`.")]) -> Check:
    """Return one check with its page."""
    rule = rules[code]
    return _check(rule, next(department for department, found in catalogue().items() if rule in found))


def _check(rule: Rule, department: str) -> Check:
    return Check(
        code=rule.id,
        number=rule.number,
        department=department,
        severity=rule.severity,
        profile=rule.profile,
        summary=rule.summary,
        page=getdoc(rule) or "",
    )
