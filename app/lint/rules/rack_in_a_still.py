from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen, still
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

PULLS = ("camera.focus.rack", "camera.focus.follow")


class RackInAStill(Rule):
    """Focus is pulled in a still.

    ## What
    The shot is a still, and a rack or follow focus is asked for.

    ## Why
    A still has one plane of focus. A model that is told of a pull draws two soft planes, or a ghost of each.

    ## Example
    ```toml
    [intent]
    medium = "intent.medium.film_still"

    [camera]
    focus = { technique = "camera.focus.rack" }
    ```

    ## Instead
    ```toml
    [intent]
    medium = "intent.medium.film_still"

    [camera]
    focus = { technique = "camera.focus.shallow", on = { words = "the letter in the foreground" } }
    ```
    """

    id = "rack_in_a_still"
    number = "DOF07"
    severity = "error"
    basis = "definition"
    needs = ("intent.medium",)
    about = PULLS

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a pull in a medium without time."""
        if still(resolved) and (pull := chosen(resolved, *PULLS)):
            yield self.found(
                "A still has one plane of focus: choose it, and keep the pull for a moving picture.",
                pull,
                "intent.medium",
                fix=at(pull, None) if resolved.value(pull) in PULLS else None,
            )
