"""Every key of the studio, once: the page /keys and the help show this list, and the shot page acts on it.

A key is written as `Mod+Shift+Z`: `Mod` is ctrl, or cmd on a Mac. A letter alone acts outside of text fields only.
"""

from typing import NamedTuple


class Key(NamedTuple):
    """What keys do. `command` is what the shot page runs; empty where a part of the page listens by itself."""

    keys: tuple[str, ...]
    does: str
    command: str = ""


KEYS: dict[str, tuple[Key, ...]] = {
    "Everywhere": (
        Key(("Mod+K",), "commands: everything by name, other shots, models, fields", "palette"),
        Key(("Mod+Shift+F",), "search: every shot and take of all films", "search"),
        Key(("?",), "these keys", "keys"),
        Key(("Escape",), "close what is open, leave a field"),
    ),
    "The shot": (
        Key(("/", "n"), "the note box: what is called on set, or any terms and numbers", "note"),
        Key(("f",), "find a field", "find"),
        Key(("p",), "the prompt, where a narrow window keeps it in a drawer: open or close it", "prompt"),
        Key(("l",), "the library: put a look, a person, a light set-up on, or keep one", "library"),
        Key(("i",), "what it has from its scene and film: take it back, or give them a part", "layers"),
        Key(tuple("1234567890"), "open a department", "department"),
        Key(("[",), "the shot before", "before"),
        Key(("]",), "the next shot", "after"),
        Key(("Mod+Enter",), "shoot", "shoot"),
        Key(("Mod+Z",), "undo; inside a text field, the typing there", "undo"),
        Key(("Mod+Shift+Z", "Mod+Y"), "redo", "redo"),
        Key(("s",), "simple or full view of the fields", "fields"),
    ),
    "In a department": (Key(("/",), "find a field of it"),),
    "In a field": (
        Key(("ArrowUp", "ArrowDown"), "step a number; with shift ten steps, with alt a tenth"),
        Key(("drag",), "on a number's name or unit: scrub it, with shift and alt as above"),
        Key(("double click",), "on a field's name: open it again"),
        Key(("ArrowUp", "ArrowDown", "Enter", "Escape"), "walk a list of terms, choose, close it"),
    ),
    "In the note box": (
        Key(("ArrowUp", "ArrowDown"), "walk the terms that are offered; in an empty box, the last notes"),
        Key(("Enter",), "take the term; without one see what the note would do, then take it"),
        Key(("Escape",), "close the terms, drop the note, leave the box"),
    ),
    "In the prompt": (
        Key(("ArrowLeft", "ArrowRight"), "walk the pieces"),
        Key(("Enter",), "go to the field of a piece"),
    ),
    "Painting a mask": (
        Key(("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"), "move the brush; with shift further"),
        Key(("Space",), "paint"),
        Key(("[", "]"), "a smaller, a larger brush"),
    ),
    "The history": (
        Key(("ArrowUp", "ArrowDown"), "the state above, below"),
        Key(("ArrowLeft", "ArrowRight"), "what a state came from, what came of it"),
        Key(("Enter",), "show a state beside the line"),
    ),
    "The board": (
        Key(("p",), "paste a prompt"),
        Key(("Mod+Enter",), "make its shots"),
    ),
    "The search, the vocabulary and the models": (
        Key(("/",), "search"),
        Key(("ArrowUp", "ArrowDown", "Enter"), "walk what is found, open it"),
        Key(("[", "]"), "the terms beside"),
    ),
}
"""By where they act, in the order of the page."""

WRITTEN = {
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "Mod": "ctrl/⌘",
    "Escape": "esc",
    "Enter": "enter",
    "Shift": "shift",
    "Space": "space",
}


def written(key: str) -> list[str]:
    """Return the keys of a chord as they are printed on the keyboard."""
    return [WRITTEN.get(one, one) for one in key.split("+")]


def commands() -> dict[str, str]:
    """Return the command of each key that the pages act on."""
    return {key: one.command for keys in KEYS.values() for one in keys if one.command for key in one.keys}


def chords() -> dict[str, str]:
    """Return the first key of each command, as it is written."""
    firsts = {one.command: one.keys[0] for keys in KEYS.values() for one in keys if one.command}
    return {command: " ".join(written(key)) for command, key in firsts.items() if command != "department"}
