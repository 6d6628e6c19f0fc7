from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.references import COLOR_PALETTE, COMPOSITION, LENT, LIGHTING, TEXTURE, lent, sent
from app.resolve import Resolved
from app.schema.compiled import Finding

SINGLE = (COLOR_PALETTE, COMPOSITION, LIGHTING, TEXTURE)
"""Roles that are one layer of a picture, and nothing beside it."""


class RoleLeftOut(Rule):
    """A picture is to leave out the very thing that it is for.

    ## What
    A reference for palette, composition, lighting or texture ignores that layer, and takes nothing else by name.

    ## Why
    A palette reference without its palette lends nothing: the role says one thing and the list the opposite. Either
    the role is wrong, or the list.

    ## Example
    ```toml
    [references.bands]
    role = "reference.role.color_palette"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ignore = ["reference.aspect.palette", "reference.aspect.framing"]
    ```

    ## Instead
    ```toml
    [references.bands]
    role = "reference.role.color_palette"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ignore = ["reference.aspect.framing"]
    ```
    """

    id = "role_left_out"
    number = "REF11"
    basis = "definition"
    needs = ("references.*.ignore",)
    about = SINGLE

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for references that have nothing left to lend."""
        for name, reference in sent(resolved):
            if reference.role in SINGLE and not reference.take and not lent(reference):
                layer = resolved.vocabulary.terms[str(reference.role)].phrase
                aspects = " and ".join(resolved.vocabulary.terms[one].phrase for one in LENT[str(reference.role)])
                yield self.found(
                    f"The reference {name} is there for {layer}, and is to leave out {aspects}: it lends nothing.",
                    f"references.{name}.ignore",
                    f"references.{name}.role",
                )
