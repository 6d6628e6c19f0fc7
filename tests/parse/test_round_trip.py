"""What a labelled or a JSON prompt says of a shot comes back: every term, with whom it is said of, in its order."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.dialects import dialects
from app.dialects._holding import TABLES, Holdings
from app.pipeline import compile_shot
from app.schema import Shot, read_data, read_text
from app.schema.facets import picked_at, takes_several, takes_text, takes_words
from app.schema.paths import leaves
from app.vocab import Target, vocabulary
from tests.parse.recall import MAPS, Row, Said, Trip, recall, round_trip, total
from tests.shots import LEAVES
from tests.shots import shots as any_shots
from tests.shots import terms as known_terms

VOCABULARY = vocabulary()
TARGETS = ("uni-1", "gpt-image-2.6", "minimax-h3", "flux-2-json", "ideogram-4")
CORPUS = sorted((Path(__file__).parents[1] / "lint" / "corpus").glob("*.toml"))
SHOTS = [read_text(file.read_text("utf-8"), file.name) for file in CORPUS]
SAMPLES = [read_data(sample.shot) for sample in VOCABULARY.samples.values()]

OWN = (
    "weathered",
    "glow of lamps",
    "x",
    "Zed",
    "灯台守が窓辺に立つ",
    "שומר המגדלור",
    "👩🏽‍🚀 on the stairs",
    "of nothing",
)
"""Words of one's own that end no clause and are no term's: no form can tell a full stop in them from its own."""

PICKED = {path: facet for path, facet in picked_at().items() if facet in known_terms}
OTHERS = [
    path
    for path in LEAVES
    if path not in {*picked_at(), "look.colours", "place.props"} and not path.startswith(("edit", "place.lettering"))
]


def values(path: str, *, own: bool) -> st.SearchStrategy[Any]:
    """Return what may stand at a path: terms, with `own` also words of one's own; or any number."""
    facet, plain = PICKED.get(path), path.replace("*", "a")
    if facet is None:
        return st.sampled_from(OWN) if takes_text(plain) else LEAVES[path].values
    words = st.sampled_from(OWN).map(lambda one: {"words": one})
    picks = st.one_of(known_terms[facet], words) if own and takes_words(plain) else known_terms[facet]
    if takes_several(plain):
        return st.lists(picks, min_size=1, max_size=3, unique_by=str).filter(lambda some: str(some).count("words") < 2)
    return picks


@st.composite
def full_shots(draw: st.DrawFn) -> Shot:
    """A shot of several people and lamps, of which much is said: what a property of any shot meets too seldom.

    Words of one's own stand once in each department and each entry: a term between two of them may look like a third.
    """
    data: dict[str, Any] = {}
    worded: set[str] = set()
    picked = draw(st.lists(st.sampled_from(sorted(PICKED)), min_size=4, max_size=24))
    for path in [*picked, *draw(st.lists(st.sampled_from(OTHERS), max_size=6))]:
        _put(draw, data, path, worded)
    for reference in data.get("references", {}).values():
        reference.setdefault("asset", "0" * 64)
    return Shot.model_validate(data)


def _put(draw: st.DrawFn, data: dict[str, Any], path: str, worded: set[str]) -> None:
    keys = [draw(st.sampled_from(("mara", "jonas", "key"))) if key == "*" else key for key in path.split(".")]
    node = data
    for above, key in pairwise(keys):
        entry = node.setdefault(above, {})
        if (above == "moves" or (node is data and above in MAPS)) and key not in entry:
            entry[key] = {"slot": draw(st.integers(0, 9))}
        node = entry
    about = ".".join(keys[: 2 if keys[0] in MAPS else 1])
    if about in worded and path not in PICKED and takes_text(path.replace("*", "a")):
        return
    node[keys[-1]] = draw(values(path, own=about not in worded))
    if "words" in str(node[keys[-1]]) or node[keys[-1]] in OWN:
        worded.add(about)


def broken(trip: Trip) -> list[str]:
    """Return what did not come back, or came back as another term than was said.

    The entries of a map come back in their order; one of words of one's own alone may stand among them.
    """
    found = _differences(trip.want.whole, trip.got.whole, trip.said.whole, trip.sent)
    for name in MAPS:
        others = iter(trip.got.entries[name])
        for want, said in zip(trip.want.entries[name], trip.said.entries[name], strict=True):
            if want and not any(not _differences(want, got, said, trip.sent) for got in others):
                found.append(f"{name}: {want} is not among {trip.got.entries[name]}")
    return found


INFERRED = frozenset({"kind", "intent.form"})
"""What another field tells where it is not said itself: a wolf is a creature, a watch commercial a commercial."""


def _differences(want: Said, got: Said, said: Said, sent: frozenset[str]) -> list[str]:
    if any(path.endswith(".?") for path in want):
        want, got, said = _of_anybody(want), _of_anybody(got), _of_anybody(said)
    missing = [
        f"{path}: {terms} came back as {got.get(path)}" for path, terms in want.items() if got.get(path) != terms
    ]
    others = {path: set(got[path]) - set(said[path]) - sent for path in got.keys() & said.keys() - {*want, *INFERRED}}
    return [*missing, *(f"{path}: {terms} was not said" for path, terms in others.items() if terms)]


def _of_anybody(got: Said) -> Said:
    """Return terms as if nobody knew who does what."""
    found: Said = {}
    for path, terms in got.items():
        kind = path.partition(".")[0]
        told = kind in {"action", "delivery"}
        key = f"{kind}.?" if told else path
        found[key] = tuple(sorted((*found.get(key, ()), *terms))) if told else terms
    return found


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=150)
@given(shot=full_shots())
def test_every_term_comes_back(target: str, shot: Shot) -> None:
    assert not broken(round_trip(shot, VOCABULARY.targets[target], VOCABULARY, known=True))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("some", [SAMPLES, SHOTS], ids=["samples", "corpus"])
def test_real_shots_come_back_whole(target: str, some: list[Shot]) -> None:
    for shot in some:
        assert not broken(round_trip(shot, VOCABULARY.targets[target], VOCABULARY))


PLAIN = re.compile(r"[^\W_]+")
JOINING = frozenset({"and", "a", "an", "the", "details", "type", "obj", "text"})


def unaccounted(shot: Shot, target: Target) -> set[str]:
    """Return the words of a prompt that are no field and not left free, beside those that join and those that name."""
    text = compile_shot(shot, target, VOCABULARY).text
    parsed = dialects[target.dialect].read(text, target, VOCABULARY)
    assert parsed is not None
    layout = dialects[target.dialect].layout(target)
    names = [word for one in shot.subjects.values() for word in (one.name, one.description)]
    pictures = [target.references.name.format(n=number, id="", ordinal="") for number in range(1, 10)]
    joins = [
        *layout.patterns,
        *layout.patterns.values(),
        *(label for label, _ in layout.blocks),
        target.references.closing,
    ]
    known = JOINING.union(PLAIN.findall(" ".join(filter(None, [*joins, *names, *pictures])).casefold()))
    left = list(text)
    for one in (*((at.start, at.end) for at in parsed.spans), *((at.start, at.end) for at in parsed.free)):
        left[slice(*one)] = " " * (one[1] - one[0])
    return set(PLAIN.findall("".join(left).casefold())) - known


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("some", [SAMPLES, SHOTS], ids=["samples", "corpus"])
def test_every_word_of_a_prompt_is_somewhere(target: str, some: list[Shot]) -> None:
    for shot in some:
        assert not unaccounted(shot, VOCABULARY.targets[target])


@pytest.mark.parametrize("target", TARGETS)
@given(shot=any_shots())
def test_whatever_the_words_a_prompt_is_read(target: str, shot: Shot) -> None:
    compiled = compile_shot(shot, VOCABULARY.targets[target], VOCABULARY)
    one = VOCABULARY.targets[target]
    parsed = dialects[one.dialect].read(compiled.text, one, VOCABULARY)
    assert parsed is None or all(compiled.text[span.start : span.end] == span.text for span in parsed.spans)


def test_what_the_light_reads_becomes_no_field() -> None:
    shot = read_data(VOCABULARY.samples["the_rim"].shot)
    target = VOCABULARY.targets["uni-1"]
    text = compile_shot(shot, target, VOCABULARY).text
    parsed = dialects["labels"].read(text, target, VOCABULARY)
    assert parsed is not None
    read = text.index("The light reads: ")
    line = (read, text.index("\n", read))
    assert not [one for one in parsed.spans if line[0] < one.start < line[1]]
    assert [one.text for one in parsed.free if line[0] < one.start < line[1]]


def test_figures_names_and_own_words_come_back_too() -> None:
    shot = read_data(VOCABULARY.samples["the_rim"].shot)
    target = VOCABULARY.targets["uni-1"]
    parsed = dialects["labels"].read(compile_shot(shot, target, VOCABULARY).text, target, VOCABULARY)
    assert parsed is not None
    want, got = leaves(shot), leaves(parsed.shot)
    lost = {path for path, value in want.items() if got.get(path) != value}
    assert lost == {"beats.listens.action.mara", "intent.says"}  # another id, and without its full stop


@pytest.mark.parametrize("name", TARGETS)
def test_no_two_terms_of_one_block_are_said_alike(name: str) -> None:
    target = VOCABULARY.targets[name]
    holdings = Holdings(target, VOCABULARY)
    for label, slots in dialects[target.dialect].layout(target).blocks:
        said: dict[str, set[str]] = {}
        for slot in set(slots) & TABLES.keys():
            for held in holdings.slot(slot).values():
                for phrase, meant in held.said():
                    said.setdefault(phrase, set()).update(_facet(term) for _, term in meant)
        assert not {phrase: found for phrase, found in said.items() if len(found - TELLS) > 1}, label


def _facet(term: str) -> str:
    return term.rpartition(".")[0]


TELLS = frozenset({"subject.kind", "subject.age", "subject.hair", "subject.hair_colour", "intent.form"})
"""Facets whose terms are told together with another one."""


def test_a_row_tells_recall_and_precision() -> None:
    row = total([Row("camera.size", said=3, back=2, more=1), Row("camera.angle", said=1, back=1, more=0)])
    assert row.recall == row.precision == 0.75
    assert Row("camera.size", 0, 0, 0).recall == 1


def test_recall_counts_each_field() -> None:
    rows = recall(SAMPLES, VOCABULARY.targets["uni-1"], VOCABULARY)
    assert total(rows).recall == 1
    assert next(row.said for row in rows if row.field == "camera.size") == len(SAMPLES)


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("uni-1", 'Scene: The words "" stand on the door.'),
        ("flux-2-json", '{"lettering": ["the words \\"\\" stand on the door"]}'),
        ("ideogram-4", '{"compositional_deconstruction": {"elements": [{"type": "text", "desc": "on the door"}]}}'),
    ],
)
def test_a_sign_that_reads_nothing_is_left_as_it_stands(target: str, text: str) -> None:
    one = VOCABULARY.targets[target]
    parsed = dialects[one.dialect].read(text, one, VOCABULARY)
    assert parsed is not None
    assert parsed.shot.place is None
    assert [free.text for free in parsed.free] == ["on the door"]


@pytest.mark.parametrize("target", [name for name, one in VOCABULARY.targets.items() if not one.retired])
def test_a_sign_whose_words_are_left_to_the_model_is_not_told(target: str) -> None:
    sign = {"reads": "OPEN", "on": "on the door"}
    left = {"place.lettering.sign.reads": {"leave": True}}
    shot = Shot.model_validate({"place": {"lettering": {"sign": sign}}, "marks": left})
    compiled = compile_shot(shot, VOCABULARY.targets[target], VOCABULARY)
    assert "door" not in compiled.text
    assert '""' not in compiled.text
    assert {path for loss in compiled.losses for path in loss.paths} >= {
        "place.lettering.sign.reads", "place.lettering.sign.on"
    }  # fmt: skip
