from collections.abc import Iterator

from app.lint.alike import contradict
from app.lint.cut import Cut, CutRule, called
from app.schema.compiled import Finding


class WardrobeChanges(CutRule):
    """Somebody wears something else than in the shot before.

    ## What
    The words for the wardrobe of the same person share nothing with those of the shot before, or name other colours, at
    the same hour. What one of the two says beyond the other is no change.

    ## Why
    Nobody changes at a straight cut. A model dresses people by the words of the shot that it is given and knows of no
    other: the same coat is the same words, in every shot.

    ## Example
    ```toml
    [before.subjects.mara]
    name = "Mara"
    wardrobe = "a navy pea coat"

    [after.subjects.mara]
    name = "Mara"
    wardrobe = "a yellow oilskin coat"
    ```

    ## Instead
    ```toml
    [before.subjects.mara]
    name = "Mara"
    wardrobe = "a navy pea coat"

    [after.subjects.mara]
    name = "Mara"
    wardrobe = "a navy pea coat with the collar up"
    ```
    """

    id = "wardrobe_changes"
    number = "CUT16"
    severity = "error"
    basis = "definition: one moment has one wardrobe"
    holds = "time"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare what everybody wears who is in both shots."""
        for one, other in cut.cast:
            was, now = cut.before.shot.subjects[one].wardrobe, cut.after.shot.subjects[other].wardrobe
            if was and now and contradict(was, now):
                path = f"subjects.{other}.wardrobe"
                yield self.found(
                    f"{called(cut.after, other)} wore “{was}” in the shot before and wears “{now}” now.",
                    path,
                    fix=cut.as_before((f"subjects.{one}.wardrobe", path)),
                )
