"""Every check of a cut is its own page, and its examples run: what is broken fires, what is mended does not."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lint import CutRule, check_cut, cuts
from app.lint.alike import agree, contradict
from app.patch import merge
from app.pipeline import check_cuts
from app.resolve import Resolved, resolve
from app.resolve.coverage import coverage
from app.schema import Finding, Shot, read_data
from app.schema.checks import Checks
from app.schema.facets import field_of
from app.vocab import vocabulary
from tests.lint.test_rules import FENCE, sections
from tests.shots import examples, shots

VOCABULARY = vocabulary()
Pair = tuple[Shot, Shot]
Json = dict[str, Any]

every_rule = pytest.mark.parametrize("rule", cuts.values(), ids=lambda one: one.id)


def resolved(shot: Shot) -> Resolved:
    return resolve(shot, VOCABULARY)


def shown(rule: CutRule, section: str) -> list[Pair]:
    """Return the pairs of shots that a page shows."""
    tables = [tomllib.loads(found) for found in FENCE.findall(sections(rule)[section])]
    return [(read_data(one["before"]), read_data(one["after"])) for one in tables]


def found(before: Shot, after: Shot, code: str = "") -> list[Finding]:
    return [one for one in check_cut(resolved(before), resolved(after)) if not code or one.code == code]


def plain(shot: Shot) -> Json:
    return shot.model_dump(mode="json", exclude_defaults=True)


def codes(before: Json, after: Json, checks: Checks | None = None) -> list[str]:
    cut = resolved(read_data(before)), resolved(read_data(after))
    return [one.code for one in check_cut(*cut, checks or Checks())]


@every_rule
def test_a_checks_docstring_is_its_page(rule: CutRule) -> None:
    page = sections(rule)
    assert list(page) == ["", "What", "Why", "Example", "Instead"]
    assert all(page.values())
    assert page[""].endswith(".")
    assert "\n" not in page[""]
    assert rule.department == "Between two shots"
    assert rule.basis


def test_every_check_has_a_number_of_its_own() -> None:
    assert sorted(rule.number for rule in cuts.values()) == [f"CUT{one:02}" for one in range(1, len(cuts) + 1)]


@every_rule
def test_the_example_does_not_cut_and_names_where(rule: CutRule) -> None:
    assert shown(rule, "Example")
    for before, after in shown(rule, "Example"):
        findings = found(before, after, rule.id)
        assert findings
        for finding in findings:
            assert finding.severity == rule.severity
            assert finding.message[:1].isupper()
            assert finding.message.endswith((".", "?"))
            assert finding.paths
            assert [path for path in finding.paths if field_of(path) is None] == []


@every_rule
def test_what_is_written_instead_cuts(rule: CutRule) -> None:
    assert shown(rule, "Instead")
    for before, after in shown(rule, "Instead"):
        assert found(before, after, rule.id) == []
        assert [one for one in found(before, after) if one.severity == "error"] == []


@every_rule
def test_a_fix_on_the_later_shot_mends_the_cut(rule: CutRule) -> None:
    fixes = []
    for before, after in shown(rule, "Example"):
        for finding in found(before, after, rule.id):
            if finding.fix is not None:
                fixes.append(finding.fix)
                mended = read_data(merge(plain(after), finding.fix))
                assert finding not in found(before, mended, rule.id)
                assert len(found(before, mended, rule.id)) < len(found(before, after, rule.id))
    assert bool(fixes) is (rule.id != "thirty_degrees")  # the earlier angle and size are what makes it jump


@every_rule
def test_a_silenced_check_says_nothing(rule: CutRule) -> None:
    for before, after in shown(rule, "Example"):
        marks = {one.paths[0]: {"silence": {rule.id: "it is meant so"}} for one in found(before, after, rule.id)}
        silenced = read_data({**plain(after), "marks": marks})
        assert found(before, silenced, rule.id) == []
        assert found(read_data({**plain(before), "marks": marks}), after, rule.id)
        film = Checks(silence={rule.id: "a film of its own rules"})
        assert rule.id not in [one.code for one in check_cut(resolved(before), resolved(after), film)]


@examples(150)
@given(before=shots(), other=shots())
def test_every_check_answers_and_its_fix_mends(before: Shot, other: Shot) -> None:
    after = read_data(merge(plain(before), plain(other)))
    for finding in found(before, after):
        assert finding.code in cuts
        for path in finding.paths:
            assert field_of(path) is not None
            at, _, rest = path.partition(".")
            if at in {"subjects", "lights", "references"}:
                assert rest.partition(".")[0] in getattr(after, at)
        if finding.fix is not None:
            mended = read_data(merge(plain(after), finding.fix))
            assert finding not in found(before, mended, finding.code)


@examples(100)
@given(shot=shots())
def test_a_shot_cuts_with_itself_but_for_the_jump(shot: Shot) -> None:
    assert {one.code for one in found(shot, shot)} <= {"thirty_degrees"}


MARA, JONAS = {"name": "Mara"}, {"name": "Jonas", "slot": 1}


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ({"mara": MARA}, {"mara": MARA}, True),
        ({"mara": MARA}, {"keeper": {"name": "MARA"}}, True),
        ({"keeper": {}}, {"keeper": MARA}, True),
        ({"a": MARA}, {"a": {"name": "Mara Voss"}}, True),
        ({"a": MARA}, {"a": {"name": "Jonas"}}, False),
        ({"a": MARA}, {"b": {}}, False),
    ],
)
def test_people_are_the_same_by_id_or_else_by_name(before: Json, after: Json, *, same: bool) -> None:
    dressed = [
        {name: {**one, "wardrobe": wears} for name, one in shot.items()}
        for shot, wears in ((before, "a red coat"), (after, "a grey suit"))
    ]
    assert ("wardrobe_changes" in codes({"subjects": dressed[0]}, {"subjects": dressed[1]})) is same


@pytest.mark.parametrize(
    ("one", "other", "says_no_more", "cannot_be"),
    [
        ("a navy coat", "navy coat, wet", True, False),
        ("A Navy Coat.", "the navy coat", True, False),
        ("a navy coat, buttoned", "a blue coat, wet", False, False),
        ("a navy coat", "a red coat", False, True),
        ("a red and black scarf", "a black scarf of wool", False, False),
        ("the watch room below the lamp", "a bathroom below the stairs", False, True),
        ("the", "a", False, True),
        ("灯台守", "灯台守", True, False),
    ],
)
def test_two_descriptions_are_read_by_the_words_that_mean(
    one: str, other: str, *, says_no_more: bool, cannot_be: bool
) -> None:
    assert agree(one, other) is agree(other, one) is says_no_more
    assert contradict(one, other) is contradict(other, one) is cannot_be


DUSK = {"place": {"time": "place.time.dusk", "where": "a kitchen"}}
COAT = {"subjects": {"mara": {**MARA, "wardrobe": "a navy coat"}}}
SUIT = {"subjects": {"mara": {**MARA, "wardrobe": "a red dress"}}}
COOL = {"camera": {"white_balance_k": 3200}, "framing": {"aspect": 1.85}}
WARM = {"camera": {"white_balance_k": 5600}, "framing": {"aspect": 2.39}}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["wardrobe_changes", "ratio_changes", "white_balance_jumps"]),
        ({"transition_in": "time.transition.match_cut"}, ["wardrobe_changes", "ratio_changes", "white_balance_jumps"]),
        ({"transition_in": "time.transition.dissolve"}, ["ratio_changes"]),
        ({"place": {"time": "place.time.night", "where": "a kitchen"}}, ["ratio_changes", "time_of_day_jumps"]),
        ({"place": {"where": "a harbour wall"}}, ["wardrobe_changes", "ratio_changes", "setting_jumps"]),
    ],
    ids=["cut", "match-cut", "dissolve", "later", "elsewhere"],
)
def test_what_has_to_go_on_depends_on_the_cut(more: Json, expected: list[str]) -> None:
    assert codes(merge(merge(DUSK, COAT), COOL), merge(merge(merge(DUSK, SUIT), WARM), more)) == expected


def key(azimuth: float, **more: Any) -> Json:
    return {"lights": {"key": {"role": "light.role.key", "azimuth_deg": azimuth, **more}}}


def at_light(kelvin: float) -> Json:
    return {"lights": {"key": {"role": "light.role.key", "cct_k": kelvin}}}


def single(eyeline: str = "", **more: Any) -> Json:
    return {"name": "Mara", **({"eyeline": {"words": eyeline}} if eyeline else {}), **more}


def of_one(view: float, size: str = "mcu", **camera: Any) -> Json:
    camera = {"view_azimuth_deg": view, "size": f"camera.size.{size}", **camera}
    return {"camera": camera, "subjects": {"mara": {"name": "Mara", "facing_deg": 0}}}


def walks(words: str) -> Json:
    return {"subjects": {"mara": MARA}, "beats": {"one": {"action": {"mara": {"words": words}}}}}


def tracks(move: str) -> Json:
    moves = {"with": {"path": f"camera.move.{move}"}}
    action = {"mara": "beat.action.walking"}
    return {"subjects": {"mara": MARA}, "beats": {"one": {"action": action, "moves": moves}}}


def of(place: Json) -> Json:
    return {"place": place}


def worn(words: str) -> Json:
    return {"subjects": {"mara": {**MARA, "wardrobe": words}}}


def told(words: str) -> Json:
    return {"subjects": {"mara": {**MARA, "description": words}}}


EDGES = [
    ("thirty_degrees", of_one(0), of_one(29), True),
    ("thirty_degrees", of_one(0), of_one(30), False),
    ("thirty_degrees", of_one(170), of_one(-165), True),
    ("thirty_degrees", of_one(0), of_one(10, "cu"), True),
    ("thirty_degrees", of_one(0), of_one(10, "bcu"), False),
    ("thirty_degrees", of_one(0), {**of_one(5), "transition_in": "time.transition.jump_cut"}, False),
    ("thirty_degrees", {**of_one(0), "beats": tracks("dolly_in")["beats"]}, of_one(5), False),
    ("axis_crossed", of_one(40), of_one(-40), True),
    ("axis_crossed", of_one(40), of_one(2), False),
    ("axis_crossed", of_one(170), of_one(-170), True),
    ("axis_crossed", {**of_one(40), "beats": tracks("arc_left")["beats"]}, of_one(-40), False),
    (
        "axis_crossed",
        {"subjects": {"mara": single("the sea, off left")}},
        {"subjects": {"mara": single("the sea, off right")}},
        True,
    ),
    (
        "axis_crossed",
        {"subjects": {"mara": single("the sea, off left")}},
        {"subjects": {"mara": single("the door, off right")}},
        False,
    ),
    ("screen_direction_flips", walks("walks left to right"), walks("walks from right to left"), True),
    ("screen_direction_flips", walks("exits frame left"), walks("enters from the right"), False),
    ("screen_direction_flips", walks("enters from the left"), walks("walks on to the left"), True),
    ("screen_direction_flips", walks("looks to the left"), walks("walks to the right"), False),
    ("screen_direction_flips", walks("walks to the left"), walks("walks towards the camera"), False),
    ("screen_direction_flips", tracks("truck_left"), tracks("truck_right"), True),
    ("screen_direction_flips", tracks("truck_left"), tracks("pan_left"), False),
    ("screen_direction_flips", tracks("truck_left"), tracks("dolly_in"), False),
    (
        "light_side_flips",
        merge({"subjects": {"mara": MARA}}, key(-40)),
        merge({"subjects": {"mara": MARA}}, key(40)),
        True,
    ),
    (
        "light_side_flips",
        merge({"subjects": {"mara": MARA}}, key(-22)),
        merge({"subjects": {"mara": MARA}}, key(22)),
        False,
    ),
    (
        "light_side_flips",
        merge({"subjects": {"mara": MARA}}, key(170)),
        merge({"subjects": {"mara": MARA}}, key(-170)),
        False,
    ),
    (
        "light_side_flips",
        merge({"subjects": {"mara": MARA}}, key(-40)),
        merge({"subjects": {"jonas": JONAS}}, key(40)),
        False,
    ),
    ("light_side_flips", merge({"subjects": {"mara": MARA}}, key(-40)), merge(of_one(160), key(40)), False),
    ("light_side_flips", merge(of_one(0), key(-40, frame="set")), merge(of_one(180), key(-40, frame="set")), False),
    ("light_side_flips", merge(of_one(0), key(-40)), merge(of_one(180), key(140)), False),
    ("light_side_flips", merge(of_one(0), key(-40)), merge(of_one(180), key(-40)), True),
    ("key_colour_drifts", at_light(5600), at_light(6500), False),
    ("key_colour_drifts", at_light(5600), at_light(6520), True),
    ("key_colour_drifts", at_light(3200), at_light(3000), False),
    ("key_colour_drifts", at_light(3200), at_light(2960), True),
    ("white_balance_jumps", {"camera": {"white_balance_k": 5600}}, {"camera": {"white_balance_k": 6500}}, False),
    (
        "white_balance_jumps",
        {"camera": {"white_balance_k": 5600}},
        {"camera": {"balance": "camera.balance.tungsten"}},
        True,
    ),
    ("white_balance_jumps", {"camera": {"white_balance_k": 5600}}, {}, False),
    (
        "white_balance_jumps",
        {"look": {"stock": "look.stock.vision3_250d"}},
        {"look": {"stock": "look.stock.vision3_500t"}},
        True,
    ),
    ("tint_jumps", {"camera": {"tint": 0}}, {"camera": {"tint": 5}}, False),
    ("tint_jumps", {"camera": {"tint": 0}}, {"camera": {"tint": -6}}, True),
    ("exposure_or_contrast_jumps", {"lighting": {"ratio_stops": 3}}, {"lighting": {"ratio_stops": 2}}, False),
    ("exposure_or_contrast_jumps", {"lighting": {"ratio_stops": 3}}, {"lighting": {"ratio_stops": 4.5}}, True),
    ("time_of_day_jumps", of({"time": "place.time.dusk"}), of({"time": "place.time.blue_hour"}), False),
    ("time_of_day_jumps", of({"time": "place.time.dusk"}), of({"time": "place.time.night"}), True),
    ("time_of_day_jumps", of({"time": "place.time.morning"}), of({"time": "place.time.afternoon"}), True),
    ("time_of_day_jumps", of({"time": "place.time.morning"}), of({"time": "place.time.daytime"}), False),
    ("time_of_day_jumps", of({"time": {"words": "at dusk"}}), of({"time": "place.time.midday"}), True),
    ("sun_jumps", of({"sun_elevation_deg": 30}), of({"sun_elevation_deg": 20}), False),
    ("sun_jumps", of({"sun_elevation_deg": 30}), of({"sun_elevation_deg": 19}), True),
    ("weather_jumps", of({"weather": "place.weather.rain"}), of({"weather": "place.weather.snow"}), True),
    ("weather_jumps", of({"weather": "place.weather.wind"}), of({"weather": "place.weather.still_air"}), True),
    ("weather_jumps", of({"weather": "place.weather.rain"}), of({"weather": "place.weather.breeze"}), False),
    ("setting_jumps", of({"setting": "place.setting.interior"}), of({"setting": "place.setting.exterior"}), True),
    ("setting_jumps", of({"setting": "place.setting.interior"}), of({"setting": "place.setting.studio"}), False),
    ("setting_jumps", of({"where": "the stairs"}), of({"where": "the dark stairs of the tower"}), False),
    ("wardrobe_changes", worn("a navy pea coat"), worn("a navy pea coat, wet"), False),
    ("wardrobe_changes", worn("a navy coat"), worn("a dark blue coat"), False),
    ("description_drifts", worn("a navy coat"), worn("a dark blue coat"), True),
    ("wardrobe_changes", worn("a wedding dress"), worn("a diving suit"), True),
    ("setting_jumps", of({"where": "at the sink of a kitchen"}), of({"where": "by the window of a kitchen"}), True),
    ("wardrobe_changes", worn("a navy pea coat, buttoned"), worn("a navy pea coat, wet"), False),
    ("description_drifts", worn("a navy pea coat, buttoned"), worn("a navy pea coat, wet"), True),
    ("description_drifts", worn("a navy coat"), worn("a red coat"), False),
    ("description_drifts", told("an old keeper"), told("a young sailor"), True),
    ("description_drifts", told("an old keeper"), told("old keeper of the light"), False),
    ("prop_goes", of({"props": ["a mug"]}), of({"props": ["a steaming mug"]}), False),
    ("prop_goes", of({"props": ["a mug"]}), {}, False),
    (
        "prop_goes",
        of({"props": ["an enamel mug", "a glass mug"]}),
        of({"props": ["a glass mug", "an enamel mug"]}),
        False,
    ),
    (
        "prop_goes",
        of({"props": ["a mug", "a book"]}),
        {**of({"props": ["a book"]}), "camera": {"size": "camera.size.cu"}},
        True,
    ),
    ("fps_or_shutter_changes", {"camera": {"fps": 24}}, {"camera": {"fps": 23.976}}, False),
    ("fps_or_shutter_changes", {"camera": {"fps": 24}}, {"camera": {"fps": 25}}, True),
    ("ratio_changes", {"framing": {"aspect": 1.85}}, {"framing": {"aspect": 1.855}}, False),
]


@pytest.mark.parametrize(
    ("code", "before", "after", "fires"), EDGES, ids=[f"{one[0]}-{at}" for at, one in enumerate(EDGES)]
)
def test_each_check_knows_its_edge(code: str, before: Json, after: Json, *, fires: bool) -> None:
    assert (code in codes(before, after)) is fires


TABLE = {
    "camera": {"size": "camera.size.ms", "format": "camera.format.super_35_3perf", "focal_mm": 40},
    "subjects": {
        "mara": {"name": "Mara", "eyeline": "jonas", "mark": {"x_m": -0.5, "z_m": 0}},
        "jonas": {"name": "Jonas", "slot": 1, "eyeline": "mara", "mark": {"x_m": 0.5, "z_m": 0}},
    },
    "lights": {"key": {"role": "light.role.key", "azimuth_deg": -40, "elevation_deg": 30}},
}
GEOMETRY = {"axis_crossed", "eyelines_do_not_meet", "light_side_flips"}


@examples(60)
@given(x=st.floats(-3, 3), z=st.floats(-3, 3), data=st.data())
def test_the_set_ups_of_a_coverage_cut_with_each_other(x: float, z: float, data: st.DataObject) -> None:
    master = merge(TABLE, {"subjects": {"jonas": {"mark": {"x_m": round(x, 2), "z_m": round(z, 2)}}}})
    if abs(x + 0.5) + abs(z) < 0.2:
        return
    offered = [read_data(merge(master, one.patch)) for one in coverage(resolved(read_data(master)))]
    first, second = data.draw(st.permutations(offered))[:2]
    assert GEOMETRY.isdisjoint(one.code for one in found(first, second))


@examples(60)
@given(turn=st.integers(-180, 180), view=st.integers(-175, 175), key_deg=st.integers(-175, 175))
def test_a_set_that_is_turned_as_a_whole_cuts_as_before(turn: int, view: int, key_deg: int) -> None:
    def turned(by: int) -> list[str]:
        def wrapped(angle: int) -> int:
            return (angle + by + 180) % 360 - 180

        lamp = {"role": "light.role.key", "frame": "set"}
        stands = {"mara": {"name": "Mara", "facing_deg": wrapped(0)}}
        before = {
            "camera": {"view_azimuth_deg": 40},
            "subjects": stands,
            "lights": {"key": {**lamp, "azimuth_deg": wrapped(-60)}},
        }
        after = {
            "camera": {"view_azimuth_deg": view},
            "subjects": stands,
            "lights": {"key": {**lamp, "azimuth_deg": wrapped(key_deg)}},
        }
        return codes(before, after)

    assert turned(turn) == turned(0)


def on(who: str, focal: float, size: str = "mcu", height: float = 1.6) -> Json:
    """Return a shot of one of the two, over the shoulder of the other."""
    people = {one: {"name": one.title(), "slot": int(one != who)} for one in ("mara", "jonas")}
    camera = {"focal_mm": focal, "size": f"camera.size.{size}", "height_m": height}
    return {"camera": camera, "subjects": people, "framing": {"perspective": "framing.perspective.over_the_shoulder"}}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (on("jonas", 65), []),
        (on("jonas", 40), ["lens_jump_in_reverse"]),
        (on("jonas", 40, "cu"), []),
        (on("mara", 40), []),
        (on("jonas", 75, height=1.41), []),
        (on("jonas", 75, height=1.3), ["height_jump_in_reverse"]),
    ],
)
def test_a_reverse_is_matched(after: Json, expected: list[str]) -> None:
    assert codes(on("mara", 75), after) == expected


SEATED = {"pose": "subject.pose.seated"}


def test_a_seated_person_may_be_seen_from_lower() -> None:
    before, after = on("mara", 75), on("jonas", 75, height=1.2)
    assert codes(before, after) == ["height_jump_in_reverse"]
    assert codes(before, merge(after, {"subjects": {"jonas": SEATED}})) == []


def test_two_who_look_at_a_third_thing_do_not_have_to_meet() -> None:
    before = {"subjects": {"mara": single("the sea, off right")}}
    after = {"subjects": {"jonas": {"name": "Jonas", "eyeline": {"words": "the sea, off right"}}}}
    assert codes(before, after) == []
    at_her = {"subjects": {"jonas": {"name": "Jonas", "eyeline": {"words": "Mara, off right"}}}}
    assert codes(before, at_her) == []
    assert codes({"subjects": {"mara": single("off right")}}, at_her) == ["eyelines_do_not_meet"]


def test_a_balance_goes_back_to_what_named_it() -> None:
    before, after = ({"camera": {"balance": "camera.balance.tungsten"}}, {"camera": {"white_balance_k": 5600}})
    (finding,) = check_cut(resolved(read_data(before)), resolved(read_data(after)))
    assert finding.fix == {"camera": {"balance": "camera.balance.tungsten", "white_balance_k": None}}
    assert codes(before, merge(after, finding.fix)) == []


def test_only_neighbours_of_one_scene_are_cut() -> None:
    wide, flat = read_data({"framing": {"aspect": 2.39}}), read_data({"framing": {"aspect": 1.85}})
    found = check_cuts([wide, flat, wide, wide, wide], ["1", "1", "2", "2", ""], VOCABULARY)
    assert {at: [one.code for one in some] for at, some in found.items()} == {1: ["ratio_changes"], 3: []}
    assert check_cuts([wide, flat], ["", ""], VOCABULARY) == {}
    assert check_cuts([], [], VOCABULARY) == {}


def test_a_resolved_shot_is_taken_as_it_is() -> None:
    shots = [read_data({"framing": {"aspect": ratio}}) for ratio in (2.39, 1.85)]
    assert check_cuts([resolved(one) for one in shots], ["1", "1"], VOCABULARY) == check_cuts(
        shots, ["1"] * 2, VOCABULARY
    )
