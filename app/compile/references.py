"""Clauses for the reference pictures: one role each, what to take and what to leave."""

from collections.abc import Iterator

from app.compile.brief import Clause, Fact, Picture
from app.compile.wording import free, handle, listed, picked
from app.resolve import Resolved
from app.resolve.known import ordered


def references(resolved: Resolved) -> Iterator[Clause]:
    """One clause for each reference, by slot."""
    for name, _ in ordered(resolved.shot.references):
        at = f"references.{name}"
        facts = picked(resolved, "role", f"{at}.role")
        if resolved.value(f"{at}.asset"):
            facts.append(Fact("asset", "", (f"{at}.asset", *([f"{at}.address"] if _address(resolved, name) else []))))
        facts += free(resolved, "shows", f"{at}.shows")
        if of := resolved.value(f"{at}.of"):
            facts.append(Fact("of", handle(resolved, of), (f"{at}.of",)))
        facts += listed(resolved, "take", f"{at}.take")
        facts += listed(resolved, "ignore", f"{at}.ignore")
        yield Clause("reference", facts, priority=1, about=name)


def pictures(resolved: Resolved) -> Iterator[Picture]:
    """The references that have a picture to send and a role to send it in."""
    for name, reference in ordered(resolved.shot.references):
        left = {f"references.{name}.asset", f"references.{name}.role"} & resolved.left
        if reference.asset and reference.role and not left:
            numbers = (resolved.number(f"references.{name}.{field}") for field in ("strength", "at_s"))
            yield Picture(name, reference.role, reference.asset, _address(resolved, name), *numbers)


def _address(resolved: Resolved, name: str) -> str:
    """Return where a picture lies on the web; nothing where that, or the picture, is left to the model."""
    left = {f"references.{name}.asset", f"references.{name}.address"} & resolved.left
    return "" if left else resolved.shot.references[name].address or ""
