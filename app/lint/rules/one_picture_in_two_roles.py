from collections.abc import Iterator
from itertools import combinations

from app.lint.base import Rule
from app.lint.references import lent, sent
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.shot import Reference

FRAMES = frozenset({"reference.role.start_frame", "reference.role.end_frame", "reference.role.source"})
"""Pictures that stand in the shot themselves; what else they lend is theirs anyway."""


class OnePictureInTwoRoles(Rule):
    """One picture is sent twice, for two things.

    ## What
    Two references with different roles have the same picture, and do not say which aspects each of them takes, or both
    take the same.

    ## Why
    The model sees one picture and hears two orders about it, so the roles run into each other: a face reference that
    also lends its light lends its face to the light. It costs a second place, too, of the few that a model has. Say
    what each takes, or take another picture for one of them.

    ## Example
    ```toml
    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"

    [references.light]
    slot = 1
    role = "reference.role.lighting"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```

    ## Instead
    ```toml
    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    take = ["reference.aspect.face"]

    [references.light]
    slot = 1
    role = "reference.role.lighting"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    take = ["reference.aspect.light_direction"]
    ```
    """

    id = "one_picture_in_two_roles"
    number = "REF09"
    basis = "craft"
    needs = ("references",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare every two references that have the same picture."""
        for (first, one), (second, other) in combinations(sent(resolved), 2):
            if one.asset == other.asset and one.role != other.role and not _apart(one, other):
                yield self.found(
                    f"The references {first} and {second} are one picture in two roles: say what each of them takes, "
                    "or give one of them a picture of its own.",
                    f"references.{second}.asset",
                    f"references.{first}.asset",
                )


def _apart(one: Reference, other: Reference) -> bool:
    """Tell whether two uses of a picture keep out of each other's way."""
    if {one.role, other.role} & FRAMES:
        return True
    return bool(one.take and other.take) and set(lent(one)).isdisjoint(lent(other))
