from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import named
from app.resolve import Resolved
from app.schema.compiled import Finding

ORDER = tuple(
    f"camera.size.{one}" for one in ("ecu", "bcu", "cu", "mcu", "ms", "cowboy", "mls", "fs", "ws", "ews", "est")
)
THINGS = ("beats.", "place.props", "place.foreground", "place.midground", "place.background")
"""Here a name of a size is a photograph on the wall, or the end of a move."""

RANK = {one: rank for rank, one in enumerate(ORDER)}


class TwoShotSizes(Rule):
    """One size is picked, and the words name another that is not its neighbour.

    ## What
    What the shot is for, the place or a description names a shot size two or more steps away from the one picked.

    ## Why
    A frame has one size. Neighbours are a matter of taste, a close-up and a wide shot are two shots, or the two ends
    of a move; then say it in a beat.

    ## Example
    ```toml
    [camera]
    size = "camera.size.ws"

    [intent]
    says = "an extreme close-up of her grief"
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.cu"

    [intent]
    says = "a tight close-up of her grief"
    ```
    """

    id = "two_shot_sizes"
    number = "LENS18"
    basis = "definition; all double answers of a benchmark are neighbours"
    needs = ("camera.size",)
    about = ORDER

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the picked size with every size that is named."""
        spoken = RANK.keys() & resolved.spoken.keys()
        size = resolved.term("camera.size") if spoken else None
        if size is None:
            return
        for other in sorted(spoken, key=ORDER.index):
            path = next((one for one in resolved.spoken[other] if not one.startswith(THINGS)), "")
            if path and abs(RANK[other] - RANK.get(size.id, RANK[other])) > 1:
                label = named(resolved.vocabulary.terms[other])
                yield self.found(
                    f"The size is {named(size)}; the words say {label}. Keep one, or let a move lead "
                    "from one to the other.",
                    path,
                    "camera.size",
                )
