"""Files and links over HTTP: saved, looked at, kept, refused; and scripts in names that stay words."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from app.files.links import fragment_of
from app.files.parcels import SHARED, packed, written
from tests.running import ROOT, Studio, studio

FILM = "the-lamp-room"
SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "id": "evil",
    "slate": "<b>1</b>",
    "name": SCRIPT,
    "note": f'"><img src=x onerror=alert(1)>{SCRIPT}',
    "author": SCRIPT,
    "target": SCRIPT,
    "shot": {"subjects": {"a": {"name": SCRIPT}}, "references": {"a": {"asset": "0" * 64, "shows": SCRIPT}}},
}
PRESET = {"id": "evil", "kind": "look", "name": SCRIPT, "note": SCRIPT, "patch": {"look": {"grain": {"words": SCRIPT}}}}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio of its own."""
    with studio(tmp_path_factory.mktemp("sharing")) as one:
        yield one


def posted(running: Studio, path: str, **more: Any) -> httpx.Response:
    """Post to the studio."""
    return httpx.post(f"{running.url}{path}", timeout=20, **more)


def sent(running: Studio, path: str, content: bytes) -> httpx.Response:
    """Send a file."""
    return posted(running, path, files={"file": ("x.printlight", content)})


def file_of(*shots: Mapping[str, object]) -> bytes:
    """Return the file of a shot."""
    return packed({}, {SHARED: written({"shots": list(shots)})})


def test_a_film_is_saved_and_comes_back_to_where_it_is_already(running: Studio) -> None:
    saved = posted(running, f"/projects/{FILM}/file", data={"takes": "yes"})
    assert saved.headers["content-disposition"] == 'attachment; filename="the-lamp-room.printlight"'
    assert posted(running, f"/projects/{FILM}/file", data={"takes": "yes"}).content == saved.content
    board = httpx.get(f"{running.url}/projects/{FILM}").text
    told = sent(running, f"/imports?film={FILM}", saved.content)
    assert (told.status_code, "an import changes nothing" in told.text, 'data-keep=""' in told.text) == (
        200,
        True,
        True,
    )
    assert sent(running, f"/projects/{FILM}/imports", saved.content).status_code == 201
    assert httpx.get(f"{running.url}/projects/{FILM}").text == board


def test_a_shot_and_a_preset_are_saved_under_their_names(running: Studio) -> None:
    assert 'filename="1a-the-rim.printlight"' in posted(running, "/shots/the-rim/file").headers["content-disposition"]
    page = httpx.get(f"{running.url}/library").text
    preset = page.partition('class="library-one" id="')[2].partition('"')[0]
    saved = posted(running, f"/library/{preset}/file")
    told = sent(running, f"/imports?film={FILM}", saved.content)
    assert "for the library" in told.text
    link = posted(running, f"/library/{preset}/link").json()
    shown = posted(running, "/open", json={"link": link["link"]})
    assert (shown.status_code, "data-open-add" in shown.text) == (200, True)


def test_a_link_shows_its_shot_and_adds_it_once(running: Studio) -> None:
    film = posted(running, "/projects", data={"name": "Other"}).headers["location"].rpartition("/")[2]
    made = posted(running, "/shots/the-letter/link").json()
    assert made["characters"] == len(made["link"]) < 8000
    shown = posted(running, "/open", json={"link": f"http://elsewhere:8600{made['link']}"}).text
    assert "The letter" in shown
    assert "The Lamp Room (is in it already)" in shown
    assert "Other</option>" in shown
    opened = {
        posted(running, "/open/additions", json={"link": made["link"], "film": film}).json()["open"] for _ in "12"
    }
    assert len(opened) == 1
    assert opened != {"/shots/the-letter"}
    document, _ = running.document(opened.pop().rpartition("/")[2])
    assert document == running.document("the-letter")[0]


@pytest.mark.parametrize("given", [{"shots": [HOSTILE]}, {"presets": [PRESET]}], ids=["shot", "preset"])
def test_scripts_in_a_link_stay_words(running: Studio, given: dict[str, object]) -> None:
    shown = posted(running, "/open", json={"link": fragment_of(given)})
    assert shown.status_code == 200
    assert "&lt;script&gt;" in shown.text
    for words in ("<script", "<img", "<b>1</b>"):
        assert words not in shown.text


def test_scripts_in_a_file_stay_words_before_and_after(running: Studio) -> None:
    told = sent(running, f"/imports?film={FILM}", file_of(HOSTILE))
    came = sent(running, f"/projects/{FILM}/imports", file_of(HOSTILE)).json()
    assert came == {"open": f"/projects/{FILM}#evil"}
    board = httpx.get(f"{running.url}/projects/{FILM}").text
    for page in (told.text, board, httpx.get(f"{running.url}/shots/evil", timeout=20).text):
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_take_from_elsewhere_is_a_take_here_whoever_made_it(running: Studio) -> None:
    picture = next((ROOT / "vocab" / "samples").glob("*.png")).read_bytes()
    name = hashlib.sha256(picture).hexdigest()
    take = {
        "id": "take1",
        "shot": "lamp1",
        "made": 1.5e9,
        "author": SCRIPT,
        "target": "uni-99",
        "backend": "nobody",
        "prompt": f"A fox. {SCRIPT}",
        "params": {SCRIPT: [SCRIPT]},
        "sent": {"seed": 7},
        "references": [{"id": "a", "role": "reference.role.none", "asset": name, "sha256": name}],
        "document": {},
        "picture": name,
        "circled": True,
        "note": SCRIPT,
    }
    film = {"id": "fox", "name": "Fox", "made": 1.5e9}
    shared = {"film": film, "shots": [{"id": "lamp1", "name": "Lamp", "shot": {}}], "takes": [take]}
    raw = packed({}, {SHARED: written(shared), f"pictures/{name}.png": picture})
    for _ in "12":
        assert sent(running, f"/projects/{FILM}/imports", raw).json() == {"open": "/projects/fox#lamp1"}
    for path in ("/takes/take1", "/shots/lamp1", "/projects/fox", "/takes/take1/picture.png"):
        page = httpx.get(f"{running.url}{path}", timeout=20)
        assert page.status_code == 200
        assert path.endswith("png") or "<script>alert" not in page.text
    assert httpx.get(f"{running.url}/shots/lamp1/takes").text.count("data-take=") == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04" + b"x" * 200, "compressed|password|cut off|manifest"),
        (file_of()[:-3], "changed after"),
        (file_of(), "not one shot or preset"),
        (file_of({"id": "../x", "name": "x", "shot": {}}), "shots.0.id"),
    ],
    ids=["a zip", "damaged", "empty", "climbs out"],
)
def test_a_bad_file_is_refused_with_its_reason(running: Studio, content: bytes, reason: str) -> None:
    for path in (f"/imports?film={FILM}", f"/projects/{FILM}/imports"):
        answer = sent(running, path, content)
        assert answer.status_code == 422
        assert any(words in answer.json()["message"] for words in reason.split("|"))


def test_a_bad_link_is_refused_and_another_sites_page_cannot_open_one(running: Studio) -> None:
    answer = posted(running, "/open", json={"link": "v1.AAAA"})
    assert (answer.status_code, answer.json()["message"]) == (422, "This link is damaged.")
    link = posted(running, "/shots/the-rim/link").json()["link"]
    foreign = {"sec-fetch-site": "cross-site"}
    assert posted(running, "/open/additions", json={"link": link, "film": FILM}, headers=foreign).status_code == 403
    assert posted(running, "/open/additions", json={"link": link, "film": "nowhere"}).status_code == 404
