from collections.abc import Iterator

from app.lint.cut import Cut, CutRule, called
from app.lint.scenery import differ, words
from app.schema.compiled import Finding

FIELDS = {"hair": "hair", "hair_colour": "hair colour"}


class HairChanges(CutRule):
    """Somebody's hair is another than in the shot before.

    ## What
    Hair or hair colour of the same person is picked, or described, otherwise than in the shot before, at the same hour.

    ## Why
    Hair is what continuity watches first: it is seen in every size, and no two models guess it alike. Somebody who lets
    it down does so within a shot.

    ## Example
    ```toml
    [before.subjects.mara]
    name = "Mara"
    hair_colour = "subject.hair_colour.grey"

    [after.subjects.mara]
    name = "Mara"
    hair_colour = "subject.hair_colour.black"
    ```

    ## Instead
    ```toml
    [before.subjects.mara]
    name = "Mara"
    hair_colour = "subject.hair_colour.grey"

    [after.subjects.mara]
    name = "Mara"
    hair_colour = "subject.hair_colour.grey"
    ```
    """

    id = "hair_changes"
    number = "CUT17"
    basis = "craft"
    holds = "time"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare the hair of everybody who is in both shots."""
        for one, other in cut.cast:
            for field, label in FIELDS.items():
                paths = f"subjects.{one}.{field}", f"subjects.{other}.{field}"
                if differ(cut.before, cut.after, *paths):
                    was, now = words(cut.before, paths[0]).lower(), words(cut.after, paths[1]).lower()
                    yield self.found(
                        f"{called(cut.after, other)}'s {label} was “{was}” in the shot before and is “{now}” now.",
                        paths[1],
                        fix=cut.as_before(paths),
                    )
