"""The EDL, opened again by the library's adapter."""

from dataclasses import replace

import opentimelineio as otio
import pytest

from app.errors import BadInputError
from app.exporters import Reel, export, exporters
from tests.exporters.reels import reel
from tests.exporters.test_otio import film_of


def told(film: Reel) -> str:
    """Return the file."""
    return export(exporters["edl"], film).content.decode()


def opened(film: Reel, fps: float = 24) -> otio.schema.Timeline:
    """Return the timeline as the library reads it."""
    return otio.adapters.read_from_string(told(film), "cmx_3600", rate=fps)


def test_the_file_is_as_an_editor_knows_it() -> None:
    assert told(reel()) == (
        "TITLE: The Lamp Room\n"
        "FCM: NON-DROP FRAME\n"
        "\n"
        "001  12A      V     C        00:00:00:00 00:00:03:00 00:00:00:00 00:00:03:00\n"
        "* FROM CLIP NAME:  12A The stair\n"
        "* FROM CLIP: 12A-3.png\n"
        "* COMMENT: SLATE 12A SCENE 12\n"
        "* COMMENT: Wait for the wind.\n"
        "002  12B      V     C        00:00:00:00 00:00:03:00 00:00:03:00 00:00:06:00\n"
        "* FROM CLIP NAME:  12B The door\n"
        "* FROM CLIP: 12A-3.png\n"
        "* COMMENT: SLATE 12B SCENE 12\n"
        "* COMMENT: Wait for the wind.\n"
        "003  13       V     C        00:00:00:00 00:00:04:00 00:00:06:00 00:00:10:00\n"
        "* FROM CLIP NAME:  13 Outside\n"
        "* COMMENT: SLATE 13 SCENE 13\n"
    )


@pytest.mark.parametrize(("fps", "rate"), [(24, 24), (25, 25), (23.976, 24000 / 1001), (29.97, 30000 / 1001)])
def test_the_library_reads_the_same_times_and_names(fps: float, rate: float) -> None:
    film = film_of({"duration_s": 3.5}, {"duration_s": 2}, {"duration_s": 90}, fps=fps)
    timeline = opened(film, rate)
    clips = timeline.find_clips()
    lengths = [round(seconds * rate) for seconds in (3.5, 2, 90)]
    assert [one.name for one in clips] == ["12A The stair", "12B The stair", "12C The stair"]
    assert [one.duration().value for one in clips] == lengths
    assert [one.range_in_parent().start_time.value for one in clips] == [0, lengths[0], lengths[0] + lengths[1]]
    assert [one.metadata["cmx_3600"]["reel"] for one in clips] == ["12A", "12B", "12C"]


def test_drop_frame_timecode_is_announced() -> None:
    assert "FCM: DROP FRAME" in told(film_of({}, fps=29.97))
    assert "FCM: NON-DROP FRAME" in told(film_of({}, fps=23.976))


def test_dissolves_and_fades_come_back() -> None:
    film = film_of({"transition_out": "time.transition.dissolve"}, {"transition_out": "time.transition.fade_out"})
    timeline = opened(film)
    (track,) = timeline.video_tracks()
    kinds = [(type(one).__name__, one.duration().value) for one in track]
    assert kinds == [("Clip", 72), ("Transition", 24), ("Clip", 36), ("Transition", 36), ("Clip", 36)]
    assert track[-1].media_reference.generator_kind == "black"


def test_a_fade_to_white_is_a_cut() -> None:
    film = film_of({"transition_out": "time.transition.fade_to_white"}, {})
    timeline = opened(film)
    (track,) = timeline.video_tracks()
    assert [type(one).__name__ for one in track] == ["Clip", "Clip"]


def test_moves_are_locators() -> None:
    film = film_of({"beats": {"b1": {"start_s": 1, "moves": {"one": {"path": "camera.move.dolly_in"}}}}})
    timeline = opened(film)
    (clip,) = timeline.find_clips()
    assert [(one.name, one.marked_range.start_time.value) for one in clip.markers] == [("DOLLY IN", 24)]


def test_no_word_of_a_person_begins_an_event() -> None:
    first = replace(reel().shots[0], name="The stair\n002  X V C", note="One\r\n003  Y\u2028004")
    events = told(Reel("A\n001", (first,)))
    assert [line[:3] for line in events.splitlines() if line[:1].isdigit()] == ["001"]


def test_a_reel_has_a_name_that_no_other_has() -> None:
    film = reel()
    same = replace(
        film,
        shots=(film.shots[0], film.shots[0], replace(film.shots[0], slate="—"), replace(film.shots[0], slate="bl")),
    )
    timeline = opened(same)
    reels = [one.metadata["cmx_3600"]["reel"] for one in timeline.find_clips()]
    assert reels == ["12A", "SHOT002", "SHOT003", "SHOT004"]


def test_a_rate_without_timecode_is_refused() -> None:
    with pytest.raises(BadInputError, match="no timecode at 12"):
        told(film_of({}, fps=12))


def test_more_shots_than_events_are_refused() -> None:
    film = reel()
    with pytest.raises(BadInputError, match="at most 999 events"):
        told(replace(film, shots=film.shots * 334))
