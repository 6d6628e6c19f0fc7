from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.references import sent
from app.resolve import Resolved
from app.schema.compiled import Finding

ONLY_ONE = ("reference.role.start_frame", "reference.role.end_frame", "reference.role.source")


class TwoFirstFrames(Rule):
    """Two pictures are given for a place that holds one.

    ## What
    Two references are the start frame, the end frame, or the source picture.

    ## Why
    A shot begins on one frame and ends on one, and an edit changes one picture. A model takes the first that it is
    sent or refuses the job.

    ## Example
    ```toml
    [references.door]
    role = "reference.role.start_frame"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"

    [references.window]
    slot = 1
    role = "reference.role.start_frame"
    asset = "00000000000000000000000000000000000000000000000000000000000000bb"
    ```

    ## Instead
    ```toml
    [references.door]
    role = "reference.role.start_frame"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"

    [references.window]
    slot = 1
    role = "reference.role.end_frame"
    asset = "00000000000000000000000000000000000000000000000000000000000000bb"
    ```
    """

    id = "two_first_frames"
    number = "REF08"
    severity = "error"
    basis = "definition: a shot has one first frame and one last"
    about = ONLY_ONE

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Count the pictures for each place that holds one."""
        for role in ONLY_ONE:
            names = [name for name, reference in sent(resolved) if reference.role == role]
            if len(names) > 1:
                yield self.found(
                    f"There is one {resolved.vocabulary.terms[role].phrase}, and {' and '.join(names)} are given for "
                    "it: keep one.",
                    *(f"references.{name}.role" for name in names),
                )
