"""The sentence that somebody without Printlight would type: what is seen, and nothing of how."""

from app.compile.brief import Fact
from app.compile.people import action_of
from app.compile.wording import flat, free, joined, picked
from app.resolve import Resolved


def sentence(resolved: Resolved) -> list[Fact]:
    """Return the facts of one plain sentence: who does what, where, when. Everything else is left to the model."""
    return [*_who(resolved), *free(resolved, "where", "place.where"), *picked(resolved, "when", "place.time")]


def _who(resolved: Resolved) -> list[Fact]:
    told: list[str] = []
    paths: list[str] = []
    for name, _ in resolved.subjects:
        at = f"subjects.{name}"
        known = [*free(resolved, "who", f"{at}.description"), *free(resolved, "who", f"{at}.name")][:1]
        facts = [*known, *action_of(resolved, name)]
        if facts:
            words = [fact.words for fact in facts]
            told.append(flat(" ".join(words if known else [name.replace("_", " "), *words])))
            paths += [path for fact in facts for path in fact.paths]
    return [Fact("who", joined(told), tuple(paths))] if told else []
