"""A backend's workflow over HTTP: given in many ways, refused with a reason, put right and kept."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest

from app.web.workflows import MOST_CHARS, mark
from tests.backends.fakes import workflows
from tests.parse.test_forms_pictures import png
from tests.running import Studio, studio

PAGE = "/backends/comfyui/workflow"
PLAIN = json.dumps(workflows.PLAIN)
KEPT = re.compile(r'<textarea[^>]*name="workflow"[^>]*>(.*?)</textarea>', re.DOTALL)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("workflows")) as one:
        yield one


@pytest.fixture
def client(running: Studio) -> Iterator[httpx.Client]:
    """Somebody at a studio where ComfyUI was just set up."""
    with httpx.Client(base_url=running.url, headers={"Accept": "text/html"}, timeout=30) as client:
        client.post("/backends/comfyui/removal")
        made = client.post("/backends", data={"kind": "comfyui", "ask.url": "http://127.0.0.1:9"})
        assert made.headers["location"] == "/backends#comfyui"
        yield client


def give(client: httpx.Client, text: str = "", file: bytes = b"", of: str = "", **places: Any) -> httpx.Response:
    """Send the form as a browser does: in parts, the file among them even when there is none."""
    sent = {"workflow": text, "of": of, **{f"at.{name}": there for name, there in places.items()}}
    return client.post(PAGE, data=sent, files={"file": ("one.json" if file else "", file)})


def chosen(page: str) -> dict[str, list[str]]:
    """Return what the selects of a page say."""
    found: dict[str, list[str]] = {}
    for name, inside in re.findall(r'<select[^>]*name="at\.([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        found.setdefault(name, []).extend(re.findall(r'<option value="([^"]+)" selected', inside))
    return {name: there for name, there in found.items() if there}


def problem_of(page: str) -> str:
    found = re.search(r'id="workflow-problem"[^>]*>(.*?)</p>', page, re.DOTALL)
    return unescape(found[1]) if found else ""


def kept_text(page: str) -> str:
    found = KEPT.search(page)
    assert found
    return unescape(found[1])


def test_only_a_backend_that_was_set_up_and_takes_a_workflow_leads_to_its_page(client: httpx.Client) -> None:
    page = client.get("/backends").text
    assert re.findall(r'href="([^"]+/workflow)"', page) == [PAGE]
    assert 'name="ask.workflow"' not in client.get("/backends?kind=comfyui").text
    client.post("/backends/comfyui/removal")
    assert '/workflow"' not in client.get("/backends").text


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("previz", 404, "No backend with a workflow is called 'previz'"),
        ("comfyiu", 404, "Did you mean 'comfyui'?"),
        ("comfyui", 422, "ComfyUI is not set up yet."),
    ],
)
@pytest.mark.parametrize("ask", ["show", "give", "remove"])
def test_elsewhere_there_is_no_such_page(client: httpx.Client, name: str, status: int, says: str, ask: str) -> None:
    client.post("/backends/comfyui/removal")
    path = f"/backends/{name}/workflow"
    if ask == "show":
        answer = client.get(path)
    else:
        answer = client.post(path if ask == "give" else f"{path}/removal", data={"workflow": PLAIN})
    assert answer.status_code == status
    assert says in unescape(answer.text)


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (PLAIN, b""),
        (json.dumps({"prompt": workflows.PLAIN}), b""),
        ("", PLAIN.encode()),
        ("", b"\xef\xbb\xbf" + PLAIN.encode()),
        ("what stood there", png(prompt=PLAIN, workflow=json.dumps(workflows.EDITOR))),
    ],
    ids=["pasted", "as it is queued", "a file", "a file with a mark", "a picture"],
)
def test_a_workflow_is_read_and_nothing_is_kept(client: httpx.Client, text: str, file: bytes) -> None:
    answer = give(client, text, file)
    assert answer.status_code == 200
    assert chosen(answer.text)["prompt"] == ["6.inputs.text"]
    assert chosen(answer.text)["output"] == ["9"]
    assert "is encoded for the positive side" in answer.text
    assert " style=" not in answer.text
    assert chosen(client.get(PAGE).text) == {}


@pytest.mark.parametrize(
    ("text", "file", "says"),
    [
        ("", b"", "There is no workflow yet. Choose its file, or paste it."),
        ("{", b"", "The workflow is no JSON. In ComfyUI choose Workflow, then Export (API)"),
        (json.dumps(workflows.EDITOR), b"", "as the editor saves it; ComfyUI draws only its API form. In ComfyUI"),
        ("[" * 50_000, b"", "The workflow is no JSON."),
        ('{"<b>": {"class_type": 1}}', b"", "Node <b> of the workflow says no class_type."),
        ('{"1": {"class_type": "\\ud800"}}', b"", "holds a number or a letter that cannot be sent"),
        ("what stood there", png(), "The picture carries no workflow."),
        ("what stood there", png(prompt="a cat"), "The workflow is no JSON."),
        ("what stood there", png(prompt=PLAIN)[:60], "cut off"),
        ("what stood there", b"\x00\xff\xfe\x9f", "This is neither text nor a picture"),
        ("what stood there", b" " * (MOST_CHARS + 1) + b"{", "The workflow is no JSON."),
        ("what stood there", b"{" * (MOST_CHARS + 1), "The workflow is too long. The limit is 2,000,000 characters."),
    ],
)
def test_what_is_no_workflow_is_refused_beside_the_box(client: httpx.Client, text: str, file: bytes, says: str) -> None:
    answer = give(client, text, file)
    assert answer.status_code == 422
    assert says in problem_of(answer.text)
    assert answer.text.count('aria-describedby="workflow-problem"') == 2
    assert kept_text(answer.text) in (text, file[-1:].decode(errors="replace"), "a cat")
    assert chosen(answer.text) == {}


def test_more_than_anybody_has_is_refused(client: httpx.Client) -> None:
    long = give(client, "{" * (MOST_CHARS + 1))
    assert (long.status_code, "too long" in problem_of(long.text)) == (422, True)
    assert kept_text(long.text)
    huge = give(client, "{" * (4 * MOST_CHARS + 1))
    assert "too long" in problem_of(huge.text)
    assert huge.status_code == 422


def test_what_was_shown_is_kept_as_it_was_put_right(client: httpx.Client) -> None:
    places: dict[str, Any] = {"prompt": ["7.inputs.text", ""], "seed": "3.inputs.seed", "output": ""}
    answer = give(client, PLAIN.replace(", ", ",\r\n"), of=mark(PLAIN.replace(", ", ",\n")), **places)
    assert (answer.status_code, answer.headers["location"]) == (303, "/backends#comfyui")
    page = client.get(PAGE).text
    assert chosen(page) == {"prompt": ["7.inputs.text"], "seed": ["3.inputs.seed"]}
    assert "Chosen by hand. The guess was 6 Positive · text." in page
    assert json.loads(kept_text(page)) == workflows.PLAIN
    card = client.get("/backends").text
    assert "<dt>Your workflow</dt>" in card
    client.post("/backends/comfyui", data={"label": "Tower", "ask.url": "http://127.0.0.1:9"})
    assert chosen(client.get(PAGE).text)["prompt"] == ["7.inputs.text"]
    assert client.post(f"{PAGE}/removal").status_code == 303
    assert chosen(client.get(PAGE).text) == {}
    assert "<dt>Your workflow</dt>" not in client.get("/backends").text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("wrap", [str.encode, lambda text: png(prompt=text)], ids=["a file", "a picture"])
def test_what_was_read_from_a_file_is_kept_as_a_browser_sends_it_back(
    client: httpx.Client, wrap: Any, end: str
) -> None:
    page = give(client, "", wrap(end + PLAIN.replace(", ", f",{end}"))).text
    shown = re.search(r'name="of" value="([^"]+)"', page)
    assert shown
    back = kept_text(page).replace("\n", "\r\n")
    assert give(client, back, of=shown[1], prompt="7.inputs.text").status_code == 303


def test_another_workflow_than_was_shown_is_read_first(client: httpx.Client) -> None:
    for text, file in ((json.dumps(workflows.FLUX), b""), (PLAIN, json.dumps(workflows.FLUX).encode())):
        answer = give(client, text, file, of=mark(PLAIN), prompt="7.inputs.text")
        assert answer.status_code == 200
        assert chosen(answer.text)["prompt"] == ["4.inputs.clip_l", "4.inputs.t5xxl"]
    assert chosen(client.get(PAGE).text) == {}


@pytest.mark.parametrize(
    ("places", "where", "says"),
    [
        ({"prompt": "66.inputs.<b>"}, "prompt", "The workflow has no node 66."),
        ({"seed": "6.inputs.text"}, "seed", "which is no whole number"),
        ({"prompt": "6.inputs.text", "negative": "6.inputs.text"}, "negative", "already takes “Prompt”"),
        ({"nonsense": "6.inputs.text"}, "nonsense", "There is no such place."),
    ],
)
def test_what_is_wrong_stands_in_its_row_and_is_not_kept(
    client: httpx.Client, places: dict[str, Any], where: str, says: str
) -> None:
    answer = give(client, PLAIN, of=mark(PLAIN), **places)
    assert answer.status_code == 422
    wrong = re.findall(r'id="wrong-([^"]+)">(.*?)</p>', answer.text)
    assert [(name, says in unescape(said)) for name, said in wrong] == [(where, True)]
    assert {name: unescape(there[0]) for name, there in chosen(answer.text).items()} == places
    assert chosen(client.get(PAGE).text) == {}


def test_what_a_workflow_says_is_text_and_no_markup(client: httpx.Client) -> None:
    evil = '</textarea></option><script>alert("1")</script>'
    node = {"class_type": evil, "inputs": {"text": evil, evil: "a"}, "_meta": {"title": evil}}
    page = give(client, json.dumps({evil: node})).text
    assert "<script>alert" not in page
    assert evil in unescape(page)
