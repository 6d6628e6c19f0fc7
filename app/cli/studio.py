"""`printlight serve`: the studio."""

from argparse import Namespace


def run_serve(arguments: Namespace) -> int:
    """Open the studio on this machine."""
    from app.web.server import run  # noqa: PLC0415  the compiler's commands need no web framework

    return run(arguments.host, arguments.port)
