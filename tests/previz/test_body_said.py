"""What a description and a wardrobe make of the stand-in; what they do not say stays plain."""

from typing import Any

import pytest

from app.previz.body_said import DARK, HAIR, SURFACES, clothes, looks
from app.previz.scene import Figure
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary


def said(**of: Any) -> dict[str, Any]:
    return looks(resolve(read_data({"subjects": {"mara": of}}), vocabulary()), "mara")


def test_nothing_said_is_nobody_in_particular() -> None:
    assert said(description="a keeper") == {"age_y": 35, "lower_clothes": DARK}
    assert Figure().body == "person"


@pytest.mark.parametrize(
    ("wardrobe", "found"),
    [
        ("a navy pea coat", {"upper": "coat", "clothes": SURFACES["navy"], "lower_clothes": DARK}),
        (
            "a white shirt, black trousers",
            {"upper": "shirt", "clothes": SURFACES["white"], "lower": "trousers", "lower_clothes": SURFACES["black"]},
        ),
        (
            "a charcoal suit over a white shirt",
            {"upper": "jacket", "clothes": SURFACES["charcoal"], "shirt": SURFACES["white"]},
        ),
        ("a red evening dress", {"upper": "dress", "clothes": SURFACES["red"], "lower_clothes": DARK}),
        ("a torn grey undershirt", {"upper": "vest", "clothes": SURFACES["grey"], "lower_clothes": DARK}),
        (
            "a black jacket over a blue jumper and a khaki skirt",
            {
                "upper": "jacket",
                "clothes": SURFACES["black"],
                "shirt": SURFACES["blue"],
                "lower": "skirt",
                "lower_clothes": SURFACES["khaki"],
            },
        ),
        ("", {"lower_clothes": DARK}),
    ],
)
def test_garments_have_the_colours_that_are_said(wardrobe: str, found: dict[str, Any]) -> None:
    assert clothes(wardrobe) == found


@pytest.mark.parametrize(
    ("description", "body", "age"),
    [
        ("a keeper in her fifties", "woman", 55),
        ("a man of 60", "man", 60),
        ("a young woman", "woman", 24),
        ("a relief keeper of twenty-five", None, 25),
        ("a 34-year-old welder", None, 34),
        ("a boy on the rocks", "man", 10),
    ],
)
def test_sex_and_age_are_as_described_or_open(description: str, body: str | None, age: float) -> None:
    found = said(description=description)
    assert (found.get("body"), found["age_y"]) == (body, age)


def test_a_picked_age_wins_over_words() -> None:
    assert said(description="a young woman", age="subject.age.sixties")["age_y"] == pytest.approx(64.5)


@pytest.mark.parametrize(
    ("of", "style", "hair"),
    [
        ({"description": "grey-streaked hair tied back"}, "tied", "grey"),
        ({"description": "a bald man"}, "bald", None),
        ({"description": "long black hair"}, "long", "black"),
        ({"hair": "subject.hair.bun", "hair_colour": "subject.hair_colour.auburn"}, "bun", "auburn"),
        ({"hair": "subject.hair.buzz_cut", "description": "fair hair"}, "buzz", "fair"),
    ],
)
def test_hair_is_worn_as_picked_or_described(of: dict[str, str], style: str, hair: str | None) -> None:
    found = said(**of)
    assert found["hair_style"] == style
    assert found.get("hair") == (HAIR[hair] if hair else None)


def test_skin_has_a_tone_only_when_one_is_said() -> None:
    assert "skin" not in said(description="a woman in a black coat")
    pale, dark = (said(description=words)["skin"] for words in ("a pale man", "a man with dark skin"))
    assert sum(dark) < sum(Figure().skin) / 3 < sum(pale) / 3
