"""A shot as the fields of another program's form: a crosswalk, which reads that form, the other way round."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from app.importers._names import Landing, Names, kind_of
from app.resolve.known import ordered
from app.schema import Shot
from app.schema.facets import extra, facet_of
from app.schema.paths import leaves
from app.schema.shot import Subject
from app.vocab import Crosswalk

ROLES = {"key": "light.role.key", "fill": "light.role.fill"}
"""The lamps that a form speaks of by name."""

SPEAKER, SPOKEN = "dialogue_character", "dialogue"

OWNED = frozenset({"subjects", "action", "says", "delivery"})
"""Maps whose ids name a subject."""

Held = dict[str, Any]
"""What a shot says, by its paths."""


def fields_of(shot: Shot, names: Names) -> tuple[str, dict[str, Any]]:
    """Return the form that a shot fills, and its fields; a field with several values has a list of them."""
    form, hero, held = held_by(shot, names.crosswalk)
    writing = _Writing(names, hero, held)
    return form, {field: found[0] if len(found) == 1 else found for field, found in writing.fields().items()}


class _Writing:
    """One shot on its way into one form. Words are read again before they are written: none may mean something else."""

    def __init__(self, names: Names, hero: str, held: Held) -> None:
        self.crosswalk = names.crosswalk
        self.names = names
        self.hero = hero
        self.held = held
        self.told: dict[str, list[str]] = {}

    def fields(self) -> dict[str, list[str]]:
        """Return the fields in the order of the form."""
        implied = self.crosswalk.always
        said = ((path, item) for path, value in self.held.items() for item in _items(value))
        left = [(path, item) for path, item in said if implied.get(path) != item]
        for path, item in self._in_own_words(left):
            self._tell(path, item)
        if SPOKEN in self.told and (name := self.held.get(f"subjects.{self.hero}.name")):
            self.told[SPEAKER] = [name]
        return {field: self.told[field] for field in self.crosswalk.paths if field in self.told}

    def _in_own_words(self, left: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """Write what the program has words of its own for, and return what is left to be said."""
        for field, values in self.crosswalk.values.items():
            for words, landings in values.items():
                found = [one for one in left if any(self._lands(one, Landing(*there)) for there in landings)]
                if len(found) == len(landings):
                    self.told.setdefault(field, []).append(words)
                    left = [one for one in left if one not in found]
        return left

    def _tell(self, path: str, item: Any) -> None:
        """Write one value into the first field that reads it back."""
        for field, paths in self.crosswalk.paths.items():
            pattern = next((one for one in paths if self._is_at(path, one)), "")
            if not pattern or field == SPEAKER:
                continue
            for words in self._words(path, item):
                if self._reads(field, words, pattern, item):
                    known = self.told.setdefault(field, [])
                    known.extend([words] if words not in known else [])
                    return

    def _words(self, path: str, item: Any) -> Iterator[str]:
        """Yield how a value can be said: free words as they are, a number with its unit, a term by its names."""
        if isinstance(item, dict):
            yield item["words"]
        elif isinstance(item, float):
            yield f"{item:.10g}{extra(path).get('unit', '')}"
        elif kind_of(path) in ("text", "texts"):
            yield item
        elif term := self.names.vocabulary.terms.get(item):
            yield from (term.label, *term.aliases)

    def _reads(self, field: str, words: str, pattern: str, item: Any) -> bool:
        """Tell whether words in a field mean this value, and nothing else."""
        is_free, is_text = isinstance(item, dict), kind_of(pattern) in ("text", "texts")
        paths = self.crosswalk.paths[field]
        if field in self.crosswalk.texts:
            first = next(one for one in paths if kind_of(one) != "number")
            named = next((term for one in paths if (term := self.names.named(words, one))), "")
            return pattern == first and (not named if is_free or is_text else named == item)
        facts = self.names.read(field, words).facts
        if is_free or is_text:
            return not facts and facet_of(pattern) == facet_of(paths[0])
        return len(facts) == 1 and facts[0].landings[0] == Landing(pattern, item)

    def _lands(self, one: tuple[str, Any], landing: Landing) -> bool:
        return one[1] == landing.item and self._is_at(one[0], landing.path)

    def _is_at(self, path: str, pattern: str) -> bool:
        """Tell whether a path is one of a pattern's; an action or a line of another than the hero is not."""
        if not fnmatchcase(path, pattern) or path.count(".") != pattern.count("."):
            return False
        keys, meant = path.split("."), pattern.split(".")
        whose = [key for key, wild, of in zip(keys[1:], meant[1:], meant, strict=False) if wild == "*" and of in OWNED]
        return all(key == self.hero for key in whose)


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def held_by(shot: Shot, crosswalk: Crosswalk) -> tuple[str, str, Held]:
    """Return the form, whom it speaks of, and what a shot says with the ids that the form has.

    What has no room there is left out: other subjects, later beats, and of lamps beside key and fill all but the role.
    """
    subjects = ordered(shot.subjects)
    name, hero = subjects[0] if subjects else ("", Subject())
    kinds = {term: path.split(".")[1] for path, term in crosswalk.always.items() if path.endswith(".kind")}
    called = kinds.get(str(hero.kind), next(iter(kinds.values())))
    form = next(form for form, subjects_of in crosswalk.types.items() if subjects_of[0] == called)
    beats = ordered(shot.beats)[:1]
    moves = [f"{beat}.moves.{move}" for beat, one in beats for move, _ in ordered(one.moves)]
    called_by = {f"subjects.{name}": f"subjects.{called}", **_lamps(shot)}
    called_by |= {f"beats.{beat}.{of}.{name}": f"beats.main.{of}.{called}" for beat, _ in beats for of in OWNED}
    called_by |= {f"beats.{move}": f"beats.main.moves.{number or 'main'}" for number, move in enumerate(moves)}
    called_by |= {f"beats.{beat}": "beats.main" for beat, _ in beats}
    held = ((_renamed(path, called_by), value) for path, value in leaves(shot).items())
    return form, called, {path: value for path, value in held if path}


def _lamps(shot: Shot) -> Mapping[str, str]:
    """Return what the form calls the lamps: the first key and the first fill, and of the others the role."""
    found: dict[str, str] = {}
    for name, lamp in ordered(shot.lights):
        called = next((one for one, role in ROLES.items() if lamp.role == role), "")
        if called and f"lights.{called}" not in found.values():
            found[f"lights.{name}"] = f"lights.{called}"
        elif not called:
            found[f"lights.{name}.role"] = f"lights.other_{name}.role"
    return found


def _renamed(path: str, called_by: Mapping[str, str]) -> str:
    """Return a path with the form's ids in it, or nothing where the form has no room for it."""
    for name, called in called_by.items():
        if path == name or path.startswith(f"{name}."):
            rest = path.removeprefix(name)
            is_of_another = called == "beats.main" and rest.split(".")[1] in OWNED
            return "" if is_of_another else called + rest
    return "" if path.startswith(("subjects.", "lights.", "beats.")) else path
