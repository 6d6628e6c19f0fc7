"""What a labelled prompt says of a shot comes back from it: every term that has a phrase of its own."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parse.names import names_of
from app.schema import Shot, read_data, read_text
from app.schema.facets import picked_at, takes_several
from app.vocab import vocabulary
from tests.parse.recall import Row, recall, round_trip
from tests.shots import terms

VOCABULARY = vocabulary()
UNI1 = VOCABULARY.targets["uni-1"]
CORPUS = sorted((Path(__file__).parents[1] / "lint" / "corpus").glob("*.toml"))
SHOTS = [read_text(file.read_text("utf-8"), file.name) for file in CORPUS]
SAMPLES = [read_data(sample.shot) for sample in VOCABULARY.samples.values()]

FIELDS = sorted(
    path
    for path, facet in picked_at().items()
    if facet in terms and not path.startswith(("beats", "references", "transition", "sound", "pacing", "exclude"))
    if path not in {"subjects.*.kind", "lights.*.role"}
)
"""The vocabulary fields of a still; the kind of a subject is not written where a description tells it."""


def shares_its_phrase(term: str) -> bool:
    """Tell whether another facet has a term of the same name: a page of text cannot tell them apart."""
    senses = names_of(VOCABULARY).of(VOCABULARY.terms[term].phrase)
    return len({one.facet for one in senses if one.rank < 2}) > 1


@st.composite
def picked_shots(draw: st.DrawFn) -> Shot:
    """A shot of one subject and one light in which terms are picked and nothing else is said."""
    data: dict[str, Any] = {"lights": {"key": {"role": "light.role.key"}}}
    for pattern in draw(st.lists(st.sampled_from(FIELDS), min_size=3, max_size=20, unique=True)):
        path = pattern.replace("subjects.*", "subjects.mara").replace("lights.*", "lights.key")
        *keys, last = path.split(".")
        node = data
        for key in keys:
            node = node.setdefault(key, {})
        known = terms[picked_at()[pattern]].filter(lambda term: not shares_its_phrase(term))
        node[last] = draw(st.lists(known, min_size=1, max_size=3, unique=True) if takes_several(path) else known)
    if "direction" in data["lights"]["key"]:  # a pattern of its own height would be told in its place
        data["lights"]["key"].pop("pattern", None)
    return Shot.model_validate(data)


@given(picked_shots())
def test_every_term_of_a_labelled_prompt_comes_back(shot: Shot) -> None:
    want, got = round_trip(shot, UNI1, VOCABULARY)
    assert want <= got


@pytest.mark.parametrize("shots", [SAMPLES, SHOTS], ids=["samples", "corpus"])
def test_real_shots_come_back_with_their_prose_around_them(shots: list[Shot]) -> None:
    rows = [row for row in recall(shots, UNI1, VOCABULARY) if row.field != "subjects.*.kind"]
    said, back, more = (sum(getattr(row, key) for row in rows) for key in ("said", "back", "more"))
    assert back / said >= 0.98, [row for row in rows if row.back < row.said]
    assert back / (back + more) >= 0.92, [row for row in rows if row.more]


def test_a_row_tells_recall_and_precision() -> None:
    row = Row("camera.size", said=4, back=3, more=1)
    assert row.recall == row.precision == 0.75
    assert Row("camera.size", 0, 0, 0).recall == 1
