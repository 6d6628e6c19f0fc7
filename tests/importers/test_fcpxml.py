"""FCPXML: our own comes back with slate, length and note, Final Cut Pro's own is read, and no XML does harm."""

from contextlib import suppress

import opentimelineio as otio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import PrintlightError, ShotError
from app.exporters import export, exporters
from app.importers import Imported, importers
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.exporters.reels import reel
from tests.exporters.test_otio import film_of
from tests.shots import examples

VOCABULARY = vocabulary()


def read(content: str) -> Imported:
    """Read a project."""
    return importers["fcpxml"].read(content, "cut.fcpxml", VOCABULARY)


def project(spine: str, frame: str = "1001/24000s") -> str:
    """Return a project as Final Cut Pro 10.6 exports it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>

<fcpxml version="1.10">
    <resources>
        <format id="r1" name="FFVideoFormat1080p2398" frameDuration="{frame}" width="1920" height="1080"/>
        <asset id="r2" name="A012" start="0s" hasVideo="1" format="r1" duration="240240/24000s">
            <media-rep kind="original-media" src="file:///rushes/A012.mov"/>
        </asset>
    </resources>
    <library><event name="Day 1"><project name="Elsewhere"><sequence format="r1" duration="10s">
        <spine>{spine}</spine>
    </sequence></project></event></library>
</fcpxml>"""


def test_ours_come_back_with_slate_name_length_and_note() -> None:
    found = read(export(exporters["fcpxml"], reel()).content.decode())
    assert [one.duration_s for one in found.shots] == [3, 3, 4]
    assert [(one.slate, one.name) for one in found.labels] == [
        ("12A", "The stair"),
        ("12B", "The door"),
        ("", "13 Outside"),
    ]
    assert found.labels[0].note.startswith("Wait for the wind. Close-up.")
    assert found.title == "The Lamp Room"


@pytest.mark.parametrize("kind", ["dissolve", "fade_out", "fade_to_white"])
def test_joins_come_back(kind: str) -> None:
    film = film_of({"transition_out": f"time.transition.{kind}"}, {})
    found = read(export(exporters["fcpxml"], film).content.decode())
    assert [one.transition_out for one in found.shots] == [f"time.transition.{kind}", None]


def test_final_cuts_own_clips_are_read_exactly() -> None:
    spine = """
    <asset-clip ref="r2" offset="0s" name="A012" duration="84084/24000s"><note>Mara turns</note>
        <marker start="0s" duration="1001/24000s" value="too late?"/></asset-clip>
    <transition name="Cross Dissolve" offset="3s" duration="1s"/>
    <gap name="Gap" offset="4s" duration="2s"/>
    <video ref="r2" offset="6s" name="Still" duration="4s"/>
    <title name="Words" offset="10s" duration="1s"/>"""
    found = read(project(spine))
    rate = 24000 / 1001
    assert [leaves(one) for one in found.shots] == [
        {"duration_s": 84 / rate, "camera.playback_fps": rate, "transition_out": "time.transition.dissolve"},
        {"duration_s": 4, "camera.playback_fps": rate},
    ]
    assert [(one.name, one.note) for one in found.labels] == [("A012", "Mara turns; too late?"), ("Still", "")]
    assert "file:///rushes/A012.mov" in [one.value for one in found.values]


def test_a_project_that_the_library_wrote_is_read() -> None:
    timeline = otio.adapters.read_from_string(export(exporters["otio"], film_of({}, {})).content.decode(), "otio_json")
    for clip in timeline.find_clips():
        clip.media_reference.available_range = clip.source_range
    found = read(otio.adapters.write_to_string(timeline, "fcpx_xml"))
    assert [(one.duration_s, label.name) for one, label in zip(found.shots, found.labels, strict=True)] == [
        (3, "12A The stair"),
        (3, "12B The stair"),
    ]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REFUSED = {
    "billion laughs": (
        f'<!DOCTYPE fcpxml [<!ENTITY l0 "ha">{LAUGHS}]>\n<fcpxml>&l9;</fcpxml>',
        "line 1: a document type",
    ),
    "external entity": (
        '\n<!DOCTYPE fcpxml [<!ENTITY e SYSTEM "file:///etc/hostname">]><fcpxml>&e;</fcpxml>',
        "line 2",
    ),
    "a type from elsewhere": ('<!DOCTYPE fcpxml SYSTEM "http://example.org/a.dtd"><fcpxml/>', "document type"),
    "another type": ("<!DOCTYPE html><fcpxml/>", "document type"),
    "another root": ("<html/>", "begins with <html>"),
    "cut off": ("<fcpxml>\n<library>", "line 2: this is not XML"),
    "nothing": ("", "not XML"),
    "deep": ("<fcpxml>" * 5000, "nested too deeply"),
    "no clip": (project(""), "holds no clip"),
    "many clips": (project('<video ref="r2" duration="1s"/>' * 1001), "too many clips"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_cut_is_refused_with_its_line(name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(ShotError, match=said):
        read(content)


ODD = st.sampled_from(["0s", "1/0s", "-4s", "9" * 50 + "s", "1e9s", "nan", "1001/24000s", "", "s", "1/s", "½s"])
CLIPS = st.builds(
    '<{} name="{}" duration="{}" ref="{}"><note>x</note></{}>'.format,
    tag := st.shared(st.sampled_from(["clip", "gap", "video", "asset-clip", "transition"]), key="tag"),
    st.sampled_from(["", "Cross Dissolve", "é", "a" * 500]),
    ODD,
    st.sampled_from(["r1", "r2", "r9"]),
    tag,
)


@given(st.lists(CLIPS, max_size=4), ODD)
@examples(100)
def test_anything_is_read_or_refused_in_a_sentence(clips: list[str], frame: str) -> None:
    with suppress(PrintlightError):
        read(project("".join(clips), frame))
