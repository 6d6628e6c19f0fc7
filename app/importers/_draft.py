"""A shot while it is being filled: one value at a time, each at the first path that has room for it."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import reduce
from typing import Any, NamedTuple

from app.importers._names import Landing, kind_of
from app.patch import at, merge
from app.schema import Shot, read_data
from app.schema.fields import TERM_SHAPED
from app.vocab import Crosswalk

LAST = "intent.says"
"""Where words go that have no place of their own."""

MAX_CHARS = 2000
MAX_LIST = 24

OF_SUBJECT = frozenset({"subjects", "action"})
OF_SPEAKER = frozenset({"says", "delivery"})


class Words(NamedTuple):
    """Words of one's own, to be kept verbatim."""

    words: str


Item = str | float | Words


class Draft:
    """What has landed so far, by path. `hero` is whom actions belong to, `speaker` who speaks."""

    def __init__(self, crosswalk: Crosswalk, hero: str, speaker: str) -> None:
        self.crosswalk = crosswalk
        self.hero = hero
        self.speaker = speaker
        self.held: dict[str, Any] = {}

    def place(self, landings: Iterable[Landing], name: str) -> Landing | None:
        """Put an item at the first path that is free for it; `name` names a new light, move or beat."""
        for path, item in landings:
            own = self._own(path, _stem(item) or name)
            if self.put(own, item):
                return Landing(own, item)
        return None

    def keep(self, words: str, paths: Iterable[str], name: str) -> str:
        """Keep words at the first path that is free for them, else where such a path spills, else at `LAST`."""
        own = [self._own(path, name) for path in paths]
        spilt = [to for path in own if (to := self.spill(path))]
        return next((path for path in (*own, *spilt, LAST) if self.put(path, Words(words))), "")

    def put(self, path: str, item: Item) -> bool:
        """Put one item at a path, unless another holds it, or it does not take such an item."""
        kind = kind_of(path)
        if kind == "number":
            return not isinstance(item, str | Words) and self._single(path, item)
        if kind in {"text", "texts"}:
            return isinstance(item, Words) and self._told(path, item.words, several=kind == "texts")
        if isinstance(item, float):
            return False
        picked = {"words": item.words} if isinstance(item, Words) else item
        return self._several(path, picked) if kind == "picks" else self._single(path, picked)

    def spill(self, path: str) -> str:
        """Return the path that takes words for which this one has no room, or nothing."""
        to = next((to for pattern, to in self.crosswalk.spill.items() if fnmatchcase(path, pattern)), "")
        keys = path.split(".")
        return ".".join(keys[index] if key == "*" else key for index, key in enumerate(to.split(".")))

    def shot(self) -> Shot:
        """Return the shot, with what always stands beside a held value, and with a slot for everything that has one."""
        for path, term in self.crosswalk.always.items():
            beside = f"{path.rpartition('.')[0]}."
            if path not in self.held and any(one.startswith(beside) for one in self.held):
                self.held[path] = term
        data: dict[str, Any] = reduce(merge, (at(path, value) for path, value in self.held.items()), {})
        subjects = data.setdefault("subjects", {})
        for beat in data.get("beats", {}).values():
            for name in (*beat.get("action", {}), *beat.get("says", {}), *beat.get("delivery", {})):
                subjects.setdefault(name, self._anybody(name))
        for entries, first in ((subjects, self.hero), (data.get("lights", {}), "key"), (data.get("beats", {}), "main")):
            self._in_order(entries, first)
        return read_data({key: value for key, value in data.items() if value != {}}, "The imported shot")

    def _anybody(self, name: str) -> dict[str, Any]:
        kind = self.crosswalk.always.get(f"subjects.{name}.kind")
        return {"kind": kind} if kind else {}

    def _in_order(self, entries: dict[str, Any], first: str) -> None:
        """Number entries as the crosswalk names them, the first one first and new ones last."""
        known = [path.split(".")[1] for paths in self.crosswalk.paths.values() for path in paths if "." in path]
        names = [first, *dict.fromkeys(known), *entries]
        for slot, name in enumerate(sorted(entries, key=names.index)):
            entries[name] = {**entries.pop(name), "slot": slot}

    def _own(self, path: str, name: str) -> str:
        """Put an id in the place of each `*`."""
        keys = path.split(".")
        for index, key in enumerate(keys):
            if key == "*":
                of = keys[index - 1]
                keys[index] = self.hero if of in OF_SUBJECT else self.speaker if of in OF_SPEAKER else name
        return ".".join(keys)

    def _single(self, path: str, item: Any) -> bool:
        return bool(self.held.setdefault(path, item) == item)

    def _several(self, path: str, item: Any) -> bool:
        entries = self.held.setdefault(path, [])
        if item not in entries:
            if len(entries) == MAX_LIST:
                return False
            entries.append(item)
        return True

    def _told(self, path: str, words: str, *, several: bool) -> bool:
        if several:
            return self._several(path, words)
        before = self.held.get(path, "")
        told = before if words in before.split("; ") else f"{before}; {words}".removeprefix("; ")
        if len(told) > MAX_CHARS:
            return False
        self.held[path] = told
        return True


def _stem(item: Item) -> str:
    """Return a term's last word, which may name what it describes."""
    return identifier(item.rpartition(".")[2]) if isinstance(item, str) and TERM_SHAPED.fullmatch(item) else ""


def identifier(words: str) -> str:
    """Return words as an id, or nothing."""
    name = re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_").lstrip("0123456789_")[:40].rstrip("_")
    return "" if name == "words" else name
