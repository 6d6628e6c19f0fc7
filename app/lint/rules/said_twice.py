from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import tells
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.facets import title

ORDERS = ("camera.", "look.", "lighting.", "framing.perspective.", "framing.balance.")
"""Terms that are an instruction wherever they stand. Rain may fall in the place and drip from a hat."""

HOUR = "place.time."
PROPS = "place.props"
WHERE = "place.where"
"""The box into which people type the hour as well."""


class SaidTwice(Rule):
    """The same thing is said twice.

    ## What
    A term is picked, and the words of another field name it again; or two free texts name the same one.

    ## Why
    What is said twice weighs twice and leaves less room for the rest. Said in one place it can be changed in one
    place: the words that stay behind are how a shot begins to contradict itself.

    ## Example
    ```toml
    [place]
    time = "place.time.golden_hour"
    where = "a harbour at golden hour"
    ```

    ```toml
    [intent]
    says = "a memory in soft focus"

    [camera]
    focus = { technique = "camera.focus.soft" }
    ```

    ## Instead
    ```toml
    [place]
    time = "place.time.golden_hour"
    where = "a harbour"
    ```
    """

    id = "said_twice"
    number = "PRM01"
    basis = "craft"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every term that the words name."""
        for term, spoken in resolved.spoken.items():
            picked = resolved.picked.get(term)
            if not picked and len(spoken) < 2:
                continue
            order = term.startswith(ORDERS)
            heard = [one for one in spoken if one != PROPS] if order else _hour(resolved, term, spoken)
            paths = list(dict.fromkeys([*heard, *(picked or ())]))
            if heard and len(paths) > 1:
                label = resolved.vocabulary.terms[term].label
                yield self.found(
                    f"{label[0].upper()}{label[1:]} is said twice, under {title(paths[0])} and {title(paths[1])}.",
                    *paths,
                )


def _hour(resolved: Resolved, term: str, spoken: list[str]) -> list[str]:
    """Return the box for the place when its words tell a time of day as the hour of the shot."""
    told = term.startswith(HOUR) and WHERE in spoken and tells(resolved, resolved.vocabulary.terms[term], WHERE)
    return [WHERE] if told else []
