"""A pasted prompt over HTTP: what is understood of it, its shots in a film, and what a note would do."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.importers import read_prompt
from app.parse.inscriptions import with_text
from app.vocab import vocabulary
from app.web import pasting
from tests.parse.test_forms import CASES
from tests.running import Studio, studio

FILM = "/projects/the-lamp-room"
PROSE = "Medium close-up of Mara, 50mm lens at T2, no rain, zanzibarish glimmerings"
LIST = "[Shot 1] wide shot of a harbour, 24mm\n[Shot 2] close-up of her hands, 85mm\n[Shot 3] low angle, fog"
PIECE = re.compile(r'<span class="said( is-free)?"[^>]*data-at="([^"]*)" data-told="([^"]*)">(.*?)</span>', re.DOTALL)
FIELD = re.compile(r'data-field="([^"]+)"><dt>(.*?)</dt><dd>(.*?)</dd>', re.DOTALL)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("paste")) as one:
        yield one


def pasted(running: Studio, text: str, path: str = "/pasted") -> httpx.Response:
    return httpx.post(f"{running.url}{path}", json={"text": text}, timeout=30)


def marked(page: str) -> str:
    """Return the text as it stands in the marked copy, without the marks."""
    box = page.partition("data-paste-marked")[2].partition(">")[2].partition("</div>")[0]
    return unescape(re.sub(r"</?span[^>]*>", "", box))


def test_every_piece_says_its_field_and_nothing_is_kept(running: Studio) -> None:
    before = httpx.get(f"{running.url}{FILM}").text
    page = pasted(running, PROSE).text
    told = {words: said for _, _, said, words in PIECE.findall(page)}
    assert told["Medium close-up"] == "Shot size: Medium close-up"
    assert told["50mm lens"] == "Focal length: 50 mm"
    assert told["no rain"] == "Keep out of the picture: Rain"
    fields = {key: re.sub("<[^>]+>", "", value) for key, _, value in FIELD.findall(page)}
    assert fields["1:camera.focal_mm"] == "50 mm 50mm lens"
    assert fields["1:camera.t_stop"] == "T2"
    assert "Read as prose." in page
    assert httpx.get(f"{running.url}{FILM}").text == before


def test_what_is_not_understood_stays_in_words_of_ones_own(running: Studio) -> None:
    page = pasted(running, PROSE).text
    free = [words for is_free, _, said, words in PIECE.findall(page) if is_free and said == pasting.KEPT]
    parsed = read_prompt(PROSE, "The text", vocabulary())[0]
    assert free == [one.text for one in parsed.free]
    assert free
    assert all(f"<li>{words}</li>" in page for words in free)


@pytest.mark.parametrize("name", sorted(CASES))
def test_the_marked_copy_holds_the_whole_text(running: Studio, name: str) -> None:
    text = CASES[name].text
    page = pasted(running, text)
    assert page.status_code == 200
    copy = marked(page.text)
    if "letters …" not in copy:
        assert copy.strip() == text.removeprefix("\ufeff").strip()
    assert f'data-shots="{len(read_prompt(text, "The text", vocabulary()))}"' in page.text
    keys = {key for _, at, _, _ in PIECE.findall(page.text) for key in at.split()}
    assert {key for key, _, _ in FIELD.findall(page.text)} & keys or not keys


def test_the_shots_of_a_list_are_numbered_each_with_its_own_fields(running: Studio) -> None:
    page = pasted(running, LIST).text
    values = {key: re.sub("<[^>]+>.*", "", value).strip() for key, _, value in FIELD.findall(page)}
    assert values["1:camera.focal_mm"] == "24 mm"
    assert values["2:camera.focal_mm"] == "85 mm"
    assert values["3:camera.angle"] == "Low angle"
    assert "Shot 2, Focal length: 85 mm" in page


def test_what_stands_beside_the_words_is_told(running: Studio) -> None:
    page = pasted(running, "a knight in fog --ar 16:9 --v 7 --stylize 200").text
    assert "Read as Midjourney, written for Midjourney" in page
    assert "<dt>s</dt><dd>200</dd>" in page


@pytest.mark.parametrize("text", ["<script>alert(1)</script> close-up", "a \"sign\" & 'more' close-up"])
def test_a_text_is_escaped(running: Studio, text: str) -> None:
    page = pasted(running, text).text
    assert "<script>" not in page
    assert marked(page) == text


NAMES = {
    "prose": (PROSE, ["Medium close-up of Mara, 50mm lens"]),
    "list": (LIST, ["Wide shot of a harbour, 24mm", "Close-up of her hands, 85mm", "Low angle, fog"]),
    "json": ('{"scene": "a harbour at night", "camera": {"lens": "35mm"}}', ["Harbour at night"]),
    "no small word ends a name": ("close-up of a man in a room on the hill", ["Close-up of a man"]),
    "nothing": ("...", ["Pasted shot"]),
}


@pytest.mark.parametrize("name", NAMES)
def test_shots_are_called_by_their_first_words(name: str) -> None:
    text, names = NAMES[name]
    assert [one.casefold() for one in pasting.names_of(text, read_prompt(text, "The text", vocabulary()))] == [
        one.casefold() for one in names
    ]


def test_a_pasted_shot_stands_at_the_end_of_the_film(running: Studio) -> None:
    answer = pasted(running, LIST, f"{FILM}/pasted")
    assert answer.status_code == 201
    shots = answer.json()["shots"]
    assert [one["target"] for one in shots] == ["uni-1"] * 3
    board = httpx.get(f"{running.url}{FILM}").text
    places = [board.index(f'href="/shots/{one["id"]}"') for one in shots]
    assert places == sorted(places)
    assert places[0] > board.index('href="/shots/the-gallery"')
    document, _ = running.document(shots[1]["id"])
    assert document["camera"]["focal_mm"] == 85


def test_a_shot_is_written_for_the_model_that_its_text_names(running: Studio) -> None:
    answer = pasted(running, "a knight in fog --ar 16:9 --v 7", f"{FILM}/pasted")
    assert answer.json()["shots"][0]["target"] == "midjourney-7"


def test_a_film_that_is_not_there_takes_nothing(running: Studio) -> None:
    answer = pasted(running, PROSE, "/projects/the-lamp-rom/pasted")
    assert answer.status_code == 404
    assert "the-lamp-room" in answer.json()["hint"]


BAD = {"broken JSON": ('{"prompt": ', "breaks in line 1"), "too long": ("rain " * 200_000, "characters")}


@pytest.mark.parametrize("path", ["/pasted", f"{FILM}/pasted"])
@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_in_a_sentence(running: Studio, path: str, name: str) -> None:
    text, said = BAD[name]
    answer = pasted(running, text, path)
    assert answer.status_code == 422
    assert said in answer.json()["message"]


def test_half_a_letter_is_refused(running: Studio) -> None:
    answer = httpx.post(
        f"{running.url}/pasted", content=b'{"text": "a \\ud800 b"}', headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422


def picture(text: str | None) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), (90, 60, 30)).save(out, "PNG")
    return out.getvalue() if text is None else with_text(out.getvalue(), "parameters", text)


def sent(running: Studio, content: bytes, name: str) -> httpx.Response:
    return httpx.post(f"{running.url}/pasted/files", files={"file": (name, content)}, timeout=20)


def test_a_picture_gives_the_text_that_it_carries(running: Studio) -> None:
    text = "close-up of a cat\nSteps: 20, Seed: 7, Size: 512x768"
    answer = sent(running, picture(text), "cat.png").json()
    assert answer["text"] == text
    assert answer["note"].startswith("cat.png: Read from the text 'parameters'")
    assert sent(running, PROSE.encode("utf-16"), "prompt.txt").json()["text"] == PROSE


@pytest.mark.parametrize(
    ("content", "said"),
    [(picture(None), "holds no prompt"), (bytes(range(128, 256)), "neither text nor a picture")],
    ids=["no prompt", "binary"],
)
def test_a_file_without_a_prompt_says_so(running: Studio, content: bytes, said: str) -> None:
    answer = sent(running, content, "cat.png")
    assert answer.status_code == 422
    assert said in answer.json()["message"]


def test_a_long_run_without_a_mark_is_folded(running: Studio) -> None:
    copy = marked(pasted(running, f"close-up{' ' * 5_000}50mm lens").text)
    assert "… 4,400 letters …" in copy
    assert copy.startswith("close-up")
    assert copy.endswith("50mm lens")


def test_a_text_of_very_many_pieces_is_counted_where_it_is_not_told() -> None:
    reading = pasting.read("zxq vrl, close-up. " * 2_000)
    assert sum(bool(piece.told) for piece in reading.pieces) == pasting.MOST_MARKS
    assert reading.unmarked > 0
    many = pasting.read("\n".join(f"[Shot {number}] close-up" for number in range(1, 61)))
    assert (many.total, len(many.shots)) == (60, pasting.MOST_SHOTS)


@given(
    st.lists(st.sampled_from(["close-up", "50mm", " of ", "zxq", "\n", "<b>", "no rain", "é", "🎬", ", "]), max_size=25)
)
def test_the_pieces_of_any_text_are_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    reading = pasting.read(text)
    assert "".join(piece.text for piece in reading.pieces) == text
    keys = {line.key for shot in reading.shots for _, some in shot.groups for line in some}
    assert all(piece.told for piece in reading.pieces if piece.keys or piece.is_free)
    assert keys or not any(piece.keys for piece in reading.pieces)


def noted(running: Studio, text: str) -> httpx.Response:
    document, _ = running.document("the-rim")
    return httpx.post(f"{running.url}/notes", json={"shot": document, "text": text}, timeout=20)


NOTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "a step": ("tighter", ("Shot size", "<s>Medium close-up</s>", "<b>Close-up</b>", "1 step of shot size")),
    "a lamp": ("rim a touch hotter", ("Level against the exposure of rim", "<b>1.83 stops</b>")),
    "a lamp more": ("add a kicker", ("Light kicker", "<s>nothing</s>", "<b>Kicker</b>")),
    "a lamp less": ("lose the fill", ("Light fill", "<b>nothing</b>", "Very soft")),
    "a question": ("lose the hat", ("nothing in this shot is called so",)),
    "not understood": ("wibble wobble", ("Not understood: “wibble wobble”",)),
}


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_told_before_it_is_taken(running: Studio, name: str) -> None:
    text, said = NOTES[name]
    answer = noted(running, text)
    assert answer.status_code == 200
    page = unescape(answer.text)
    assert [words for words in said if words not in page] == []
    assert ("Apply" in page) == ("<li" in page)


def test_the_patch_that_is_shown_is_that_of_the_api(running: Studio) -> None:
    document, _ = running.document("the-rim")
    told: dict[str, Any] = httpx.post(
        f"{running.url}/api/note", json={"shot": document, "text": "tighter, lose the fill"}, timeout=20
    ).json()
    held = noted(running, "tighter, lose the fill").text.partition("data-note-patch='")[2].partition("'")[0]
    assert httpx.Response(200, content=held).json() == told["patch"]


def test_too_long_a_note_is_refused(running: Studio) -> None:
    answer = noted(running, "x" * 4_001)
    assert answer.status_code == 422
    assert "4,001 characters" in answer.json()["message"]
