"""`printlight search`: found, not found, and asked wrongly."""

from pathlib import Path

from tests.cli.test_cli import printlight
from tests.places import places


def test_shots_are_found_with_why(tmp_path: Path) -> None:
    ran = printlight("search", "rain", "lens:>=50", data=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "the-rim  The Lamp Room: 1A The rim (lens 75 mm; dark glass with rain running down it)\n"
    told = printlight("search", "rain", "lens:>=50", "--json", data=tmp_path).json
    assert [one["id"] for one in told["hits"]] == ["the-rim"]
    ran = printlight("search", "--limit", "2", data=tmp_path)
    assert ran.out.count("The Lamp Room:") == 2
    assert "There are more" in ran.out
    ran = printlight("search", "kittiwake", data=tmp_path)
    assert (ran.status, ran.out) == (1, "")


def test_a_kept_search_is_asked_by_its_name(tmp_path: Path) -> None:
    kept = places.opened(tmp_path)
    kept.searches.keep("Wet glass", "rain")
    kept.database.close()
    wide = printlight("search", "--saved", "wet glass", data=tmp_path).out.splitlines()
    (narrow,) = printlight("search", "--saved", "wet glass", "lens:>=50", data=tmp_path).out.splitlines()
    assert narrow.startswith("the-rim")
    assert len(wide) > 1
    ran = printlight("search", "--saved", "wet gloss", data=tmp_path)
    assert (ran.status, ran.err) == (2, "printlight: No search is called 'wet gloss'.\n  Did you mean 'Wet glass'?\n")


def test_a_wrong_query_is_told_with_its_place(tmp_path: Path) -> None:
    ran = printlight("search", "sise:cu", data=tmp_path)
    assert ran.status == 2
    assert ran.err == "printlight: No key is called 'sise' (character 1).\n  Did you mean 'size'?\n"
