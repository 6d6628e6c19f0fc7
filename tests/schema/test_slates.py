"""Slates and the names of files."""

from itertools import islice
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError, UnknownNameError
from app.schema import slates


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12A", ("12", "A")),
        (" 7 ", ("7", "")),
        ("a12b", ("A12", "B")),
        ("104AA", ("104", "AA")),
        ("The stairs", None),
        ("", None),
        ("12A-3", None),
    ],
)
def test_a_slate_is_a_scene_and_a_set_up(text: str, read: tuple[str, str] | None) -> None:
    assert slates.read(text) == read


def test_a_take_is_called_as_on_set() -> None:
    assert slates.take_name("12A", 3) == "12A-3"
    assert slates.take_name("", 3) == "take 3"


def test_set_ups_go_on_behind_z_and_leave_out_what_reads_as_a_figure() -> None:
    first = list(islice(slates.setups_after("2A", ["2A", "2C", "3B"]), 26))
    assert first[:3] == ["2B", "2D", "2E"]
    assert not {"2I", "2O"} & set(first)
    assert first[22:] == ["2AA", "2AB", "2AC", "2AD"]
    assert list(islice(slates.setups_after("Roof", ["Roof"]), 2)) == ["Roof", "Roof"]


@pytest.mark.parametrize(("taken", "after"), [([], "1A"), (["1A", "7C", "A12", "Roof"], "13A")])
def test_the_next_scene_is_behind_all_others(taken: list[str], after: str) -> None:
    assert slates.next_scene(taken) == after


@given(st.dictionaries(st.sampled_from(slates.FIELDS), st.text(max_size=40)), st.sampled_from(["png", "mp4"]))
def test_any_name_is_one_file_on_any_system(values: dict[str, str], suffix: str) -> None:
    name = slates.file_name("{film}/{shot} {slate}-{take}{date}", values, suffix)
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert name.endswith(f".{suffix}")
    assert len(name) <= slates.NAME_CHARS + 5
    assert name.isprintable()
    assert not name.startswith((".", "-"))


def test_the_usual_name_tells_film_slate_take_and_model() -> None:
    values = {"film": "The Lamp Room", "slate": "12A", "take": "3", "target": "uni-1"}
    assert slates.file_name("", values, "png") == "The-Lamp-Room_12A-3_uni-1.png"


def test_a_template_is_checked() -> None:
    assert slates.check_template(" {scene}{setup}-{take} ") == "{scene}{setup}-{take}"
    assert slates.check_template("") == ""
    with pytest.raises(UnknownNameError, match="tak"):
        slates.check_template("{slate}-{tak}")
    with pytest.raises(BadInputError, match="same name"):
        slates.check_template("{slate}")
    with pytest.raises(BadInputError, match="characters long"):
        slates.check_template("{take}" * 30)
