"""Another program's file over HTTP: looked at, kept, refused."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.running import Studio, studio

SCRIPT = (Path(__file__).parent.parent / "importers" / "scripts" / "the_tide_clock.fountain").read_bytes()
STATE = b'{"mode": "single", "fields": {"shot_type": "close-up", "genre": ["no such genre"]}}'
FILM = "/projects/the-lamp-room"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio of its own."""
    with studio(tmp_path_factory.mktemp("imports")) as one:
        yield one


def sent(running: Studio, path: str, content: bytes, name: str = "tide.fountain") -> httpx.Response:
    """Send a file."""
    return httpx.post(f"{running.url}{path}", files={"file": (name, content)}, timeout=20)


def test_a_look_tells_what_will_come_and_keeps_nothing(running: Studio) -> None:
    before = httpx.get(f"{running.url}{FILM}").text
    answer = sent(running, "/imports", SCRIPT)
    assert answer.status_code == 200
    for words in ("The Tide Clock", "Edda Marsh", "from Fountain", "CLOSE ON THE TIDE CLOCK", "Left out of the shots"):
        assert words in answer.text
    assert "→ Close-up" in answer.text
    assert httpx.get(f"{running.url}{FILM}").text == before


def test_a_file_of_names_is_escaped(running: Studio) -> None:
    answer = sent(running, "/imports", b"INT. <SCRIPT>ALERT(1)</SCRIPT> - DAY\n")
    assert "<SCRIPT>" not in answer.text
    assert "&lt;SCRIPT&gt;" in answer.text


def test_the_shots_of_a_script_stand_at_the_end_of_the_film_with_slates_and_names(running: Studio) -> None:
    answer = sent(running, f"{FILM}/imports", SCRIPT)
    assert answer.status_code == 201
    shots = answer.json()["shots"]
    assert [shot["slate"] for shot in shots] == ["1", "2", "2B", "2C", "2A", "3", "3A", "4"]
    assert answer.json()["counts"]["typed"] == 20
    board = httpx.get(f"{running.url}{FILM}").text
    places = [board.index(f'href="/shots/{shot["id"]}"') for shot in shots]
    assert places == sorted(places)
    assert places[0] > board.index('href="/shots/the-gallery"')
    document, _ = running.document(shots[2]["id"])
    assert document["camera"] == {"size": "camera.size.cu", "aimed_at": {"words": "THE TIDE CLOCK"}}


def test_shots_without_names_of_their_own_bear_the_files(running: Studio) -> None:
    answer = sent(running, f"{FILM}/imports", b"[" + STATE + b"," + STATE + b"]", "keepers.json")
    assert [shot["name"] for shot in answer.json()["shots"]] == ["keepers 1", "keepers 2"]
    assert "Found no term: kept as words" in sent(running, "/imports", STATE, "keepers.json").text


LIST = b"Scene,Shot,Description,Size,Lens,VFX,Notes\n12,A,She climbs the stair.,CU,85mm,Rain comp,Wet-down\n"


def test_a_shot_list_brings_its_notes(running: Studio) -> None:
    assert "Kept in the note of the shot." in sent(running, "/imports", LIST, "list.csv").text
    (shot,) = sent(running, f"{FILM}/imports", LIST, "list.csv").json()["shots"]
    assert (shot["slate"], shot["name"]) == ("12A", "She climbs the stair.")
    document, _ = running.document(shot["id"])
    assert document["camera"] == {"size": "camera.size.cu", "focal_mm": 85}
    page = httpx.get(f"{running.url}/shots/{shot['id']}").text
    assert "VFX: Rain comp\nWet-down" in page


REFUSED = {
    "prose": (b"Only a thought.", "tide.fountain", "no scene heading"),
    "binary": (bytes(range(256)), "tide.fountain", "not text"),
    "unknown": (b"Only a thought.", "tide.doc", "nothing tells which program"),
    "laughs": (b"<!DOCTYPE a [<!ENTITY b 'c'>]><FinalDraft>&b;</FinalDraft>", "tide.fdx", "document type"),
    "too large": (b"a" * 16_000_001, "tide.fountain", "larger than 16 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("path", ["/imports", f"{FILM}/imports"])
def test_what_cannot_be_read_is_refused_in_a_sentence(running: Studio, path: str, name: str) -> None:
    content, file, said = REFUSED[name]
    answer = sent(running, path, content, file)
    assert answer.status_code == 422
    assert said in answer.json()["message"]
    assert file in answer.json()["message"]


def test_a_film_that_is_not_there_takes_nothing(running: Studio) -> None:
    answer = sent(running, "/projects/the-lamp-rom/imports", SCRIPT)
    assert answer.status_code == 404
    assert "the-lamp-room" in answer.json()["hint"]
    assert httpx.post(f"{running.url}/imports", timeout=20).status_code == 422
