"""Runs the studio."""

import socket
import sys

import uvicorn

from app.errors import BadInputError
from app.settings import settings
from app.web.app import create_app


def run(host: str, port: int) -> int:
    """Serve until interrupted. Raises BadInputError for a port that is taken."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            hint = "Another Printlight may be running there. Name another with --port."
            raise BadInputError(f"{host}:{port} cannot be used: {error.strerror}.", hint=hint) from None
    found = settings()
    app = create_app(found)
    print(f"Printlight is at http://{host}:{port} (data in {found.data})", file=sys.stderr)  # noqa: T201  the one line that a person waits for
    uvicorn.run(app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=2, server_header=False)
    return 0
