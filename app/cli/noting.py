"""`printlight note`: what is called on set, as changes of a shot, each shown before and after."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from app.cli.compiler import read
from app.cli.fixing import document_of, shown, write_back
from app.parse.notes import Noted, note
from app.resolve import resolve
from app.schema.changes import Change
from app.vocab import vocabulary


def run_note(arguments: Namespace) -> int:
    """Print what a note changes, what it left and what it asks; with --write, write the changes into the file.

    A shot from standard input is printed as it stands afterwards, and the changes go to standard error.
    """
    noted = note(arguments.TEXT, resolve(read(arguments.SHOT), vocabulary()))
    piped = arguments.SHOT == "-"
    if arguments.write and not piped:
        changed = [Change(one.path, one.before, one.after) for one in noted.read]
        write_back(Path(arguments.SHOT), noted.shot, changed)
    if arguments.json:
        print(json.dumps(noted.plain(), indent=2, ensure_ascii=False))
        return 0
    for line in report(noted):
        print(line, file=sys.stderr if piped else sys.stdout)
    if piped:
        print(document_of(noted.shot))
    return 0


def report(noted: Noted) -> list[str]:
    """Return a note's lines: changes, letters that were not understood, questions."""
    changes = [
        f"changed {one.path}: {shown(one.before)} → {shown(one.after)}  (“{one.text}”: {one.step})"
        for one in noted.read
    ]
    left = [f"~ not understood: {one.text}" for one in noted.free]
    return [*(changes or ["Nothing is changed."]), *left, *(f"? {question}" for question in noted.questions)]
