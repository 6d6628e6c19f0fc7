"""The free text of a shot that reaches a prompt, for the rules that read it word by word."""

import re
from functools import lru_cache
from typing import NamedTuple

from app.resolve import Resolved
from app.schema.facets import limits, takes_several, takes_text

VERBATIM = re.compile(r"\.(?:name|reads|shows|says\.\w+|language|voiceover|sound)$|^sound\.|^exclude$|\.asset$")
"""Names, lettering, sound, dialogue, and what is to be kept out: words that must stay as they are."""


class Wordy(NamedTuple):
    """Paths that may hold words: free text, picks, and lists of either."""

    texts: tuple[str, ...]
    picks: tuple[str, ...]
    lists: tuple[str, ...]


def prose(resolved: Resolved) -> list[tuple[str, str]]:
    """Return every path that holds words of one's own, with the words; a list of them has one entry for each."""
    values, wordy = resolved.values, _wordy(resolved.said)
    found = [(path, values[path].value) for path in wordy.texts]
    found += [(path, value["words"]) for path in wordy.picks if type(value := values[path].value) is dict]
    for path in wordy.lists:
        for one in values[path].value:
            if type(one) is dict:
                found.append((path, one["words"]))
            elif takes_text(path):
                found.append((path, one))
    return found


@lru_cache(maxsize=512)
def _wordy(said: frozenset[str]) -> Wordy:
    """Sort the paths that are said; which ones hold words is a matter of their values."""
    open_to = [path for path in sorted(said) if limits(path) is None and not VERBATIM.search(path)]
    lists = tuple(path for path in open_to if takes_several(path))
    texts = tuple(path for path in open_to if path not in lists and takes_text(path))
    return Wordy(texts, tuple(path for path in open_to if path not in lists and path not in texts), lists)
