"""The HTTP API against its own document: each operation is asked for what it promises, and for what it forbids.

schemathesis writes the requests and judges the answers: no error of the studio's own, no status and no type that the
document does not name, every body as it is described, nothing accepted that it forbids, `Allow` as it says. The studio
runs in this process, on a library of its own. Nobody works on its queue, and requests are aimed at the previz alone, so
that nothing is drawn and nothing leaves.
"""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pkgutil import iter_modules
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.config import GenerationConfig, SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.schemas import OpenApiSchema

from app.jobs import Desk, Engine, open_desk
from app.schema.checks import EVERYTHING
from app.web import api as package
from app.web.app import create_app
from app.web.given import compile_edit
from app.web.ordering import Ordered, order
from tests.places import places

Case = schemathesis.Case[Any]
Operation = schemathesis.APIOperation[Any, Any, Any, Any]

ADDRESS = "/api/openapi.json"
NOUNS = [one.name for one in iter_modules(package.__path__) if not one.name.startswith("_")]

ID, HASH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}"), re.compile(r"[0-9a-f]{64}")

LIMITS, DRAWN = 8, 2
"""Of each operation so many cases follow from the limits of its fields, and so many are drawn, good and bad ones each.

With 300 and 40, all of 12,843 cases held, in four minutes (2026-11)."""

JUDGED = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"database": "none"},
        "checks": {
            # 422: what a shot, a query, a slate or a file says is read by rules beyond a JSON Schema
            "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422", "502"]},
        },
    }
)


@dataclass(frozen=True)
class Served:
    """The studio's API: what describes it, and ids that there are, by the field that takes them."""

    document: OpenApiSchema
    there: dict[str, tuple[str, ...]]

    def judge(self, case: Case) -> None:
        """Ask, on things that there are in most of the cases, and judge the answer. Nothing that there is goes away."""
        given: tuple[Any, ...] = () if case.method == "DELETE" else (case.path_parameters, case.query, case.body)
        for told in given:
            for name in self.there.keys() & told.keys() if isinstance(told, dict) else ():
                if isinstance(told[name], str) and (HASH if name == "sha256" else ID).fullmatch(told[name]):
                    ids = (*self.there[name], told[name])
                    told[name] = ids[crc32(told[name].encode()) % len(ids)]
        case.call_and_validate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    folder = tmp_path_factory.mktemp("studio")
    places.opened(folder)
    found = replace(places.at(folder), hosts=("testserver",))
    app, desk = create_app(found), open_desk(found)
    app.state.desk, app.state.engine, app.state.settings = desk, Engine(desk, found.data, found.database_url), found
    app.router.lifespan_context = _idle
    return Served(schemathesis.openapi.from_asgi(ADDRESS, app, config=JUDGED), _things(desk))


@asynccontextmanager
async def _idle(_app: FastAPI) -> AsyncIterator[None]:
    yield


def _things(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Make one of everything; return the ids that there are then."""
    library = desk.library
    shots = ("the-rim", "the-gallery", "blue-hour")
    compiled = compile_edit(library.shot(shots[0]).shot, "uni-1", "compiled", EVERYTHING)
    take = desk.add(shots[0], compiled, "previz", "compiled").id
    collection = library.collections.add("Rims").id
    library.collections.put(collection, "shot", shots[0])
    return {
        "film": ("the-lamp-room",),
        "shot": shots,
        "thing": (*shots, take),
        "take": (take,),
        "other": (take,),
        "batch": (order(desk, shots[1], Ordered(target="uni-1", backend="previz", count=2)).id,),
        "collection": (collection,),
        "preset": tuple(one.id for one in library.presets.all()),
        "sha256": tuple(library.pictures.all())[:1],
        "backend": ("previz",),
        "target": ("uni-1", "veo-3-1"),
        "kind": ("look", "person", "prompt", "text"),
        "part": ("light", "frame"),
        "facet": ("camera.size",),
        "term": ("camera.size.mcu",),
        "code": ("faster_than_the_lens",),
    }


def cases(document: BaseSchema, operation: Operation) -> Iterator[Case]:
    """Yield the cases that follow from the limits of an operation's fields, spread over all there are."""
    found = document.iter_coverage_cases(
        operation, generation_modes=list(GenerationMode), generation_config=GenerationConfig()
    )
    every = list(islice(found, 10 * LIMITS))
    yield from every[:: max(1, len(every) // LIMITS)]


def draw(operation: Operation, mode: GenerationMode, judge: Callable[[Case], None]) -> None:
    """Judge some cases that are drawn: such as the document allows, or such as it forbids."""

    @seed(1)
    @settings(
        max_examples=DRAWN, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def judged(case: Case) -> None:
        judge(case)

    judged()


@pytest.mark.parametrize("noun", NOUNS)
def test_operations_keep_what_the_document_says(served: Served, noun: str) -> None:
    chosen = served.document.include(tag=noun)
    every = list(chosen.get_all_operations())
    operations = [one.ok() for one in every if isinstance(one, Ok)]
    assert len(operations) == len(every) > 0
    broken: list[str] = []

    def judge(case: Case) -> None:
        try:
            served.judge(case)
        except FailureGroup as failures:
            broken.extend(f"{case.operation.label}: {one}" for one in failures.exceptions)

    for operation in operations:
        for case in cases(chosen, operation):
            judge(case)
        takes_something = operation.body or operation.query or operation.path_parameters
        for mode in GenerationMode if takes_something else ():
            draw(operation, mode, judge)
    assert broken == []


def test_every_operation_is_described_under_a_noun(served: Served) -> None:
    document = served.document.raw_schema
    told = [told for methods in document["paths"].values() for told in methods.values()]
    assert {one["tags"][0] for one in told} == set(NOUNS)
    assert all(one["description"] for one in told)
    ids = [one["operationId"] for one in told]
    assert len(ids) == len(set(ids))
    assert {path.split("/")[1] for path in document["paths"]} == {"api"}


def test_every_error_has_one_shape(served: Served) -> None:
    document = served.document.raw_schema
    errors = [
        (path, status, told["content"]["application/json"]["schema"])
        for path, methods in document["paths"].items()
        for operation in methods.values()
        for status, told in operation["responses"].items()
        if int(status) >= 400
    ]
    assert [one for one in errors if one[2] != {"$ref": "#/components/schemas/Problem"}] == []
    assert set(document["components"]["schemas"]["Problem"]["properties"]) == {"message", "hint", "where"}
