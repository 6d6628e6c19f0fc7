"""An edit lowers only what it touches, and the answer is the same as if everything had been lowered."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compile import lower, lowering
from app.patch import at, merge
from app.pipeline import Editing, compile_shot
from app.resolve import resolve
from app.schema import Shot, read_data
from app.vocab import vocabulary
from tests.shots import examples, shots

VOCABULARY = vocabulary()
RIM = VOCABULARY.samples["the_rim"].shot


@pytest.mark.parametrize("target", ["uni-1", "sdxl", "flux-2-json"])
@given(edits=st.lists(shots(), min_size=2, max_size=4))
@examples(60)
def test_a_row_of_edits_compiles_as_each_alone(target: str, edits: list[Shot]) -> None:
    editing, found = Editing(VOCABULARY), VOCABULARY.target(target)
    for shot in edits:
        assert editing.compile(shot, found)[0] == compile_shot(shot, found, VOCABULARY)


EDITS: tuple[dict[str, Any], ...] = (
    at("camera.focal_mm", 35),
    at("camera.white_balance_k", 3200),
    at("camera.format", None),
    at("lights.rim.azimuth_deg", 120),
    at("lights.rim", None),
    at("lights.key.slot", 9),
    at("lights.hair", {"role": "light.role.hair", "slot": 4}),
    at("subjects.mara.name", "Ada"),
    at("subjects.mara.description", None),
    at("subjects.mara.colours", {"coat": "#203040"}),
    at("subjects.jonas", {"slot": 1, "name": "Jonas", "screen_x": 0.2}),
    at("beats.listens.action", {"mara": {"words": "turns"}}),
    at("place.lettering", {"sign": {"reads": "NORTH"}}),
    at("look.palette", "look.palette.earth"),
    {"marks": {"lights.key.cct_k": {"pin": True}}},
    {"marks": {"camera.t_stop": {"leave": True}}},
    at("exclude", ["exclude.people"]),
    at("references", {"one": {"role": "reference.role.style", "asset": "0" * 64, "of": "mara"}}),
)


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_each_kind_of_edit_is_noticed(edit: dict[str, Any]) -> None:
    again = lowering()
    again.lower(resolve(read_data(RIM), VOCABULARY))
    edited = resolve(read_data(merge(RIM, edit)), VOCABULARY)
    assert again.lower(edited) == lower(edited)


def test_what_an_edit_does_not_touch_stays_the_same_clause() -> None:
    again = lowering()
    before = again.lower(resolve(read_data(RIM), VOCABULARY))
    after = again.lower(resolve(read_data(merge(RIM, at("look.palette", "look.palette.earth"))), VOCABULARY))
    kept = [one.slot for one in after.clauses if any(one is other for other in before.clauses)]
    assert "look" not in kept
    assert {"frame", "subject", "place", "lens", "light", "reading"} <= set(kept)


def test_a_clause_that_is_lowered_alike_stays_the_same_clause() -> None:
    again = lowering()
    before = again.lower(resolve(read_data(RIM), VOCABULARY)).clauses
    edited = resolve(read_data(merge(RIM, at("lights.key.elevation_deg", 32))), VOCABULARY)
    after = again.lower(edited).clauses  # the reading asks where the key stands, and it reads as it did
    assert [one.slot for one, other in zip(before, after, strict=True) if one is not other] == ["light"]
