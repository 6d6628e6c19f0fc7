"""Fixes are taken one after another until nothing is left to take."""

from app.lint.mending import mend
from app.pipeline import check_shot
from app.schema import read_data
from app.schema.checks import Checks
from app.vocab import vocabulary

VOCABULARY = vocabulary()

WRONG = {
    "camera": {"size": "camera.size.mcuu", "lens_family": "camera.lens.cooke_s4i", "t_stop": 1.3},
    "place": {"time": "place.time.golden_hour", "sun_elevation_deg": 60},
}


def test_every_fix_is_taken_and_told() -> None:
    mended, taken = mend(read_data(WRONG), VOCABULARY)
    assert {one.finding.code for one in taken} >= {"unknown_term", "faster_than_the_lens", "sun_against_the_clock"}
    told = {change.path: (change.before, change.after) for one in taken for change in one.changes}
    assert told["camera.t_stop"] == (1.3, 2)
    assert told["camera.size"] == ("camera.size.mcuu", "camera.size.mcu")
    assert mended.camera is not None
    assert mended.camera.t_stop == 2
    assert not [one for one in check_shot(mended, VOCABULARY) if one.severity == "error"]


def test_a_shot_without_findings_is_left_alone() -> None:
    shot = read_data({"camera": {"focal_mm": 50, "format": "camera.format.super_35_3perf"}})
    assert mend(shot, VOCABULARY) == (shot, [])


def test_a_film_leaves_a_check_out_and_the_set_asks_for_more() -> None:
    shot = read_data(WRONG)
    silent = Checks(silence={"faster_than_the_lens": "an imaginary lens"})
    codes = {one.code for one in check_shot(shot, VOCABULARY, silent)}
    assert "faster_than_the_lens" not in codes
    assert codes | {"faster_than_the_lens"} == {one.code for one in check_shot(shot, VOCABULARY)}
    helios = read_data({"camera": {"lens_family": "camera.lens.helios_44", "focal_mm": 35}})
    on_set = {one.code for one in check_shot(helios, VOCABULARY, Checks(profile="set"))}
    assert on_set > {one.code for one in check_shot(helios, VOCABULARY)}
