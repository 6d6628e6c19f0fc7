"""`printlight targets`: the models that Printlight writes for, as a table, or one of them whole."""

from argparse import Namespace
from collections.abc import Sequence

from app.cli.compiler import as_json
from app.vocab import Target, vocabulary
from app.web import targets as told

SHORT = ("Form", "Limit", "Negatives", "References", "Length")
"""The features that stand in the table; all of them are told of one target."""

COLUMNS = [column for column in told.COLUMNS if column.label in SHORT]


def run_targets(arguments: Namespace) -> int:
    """Print all targets, the retired ones last, or the one that is named."""
    if arguments.TARGET:
        return _one(vocabulary().target(arguments.TARGET), arguments)
    if arguments.json:
        print(as_json(list[told.Document], told.documents()))
        return 0
    found = [target for group in told.groups() for target in group.targets]
    head = ["ID", "MEDIUM", "MODEL", *(column.label.upper() for column in COLUMNS), "FACTS"]
    _table([head, *(_row(target) for target in found)])
    return 0


def _row(target: Target) -> list[str]:
    said = ["–" if (one := column.tell(target)) == told.NO else one for column in COLUMNS]
    facts = f"{target.facts.date}, {target.facts.confidence}"
    return [target.id, target.medium, target.label, *said, f"{facts}; {_gone(target)}" if target.retired else facts]


def _gone(target: Target) -> str:
    return f"retired {target.retired}" + (f", now {target.nearest}" if target.nearest else "")


def _table(lines: Sequence[Sequence[str]]) -> None:
    """Print lines in columns, each as wide as its widest entry."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(one.ljust(width) for one, width in zip(line, widths, strict=True)).rstrip())


def _one(target: Target, arguments: Namespace) -> int:
    if arguments.json:
        print(as_json(told.Document, told.document(target)))
        return 0
    print(f"{target.label} ({target.id}), {target.medium}{f', {target.maker}' if target.maker else ''}")
    print(target.gloss)
    if target.retired:
        print(f"{_gone(target).capitalize()}.")
    _part("What it hears", [(column.label, column.tell(target)) for column in told.COLUMNS if column.part != "Facts"])
    steps = enumerate(told.order(target), start=1)
    _part("In this order", [(f"{number}", _step(block)) for number, block in steps])
    _part("References", [(role, f"{how} {name}") for role, how, name in told.travels(target)])
    _part("", told.terms(target))
    _part("In the request", told.written(target))
    _part("In the text", [*told.time_codes(target), *told.sounds(target)])
    silences = [(", ".join(name for name, _ in one.fields), one.reason) for one in told.silences(target)]
    _part("What it does not hear", silences)
    facts = target.facts
    doubts = [("In doubt", one) for one in facts.doubts]
    _part("Facts", [("Version", facts.version), ("Read on", facts.date), ("From", told.CONFIDENCE[facts.confidence])])
    _part("", [("Note", facts.note), *doubts, ("File", told.file_of(target))])
    return 0


def _step(block: told.Block) -> str:
    about = ", ".join(block.about)
    return f"{block.label}: {about}" if block.label else about


def _part(label: str, lines: Sequence[tuple[str, str]]) -> None:
    """Print a part under its name: what it is about on the left, unless that is long, then what is said."""
    said = [(name, words) for name, words in lines if words]
    if label and said:
        print(f"\n{label}")
    for name, words in said:
        print(f"  {name:<14}{words}" if len(name) < 14 else f"  {name}\n  {'':<14}{words}")
