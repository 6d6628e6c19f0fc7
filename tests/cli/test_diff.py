"""`printlight diff`: two shots, as files or out of the library, set against each other in words."""

from pathlib import Path

import pytest

from app.library import Library
from app.schema import read_data
from tests.cli.test_cli import printlight

BEFORE = b'{"lights": {"key": {"azimuth_deg": 45, "cct_k": 3200}, "fill": {"slot": 1, "stops": -2}}}'
AFTER = """{
    "camera": {"focal_mm": 85},
    "lights": {"key": {"azimuth_deg": 60, "cct_k": 2900}, "fill": {"slot": 1, "stops": -3}}
}"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.json"
    path.write_text(AFTER, encoding="utf-8")
    return path


def test_two_shots_are_told_apart_by_department(other: Path) -> None:
    ran = printlight("diff", "-", str(other), given=BEFORE)
    assert ran.status == 0
    lens, light, _, prompt = ran.out.splitlines()
    assert lens == "Lens        open → 85 mm"
    assert light == "Light       key 45° → 60°, 3200 K → 2900 K, fill −2 → −3 stops"
    assert prompt.startswith("Prompt for Uni-1: ")
    assert "{+" in prompt


def test_the_same_is_told_for_scripts(other: Path) -> None:
    found = printlight("diff", "-", str(other), "--for", "sdxl", "--json", given=BEFORE).json
    assert found["prompt"]["target"] == "sdxl"
    assert found["differences"][1] == {
        "department": "Light",
        "path": "lights.key.azimuth_deg",
        "field": "Azimuth of key",
        "before": 45.0,
        "after": 60.0,
        "words": "45° → 60°",
    }


def test_a_shot_is_no_different_from_itself(other: Path) -> None:
    ran = printlight("diff", str(other), str(other))
    assert ran.out == "They say the same.\n\nPrompt for Uni-1: word for word the same.\n"


@pytest.fixture
def data(library: Library, tmp_path: Path) -> Path:
    """A library in which the rim was kept, and then made warmer."""
    library.freeze("the-rim")
    draft = library.shot("the-rim")
    document = draft.shot.model_dump(mode="json", exclude_defaults=True)
    document["lights"]["key"]["cct_k"] = 4300
    library.save("the-rim", draft.version, read_data(document), draft.target)
    library.database.close()
    return tmp_path


def test_shots_of_the_library_are_named_by_id_and_revision(data: Path) -> None:
    ran = printlight("diff", "the-rim@1", "the-rim", data=data)
    assert ran.out.startswith("Light       key 5600 K → 4300 K\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("the-rum", "Did you mean 'the-rim'?"),
        ("the-rim@2", "No revision of the-rim is called '2'."),
        ("nowhere.toml", "There is no file nowhere.toml"),
    ],
)
def test_what_is_not_there_is_told(data: Path, name: str, said: str) -> None:
    ran = printlight("diff", "the-rim", name, data=data)
    assert (ran.status, said in ran.err) == (2, True), ran.err
