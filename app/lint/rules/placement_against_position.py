from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

SLACK = 0.1


class PlacementAgainstPosition(Rule):
    """The composition puts the subject in one place of the frame, and its number in another.

    ## What
    A placement such as a third or the centre is named, and the first subject's place across the frame is more than a
    tenth of the width away from it; or the frame is centred and short-sided at once.

    ## Why
    A frame has one place for its subject. Short-siding crowds the edge that somebody looks towards, which a centred
    subject cannot do.

    ## Example
    ```toml
    [framing]
    placement = "framing.placement.centred"

    [subjects.mara]
    screen_x = 0.2
    ```

    ## Instead
    ```toml
    [framing]
    placement = "framing.placement.left_third"

    [subjects.mara]
    screen_x = 0.35
    ```
    """

    id = "placement_against_position"
    needs = ("framing.placement",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the named place with the number, for a single subject."""
        placement, hero = resolved.term("framing.placement"), resolved.hero
        wanted = placement.numbers.get("x") if placement else None
        path = f"subjects.{hero}.screen_x"
        across = resolved.number(path)
        if placement and wanted is not None and across is not None and abs(across - wanted) > SLACK:
            yield self.found(
                f"{placement.label} is {wanted:.0%} across the frame; the subject stands at {across:.0%}.",
                "framing.placement",
                path,
                fix=at(path, round(wanted, 2)),
            )
        lead = resolved.value("framing.lead_room")
        if placement and placement.id == "framing.placement.centred" and lead == "framing.lead_room.short_sided":
            yield self.found(
                "A centred subject is not short-sided: there is as much room on either side.",
                "framing.lead_room",
                "framing.placement",
                fix=at("framing.lead_room", None),
            )
