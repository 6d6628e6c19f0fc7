"""Clauses for an edit: what becomes of a picture that exists, and what stays as it is."""

from collections.abc import Iterator

from app.compile.brief import Clause, Fact
from app.compile.wording import listed, unstopped
from app.resolve import Resolved


def edits(resolved: Resolved) -> Iterator[Clause]:
    """One clause: each change as a fact of its own, because most models want one change a pass."""
    changes = [Fact("change", unstopped(one), ("edit.change",)) for one in resolved.value("edit.change") or ()]
    yield Clause("edit", [*changes, *listed(resolved, "keep", "edit.keep")], priority=0)
