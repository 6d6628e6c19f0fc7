"""Any text as a shot, over HTTP; and the copy of a picture that carries its shot."""

import hashlib
from collections.abc import Iterator

import httpx
import pytest

from app.importers import document_of, read_prompt
from app.parse.forms import read_any
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.parse.test_forms import CASES
from tests.running import Studio, for_luma, studio


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with luma.served() as fake, studio(tmp_path_factory.mktemp("studio"), **for_luma(fake)) as one:
        yield one


@pytest.mark.parametrize("name", ["midjourney", "flux", "numbered shots", "own shot"])
def test_the_same_answer_as_at_the_command_line(running: Studio, name: str) -> None:
    text = CASES[name].text
    answer = httpx.post(f"{running.url}/api/parse", json={"text": text}).json()
    told = document_of(read_prompt(text, "The text", vocabulary()))
    assert answer == httpx.Response(200, json=told).json()


def test_the_model_that_a_text_was_written_for_can_be_named(running: Studio) -> None:
    body = {"text": "Framing: at a moderate stop.", "target": "gpt-image-2.6"}
    answer = httpx.post(f"{running.url}/api/parse", json=body).json()
    assert (answer["form"], answer["shot"]["camera"]) == ("labels", {"t_stop": 3.0})
    unknown = httpx.post(f"{running.url}/api/parse", json={**body, "target": "gpt-image-7"})
    assert (unknown.status_code, "gpt-image" in unknown.json()["hint"]) == (404, True)


BAD = {
    "broken JSON": ({"text": '{"prompt": '}, "breaks in line 1"),
    "too long": ({"text": "rain " * 200_000}, "characters"),
    "no text": ({"prompt": "a street"}, "text"),
    "no words": ({"text": 5}, "string"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_a_sentence(running: Studio, name: str) -> None:
    body, said = BAD[name]
    answer = httpx.post(f"{running.url}/api/parse", json=body)
    assert answer.status_code == 422
    assert said in answer.json()["message"] + answer.json()["hint"]


def test_a_saved_picture_carries_its_shot_and_the_kept_one_does_not(running: Studio) -> None:
    take = running.shoot("uni1")
    assert running.wait_for(take, "done", "failed") == "done"
    page = httpx.get(f"{running.url}/takes/{take}").text
    assert f'href="/takes/{take}/picture.png"' in page
    saved = httpx.get(f"{running.url}/takes/{take}/picture.png")
    assert saved.headers["content-type"] == "image/png"
    assert "attachment" in saved.headers["content-disposition"]
    document, _ = running.document("the-rim")
    (one,) = read_any(saved.content, vocabulary())
    assert one.shot.model_dump(mode="json", exclude_defaults=True) == document
    sha256 = page.partition('src="/pictures/')[2].partition('"')[0]
    kept = httpx.get(f"{running.url}/pictures/{sha256}").content
    assert hashlib.sha256(kept).hexdigest() == sha256
    assert len(saved.content) > len(kept)


def test_a_take_without_a_picture_has_none_to_save(running: Studio) -> None:
    assert httpx.get(f"{running.url}/takes/nothing/picture.png").status_code == 404
