"""`printlight mcp`: the library and the compiler for an assistant, over standard input and output."""

from argparse import Namespace

from app.jobs import open_desk
from app.settings import settings


def run_mcp(_arguments: Namespace) -> int:
    """Serve the Model Context Protocol until the input ends."""
    found = settings()
    desk = open_desk(found)
    from app.mcp.server import run  # noqa: PLC0415  its SDK takes a second to load, and a wrong setting is told first

    run(desk, found)
    return 0
