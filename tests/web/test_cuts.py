"""The cuts of a film over HTTP: shown, mended on the later shot, left so with a reason."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest

from tests.running import Studio
from tests.running import studio as running
from tests.web.test_layers import Client, text

NAVY = {"framing": {"aspect": 2.39}, "subjects": {"mara": {"name": "Mara", "wardrobe": "a navy coat"}}}
RED = {"framing": {"aspect": 1.85}, "subjects": {"mara": {"name": "Mara", "wardrobe": "a red dress"}}}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with running(tmp_path_factory.mktemp("studio")) as one:
        yield one


class Film:
    """A film of some shots, each by its slate."""

    def __init__(self, url: str, name: str, **shots: dict[str, Any]) -> None:
        self.ask = Client(url)
        self.id = str(self.ask.post("/projects", data={"name": name}).url).rpartition("/")[2]
        self.shots = {
            slate.removeprefix("_"): self._add(slate.removeprefix("_"), said) for slate, said in shots.items()
        }

    def _add(self, slate: str, said: dict[str, Any]) -> str:
        opened = self.ask.post(f"/projects/{self.id}/shots", data={"slate": slate, "name": f"Shot {slate}"})
        shot = str(opened.url).rpartition("/")[2]
        assert self.ask.put(f"/shots/{shot}", json={"shot": said, "target": "uni-1", "version": 1}).status_code == 200
        return shot

    @property
    def page(self) -> str:
        answer = self.ask.get(f"/projects/{self.id}/cuts")
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def fixes(self) -> list[dict[str, Any]]:
        return [json.loads(unescape(one)) for one in re.findall(r"name=\"fix\" value='([^']*)'", self.page)]

    def said(self, slate: str) -> dict[str, Any]:
        page = self.ask.get(f"/shots/{self.shots[slate]}").text
        found: dict[str, Any] = json.loads(page.partition("data-document>")[2].partition("</script>")[0])
        return found

    def cut(self, slate: str, what: str, **form: Any) -> httpx.Response:
        answer: httpx.Response = self.ask.post(f"/shots/{self.shots[slate]}/cut/{what}", data={"version": 2, **form})
        return answer


WARDROBE = {"code": "wardrobe_changes", "at": "subjects.mara.wardrobe"}


def test_a_cut_is_shown_in_words_and_mended_on_the_later_shot(studio: Studio) -> None:
    film = Film(studio.url, "Mended", _12A=NAVY, _12B=RED)
    words = text(film.page)
    assert "0 of 1 cut holds" in words
    assert "12A Shot 12A → to 12B Shot 12B" in words
    assert "Mara wore “a navy coat” in the shot before and wears “a red dress” now." in words
    assert "Cuts 2 findings" in text(film.ask.get(f"/projects/{film.id}").text)
    for version, fix in enumerate(film.fixes(), start=2):
        assert film.cut("12B", "mending", version=version, fix=json.dumps(fix)).status_code == 200
    assert film.said("12B") == NAVY
    assert film.said("12A") == NAVY
    assert "Everything cuts" in text(film.page)
    assert "finding" not in text(film.ask.get(f"/projects/{film.id}").text)
    assert "Revision 1" in text(film.ask.get(f"/shots/{film.shots['12B']}/history").text)


def test_a_fix_that_the_cut_does_not_offer_is_refused(studio: Studio) -> None:
    film = Film(studio.url, "Refused", _12A=NAVY, _12B=RED)
    fix = film.fixes()[0]
    for form in ({"fix": '{"framing": {"aspect": 1.33}}'}, {"version": 1, "fix": json.dumps(fix)}):
        assert film.cut("12B", "mending", **form).status_code == 409
    for form in ({"fix": "[]"}, {"fix": "no JSON"}, {"version": 0, "fix": "{}"}):
        assert film.cut("12B", "mending", **form).status_code == 422
    assert film.cut("12A", "mending", fix=json.dumps(fix)).status_code == 409
    assert film.said("12B") == RED


def test_a_finding_is_left_so_and_looked_at_again(studio: Studio) -> None:
    film = Film(studio.url, "Left", _12A=NAVY, _12B=RED)
    assert film.cut("12B", "silence", **WARDROBE, reason="a dream of hers").status_code == 200
    words = text(film.page)
    assert "1 left so" in words
    assert "“a dream of hers”" in words
    assert "Mara wore" not in words
    assert film.said("12B")["marks"] == {WARDROBE["at"]: {"silence": {"wardrobe_changes": "a dream of hers"}}}
    assert film.cut("12B", "silence/removal", version=3, **WARDROBE).status_code == 200
    assert "Mara wore" in text(film.page)
    assert film.said("12B") == RED


def test_a_check_is_left_out_in_a_whole_film(studio: Studio) -> None:
    film = Film(studio.url, "Whole", _12A=NAVY, _12B=RED)
    told = {"code": "ratio_changes", "at": "framing.aspect", "where": "film"}
    assert film.cut("12B", "silence", **told, reason="two ratios, as the script has it").status_code == 200
    words = text(film.page)
    assert "The whole film: The shape of the frame changes at the cut." in words
    assert "The frame was" not in words
    assert film.said("12B") == RED
    film.ask.post(f"/projects/{film.id}/cuts/silence/removal", data={"code": "ratio_changes"})
    assert "The frame was 2.39:1" in text(film.page)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({**WARDROBE, "reason": ""}, 422),
        ({**WARDROBE, "reason": "x" * 201}, 422),
        ({**WARDROBE, "code": "side_not_said", "reason": "so"}, 404),
        ({**WARDROBE, "where": "everywhere", "reason": "so"}, 422),
        ({**WARDROBE, "version": 1, "reason": "so"}, 409),
    ],
)
def test_what_cannot_be_left_so_is_refused(studio: Studio, form: dict[str, Any], status: int) -> None:
    film = Film(studio.url, "Not so", _12A=NAVY, _12B=RED)
    assert film.cut("12B", "silence", **form).status_code == status
    assert film.said("12B") == RED


def test_shots_of_two_scenes_or_of_none_are_not_cut(studio: Studio) -> None:
    film = Film(studio.url, "Apart", _12A=NAVY, _13A=RED, _x=NAVY, _y=RED)
    words = text(film.page)
    assert "Nothing to cut yet" in words
    assert "Scene 12" in words
    assert "In no scene" in words
    assert "Nothing to cut yet" in text(Film(studio.url, "Empty").page)


def test_the_pages_of_these_checks_stand_with_the_others(studio: Studio) -> None:
    ask = Client(studio.url)
    assert "Between two shots" in text(ask.get("/rules").text)
    assert "The camera crosses the line between two people" in text(ask.get("/rules/axis_crossed").text)
    put = {"silence": {"axis_crossed": "a film of dreams"}}
    assert ask.put("/projects/the-lamp-room/checks", json=put).status_code == 200
    assert ask.put("/projects/the-lamp-room/checks", json={"silence": {"axis_crosed": "so"}}).status_code == 404
    assert ask.put("/projects/the-lamp-room/checks", json={}).status_code == 200


def test_the_shot_page_tells_the_cut_from_the_shot_before(studio: Studio) -> None:
    film = Film(studio.url, "Told", _12A=NAVY, _12B=RED, _13A=RED)
    assert "Mara wore “a navy coat”" in text(film.ask.get(f"/shots/{film.shots['12B']}").text)
    assert "Mara wore" not in text(film.ask.get(f"/shots/{film.shots['12A']}").text)
    assert "Mara wore" not in text(film.ask.get(f"/shots/{film.shots['13A']}").text)
    edit = {"of": film.shots["12B"], "shot": {**NAVY, "framing": {"aspect": 1.33}}}
    answer = film.ask.post("/edits/prompt", json=edit).json()
    assert answer["findings"]["framing.aspect"] == [
        "warning",
        "The frame was 2.39:1 in the shot before and is 1.33:1 now.",
    ]
    assert "wardrobe_changes" not in answer["prompt"]
    assert "framing.aspect" not in film.ask.post("/edits/prompt", json={"shot": edit["shot"]}).json()["findings"]
    film.ask.post(f"/shots/{film.shots['13A']}/place", data={"before": film.shots["12B"]})
    assert "Mara wore" not in text(film.ask.get(f"/shots/{film.shots['12B']}").text)
