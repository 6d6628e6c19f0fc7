"""`printlight parse`: a prompt, or a picture that carries one, as a shot, with the words that each field came from."""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.errors import BadInputError
from app.importers import document_of, read_prompt
from app.parse import Parsed
from app.parse.inscriptions import MAX_PICTURE
from app.schema.paths import leaves
from app.vocab import Vocabulary, vocabulary

READABLE = frozenset({".png", ".jpg", ".jpeg", ".webp", ".json", ".toml", ".txt"})
"""How the name of a file ends that is read where a text is expected."""

WIDEST = 60


def run_parse(arguments: Namespace) -> int:
    """Print the shots of a text: each field with its value and its words, then what stayed free."""
    content, name = _given(arguments.TEXT)
    vocab = vocabulary()
    target = vocab.target(arguments.target) if arguments.target else None
    found = read_prompt(content, name, vocab, target)
    if arguments.json:
        print(json.dumps(document_of(found), indent=2, ensure_ascii=False))
        return 0
    for number, one in enumerate(found, start=1):
        if len(found) > 1:
            print(f"{'' if number == 1 else chr(10)}Shot {number}")
        _report(one, vocab)
    return 0


def _given(text: str) -> tuple[str | bytes, str]:
    """Return what is to be read, and what errors call it."""
    if text == "-":
        return _bounded(sys.stdin.buffer.read(MAX_PICTURE + 1), "Standard input"), "Standard input"
    if Path(text).suffix.casefold() not in READABLE:
        return text, "The text"
    try:
        if not Path(text).is_file():
            return text, "The text"
        with Path(text).open("rb") as file:
            return _bounded(file.read(MAX_PICTURE + 1), text), text
    except (OSError, ValueError) as error:
        raise BadInputError(f"{text} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _bounded(content: bytes, name: str) -> bytes:
    if len(content) > MAX_PICTURE:
        raise BadInputError(f"{name} is larger than {MAX_PICTURE >> 20} MB.", hint="No prompt or picture of one is.")
    return content


def _report(one: Parsed, vocab: Vocabulary) -> None:
    print(f"{one.form}{f', for {one.target}' if one.target else ''}")
    words: dict[str, list[str]] = {}
    for span in one.spans:
        words.setdefault(span.path, []).append(f'"{_short(span.text)}"')
    for path, value in leaves(one.shot).items():
        print("  ".join(part for part in (f"✓ {path}", _told(value, vocab), ", ".join(words.get(path, ()))) if part))
    for rest in one.free:
        print(f"~ {_short(rest.text)}")
    for name, value in one.params.items():
        print(f"= {name}: {_short(str(value))}")
    for note in one.notes:
        print(f"· {note}")


def _told(value: Any, vocab: Vocabulary) -> str:
    """Return a value as a person reads it: a term by its label."""
    if isinstance(value, dict):
        return str(value["words"])
    if isinstance(value, list | tuple):
        return ", ".join(_told(one, vocab) for one in value)
    if isinstance(value, str):
        return vocab.terms[value].label if value in vocab.terms else value
    return f"{value:g}" if isinstance(value, float) else str(value)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= WIDEST else f"{flat[: WIDEST - 1]}…"
