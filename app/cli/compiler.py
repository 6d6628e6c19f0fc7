"""The commands that need no database and no network."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.cli.fixing import document_of, tell, write_back
from app.errors import BadInputError
from app.lint.mending import mend
from app.match import search
from app.pipeline import check_cuts, check_shot, compile_scene, compile_shot, plain_shot
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
    """Print the findings; with --fix, take the fixes first and show what each of them changes.

    Of several shots the cuts between them are checked, too; of a film its cuts.
    """
    checks, names = Checks(profile=arguments.profile), arguments.SHOT
    if arguments.film and not names:
        status: int = import_module("app.cli.cuts").run_film(arguments)  # a shot is checked without a library
        return status
    if not names or arguments.film or arguments.scene:
        raise BadInputError("Check what?", hint="Name files, or a film: --film FILM, and --scene NUMBER of it.")
    if len(names) > 1:
        return run_cuts(arguments, checks)
    shot = read(names[0])
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


def run_cuts(arguments: Namespace, checks: Checks) -> int:
    """Print the findings of several shots, and of the cuts between them: they are taken for one scene."""
    if arguments.fix:
        raise BadInputError("Fixes are taken in one shot at a time.", hint="Leave --fix out, or name one shot.")
    names, shots = arguments.SHOT, [read(name) for name in arguments.SHOT]
    own = [check_shot(shot, vocabulary(), checks) for shot in shots]
    cuts = check_cuts(shots, ["1"] * len(shots), vocabulary(), checks)
    if arguments.json:
        told = [{"shot": name, "findings": found} for name, found in zip(names, own, strict=True)]
        print(as_json(dict[str, Any], {"shots": told, "cuts": cuts_as_data(names, cuts)}))
    else:
        for name, found in zip(names, own, strict=True):
            print_part(name, found)
        print_cuts(names, cuts)
    return status_of([one for found in (*own, *cuts.values()) for one in found])


def cuts_as_data(names: Sequence[str], cuts: Mapping[int, list[Finding]]) -> list[dict[str, Any]]:
    """Return the findings of cuts as data, with what each of the two shots is called."""
    return [{"before": names[at - 1], "after": names[at], "findings": found} for at, found in cuts.items()]


def print_cuts(names: Sequence[str], cuts: Mapping[int, list[Finding]]) -> None:
    """Print the findings of each cut, under the names of its two shots; and how many cuts hold."""
    for at, found in cuts.items():
        print_part(f"{names[at - 1]} → {names[at]}", found)
    hold = sum(not found for found in cuts.values())
    print(f"{hold} of {len(cuts)} cut{'' if len(cuts) == 1 else 's'} hold{'s' if 1 in {hold, len(cuts)} else ''}.")


def print_part(title: str, findings: Sequence[Finding]) -> None:
    """Print findings under a title, if there are any."""
    if findings:
        print(title, file=sys.stderr)
        _print_findings(findings)


def run_fix(arguments: Namespace, shot: Shot, checks: Checks) -> int:
    """Take the fixes, write them into the file, and print what is left; a shot from standard input is printed."""
    mended, taken = mend(shot, vocabulary(), checks)
    findings = check_shot(mended, vocabulary(), checks)
    name = arguments.SHOT[0]
    if name != "-":
        write_back(Path(name), mended, [change for one in taken for change in one.changes])
    if arguments.json:
        document = mended.model_dump(mode="json", exclude_defaults=True)
        print(as_json(dict[str, Any], {"shot": document, "fixed": taken, "findings": findings}))
        return status_of(findings)
    tell(taken)
    if name == "-":
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
