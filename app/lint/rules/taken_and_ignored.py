from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding


class TakenAndIgnored(Rule):
    """The same aspect of a picture is to be taken and to be left.

    ## What
    A reference lists an aspect under Take, and under Ignore as well.

    ## Why
    The prompt then says both in one line, and the model does whichever it read last.

    ## Example
    ```toml
    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    take = ["reference.aspect.face", "reference.aspect.hair"]
    ignore = ["reference.aspect.hair", "reference.aspect.wardrobe"]
    ```

    ## Instead
    ```toml
    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    take = ["reference.aspect.face", "reference.aspect.hair"]
    ignore = ["reference.aspect.wardrobe"]
    ```
    """

    id = "taken_and_ignored"
    number = "REF10"
    severity = "error"
    basis = "definition"
    needs = ("references.*.take", "references.*.ignore")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the two lists of every reference; the fix takes what is said to be taken."""
        for name in resolved.shot.references:
            take, ignore = (resolved.value(f"references.{name}.{key}") or () for key in ("take", "ignore"))
            taken = {_folded(one) for one in take}
            both = [one for one in ignore if _folded(one) in taken]
            if both:
                terms = resolved.vocabulary.terms
                words = " and ".join(terms[one].phrase if one in terms else _folded(one) for one in map(_said, both))
                kept = [one for one in ignore if one not in both]
                yield self.found(
                    f"The reference {name} is to lend {words}, and is to leave it out.",
                    f"references.{name}.ignore",
                    f"references.{name}.take",
                    fix=at(f"references.{name}.ignore", kept or None),
                )


def _said(pick: str | dict[str, str]) -> str:
    """Return the id or the words of a pick."""
    return pick["words"] if isinstance(pick, dict) else pick


def _folded(pick: str | dict[str, str]) -> str:
    """Return the id or the words of a pick, whatever the case."""
    return _said(pick).casefold()
