"""The commands that need no database and no network."""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.cli.fixing import document_of, tell, write_back
from app.errors import BadInputError
from app.lint.mending import mend
from app.match import search
from app.pipeline import check_shot, compile_scene, compile_shot, plain_shot
from app.schema import Compiled, Finding, Shot, read_file, read_text
from app.schema.checks import Checks
from app.vocab import vocabulary

MARKS = {"error": "✗", "warning": "!", "info": "·"}


def read(name: str) -> Shot:
    """Read the shot that the command line names."""
    if name == "-":
        return read_text(sys.stdin.buffer.read().decode("utf-8", errors="replace"), "standard input")
    return read_file(Path(name))


def run_compile(arguments: Namespace) -> int:
    """Print the prompt of a shot, or of several shots as one, and beside it what was lost and found."""
    vocab = vocabulary()
    target = vocab.target(arguments.target)
    first, *others = [read(name) for name in arguments.SHOT]
    if others and arguments.plain:
        raise BadInputError("The plain sentence is of one shot.", hint="Leave --plain out, or give one shot.")
    if others:
        compiled = compile_scene([first, *others], target, vocab)
    else:
        compiled = plain_shot(first, target, vocab) if arguments.plain else compile_shot(first, target, vocab)
    if arguments.json:
        print(as_json(Compiled, compiled))
        return status_of(compiled.findings)
    print(compiled.text)
    if compiled.negative:
        print(f"\nNegative: {compiled.negative_text}")
    for name, param in compiled.params.items():
        print(f"{name}: {param.value}", file=sys.stderr)
    for loss in compiled.losses:
        print(f"− {', '.join(loss.paths)}: {loss.reason}", file=sys.stderr)
    _print_findings(compiled.findings)
    return status_of(compiled.findings)


def run_check(arguments: Namespace) -> int:
    """Print the findings; with --fix, take the fixes first and show what each of them changes."""
    checks = Checks(profile=arguments.profile)
    shot = read(arguments.SHOT)
    if arguments.fix:
        return run_fix(arguments, shot, checks)
    findings = check_shot(shot, vocabulary(), checks)
    if arguments.json:
        print(as_json(list[Finding], findings))
    elif findings:
        _print_findings(findings)
    else:
        print("Nothing contradicts anything.")
    return status_of(findings)


def run_fix(arguments: Namespace, shot: Shot, checks: Checks) -> int:
    """Take the fixes, write them into the file, and print what is left; a shot from standard input is printed."""
    mended, taken = mend(shot, vocabulary(), checks)
    findings = check_shot(mended, vocabulary(), checks)
    if arguments.SHOT != "-":
        write_back(Path(arguments.SHOT), mended, [change for one in taken for change in one.changes])
    if arguments.json:
        document = mended.model_dump(mode="json", exclude_defaults=True)
        print(as_json(dict[str, Any], {"shot": document, "fixed": taken, "findings": findings}))
        return status_of(findings)
    tell(taken)
    if arguments.SHOT == "-":
        print(document_of(mended))
    _print_findings(findings)
    return status_of(findings)


def run_terms(arguments: Namespace) -> int:
    """Print the terms that a query names."""
    found = search(vocabulary(), " ".join(arguments.QUERY))
    if arguments.json:
        print(as_json(list[Any], [term.model_dump(mode="json") for term in found]))
        return 0
    for term in found:
        numbers = ", ".join(f"{name} {value:g}" for name, value in {**term.numbers, **term.sets}.items())
        print(f"{term.id:<34} {term.label}{f'  [{numbers}]' if numbers else ''}\n{'':<34} {term.gloss}")
        print(f"{'':<34} {term.confidence}{f': {term.source}' if term.source else ''}")
    if not found:
        print("No term has that name. Try fewer or other words.")
    return 0


def run_schema(_arguments: Namespace) -> int:
    """Print the JSON Schema of a shot."""
    print(json.dumps(Shot.model_json_schema(), indent=2, ensure_ascii=False))
    return 0


def as_json(kind: Any, value: Any) -> str:
    """Write a value of a documented kind as JSON."""
    return TypeAdapter(kind).dump_json(value, indent=2).decode()


def status_of(findings: Any) -> int:
    """Return 1 when anything cannot be true, else 0."""
    return int(any(finding.severity == "error" for finding in findings))


def _print_findings(findings: Any) -> None:
    for finding in findings:
        where = ", ".join(finding.paths)
        print(f"{MARKS[finding.severity]} {finding.code} ({where}): {finding.message}", file=sys.stderr)
