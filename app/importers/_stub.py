"""A shot as far as a script has been read: what it says so far, and whether there is room for more."""

from collections.abc import Iterator
from typing import Any

from app.importers._cast import Person

MAX_TEXT = 2000
MAX_LIST = 24
MAX_BEATS = 1000


class Stub:
    """One shot being filled. What does not fit is refused with an empty path, and nothing is changed."""

    def __init__(self, number: int, scene: int, name: str, slate: str) -> None:
        self.number = number
        self.scene = scene
        self.name = name
        self.slate = slate
        self.people: dict[str, dict[str, Any]] = {}
        self._said: dict[str, Any] = {}
        self._beats: list[dict[str, Any]] = []

    def put(self, path: str, value: Any) -> str:
        """Put a value at a path that is free; return the path, or nothing."""
        words = value.get("words", "") if isinstance(value, dict) else value
        if path in self._said or len(words) > MAX_TEXT:
            return ""
        self._said[path] = value
        return path

    def tell(self, path: str, words: str) -> str:
        """Add words to a text; return the path, or nothing."""
        told = f"{self._said[path]}; {words}" if path in self._said else words
        if len(told) > MAX_TEXT:
            return ""
        self._said[path] = told
        return path

    def add(self, path: str, item: Any) -> str:
        """Add an item to a list; return the path, or nothing."""
        items = self._said.get(path, [])
        words = item.get("words", "") if isinstance(item, dict) else item
        if len(items) == MAX_LIST or len(words) > MAX_TEXT:
            return ""
        self._said[path] = [*items, item]
        return path

    def appear(self, person: Person) -> bool:
        """Put a person into the shot; tell whether they were not yet there."""
        if person.id in self.people:
            return False
        self.people[person.id] = {
            "slot": min(len(self.people), MAX_BEATS - 1),
            "kind": "subject.kind.character",
            "name": person.name[:MAX_TEXT],
        }
        return True

    def describe(self, person: Person, words: str) -> str:
        """Say of a person in the shot what they are like; return the path, or nothing."""
        subject = self.people[person.id]
        told = f"{subject['description']}; {words}" if "description" in subject else words
        if len(told) > MAX_TEXT:
            return ""
        subject["description"] = told
        return f"subjects.{person.id}.description"

    @property
    def last(self) -> int:
        """The number of the beat that was begun last; 0 before the first."""
        return len(self._beats)

    def begin(self) -> int:
        """Begin a beat and return its number; 0 where there are too many."""
        if len(self._beats) == MAX_BEATS:
            return 0
        self._beats.append({"slot": len(self._beats)})
        return len(self._beats)

    def fill(self, beat: int, key: str, value: Any, person: str = "") -> str:
        """Put a value into a beat, of a person where the field has one for each; return the path, or nothing."""
        if not beat:
            return ""
        entry = self._beats[beat - 1]
        place, at = (entry.setdefault(key, {}), person) if person else (entry, key)
        if at in place:
            return ""
        place[at] = value
        return f"beats.beat_{beat}.{key}" + (f".{person}" if person else "")

    def document(self) -> dict[str, Any]:
        """Return the shot as data."""
        document: dict[str, Any] = {}
        for path, value in self._said.items():
            group, _, key = path.rpartition(".")
            place = document.setdefault(group, {}) if group else document
            place[key] = value
        if self.people:
            document["subjects"] = self.people
        if self._beats:
            document["beats"] = {f"beat_{number}": beat for number, beat in enumerate(self._beats, start=1)}
        return document


def pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces that a field can hold, cut between words."""
    while len(text) > MAX_TEXT:
        cut = text.rfind(" ", 1, MAX_TEXT) if " " in text[1:MAX_TEXT] else MAX_TEXT
        yield text[:cut]
        text = text[cut:].lstrip()
    if text:
        yield text
