from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.lint.scenery import differ, other_place, words
from app.schema.compiled import Finding


class SettingJumps(CutRule):
    """Two shots of one scene are in two places, or tell one place in two ways.

    ## What
    The shot before is inside and this one outside, or the two name places of which neither says only more about the
    other. Nothing is said where a cross-cut or another transition tells that the picture goes elsewhere.

    ## Why
    A scene is one place at one time: that is what its number means on a schedule. Two places under one number are a
    scene too few, or a place that was described twice with other words, and a model builds two rooms of those.

    ## Example
    ```toml
    [before.place]
    setting = "place.setting.interior"
    where = "the watch room below the lamp"

    [after.place]
    setting = "place.setting.interior"
    where = "a narrow kitchen with a stove"
    ```

    ## Instead
    ```toml
    [before.place]
    setting = "place.setting.interior"
    where = "the watch room below the lamp"

    [after.place]
    setting = "place.setting.interior"
    where = "the watch room"
    ```
    """

    id = "setting_jumps"
    number = "CUT13"
    basis = "definition: a scene is one place"
    holds = "cut"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two places."""
        if "time.transition.cross_cut" in {cut.before.pick("transition_out"), cut.after.pick("transition_in")}:
            return
        paths = other_place(cut.before, cut.after) or _reworded(cut)
        if paths:
            was, now = (words(one, paths[-1]).lower() for one in (cut.before, cut.after))
            yield self.found(
                f"The place was “{was}” in the shot before and is “{now}” now: describe it once, or give this shot a "
                "scene of its own.",
                *paths,
                fix=cut.as_before(*paths),
            )


def _reworded(cut: Cut) -> tuple[str, ...]:
    """Return the path at which one place is told in words that do not agree."""
    return ("place.where",) if differ(cut.before, cut.after, "place.where") else ()
