"""Clauses for an edit: what becomes of a picture that exists, and what stays as it is."""

from collections.abc import Iterator

from app.compile.brief import Clause, Fact
from app.compile.wording import listed, unstopped
from app.resolve import Resolved

EXTEND = "edit.extend"
CONTINUE = "Continue the picture seamlessly into its blurred margins"


def edits(resolved: Resolved) -> Iterator[Clause]:
    """One clause: each change as a fact of its own, because most models want one change a pass."""
    changes = [Fact("change", unstopped(one), ("edit.change",)) for one in resolved.value("edit.change") or ()]
    if resolved.value(EXTEND) and resolved.number("framing.aspect"):  # it comes with blurred margins, in the new shape
        shape = [path for path in ("framing.aspect", "framing.shape") if path in resolved.said]
        changes.insert(0, Fact("change", CONTINUE, (EXTEND, *shape)))
    yield Clause("edit", [*changes, *listed(resolved, "keep", "edit.keep")], priority=0)
