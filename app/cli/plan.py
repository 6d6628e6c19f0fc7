"""`printlight plan`: the lighting plan of a shot on one sheet of paper."""

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from app.cli.compiler import read
from app.errors import BadInputError
from app.resolve import resolve
from app.settings import author
from app.views.paper import pdf
from app.views.sheet import Title, sheet
from app.vocab import vocabulary


def run_plan(arguments: Namespace) -> int:
    """Write the plan as a PDF, and print where it is."""
    resolved = resolve(read(arguments.SHOT), vocabulary())
    named = "" if arguments.SHOT == "-" else Path(arguments.SHOT).stem
    out = Path(arguments.out or f"{named or 'shot'}-plan.pdf")
    today = datetime.now(UTC).astimezone()
    shot = named.replace("_", " ").replace("-", " ").capitalize()
    title = Title(shot=shot, date=f"{today.day} {today:%B %Y}", author=author())
    try:
        out.write_bytes(pdf(sheet(resolved, title, arguments.paper)))
    except OSError as error:
        hint = "Name a file in a folder that is there and can be written to, with --out."
        raise BadInputError(f"{out} cannot be written: {error.strerror}.", hint=hint) from None
    print(out)
    return 0
