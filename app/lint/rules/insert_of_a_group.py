from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.people import SEVERAL
from app.resolve import Resolved
from app.schema.compiled import Finding


class InsertOfAGroup(Rule):
    """An insert is asked for, and several people in the frame.

    ## What
    The shot is an insert, and its count is two, three, a group or a crowd.

    ## Why
    An insert is a detail cut into a scene: a letter, a hand on a latch. Several figures need the room that it gives up.
    It is usually two shots.

    ## Example
    ```toml
    [intent]
    purpose = ["intent.purpose.insert"]

    [framing]
    count = "framing.count.group"
    ```

    ## Instead
    ```toml
    [intent]
    purpose = ["intent.purpose.insert"]

    [camera]
    size = "camera.size.ecu"
    ```
    """

    id = "insert_of_a_group"
    number = "LENS16"
    basis = "counts of a benchmark: no answer has both"
    needs = ("framing.count",)
    about = ("intent.purpose.insert",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for several people round the detail."""
        count = resolved.term("framing.count")
        if count and count.id in SEVERAL:
            yield self.found(
                f"An insert shows a detail; a {count.label.lower()} needs whole figures: split it into two shots.",
                "framing.count",
                resolved.where("intent.purpose.insert"),
            )
