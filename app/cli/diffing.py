"""`printlight diff`: two shots set against each other, in the words of a camera department."""

import json
from argparse import Namespace
from pathlib import Path

from app.cli.compiler import read
from app.compile.differences import differences, sentence
from app.errors import UnknownNameError
from app.jobs import open_desk
from app.library import Library
from app.resolve import resolve
from app.schema import Shot
from app.settings import settings
from app.vocab import vocabulary
from app.web.history import by_department, prompts
from app.web.rewriting import Run

FILES = frozenset({".toml", ".json"})
SIGNS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
"""How words that went and came are marked, as a comparison of texts does on a terminal."""


def run_diff(arguments: Namespace) -> int:
    """Print what differs between two shots, by department, and how the prompt changes with it."""
    vocab = vocabulary()
    target = vocab.target(arguments.target)
    before, after = (_given(one) for one in (arguments.A, arguments.B))
    found = differences(resolve(before, vocab), resolve(after, vocab))
    departments, runs = by_department(found), prompts(before, after, target)
    if arguments.json:
        told = [
            {"department": label, "path": one.path, "field": one.field, "before": one.before, "after": one.after}
            | {"words": f"{one.was} → {one.now}"}
            for label, some in departments
            for one in some
        ]
        prompt = {"target": target.id, "changes": [one._asdict() for one in runs]}
        print(json.dumps({"differences": told, "prompt": prompt}, indent=2, ensure_ascii=False))
        return 0
    for label, some in departments:
        print(f"{label:<11} {sentence(some)}")
    if not departments:
        print("They say the same.")
    print(f"\nPrompt for {target.label}: {_marked(runs) if runs else 'word for word the same.'}")
    return 0


def _given(name: str) -> Shot:
    """Read a shot: a file, standard input, or one of the library, as it stands or at a revision: `the-rim@2`."""
    if name == "-" or Path(name).suffix in FILES or Path(name).is_file():
        return read(name)
    library = open_desk(settings()).library
    shot, at, revision = name.partition("@")
    known = [draft.id for film in library.projects() for draft in library.shots(film.id)]
    if shot not in known:
        raise UnknownNameError("file or shot", shot, known)
    return _at(library, shot, revision) if at else library.shot(shot).shot


def _at(library: Library, shot: str, revision: str) -> Shot:
    found = {str(one.number): one.shot for one in library.history.of(shot)}
    if revision not in found:
        raise UnknownNameError(f"revision of {shot}", revision, found)
    return found[revision]


def _marked(runs: list[Run]) -> str:
    return " ".join(f"{SIGNS[one.kind][0]}{one.text}{SIGNS[one.kind][1]}" for one in runs)
