"""The HTTP API as a script uses it: what a page can do, with the same answers, and errors in one shape."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from app.library.copies import SUFFIXES
from tests.backends.fakes import luma, workflows
from tests.running import Studio, for_luma, studio, until

FILM, SHOT = "the-lamp-room", "the-rim"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with luma.served() as fake, studio(tmp_path_factory.mktemp("studio"), **for_luma(fake)) as one:
        yield one


@pytest.fixture
def api(running: Studio) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{running.url}/api", timeout=60) as client:
        yield client


def made(answer: httpx.Response, status: int = 200) -> Any:
    """Return what was answered, which must be of a status."""
    assert answer.status_code == status, answer.text
    return answer.json()


def begun(api: httpx.Client, name: str, shot: dict[str, Any] | None = None, slate: str = "") -> dict[str, Any]:
    """Add a shot to the sample film."""
    new = {"name": name, "slate": slate, "shot": shot or {"camera": {"focal_mm": 40}}}
    kept: dict[str, Any] = made(api.post(f"/films/{FILM}/shots", json=new), 201)
    return kept


def test_a_film_is_begun_and_changed(api: httpx.Client) -> None:
    film = made(api.post("/films", json={"name": "The Ferry"}), 201)
    assert film["id"] in {one["id"] for one in made(api.get("/films"))}
    change = {"local": True, "checks": {"profile": "set"}, "file_names": "{slate}-{take}"}
    changed = made(api.patch(f"/films/{film['id']}", json=change))
    assert (changed["local"], changed["checks"]["profile"], changed["file_names"]) == (True, "set", "{slate}-{take}")
    assert made(api.get(f"/films/{film['id']}")) == changed
    assert made(api.get(f"/films/{film['id']}/disclosure"))["credit"].startswith("No picture of The Ferry")


def test_a_shot_says_what_was_said_and_nothing_else(api: httpx.Client) -> None:
    shot = begun(api, "A door", {"camera": {"focal_mm": 85}})
    assert shot["shot"]["camera"] == {"focal_mm": 85.0}
    assert made(api.get(f"/shots/{shot['id']}")) == shot


def test_a_shot_is_saved_over_the_version_that_was_read(api: httpx.Client) -> None:
    shot = begun(api, "A window")
    where = f"/shots/{shot['id']}"
    saved = made(api.put(where, json={"shot": {"duration_s": 4}, "version": shot["version"], "target": "uni-1"}))
    assert (saved["shot"], saved["version"]) == ({"duration_s": 4.0}, shot["version"] + 1)
    late = api.put(where, json={"shot": {"duration_s": 9}, "version": shot["version"], "target": "uni-1"})
    assert "another window" in made(late, 409)["message"]
    assert made(api.get(where)) == saved


def test_a_merge_patch_changes_clears_and_is_refused_when_late(api: httpx.Client) -> None:
    shot = begun(api, "A stair", {"camera": {"focal_mm": 40, "t_stop": 2}})
    where, kind = f"/shots/{shot['id']}", {"Content-Type": "application/merge-patch+json"}
    patch = json.dumps({"camera": {"focal_mm": None, "t_stop": 4}})
    changed = made(api.patch(where, params={"version": shot["version"]}, content=patch, headers=kind))
    assert changed["shot"] == {**shot["shot"], "camera": {"t_stop": 4.0}}
    late = json.dumps({"camera": {"t_stop": 8}})
    made(api.patch(where, params={"version": shot["version"]}, content=late, headers=kind), 409)
    wrong = json.dumps({"camera": {"t_stop": 0.1}})
    refused = made(api.patch(where, params={"version": changed["version"]}, content=wrong, headers=kind), 422)
    assert refused["where"] == "camera.t_stop"


def test_shots_are_copied_and_put_in_order(api: httpx.Client) -> None:
    shot = begun(api, "A corridor")
    copy = made(api.post(f"/shots/{shot['id']}/duplicates"), 201)
    assert copy["shot"] == shot["shot"]
    ordered = made(api.put(f"/shots/{copy['id']}/place", json={"before": shot["id"]}))
    ids = [one["id"] for one in ordered]
    assert ids.index(copy["id"]) == ids.index(shot["id"]) - 1
    assert ids == [one["id"] for one in made(api.get(f"/films/{FILM}/shots"))]


def test_a_revision_is_named_and_brought_back(api: httpx.Client) -> None:
    shot = begun(api, "A well", {"duration_s": 3})
    where = f"/shots/{shot['id']}"
    frozen = made(api.post(f"{where}/revisions", json={"name": "dry"}), 201)
    assert (frozen["number"], frozen["name"]) == (1, "dry")
    made(api.put(where, json={"shot": {"duration_s": 8}, "version": shot["version"], "target": "uni-1"}))
    assert made(api.patch(f"{where}/revisions/1", json={"name": "full"}))["name"] == "full"
    back = made(api.post(f"{where}/revisions/1/restoration"))
    assert back["shot"] == {"duration_s": 3.0}
    assert [one["shot"] for one in made(api.get(f"{where}/revisions"))] == [{"duration_s": 3.0}, {"duration_s": 8.0}]


def test_set_ups_that_cover_a_shot_are_added_behind_it(api: httpx.Client) -> None:
    setups = made(api.get("/shots/two-keepers/coverage"))
    added = made(api.post("/shots/two-keepers/coverage", json={"setups": [setups[0]["id"]]}), 201)
    ids = [one["id"] for one in made(api.get(f"/films/{FILM}/shots"))]
    assert ids.index(added[0]["id"]) == ids.index("two-keepers") + 1
    refused = made(api.post("/shots/two-keepers/coverage", json={"setups": ["aerial"]}), 422)
    assert setups[0]["id"] in refused["hint"]


def test_a_take_is_ordered_reviewed_and_stopped(api: httpx.Client) -> None:
    shot = begun(api, "A lantern")
    order = {"target": "uni-1", "backend": "previz", "version": shot["version"]}
    take = made(api.post(f"/shots/{shot['id']}/takes", json=order), 201)
    assert take["id"] in {one["id"] for one in made(api.get(f"/shots/{shot['id']}/takes"))}
    review = {"circled": True, "stars": 4, "note": "the one"}
    reviewed = made(api.patch(f"/takes/{take['id']}", json=review))
    assert {key: reviewed[key] for key in review} == review
    assert made(api.get(f"/takes/{take['id']}/shot"))["shot"] == shot["shot"]
    assert made(api.post(f"/takes/{take['id']}/cancellation"))["id"] == take["id"]
    late = {**order, "version": shot["version"] + 1}
    assert "saved meanwhile" in made(api.post(f"/shots/{shot['id']}/takes", json=late), 409)["message"]


def test_a_take_that_is_done_leaves_is_compared_repeated_and_set_in_motion(api: httpx.Client) -> None:
    shot, order = begun(api, "A flare")["id"], {"target": "uni-1", "backend": "uni1"}
    take = made(api.post(f"/shots/{shot}/takes", json=order), 201)["id"]
    until(lambda: made(api.get(f"/takes/{take}"))["state"] == "done", 40)
    copy = api.get(f"/takes/{take}/picture")
    assert copy.headers["content-type"] in SUFFIXES
    assert copy.headers["content-disposition"].startswith("attachment")
    assert api.get(f"/pictures/{made(api.get(f'/takes/{take}'))['picture']}").status_code == 200
    again = made(api.post(f"/takes/{take}/repeat"), 201)["id"]
    assert made(api.get(f"/takes/{take}/against/{again}")) == []
    made(api.post(f"/takes/{take}/fetching"), 409)
    moving = made(api.post(f"/takes/{take}/animation"), 201)
    assert [one["role"] for one in moving["shot"]["references"].values()] == ["reference.role.start_frame"]


def test_a_film_that_stays_here_is_shot_here_alone(api: httpx.Client) -> None:
    film = made(api.post("/films", json={"name": "The Cellar"}), 201)["id"]
    made(api.patch(f"/films/{film}", json={"local": True}))
    shot = made(api.post(f"/films/{film}/shots", json={"name": "Coal"}), 201)["id"]
    far = {"kind": "a1111", "said": {"url": "https://far.example"}}
    backend = made(api.post("/backends", json=far), 201)
    assert backend["leaves"]
    refused = api.post(f"/shots/{shot}/takes", json={"target": "sdxl", "backend": backend["id"]})
    assert "stays on this machine" in made(refused, 422)["message"]


def test_a_batch_waits_is_paused_and_stopped(api: httpx.Client) -> None:
    shot = begun(api, "A rope", {"camera": {"focal_mm": 40}})["id"]
    order = {"kind": "vary", "path": "camera.focal_mm", "values": "24, 85", "target": "uni-1", "backend": "previz"}
    batch = made(api.post(f"/shots/{shot}/batches", json=order), 201)["id"]
    paused = made(api.patch(f"/batches/{batch}", json={"paused": True, "budget_usd": 2.5}))
    assert (paused["paused"], paused["budget_usd"]) == (True, 2.5)
    assert len(made(api.get(f"/batches/{batch}/takes"))) == 2
    assert batch in {one["id"] for one in made(api.get("/queue"))["batches"]}
    made(api.post(f"/batches/{batch}/cancellation"))


def test_scenes_and_layers_say_where_a_part_comes_from(api: httpx.Client) -> None:
    first = begun(api, "First", {"look": {"grain": "look.grain.fine"}}, "61A")["id"]
    second = begun(api, "Second", {}, "61B")["id"]
    assert made(api.put(f"/films/{FILM}/scenes/61", json={"name": "The quay"}))["name"] == "The quay"
    gift = {"level": "scene", "follow": [second]}
    assert made(api.post(f"/shots/{first}/layers/look/gift", json=gift))["followed"] == [second]
    look = next(one for one in made(api.get(f"/shots/{second}/layers")) if one["id"] == "look")
    assert (look["source"], look["departs"]) == ("scene 61, The quay", False)


def test_presets_searches_tags_and_collections_are_kept(api: httpx.Client) -> None:
    shot = begun(api, "A gull", {"look": {"grain": "look.grain.fine"}})
    kept = made(api.post("/presets", json={"shot": shot["shot"], "kind": "look", "name": "Fine"}), 201)
    shown = made(api.post(f"/presets/{kept['id']}/preview", json={"shot": {}}))
    assert shown["patch"] == {"look": {"grain": "look.grain.fine"}}
    started = made(api.post(f"/presets/{kept['id']}/shots", json={"film": FILM}), 201)
    assert started["shot"] == {"look": {"grain": "look.grain.fine"}}
    assert made(api.put(f"/sorting/shot/{shot['id']}/tags", json={"tags": ["Sea birds"]}))["tags"] == ["sea-birds"]
    assert made(api.put(f"/shots/{shot['id']}/stars", json={"stars": 3}))["stars"] == 3
    collection = made(api.post("/collections", json={"name": "Birds"}), 201)["id"]
    held = made(api.put(f"/collections/{collection}/shot/{shot['id']}"))
    assert held["things"] == [{"kind": "shot", "id": shot["id"]}]
    made(api.post("/searches", json={"name": "Birds", "query": "tag:sea-birds"}), 201)
    assert [one["id"] for one in made(api.get("/search", params={"q": "tag:sea-birds"}))["hits"]] == [shot["id"]]
    assert api.get(f"/presets/{kept['id']}/file").status_code == 200
    assert made(api.get(f"/presets/{kept['id']}/link"))["left"] == []
    place = f"/collections/{collection}/shot/{shot['id']}"
    assert made(api.post(f"{place}/place", json={"step": -1}))["count"] == 1
    assert made(api.delete(place))["things"] == []
    assert api.delete(f"/collections/{collection}").status_code == 204
    assert api.delete("/searches", params={"name": "birds"}).status_code == 204
    assert api.delete(f"/presets/{kept['id']}").status_code == 204


def test_two_shots_are_set_against_each_other(api: httpx.Client) -> None:
    given = {"before": {"camera": {"focal_mm": 35}}, "after": {"camera": {"focal_mm": 85}}}
    found = made(api.post("/diff", json=given))
    assert [(one["path"], one["before"], one["after"]) for one in found["differences"]] == [("camera.focal_mm", 35, 85)]
    assert {one["kind"] for one in found["prompt"]["changes"]} >= {"gone", "new"}


def test_what_is_shared_comes_back_whole(api: httpx.Client) -> None:
    shot = begun(api, "A buoy", {"duration_s": 5})
    file = api.get(f"/shots/{shot['id']}/file")
    assert file.headers["content-type"] == "application/x-printlight"
    film = made(api.post("/films", json={"name": "Elsewhere"}), 201)["id"]
    upload = {"file": ("buoy.printlight", file.content)}
    assert made(api.post("/imports", params={"film": film}, files=upload))["shared"]["found"][0]["name"] == "A buoy"
    added = made(api.post(f"/films/{film}/imports", files=upload), 201)["shots"]
    assert [one["shot"] for one in added] == [{"duration_s": 5.0}]
    link = made(api.get(f"/shots/{shot['id']}/link"))["link"]
    assert made(api.post("/links", json={"link": link, "film": film}))["found"][0]["kind"] == "shot"


def test_an_import_keeps_the_notes_of_its_file_and_is_undone(api: httpx.Client) -> None:
    film = made(api.post("/films", json={"name": "Lists"}), 201)["id"]
    listed = {"file": ("list.csv", b"Scene,Shot,Lens,Notes\n12,A,35,Wet-down\n")}
    assert [one["note"] for one in made(api.post("/imports", files=listed))["shots"]] == ["Wet-down"]
    added = made(api.post(f"/films/{film}/imports", files=listed), 201)["shots"]
    assert [(one["slate"], one["note"]) for one in added] == [("12A", "Wet-down")]
    back = api.post(f"/films/{film}/imports/undo", json={"shots": [one["id"] for one in added]})
    assert (back.status_code, made(api.get(f"/films/{film}/shots"))) == (204, [])


def test_an_animatic_is_asked_for_with_its_numbers(api: httpx.Client) -> None:
    formats = {one["id"]: one for one in made(api.get("/exports"))}
    assert (formats["animatic"]["group"], formats["animatic"]["missing"]) == ("The cut", "")
    plain, numbered = (api.get("/shots/the-rim/exports/animatic", params={"numbers": one}) for one in (False, True))
    assert plain.content[4:8] == numbered.content[4:8] == b"ftyp"
    assert plain.content != numbered.content


def test_another_programs_file_and_a_prompt_become_shots(api: httpx.Client) -> None:
    film = made(api.post("/films", json={"name": "Scripts"}), 201)["id"]
    script = b"INT. BOATHOUSE - NIGHT\n\nIRA (40) coils a rope.\n"
    told = made(api.post("/imports", files={"file": ("boat.fountain", script)}))
    assert (told["source"], len(told["shots"])) == ("fountain", 1)
    made(api.post(f"/films/{film}/imports", files={"file": ("boat.fountain", script)}), 201)
    pasted = made(api.post(f"/films/{film}/prompts", json={"text": "a close-up, 85mm lens"}), 201)["shots"]
    assert pasted[0]["shot"]["camera"]["focal_mm"] == 85
    assert len(made(api.get(f"/films/{film}/shots"))) == 2


def test_a_film_leaves_in_every_format(api: httpx.Client) -> None:
    for one in made(api.get("/exports")):
        file = api.get(f"/shots/{SHOT}/exports/{one['id']}")
        assert file.status_code == 200
        assert file.headers["content-type"].split(";")[0] == one["media_type"].split(";")[0]


def test_a_picture_is_kept_and_shown(api: httpx.Client) -> None:
    out = BytesIO()
    Image.new("RGB", (8, 8), (90, 60, 30)).save(out, "PNG")
    kept = made(api.post("/pictures", files={"file": ("rust\0.png", out.getvalue())}), 201)
    assert kept["media_type"] in SUFFIXES
    assert api.get(f"/pictures/{kept['sha256']}").content == out.getvalue()
    assert api.get(f"/pictures/{kept['sha256']}/thumbnail").headers["content-type"] == "image/webp"


def test_a_backend_is_set_up_without_telling_its_key(api: httpx.Client) -> None:
    new = {"kind": "a1111", "label": "The shed", "said": {"url": "http://127.0.0.1:9", "key": "ada:swordfish"}}
    kept = made(api.post("/backends", json=new), 201)
    assert kept["has_key"]
    assert "swordfish" not in json.dumps(made(api.get("/backends")))
    assert made(api.post(f"/backends/{kept['id']}/look"))["problem"]
    anew = {"label": "The barn", "said": {"url": "http://127.0.0.1:9"}}
    changed = made(api.patch(f"/backends/{kept['id']}", json=anew))
    assert (changed["label"], changed["has_key"]) == ("The barn", True)
    assert api.delete(f"/backends/{kept['id']}").status_code == 204


def test_a_workflow_is_read_kept_and_forgotten(api: httpx.Client) -> None:
    new = {"kind": "comfyui", "said": {"url": "http://127.0.0.1:9"}}
    where = f"/backends/{made(api.post('/backends', json=new), 201)['id']}"
    kept = made(api.put(f"{where}/workflow", json={"workflow": workflows.PLAIN}))
    assert next(one["at"] for one in kept["slots"] if one["name"] == "prompt") == ["6.inputs.text"]
    assert made(api.get(f"{where}/workflow")) == kept
    wrong = made(
        api.put(f"{where}/workflow", json={"workflow": workflows.PLAIN, "at": {"prompt": ["99.inputs.text"]}}), 422
    )
    assert wrong["where"] == "at"
    assert api.delete(f"{where}/workflow").status_code == 204
    assert made(api.get(f"{where}/workflow"))["slots"] == []
    assert api.delete(where).status_code == 204


BODIES = {
    "the name of a film": ("POST", "/films", {"name": "@"}),
    "the name of a shot": ("POST", f"/films/{FILM}/shots", {"name": "@"}),
    "a field of a shot": ("POST", "/compile", {"shot": {"intent": {"says": "@"}}}),
    "a key of a shot": ("POST", "/compile", {"shot": {"@": 1}}),
    "the name of a lamp": ("POST", "/check", {"shot": {"lights": {"@": {}}}}),
    "a patch": ("PATCH", f"/shots/{SHOT}?version=1", {"intent": {"says": "@"}}),
    "a text": ("POST", "/parse", {"text": "@"}),
    "a note": ("POST", "/note", {"shot": {}, "text": "@"}),
    "a model": ("POST", "/compile", {"shot": {}, "target": "@"}),
    "a search": ("POST", "/searches", {"name": "x", "query": "@"}),
    "a tag": ("PUT", f"/sorting/shot/{SHOT}/tags", {"tags": ["@"]}),
    "a collection": ("POST", "/collections", {"name": "@"}),
    "a preset": ("POST", "/presets", {"shot": {"look": {"skin": "soft"}}, "kind": "look", "name": "@"}),
    "a link": ("POST", "/links", {"link": "@", "film": FILM}),
    "what a backend asks for": ("POST", "/backends", {"kind": "a1111", "said": {"url": "@"}}),
    "a reason for silence": ("PATCH", f"/films/{FILM}", {"checks": {"silence": {"faster_than_the_lens": "@"}}}),
    "a field that there is not": ("POST", "/films", {"name": "x", "@": 1}),
}


@pytest.mark.parametrize("character", ["\\u0000", "\\ud800"], ids=["NUL", "half of a pair"])
@pytest.mark.parametrize("name", BODIES)
def test_what_is_no_text_is_refused(api: httpx.Client, name: str, character: str) -> None:
    method, path, body = BODIES[name]
    content = json.dumps(body).replace("@", f"a{character}b")
    answer = api.request(method, path, content=content, headers={"Content-Type": "application/json"})
    told = made(answer, 422)
    assert set(told) <= {"message", "hint", "where"}
    assert told["message"]


REFUSED = {
    "an id with a NUL": ("GET", "/shots/a%00b", None, 422),
    "a number beyond all": ("GET", f"/shots/{SHOT}/revisions/99999999999999999999", None, 422),
    "a word for a number": ("PUT", f"/shots/{SHOT}/stars", {"stars": "3"}, 422),
    "a number written as text": ("POST", "/compile", {"shot": {"camera": {"focal_mm": "85"}}}, 422),
    "yes for a number": ("POST", "/compile", {"shot": {"camera": {"focal_mm": True}}}, 422),
    "a shot that there is not": ("GET", "/shots/nobody", None, 404),
    "no JSON": ("POST", "/films", b"{", 422),
    "deeper than any shot": ("POST", "/compile", b'{"shot": ' + b'{"a": ' * 500 + b"1" + b"}" * 501, 422),
    "deeper than can be read": ("POST", "/compile", b"[" * 100_000, 400),
    "more than is taken": ("POST", "/parse", b'{"text": "' + b"a" * (9 << 20) + b'"}', 413),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_in_one_shape(api: httpx.Client, name: str) -> None:
    method, path, body, status = REFUSED[name]
    content = body if isinstance(body, bytes) else json.dumps(body).encode() if body else b""
    headers = {"Content-Type": "application/json", "Accept": "text/html, */*"}
    told = made(api.request(method, path, content=content, headers=headers), status)
    assert {"message", "hint"} <= set(told) <= {"message", "hint", "where"}


def test_an_address_names_the_methods_that_it_takes(api: httpx.Client) -> None:
    refused = api.post(f"/shots/{SHOT}")
    assert refused.status_code == 405
    assert {one.strip() for one in refused.headers["allow"].split(",")} == {"GET", "PUT", "PATCH"}


@pytest.mark.parametrize("path", [f"/shots/{SHOT}?version=1", f"/films/{FILM}"])
def test_another_sites_page_changes_nothing(api: httpx.Client, path: str) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert set(made(api.patch(path, json={}, headers=foreign), 403)) == {"message", "hint"}


def test_the_page_lists_every_operation_and_loads_nothing_from_elsewhere(running: Studio, api: httpx.Client) -> None:
    document = made(api.get("/openapi.json"))
    page = httpx.get(f"{running.url}/api", headers={"Accept": "text/html"}).text
    for path, methods in document["paths"].items():
        assert f"<code>{path}</code>" in page
        assert all(f'id="{told["operationId"]}"' in page for told in methods.values())
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert httpx.get(f"{running.url}/openapi.json").status_code == 404
