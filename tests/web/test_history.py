"""The history of a shot over HTTP: its line, what differs, since when; named, restored, tested on a sheet."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from app.schema import read_data
from app.web.history import Row, State, line, tree
from tests.backends.fakes import luma
from tests.running import Studio, for_luma, studio

SHOT = "the-rim"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with luma.served() as fake, studio(tmp_path_factory.mktemp("studio"), **for_luma(fake)) as one:
        yield one


def get(running: Studio, **asked: str) -> str:
    return httpx.get(f"{running.url}/shots/{SHOT}/history", params=asked, timeout=30).text


def post(running: Studio, path: str, **said: str) -> str:
    answer = httpx.post(f"{running.url}/shots/{SHOT}/{path}", data=said, timeout=30)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def save(running: Studio, **changes: Any) -> None:
    document, version = running.document(SHOT)
    document["lights"]["key"] |= changes
    saved = {"shot": document, "version": version, "target": "uni-1"}
    assert httpx.put(f"{running.url}/shots/{SHOT}", json=saved, timeout=30).status_code == 200


def test_a_shot_is_kept_changed_compared_and_restored(running: Studio) -> None:
    assert "Nothing came before it." in get(running)
    assert post(running, "revisions", words="as scouted") == f"/shots/{SHOT}/history?at=1"
    save(running, azimuth_deg=60, cct_k=2900)
    page = get(running)
    assert '<p class="past-sentence">key 40° → 60°, 5600 K → 2900 K</p>' in page
    assert re.search(r'data-since="lights.key.cct_k">.*?2900 K.*?>Draft<', page)
    assert re.search(r'data-since="camera.focal_mm">.*?75 mm.*?>Revision 1, as scouted<', page)
    assert "<del>three-quarter" in page or "<ins>" in page
    assert post(running, "revisions/1/restoration") == f"/shots/{SHOT}"
    assert running.document(SHOT)[0]["lights"]["key"]["azimuth_deg"] == 40
    page = get(running, at="2")
    assert "from revision 1" in page
    assert "the draft stands here" in page
    assert "Nothing: they say the same." in get(running, at="1", against="1")
    assert post(running, "revisions/2/name", words="warmer") == f"/shots/{SHOT}/history?at=2"
    assert "Revision 2, warmer" in get(running)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("history?at=9", 422, "no revision '9'"),
        ("history?at=1&against=wide", 422, "no revision 'wide'"),
        ("history?for=nobody", 404, "nobody"),
    ],
)
def test_what_is_not_there_is_told(running: Studio, path: str, status: int, said: str) -> None:
    answer = httpx.get(f"{running.url}/shots/{SHOT}/{path}", timeout=30)
    assert (answer.status_code, said in answer.json()["message"]) == (status, True), answer.text


def test_a_revision_that_is_not_there_is_not_restored(running: Studio) -> None:
    assert httpx.post(f"{running.url}/shots/{SHOT}/revisions/99/restoration", timeout=30).status_code == 404
    assert httpx.get(f"{running.url}/batches/none", timeout=30).status_code == 404


@pytest.fixture(scope="module")
def grid(running: Studio) -> str:
    """A test of two fields, as it is being made."""
    asked = {"kind": "vary", "path": "camera.focal_mm", "values": "35, 85", "target": "uni-1", "backend": "uni1"}
    asked |= {"second_path": "lights.key.azimuth_deg", "second_values": "20, 60, 90"}
    made = httpx.post(f"{running.url}/shots/{SHOT}/batches", json=asked, timeout=30).json()
    assert made["takes"] == 6
    return str(made["batch"])


def test_a_test_of_two_fields_stands_on_a_sheet_by_both(running: Studio, grid: str) -> None:
    page = httpx.get(f"{running.url}/batches/{grid}", timeout=30).text
    heads = re.findall(r'<th scope="(\w+)"[^>]*>([^<]+)</th>', page)
    assert heads == [
        ("colgroup", "Azimuth of key"),
        ("col", "Focal length"),
        *(("col", one) for one in ("20°", "60°", "90°")),
        *(("row", one) for one in ("35 mm", "85 mm")),
    ]
    assert page.count('class="contact-frame"') == 6
    assert "Uni-1 took no seed here" in page
    assert "A test over focal length and azimuth of key." in get(running)


def test_a_sheet_is_printed_in_two_forms(running: Studio, grid: str) -> None:
    at = f"{running.url}/batches/{grid}/sheet"
    with Image.open(BytesIO(httpx.get(f"{at}.png", timeout=30).content)) as drawn:
        assert (drawn.format, drawn.width) == ("PNG", 40 + 200 + 3 * 480 + 2 * 16 + 40)
    assert httpx.get(f"{at}.pdf", timeout=30).content.startswith(b"%PDF")
    assert httpx.get(f"{at}.gif", timeout=30).status_code == 422


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"second_path": "camera.focal_mm", "second_values": "3, 5"}, "varied twice"),
        ({"second_path": "camera.t_stop", "second_values": ",".join(str(1 + n / 100) for n in range(60))}, "120 takes"),
        ({"second_path": "camera.t_stop", "second_values": "2"}, "1 values"),
    ],
)
def test_a_test_that_makes_no_sheet_is_refused(running: Studio, said: dict[str, str], message: str) -> None:
    asked = {"kind": "vary", "path": "camera.focal_mm", "values": "35, 85", "target": "uni-1", "backend": "uni1"}
    answer = httpx.post(f"{running.url}/shots/{SHOT}/batches", json=asked | said, timeout=30)
    assert (answer.status_code, message in answer.json()["message"]) == (422, True), answer.text


def state(at: str, parent: int | None, label: str = "") -> State:
    return State(at, read_data({"duration_s": 1}), parent, "Ada", label=label)


def drawn(rows: list[Row]) -> list[str]:
    signs = {"is-node": "o", "is-through": "|", "is-up": "'", "is-across": "-", "": " "}
    return ["".join(signs[words.split(" ")[0]] for words in row.lanes) for row in rows]


def test_branches_are_drawn_in_lanes_of_their_own() -> None:
    some = [state("draft", 2), state("5", 3), state("4", 3), state("3", 2), state("2", 1), state("1", None)]
    assert drawn(tree(some, [])) == ["o", "|o", "||o", "|o'", "o'", "o"]
    assert [one.at for one in line(some, some[1])] == ["1", "2", "3", "5"]


def test_a_part_of_a_line_still_says_what_its_oldest_row_changed() -> None:
    later = State("2", read_data({"duration_s": 4}), 1, "Ada")
    [row] = tree([later, state("1", None)], [], 1)
    assert row.told == "length 1 s → 4 s"


def test_the_revisions_of_a_test_are_one_row() -> None:
    tests = [state(str(at), 1, f"camera.focal_mm = {at}") for at in (4, 3, 2)]
    rows = tree([*tests, state("1", None)], [])
    assert [[one.at for one in row.states] for row in rows] == [["4", "3", "2"], ["1"]]
    led = [state("5", 3), *tests, state("1", None)]
    assert [[one.at for one in row.states] for row in tree(led, [])] == [["5"], ["4"], ["3"], ["2"], ["1"]]
