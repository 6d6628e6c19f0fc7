from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

SWIRL = "look.bokeh.swirl"
SMALL_T = 4
OPEN_T = 2


class SwirlStoppedDown(Rule):
    """A swirling background is asked for from a lens that is stopped down.

    ## What
    The lens or the bokeh swirls, and the stop is smaller than T4, or the focus is deep.

    ## Why
    The swirl of a Helios or a Petzval is the edge of the glass cutting off-axis discs into cats' eyes. Stopped down,
    the iris cuts first and the discs are round; in deep focus there are none. It needs T2 or so, a subject in the
    middle, and leaves or lights some way behind.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.helios_44"
    t_stop = 8
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.helios_44"
    t_stop = 2.1
    ```
    """

    id = "swirl_stopped_down"
    number = "DOF10"
    basis = "source: visualfoodie on the Helios"
    about = (SWIRL, "camera.lens.helios_44", "camera.lens.petzval")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the stop, and the focus, with what the swirl needs."""
        swirls = resolved.where(*self.about)
        family, stop = resolved.term("camera.lens_family"), resolved.number("camera.t_stop")
        fastest = family.numbers.get("max_stop_t", OPEN_T) if family else OPEN_T
        if stop and stop > max(SMALL_T, fastest + 0.1):
            yield self.found(
                f"At T{stop:g} the iris cuts the discs round and nothing swirls: open to T{max(fastest, OPEN_T):g}.",
                "camera.t_stop",
                swirls,
                fix=at("camera.t_stop", max(fastest, OPEN_T)) if "camera.t_stop" in resolved.said else None,
            )
        elif deep := chosen(resolved, "camera.focus.deep"):
            yield self.found("What swirls is the blur, and in deep focus there is none.", deep, swirls)
