"""`printlight api`: every operation of the HTTP API, by its name, on this machine's library. No server is needed."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote, urlencode

from app.errors import BadInputError, PrintlightError, UnknownNameError
from app.jobs import Engine, open_desk
from app.settings import settings
from app.web.app import create_app
from app.web.inside import Answer, ask

JSON = "application/json"
FORM = "multipart/form-data"
BODY = "body."
"""Before a field of the body that is called like one of the address."""

WHOLE = "body"
"""The body, where it has no fields of its own: a patch."""


@dataclass(frozen=True)
class Operation:
    """One operation of the API, as its document describes it."""

    name: str
    method: str
    path: str
    says: str
    places: dict[str, str]
    """Where each parameter goes: `path` or `query`."""
    needed: frozenset[str]
    fields: dict[str, Any]
    """The fields of its body, with the schema of each."""
    body: str
    """The media type of its body; empty where it takes none."""


def run_api(arguments: Namespace) -> int:
    """Call an operation and print its answer; without one list them all."""
    found = settings()
    app = create_app(found)
    operations = {one.name: one for one in _operations(app.openapi())}
    if not arguments.OPERATION:
        return _list(operations, as_json=arguments.json)
    if arguments.OPERATION not in operations:
        raise UnknownNameError("operation", arguments.OPERATION, operations)
    operation = operations[arguments.OPERATION]
    desk = open_desk(found)
    app.state.desk, app.state.settings = desk, found
    app.state.engine = Engine(desk, found.data, found.database_url)  # not started: what is ordered waits in the queue
    path, query, body, media_type = _request(operation, arguments.FIELDS)
    answer = ask(app, operation.method, path, query, body, media_type)
    return _tell(answer, arguments.out)


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    schemas = document["components"]["schemas"]
    for path, methods in sorted(document["paths"].items()):
        for method, told in methods.items():
            places = {one["name"]: one["in"] for one in told.get("parameters", ())}
            needed = [one["name"] for one in told.get("parameters", ()) if one.get("required")]
            contents: dict[str, Any] = told.get("requestBody", {}).get("content", {})
            media_type = next(iter(contents), "")
            schema = _resolved(contents[media_type]["schema"], schemas) if media_type else {}
            properties = schema.get("properties") or ({WHOLE: schema} if media_type else {})
            called = {name: f"{BODY}{name}" if name in places else name for name in properties}
            yield Operation(
                name=told["operationId"],
                method=method.upper(),
                path=path,
                says=told["description"].partition("\n")[0],
                places=places,
                needed=frozenset([*needed, *(called[name] for name in schema.get("required", ()))]),
                fields={called[name]: told for name, told in properties.items()},
                body=media_type,
            )


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return schemas[name] if name else schema


def _list(operations: dict[str, Operation], *, as_json: bool) -> int:
    if as_json:
        told = [
            {"name": one.name, "method": one.method, "path": one.path, "says": one.says} for one in operations.values()
        ]
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return 0
    for one in operations.values():
        fields = " ".join(f"{name}=" if name in one.needed else f"[{name}=]" for name in (*one.places, *one.fields))
        print(f"{one.name} {fields}".rstrip())
        print(f"    {one.says}")
    return 0


def _request(operation: Operation, given: list[str]) -> tuple[str, str, bytes, str]:
    """Return the path, query, body and media type that fields written as NAME=VALUE make of an operation."""
    values = dict(_field(operation, one) for one in given)
    known = {*operation.places, *operation.fields}
    for name in values:
        if name not in known:
            raise UnknownNameError(f"field of {operation.name}", name, known)
    if missing := sorted(operation.needed - set(values)):
        raise BadInputError(f"{operation.name} needs {', '.join(missing)}.", hint=f"Write {missing[0]}=VALUE.")
    path, query = operation.path, {}
    for name, place in operation.places.items():
        if place == "path":
            path = path.replace(f"{{{name}}}", quote(str(values[name]), safe=""))
        elif name in values:
            query[name] = values[name]
    fields = {name.removeprefix(BODY): value for name, value in values.items() if name in operation.fields}
    if operation.body == FORM:
        body, media_type = _multipart(fields)
        return path, urlencode(query), body, media_type
    body = json.dumps(fields.get(WHOLE, fields)).encode() if operation.body else b""
    return path, urlencode(query), body, operation.body


def _field(operation: Operation, given: str) -> tuple[str, Any]:
    """Read NAME=VALUE: JSON where the field is no text; @FILE is what a file holds."""
    name, mark, value = given.partition("=")
    if not mark:
        raise BadInputError(f"{given[:60]!r} names no value.", hint="Write fields as NAME=VALUE, files as NAME=@FILE.")
    is_file = value.startswith("@")
    if operation.body == FORM and name in operation.fields and is_file:
        return name, Path(value[1:])
    text = _text(value[1:]) if is_file else value
    schema = operation.fields.get(name, {"type": "string"})
    if schema.get("type") == "string":
        return name, text
    try:
        return name, json.loads(text)
    except (ValueError, RecursionError):
        return name, text  # a word where one may stand; else the API says what it must be


def _text(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BadInputError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _multipart(fields: dict[str, Any]) -> tuple[bytes, str]:
    mark = token_hex(16)
    parts = []
    for name, value in fields.items():
        file = f'; filename="{quote(value.name)}"' if isinstance(value, Path) else ""
        try:
            content = value.read_bytes() if isinstance(value, Path) else str(value).encode()
        except OSError as error:
            raise BadInputError(f"{value} cannot be read: {error.strerror}.") from None
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + content + b"\r\n"
        )
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"{FORM}; boundary={mark}"


def _tell(answer: Answer, out: str) -> int:
    """Print what was answered, or write it to a file; an error is told as a sentence."""
    is_json = answer.headers.get("content-type", "").startswith(JSON)
    if answer.status >= 400:
        told = json.loads(answer.body) if is_json else {}
        raise PrintlightError(told.get("message") or f"The API answered {answer.status}.", hint=told.get("hint", ""))
    if out:
        try:
            Path(out).write_bytes(answer.body)
        except OSError as error:
            raise BadInputError(f"{out} cannot be written: {error.strerror}.") from None
        print(out)
    elif is_json:
        print(json.dumps(json.loads(answer.body), indent=2, ensure_ascii=False))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(answer.body)
    return 0
