"""The styles.csv of A1111."""

import csv
from dataclasses import replace
from io import StringIO

from app.exporters import Reel, export, exporters
from tests.exporters.reels import reel


def rows(film: Reel) -> list[dict[str, str]]:
    """Return the rows as the program reads them: with a byte order mark, and a header."""
    text = export(exporters["a1111_styles"], film).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_shot_is_a_row() -> None:
    film = reel("sdxl")
    told = rows(film)
    assert [one["name"] for one in told] == ["12A The stair", "12B The door", "13 Outside"]
    assert [one["prompt"] for one in told] == [one.compiled.text for one in film.shots]
    assert [one["negative_prompt"] for one in told] == [one.compiled.negative_text for one in film.shots]


def test_quotes_commas_and_line_breaks_stay_what_they_are() -> None:
    film = reel("sdxl")
    first = replace(film.shots[0], compiled=replace(film.shots[0].compiled, text='a "sign", two\nlines'))
    assert rows(replace(film, shots=(first,)))[0]["prompt"] == 'a "sign", two\nlines'


def test_no_two_styles_have_one_name() -> None:
    film = reel("sdxl")
    assert [one["name"] for one in rows(replace(film, shots=film.shots[:1] * 2))] == [
        "12A The stair",
        "12A The stair (2)",
    ]


def test_a_shot_for_another_model_is_worded_anew() -> None:
    assert rows(reel("uni-1"))[0]["prompt"] == rows(reel("sdxl"))[0]["prompt"]
