"""Free text is listened to: what it names is known to the checks, and what it denies is not."""

from typing import Any

import pytest

from app.lint import lint
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary

VOCABULARY = vocabulary()


def spoken(data: dict[str, Any]) -> dict[str, list[str]]:
    resolved = resolve(read_data(data), VOCABULARY)
    lint(resolved)
    return resolved.spoken


HEARD = [
    ({"place": {"where": "a pier at golden hour"}}, "place.time.golden_hour", "place.where"),
    ({"intent": {"says": "It should feel like film noir, in dense fog."}}, "place.atmosphere.dense_fog", "intent.says"),
    (
        {"camera": {"focus": {"technique": {"words": "rack focus to the door"}}}},
        "camera.focus.rack",
        "camera.focus.technique",
    ),
    (
        {"beats": {"one": {"moves": {"m": {"path": {"words": "a slow zoom in"}}}}}},
        "camera.move.zoom_in",
        "beats.one.moves.m.path",
    ),
    ({"look": {"grade": [{"words": "teal and orange, please"}]}}, "look.grade.teal_and_orange", "look.grade"),
    ({"place": {"props": ["a lamp", "venetian blinds"]}}, "light.effect.venetian_blinds", "place.props"),
]


@pytest.mark.parametrize(("data", "term", "path"), HEARD, ids=[row[1] for row in HEARD])
def test_a_name_in_free_text_is_heard(data: dict[str, Any], term: str, path: str) -> None:
    assert path in spoken(data).get(term, [])


DEAF = [
    {"place": {"where": "a pier with no fog at all"}},
    {"subjects": {"mara": {"name": "Golden Hour", "wardrobe": "a coat the colour of dense fog"}}},
    {"place": {"lettering": {"sign": {"reads": "GOLDEN HOUR BAR"}}}},
    {"beats": {"one": {"says": {"mara": "Is it golden hour yet?"}}}},
    {"references": {"one": {"shows": "a street in dense fog"}}},
    {"sound": {"ambience": "a foghorn in dense fog"}},
    {"place": {"where": "the old static"}},
]


@pytest.mark.parametrize("data", DEAF)
def test_names_costumes_lettering_sound_and_denials_are_not(data: dict[str, Any]) -> None:
    assert spoken(data) == {}


def test_a_longer_name_hides_the_shorter_one_inside_it() -> None:
    heard = spoken({"place": {"where": "an extreme close-up of the lamp"}})
    assert "camera.size.ecu" in heard
    assert "camera.size.cu" not in heard


def test_an_abbreviation_is_heard_in_capitals_only() -> None:
    assert "camera.size.ecu" in spoken({"place": {"where": "ECU on the lamp"}})
    assert spoken({"place": {"where": "an ecu on the engine"}}) == {}
