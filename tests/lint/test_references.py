"""Pictures and words that answer for the same thing are told apart from those that do not."""

from typing import Any

import pytest

from app.lint.references import FACE, HAIR, LENT, LIGHT_COLOUR, PALETTE, WARDROBE, lent, owner, sent
from app.patch import merge
from app.pipeline import check_shot
from app.resolve import resolve
from app.schema import Finding, read_data
from app.schema.shot import Reference
from app.vocab import vocabulary

VOCABULARY = vocabulary()
ROLE = "reference.role."
ASPECT = "reference.aspect."
MARA = {"slot": 0, "name": "Mara", "wardrobe": "a navy coat", "hair_colour": "subject.hair_colour.grey"}
JONAS = {"slot": 1, "name": "Jonas", "wardrobe": "a yellow oilskin"}


def picture(role: str, slot: int = 0, asset: str = "a", **more: Any) -> dict[str, Any]:
    return {"slot": slot, "role": ROLE + role, "asset": asset * 64, **more}


def found(data: dict[str, Any]) -> dict[str, Finding]:
    return {one.code: one for one in check_shot(read_data(data), VOCABULARY)}


LENDS = [
    pytest.param(picture("character"), (FACE, HAIR, WARDROBE), id="nothing said: what the role is for"),
    pytest.param(picture("character", ignore=[HAIR]), (FACE, WARDROBE), id="less what is ignored"),
    pytest.param(picture("character", take=[WARDROBE]), (WARDROBE,), id="only what is taken"),
    pytest.param(picture("style", take=[PALETTE, LIGHT_COLOUR]), (PALETTE, LIGHT_COLOUR), id="whatever the role"),
    pytest.param(picture("mood"), (), id="a feeling is no aspect"),
    pytest.param(picture("character", take=[{"words": "the scar"}]), (), id="words are not weighed"),
]


@pytest.mark.parametrize(("reference", "aspects"), LENDS)
def test_what_a_picture_answers_for(reference: dict[str, Any], aspects: tuple[str, ...]) -> None:
    assert lent(read_data({"references": {"one": reference}}).references["one"]) == aspects


def test_what_the_roles_lend_is_in_the_vocabulary() -> None:
    assert {VOCABULARY.terms[role].facet for role in LENT} == {"reference.role"}
    assert {VOCABULARY.terms[one].facet for some in LENT.values() for one in some} == {"reference.aspect"}


OWNERS = [
    pytest.param({"mara": MARA}, None, "mara", id="the only one"),
    pytest.param({"mara": MARA, "jonas": JONAS}, None, "", id="one of two"),
    pytest.param({"mara": MARA, "jonas": JONAS}, "jonas", "jonas", id="said"),
    pytest.param({"mara": MARA}, "jonas", "", id="a stranger"),
    pytest.param({"mara": MARA, "cup": {"slot": 1, "kind": "subject.kind.object"}}, None, "mara", id="not a cup"),
    pytest.param({"wolf": {"kind": "subject.kind.creature"}}, None, "wolf", id="a wolf alone"),
    pytest.param({}, None, "", id="nobody"),
]


@pytest.mark.parametrize(("cast", "of", "who"), OWNERS)
def test_whose_picture_it_is(cast: dict[str, Any], of: str | None, who: str) -> None:
    resolved = resolve(read_data({"subjects": cast}), VOCABULARY)
    assert owner(resolved, Reference(role=f"{ROLE}character", of=of)) == who


def test_only_what_goes_out_can_fight() -> None:
    references = {
        "second": picture("style", 2),
        "first": picture("mood", 1),
        "bare": {"role": f"{ROLE}style"},
        "aimless": {"asset": "b" * 64},
        "left": picture("style", 3),
    }
    shot = read_data({"references": references, "marks": {"references.left.role": {"leave": True}}})
    assert [name for name, _ in sent(resolve(shot, VOCABULARY))] == ["first", "second"]


FIGHTS = [
    pytest.param(
        "features_against_picture",
        {"subjects": {"mara": MARA}, "references": {"face": picture("character")}},
        {"references": {"face": {"ignore": [HAIR]}}},
        id="hair: the picture leaves it out",
    ),
    pytest.param(
        "features_against_picture",
        {"subjects": {"mara": MARA}, "references": {"face": picture("character", take=[FACE, HAIR])}},
        {"references": {"face": {"take": [FACE], "ignore": [HAIR]}}},
        id="hair that was taken is taken no longer",
    ),
    pytest.param(
        "features_against_picture",
        {"subjects": {"mara": MARA}, "references": {"wig": picture("character", take=[HAIR])}},
        None,
        id="a picture of hair alone keeps it",
    ),
    pytest.param(
        "features_against_picture",
        {
            "subjects": {"mara": {"name": "Mara", "age": "subject.age.sixties"}},
            "references": {"face": picture("character")},
        },
        None,
        id="age: somebody has to choose",
    ),
    pytest.param(
        "wardrobe_against_picture",
        {"subjects": {"mara": MARA, "jonas": JONAS}, "references": {"face": picture("character", of="jonas")}},
        {"references": {"face": {"ignore": [WARDROBE]}}},
        id="clothes of the one in the picture",
    ),
    pytest.param(
        "palette_against_picture",
        {"look": {"colours": ["#1C3A3E"]}, "references": {"bands": picture("color_palette")}},
        None,
        id="a palette without its colours would lend nothing",
    ),
    pytest.param(
        "taken_and_ignored",
        {"references": {"face": picture("character", take=[{"words": "The scar"}], ignore=[{"words": "the scar"}])}},
        {"references": {"face": {"ignore": None}}},
        id="words of one's own",
    ),
    pytest.param(
        "one_picture_in_two_roles",
        {
            "references": {
                "face": picture("character", take=[FACE, LIGHT_COLOUR]),
                "light": picture("lighting", 1, take=[LIGHT_COLOUR]),
            }
        },
        None,
        id="both take the light",
    ),
    pytest.param(
        "two_first_frames",
        {"references": {"one": picture("end_frame"), "two": picture("end_frame", 1, "b")}},
        None,
        id="two endings",
    ),
]


@pytest.mark.parametrize(("code", "data", "fix"), FIGHTS)
def test_words_and_pictures_that_fight(code: str, data: dict[str, Any], fix: dict[str, Any] | None) -> None:
    finding = found(data)[code]
    assert finding.fix == fix
    if fix:
        assert code not in found(merge(data, fix))


QUIET = [
    pytest.param(
        "features_against_picture",
        {"subjects": {"mara": MARA, "jonas": JONAS}, "references": {"face": picture("character", of="jonas")}},
        id="another head",
    ),
    pytest.param(
        "features_against_picture",
        {
            "subjects": {"mara": MARA},
            "references": {"face": picture("character")},
            "marks": {"subjects.mara.hair_colour": {"leave": True}},
        },
        id="hair that is left to the model",
    ),
    pytest.param(
        "wardrobe_against_picture",
        {"subjects": {"mara": MARA}, "references": {"face": {"role": f"{ROLE}character"}}},
        id="no picture goes out",
    ),
    pytest.param(
        "two_authorities_over_the_light",
        {
            "lights": {"key": {"cct_k": 3200}},
            "references": {"light": picture("lighting", ignore=[LIGHT_COLOUR])},
        },
        id="colour from the lamp, direction from the picture",
    ),
    pytest.param(
        "two_authorities_over_the_light",
        {"lights": {"key": {"role": "light.role.key", "stops": 0}}, "references": {"light": picture("lighting")}},
        id="a level is nobody else's",
    ),
    pytest.param(
        "framing_against_picture",
        {"framing": {"aspect": 2.39}, "references": {"layout": picture("composition")}},
        id="the shape is no layout",
    ),
    pytest.param(
        "stock_against_picture",
        {"look": {"palette": "look.palette.earth"}, "references": {"manner": picture("style")}},
        id="colours are no finish",
    ),
    pytest.param(
        "one_role_twice",
        {
            "subjects": {"mara": MARA, "jonas": JONAS},
            "references": {
                "one": picture("character", of="mara"),
                "two": picture("character", 1, "b", of="jonas"),
            },
        },
        id="a face each",
    ),
    pytest.param(
        "one_role_twice",
        {"references": {"one": picture("texture"), "two": picture("texture", 1, "b")}},
        id="two surfaces of nobody in particular",
    ),
    pytest.param(
        "one_picture_in_two_roles",
        {"references": {"first": picture("start_frame"), "last": picture("end_frame", 1)}},
        id="a loop begins and ends on one frame",
    ),
    pytest.param(
        "role_left_out",
        {"references": {"light": picture("lighting", ignore=[LIGHT_COLOUR])}},
        id="half of the light is left",
    ),
    pytest.param(
        "likeness_of_nobody",
        {
            "subjects": {"mara": MARA, "cup": {"slot": 1, "kind": "subject.kind.object"}},
            "references": {"face": picture("character")},
        },
        id="a cup has no likeness",
    ),
]


@pytest.mark.parametrize(("code", "data"), QUIET)
def test_words_and_pictures_that_do_not(code: str, data: dict[str, Any]) -> None:
    assert code not in found(data)


def test_one_finding_names_every_lamp_that_a_picture_fights() -> None:
    data = {
        "lights": {"key": {"cct_k": 3200, "side": "left"}, "rim": {"slot": 1, "hue": "light.hue.blue"}},
        "references": {"light": picture("lighting")},
    }
    finding = found(data)["two_authorities_over_the_light"]
    assert finding.paths == ("references.light.role", "lights.key.side", "lights.key.cct_k", "lights.rim.hue")
    assert "the light direction and the light colour" in finding.message
