"""Two shots set against each other: every field that differs, in the words of a camera department."""

import json
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from app.compile.wording import plain, words_of
from app.resolve import Resolved
from app.schema import Shot
from app.schema.facets import extra, pattern, title
from app.schema.paths import walk

Json = dict[str, Any]
Keys = tuple[str, ...]

OPEN = "open"
"""What a field is called in which nothing is said."""

NOTHING = "nothing"
"""Where an entry, such as a lamp, stands on one side only."""

LETTERS = 48
"""So much of a text is shown."""

HASH = 8
"""So many letters of a picture's hash."""

BEFORE_UNIT = frozenset({"T", "EI"})
UNSPACED = frozenset({"°", "×", ":1"})

MARKS = {"pin": "pinned", "leave": "left to the model"}

BY_UNIT = frozenset({"azimuth_deg", "cct_k", "stops", "focal_mm", "t_stop", "fps"})
"""Fields that need no name: their unit tells on set which one is meant."""


class Difference(NamedTuple):
    """A place where two shots differ, what stands there on either side, and both in words.

    `keys` lead there in the document, and are never joined: the path that a mark stands on holds dots of its own.
    """

    keys: Keys
    before: Any
    after: Any
    field: str
    was: str
    now: str

    @property
    def path(self) -> str:
        """The dotted path; of a mark the one that it stands on."""
        return _path(self.keys)


def differences(before: Resolved, after: Resolved) -> list[Difference]:
    """Return every difference between two shots: values, the order of entries, and marks.

    An entry that stands on one side only is one difference. Empty for two shots that say the same.
    """
    found = []
    for keys, one, other in _apart(as_said(before.shot), as_said(after.shot), ()):
        if keys[0] == "marks":
            field, was, now = _marked(keys, one, other)
        else:
            path = ".".join(keys)
            field, (was, now) = named(path), _pair(before, after, path, (one, other))
        found.append(Difference(keys, one, other, field, was, now))
    return found


def sentence(found: Iterable[Difference]) -> str:
    """Say differences in one line, each lamp or person once: `key 45° → 60°, 3200 K → 2900 K, fill −2 → −3 stops`."""
    owner, parts = "", []
    for one in found:
        whose = _owner(one.keys)
        if one.field == named(one.path) and pattern(one.path).endswith("*") and whose:
            parts.append(f"{lowered(one.field)} {_come_or_gone(one)}")
            owner = ""
            continue
        name = "" if one.keys[-1] in BY_UNIT else _titled(one)
        parts.append(" ".join(filter(None, (whose if whose != owner else "", name, _once(one.was, one.now)))))
        owner = whose
    return ", ".join(parts)


def as_said(shot: Shot) -> Json:
    """Return a shot as plain data without the groups in which nothing is said; an entry of a map stays."""
    document: Json = shot.model_dump(mode="json", exclude_defaults=True)
    return _pruned(document, ())


def named(path: str) -> str:
    """Name a field and whose it is: `Azimuth of key`; or a whole entry: `Light kicker`."""
    keys, forms = path.split("."), pattern(path).split(".")
    whose = [key.replace("_", " ") for key, form in zip(keys, forms, strict=True) if form == "*"]
    if forms[-1] == "*":
        return f"{title(path.rpartition('.')[0]).removesuffix('s')} {whose[-1]}"
    return f"{title(path).partition(',')[0]}{f' of {whose[0]}' if whose else ''}"


def lowered(name: str) -> str:
    """Write a name as it stands within a sentence: one that begins with an abbreviation stays."""
    return name if name[1:2].isupper() or name[1:2] == "-" else name[:1].lower() + name[1:]


def worded(resolved: Resolved, path: str, value: Any, most: int = LETTERS) -> str:
    """Write what stands, or would stand, at a path; a whole entry by what it says, nothing said as "open"."""
    if value is None:
        return NOTHING if _is_entry(path) else OPEN
    if isinstance(value, dict) and "words" not in value:
        said = [worded(resolved, f"{path}.{key}", one, most) for key, one in walk(value).items()]
        return ", ".join(said) or path.rpartition(".")[2].replace("_", " ")
    if isinstance(value, (tuple, list)):
        return ", ".join(_label(resolved, one) for one in value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return measured(path, value)
    text = value[:HASH] if pattern(path).endswith(".asset") else _label(resolved, value)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def measured(path: str, value: float) -> str:
    """Write a number with the unit of its field: 45°, 3200 K, T2.8."""
    unit = str(extra(path).get("unit", ""))
    unit = "stop" if unit == "stops" and abs(value) == 1 else unit
    number = plain(value, 2)
    if unit in BEFORE_UNIT:
        return f"{unit}{number}"
    return f"{number}{unit}" if unit in UNSPACED else f"{number} {unit}".strip()


def _label(resolved: Resolved, pick: Any) -> str:
    term = resolved.vocabulary.terms.get(pick) if isinstance(pick, str) else None
    return term.label if term else (words_of(resolved, pick)[0] if isinstance(pick, (str, dict)) else "") or str(pick)


def _pruned(node: Json, keys: Keys) -> Json:
    kept = {}
    for key, value in node.items():
        at = (*keys, key)
        inner = _pruned(value, at) if _is_group(value) else value
        if inner != {} or _stands(at):
            kept[key] = inner
    return kept


def _stands(keys: Keys) -> bool:
    """Tell whether what is there counts though it says nothing: an entry of a map, a mark."""
    return len(keys) == 2 if keys[0] == "marks" else _is_entry(".".join(keys))


def _is_entry(path: str) -> bool:
    return pattern(path).endswith("*")


def _is_group(value: Any) -> bool:
    return isinstance(value, dict) and "words" not in value


def _apart(before: Any, after: Any, keys: Keys) -> Iterator[tuple[Keys, Any, Any]]:
    """Yield where two documents differ; a group that one of them lacks is an empty one, an entry is told whole."""
    if before == after:
        return
    whole = bool(keys) and _stands(keys) and (before is None or after is None)
    one, other = ({} if value is None else value for value in (before, after))
    if whole or not (_is_group(one) and _is_group(other)):
        yield keys, before, after
        return
    for key in {**one, **other}:
        yield from _apart(one.get(key), other.get(key), (*keys, key))


def _path(keys: Keys) -> str:
    return keys[1] if keys[0] == "marks" else ".".join(keys)


def _pair(before: Resolved, after: Resolved, path: str, values: tuple[Any, Any]) -> tuple[str, str]:
    """Write two values that differ so that the words differ too."""
    if path.endswith(".slot"):
        return str(values[0] or 0), str(values[1] or 0)
    texts = [_text(one) for one in values]
    if texts[0] and texts[1] and len(max(texts, key=len)) > LETTERS:
        was, now = _cut(*texts)
    else:
        was, now = worded(before, path, values[0]), worded(after, path, values[1])
    if any(isinstance(one, (int, float)) for one in values):
        was, now = was.replace("-", "−"), now.replace("-", "−")
    return (was, now) if was != now else (_exactly(values[0]), _exactly(values[1]))


def _text(value: Any) -> str:
    """Return free text, or nothing for any other value."""
    words = value.get("words", "") if isinstance(value, dict) else value
    return words if isinstance(words, str) else ""


def _cut(before: str, after: str) -> tuple[str, str]:
    """Return two texts from a little before the word in which they part, as far as a line has room."""
    was, now = before.split(), after.split()
    same = takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))
    start = max(0, sum(1 for _ in same) - 2)
    return _short(was, start), _short(now, start)


def _short(words: list[str], start: int) -> str:
    text = " ".join(words[start:])
    cut = text if len(text) <= LETTERS else text[: LETTERS - 1].rstrip() + "…"
    return f"… {cut}" if start else cut


def _exactly(value: Any) -> str:
    """Write a value letter by letter, for two that read alike."""
    return "nothing said" if value is None else json.dumps(value, ensure_ascii=False)


def _marked(keys: Keys, before: Any, after: Any) -> tuple[str, str, str]:
    """Name a mark and say how it stood and stands."""
    _, path, *kind = keys
    at = named(path)
    if not kind:
        return f"Marks on {at}", _marks(before), _marks(after)
    if kind[0] in MARKS:
        return f"{at}, {MARKS[kind[0]]}", "yes" if before else "no", "yes" if after else "no"
    code = kind[1] if len(kind) > 1 else "check"
    was, now = (f"left out: {one}" if one else "asked" for one in (before, after))
    return f"{at}, check {code}", was, now


def _marks(mark: Json | None) -> str:
    if mark is None:
        return "none"
    silenced = [f"check {code} left out: {reason}" for code, reason in mark.get("silence", {}).items()]
    return ", ".join([*(words for key, words in MARKS.items() if mark.get(key)), *silenced]) or "empty"


def _owner(keys: Keys) -> str:
    if keys[0] == "marks":
        return ""
    forms = pattern(".".join(keys)).split(".")
    return next((key.replace("_", " ") for key, form in zip(keys, forms, strict=True) if form == "*"), "")


def _titled(one: Difference) -> str:
    return lowered(one.field.partition(" of ")[0] if _owner(one.keys) else one.field)


def _come_or_gone(one: Difference) -> str:
    return f"added ({one.now})" if one.before is None else f"taken away ({one.was})"


def _once(was: str, now: str) -> str:
    """Write a change, with a unit that is a word said once."""
    number, _, unit = was.rpartition(" ")
    other, _, same = now.rpartition(" ")
    if number and other and unit.rstrip("s") == same.rstrip("s") == "stop":
        return f"{number} → {now}"
    return f"{was} → {now}"
