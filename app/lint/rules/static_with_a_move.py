from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import named, together
from app.resolve import Resolved
from app.schema.compiled import Finding


class StaticWithAMove(Rule):
    """The camera is static and moves in the same beat.

    ## What
    One beat has a static shot and another movement of the camera.

    ## Why
    Static says that the camera neither travels, turns nor zooms. Two beats may follow each other, one still and one
    moving; within one beat only one of the two can be true.

    ## Example
    ```toml
    [beats.one.moves.none]
    path = "camera.move.static"

    [beats.one.moves.push]
    path = "camera.move.dolly_in"
    ```

    ## Instead
    ```toml
    [beats.one.moves.none]
    path = "camera.move.static"

    [beats.two]
    slot = 1

    [beats.two.moves.push]
    path = "camera.move.dolly_in"
    ```
    """

    id = "static_with_a_move"
    number = "MOV02"
    severity = "error"
    basis = "definition"
    needs = ("beats.*.moves",)
    about = ("camera.move.static",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Find the beats in which a static shot has company."""
        for moves in together(resolved):
            still = next((one for one in moves if "static" in one.term.traits), None)
            moving = next((one for one in moves if "static" not in one.term.traits), None)
            if still and moving:
                yield self.found(
                    f"In beat {still.beat} the camera is static and does {named(moving.term)}: keep one, or "
                    "let one follow the other in a beat of its own.",
                    f"{still.path}.path",
                    f"{moving.path}.path",
                )
