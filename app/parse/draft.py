"""A shot while it is being read: values by path, each with the letters that said it. Nothing that was read is lost."""

from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any

from app.parse.parsed import Free, Parsed, Span
from app.schema import read_data
from app.schema.facets import facet_of, limits, takes_several, takes_words
from app.schema.fields import CONTROL
from app.vocab import Vocabulary

LAST = "intent.says"
"""Where words go that have no place of their own."""

MAX_TEXT = 2000
MAX_LIST = 24
MAX_IDS = 60
"""More lights, people or moves than this nobody means; the words of the rest stay words."""

GROUPS = frozenset({"subjects", "lights", "references", "lettering", "moves"})
"""The groups of things with an id."""


class Draft:
    """What has been read so far. Pieces of one text are read into one draft, one after the other.

    `hero` is the subject that a sentence without a name speaks of, `people` those who were named, the last one last,
    each with the pronoun that stands for them, `light` the lamp that was named last, `move` the camera's last move,
    `beat` the beat to which moves and lines belong.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.held: dict[str, Any] = {}
        self.spans: list[Span] = []
        self.free: list[Free] = []
        self.notes: list[str] = []
        self.unfit: list[str] = []
        self.full: dict[str, str] = {}
        self.ids: dict[str, dict[str, str]] = {group: {} for group in GROUPS}
        self.pins: set[str] = set()
        self.hero = ""
        self.people: dict[str, str] = {}
        self.light = ""
        self.move = ""
        self.beat = "main"

    def put(self, path: str, value: Any, span: Span | None = None) -> bool:
        """Put a value at a path. False, and nothing is put, where another value is held or the value is out of range.

        A path that takes several values takes this one beside the others. `span` says which letters it was read from.
        """
        if type(value) is float or type(value) is int:
            low_high = limits(path)
            if low_high and not low_high[0] <= value <= low_high[1]:
                return False
        if takes_several(path):
            entries = self.held.setdefault(path, [])
            if value in entries:
                pass
            elif len(entries) < MAX_LIST:
                entries.append(value)
            else:
                return False
        elif self.held.setdefault(path, value) != value:
            return False
        self._meet(path, value)
        if span:
            self.spans.append(span._replace(path=path))
        return True

    def free_id(self, group: str, stem: str) -> str:
        """Return an id that nothing of a group has: key, then key_2; or nothing where the group is full."""
        taken = self.ids[group]
        if len(taken) >= MAX_IDS:
            self.full[group] = f"Only the first {MAX_IDS} {group} of the text are read."
            return ""
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem[:36]}_{number}"
        return name

    def admits(self, group: str, name: str) -> bool:
        """Tell whether this id is known, or has room."""
        return name in self.ids[group] or bool(self.free_id(group, name))

    def has(self, group: str, name: str) -> bool:
        """Tell whether something was said of this light, subject, reference, sign or move."""
        return name in self.ids[group]

    def tell(self, path: str, text: str, span: Span | None = None, joint: str = ", ") -> bool:
        """Put free words at a path, after those that stand there; without room they go to `LAST`, then to a note."""
        words = readable(text)
        if not words:
            return False
        if self._told(path, words, joint) or (path != LAST and self._told(LAST, words, ". ")):
            if span:
                self.spans.append(span._replace(path=path if self._holds(path, words) else LAST))
            return True
        self._spill(words)
        if span:
            self.free.append(Free(span.start, span.end, span.text))
        return True

    def keep(self, path: str, text: str, start: int) -> None:
        """Keep words that were not understood: in the box at `path`, and among the free pieces of the text."""
        if self.tell(path, text):
            self.free.append(Free(start, start + len(text), text))

    def pin(self, path: str) -> None:
        """Mark a path as one that must stay in a prompt."""
        self.pins.add(path)

    def take(self, other: "Draft") -> None:
        """Take over what another draft read; where both hold a path, the first one keeps it, and free words join."""
        self.unfit += other.unfit
        for path, value in other.held.items():
            for one in value if takes_several(path) else [value]:
                if not self.put(path, one) and isinstance(one, str) and _is_text(path):
                    self.tell(path, one)
        self.spans += other.spans
        self.free += other.free
        self.notes += other.notes
        self.pins |= other.pins

    def parsed(self, form: str = "prose", target: str = "", params: dict[str, Any] | None = None) -> Parsed:
        """Return the shot, checked against the schema, with its spans in the order of the text."""
        self._free_the_unlettered()
        spans = tuple(sorted(set(self.spans), key=itemgetter(1, 2, 0)))
        free = tuple(sorted(set(self.free)))
        return Parsed(self._shot(), spans, free, form, target, params or {}, tuple(self._told_notes()))

    def _free_the_unlettered(self) -> None:
        """Leave the words of a sign that reads nothing as they stand: `The words "" stand on the door`."""
        for sign in [one for one in self.ids["lettering"] if f"place.lettering.{one}.reads" not in self.held]:
            at = f"place.lettering.{sign}."
            for path in [one for one in self.held if one.startswith(at)]:
                del self.held[path]
            bare = [one for one in self.spans if one.path.startswith(at)]
            self.spans = [one for one in self.spans if one not in bare]
            self.free += [Free(one.start, one.end, one.text) for one in bare]

    def _told_notes(self) -> Iterator[str]:
        """Yield what a person should know, once each; what did not fit comes last, whole."""
        yield from dict.fromkeys((*self.notes, *self.full.values()))
        if self.unfit:
            rest = " ".join(self.unfit)
            yield f"No room in the shot for {len(rest):,} characters: {rest}"

    def _meet(self, path: str, value: Any) -> None:
        """Note the id in a path, and what a subject is called."""
        group, name, last = _entry(path)
        if group:
            known = self.ids[group]
            known[name] = str(value) if last == "name" else known.get(name, "")

    def _shot(self) -> Any:
        data: dict[str, Any] = {}
        for path, value in self.held.items():
            if value != []:
                *keys, last = path.split(".")
                node = data
                for key in keys:
                    node = node.setdefault(key, {})
                node[last] = value
        subjects = data.setdefault("subjects", {})
        for beat in data.get("beats", {}).values():
            for name in (*beat.get("action", {}), *beat.get("says", {}), *beat.get("delivery", {})):
                subjects.setdefault(name, {})
        groups = [data.get(group, {}) for group in ("subjects", "lights", "references", "beats")]
        groups += [beat.get("moves", {}) for beat in data.get("beats", {}).values()]
        for group in (*groups, data.get("place", {}).get("lettering", {})):
            for slot, entry in enumerate(group.values()):
                entry["slot"] = slot
        if self.pins:
            data["marks"] = {path: {"pin": True} for path in sorted(self.pins)}
        return read_data({key: value for key, value in data.items() if value != {}}, "The text")

    def _told(self, path: str, words: str, joint: str) -> bool:
        if takes_several(path):
            return len(words) <= MAX_TEXT and self.put(path, words if _is_text(path) else {"words": words})
        before = self.held.get(path)
        if isinstance(before, dict):
            before = before["words"]
        elif isinstance(before, str) and not _is_text(path):
            return False  # a term stands here
        told = f"{before}{joint}{words}" if before else words
        if len(told) > MAX_TEXT:
            return False
        self.held[path] = told if _is_text(path) else {"words": told}
        self._meet(path, told)
        return True

    def _holds(self, path: str, words: str) -> bool:
        held = self.held.get(path)
        return words in (held["words"] if isinstance(held, dict) else held or ())

    def _spill(self, words: str) -> None:
        """Spread a text that is longer than a field over the notes, so that nothing of it is lost in silence."""
        before = self.held.get(LAST, "")
        room = max(MAX_TEXT - len(before) - 2, 0)
        cut = words.rfind(" ", 0, room) if len(words) > room else len(words)
        head, rest = words[: max(cut, 0)].strip(), words[max(cut, 0) :].strip()
        if head:
            self._told(LAST, head, ". ")
        if rest:
            self.unfit.append(rest)


@lru_cache(maxsize=4096)
def _entry(path: str) -> tuple[str, str, str]:
    """Return the group in a path, the id of the thing in it, and the last key; or nothing."""
    keys = path.split(".")
    group = next((at for at, key in enumerate(keys[:-1]) if key in GROUPS), -1)
    return (keys[group], keys[group + 1], keys[-1]) if group >= 0 and len(keys) > group + 2 else ("", "", "")


@lru_cache(maxsize=4096)
def _is_text(path: str) -> bool:
    """Tell whether a path holds plain words, and neither a pick nor an id."""
    return not facet_of(path) and not takes_words(path)


def readable(text: str) -> str:
    """Return words as a field takes them: without what no model can read, and without commas round them."""
    plain = text if text.isprintable() else CONTROL.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))
    return " ".join(plain.split()).strip(" ,;:|")
