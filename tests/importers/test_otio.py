"""Timelines of OpenTimelineIO: ours bring the shots back whole, others a clip with name, length and note."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import opentimelineio as otio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import PrintlightError, ShotError
from app.exporters import export, exporters
from app.importers import Imported, import_file, importers
from app.importers._cuts import MAX_SHOTS
from app.pipeline import compile_shot
from app.resolve import resolve
from app.schema import Shot
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.exporters.reels import reel
from tests.shots import examples, shots

VOCABULARY = vocabulary()


def read(content: str) -> Imported:
    """Read a file."""
    return importers["otio"].read(content, "cut.otio", VOCABULARY)


def ours() -> str:
    """Return a film as it was exported."""
    return export(exporters["otio"], reel()).content.decode()


def of_library(*items: otio.core.Composable) -> str:
    """Return a timeline of another program, written by the library."""
    timeline = otio.schema.Timeline("Elsewhere")
    track = otio.schema.Track("V1")
    track.extend(items)
    timeline.tracks.append(track)
    return str(timeline.to_json_string())


def clip(name: str = "A012", frames: float = 50, rate: float = 25, **more: Any) -> otio.schema.Clip:
    """Return a clip of another program."""
    start, length = otio.opentime.RationalTime(0, rate), otio.opentime.RationalTime(frames, rate)
    return otio.schema.Clip(name, source_range=otio.opentime.TimeRange(start, length), **more)


def test_ours_come_back_whole() -> None:
    found = read(ours())
    assert list(found.shots) == [one.resolved.shot for one in reel().shots]
    assert [(one.slate, one.name, one.note) for one in found.labels] == [
        ("12A", "The stair", "Wait for the wind."),
        ("12B", "The door", "Wait for the wind."),
        ("13", "Outside", ""),
    ]
    assert (found.title, found.scenes) == ("The Lamp Room", 2)
    assert found.counts["unknown"] == 0


@given(shots())
@examples(25)
def test_any_shot_comes_back_whole(said: Shot) -> None:
    film = reel()
    first = film.shots[0]
    whole = replace(first, resolved=resolve(said, VOCABULARY), compiled=compile_shot(said, first.target, VOCABULARY))
    assert read(export(exporters["otio"], replace(film, shots=(whole,))).content.decode()).shots == (said,)


def test_a_length_that_an_editor_changed_comes_back() -> None:
    timeline = otio.adapters.read_from_string(ours(), "otio_json")
    first = timeline.find_clips()[0]
    first.source_range = otio.opentime.TimeRange(first.source_range.start_time, otio.opentime.RationalTime(36, 24))
    found = read(timeline.to_json_string())
    assert [one.duration_s for one in found.shots] == [1.5, 3, None]


def test_a_clip_from_elsewhere_has_name_length_and_note() -> None:
    marker = otio.schema.Marker("Mara turns", comment="too late?")
    media = otio.schema.ExternalReference("file:///rushes/A012.mov")
    found = read(of_library(clip(markers=[marker], media_reference=media), otio.schema.Gap(), clip("B001", 24, 24)))
    assert [leaves(one) for one in found.shots] == [
        {"duration_s": 2, "camera.playback_fps": 25},
        {"duration_s": 1, "camera.playback_fps": 24},
    ]
    assert [(one.name, one.note) for one in found.labels] == [("A012", "Mara turns; too late?"), ("B001", "")]
    assert [(one.value, one.path) for one in found.values if one.field == "file"] == [("file:///rushes/A012.mov", "")]


def test_a_dissolve_is_how_the_shot_before_goes_out() -> None:
    second = otio.opentime.RationalTime(24, 24)
    found = read(of_library(clip(), otio.schema.Transition("x", "SMPTE_Dissolve", second, second), clip()))
    assert [one.transition_out for one in found.shots] == ["time.transition.dissolve", None]


def test_sound_has_no_shots_and_nested_cuts_do() -> None:
    timeline = otio.schema.Timeline("Nested")
    for kind in ("Audio", "Video"):
        track, inner = otio.schema.Track(kind, kind=kind), otio.schema.Stack("inner")
        inner.append(otio.schema.Track("deep", kind=kind))
        inner[0].append(clip(kind))
        track.append(inner)
        timeline.tracks.append(track)
    assert [one.name for one in read(timeline.to_json_string()).labels] == ["Video"]


def test_a_clip_of_the_first_version_of_the_schema_is_read() -> None:
    old = of_library(clip(media_reference=otio.schema.ExternalReference("a.mov")))
    data = json.loads(old)
    told = data["tracks"]["children"][0]["children"][0]
    told["OTIO_SCHEMA"] = "Clip.1"
    told["media_reference"] = told.pop("media_references")["DEFAULT_MEDIA"]
    assert "a.mov" in [one.value for one in read(json.dumps(data)).values]


def test_the_file_is_told_by_its_name_and_by_its_beginning() -> None:
    for name in ("cut.otio", "cut"):
        importer, _ = import_file(ours().encode(), name, VOCABULARY, "" if name == "cut.otio" else "otio")
        assert importer.id == "otio"


CLIP = '{"OTIO_SCHEMA": "Clip.2", "name": "a"}'
REFUSED = {
    "nothing": ("", "line 1"),
    "no JSON": ('{"OTIO_SCHEMA":\n\n"Timeline.1"', "line 3"),
    "no timeline": ('{"fields": {}}', "no timeline"),
    "a list": ("[]", "no timeline"),
    "no clip": ('{"OTIO_SCHEMA": "Timeline.1"}', "holds no clip"),
    "deep": ('{"OTIO_SCHEMA": "Track.1", "children": ' + "[" * 100_000, "nested too deeply"),
    "a long number": ('{"OTIO_SCHEMA": "Clip.2", "x": ' + "9" * 5000 + "}", "too long"),
    "many clips": (f'{{"OTIO_SCHEMA": "Track.1", "children": [{",".join([CLIP] * (MAX_SHOTS + 1))}]}}', "too many"),
    "a shot that is none": (
        '{"OTIO_SCHEMA": "Clip.2", "metadata": {"printlight": {"shot": {"camera": {"focal_mm": "wide"}}}}}',
        "clip 1: camera.focal_mm",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_cut_is_refused_with_its_place(name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(ShotError, match=said):
        read(content)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "OTIO_SCHEMA",
                    "name",
                    "children",
                    "tracks",
                    "source_range",
                    "duration",
                    "value",
                    "rate",
                    "markers",
                    "metadata",
                    "printlight",
                    "shot",
                    "length_s",
                    "media_reference",
                    "transition_type",
                    "out_offset",
                    "kind",
                ]
            ),
            inner | st.sampled_from(["Clip.2", "Track.1", "Transition.1", "Video"]),
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(ANYTHING)
@examples(60)
def test_anything_is_read_or_refused_in_a_sentence(data: Any) -> None:
    with suppress(PrintlightError):
        read(json.dumps({"OTIO_SCHEMA": "Track.1", "children": [data, {"OTIO_SCHEMA": "Clip.2", "metadata": data}]}))
