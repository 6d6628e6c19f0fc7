"""Listens to free text: people type "golden hour" into the box for the place."""

import re
from functools import lru_cache

from app.match import names
from app.resolve import Resolved
from app.schema.facets import PATHS, facet_of, takes_text

DEAF = re.compile(r"\.(?:name|wardrobe|reads|shows|says\.\w+|language|voiceover|sound)$|^sound\.|^exclude$")
"""Fields whose words are a name, a costume, lettering or sound: they say nothing of camera, light and time."""


def listen(resolved: Resolved) -> None:
    """Note which terms the free text of a shot names, with the path of each."""
    vocabulary, spoken = resolved.vocabulary, resolved.spoken
    spoken.clear()
    for path, text in texts(resolved):
        for term in names(vocabulary, text, facet_of(path)):
            spoken.setdefault(term, []).append(path)


def texts(resolved: Resolved) -> list[tuple[str, str]]:
    """Return every path of free text that is listened to, with its words."""
    if resolved.texts is None:
        resolved.texts = sorted(_texts(resolved))
    return resolved.texts


def _texts(resolved: Resolved) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for path in resolved.said:
        value = resolved.values[path].value
        kind = type(value)
        if kind is dict:
            if not _deaf(path):
                found.append((path, value["words"]))
        elif kind is str:
            if _is_text(path):
                found.append((path, value))
        elif kind is tuple and not _deaf(path):
            text = _is_text(path)
            found += [(path, one if text else one["words"]) for one in value if text or type(one) is dict]
    return found


@lru_cache(maxsize=PATHS)
def _deaf(path: str) -> bool:
    return bool(DEAF.search(path))


@lru_cache(maxsize=PATHS)
def _is_text(path: str) -> bool:
    return takes_text(path) and not _deaf(path)
