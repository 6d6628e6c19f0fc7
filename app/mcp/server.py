"""Hands the tools to an assistant, with what it reads before it uses them."""

import json
import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import wraps
from inspect import iscoroutinefunction
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from app.errors import PrintlightError
from app.jobs import Desk
from app.mcp.compiling import Compiler
from app.mcp.exporting import Exporting
from app.mcp.films import Films
from app.mcp.shooting import Shooting
from app.mcp.vocabulary import Vocabulary
from app.schema import Shot
from app.settings import Settings
from app.vocab import vocabulary

Tool = Callable[..., Any]

INSTRUCTIONS = """\
Printlight is a compiler for film shots. A shot is a document of typed facts (lens, light positions and Kelvin, stops,
framing, movement) that is checked by physics and craft, and compiled to the exact prompt of an image or video model.

Look terms up with list_terms before you use them; ids are never guessed. Say only what somebody wants said: an open
field is left to the model. Check a document before you save it, and mind the losses that compile tells. Nothing leaves
this machine unless shoot is given a backend elsewhere.
"""

DESIGN = """\
Design a film shot for this idea, with Printlight's tools: {idea}

1. Decide what the shot is for, whose shot it is, and what the viewer should feel. Ask me only what you cannot decide.
2. Look up terms for size, angle, lens, movement, light pattern and mood with list_terms.
3. Write the document: camera, framing, subjects, lights with azimuth_deg, elevation_deg, cct_k and stops, place, look.
   Say what matters, and leave the rest open.
4. Check it. Take the fixes that serve the shot; for what you break on purpose, say why.
5. Compile it for {target}, and read the losses: say in other words what the model would not hear.
6. Show me the prompt with a line on each decision. Then save it with new_shot where I want it kept, and shoot it on
   previz to see light and frame. Compare the picture with the intent, and change what is not right.
"""

READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
SENDS = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=True)


def create_server(desk: Desk, found: Settings) -> MCPServer[None]:
    """Return the server on a library. It works on what it is told to shoot, until it ends."""
    words, compiler, films = Vocabulary(desk), Compiler(desk), Films(desk)
    shooting, exporting = Shooting(desk, found), Exporting(desk)

    @asynccontextmanager
    async def lifespan(_server: MCPServer[None]) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await shooting.stop()

    server: MCPServer[None] = MCPServer(
        "printlight",
        title="Printlight",
        description="Designs, checks, compiles and shoots film shots.",
        instructions=INSTRUCTIONS,
        version="0.1.0",
        log_level="WARNING",
        lifespan=lifespan,
    )
    reads: list[Tool] = [words.list_terms, words.get_term, words.list_targets]
    reads += [compiler.check, compiler.compile, compiler.parse, compiler.note]
    reads += [films.search, films.list_films, films.list_shots, films.get_shot, shooting.get_take, exporting.export]
    writes: list[Tool] = [films.save_shot, films.new_shot]
    sends: list[Tool] = [shooting.shoot]
    for tools, hints in ((reads, READS), (writes, WRITES), (sends, SENDS)):
        for tool in tools:
            server.add_tool(_told(tool), annotations=hints)
    _add_resources(server)
    _add_prompt(server)
    return server


def run(desk: Desk, found: Settings) -> None:
    """Serve over standard input and output until the input ends. Only the protocol goes to standard output."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    create_server(desk, found).run("stdio")


def _told(tool: Tool) -> Tool:
    """Return a tool whose errors say what was wrong and what to do, as an assistant reads them."""
    if iscoroutinefunction(tool):

        @wraps(tool)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            try:
                return await tool(*args, **kwargs)
            except PrintlightError as error:
                raise ToolError(_words(error)) from error

        return awaited

    @wraps(tool)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return tool(*args, **kwargs)
        except PrintlightError as error:
            raise ToolError(_words(error)) from error

    return called


def _words(error: PrintlightError) -> str:
    return "\n".join(filter(None, (error.message, error.hint, f"Where: {error.where}" if error.where else "")))


def _add_resources(server: MCPServer[None]) -> None:
    @server.resource("printlight://schema/shot", mime_type="application/json", title="The JSON Schema of a shot")
    def schema() -> str:
        """Every field of a shot, with its unit, range and facet."""
        return json.dumps(Shot.model_json_schema(), ensure_ascii=False)

    @server.resource("printlight://vocabulary", mime_type="application/json", title="The facets of the vocabulary")
    def facets() -> str:
        """Every question about a shot that terms answer, with how many there are."""
        found = vocabulary().facets.values()
        told = [{"id": one.id, "label": one.label, "gloss": one.gloss, "terms": len(one.terms)} for one in found]
        return json.dumps(told, ensure_ascii=False)

    @server.resource("printlight://vocabulary/{facet}", mime_type="application/json", title="The terms of a facet")
    def terms(facet: str) -> str:
        """The terms of one facet, such as camera.size."""
        found = vocabulary().facets.get(facet)
        if found is None:
            raise ResourceNotFoundError(f"No facet is called {facet!r}. printlight://vocabulary lists them.")
        told = [{"id": one.id, "label": one.label, "gloss": one.gloss} for one in found.terms]
        return json.dumps(told, ensure_ascii=False)


def _add_prompt(server: MCPServer[None]) -> None:
    @server.prompt(title="Design a shot")
    def design_a_shot(
        idea: Annotated[str, Field(description="What the shot is of, and what it is for.")],
        target: Annotated[str, Field(description="The model that it is written for.")] = "uni-1",
    ) -> str:
        """Turn an idea into a shot that is checked, compiled and looked at."""
        return DESIGN.format(idea=idea, target=target)
