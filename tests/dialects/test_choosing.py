"""What is said at all: one change of a picture, motion after a start frame, one moment, one move, within the clip."""

from typing import Any

import pytest

from app.errors import BadInputError
from app.patch import merge
from app.pipeline import compile_scene, compile_shot
from app.schema import Compiled, read_data
from app.vocab import vocabulary

VOCABULARY = vocabulary()
SOURCE, LIGHT = "1" * 64, "2" * 64
LIVING = [one for one in VOCABULARY.targets.values() if not one.retired]

MARA: dict[str, Any] = {
    "camera": {"size": "camera.size.cu", "focal_mm": 85},
    "framing": {"aspect": 2.39},
    "subjects": {"mara": {"name": "Mara", "wardrobe": "a navy coat", "kind": "subject.kind.character"}},
    "lights": {"key": {"role": "light.role.key", "azimuth_deg": -45}},
    "exclude": ["exclude.people"],
}
EDIT = merge(
    MARA,
    {
        "edit": {"change": ["Turn the coat oxblood", "Put fog behind her"], "keep": ["reference.aspect.face"]},
        "references": {
            "lamp": {"slot": 0, "role": "reference.role.lighting", "asset": LIGHT, "shows": "a lamp in fog"},
            "still": {"slot": 1, "role": "reference.role.source", "asset": SOURCE},
        },
    },
)
MOVING = merge(
    MARA,
    {
        "duration_s": 8,
        "beats": {
            "turns": {
                "slot": 0,
                "start_s": 0,
                "end_s": 4,
                "action": {"mara": {"words": "turns to the door"}},
                "moves": {"push": {"path": "camera.move.dolly_in", "speed": "camera.speed.slow"}},
            },
            "stops": {
                "slot": 1,
                "start_s": 4,
                "end_s": 8,
                "action": {"mara": {"words": "stops"}},
                "moves": {"pan": {"path": "camera.move.pan_left"}},
                "says": {"mara": "Not yet."},
            },
        },
    },
)
FRAME = {"references": {"first": {"role": "reference.role.start_frame", "asset": SOURCE}}}


def compiled(shot: dict[str, Any], target: str) -> Compiled:
    return compile_shot(read_data(shot), VOCABULARY.target(target), VOCABULARY)


def reasons(found: Compiled, path: str) -> list[str]:
    """Return why a path was lost."""
    return [loss.reason for loss in found.losses if path in loss.paths]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (
            "uni-1",
            (
                "Turn the coat oxblood. Keep the face as in the source image.\n"
                "References: Use the first reference (a lamp in fog) as a LIGHTING reference. "
                "Treat each reference as having authority over its own layer only."
            ),
        ),
        ("flux-1-kontext", "In the source image, turn the coat oxblood while keeping the face unchanged."),
        (
            "nano-banana-2.1",
            (
                "In the source image, turn the coat oxblood. Keep the face exactly the same. "
                "Image 2 (a lamp in fog) sets the light."
            ),
        ),
        ("runway-aleph-2", "Turn the coat oxblood. Keep the face unchanged."),
    ],
)
def test_an_edit_says_one_change_and_what_stays(target: str, text: str) -> None:
    found = compiled(EDIT, target)
    assert found.text == text
    assert reasons(found, "edit.change") == ["One change a pass: 1 more waits for the next pass."]
    assert reasons(found, "framing.aspect") == ["An edit keeps the shape of its source."]
    assert "The source image shows it" in reasons(found, "lights.key.azimuth_deg")[0]
    assert found.negative == ()


@pytest.mark.parametrize("target", [one for one in LIVING if one.edit.line], ids=lambda one: one.id)
def test_the_source_is_never_numbered(target: Any) -> None:
    found = compiled(EDIT, target.id)
    still = next(one for one in found.references if one.id == "still")
    lamp = next((one for one in found.references if one.id == "lamp"), None)
    assert still.slot in {0, 1}
    if still.slot and target.references.name:
        assert target.references.name.format(n=1, id="still", ordinal="first").lower() not in found.text.lower()
    if lamp and lamp.slot:
        assert lamp.slot == still.slot + 1


def test_an_edit_without_a_word_of_what_stays_keeps_everything_else() -> None:
    shot = merge(EDIT, {"edit": {"keep": None}})
    assert compiled(shot, "uni-1").text.startswith(
        "Turn the coat oxblood. Keep everything else as in the source image."
    )


def test_a_change_without_a_picture_and_a_picture_without_a_change_are_losses() -> None:
    no_picture = compiled(merge(EDIT, {"references": {"still": None}}), "uni-1")
    assert "An edit needs a picture" in reasons(no_picture, "edit.change")[0]
    assert "Mara" in no_picture.text
    no_change = compiled(merge(EDIT, {"edit": None}), "uni-1")
    assert "say what is to change" in reasons(no_change, "references.still.asset")[0]
    assert "source" not in no_change.params


def test_a_model_that_edits_nothing_says_so() -> None:
    found = compiled(EDIT, "veo-3.1")
    assert reasons(found, "edit.change") == ["Veo 3.1 changes no picture that exists."]
    assert "oxblood" not in found.text


@pytest.mark.parametrize("target", ["veo-3.1", "runway-gen-4.5", "ray-3.2", "kling-3", "wan-2.7", "hailuo-2.3"])
def test_after_a_start_frame_only_motion_is_said(target: str) -> None:
    found = compiled(merge(MOVING, FRAME), target)
    assert "turns to the door" in found.text
    assert "navy coat" not in found.text
    assert "85 mm" not in found.text
    assert reasons(found, "subjects.mara.wardrobe") == ["The start frame shows it; beside one, only motion is said."]
    assert [(one.slot, one.field in found.params) for one in found.references] == [(0, True)]


@pytest.mark.parametrize("target", [one for one in LIVING if one.medium == "image"], ids=lambda one: one.id)
def test_a_still_holds_the_moment_of_the_first_beat(target: Any) -> None:
    found = compiled(MOVING, target.id)
    assert "turns to the door" in found.text
    assert "stops" not in found.text
    assert reasons(found, "beats.stops.action.mara") == ["A still holds one moment: that of the first beat."]


def test_one_move_a_shot_where_a_model_follows_one() -> None:
    found = compiled(MOVING, "ray-3.2")
    assert "dollies in slowly" in found.text
    assert reasons(found, "beats.stops.moves.pan.path") == ["Ray 3.2 follows one camera move a shot."]


def test_beats_stand_behind_time_codes_where_a_model_reads_them() -> None:
    assert "[00:00-00:04] Mara turns to the door." in compiled(MOVING, "veo-3.1").text
    assert "[0-4s] Mara turns to the door." in compiled(MOVING, "seedance-2.5").text
    assert "reads no time codes" in reasons(compiled(MOVING, "ltx-2.5"), "beats.turns.start_s")[0]


def test_what_begins_after_the_clip_is_over_is_lost() -> None:
    late = merge(
        MOVING,
        {"duration_s": 20, "beats": {"late": {"slot": 2, "start_s": 12, "action": {"mara": {"words": "waves"}}}}},
    )
    found = compiled(late, "veo-3.1")
    assert found.values["durationSeconds"] == 8
    assert "waves" not in found.text
    assert reasons(found, "beats.late.action.mara") == ["This begins at 12 s, and the clip is 8 s long."]


def scene(lengths: tuple[float | None, ...], target: str) -> Compiled:
    shots = [merge(MARA, {"duration_s": one, "camera": {"focal_mm": 35 + place}}) for place, one in enumerate(lengths)]
    return compile_scene([read_data(one) for one in shots], VOCABULARY.target(target), VOCABULARY)


def test_a_scene_is_one_prompt_with_the_models_time_codes() -> None:
    found = scene((3, 4), "kling-3")
    first, second = found.text.splitlines()
    assert first.startswith("Shot 1 (0-3s). ")
    assert second.startswith("Shot 2 (3-7s). ")
    assert found.values["duration"] == 7
    assert {path.split(".")[1] for one in found.segments for path in one.paths} == {"1", "2"}


def test_nobodys_seconds_are_guessed() -> None:
    assert scene((3, None), "kling-3").text.startswith("Shot 1: ")


def test_a_scene_ends_with_the_clip() -> None:
    found = scene((8, 8, 8), "kling-3")
    assert "Shot 2 (8-15s)" in found.text
    assert "Shot 3" not in found.text
    assert "begins when the 15 s" in reasons(found, "shots.3.camera.focal_mm")[0]


def test_a_picture_that_two_shots_share_is_sent_once() -> None:
    shots = [
        merge(MOVING, {"references": {f"face_{number}": {"role": "reference.role.character", "asset": LIGHT}}})
        for number in (1, 2)
    ]
    found = compile_scene([read_data(one) for one in shots], VOCABULARY.target("seedance-2.5"), VOCABULARY)
    assert [(one.slot, one.asset) for one in found.references] == [(1, LIGHT)]
    assert found.text.count("@Image 1") == 2


def test_a_model_that_takes_one_shot_says_who_takes_several() -> None:
    with pytest.raises(BadInputError, match="takes one shot a prompt") as caught:
        scene((3, 4), "ray-3.2")
    assert "kling-3" in caught.value.hint


@pytest.mark.parametrize(("pin", "leave", "told"), [(None, None, False), (True, None, True)])
def test_what_the_light_does_is_told_on_demand(*, pin: bool | None, leave: bool | None, told: bool) -> None:
    shot = merge(MARA, {"marks": {"reading": {"pin": pin, "leave": leave}}} if pin else {})
    assert ("falls to shadow" in compiled(shot, "flux-2").text) is told


def test_what_the_light_does_is_left_out_on_demand() -> None:
    assert "falls to shadow" in compiled(MARA, "uni-1").text
    assert "falls to shadow" not in compiled(merge(MARA, {"marks": {"reading": {"leave": True}}}), "uni-1").text


@pytest.mark.parametrize("target", ["midjourney-8.1", "flux-1", "hailuo-2.3"])
def test_a_prompt_stays_within_what_a_model_likes_on_demand(target: str) -> None:
    shot = merge(VOCABULARY.samples["the_rim"].shot, {"marks": {"budget": {"pin": True}, "look.grain": {"pin": True}}})
    most = VOCABULARY.target(target).words[1]
    long, short = compiled(VOCABULARY.samples["the_rim"].shot, target), compiled(shot, target)
    assert len(long.text.split()) > most >= len(short.text.split())
    assert "fine grain" in short.text.lower()
    assert any("No room" in one.reason for one in short.losses)
    assert short.text.rstrip().endswith((".", "8.1"))
