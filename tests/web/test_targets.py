"""What each model hears: the chart, a page for each, and one shot before many of them."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest

from app.cli.main import main
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema import Loss, Sent, Shot, read_data
from app.vocab import Target, vocabulary
from app.vocab.targets import Limit
from app.web import comparison, pane
from app.web import targets as shown
from tests.running import ROOT, studio

VOCABULARY = vocabulary()
TARGETS = list(VOCABULARY.targets.values())
RETIRED = [target for target in TARGETS if target.retired]
SAMPLE = next(iter(VOCABULARY.samples.values()))
RIM = read_data(SAMPLE.shot)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        studio(tmp_path_factory.mktemp("studio")) as running,
        httpx.Client(base_url=running.url, headers={"Accept": "text/html"}, timeout=20) as client,
    ):
        yield client


def target(**own: Any) -> Target:
    """Return Uni-1 with other properties."""
    return Target.model_validate(VOCABULARY.target("uni-1").model_dump() | own)


def text_of(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def by_id(one: Target) -> str:
    return one.id


def test_the_chart_has_every_target_and_every_feature(client: httpx.Client) -> None:
    page = client.get("/targets").text
    assert [one.id for one in TARGETS if f'href="/targets/{one.id}"' not in page] == []
    assert [column.label for column in shown.COLUMNS if f">{column.label}</th>" not in page] == []
    assert page.index(">Images</th>") < page.index(">Video</th>") < page.index(">Retired</th>")
    assert " style=" not in page


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ({}, lambda _one: True),
        ({"medium": "video"}, lambda one: one.medium == "video"),
        ({"q": "json"}, lambda one: shown.form(one) == "json" or "JSON" in one.label),
        ({"q": "MUSIC luma"}, lambda _one: False),
        ({"q": "retired"}, lambda one: bool(one.retired)),
    ],
    ids=["all", "video", "json", "nothing", "retired"],
)
def test_the_chart_is_filtered(client: httpx.Client, query: dict[str, str], passes: Any) -> None:
    page = client.get("/targets", params=query).text
    rows = re.findall(r'<tr class="matrix-row"([^>]*)>.*?href="/targets/([^"]+)"', page, re.DOTALL)
    assert len(rows) == len(TARGETS)
    assert {name for rest, name in rows if "hidden" not in rest} == {one.id for one in TARGETS if passes(one)}


def test_an_unknown_medium_is_refused(client: httpx.Client) -> None:
    assert client.get("/targets", params={"medium": "radio"}).status_code == 422


@pytest.mark.parametrize("one", TARGETS, ids=by_id)
def test_every_target_has_a_page(client: httpx.Client, one: Target) -> None:
    answer = client.get(f"/targets/{one.id}")
    assert answer.status_code == 200
    told = text_of(answer.text)
    for said in (one.gloss, one.facts.date, one.facts.version, one.facts.confidence, shown.file_of(one)):
        assert " ".join(said.split()) in told
    assert [reason for reason in one.silent.values() if reason not in told] == []
    assert [doubt for doubt in one.facts.doubts if doubt not in told] == []
    assert " style=" not in answer.text


@pytest.mark.parametrize("one", TARGETS, ids=by_id)
def test_every_target_is_told_in_full_words(one: Target) -> None:
    assert (ROOT / shown.file_of(one)).is_file()
    assert [column.label for column in shown.COLUMNS if not column.tell(one).strip()] == []
    examples = [*shown.time_codes(one), *shown.sounds(one), ("", shown.reference_line(one))]
    assert [told for _, told in examples if re.search(r"\{(\w+)\}", told) or "\\[" in told] == []
    assert len(shown.sounds(one)) == len(one.audio)
    assert [frame for frame in shown.frames(one) if max(frame.width, frame.height) != 40] == []


@pytest.mark.parametrize("one", RETIRED, ids=by_id)
def test_a_retired_target_leads_to_a_living_one(client: httpx.Client, one: Target) -> None:
    page = client.get(f"/targets/{one.id}").text
    assert f"Retired on {one.retired}" in page
    assert f'href="/targets/{one.nearest}"' in page
    assert not VOCABULARY.target(one.nearest).retired


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "veo-3.1",
            [("One kind a request", "Start frame, End frame; Character; Style"), ("Beside Character and Style", "8 s")],
        ),
        ("wan-2.7", [("Beside Character", "2–10 s")]),
        ("midjourney-7", [("Sent as", "the public address of each")]),
        ("sdxl", []),
    ],
)
def test_the_page_tells_which_pictures_go_together(
    client: httpx.Client, capsys: pytest.CaptureFixture[str], name: str, told: list[tuple[str, str]]
) -> None:
    assert shown.terms(VOCABULARY.target(name)) == told
    page = text_of(client.get(f"/targets/{name}").text)
    with pytest.raises(SystemExit):
        main(["targets", name])
    printed = " ".join(capsys.readouterr().out.split())
    for label, said in told:
        assert f"{label} {said}" in page
        assert f"{label} {said}" in printed


def test_scripts_read_the_same_by_http_and_on_the_command_line(
    client: httpx.Client, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["targets", "--json"])
    answer = client.get("/api/targets")
    assert answer.json() == json.loads(capsys.readouterr().out)
    described = client.get("/api/openapi.json").json()
    told = described["paths"]["/api/targets"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    name = told["items"]["$ref"].rpartition("/")[2]
    assert described["components"]["schemas"][name]["properties"]["form"]["enum"] == list(shown.FORMS)


def test_an_unknown_target_names_the_nearest(client: httpx.Client) -> None:
    answer = client.get("/targets/uni-2")
    assert answer.status_code == 404
    assert "Did you mean &#39;uni-1&#39;" in answer.text


@pytest.mark.parametrize(
    ("own", "label", "told"),
    [
        ({}, "Kelvin", "numbers"),
        ({"units": frozenset()}, "Kelvin", "in words"),
        ({"silent": {"lights.*.cct_k": "No."}}, "Kelvin", "no"),
        ({"units": frozenset({"mm", "fps"})}, "Lens", "mm, fps"),
        ({"says": {"look.stock.portra_400": "Portra look"}}, "Stock", "in its own words"),
        ({"limit": Limit(count=1000, unit="utf16")}, "Limit", "1,000 UTF-16 units"),
        ({"limit": Limit(count=0, chunk=75)}, "Limit", "chunks of 75 tokens"),
        ({"limit": Limit()}, "Limit", "not stated"),
        ({"medium": "video", "durations": (4.0, 6.0)}, "Length", "4, 6 s"),
        ({"medium": "video", "durations": (3.0, 7.5), "any_duration": True}, "Length", "3–7.5 s"),
        ({"medium": "video"}, "Length", "its own"),
        ({"negative": "plain"}, "Negatives", "in plain words"),
        (
            {"negative": "field", "negative_limit": Limit(count=500)},
            "Negatives",
            "a field of its own, 500 characters",
        ),
        ({"weight": "({}:1.2)"}, "Weights", "(…:1.2)"),
        ({"moves": "one"}, "Moves", "one a shot"),
        ({"aspects": (), "free_aspect": True}, "Shapes", "any ratio"),
        ({"aspects": ("1:1",)}, "Shapes", "1 ratio"),
    ],
)
def test_a_feature_is_told(own: dict[str, Any], label: str, told: str) -> None:
    column = next(one for one in shown.COLUMNS if one.label == label)
    assert column.tell(target(**own)) == told


def test_the_comparison_says_what_the_compiler_lost(client: httpx.Client) -> None:
    names = [one.id for one in shown.living()][-3:]
    page = client.get("/shots/the-rim/targets", params={"for": ",".join(names)}).text
    assert re.findall(r'class="heard-model" href="/targets/([^"]+)"', page) == names
    told = text_of(page)
    for name in names:
        losses = compile_shot(RIM, VOCABULARY.target(name), VOCABULARY).losses
        assert losses
        assert [loss.reason for loss in losses if loss.reason not in told] == []
        assert [loss.sent for loss in losses if loss.sent not in told] == []
        assert f'href="/shots/the-rim?for={name}"' in page
    assert [one.id for one in shown.living() if f'value="{one.id}"' not in page] == []
    assert [one.id for one in RETIRED if f'value="{one.id}"' in page] == []


def test_the_comparison_takes_six_and_knows_their_names(client: httpx.Client) -> None:
    names = [one.id for one in shown.living()][:8]
    page = client.get("/shots/the-rim/targets", params={"for": names}).text
    assert re.findall(r'class="heard-model" href="/targets/([^"]+)"', page) == names[:6]
    assert "Only the first 6" in page
    answer = client.get("/shots/the-rim/targets", params={"for": "uni-11"})
    assert answer.status_code == 404
    assert client.get("/shots/nothing/targets").status_code == 404


def test_an_empty_shot_has_nothing_to_lose(client: httpx.Client) -> None:
    made = client.post(
        "/projects/the-lamp-room/shots", data={"name": "Empty"}, headers={"Origin": str(client.base_url)}
    )
    assert made.status_code == 303
    page = client.get(f"{made.headers['location']}/targets")
    assert page.status_code == 200
    assert "says nothing yet" in page.text


def test_six_unlike_models_stand_beside_each_other() -> None:
    found = comparison.hearings(RIM, resolve(RIM, VOCABULARY))
    chosen = comparison.choose(found, (), "sdxl")
    assert [one.target.id for one in chosen[:2]] == ["uni-1", "sdxl"]
    kinds = [(one.target.medium, shown.form(one.target)) for one in chosen]
    assert len(chosen) == 6
    assert len(set(kinds)) == min(6, len({(one.medium, shown.form(one)) for one in shown.living()}))


def test_every_target_is_counted_as_it_was_compiled() -> None:
    resolved = resolve(RIM, VOCABULARY)
    found = comparison.hearings(RIM, resolved)
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert {one.target.id for one in found} == {one.id for one in shown.living()}
    for one in found:
        compiled = compile_shot(RIM, one.target, VOCABULARY)
        dropped = {path for loss in compiled.losses if loss.kind == "dropped" for path in loss.paths}
        near = {path for loss in compiled.losses if loss.kind == "approximated" for path in loss.paths} - dropped
        counts = [one.count("never"), one.count("roughly"), one.count("said")]
        assert counts == [len(dropped), len(near), len(resolved.said) - len(dropped | near)]


def test_what_is_left_to_the_model_is_no_loss() -> None:
    shot = read_data({"camera": {"focal_mm": 50, "t_stop": 2}, "marks": {"camera.t_stop": {"leave": True}}})
    resolved = resolve(shot, VOCABULARY)
    assert {path for one in comparison.hearings(shot, resolved) for path in one.paths} == {"camera.focal_mm"}
    assert [(label, [row.path for row in some]) for label, some in comparison.rows(resolved)] == [
        ("Lens", ["camera.focal_mm"])
    ]


@pytest.mark.parametrize(
    ("data", "label", "title", "whose", "value"),
    [
        ({"camera": {"t_stop": 2}}, "Lens", "T-stop", "", "T2"),
        ({"lights": {"rim_light": {"cct_k": 3200}}}, "Light", "Colour temperature", "rim light", "3200 K"),
        ({"beats": {"one": {"says": {"mara": "Wait."}}}}, "Action", "Says", "one, mara", "Wait."),
        ({"duration_s": 6}, "Motion", "Length", "", "6 s"),
        ({"references": {"face": {"asset": "da90" * 16}}}, "References", "Picture", "face", "da90da90"),
        ({"exclude": ["exclude.people"]}, "Frame", "Keep out of the picture", "", "People"),
    ],
)
def test_a_row_says_where_and_whose(data: dict[str, Any], label: str, title: str, whose: str, value: str) -> None:
    [(department, [row])] = comparison.rows(resolve(read_data(data), VOCABULARY))
    assert (department, row.title, row.whose, row.value) == (label, title, whose, value)


@pytest.mark.parametrize(
    ("derived", "mark", "told", "turned"),
    [
        (True, {}, True, {"pin": None, "leave": True}),
        (True, {"leave": True}, False, None),
        (True, {"pin": True}, True, {"pin": None, "leave": True}),
        (False, {}, False, {"pin": True, "leave": None}),
        (False, {"pin": True}, True, None),
        (False, {"leave": True}, False, {"pin": True, "leave": None}),
    ],
)
def test_the_switch_turns_the_light_over(derived: bool, mark: dict[str, bool], told: bool, turned: object) -> None:  # noqa: FBT001  a table of yes and no
    shot = read_data({"marks": {"reading": mark}}) if mark else Shot()
    resolved = resolve(shot, VOCABULARY)
    assert pane.tells_the_light(resolved, target(derived=derived)) is told
    assert pane.light_switch(resolved, target(derived=derived)) == {"marks": {"reading": turned}}


@pytest.mark.parametrize(
    ("limit", "meters"),
    [
        (Limit(), []),
        (Limit(count=10), [(11, "of 10 characters", 1)]),
        (Limit(count=20, unit="utf16"), [(12, "of 20 UTF-16 units", 0)]),
        (Limit(count=512, unit="tokens"), [(4, "of 512 tokens (estimate)", 0)]),
        (Limit(chunk=2), [(4, "of 2 CLIP tokens in the first chunk (estimate)", 2)]),
    ],
)
def test_a_text_is_measured_in_the_unit_of_its_model(limit: Limit, meters: list[tuple[int, str, int]]) -> None:
    found = pane.meters("lamp, sea 🜂", target(limit=limit))
    assert [(one.number, one.of, one.over) for one in found] == meters


def test_only_a_lack_of_room_offers_to_stay() -> None:
    no_room = Loss(("look.grain",), "dropped", "No room: Uni-1 takes 10 characters.")
    assert pane.must_stay(no_room) == {"marks": {"look.grain": {"pin": True}}}
    assert pane.must_stay(Loss(("look.grain", "look.stock"), "dropped", no_room.reason)) is None
    assert pane.must_stay(Loss(("look.grain",), "dropped", "A still has no sound.")) is None


def test_a_lack_of_room_that_the_compiler_records_offers_to_stay() -> None:
    short = target(limit=Limit(count=400))
    losses = compile_shot(RIM, short, VOCABULARY).losses
    stays = [patch for loss in losses if (patch := pane.must_stay(loss))]
    assert stays
    [path] = stays[0]["marks"]
    kept = read_data({**SAMPLE.shot, "marks": {path: {"pin": True}}})
    assert path in {one for part in compile_shot(kept, short, VOCABULARY).segments for one in part.paths}


@pytest.mark.parametrize(
    ("sent", "name", "called"),
    [
        (Sent(2, "lamp", "reference.role.style", "", ""), "IMAGE{n}", "IMAGE2"),
        (Sent(1, "lamp", "reference.role.style", "", ""), "@{id}", "@lamp"),
        (Sent(1, "lamp", "reference.role.style", "", ""), "", "picture 1"),
        (Sent(0, "lamp", "reference.role.start_frame", "", "first_frame"), "IMAGE{n}", "first_frame"),
    ],
)
def test_a_reference_is_called_as_it_goes_out(sent: Sent, name: str, called: str) -> None:
    assert pane.called(sent, target(references={"name": name})) == called


def test_a_picture_with_a_field_of_its_own_stands_once(client: httpx.Client) -> None:
    shot = {"references": {"lamp": {"role": "reference.role.start_frame", "asset": "0" * 64, "slot": 0}}}
    prompt = client.post("/edits/prompt", json={"shot": shot, "target": "veo-3.1"}).json()["prompt"]
    assert "<dt>image</dt>" not in prompt
    assert prompt.count("0" * 64) == 1


def test_the_pane_says_when_nothing_here_shoots_a_model(client: httpx.Client) -> None:
    served = [one.id for one in TARGETS if pane.is_shot_here(one)]
    assert {"uni-1", "sdxl"} <= set(served)
    for name, said in (("uni-1", False), ("kling-3", True)):
        page = client.get("/shots/the-rim", params={"for": name}).text
        assert ("Nothing here shoots" in page) is said
        assert f'<option value="{name}" selected>' in page
        assert f'href="/targets/{name}">What does it hear?' in page


def test_a_shot_offers_a_retired_model_only_if_it_holds_one(client: httpx.Client) -> None:
    gone = RETIRED[0].id
    assert 'optgroup label="Retired"' not in client.get("/shots/the-rim").text
    page = client.get("/shots/the-letter").text
    version = int(page.partition('data-version="')[2].partition('"')[0])
    edit = {"shot": {}, "target": gone, "version": version}
    assert client.put("/shots/the-letter", json=edit).status_code == 200
    page = client.get("/shots/the-letter").text
    assert f'<optgroup label="Retired"><option value="{gone}" selected>' in page
    assert page.count('<optgroup label="Retired">') == 1


def test_a_loss_with_a_choice_can_be_taken(client: httpx.Client) -> None:
    shot = {"references": {"lamp": {"role": "reference.role.keyframe", "asset": "0" * 64, "slot": 0}}}
    compiled = compile_shot(read_data(shot), VOCABULARY.target("uni-1"), VOCABULARY)
    [choices] = [loss.choices for loss in compiled.losses if loss.choices]
    answer = client.post("/edits/prompt", json={"shot": shot, "target": "uni-1"})
    prompt = answer.json()["prompt"]
    assert prompt.partition("note-choices")[2].count("data-fix=") == len(choices)
    assert [one.label for one in choices if f">{one.label}</button>" not in prompt] == []
