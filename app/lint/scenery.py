"""Whether two shots are of one hour and one place, as far as both say it."""

from app.lint.alike import agree, contradict
from app.match import names
from app.resolve import Resolved
from app.schema.facets import facet_of
from app.vocab import Term

MORNING = frozenset({"before_dawn", "dawn", "sunrise", "early_morning", "morning"})
EVENING = frozenset({"afternoon", "late_afternoon", "sunset", "dusk"})
"""Times of day before and after noon: the sun stands as high, and elsewhere."""

OPEN = frozenset({"interior", "exterior", "underwater", "semi_exterior"})
"""Settings that an audience tells apart; a stage or a backlot is where they are filmed."""


def named(resolved: Resolved, path: str) -> Term | None:
    """Return the term picked at a path, or the first of its facet that the words there name."""
    value = resolved.value(path)
    if type(value) is not dict:
        return resolved.term(path)
    facet, terms = facet_of(path), resolved.vocabulary.terms
    return next(
        (terms[one] for one in names(resolved.vocabulary, value["words"], facet) if terms[one].facet == facet), None
    )


def words(resolved: Resolved, path: str) -> str:
    """Return what stands at a path in words: free text, words of one's own, or a term's label; empty for nothing."""
    value = resolved.value(path)
    if type(value) is dict:
        return str(value["words"])
    term = resolved.term(path)
    return term.label if term else value if type(value) is str else ""


def differ(before: Resolved, after: Resolved, path: str, then: str = "") -> bool:
    """Tell whether both shots say something at a path, and not the same: two terms, or words that do not agree.

    `then` is the path in the later shot, where an id in it is another.
    """
    then = then or path
    was, now = before.value(path), after.value(then)
    if was is None or now is None or was == now:
        return False
    if type(was) is str and type(now) is str and facet_of(path):
        return True
    return not agree(words(before, path), words(after, then))


def other_hour(before: Resolved, after: Resolved) -> bool:
    """Tell whether two shots name times of day that cannot be one: the sun stands elsewhere, or noon lies between."""
    was, now = (named(one, "place.time") for one in (before, after))
    if was is None or now is None:
        return differ(before, after, "place.time")
    if was.id == now.id:
        return False
    halves = [MORNING, EVENING]
    sides = [next((half for half in halves if one.id.rpartition(".")[2] in half), None) for one in (was, now)]
    if None not in sides and sides[0] is not sides[1]:
        return True
    low = max(one.numbers.get("sun_min_deg", -90.0) for one in (was, now))
    return low >= min(one.numbers.get("sun_max_deg", 90.0) for one in (was, now))


def other_place(before: Resolved, after: Resolved) -> tuple[str, ...]:
    """Return the paths at which two shots name places that cannot be one; none while they may be the same."""
    found = []
    if "place.where" in before.said & after.said:
        if contradict(words(before, "place.where"), words(after, "place.where")):
            found.append("place.where")
    elif differ(before, after, "place.location"):
        found.append("place.location")
    was, now = (resolved.pick("place.setting").rpartition(".")[2] for resolved in (before, after))
    if was != now and was in OPEN and now in OPEN:
        found.append("place.setting")
    return tuple(found)
