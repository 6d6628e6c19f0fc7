"""Several shots as one prompt over HTTP: the page of a film, and the compiler's own answer."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.library.samples import shipped_shots
from app.pipeline import compile_scene
from app.schema import Compiled, Shot
from app.schema.documents import Draft
from app.vocab import Target, vocabulary
from app.web import scenes
from tests.running import Studio, studio
from tests.shots import shots

FILM = "/projects/the-lamp-room"
TAKERS = scenes.takers()
SAMPLES = [shot for _, shot in shipped_shots()]
TIMED = [
    {"camera": {"size": "camera.size.cu"}, "duration_s": 4},
    {"duration_s": 3},
    {"camera": {"focal_mm": 85}, "duration_s": 2},
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("scenes")) as one:
        yield one


def shown(running: Studio, query: str = "", film: str = FILM) -> str:
    answer = httpx.get(f"{running.url}{film}/prompt{query}", timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.text


def text_of(page: str) -> str:
    box = page.partition("data-scene-text>")[2].partition("</div>")[0]
    return unescape(re.sub(r"</?span[^>]*>", "", box))


def ticked(page: str) -> list[str]:
    return re.findall(r'name="shots" value="([^"]+)" checked', page)


def draft(number: int, shot: Shot) -> Draft:
    return Draft(id=str(number), project_id="film", slate=f"{number}A", name="x", version=1, target="uni-1", shot=shot)


@pytest.mark.parametrize("target", TAKERS, ids=lambda one: one.id)
def test_the_page_holds_the_text_letter_by_letter(running: Studio, target: Target) -> None:
    page = shown(running, f"?for={target.id}")
    chosen = SAMPLES[: target.timing.shots]
    compiled = compile_scene(chosen, target, vocabulary())
    assert text_of(page) == compiled.text
    assert len(ticked(page)) == len(chosen)
    assert page.count('class="scene-part"') == len(chosen)
    assert f"{len(compiled.losses) or 'No'} loss" in page
    assert " style=" not in page


def test_shots_stand_in_the_order_of_the_film(running: Studio) -> None:
    page = shown(running, "?for=kling-3&shots=the-letter,the-rim")
    assert ticked(page) == ["the-rim", "the-letter"]
    assert re.findall(r'class="scene-part" data-slate="(\w+)', page) == ["1A", "4A"]
    assert ticked(shown(running, "?for=kling-3&shots=the-letter&shots=the-rim")) == ["the-rim", "the-letter"]


def test_nothing_chosen_and_nothing_there_say_what_to_do(running: Studio) -> None:
    assert "Tick the shots that belong together" in shown(running, "?for=kling-3&shots=")
    film = httpx.post(f"{running.url}/projects", data={"name": "Nothing yet"}).headers["location"]
    assert "This film has no shots yet" in shown(running, film=film)


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?for=uni-1", 422, "takes one shot a prompt"),
        ("?for=kling-33", 404, "Did you mean &#39;kling-3&#39;"),
        ("?for=kling-3&shots=the-rin", 404, "Did you mean &#39;the-rim&#39;"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(running: Studio, query: str, status: int, said: str) -> None:
    answer = httpx.get(f"{running.url}{FILM}/prompt{query}", headers={"accept": "text/html"})
    assert answer.status_code == status
    assert said in answer.text


def test_the_api_answers_what_the_compiler_does(running: Studio) -> None:
    plain = [shot.model_dump(mode="json", exclude_defaults=True) for shot in SAMPLES[:3]]
    answer = httpx.post(f"{running.url}/api/scene", json={"shots": plain, "target": "veo-3.1"}, timeout=20)
    told = TypeAdapter(Compiled).dump_python(
        compile_scene(SAMPLES[:3], vocabulary().target("veo-3.1"), vocabulary()), mode="json"
    )
    assert answer.json() == httpx.Response(200, json=told).json()


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no shot": ({"shots": [], "target": "kling-3"}, "shots"),
    "a second shot that is none": ({"shots": [{}, {"camera": {"focal_mm": "long"}}], "target": "kling-3"}, "Shot 2"),
    "one shot a prompt": ({"shots": [{}], "target": "uni-1"}, "takes one shot a prompt"),
    "unknown target": ({"shots": [{}], "target": "kling"}, "kling"),
    "too many": ({"shots": [{}] * 201, "target": "kling-3"}, "shots"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_scene_is_refused_in_a_sentence(running: Studio, name: str) -> None:
    body, said = BAD[name]
    answer = httpx.post(f"{running.url}/api/scene", json=body)
    assert answer.status_code in {404, 422}
    assert said in answer.json()["message"]


@pytest.mark.parametrize("target", TAKERS, ids=lambda one: one.id)
def test_a_timed_scene_is_parted_at_its_codes(target: Target) -> None:
    found = [Shot.model_validate(one) for one in TIMED]
    compiled = compile_scene(found, target, vocabulary())
    runs = [part.segments for part in scenes.parts(compiled, [draft(n, one) for n, one in enumerate(found, 1)])]
    most = sum(bool(run) for run in runs)
    assert most >= 2
    assert all(run[0].paths == (f"shots.{number}.duration_s",) for number, run in enumerate(runs[:most], start=1))


@given(st.lists(shots(), min_size=1, max_size=4), st.sampled_from(TAKERS))
def test_the_parts_of_any_scene_are_the_scene(some: list[Shot], target: Target) -> None:
    compiled = compile_scene(some, target, vocabulary())
    found = scenes.parts(compiled, [draft(number, one) for number, one in enumerate(some, start=1)])
    assert "".join(one.text for part in found for one in part.segments) == compiled.text
    for part in found:
        own = {path.split(".")[1] for one in part.segments for path in one.paths}
        assert own <= {str(part.number)}
    several = [one for one in compiled.losses if len({path.split(".")[1] for path in one.paths}) != 1]
    assert sum(part.losses for part in found) + len(several) == len(compiled.losses)
    assert sum(len(part.findings) for part in found) == len(compiled.findings)
