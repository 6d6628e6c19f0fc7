"""What to keep out goes into a field of its own, as far as that field holds it."""

from typing import Any

import pytest

from app.dialects._negative import fitting
from app.pipeline import compile_scene, compile_shot
from app.schema import Segment, read_data
from app.vocab import Target, vocabulary
from app.vocab.targets import Limit

VOCABULARY = vocabulary()
WAN = VOCABULARY.target("wan-2.7")
LONG = {"words": "gulls " * 79 + "gulls"}  # 479 characters


def target(limit: Limit) -> Target:
    """Return Wan with another limit of its negative field."""
    return Target.model_validate(WAN.model_dump() | {"negative_limit": limit.model_dump()})


@pytest.mark.parametrize(
    ("limit", "kept"),
    [
        (Limit(), ["fog", "a red boat", "gulls"]),
        (Limit(count=22), ["fog", "a red boat", "gulls"]),
        (Limit(count=21), ["fog", "a red boat"]),
        (Limit(count=10), ["fog", "gulls"]),
        (Limit(count=3), ["fog"]),
        (Limit(count=2), []),
        (Limit(count=4, unit="words"), ["fog", "a red boat"]),
    ],
)
def test_the_first_said_stay_and_each_other_is_a_loss(limit: Limit, kept: list[str]) -> None:
    said = [Segment(words, ("exclude",)) for words in ("fog", "a red boat", "gulls")]
    found, losses = fitting(said, target(limit))
    assert [one.text for one in found] == kept
    assert [one.reason.partition("'")[2].partition("'")[0] for one in losses] == [
        one.text for one in said if one.text not in kept
    ]
    assert {(one.paths, one.kind) for one in losses} <= {(("exclude",), "dropped")}


def test_a_shot_that_keeps_out_more_than_the_field_holds() -> None:
    exclude: list[Any] = ["exclude.people", LONG, {"words": "lettering on the hull of the boat"}, "exclude.text"]
    found = compile_shot(read_data({"exclude": exclude}), WAN, VOCABULARY)
    assert len(found.negative_text) <= 500
    assert found.negative_text == f"people, {LONG['words']}, text"
    [loss] = [one for one in found.losses if "exclude" in one.paths]
    assert loss.reason == (
        "The negative field of Wan 2.7 takes 500 characters, and 'lettering on the hull of the boat' is beyond them."
    )


def test_the_shots_of_a_scene_share_one_field() -> None:
    shots = [read_data({"exclude": [one]}) for one in ("exclude.people", LONG, {"words": "a quay full of crates"})]
    found = compile_scene(shots, WAN, VOCABULARY)
    assert found.negative_text == f"people, {LONG['words']}"
    [loss] = [one for one in found.losses if "beyond" in one.reason]
    assert loss.paths == ("shots.3.exclude",)
