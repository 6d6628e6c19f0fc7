from collections.abc import Iterator

from app.lint.alike import agree, contradict
from app.lint.cut import Cut, CutRule, called
from app.lint.scenery import differ, words
from app.schema.compiled import Finding

PICKED = {"age": "age", "build": "build"}
WRITTEN = {"description": "description", "wardrobe": "wardrobe"}


class DescriptionDrifts(CutRule):
    """The same person is described with other words than in the shot before.

    ## What
    Description or wardrobe of somebody is put in words of which neither says only more than the other, or their age or
    build is picked otherwise. A wardrobe that cannot be the same is a finding of its own.

    ## Why
    To a model a person is the words of this shot. "A keeper in her fifties" and "an old woman with a lined face" are
    two castings. Describe somebody once, keep the words in the library, and add only what this shot sees besides.

    ## Example
    ```toml
    [before.subjects.mara]
    name = "Mara"
    description = "a keeper in her fifties, grey-streaked hair"

    [after.subjects.mara]
    name = "Mara"
    description = "an old woman with a lined face"
    ```

    ## Instead
    ```toml
    [before.subjects.mara]
    name = "Mara"
    description = "a keeper in her fifties, grey-streaked hair"

    [after.subjects.mara]
    name = "Mara"
    description = "a keeper in her fifties, grey-streaked hair, her eyes wet"
    ```
    """

    id = "description_drifts"
    number = "CUT23"
    basis = "craft"
    holds = "time"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare how everybody is described who is in both shots."""
        for one, other in cut.cast:
            for field, label in (WRITTEN | PICKED).items():
                paths = f"subjects.{one}.{field}", f"subjects.{other}.{field}"
                was, now = words(cut.before, paths[0]), words(cut.after, paths[1])
                if _drifts(cut, field, paths):
                    yield self.found(
                        f"{called(cut.after, other)}'s {label} was “{was}” in the shot before and is “{now}” now: use "
                        "the same words.",
                        paths[1],
                        fix=cut.as_before(paths),
                    )


def _drifts(cut: Cut, field: str, paths: tuple[str, str]) -> bool:
    if field in PICKED:
        return differ(cut.before, cut.after, *paths)
    was, now = words(cut.before, paths[0]), words(cut.after, paths[1])
    if not was or not now or agree(was, now):
        return False
    return field != "wardrobe" or not contradict(was, now)
