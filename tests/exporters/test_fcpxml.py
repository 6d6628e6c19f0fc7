"""The FCPXML, opened again by the library's adapter where that knows the rate, and read as XML everywhere."""

from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import opentimelineio as otio
import pytest

from app.exporters import Reel, export, exporters
from tests.exporters.reels import reel
from tests.exporters.test_otio import film_of


def told(film: Reel) -> str:
    """Return the file."""
    return export(exporters["fcpxml"], film).content.decode()


def root(film: Reel) -> ET.Element:
    """Return the file's root."""
    return ET.fromstring(told(film))  # noqa: S314 - our own file, just written


def seconds(time: str | None) -> Fraction:
    """Read a time: `1001/24000s`."""
    assert time
    assert time.endswith("s")
    return Fraction(time.removesuffix("s"))


@pytest.mark.parametrize("fps", [24, 25, 30])
def test_the_library_reads_names_times_and_files(fps: float) -> None:
    film = film_of({"duration_s": 3.5}, {"duration_s": 2}, fps=fps)
    (timeline,) = otio.adapters.read_from_string(told(film), "fcpx_xml")
    clips = list(timeline.find_clips())
    assert timeline.name == "The Lamp Room"
    assert [one.name for one in clips] == ["12A The stair", "12B The stair"]
    assert [one.duration().value for one in clips] == [round(3.5 * fps), 2 * fps]
    assert [one.range_in_parent().start_time.value for one in clips] == [0, round(3.5 * fps)]
    assert [one.media_reference.target_url for one in clips] == ["12A-3.png", "12A-3.png"]


@pytest.mark.parametrize(("fps", "rate"), [(23.976, Fraction(24000, 1001)), (29.97, Fraction(30000, 1001))])
def test_times_are_whole_frames_at_the_rates_of_ntsc(fps: float, rate: Fraction) -> None:
    film = root(film_of({"duration_s": 3.5}, {"duration_s": 2}, fps=fps))
    assert seconds(film.find("resources/format").get("frameDuration")) == 1 / rate  # type: ignore[union-attr]  # a None fails the test as well
    clips = film.findall(".//spine/clip")
    frames = [seconds(one.get("duration")) * rate for one in clips]
    assert frames == [round(Fraction(7, 2) * rate), round(2 * rate)]
    assert [seconds(one.get("offset")) * rate for one in clips] == [0, frames[0]]


def test_a_shot_without_a_take_is_a_gap_of_its_length() -> None:
    film = root(reel())
    spine = film.find(".//spine")
    assert spine is not None
    assert [one.tag for one in spine] == ["clip", "clip", "gap"]
    assert [seconds(one.get("duration")) for one in spine] == [3, 3, 4]
    assert len(film.findall("resources/asset")) == 2


def test_a_dissolve_lies_over_more_of_the_shot_before() -> None:
    film = root(film_of({"transition_out": "time.transition.dissolve"}, {"transition_out": "time.transition.fade_out"}))
    joins = [(one.get("name"), one.get("offset"), one.get("duration")) for one in film.iter("transition")]
    assert joins == [("Dissolve", "3s", "1s"), ("Fade out", "9/2s", "3/2s")]
    assert [one.get("duration") for one in film.iter("asset")] == ["4s", "3s"]


def test_notes_prompts_moves_and_slates_are_told() -> None:
    one = root(film_of({"beats": {"b1": {"start_s": 1, "moves": {"one": {"path": "camera.move.dolly_in"}}}}}))
    note = one.findtext(".//clip/note")
    assert note
    assert note.startswith("Wait for the wind.\n\n")
    assert len(note) > 100
    assert [(mark.get("value"), mark.get("start")) for mark in one.iter("marker")] == [("Dolly in", "1s")]
    assert [data.get("value") for data in one.iter("md")] == ["12A", "3"]


def test_words_that_xml_cannot_hold_do_not_break_the_file() -> None:
    first = replace(reel().shots[0], name='<&">', note="a\x0bb\x00c\ud800")
    read = root(Reel("<film>", (first,)))
    assert read.find(".//clip").get("name") == '12A <&">'  # type: ignore[union-attr]  # a None fails the test as well
    assert str(read.findtext(".//clip/note")).startswith("abc\n")
