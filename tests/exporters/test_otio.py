"""The OpenTimelineIO file, opened again by its own library."""

from dataclasses import replace
from typing import Any

import opentimelineio as otio
import pytest

from app.exporters import Reel, export, exporters
from app.patch import Json
from app.schema import read_data
from tests.exporters.reels import reel, shot


def opened(film: Reel) -> otio.schema.Timeline:
    """Return the timeline as the library reads it."""
    return otio.adapters.read_from_string(export(exporters["otio"], film).content.decode(), "otio_json")


def film_of(*patches: Json, fps: float | None = None) -> Reel:
    """Return a film with a shot for each patch."""
    told: Json = {"camera": {"playback_fps": fps}} if fps else {}
    return Reel(
        "The Lamp Room", tuple(shot(f"12{name}", patch=told | one) for name, one in zip("ABC", patches, strict=False))
    )


RATES = [
    (24, (24, 1), 84),
    (25, (25, 1), 88),
    (23.976, (24000, 1001), 84),
    (23.98, (24000, 1001), 84),
    (29.97, (30000, 1001), 105),
    (12.5, (25, 2), 44),
]


@pytest.mark.parametrize(("fps", "rate", "frames"), RATES)
def test_a_shot_is_whole_frames_long_at_the_exact_rate(fps: float, rate: tuple[int, int], frames: int) -> None:
    timeline = opened(film_of({"duration_s": 3.5}, fps=fps))
    (clip,) = timeline.find_clips()
    assert clip.source_range.duration.value == frames
    assert clip.source_range.duration.rate == rate[0] / rate[1]


def test_shots_stand_one_behind_the_other_with_their_takes() -> None:
    timeline = opened(reel())
    (track,) = timeline.video_tracks()
    clips = list(timeline.find_clips())
    assert [one.name for one in clips] == ["12A The stair", "12B The door", "13 Outside"]
    assert [one.range_in_parent().start_time.value for one in clips] == [0, 72, 144]
    assert [one.duration().value for one in clips] == [72, 72, 96]
    assert track.duration().value == 240
    assert clips[0].media_reference.target_url == "12A-3.png"
    assert clips[2].media_reference.is_missing_reference


def test_a_dissolve_begins_at_the_cut_and_a_fade_ends_at_it() -> None:
    dissolve, fade = ({"transition_out": f"time.transition.{name}"} for name in ("dissolve", "fade_out"))
    timeline = opened(film_of(dissolve, fade))
    (track,) = timeline.video_tracks()
    first, second = (one for one in track if isinstance(one, otio.schema.Transition))
    assert (first.transition_type, first.in_offset.value, first.out_offset.value) == ("SMPTE_Dissolve", 0, 24)
    assert (second.name, second.in_offset.value, second.out_offset.value) == ("Fade out", 36, 0)
    assert isinstance(track[-1], otio.schema.Gap)
    assert track.duration().value == 144


def test_a_join_is_never_longer_than_half_of_what_it_lies_on() -> None:
    timeline = opened(film_of({"transition_out": "time.transition.dissolve", "duration_s": 1}, {}))
    (track,) = timeline.video_tracks()
    assert track[1].out_offset.value == 12


def test_a_dissolve_into_nothing_is_a_cut() -> None:
    timeline = opened(film_of({"transition_out": "time.transition.dissolve"}))
    (track,) = timeline.video_tracks()
    assert len(track) == 1


def test_notes_and_moves_are_markers() -> None:
    moves = {"beats": {"b1": {"start_s": 1, "moves": {"one": {"path": "camera.move.dolly_in"}}}}}
    timeline = opened(film_of(moves))
    (clip,) = timeline.find_clips()
    told = [(one.name, one.marked_range.start_time.value, one.marked_range.duration.value) for one in clip.markers]
    assert told == [("Wait for the wind.", 0, 72), ("Dolly in", 24, 48)]


def test_the_metadata_hold_the_shot_whole() -> None:
    film = reel()
    timeline = opened(film)
    for clip, one in zip(timeline.find_clips(), film.shots, strict=True):
        facts: Any = clip.metadata["printlight"]
        assert read_data(_plain(facts["shot"])) == one.resolved.shot
        assert facts["prompt"] == one.compiled.text
        assert facts["id"] == one.id
    assert facts["references"][0]["role"] == "reference.role.character"
    assert facts["references"][0]["sha256"] == "a" * 64


def test_the_take_says_what_made_it() -> None:
    timeline = opened(reel())
    facts: Any = timeline.find_clips()[0].metadata["printlight"]
    assert facts["take"]["params"]["seed"] == 7
    assert (facts["take"]["backend"], facts["take"]["number"]) == ("previz", 3)


def test_prompts_that_stay_home_keep_the_shot_home_too() -> None:
    told = export(exporters["otio"], replace(reel(), prompts_stay=True)).content
    assert b"printlight.shot" not in told
    assert b'"prompt"' not in told
    assert b'"seed"' not in told


def _plain(data: Any) -> Any:
    if hasattr(data, "items"):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(one) for one in data] if hasattr(data, "__iter__") and not isinstance(data, str) else data
