"""`printlight backends`: where pictures can be made, or what answers at one of these places."""

import asyncio
import json
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from app.errors import BackendError
from app.jobs import Desk, open_desk
from app.schema.documents import Connection
from app.settings import settings


def run_backends(arguments: Namespace) -> int:
    """Print every backend with what it still needs, or ask the one that is named. A service is asked by name alone."""
    desk = open_desk(settings())
    if arguments.BACKEND:
        return _ask(desk, arguments)
    found = [_told(desk, one) for one in desk.connections.all()]
    if arguments.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return 0
    width = max(len(one["id"]) for one in found)
    for one in found:
        where = f", {one['url']}" if one["url"] else ""
        print(f"{one['id']:<{width}}  {one['label']}{where}: {one['problem'] or 'ready'}")
    return 0


def _told(desk: Desk, connection: Connection) -> dict[str, Any]:
    """Return a connection as JSON, with what it still needs; its key is never told."""
    backend, access = desk.backend(connection.id)
    problem = asyncio.run(backend.ready(access))
    return {**connection.model_dump(exclude={"options"}), "targets": backend.targets, "problem": problem}


def _ask(desk: Desk, arguments: Namespace) -> int:
    backend, access = desk.backend(arguments.BACKEND)
    seen = asyncio.run(backend.look(access))
    if arguments.json:
        print(json.dumps(asdict(seen), indent=2, ensure_ascii=False))
        return 1 if seen.problem else 0
    if seen.problem:
        raise BackendError(seen.problem)
    print(f"It is there{f': {seen.version}' if seen.version else ''}.")
    for model in seen.models:
        print(f"  {model}")
    return 0
