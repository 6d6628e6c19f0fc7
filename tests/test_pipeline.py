"""What is remembered from one compile to the next changes nothing: the answer is that of a compile from nothing."""

from itertools import cycle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.patch import at, merge
from app.pipeline import Editing, compile_all, compile_shot
from app.schema import Shot, read_data
from app.vocab import vocabulary
from tests.shots import examples, shots

VOCABULARY = vocabulary()
TARGETS = tuple(VOCABULARY.targets.values())
IN_TURN = tuple(VOCABULARY.target(one) for one in ("uni-1", "kling-3", "uni-1-max", "sdxl", "flux-2-json", "sd-1.5"))
PICTURE = "0" * 64

EDITS: tuple[dict[str, Any], ...] = (
    at("camera.focal_mm", 35),
    at("framing.aspect", 2.0),
    {"marks": {"lights.key.cct_k": {"pin": True}, "reading": {"pin": True}}},
    {"marks": {"lights.key.cct_k": {"leave": True, "pin": None}, "budget": {"pin": True}}},
    {"marks": None},
    {"lights": {"rim": None, "hair": {"slot": 2, "role": "light.role.rim", "azimuth_deg": 160, "cct_k": 4300}}},
    {"subjects": {"mara": None, "ada": {"name": "Ada", "facing_deg": 40}}},
    {"references": {"one": {"slot": 1, "role": "reference.role.style", "asset": PICTURE, "of": "ada"}}},
    {"references": {"two": {"slot": 0, "role": "reference.role.character", "asset": PICTURE, "shows": "Ada"}}},
    {"references": {"one": None}},
    {"references": {"source": {"slot": 2, "role": "reference.role.source", "asset": PICTURE}}},
    {"edit": {"change": ["make it night"], "keep": ["reference.aspect.palette"]}},
    {"edit": {"change": ["make it night", "let it rain"]}},
    {"edit": None, "references": {"source": None}},
    {"references": {"begin": {"slot": 3, "role": "reference.role.start_frame", "asset": PICTURE}}},
    {"beats": {"turns": {"slot": 9, "start_s": 2, "end_s": 4, "action": {"ada": {"words": "turns"}}}}},
    {"beats": {"turns": {"start_s": 3, "moves": {"in": {"path": "camera.move.dolly_in"}}, "says": {"ada": "Now."}}}},
    {"beats": None, "references": None, "exclude": ["exclude.people"]},
)


def edited(name: str) -> list[Shot]:
    """Return a sample after each of the edits, one upon the other."""
    data, found = VOCABULARY.samples[name].shot, []
    for edit in EDITS:
        data = merge(data, edit)
        found.append(read_data(data))
    return found


@pytest.mark.parametrize("name", VOCABULARY.samples)
def test_edits_one_upon_the_other_compile_as_each_alone(name: str) -> None:
    editing = Editing(VOCABULARY)
    for shot in edited(name):
        for target in IN_TURN:
            assert editing.compile(shot, target)[0] == compile_shot(shot, target, VOCABULARY)


@given(edits=st.lists(shots(), min_size=2, max_size=6))
@examples(60)
def test_any_edits_compile_for_targets_in_turn_as_each_alone(edits: list[Shot]) -> None:
    editing = Editing(VOCABULARY)
    for shot, target in zip(edits * 2, cycle(IN_TURN), strict=False):
        assert editing.compile(shot, target)[0] == compile_shot(shot, target, VOCABULARY)


@pytest.mark.parametrize("name", VOCABULARY.samples)
def test_all_targets_compile_as_each_alone_in_any_order(name: str) -> None:
    shot = edited(name)[-1]
    alone = {one.id: compile_shot(shot, one, VOCABULARY) for one in TARGETS}
    for targets in (TARGETS, TARGETS[::-1]):
        assert {one.target: one for one in compile_all(shot, targets, VOCABULARY)} == alone


@given(shot=shots(), targets=st.permutations(TARGETS))
@examples(30)
def test_any_shot_compiles_for_many_targets_as_for_each_alone(shot: Shot, targets: list[Any]) -> None:
    for one, target in zip(compile_all(shot, targets[:12], VOCABULARY), targets, strict=False):
        assert one == compile_shot(shot, target, VOCABULARY)
