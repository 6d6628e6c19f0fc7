"""Tags with weights, and what is kept out of the picture."""

import pytest

from app.parse import parse
from app.parse.brackets import is_tags, weighed
from app.parse.negative import read_negative
from app.vocab import vocabulary

VOCABULARY = vocabulary()


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("(red coat:1.3)", [("red coat", 1.3)]),
        ("((silver hair))", [("silver hair", 1.1), ("(silver hair)", 1.1)]),
        ("[fog]", [("fog", 0.909091)]),
        (r"a \(literal\) bracket", []),
        ("(never closed", []),
        (")(", []),
    ],
)
def test_weights_come_off_and_every_letter_keeps_its_place(text: str, weights: list[tuple[str, float]]) -> None:
    found = weighed(text)
    assert len(found.text) == len(text)
    assert [(text[start:end], round(factor, 6)) for start, end, factor in found.weights] == weights


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("1girl, red coat, rain, night, neon, street", True),
        ("(rain:1.2) on a street", True),
        ("A woman waits (34° wide) by the sea.", False),
        ("Mara, a keeper, waits. She listens, and looks.", False),
    ],
)
def test_tags_are_told_from_prose(text: str, tags: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_tags(text) is tags


def test_a_weight_above_one_pins_and_one_below_is_told() -> None:
    parsed = parse("1girl, (low-key lighting:1.3), ((85mm lens)), [heavy rain], night", VOCABULARY)
    assert {path for path, mark in parsed.shot.marks.items() if mark.pin} == {"lighting.style", "camera.focal_mm"}
    assert any("heavy rain" in note for note in parsed.notes)


def test_a_negative_list_is_excluded_term_by_term_or_in_words() -> None:
    parsed = read_negative("text, logos, wooden spoons", VOCABULARY, at=5).parsed()
    assert parsed.shot.model_dump(mode="json")["exclude"] == [
        "exclude.text",
        "exclude.logos",
        {"words": "wooden spoons"},
    ]
    assert [(one.start, one.text) for one in parsed.spans] == [(5, "text"), (11, "logos"), (18, "wooden spoons")]


@pytest.mark.parametrize(
    ("text", "kept_out"),
    [
        ("A street at dawn, no people.", {"exclude.people"}),
        ("A street without text or logos", {"exclude.text", "exclude.logos"}),
        ("A wall, no cars and soft light", {"exclude.cars"}),
        ("She can no longer wait", set()),
        ("no grain", set()),  # a name of clean texture
    ],
)
def test_a_denial_ends_where_its_words_end(text: str, kept_out: set[str]) -> None:
    assert set(parse(text, VOCABULARY).shot.exclude) == kept_out
