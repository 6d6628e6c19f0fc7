"""`printlight mcp`, used as an assistant uses it: the SDK's own client, over the pipes of a process of its own."""

import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import CallToolResult, ImageContent, TextContent, TextResourceContents
from PIL import Image

from app.mcp.server import INSTRUCTIONS
from app.schema import Shot
from app.vocab import vocabulary
from tests.places import places
from tests.running import ROOT, environment

WIDE = "64"
SLOW_S = 300


class Assistant:
    """A client that has said hello, for tests that are not asynchronous."""

    def __init__(self, client: Client, portal: BlockingPortal, strays: list[Exception]) -> None:
        self.client = client
        self.strays = strays
        self._portal = portal

    def ask(self, what: Callable[..., Any], *arguments: Any) -> Any:
        """Call one of the client's own methods."""
        return self._portal.call(what, *arguments)

    def use(self, tool: str, **arguments: Any) -> CallToolResult:
        """Use a tool."""
        used: CallToolResult = self._portal.call(lambda: self.client.call_tool(tool, arguments))
        return used

    def get(self, tool: str, **arguments: Any) -> Any:
        """Use a tool that must succeed; return what it answers."""
        used = self.use(tool, **arguments)
        assert not used.is_error, used.content
        answer = used.structured_content
        return answer["result"] if isinstance(answer, dict) and set(answer) == {"result"} else answer

    def refusal(self, tool: str, **arguments: Any) -> str:
        """Use a tool that must refuse; return what it says."""
        used = self.use(tool, **arguments)
        assert used.is_error
        return "".join(one.text for one in used.content if isinstance(one, TextContent))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("assistant")
    places.opened(data)
    return data


@pytest.fixture(scope="module")
def assistant(folder: Path) -> Iterator[Assistant]:
    kept = environment(folder, PRINTLIGHT_PREVIZ_WIDTH=WIDE)
    started = StdioServerParameters(command=sys.executable, args=["-m", "app", "mcp"], cwd=ROOT, env=kept)
    strays: list[Exception] = []

    async def heard(message: object) -> None:
        if isinstance(message, Exception):
            strays.append(message)

    with (folder / "mcp.log").open("w") as log, start_blocking_portal() as portal:
        connected = Client(stdio_client(started, errlog=log), read_timeout_seconds=SLOW_S, message_handler=heard)
        with portal.wrap_async_context_manager(connected) as client:
            yield Assistant(client, portal, strays)


TOOLS = {
    "list_terms", "get_term", "list_targets", "check", "compile", "parse", "note", "search", "list_films", "list_shots",
    "get_shot", "save_shot", "new_shot", "shoot", "get_take", "export",
}  # fmt: skip


def test_it_says_who_it_is_and_what_it_can_do(assistant: Assistant) -> None:
    assert assistant.client.server_info
    assert assistant.client.server_info.name == "printlight"
    assert assistant.client.instructions == INSTRUCTIONS
    tools = {one.name: one for one in assistant.ask(assistant.client.list_tools).tools}
    assert set(tools) == TOOLS
    assert [one.name for one in tools.values() if one.annotations and one.annotations.open_world_hint] == ["shoot"]
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema, f"{tool.name} answers without a schema"
        silent = [name for name, told in tool.input_schema["properties"].items() if "description" not in str(told)]
        assert silent == [], f"{tool.name}: {silent}"


def test_it_lists_and_tells_terms(assistant: Assistant) -> None:
    found = assistant.get("list_terms", query="rembrandt", limit=1)
    assert [one["id"] for one in found] == ["light.pattern.rembrandt"]
    assert "triangle" in assistant.get("get_term", term="light.pattern.rembrandt")["gloss"]
    assert {one["facet"] for one in assistant.get("list_terms", facet="camera.size")} == {"camera.size"}


def test_it_lists_models_with_the_backends_that_are_here(assistant: Assistant) -> None:
    models = {one["id"]: one for one in assistant.get("list_targets", medium="image")}
    assert "previz" in models["uni-1"]["backends"]
    assert {vocabulary().targets[one].medium for one in models} == {"image"}


def test_it_compiles_a_document_and_a_kept_shot(assistant: Assistant) -> None:
    assert "85 mm lens" in assistant.get("compile", document={"camera": {"focal_mm": 85}})["text"]
    kept = assistant.get("compile", shot="the-rim", target="uni-1")
    assert "".join(one["text"] for one in kept["segments"]) == kept["text"]
    assert kept["params"]["aspect_ratio"]


FAST = {"camera": {"lens_family": "camera.lens.cooke_s4i", "t_stop": 1.3}}


def test_it_checks_and_offers_the_fix(assistant: Assistant) -> None:
    [found] = [one for one in assistant.get("check", document=FAST) if one["severity"] == "error"]
    assert found["fix"] == {"camera": {"t_stop": 2.0}}


def test_it_parses_and_reads_notes(assistant: Assistant) -> None:
    read = assistant.get("parse", text="a close-up on an 85mm lens")
    assert read["shot"]["camera"]["focal_mm"] == 85
    noted = assistant.get("note", text="tighter", document={"camera": {"size": "camera.size.mcu"}})
    assert noted["patch"] == {"camera": {"size": "camera.size.cu"}}


def test_a_shot_is_begun_read_saved_and_found(assistant: Assistant) -> None:
    film = next(one["id"] for one in assistant.get("list_films"))
    begun = assistant.get("new_shot", film=film, name="The ferryman waits", slate="40A", document=FAST)
    saved = assistant.get("save_shot", shot=begun["id"], version=begun["version"], changes={"camera": {"t_stop": 2}})
    again = assistant.get("get_shot", shot=begun["id"])
    assert again == saved
    assert again["document"] == {"camera": {"lens_family": "camera.lens.cooke_s4i", "t_stop": 2.0}}
    assert begun["id"] in {one["id"] for one in assistant.get("list_shots", film=film)}
    assert [one["id"] for one in assistant.get("search", query="ferryman")["hits"]] == [begun["id"]]
    changes = {"camera": {"t_stop": 4}}
    refused = assistant.refusal("save_shot", shot=begun["id"], version=begun["version"], changes=changes)
    assert "another window" in refused


def test_it_shoots_on_previz_and_sees_the_picture(assistant: Assistant) -> None:
    used = assistant.use("shoot", shot="the-rim", wait_s=SLOW_S)
    assert used.structured_content
    assert used.structured_content["state"] == "done"
    picture, told = used.content
    assert isinstance(picture, ImageContent)
    assert isinstance(told, TextContent)
    with Image.open(BytesIO(b64decode(picture.data))) as seen:
        assert seen.width == int(WIDE)
    take = assistant.get("get_take", take=used.structured_content["id"])
    assert take == used.structured_content
    assert take["backend"] == "previz"


def test_a_film_that_stays_here_is_not_sent_away(assistant: Assistant, folder: Path) -> None:
    places.library(folder).set_local("the-lamp-room", local=True)
    assert "stays on this machine" in assistant.refusal("shoot", shot="the-gallery", backend="uni1", wait_s=0)
    places.library(folder).set_local("the-lamp-room", local=False)


def test_it_exports_what_is_text(assistant: Assistant) -> None:
    made = assistant.get("export", name="the-rim")
    assert made["name"].endswith(".txt")
    assert "Mara" in made["text"]


REFUSED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a number out of range": ("compile", {"document": {"camera": {"focal_mm": 9000}}}, "between 2 and 2000 mm"),
    "where it stands": ("check", {"document": {"camera": {"focla": 1}}}, "Where: camera.focla"),
    "a shot that there is not": ("get_shot", {"shot": "nobody"}, "No shot is called 'nobody'"),
    "a model with a near one": ("compile", {"shot": "the-rim", "target": "uni-l"}, "Did you mean 'uni-1'?"),
    "two shots at once": ("compile", {"shot": "the-rim", "document": {}}, "one of them"),
    "a word for a number": ("list_terms", {"limit": "many"}, "limit"),
    "a backend that there is not": ("shoot", {"shot": "the-rim", "backend": "prviz"}, "Did you mean 'previz'?"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_to_do(assistant: Assistant, name: str) -> None:
    tool, arguments, said = REFUSED[name]
    told = assistant.refusal(tool, **arguments)
    assert said in told
    assert "Traceback" not in told


def test_it_gives_the_schema_the_vocabulary_and_a_way_to_begin(assistant: Assistant) -> None:
    schema = text_of(assistant, "printlight://schema/shot")
    assert Shot.model_json_schema()["title"] in schema
    assert '"camera.size"' in text_of(assistant, "printlight://vocabulary")
    assert '"camera.size.mcu"' in text_of(assistant, "printlight://vocabulary/camera.size")
    [prompt] = assistant.ask(assistant.client.list_prompts).prompts
    [message] = assistant.ask(assistant.client.get_prompt, prompt.name, {"idea": "a door opens"}).messages
    assert "a door opens" in message.content.text


def test_nothing_but_the_protocol_was_on_standard_output(assistant: Assistant, folder: Path) -> None:
    assert assistant.strays == []
    assert "Traceback" not in (folder / "mcp.log").read_text(encoding="utf-8")


def text_of(assistant: Assistant, address: str) -> str:
    [content] = assistant.ask(assistant.client.read_resource, address).contents
    assert isinstance(content, TextResourceContents)
    return content.text
