"""The studio's answers over HTTP: what is refused, what is said, what stays as it was."""

from collections.abc import Iterator
from io import BytesIO

import httpx
import pytest
from PIL import Image

from app.files import MAX_PIXELS, Held
from tests.places import places
from tests.running import Studio, studio


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio")) as one:
        yield one


def picture(kind: str = "PNG", width: int = 8, height: int = 8) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (90, 60, 30)).save(out, kind)
    return out.getvalue()


def test_the_sample_film_opens(running: Studio) -> None:
    page = httpx.get(running.url, follow_redirects=True)
    assert page.status_code == 200
    assert page.text.count('class="card"') == 6
    assert "The Lamp Room" in page.text


def test_pages_may_load_only_from_the_studio(running: Studio) -> None:
    headers = httpx.get(f"{running.url}/shots/the-rim").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "169.254.169.254"])
def test_another_host_is_refused(running: Studio, host: str) -> None:
    assert httpx.get(f"{running.url}/shots/the-rim", headers={"Host": host}).status_code == 400


FOREIGN = {
    "another site, as browsers say it": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    "another port of this machine": {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:1"},
    "an older browser's origin": {"Origin": "https://evil.example"},
    "a page without an origin": {"Origin": "null"},
    "typed into the address bar": {"Sec-Fetch-Site": "none"},
}
WRITES = [
    ("PUT", "/shots/the-rim"),
    ("POST", "/shots/the-rim/takes"),
    ("POST", "/pictures"),
    ("POST", "/takes/nothing/cancellation"),
    ("POST", "/api/compile"),
]


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize(("method", "path"), WRITES)
def test_a_write_from_elsewhere_is_refused(running: Studio, method: str, path: str, name: str) -> None:
    answer = httpx.request(method, running.url + path, headers=FOREIGN[name], json={})
    assert answer.status_code == 403
    assert "another site" in answer.json()["message"]


def test_a_write_from_our_own_page_or_a_script_is_taken(running: Studio) -> None:
    edit = {"shot": {"camera": {"focal_mm": 85}}}
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": running.url}
    for headers in (ours, {}, {"Origin": running.url}):
        answer = httpx.post(f"{running.url}/api/compile", json=edit, headers=headers)
        assert answer.status_code == 200
        assert "85 mm lens" in answer.json()["text"]


BAD_EDITS = {
    "out of range": ({"camera": {"focal_mm": 9000}}, "between 2 and 2000 mm"),
    "unknown field": ({"camera": {"focla": 1}}, "camera.focla"),
    "no object": ([], "shot"),
    "a blank": ({"intent": {"says": "  "}}, "intent.says"),
}


@pytest.mark.parametrize("name", BAD_EDITS)
@pytest.mark.parametrize("path", ["/api/compile", "/api/check", "/edits/prompt", "/edits/controls"])
def test_a_bad_edit_says_what_and_where(running: Studio, path: str, name: str) -> None:
    shot, said = BAD_EDITS[name]
    answer = httpx.post(running.url + path, json={"shot": shot})
    assert answer.status_code == 422
    assert said in answer.json()["message"] + answer.json()["hint"]


def test_the_same_findings_and_prompt_at_both_doors(running: Studio) -> None:
    document, _ = running.document("two-keepers")
    api = httpx.post(f"{running.url}/api/compile", json={"shot": document}).json()
    page = httpx.post(f"{running.url}/edits/prompt", json={"shot": document}).json()
    assert api["segments"][0]["text"] in page["prompt"]
    assert page["prompt"].count('class="piece') >= len([one for one in api["segments"] if one["paths"]])


def test_the_second_window_is_told_and_nothing_is_overwritten(running: Studio) -> None:
    document, version = running.document("the-gallery")
    first = {**document, "duration_s": 4}
    taken = httpx.put(f"{running.url}/shots/the-gallery", json={"shot": first, "version": version, "target": "uni-1"})
    assert taken.json() == {"version": version + 1}
    second = {**document, "duration_s": 9}
    refused = httpx.put(
        f"{running.url}/shots/the-gallery", json={"shot": second, "version": version, "target": "uni-1"}
    )
    assert refused.status_code == 409
    assert "another window" in refused.json()["message"]
    assert running.document("the-gallery")[0]["duration_s"] == 4


def bomb() -> bytes:
    """A PNG whose header claims more pixels than are taken; its body is small."""
    side = int((MAX_PIXELS * 1.2) ** 0.5)
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


UPLOADS = {
    "text": (b"not a picture", "not a picture"),
    "html named png": (b"<html></html>", "not a picture"),
    "an empty file": (b"", "not a picture"),
    "cut off": (picture("PNG", 64, 64)[:-30], "broken"),
    "too many pixels": (bomb(), "pixels"),
    "another format": (picture("GIF"), "GIF"),
}  # fmt: skip


@pytest.mark.parametrize("name", UPLOADS)
def test_what_is_no_picture_is_refused_and_not_kept(running: Studio, name: str) -> None:
    content, said = UPLOADS[name]
    before = kept(running)
    answer = httpx.post(f"{running.url}/pictures", files={"file": ("x.png", content)})
    assert answer.status_code == 422
    assert said in answer.json()["message"]
    assert kept(running) == before


def test_a_huge_upload_is_refused_and_not_kept(running: Studio) -> None:
    before = kept(running)
    answer = httpx.post(f"{running.url}/pictures", files={"file": ("x.png", bytes(52 * 1024 * 1024))}, timeout=60)
    assert answer.status_code == 422
    assert "50 MB" in answer.json()["hint"]
    assert kept(running) == before


def kept(running: Studio) -> list[Held]:
    return places.library(running.data).pictures.store.held()


def test_a_picture_is_kept_byte_for_byte(running: Studio) -> None:
    content = picture()
    stored = httpx.post(f"{running.url}/pictures", files={"file": ("x.png", content)})
    assert stored.status_code == 201
    sha256 = stored.json()["sha256"]
    assert httpx.get(f"{running.url}/pictures/{sha256}").content == content
    small = httpx.get(f"{running.url}/pictures/{sha256}/thumbnail")
    assert small.headers["content-type"] == "image/webp"


@pytest.mark.parametrize(
    "path", ["/shots/none", "/takes/none", "/projects/none", "/pictures/none", "/rules/none", "/x"]
)
def test_a_person_gets_a_page_and_a_script_gets_json(running: Studio, path: str) -> None:
    page = httpx.get(running.url + path, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "<h1>" in page.text
    assert httpx.get(running.url + path).json()["message"]


def test_a_take_for_a_target_that_its_backend_lacks_is_refused(running: Studio) -> None:
    document, version = running.document("blue-hour")
    order = {"shot": document, "version": version, "target": "uni-1", "backend": "a1111"}
    answer = httpx.post(f"{running.url}/shots/blue-hour/takes", json=order)
    assert answer.status_code == 502
    assert "sdxl" in answer.json()["hint"]


def test_every_rule_has_its_page(running: Studio) -> None:
    page = httpx.get(f"{running.url}/rules/faster_than_the_lens")
    assert "<h2>Why</h2>" in page.text


def test_a_backend_says_what_it_still_needs(running: Studio) -> None:
    lacking = httpx.get(f"{running.url}/backends/uni1/readiness?target=uni-1&references=2").json()
    assert "LUMA_AGENTS_API_KEY" in lacking["problem"]
    assert lacking["usd"] == pytest.approx(0.0464)
    assert httpx.get(f"{running.url}/backends/previz/readiness").json() == {"problem": "", "usd": None, "unsent": []}
    assert "Did you mean" in httpx.get(f"{running.url}/backends/prviz/readiness").json()["hint"]


WIDE = {"camera": {"lens_family": "camera.lens.helios_44", "focal_mm": 35, "format": "camera.format.full_frame"}}


def codes(running: Studio, checks: dict[str, object]) -> set[str]:
    answer = httpx.post(f"{running.url}/api/check", json={"shot": WIDE, "checks": checks})
    assert answer.status_code == 200
    return {one["code"] for one in answer.json()}


def test_a_script_checks_by_profile_and_leaves_checks_out(running: Studio) -> None:
    assert "focal_not_made" not in codes(running, {})
    assert "focal_not_made" in codes(running, {"profile": "set"})
    assert "focal_not_made" not in codes(running, {"profile": "set", "silence": {"focal_not_made": "a rehoused one"}})


def test_a_film_keeps_its_checks(running: Studio) -> None:
    url = f"{running.url}/projects/the-lamp-room/checks"
    wanted = {"profile": "set", "silence": {"focal_not_made": "a rehoused one"}}
    assert httpx.put(url, json=wanted).json() == wanted
    assert '"focal_not_made": "a rehoused one"' in httpx.get(f"{running.url}/shots/the-rim").text
    refused = httpx.put(url, json={"silence": {"focal_not_mad": "a slip"}})
    assert refused.status_code == 404
    assert "focal_not_made" in refused.json()["hint"]
    assert httpx.put(url, json={"profile": "sound stage"}).status_code == 422
    assert httpx.put(url, json={}).status_code == 200


def test_the_checks_are_listed_by_department(running: Studio) -> None:
    text = httpx.get(f"{running.url}/rules").text
    assert "Anamorphic and optical artefacts" in text
    assert 'href="/rules/faster_than_the_lens"' in text
