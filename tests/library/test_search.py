"""The search on both databases: what it finds, in which order, and an index that always is as one written anew."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, event, text
from sqlmodel import select

from app import db
from app.errors import BadInputError, PrintlightError
from app.library import Library
from app.library import search as searching
from app.library.query import Fact, Number, Part, QueryError, Wanted, Words, read
from app.library.search import things
from app.library.search_entries import numbers, terms
from app.library.search_tokens import words
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema import Shot, read_data
from app.schema.fields import Words as Own
from app.vocab import vocabulary
from tests.places import ON, places
from tests.shots import examples, shots

FILM = "the-lamp-room"


@pytest.fixture(params=ON)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return places.opened(tmp_path, on=request.param)


@pytest.fixture(scope="module", params=ON)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """One library for many examples; each adds to it."""
    return places.opened(tmp_path_factory.mktemp("search"), on=request.param)


def ids(library: Library, query: str) -> list[str]:
    return [name for _, name in library.search.ids(query, most=200)]


def take(library: Library, shot: str) -> str:
    compiled = compile_shot(library.shot(shot).shot, vocabulary().target("uni-1"), vocabulary())
    return library.takes.add(library.freeze(shot), compiled, "previz", "compiled", None).id


class Told(NamedTuple):
    """A shot, told plainly: its texts in words, its numbers by key, its terms and names."""

    texts: list[tuple[str, ...]]
    numbers: set[tuple[str, float]]
    facts: set[str]

    def has(self, part: Part) -> bool:
        return any(self.one(wanted) for wanted in part.wanted) != part.negated

    def one(self, wanted: Wanted) -> bool:
        if isinstance(wanted, Fact):
            return not self.facts.isdisjoint(wanted.tokens)
        if isinstance(wanted, Number):
            return any(key == wanted.key and wanted.holds(value) for key, value in self.numbers)
        return any(stands_in(wanted, said) for said in self.texts)


def stands_in(wanted: Words, said: tuple[str, ...]) -> bool:
    *whole, last = wanted.words
    for at in range(len(said) - len(whole)):
        ends = said[at + len(whole)]
        if list(said[at : at + len(whole)]) == whole and (ends.startswith(last) if wanted.begins else ends == last):
            return True
    return False


def strings(shot: Any) -> Iterator[str]:
    """Yield every text of a shot, read off its models."""
    if isinstance(shot, Own):
        yield shot.words
    elif isinstance(shot, (dict, tuple)):
        for one in list(shot.values()) if isinstance(shot, dict) else shot:
            yield from strings(one)
    elif isinstance(shot, str):
        yield shot


def told(library: Library, name: str) -> Told:
    draft = library.shot(name)
    resolved = resolve(draft.shot, vocabulary())
    found = terms(resolved)
    labels = [one.label for one in map(vocabulary().terms.__getitem__, found) if one.facet != "exclude"]
    texts = [draft.slate, draft.name, draft.note, *library.tags.of("shot", name), *TEXTS[name], *labels]
    facts = {f"tag={one}" for one in library.tags.of("shot", name)} | {f"target={draft.target}", "is=shot"} | found
    facts |= {f"in={draft.project_id}", "by=ada"}
    rated = {("stars", float(library.tags.stars(name))), ("takes", 0.0)}
    return Told([words(one) for one in texts], numbers(resolved) | rated, facts)


TEXTS: dict[str, list[str]] = {}
"""The texts that each shot was made with."""

PLACES = ("a pier in the rain", "rain on a tin roof", "the roof of a pier", "épave, half sunk", "灯台守が窓辺に立つ")
SIZES = ("camera.size.cu", "camera.size.mcu", "camera.size.ws")
PATTERNS = ("light.pattern.rembrandt", "light.pattern.loop")

plain_shots = st.fixed_dictionaries(
    {},
    optional={
        "place": st.sampled_from(PLACES).map(lambda one: {"where": one}),
        "look": st.sampled_from(PLACES).map(lambda one: {"skin": one}),
        "camera": st.fixed_dictionaries(
            {},
            optional={"size": st.sampled_from(SIZES), "focal_mm": st.sampled_from((24, 35, 50, 84.9, 85, 85.1, 100))},
        ),
        "lights": st.dictionaries(
            st.sampled_from(("key", "fill")),
            st.fixed_dictionaries(
                {},
                optional={
                    "cct_k": st.integers(2000, 6500),
                    "stops": st.integers(-6, 4).map(lambda half: half / 2),
                    "pattern": st.sampled_from(PATTERNS),
                },
            ),
            max_size=2,
        ),
    },
)

sides = st.sampled_from(("", ">=", "<=", ">", "<"))
parts = st.one_of(
    st.sampled_from(
        ("pier", "rain", "roof", "pie*", "epave", "灯台", "nobody", '"the roof"', '"tin roof"', '"roof of a"')
    ),
    st.sampled_from(
        ("size:cu", "size:mcu", "pattern:rembrandt", "rembrandt", "tag:night", "tag:old", "by:ada", "85mm")
    ),
    st.builds(lambda side, at: f"lens:{side}{at}", sides, st.sampled_from((24, 50, 85, 85.1, 200))),
    st.builds(lambda side, at: f"cct:{side}{at}", sides, st.integers(1900, 6600)),
    st.builds(lambda side, at: f"level:{side}{at}", sides, st.integers(-4, 3)),
    st.builds(lambda side, at: f"stars:{side}{at}", sides, st.integers(0, 5)),
    st.builds("cct:{}..{}".format, st.integers(1900, 6600), st.integers(1900, 6600)),
    st.sampled_from(("target:uni-1", "target:veo-3.1", 'in:"The Lamp Room"', "takes:0", "is:shot")),
)
refused = st.builds("{}{}".format, st.sampled_from(("", "", "-")), parts)
queries = st.lists(st.lists(refused, min_size=1, max_size=3).map(" or ".join), min_size=1, max_size=4).map(" ".join)


def add(library: Library, data: st.DataObject) -> None:
    """Add a plain shot, with tags and stars."""
    document: Any = data.draw(plain_shots)
    target = data.draw(st.sampled_from(("uni-1", "veo-3.1")))
    draft = library.add_shot(FILM, "9", data.draw(st.sampled_from(("Pier", "Roof"))), read_data(document), target)
    TEXTS[draft.id] = [
        *(str(value) for key in ("place", "look") for value in dict(document.get(key, {})).values()),
        *dict(document.get("lights", {})),
    ]
    if tags := data.draw(st.lists(st.sampled_from(("night", "old")), max_size=2)):
        library.tags.set("shot", draft.id, tags)
    if stars := data.draw(st.integers(0, 5)):
        library.tags.rate(draft.id, stars)


@given(st.data())
@examples(12)
def test_a_query_finds_what_a_look_at_every_shot_would(kept: Library, data: st.DataObject) -> None:
    for _ in range(2):
        add(kept, data)
    known = {name: told(kept, name) for name in TEXTS if is_here(kept, name)}
    names = {"in": {"the lamp room": (FILM,)}}
    for query in data.draw(st.lists(queries, min_size=8, max_size=8)):
        wanted = read(query, vocabulary(), names).choices
        expected = {name for name, one in known.items() if all(any(map(one.has, choice)) for choice in wanted)}
        assert set(ids(kept, query)) & known.keys() == expected, query


def is_here(library: Library, name: str) -> bool:
    with library.database.read() as session:
        return session.get(db.Shot, name) is not None


@given(shots())
@examples(10)
def test_any_shot_is_indexed_and_found_by_its_texts(kept: Library, shot: Shot) -> None:
    name = kept.add_shot(FILM, "", "Any", shot).id
    one = next((said for said in map(words, strings(shot.place.where if shot.place else "")) if said), None)
    if one:
        phrase = " ".join(one[:20])[:300].rpartition(" ")[0] or one[0]
        assert name in ids(kept, f'"{phrase}"')
    assert kept.index.faults() == []


def held(library: Library) -> list[Any]:
    """Return the index, told without the ids of its rows."""
    with library.database.read() as session:
        rows = session.exec(select(db.Entry).order_by(db.Entry.id)).all()  # type: ignore[arg-type]  # a column
        entries = [(row.kind, row.thing, row.at, row.tokens) for row in rows]
        if library.database.is_server:
            index = session.execute(text("SELECT id, tokens::text FROM entry_index ORDER BY id")).all()
            return [*entries, *(tokens for _, tokens in index)]
    with library.database.write() as session:
        session.execute(text("INSERT INTO entry_index (entry_index, rank) VALUES ('integrity-check', 1)"))
    return entries


def test_the_index_after_all_that_can_happen_is_as_one_written_anew(library: Library) -> None:
    draft = library.shot("the-rim")
    library.save("the-rim", draft.version, draft.shot.model_copy(update={"duration_s": 7.0}), "veo-3.1")
    library.tags.set("shot", "the-letter", ["Night", "wet street"])
    library.tags.set("shot", "the-letter", ["night"])
    library.tags.rate("the-letter", 5)
    library.tags.rate("blue-hour", 3)
    library.tags.rate("blue-hour", 0)
    ideas = library.collections.add("Ideas")
    library.collections.put(ideas.id, "shot", "the-letter")
    library.collections.put(ideas.id, "shot", "below-stairs")
    library.collections.take_out(ideas.id, "shot", "below-stairs")
    name = take(library, "the-letter")
    library.reviews.circle(name, circled=True)
    library.reviews.rate(name, 4)
    library.reviews.note(name, "The kettle is in frame.")
    library.takes.move(name, "failed", "No.")
    other = take(library, "the-rim")
    library.tags.set("take", other, ["select"])
    library.collections.put(ideas.id, "take", other)
    gone = library.add_shot(FILM, "", "Gone", Shot())
    with library.database.write() as session:
        session.delete(session.get_one(db.Shot, gone.id))
    assert ids(library, "lens:85 length:7") == []
    assert ids(library, "length:7 target:veo-3.1") == ["the-rim"]
    assert ids(library, "tag:night stars:5 take:circled take:failed kettle") == ["the-letter"]
    assert ids(library, 'collection:ideas or "no such words"') == ["the-letter"]
    assert ids(library, 'is:take collection:"ideas"') == [other]
    assert ids(library, "is:take kettle stars:>=4") == [name]
    assert ids(library, "tag:wet-street") == ids(library, "gone") == []
    assert library.index.faults() == []
    before = held(library)
    assert library.index.rebuild() == len(library.search.ids("is:shot or is:take", most=200))
    assert held(library) == before


def test_a_collection_that_is_taken_away_leaves_nothing_in_the_index(library: Library) -> None:
    ideas = library.collections.add("Ideas")
    library.collections.put(ideas.id, "shot", "the-letter")
    library.collections.drop(ideas.id)
    assert library.index.faults() == []
    with pytest.raises(QueryError, match="knows nothing called 'ideas'"):
        ids(library, "collection:ideas or rain")


def test_faults_are_told_and_mended(library: Library) -> None:
    with library.database.write() as session:
        session.execute(text("UPDATE shot SET name = 'Kittiwake' WHERE id = 'the-rim'"))
        session.execute(delete(db.Entry).where(db.Entry.thing == "the-letter"))  # type: ignore[arg-type]  # a column
    assert library.index.faults() == [
        "1 of all shots and takes is not in the search index.",
        "1 of all shots and takes is found as it was before.",
    ]
    library.index.rebuild()
    assert library.index.faults() == []
    assert ids(library, "kittiwake") == ["the-rim"]


def test_a_library_of_an_older_version_is_indexed_when_it_is_opened(library: Library) -> None:
    with library.database.write() as session:
        library.index.engine.clear(session)
        session.execute(delete(db.Entry))
    library.open()
    assert len(ids(library, "")) == 6
    assert library.index.faults() == []


def test_a_job_that_only_gets_on_writes_no_index(library: Library) -> None:
    name = take(library, "the-rim")
    asked: list[str] = []
    event.listen(library.database._writer, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    library.takes.progress(name, 0.5, "Half.")
    assert asked
    assert not any("entry" in statement for statement in asked)
    library.takes.move(name, "running")
    assert any("entry" in statement for statement in asked)


def test_saves_at_once_leave_one_true_index(library: Library) -> None:
    names = [take(library, "the-rim") for _ in range(4)]

    def work(at: int) -> None:
        library.reviews.rate(names[at % 4], at % 5)
        library.tags.set("shot", "the-rim", [f"tag {at}", "rim"])
        library.add_shot(FILM, "", f"Shot {at}", Shot())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(16)))
    assert library.index.faults() == []
    assert len(ids(library, "")) == 6 + 16


def test_the_best_stands_first_and_of_equals_the_newest(library: Library) -> None:
    said = "fog over the harbour"
    for name, where in (
        ("Once", said),
        ("Often", "fog, fog and fog over the harbour"),
        ("Long", f"{said} {'and nothing else to see anywhere ' * 30}"),
        ("Fog", "the harbour"),
        ("Later", said),
    ):
        library.add_shot(FILM, "", name, read_data({"place": {"where": where}}))
    found = [
        hit.name
        for hit in library.search.find("fog -haze").hits
        if hit.name in {"Once", "Often", "Long", "Fog", "Later"}
    ]
    assert found[0] == "Fog"
    assert found[-1] == "Long"
    assert found.index("Often") < found.index("Later") < found.index("Once")
    assert [hit.name for hit in library.search.find("").hits][:2] == ["Later", "Fog"]


@pytest.mark.parametrize("query", ["fog", "", "lens:>=20 or -lens:>=20"])
def test_pages_hold_everything_once(library: Library, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "RANKED", 10)
    made = [(str(at), f"Fog {at}", read_data({"place": {"where": "fog " * (1 + at % 4)}})) for at in range(1, 24)]
    library.add_shots(FILM, made)
    everything, seen, after = set(ids(library, query)), [], ""
    while True:
        page = library.search.find(query, after, 7)
        seen += [hit.id for hit in page.hits]
        if len(seen) == 7:
            library.add_shot(FILM, "", "Fog that came meanwhile", Shot())
        after = page.after
        if not after:
            break
    assert len(seen) == len(set(seen))
    with library.database.read() as session:
        shots_ = len(session.exec(select(db.Shot.id)).all()) - 1
    assert set(seen) >= everything
    assert query == "fog" or len(seen) == shots_


def test_a_hit_says_why_it_was_found(library: Library) -> None:
    library.tags.set("shot", "the-rim", ["night"])
    (hit,) = library.search.find("rain lens:>=50 size:mcu tag:night").hits
    assert hit.matched.facts == ("lens 75 mm", "Medium close-up", "tag night")
    assert ("rain", True) in hit.matched.line
    assert things(library.database, [("shot", "the-rim"), ("shot", "nobody")])[0].name == "The rim"


def test_a_shot_that_cannot_be_read_is_found_by_its_name(library: Library) -> None:
    name = library.add_shot(FILM, "", "Kittiwake", Shot()).id
    with library.database.write() as session:
        session.get_one(db.Shot, name).document = {"camera": {"size": 7}}
    library.index.rebuild()
    assert ids(library, "kittiwake") == [name]


def test_two_films_of_one_name_are_both_looked_into(library: Library) -> None:
    found = {library.add_shot(library.add_project("Twins").id, "", "A", Shot()).id for _ in range(2)}
    assert set(ids(library, "in:twins or in:twins")) >= found
    assert len(ids(library, "in:Twins")) == 2


def test_rain_that_is_kept_out_is_no_rain(library: Library) -> None:
    name = library.add_shot(FILM, "", "Dry", read_data({"exclude": ["exclude.rain", {"words": "umbrellas"}]})).id
    assert name not in ids(library, "rain")
    assert name not in ids(library, "umbrellas")
    assert ids(library, "exclude:rain") == [name]


HOSTILE = (
    '"' * 10_000,
    '"' * 100,
    "a" * 1_000_000,
    "\x00",
    "rain\x00 OR 1=1 --",
    "rain AND (fog OR NOT NEAR(a b, 3)) ^x {tokens}:y",
    "tokens:rain",
    "'); DROP TABLE shot; --",
    "rain:* | & ! <-> \\ '",
    'tag:"\'; DROP TABLE shot" or rain',
    "is=shot",
    "(((((((",
    "-" * 300,
    "- - -",
    "lens:1e308 or lens:nan or lens:inf",
    "lens:99999999999999999999999999999999999999",
    "lens:-0..0",
    "*",
    "a*",
    "\ud800 rain",
    "灯" * 400,
    "or " * 50,
    "camera.size.cu",
    "in:\x00 by:\x00x",
)


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_gets_an_answer_or_a_sentence(kept: Library, query: str) -> None:
    error = refusal(kept, query)
    assert error is None or re.match(r"['A-Za-z-].*\.$", error.message, re.DOTALL)
    assert error is None or isinstance(error, BadInputError)


@given(query=st.text("\"-:*.<>=()^&|!\\'\x00 aor灯é", max_size=80), typing=st.booleans())
@examples(60)
def test_any_query_gets_an_answer_or_a_sentence(kept: Library, *, query: str, typing: bool) -> None:
    error = refusal(kept, query, typing=typing)
    assert error is None or isinstance(error, BadInputError)


def refusal(library: Library, query: str, *, typing: bool = False) -> PrintlightError | None:
    try:
        library.search.find(query, typing=typing)
    except PrintlightError as error:
        return error
    return None


@pytest.mark.parametrize("after", ["x", "1", "1.2.3", "-5.0", "5.301", "9" * 30 + ".0", "1.-2"])
def test_a_place_that_is_none_is_refused(kept: Library, after: str) -> None:
    with pytest.raises(BadInputError, match="no place in a search"):
        kept.search.find("rain", after)
