"""What a check is, and a rule over one shot: a class whose docstring is its page."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from inspect import getdoc
from typing import Any, ClassVar

from app.resolve import Resolved
from app.schema.checks import Profile
from app.schema.compiled import Finding, Severity

DEPARTMENTS = {
    "LENS": "Lens and framing",
    "DOF": "Focus and depth",
    "ANA": "Anamorphic and optical artefacts",
    "MOV": "Movement and support",
    "ANG": "Angle and height",
    "LIT": "Lighting",
    "COL": "Colour of light",
    "FLM": "Stock, process and grade",
    "TIM": "Time",
    "CMP": "Composition",
    "PRM": "Prompt",
    "REF": "References",
    "CUT": "Between two shots",
    "": "The shot itself",
}
"""What the letters of a rule's number stand for, in the order of the catalogue."""


RANK = {"error": 0, "warning": 1, "info": 2}
"""How findings are sorted: the gravest first."""


class Check(ABC):
    """What all checks have in common: a number, a gravity, a page.

    Severity: error cannot be true; warning is possible, but costs something or is usually a mistake; info is true and
    worth saying aloud.

    The docstring has a first line and four parts, What, Why, Example and Instead. Example holds, in TOML, what the
    check fires on; Instead what it must not fire on. The studio, the CLI and the docs print it, and the tests run it.
    """

    id: str

    number: ClassVar[str] = ""
    """Its number in the catalogue, by department: LENS09."""

    severity: ClassVar[Severity] = "warning"

    profile: ClassVar[Profile] = "picture"

    basis: ClassVar[str] = ""
    """What it rests on: physics, geometry, a definition, a source, counts of a benchmark, or craft."""

    def found(self, message: str, *paths: str, fix: dict[str, Any] | None = None) -> Finding:
        """Return a finding of this check."""
        return Finding(self.id, self.severity, message, paths, fix)

    @property
    def summary(self) -> str:
        """The check in one sentence: the first line of its page."""
        return (getdoc(type(self)) or "").partition("\n")[0]

    @property
    def department(self) -> str:
        """Whose check it is, by the letters of its number."""
        return DEPARTMENTS[self.number.rstrip("0123456789abcdef")]

    def page(self) -> str:
        """Return the check's page, as Markdown."""
        return f"# {getdoc(type(self))}"


class Rule(Check):
    """Looks at one thing that cannot be, or should not be, together in one shot."""

    needs: ClassVar[tuple[str, ...]] = ()
    """Paths, with `*` for any id, or their beginnings such as `lights` or `lights.*.gels`: the rule runs only when each
    is said. None: it always runs."""

    about: ClassVar[tuple[str, ...]] = ()
    """Terms: the rule runs only when one of them is picked, or named in free text. None: it always runs."""

    @abstractmethod
    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Yield a finding for each place that breaks the rule."""


def silenced(finding: Finding, resolved: Resolved) -> bool:
    """Tell whether somebody silenced a finding with a reason, on one of its paths."""
    return any(finding.code in resolved.mark(path).silence for path in finding.paths)
