"""Coverage: every set-up is a shot, its lamps stand where they stood, and two people keep their side of the line."""

from collections.abc import Callable
from math import cos, radians, sin

import pytest
from hypothesis import given

from app.patch import merge
from app.physics.light import wrapped
from app.resolve import Resolved, resolve
from app.resolve.coverage import coverage
from app.schema import Shot, read_data
from app.vocab import vocabulary
from tests.shots import examples, shots


def setups(shot: Shot) -> dict[str, Resolved]:
    whole = shot.model_dump(mode="json", exclude_defaults=True)
    offered = coverage(resolve(shot, vocabulary()))
    return {one.id: resolve(read_data(merge(whole, one.patch)), vocabulary()) for one in offered}


def in_the_set(resolved: Resolved) -> dict[str, float]:
    """Return each lamp's azimuth in the set, as far as it has one."""
    camera = resolved.number("camera.set_azimuth_deg") or 0
    found = {name: resolved.number(f"lights.{name}.camera_azimuth_deg") for name, _ in resolved.lights}
    return {name: wrapped(angle + camera) for name, angle in found.items() if angle is not None}


@examples(60)
@given(shot=shots())
def test_every_setup_is_a_shot_and_keeps_its_lamps(shot: Shot) -> None:
    before = resolve(shot, vocabulary())
    for name, resolved in setups(shot).items():
        for lamp, azimuth in in_the_set(before).items():
            assert abs(wrapped(in_the_set(resolved)[lamp] - azimuth)) <= 1, (name, lamp)


def test_two_people_are_covered_from_one_side_of_their_line(sample: Callable[[str], Shot]) -> None:
    found = setups(sample("two_keepers"))
    assert list(found) == [
        "master", "two_shot", "over_jonas", "over_mara", "single_mara", "single_jonas",
    ]  # fmt: skip
    for name, resolved in found.items():
        azimuth = radians(resolved.number("camera.set_azimuth_deg") or 0)
        assert cos(azimuth) > 0.3, name  # the line runs along x, and the master's camera stands on +z
        if name.startswith(("over_mara", "single_jonas")):
            assert sin(azimuth) < -0.5, name  # on Jonas at camera right, from Mara's end
        if name.startswith(("over_jonas", "single_mara")):
            assert sin(azimuth) > 0.5, name


def test_who_is_alone_looks_past_the_camera_and_does_only_what_is_theirs(sample: Callable[[str], Shot]) -> None:
    found = setups(sample("two_keepers"))
    mara, jonas = found["single_mara"].shot, found["single_jonas"].shot
    assert (list(mara.subjects), list(jonas.subjects)) == (["mara"], ["jonas"])
    assert mara.subjects["mara"].eyeline is not None
    assert "Jonas, just off camera right" in str(mara.subjects["mara"].eyeline)
    assert "logbook" in str(jonas.subjects["jonas"].eyeline)
    assert list(mara.beats["handover"].says) == ["mara"]
    assert list(jonas.beats["handover"].says) == []


@pytest.mark.parametrize(("name", "count"), [("the_rim", 5), ("two_keepers", 6)])
def test_the_samples_are_covered(sample: Callable[[str], Shot], name: str, count: int) -> None:
    assert len(setups(sample(name))) == count


def test_what_had_to_be_settled_is_said() -> None:
    two = {"subjects": {"mara": {"name": "Mara", "facing_deg": 60}, "jonas": {"slot": 1, "name": "Jonas"}}}
    notes = {note for one in coverage(resolve(read_data(two), vocabulary())) for note in one.notes}
    assert notes == {"Nobody said where they stand: 1.2 m apart.", "Nobody said where Jonas faces: towards the other."}
    one = {"subjects": {"mara": {"name": "Mara"}}}
    offered = coverage(resolve(read_data(one), vocabulary()))
    assert {setup.notes for setup in offered} == {("Nobody said where Mara faces: towards this camera.",)}


def test_nobody_and_a_crowd_are_not_covered() -> None:
    crowd = {f"one_{at}": {"slot": at} for at in range(3)}
    assert setups(read_data({})) == {}
    assert setups(read_data({"subjects": crowd})) == {}
