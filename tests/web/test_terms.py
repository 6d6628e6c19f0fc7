"""The vocabulary's pages: every facet and term has one, and it says what the compiler does."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest

from app.schema import read_text
from app.schema.paths import leaves
from app.vocab import Facet, Term, vocabulary
from app.web import drawing, telling
from app.web import vocabulary as shown
from app.web.pages import environment
from tests.running import studio

VOCABULARY = vocabulary()
CORNERS = [
    "camera.size.mcu",
    "exclude.people",
    "light.cct.amber",
    "light.gel.cto_full",
    "light.pattern.rembrandt",
    "look.stock.vision3_500t",
    "reference.aspect.face",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        studio(tmp_path_factory.mktemp("studio")) as running,
        httpx.Client(base_url=running.url, headers={"Accept": "text/html"}, timeout=20) as client,
    ):
        yield client


def test_the_index_counts_every_facet(client: httpx.Client) -> None:
    page = client.get("/terms")
    assert page.status_code == 200
    assert f"{len(VOCABULARY.terms):,} terms" in page.text
    assert [name for name in VOCABULARY.facets if f'href="/terms/{name}"' not in page.text] == []
    counts = [group.count for group in shown.groups()]
    assert sum(counts) == len(VOCABULARY.terms)


@pytest.mark.parametrize("facet", VOCABULARY.facets.values(), ids=lambda facet: facet.id)
def test_a_facet_has_a_page_with_its_terms(client: httpx.Client, facet: Facet) -> None:
    page = client.get(f"/terms/{facet.id}")
    assert page.status_code == 200
    assert [term.id for term in facet.terms if f'href="/terms/{term.id}"' not in page.text] == []
    assert " style=" not in page.text


@pytest.mark.parametrize("name", CORNERS)
def test_a_term_has_a_page(client: httpx.Client, name: str) -> None:
    page = client.get(f"/terms/{name}").text
    term = VOCABULARY.terms[name]
    assert [alias for alias in term.aliases if alias.partition("'")[0] not in page] == []
    assert [one.label for one in VOCABULARY.targets.values() if one.label not in page] == []
    assert shown.CONFIDENCE[term.confidence] in page


def test_every_term_page_is_drawn() -> None:
    template = environment().get_template("terms/term.html")
    for facet in VOCABULARY.facets.values():
        for term in facet.terms:
            shown_on = template.render(
                shown=shown, drawing=drawing, vocabulary=VOCABULARY, facet=facet, term=term, before=None, after=None,
                told=telling.told(term), example=telling.toml(telling.example(term)),
            )  # fmt: skip
            assert "<h1>" in shown_on, term.id


def test_every_example_is_a_shot_that_picks_its_term() -> None:
    for term in VOCABULARY.terms.values():
        example = telling.example(term)
        if not example:
            assert shown.paths_of(term.facet) == (), term.id
            continue
        said = leaves(read_text(telling.toml(example), term.id))
        assert telling.path_for(term) in said, term.id


TOLD = [
    ("exclude.people", "sdxl", "negative", "people"),
    ("exclude.people", "uni-1", "instead", "the place is deserted"),
    ("camera.size.mcu", "uni-1", "says", "medium close-up"),
    ("camera.move.dolly_in", "uni-1", "silent", ""),
    ("reference.role.style", "sdxl", "silent", ""),
]


@pytest.mark.parametrize(("name", "target", "how", "words"), TOLD, ids=[f"{row[0]} {row[1]}" for row in TOLD])
def test_what_a_target_does_is_what_the_compiler_does(name: str, target: str, how: str, words: str) -> None:
    told = telling.told(VOCABULARY.terms[name])
    one = next(one for one in told if target in {found.id for found in one.targets})
    assert (one.how, one.words) == (how, words)
    assert bool(one.reason) == (how == "silent")


def test_each_target_stands_in_one_place() -> None:
    for name in CORNERS:
        told = [target.id for one in telling.told(VOCABULARY.terms[name]) for target in one.targets]
        assert sorted(told) == sorted(VOCABULARY.targets), name


def test_numbers_are_a_table_with_units() -> None:
    rows = shown.numbers(VOCABULARY.terms["camera.size.mcu"])
    assert rows[0] == shown.Row("Frame height", "0.521", "0.45–0.62", "m")
    assert shown.brief(VOCABULARY.terms["look.stock.vision3_500t"]) == "EI 500 · 3200 K"


def test_what_picking_sets_is_said() -> None:
    said = shown.implied(VOCABULARY.terms["look.stock.vision3_500t"])
    assert "sets the exposure index to 500" in said
    assert "sets the white balance to 3200 K" in said
    assert "sets the elevation to 45°" in shown.implied(VOCABULARY.terms["light.pattern.rembrandt"])


def test_a_search_works_without_scripts(client: httpx.Client) -> None:
    found = client.get("/terms", params={"q": "rembrant"}).text
    assert 'href="/terms/light.pattern.rembrandt"' in found
    assert "near it" in client.get("/terms", params={"q": "vigneting"}).text
    assert "No term has that name" in client.get("/terms", params={"q": "zzzzqq"}).text
    assert "&lt;script&gt;" in client.get("/terms", params={"q": "<script>"}).text


def test_a_search_stays_in_its_facet(client: httpx.Client) -> None:
    found = client.get("/terms", params={"q": "soft", "facet": "light.quality"}).text
    links = set(re.findall(r'href="/terms/(light\.quality\.\w+|look\.\w+\.\w+)"', found))
    assert links
    assert all(link.startswith("light.quality") for link in links)


@pytest.mark.parametrize(
    ("name", "near"),
    [("camera.size.mcuu", "camera.size.mcu"), ("camera.sise", "camera.size"), ("rembrandt", "light.pattern.rembrandt")],
)
def test_an_unknown_id_says_which_one_was_meant(client: httpx.Client, name: str, near: str) -> None:
    page = client.get(f"/terms/{name}")
    assert page.status_code == 404
    assert "Did you mean" in page.text
    assert near in page.text
    assert near in client.get(f"/terms/{name}", headers={"Accept": "application/json"}).json()["hint"]


def test_the_api_gives_terms(client: httpx.Client) -> None:
    found = client.get("/api/terms", params={"q": "dutch tlt"}).json()
    assert "camera.roll.dutch" in [Term.model_validate(one).id for one in found]
    assert len(client.get("/api/terms").json()) == len(VOCABULARY.terms)
    few = client.get("/api/terms", params={"facet": "camera.size", "limit": 3}).json()
    assert [one["id"].rpartition(".")[0] for one in few] == ["camera.size"] * 3
    assert client.get("/api/terms", params={"limit": 0}).status_code == 422
    assert client.get("/api/terms", params={"facet": "camera.sise"}).status_code == 404


def test_a_diagram_is_drawn_from_numbers_or_not_at_all() -> None:
    size = VOCABULARY.facets["camera.size"]
    term = size.terms[0]
    assert drawing.diagram(size, term).startswith("<svg")
    bare = term.model_copy(update={"numbers": {}})
    template = environment().get_template("terms/diagrams/camera.size.html")
    assert template.render(draw=drawing.Pen, facet=size, term=bare, small=False).strip() == ""
    assert drawing.diagram(VOCABULARY.facets["intent.genre"], VOCABULARY.facets["intent.genre"].terms[0]) == ""


def test_every_diagram_belongs_to_a_facet_and_says_what_it_shows() -> None:
    loader = environment().list_templates(filter_func=lambda name: name.startswith("terms/diagrams/"))
    names = [name.removeprefix("terms/diagrams/").removesuffix(".html") for name in loader]
    assert [name for name in names if not name.startswith("_") and name not in VOCABULARY.facets] == []
    for name in names:
        for term in VOCABULARY.facets[name].terms if name in VOCABULARY.facets else ():
            drawn = drawing.diagram(VOCABULARY.facets[name], term)
            assert not drawn or f"<title>{term.label}" in unescape(drawn), term.id
            assert "nan" not in drawn.replace("anamorphic", ""), term.id
            assert " style=" not in drawn
