"""What a rule is: a class whose docstring is its page."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from inspect import getdoc
from typing import Any, ClassVar

from app.resolve import Resolved
from app.schema.compiled import Finding, Severity


class Rule(ABC):
    """Looks at one thing that cannot be, or should not be, together.

    The docstring has a first line and four parts, What, Why, Example and Instead. Example holds a shot, in TOML,
    on which the rule fires; Instead one on which it must not. The studio, the CLI and the docs print it, and the
    tests run it.
    """

    id: str

    severity: ClassVar[Severity] = "warning"

    needs: ClassVar[tuple[str, ...]] = ()
    """Paths, or first keys of paths such as `lights`: the rule runs only when each is said. None: it always runs."""

    @abstractmethod
    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Yield a finding for each place that breaks the rule."""

    def found(self, message: str, *paths: str, fix: dict[str, Any] | None = None) -> Finding:
        """Return a finding of this rule."""
        return Finding(self.id, self.severity, message, paths, fix)

    def page(self) -> str:
        """Return the rule's page, as Markdown."""
        return f"# {getdoc(type(self))}"
