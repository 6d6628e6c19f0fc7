"""`printlight layers`: where the parts of a shot come from, and what its scene gets."""

from pathlib import Path

from tests.cli.test_cli import printlight


def test_a_part_is_given_to_the_scene_and_told(tmp_path: Path) -> None:
    told = printlight("layers", "the-rim", data=tmp_path).out
    assert "Light                          its own" in told
    given = printlight("layers", "the-rim", "--give", "light", "--give", "look", data=tmp_path)
    assert given.status == 0
    assert given.out.startswith("Followed: no other shot.\n")
    assert "from scene 1 " in given.out
    film = printlight(
        "layers", "the-rim", "--give", "look", "--to", "film", "--follow", "blue-hour", "--json", data=tmp_path
    )
    assert film.json["followed"] == ["blue-hour"]
    other = printlight("layers", "blue-hour", "--json", data=tmp_path).json["parts"]
    assert [(one["from"], one["departs"]) for one in other if one["part"] == "look"] == [("the film", False)]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    assert "Did you mean 'the-rim'?" in printlight("layers", "the-rum", data=tmp_path).err
    assert "Did you mean 'light'?" in printlight("layers", "the-rim", "--give", "lihgt", data=tmp_path).err
