"""The sentence that somebody without Printlight would type: what is seen, and nothing of how."""

from app.compile.people import names
from app.compile.wording import flat, words_of
from app.resolve import Resolved


def sentence(resolved: Resolved) -> str:
    """Return one plain sentence: the subjects, what they do, where and when."""
    who = names(resolved) or "a scene"
    where = flat(resolved.value("place.where") or "").rstrip(".")
    when = words_of(resolved, resolved.value("place.time"))[0] if resolved.value("place.time") else ""
    told = ", ".join(part for part in (who, where, when) if part)
    return f"{told[:1].upper()}{told[1:]}, cinematic."
