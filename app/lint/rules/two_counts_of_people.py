from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.people import people
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.vocab import Term

SHOTS = ("framing.count.two", "framing.count.three")
"""Counts whose names ("two-shot") mean nothing else in free text."""

SHARED = ("framing.perspective.over_the_shoulder", "framing.device.dirty_frame")
"""A single taken past somebody's shoulder is still called a single."""


class TwoCountsOfPeople(Rule):
    """The shot gives two numbers of people.

    ## What
    A count is picked, and the words name another one, or more people are in the shot than it allows.

    ## Why
    A frame holds one number of people. Told two, a model draws the larger one, or merges faces.

    ## Example
    ```toml
    [framing]
    count = "framing.count.single"

    [subjects.mara]
    kind = "subject.kind.character"

    [subjects.jonas]
    kind = "subject.kind.character"
    slot = 1
    ```

    ## Instead
    ```toml
    [framing]
    count = "framing.count.two"

    [subjects.mara]
    kind = "subject.kind.character"

    [subjects.jonas]
    kind = "subject.kind.character"
    slot = 1
    ```
    """

    id = "two_counts_of_people"
    number = "LENS15"
    severity = "error"
    basis = "definition; no answer of a benchmark has two"
    needs = ("framing.count",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the picked count with the people, then with the words."""
        count = resolved.term("framing.count")
        if count is None:
            return
        most, cast = count.numbers.get("people_max_n"), people(resolved)
        if most is not None and len(cast) > most and not (most == 1 and resolved.where(*SHARED)):
            fits = _holds(resolved, len(cast))
            yield self.found(
                f"{count.label}, and {len(cast)} people are in the shot: {', '.join(cast)}.",
                "framing.count",
                f"subjects.{cast[-1]}",
                fix=at("framing.count", fits.id) if fits else None,
            )
        for other in SHOTS:
            if other != count.id and other in resolved.spoken:
                label = resolved.vocabulary.terms[other].label.lower()
                path = resolved.spoken[other][0]
                yield self.found(f"The words say {label}; the count says {count.label.lower()}.", "framing.count", path)


def _holds(resolved: Resolved, number: int) -> Term | None:
    """Return the count that a number of people makes."""
    terms = resolved.vocabulary.facets["framing.count"].terms
    return next(
        (one for one in terms if one.numbers.get("people_min_n", 1) <= number <= one.numbers.get("people_max_n", 0)),
        None,
    )
