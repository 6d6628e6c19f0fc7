from collections.abc import Iterator

from app.lint.alike import agree, head
from app.lint.cut import Cut, CutRule
from app.schema.compiled import Finding
from app.schema.shot import Place

TIGHTER = 1
"""Further in than by so many sizes, what stood in the room may be out of the frame."""

MOST = 24
"""Props that a shot lists."""


class PropGoes(CutRule):
    """A prop of the shot before is missing, or is another one.

    ## What
    A prop changes its looks, an enamel mug becomes a glass mug; or the shot lists its props and leaves out one of the
    shot before. What is missing is not asked of a shot that goes in closer: there it may be out of the frame.

    ## Why
    A model puts into the room what the prompt names, and nothing else stays where it was. Somebody who reaches for a
    mug in the next shot needs one to be there. Carry the list over, and let the frame leave things out.

    ## Example
    ```toml
    [before.place]
    props = ["an enamel mug", "a logbook"]

    [after.place]
    props = ["a glass mug", "a logbook"]
    ```
    ```toml
    [before.place]
    props = ["an enamel mug", "a logbook"]

    [after.place]
    props = ["a logbook"]
    ```

    ## Instead
    ```toml
    [before.place]
    props = ["an enamel mug", "a logbook"]

    [after.place]
    props = ["a logbook", "an enamel mug, steaming"]
    ```
    """

    id = "prop_goes"
    number = "CUT18"
    severity = "info"
    basis = "craft"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Look for each prop of the shot before among those of this one."""
        before, after = _props(cut.before.shot.place), _props(cut.after.shot.place)
        new = [one for one in after if not any(agree(prop, one) for prop in before)]
        for prop in before if after else ():
            if any(agree(prop, one) for one in after):
                continue
            other = next((one for one in new if head(one) == head(prop)), "")
            if other:
                fix = [prop if one == other else one for one in after]
                yield self._says(f"The “{prop}” of the shot before has become “{other}”.", fix)
            elif (cut.closer or 0) <= TIGHTER:
                yield self._says(f"The “{prop}” of the shot before is missing.", [*after, prop])

    def _says(self, message: str, props: list[str]) -> Finding:
        return self.found(message, "place.props", fix={"place": {"props": props}} if len(props) <= MOST else None)


def _props(place: Place | None) -> tuple[str, ...]:
    return place.props if place else ()
