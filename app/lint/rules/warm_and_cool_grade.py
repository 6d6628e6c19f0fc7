from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

WARM = ("look.grade.warm", "look.grade.warm_vintage", "look.grade.golden_amber")
COOL = ("look.grade.cool", "look.grade.cold_nordic", "look.grade.cyanotype")
SPLIT = ("look.grade.split_tone", "look.grade.teal_and_orange")
"""Warm lights over cool shadows: with it both words are true."""


class WarmAndCoolGrade(Rule):
    """The whole picture is graded warm and cool.

    ## What
    A warm grade and a cool one are both laid over the picture.

    ## Why
    Laid over everything, the two cancel to neutral. Warm highlights over cool shadows are a split tone: say which of
    them gets which.

    ## Example
    ```toml
    [look]
    grade = ["look.grade.warm_vintage", "look.grade.cold_nordic"]
    ```

    ## Instead
    ```toml
    [look]
    grade = ["look.grade.split_tone"]
    ```
    """

    id = "warm_and_cool_grade"
    number = "FLM15"
    severity = "error"
    basis = "definition"
    needs = ("look.grade",)
    about = WARM

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for one of each."""
        warm, cool = chosen(resolved, *WARM), chosen(resolved, *COOL)
        if warm and cool and not chosen(resolved, *SPLIT):
            yield self.found(
                "A grade cannot be warm and cool all over: give the highlights one and the shadows the other, or keep "
                "one.",
                *dict.fromkeys((warm, cool)),
            )
