"""The shot list as CSV, read with the csv module."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters import Reel, export, exporters
from app.exporters._shot_list import COLUMNS, STARTS_FORMULA, guarded, unguarded
from tests.exporters.reels import STILL, reel, shot
from tests.shots import examples


def rows(film: Reel) -> list[dict[str, str]]:
    text = export(exporters["csv"], film).content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def test_an_assistant_director_reads_the_list() -> None:
    first, second, last = rows(reel())
    said = {
        "Scene": "12",
        "Shot": "12A",
        "Name": "The stair",
        "Shot size": "Close-up",
        "Lens (mm)": "85",
        "T-stop": "2",
        "Length (s)": f"{STILL['duration_s']:g}",
        "Subject": "Mara: a lighthouse keeper",
        "Dialogue": "Mara: Who is there?",
        "Cast": "Mara",
        "INT/EXT": "INT",
        "Key side": "camera right",
        "White balance (K)": "5600",
        "Ratio (n:1)": "2.39",
        "Stock and grade": "Kodak Vision3 500T",
        "Transition": "Cut",
        "Notes": "Wait for the wind.",
        "Take": "3",
        "File": "12A-3.png",
        "Target": "Uni-1",
    }
    assert {head: first[head] for head in said} == said
    assert first["Prompt"] == reel().shots[0].compiled.text
    assert (second["Shot"], second["Lens (mm)"]) == ("12B", "35")
    assert (last["Scene"], last["Take"], last["Length (s)"], last["Notes"]) == ("13", "", "", "")


def test_moves_light_and_ratio_are_told() -> None:
    patch = {
        "beats": {"b1": {"moves": {"one": {"path": "camera.move.dolly_in", "amount_m": 2}}}},
        "lights": {"fill": {"slot": 2, "role": "light.role.fill", "azimuth_deg": -40, "stops": -2}},
        "camera": {"support": "camera.support.dolly", "fps": 48},
        "place": {"time": "place.time.night", "where": "the lamp room"},
    }
    (row,) = rows(replace(reel(), shots=(shot(patch=patch),)))
    assert row["Movement"] == "Dolly in, 2 m"
    assert row["Key:fill (n:1)"] == "4"
    assert row["Lighting"].startswith("key: 3/4 front camera right, azimuth 45°, 5600 K, at exposure; fill: ")
    assert (row["Equipment"], row["Frame rate"]) == ("Dolly", "48")
    assert (row["Location"], row["Day/Night"]) == ("the lamp room", "Night")


def test_prompts_that_stay_home_have_no_columns() -> None:
    heads = set(rows(replace(reel(), prompts_stay=True))[0])
    assert {column.head for column in COLUMNS} - heads == {"Prompt", "Keep out", "Parameters"}


FORMULAS = ("=1+1", "+49 30", "-2 stops", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "'=1", "''=1")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    one = replace(shot(), name=text, note=text)
    (row,) = rows(replace(reel(), shots=(one,)))
    assert row["Name"] == row["Notes"] == f"'{text}"


@pytest.mark.parametrize("text", ["'tis late", "a = b", "12A", "", "“=”"])
def test_what_no_spreadsheet_runs_stands_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text() | st.from_regex(STARTS_FORMULA))
@examples(100)
def test_a_guarded_text_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in set("=+-@\t\r\n")
