"""Many takes at once: ordered, shown, moved, paused, bounded by a budget, and kept on this machine."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from app.web.ordering import values_of, variable
from app.web.rewriting import changes
from tests.backends.fakes import luma
from tests.backends.fakes.pictures import picture
from tests.running import Studio, for_luma, studio, until

SHOT = "the-rim"


@pytest.fixture(scope="module")
def fake() -> Iterator[luma.Luma]:
    with luma.served() as served:
        yield served


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, fake: luma.Luma) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio"), **for_luma(fake)) as one:
        yield one


def ordered(running: Studio, shot: str = SHOT, **said: Any) -> httpx.Response:
    asked = {"target": "uni-1", "backend": "uni1", **said}
    return httpx.post(f"{running.url}/shots/{shot}/batches", json=asked, timeout=30)


def batch(running: Studio, name: str) -> str:
    """Return a batch's card on the page of the queue."""
    page = httpx.get(f"{running.url}/queue/parts", timeout=30).text
    return page.partition(f'data-batch="{name}"')[2].partition("</li>")[0]


def prompts(fake: luma.Luma) -> list[str]:
    return [one["prompt"] for one in fake.bodies]


def test_a_sweep_makes_takes_that_differ_in_one_field(running: Studio, fake: luma.Luma) -> None:
    before = len(fake.bodies)
    made = ordered(running, kind="vary", path="look.grain", values="Visible grain, Heavy grain, Extreme grain").json()
    assert made["takes"] == 3
    until(lambda: 'data-over="yes"' in batch(running, made["batch"]), 40)
    sent = prompts(fake)[before:]
    grain = re.compile(r"(visible|heavy|extreme) grain")
    assert sorted(grain.findall(" ".join(sent))) == ["extreme", "heavy", "visible"]
    assert len({grain.sub("", one) for one in sent}) == 1


def test_changes_go_step_by_step_each_from_the_take_before(running: Studio, fake: luma.Luma) -> None:
    document, version = running.document("the-gallery")
    kept = httpx.post(
        f"{running.url}/pictures", files={"file": ("a.png", picture(colour="#095007"), "image/png")}, timeout=20
    ).json()["sha256"]
    document["references"] = {"before": {"slot": 0, "role": "reference.role.source", "asset": kept}}
    document["edit"] = {"change": ["Make it night", "Put out the lamp"]}
    saved = {"shot": document, "version": version, "target": "uni-1"}
    assert httpx.put(f"{running.url}/shots/the-gallery", json=saved, timeout=20).status_code == 200
    before = len(fake.bodies)
    made = ordered(running, "the-gallery", kind="steps").json()
    until(lambda: 'data-over="yes"' in batch(running, made["batch"]), 40)
    first, second = fake.bodies[before:]
    assert [one["prompt"].partition(".")[0] for one in (first, second)] == ["Make it night", "Put out the lamp"]
    assert "data" in first["source"]
    assert second["source"]["generation_id"] in fake.generations


def test_a_budget_stops_a_batch_before_it_is_passed(running: Studio, fake: luma.Luma) -> None:
    before = len(fake.bodies)
    name = ordered(running, kind="takes", count=4, budget_usd=0.09).json()["batch"]
    until(lambda: "would pass the budget" in batch(running, name) and len(fake.bodies) == before + 2, 40)
    raised = httpx.post(f"{running.url}/batches/{name}/budget", data={"usd": "0.13"}, timeout=20)
    assert raised.status_code == 200
    until(lambda: "3 of 4" in batch(running, name) and "Paused" in batch(running, name), 40)
    assert len(fake.bodies) == before + 3
    httpx.post(f"{running.url}/batches/{name}/cancellation", timeout=20)
    until(lambda: 'data-over="yes"' in batch(running, name), 20)
    assert len(fake.bodies) == before + 3


def test_what_waits_is_moved_and_stopped(running: Studio, fake: luma.Luma) -> None:
    fake.script = luma.Script(seconds=60)
    try:
        name = ordered(running, kind="takes", count=7).json()["batch"]
        until(lambda: 1 < len(_waiting(running)) < 7, 20)
        *_, before_last, last = _waiting(running)
        httpx.post(f"{running.url}/queue/{last}/place", data={"before": before_last}, timeout=20)
        assert _waiting(running)[-2:] == [last, before_last]
        httpx.post(f"{running.url}/queue/{last}/cancellation", timeout=20)
        assert last not in _waiting(running)
        refused = httpx.post(f"{running.url}/queue/{last}/place", timeout=20)
        assert refused.status_code == 409
    finally:
        httpx.post(f"{running.url}/batches/{name}/cancellation", timeout=20)
        fake.script = luma.Script()


def _waiting(running: Studio) -> list[str]:
    """Return the takes that wait, in their order."""
    page = httpx.get(f"{running.url}/queue/parts", timeout=20).text
    part = page.partition('id="waiting-title"')[2].partition("</section>")[0]
    return re.findall(r'data-take="(\w+)"', part)


def test_a_film_that_stays_here_is_refused_at_every_door(running: Studio, fake: luma.Luma) -> None:
    film = f"{running.url}/projects/the-lamp-room"
    before = len(fake.bodies)
    assert httpx.post(f"{film}/local", data={"local": "yes"}, timeout=20).status_code == 303
    try:
        here = ordered(running, kind="takes", count=1)  # the fake is on this machine
        assert here.status_code == 201
        until(lambda: len(fake.bodies) == before + 1, 20)
        elsewhere = {"kind": "uni1", "label": "Luma itself", "ask.url": "https://luma.example/v1", "ask.key": luma.KEY}
        assert httpx.post(f"{running.url}/backends", data=elsewhere, timeout=20).status_code == 303
        document, version = running.document(SHOT)
        shoot = {"shot": document, "version": version, "target": "uni-1", "backend": "uni1"}
        doors = [
            ordered(running, kind="takes", count=2),
            httpx.post(f"{running.url}/shots/{SHOT}/takes", json=shoot, timeout=20),
            httpx.post(f"{film}/batches", json={"backend": "uni1", "target": "uni-1"}, timeout=20),
        ]
        assert [one.status_code for one in doors] == [422] * 3
        assert all("stays on this machine" in one.json()["message"] for one in doors)
    finally:
        httpx.post(f"{running.url}/backends/uni1/removal", timeout=20)
        httpx.post(f"{film}/local", timeout=20)
    assert len(fake.bodies) == before + 1


def test_a_film_is_shot_each_shot_for_its_own_model(running: Studio) -> None:
    document, version = running.document("blue-hour")
    other = {"shot": document, "version": version, "target": "sdxl"}
    assert httpx.put(f"{running.url}/shots/blue-hour", json=other, timeout=20).status_code == 200
    asked = httpx.post(f"{running.url}/projects/the-lamp-room/batches", json={"backend": "previz"}, timeout=30)
    assert asked.status_code == 201, asked.text
    strip = httpx.get(f"{running.url}/shots/blue-hour/takes", timeout=20).text
    rim = httpx.get(f"{running.url}/shots/the-rim/takes", timeout=20).text
    httpx.post(f"{running.url}/batches/{asked.json()['batch']}/cancellation", timeout=20)
    assert "sdxl · rev" in strip
    assert "uni-1 · rev" in rim


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"kind": "vary", "path": "camera.focal_mm", "values": "35"}, 422, "There are 1 values"),
        ({"kind": "vary", "path": "camera.focal_mm", "values": "35, wide"}, 422, "'wide' is no number"),
        ({"kind": "vary", "path": "camera.focal_mm", "values": "35, 99999"}, 422, "lies between"),
        ({"kind": "vary", "path": "camera.size", "values": "close-up, gigantic"}, 422, "knows no 'gigantic'"),
        ({"kind": "vary", "path": "intent.says", "values": "a, b"}, 422, "cannot be varied"),
        ({"kind": "steps"}, 422, "no chain of changes"),
        ({"kind": "takes", "count": 1000}, 422, "count"),
        ({"kind": "takes", "backend": "nowhere"}, 404, "No backend is called 'nowhere'"),
    ],
)
def test_what_cannot_be_ordered_says_why(running: Studio, said: dict[str, Any], status: int, words: str) -> None:
    answer = ordered(running, **said)
    assert (answer.status_code, words in answer.json()["message"]) == (status, True), answer.text


def test_values_are_numbers_or_terms_by_name() -> None:
    assert values_of("lights.key.cct_k", "3200, 5600;4300") == [3200, 5600, 4300]
    assert values_of("camera.size", "close-up\ncamera.size.ms") == ["camera.size.cu", "camera.size.ms"]
    assert values_of("lights.key.azimuth_deg", "−45, 45") == [-45, 45]


def test_only_what_is_said_can_be_varied() -> None:
    shot = read_data({"camera": {"focal_mm": 50}, "lights": {"key": {"cct_k": 3200}}, "intent": {"says": "x"}})
    assert variable(resolve(shot, vocabulary())) == [
        ("camera.focal_mm", "Focal length"),
        ("lights.key.cct_k", "key: Colour temperature"),
    ]


def test_a_rewritten_prompt_is_told_word_by_word() -> None:
    runs = changes("a woman by a window", "a young woman by the window")
    assert [tuple(run) for run in runs] == [
        ("same", "a"),
        ("new", "young"),
        ("same", "woman by"),
        ("gone", "a"),
        ("new", "the"),
        ("same", "window"),
    ]
    assert json.dumps([run.text for run in changes("", "")]) == "[]"
