"""Rules about lens, depth, anamorphics and prompt: where each begins to speak, and where it keeps quiet."""

from typing import Any

import pytest

from app.pipeline import check_shot
from app.schema import read_data
from app.schema.checks import Checks
from app.vocab import vocabulary

VOCABULARY = vocabulary()
ON_SET = Checks(profile="set")


def codes(data: dict[str, Any]) -> list[str]:
    return [one.code for one in check_shot(read_data(data), VOCABULARY, ON_SET)]


S35 = {"format": "camera.format.super_35_3perf"}
CU = {**S35, "size": "camera.size.cu"}
PERSON = {"mara": {"kind": "subject.kind.character"}}
DEEP = {"technique": "camera.focus.deep"}
SHALLOW = {"technique": "camera.focus.shallow"}
NIGHT = {"where": "a white room, bare bulbs along the wall"}

SPEAKS = [
    (
        "wide_lens_and_compression",
        {"camera": {**S35, "focal_mm": 16}, "framing": {"space": "framing.space.compressed"}},
    ),
    ("size_against_distance", {"camera": {**CU, "focal_mm": 50, "mark": {"x_m": 0, "z_m": 4}}}),
    ("wide_close_up_of_a_face", {"camera": {**CU, "focal_mm": 24}, "subjects": PERSON}),
    (
        "lens_smaller_than_the_format",
        {"camera": {"lens_family": "camera.lens.atlas_orion", "format": "camera.format.alexa_lf"}},
    ),
    ("focal_not_made", {"camera": {"lens_family": "camera.lens.fisheye", "focal_mm": 50}}),
    (
        "expression_from_behind",
        {"camera": {"view_azimuth_deg": -150}, "subjects": {"mara": {"expression": {"words": "in tears"}}}},
    ),
    (
        "deep_focus_that_is_not_deep",
        {"camera": {**CU, "focal_mm": 85, "t_stop": 1.3, "focus": DEEP}, "place": {"background_m": 3}},
    ),
    (
        "shallow_focus_that_cannot_blur",
        {"camera": {**S35, "distance_m": 4, "focal_mm": 18, "t_stop": 8, "focus": SHALLOW}},
    ),
    (
        "bokeh_balls_in_deep_focus",
        {"look": {"bokeh": "look.bokeh.balls"}, "place": NIGHT, "intent": {"says": "deep focus throughout"}},
    ),
    (
        "anamorphic_with_round_bokeh",
        {"camera": {"anamorphic": "camera.anamorphic.a_2x"}, "look": {"bokeh": "look.bokeh.round"}},
    ),
    (
        "squeeze_against_the_frame",
        {"camera": {"format": "camera.format.alexa_lf", "squeeze": 2}, "framing": {"aspect": 2.39}},
    ),
    ("said_twice", {"camera": {"focus": SHALLOW}, "place": {"background": "a market in shallow focus"}}),
    ("told_what_not_to_draw", {"place": {"props": ["a table without any flowers"]}}),
    ("number_without_a_unit", {"camera": {"lens_family": {"words": "an old prime, focal length 85"}}}),
]


@pytest.mark.parametrize(("code", "data"), SPEAKS, ids=[code for code, _ in SPEAKS])
def test_a_rule_speaks(code: str, data: dict[str, Any]) -> None:
    assert code in codes(data)


QUIET = [
    pytest.param(
        "wide_lens_and_compression",
        {"camera": {**S35, "focal_mm": 16, "distance_m": 60}, "framing": {"space": "framing.space.compressed"}},
        id="far away even a wide lens stacks",
    ),
    pytest.param("size_against_distance", {"camera": {**CU, "focal_mm": 50, "distance_m": 1.4}}, id="a loose close-up"),
    pytest.param(
        "size_against_distance",
        {"camera": {**CU, "focal_mm": 50, "distance_m": 0.6}, "subjects": {"cat": {"kind": "subject.kind.creature"}}},
        id="sizes are measured on people",
    ),
    pytest.param(
        "size_against_distance",
        {"camera": {**CU, "focal_mm": 50, "distance_m": 0.6}, "subjects": {"child": {"height_m": 0.875}}},
        id="half as tall, half as far",
    ),
    pytest.param(
        "wide_close_up_of_a_face",
        {"camera": {**CU, "focal_mm": 18}, "subjects": {"cup": {"kind": "subject.kind.object"}}},
        id="a cup has no nose",
    ),
    pytest.param(
        "lens_smaller_than_the_format",
        {
            "camera": {"lens_family": "camera.lens.cooke_s4i", "format": "camera.format.alexa_35"},
            "framing": {"aspect": 2.39},
        },
        id="the crop is covered",
    ),
    pytest.param(
        "over_nobodys_shoulder",
        {"subjects": {"mara": {"name": "Mara", "description": "a rifle over the shoulder"}}},
        id="a rifle over the shoulder",
    ),
    pytest.param(
        "over_nobodys_shoulder",
        {
            "framing": {"perspective": "framing.perspective.over_the_shoulder"},
            "subjects": {"mara": {"name": "Mara", "eyeline": {"words": "her brother"}}},
        },
        id="her brother's shoulder",
    ),
    pytest.param(
        "two_shot_too_tight",
        {"camera": {"size": "camera.size.cu"}, "framing": {"count": "framing.count.two", "aspect": 2.39}},
        id="scope holds two heads",
    ),
    pytest.param(
        "two_shot_sizes",
        {
            "camera": {"size": "camera.size.ws"},
            "beats": {"one": {"action": {"mara": {"words": "ends in a close-up"}}}},
            "subjects": PERSON,
        },
        id="a size that changes",
    ),
    pytest.param(
        "eyes_that_see_their_own_face",
        {"framing": {"perspective": "framing.perspective.pov"}, "intent": {"says": "she never sees her own face"}},
        id="denied",
    ),
    pytest.param(
        "expression_from_behind",
        {"subjects": {"mara": {"facing_deg": 100, "expression": "subject.expression.smiling"}}},
        id="a profile still smiles",
    ),
    pytest.param(
        "expression_from_behind",
        {
            "subjects": {"mara": {"facing_deg": 170, "expression": "subject.expression.smiling"}},
            "place": {"where": "before a mirror"},
        },
        id="seen in a mirror",
    ),
    pytest.param(
        "deep_focus_that_is_not_deep",
        {"camera": {**S35, "distance_m": 3, "focal_mm": 24, "t_stop": 8, "focus": DEEP}},
        id="a group at T8",
    ),
    pytest.param(
        "deep_focus_that_is_not_deep",
        {"camera": {**CU, "focal_mm": 50, "t_stop": 4, "focus": DEEP}, "place": {"background_m": 0}},
        id="against the wall",
    ),
    pytest.param(
        "shallow_focus_that_cannot_blur",
        {"camera": {**CU, "focal_mm": 85, "t_stop": 1.4, "focus": SHALLOW}, "place": {"background_m": 0}},
        id="a face softens against a wall",
    ),
    pytest.param(
        "bokeh_balls_in_deep_focus",
        {"camera": {**CU, "focal_mm": 85, "t_stop": 1.4}, "look": {"bokeh": "look.bokeh.balls"}, "place": NIGHT},
        id="the number shows discs",
    ),
    pytest.param(
        "bokeh_balls_of_nothing", {"look": {"bokeh": "look.bokeh.balls"}, "place": NIGHT}, id="bulbs become discs"
    ),
    pytest.param(
        "shallow_landscape",
        {"camera": {**S35, "size": "camera.size.ews", "focal_mm": 300, "t_stop": 1.4, "focus": SHALLOW}},
        id="a very long lens does blur it",
    ),
    pytest.param(
        "anamorphic_with_round_bokeh",
        {"camera": {"lens_family": "camera.lens.rear_anamorphic_zoom"}, "look": {"bokeh": "look.bokeh.round"}},
        id="squeezed behind the iris",
    ),
    pytest.param(
        "streaks_from_spherical_glass",
        {"look": {"artefacts": ["look.artefact.streak_flares"]}, "place": NIGHT},
        id="nobody said which glass",
    ),
    pytest.param(
        "flare_of_nothing",
        {"look": {"artefacts": ["look.artefact.veiling_flare"]}, "place": {"time": "place.time.golden_hour"}},
        id="a low sun flares",
    ),
    pytest.param(
        "flare_from_behind_the_camera",
        {
            "camera": {"distance_m": 6},
            "look": {"artefacts": ["look.artefact.veiling_flare"]},
            "lights": {"key": {"azimuth_deg": 30, "distance_m": 2}},
        },
        id="a lamp ahead of the camera",
    ),
    pytest.param(
        "squeeze_against_the_frame",
        {"camera": {"format": "camera.format.super_35_4perf", "squeeze": 2}, "framing": {"aspect": 2.39}},
        id="a little is always cut",
    ),
    pytest.param(
        "said_twice",
        {"place": {"weather": "place.weather.rain"}, "subjects": {"mara": {"description": "rain on her face"}}},
        id="rain falls on people too",
    ),
    pytest.param(
        "told_what_not_to_draw",
        {"intent": {"says": "no longer young, she leaves without a word"}},
        id="nothing to draw",
    ),
    pytest.param(
        "told_what_not_to_draw",
        {"subjects": {"mara": {"name": "No Man"}}, "exclude": [{"words": "no cars"}]},
        id="a name, and the field for it",
    ),
    pytest.param(
        "number_without_a_unit",
        {"place": {"where": "room 12 of a house from 1932, at 9 to the minute"}},
        id="addresses, years and hours",
    ),
    pytest.param(
        "number_without_a_unit",
        {"lights": {"key": {"source": {"words": "a 4x4 frame at 45 degrees, T2"}}}},
        id="units are there",
    ),
    pytest.param(
        "brand_without_a_look",
        {"camera": {"lens_family": {"words": "a worn, low-contrast zoom"}}},
        id="a description is a look",
    ),
]


@pytest.mark.parametrize(("code", "data"), QUIET)
def test_a_rule_keeps_quiet(code: str, data: dict[str, Any]) -> None:
    assert code not in codes(data)


def test_gear_is_looked_at_on_set_only() -> None:
    shot = read_data({"camera": {"lens_family": "camera.lens.helios_44", "focal_mm": 35}})
    assert "focal_not_made" in [one.code for one in check_shot(shot, VOCABULARY, ON_SET)]
    assert "focal_not_made" not in [one.code for one in check_shot(shot, VOCABULARY)]


def test_a_whole_clause_moves_to_exclude_and_the_rest_stays() -> None:
    shot = read_data({"place": {"where": "a beach, no people, at low tide"}})
    fixes = [one.fix for one in check_shot(shot, VOCABULARY) if one.code == "told_what_not_to_draw"]
    assert fixes == [{"place": {"where": "a beach, at low tide"}, "exclude": ["exclude.people"]}]
