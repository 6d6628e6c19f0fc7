"""Edit decision lists: our own come back with slate, length and note, and no list does harm."""

from contextlib import suppress

import opentimelineio as otio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import PrintlightError, ShotError
from app.exporters import export, exporters
from app.importers import Imported, importers
from app.importers._cuts import MAX_SHOTS
from app.importers.edl import MAX_LINES
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.exporters.reels import reel
from tests.exporters.test_otio import film_of
from tests.shots import examples

VOCABULARY = vocabulary()
EVENT = "001  A012     V     C        01:00:00:00 01:00:02:12 00:00:00:00 00:00:02:12"


def read(content: str) -> Imported:
    """Read a list."""
    return importers["edl"].read(content, "cut.edl", VOCABULARY)


def test_ours_come_back_with_slate_name_length_and_note() -> None:
    found = read(export(exporters["edl"], reel()).content.decode())
    assert [one.duration_s for one in found.shots] == [3, 3, 4]
    assert [(one.slate, one.name, one.note) for one in found.labels] == [
        ("12A", "The stair", "Wait for the wind."),
        ("12B", "The door", "Wait for the wind."),
        ("13", "Outside", ""),
    ]
    assert found.title == "The Lamp Room"


def test_dissolves_and_fades_come_back() -> None:
    film = film_of({"transition_out": "time.transition.dissolve"}, {"transition_out": "time.transition.fade_out"})
    found = read(export(exporters["edl"], film).content.decode())
    assert [one.transition_out for one in found.shots] == ["time.transition.dissolve", "time.transition.fade_out"]


def test_a_list_that_the_library_wrote_is_read() -> None:
    timeline = otio.adapters.read_from_string(export(exporters["otio"], film_of({}, {})).content.decode(), "otio_json")
    found = read(otio.adapters.write_to_string(timeline, "cmx_3600", style="premiere"))
    assert [one.duration_s for one in found.shots] == [3, 3]


AVID = f"""

TITLE:   REEL 4
SOME PROGRAM 1.2
FCM: NON-DROP FRAME

{EVENT}
* FROM CLIP NAME:  A012C003
* SOURCE FILE: A012C003_261102.MXF
* Mara turns too late
002  B001     AA/V  C        02:00:00:00 02:00:01:00 00:00:02:12 00:00:03:12
002  BL       NONE  C        00:00:00:00 00:00:00:00 00:00:00:00 00:00:00:00
""".rpartition("002  BL")[0]


def test_a_list_of_another_program_is_read() -> None:
    found = read(AVID)
    assert [leaves(one) for one in found.shots] == [{"duration_s": 2.5}, {"duration_s": 1}]
    assert [one.name for one in found.labels] == ["A012C003", "002"]
    assert found.labels[0].note == "SOURCE FILE: A012C003_261102.MXF; Mara turns too late"


RATES = {
    "00:00:01:23": 1 + 23 / 24,
    "00:00:01:24": 1 + 24 / 25,
    "00:00:01:29": 1 + 29 / 30,
    "00:00:01:59": 1 + 59 / 60,
}


@pytest.mark.parametrize("time", RATES)
def test_the_rate_is_told_by_the_highest_frame(time: str) -> None:
    (shot,) = read(f"001 A V C 00:00:00:00 {time} 00:00:00:00 {time}").shots
    assert shot.duration_s == pytest.approx(RATES[time])


def test_drop_frame_timecode_is_counted_as_such() -> None:
    (shot,) = read("FCM: DROP FRAME\n001 A V C 00;00;00;00 00;01;00;02 00;00;00;00 00;01;00;02").shots
    assert shot.duration_s == pytest.approx(1800 * 1001 / 30000)


REFUSED = {
    "nothing": ("", "has no event"),
    "prose": ("INT. ROOM - DAY\n\nMara waits.", "has no event"),
    "a broken event": (f"TITLE: A\n{EVENT}\n002 A V C 00:00", "line 3: this is no event"),
    "a broken time": (f"{EVENT[:-3]}:aa", "line 1: this is no event"),
    "a key": (EVENT.replace(" C ", " KB "), "line 1"),
    "many events": ("\n".join([EVENT] * (2 * MAX_SHOTS + 1)), "too many events"),
    "many lines": ("\n" * (MAX_LINES + 1), "lines"),
    "a long line": (f"{EVENT}\n* {'x' * 3000}", "line 2"),
    "sound alone": (EVENT.replace(" V ", " A "), "holds no clip"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_cut_is_refused_with_its_line(name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(ShotError, match=said):
        read(content)


LINES = st.sampled_from(
    [
        EVENT,
        EVENT.replace("001", "002"),
        "002 BL V D 024 00:00:00:00 00:00:01:00 00:00:02:12 00:00:03:12",
        "002 B V W001 999999 00:00:00:00 00:00:00:00 00:00:00:00 00:00:00:00",
        "001 A B C 9 8 7 6",
        "001 A NONE C 23:59:59:23 00:00:00:00 99:99:99:99 00:00:00:00",
        "SPLIT: AUDIO DELAY= 00:00:00:05",
        "SPLIT:",
        "M2   A012   -999.9   00:00:00:00",
        "M2 x",
        "* LOC: 01:00:00:00 RED x",
        "* LOC: 99:99:99:99 x",
        "*ASC_SOP (1 1) (0)",
        "*ASC_SAT x",
        "* FROM CLIP: /a/b.[1001-1020].exr",
        "* * FREEZE FRAME",
        "FCM: DROP FRAME",
    ]
) | st.text(max_size=30)


@given(st.lists(LINES, max_size=12))
@examples(120)
def test_anything_is_read_or_refused_in_a_sentence(lines: list[str]) -> None:
    with suppress(PrintlightError):
        read("\n".join(lines))
