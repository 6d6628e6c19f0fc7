from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.references import CHARACTER, COLOR_PALETTE, COMPOSITION, LIGHTING, TEXTURE, lent, owner, sent
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.shot import Reference

OF_THE_SHOT = (LIGHTING, COLOR_PALETTE, COMPOSITION)
OF_SOMEBODY = (CHARACTER, TEXTURE)


class OneRoleTwice(Rule):
    """Two pictures are given for the same thing.

    ## What
    Two references share a role and lend the same aspect: of the same subject, or of the whole shot.

    ## Why
    Nobody said which one wins. Two lights, two layouts or two faces of one person are mixed, and the mixture is
    another one in each take. Keep the better picture, or let each lend what the other does not: one the face, the other
    the wardrobe.

    ## Example
    ```toml
    [references.lamp]
    role = "reference.role.lighting"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"

    [references.window]
    slot = 1
    role = "reference.role.lighting"
    asset = "00000000000000000000000000000000000000000000000000000000000000bb"
    ```

    ```toml
    [subjects.mara]
    name = "Mara"

    [references.portrait]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"

    [references.passport]
    slot = 1
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000bb"
    of = "mara"
    ```

    ## Instead
    ```toml
    [subjects.mara]
    name = "Mara"

    [references.portrait]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"
    take = ["reference.aspect.face", "reference.aspect.hair"]

    [references.coat]
    slot = 1
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000bb"
    of = "mara"
    take = ["reference.aspect.wardrobe"]
    ```
    """

    id = "one_role_twice"
    number = "REF07"
    basis = "craft"
    needs = ("references",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare each picture with those that come before it."""
        first: dict[tuple[str, str, str], str] = {}
        for name, reference in sent(resolved):
            whose = _whose(resolved, reference)
            for aspect in lent(reference) if whose is not None else ():
                before = first.setdefault((str(reference.role), whose or "", aspect), name)
                if before != name:
                    part = resolved.vocabulary.terms.get(aspect)
                    yield self.found(
                        f"The references {before} and {name} both lend {part.phrase if part else aspect}: which one "
                        "wins? Keep one, or let each lend something else.",
                        f"references.{name}.role",
                        f"references.{before}.role",
                    )
                    break


def _whose(resolved: Resolved, reference: Reference) -> str | None:
    """Return whose picture it is, empty for the whole shot's; None where two of a role do no harm or it is open."""
    if reference.role in OF_THE_SHOT:
        return reference.of or ""
    return owner(resolved, reference) or None if reference.role in OF_SOMEBODY else None
