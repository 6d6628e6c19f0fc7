"""Reference pictures: kinds that never go together, and the length of a clip beside them."""

from typing import Any

import pytest

from app.errors import ShotError
from app.patch import merge
from app.pipeline import compile_scene, compile_shot
from app.schema import Compiled, Loss, read_data
from app.vocab import vocabulary

VOCABULARY = vocabulary()
START, END, FACE, STYLE = "start_frame", "end_frame", "character", "style"


def shot(*roles: str, pins: tuple[str, ...] = (), seconds: float = 0) -> dict[str, Any]:
    """Return a shot with a picture in each role, called `<role>_<place>`, in this order."""
    pictures = {
        f"{role}_{place}": {"slot": place, "role": f"reference.role.{role}", "asset": f"{place + 1}" * 64}
        for place, role in enumerate(roles)
    }
    marks = {f"references.{name}.asset": {"pin": True} for name in pins}
    return {"references": pictures, "marks": marks} | ({"duration_s": seconds} if seconds else {})


def compiled(data: dict[str, Any], target: str = "veo-3.1") -> Compiled:
    return compile_shot(read_data(data), VOCABULARY.target(target), VOCABULARY)


def left(found: Compiled) -> dict[str, Loss]:
    """Return the loss of each picture that stays behind."""
    return {path.split(".")[1]: loss for loss in found.losses for path in loss.paths if path.endswith(".asset")}


@pytest.mark.parametrize(
    ("target", "roles", "pins", "sent"),
    [
        ("veo-3.1", (START, END), (), ["start_frame_0", "end_frame_1"]),
        ("veo-3.1", (FACE, FACE), (), ["character_0", "character_1"]),
        ("veo-3.1", (START, FACE, END), (), ["start_frame_0", "end_frame_2"]),
        ("veo-3.1", (FACE, START, FACE), (), ["character_0", "character_2"]),
        ("veo-3.1", (STYLE, FACE, START), (), ["style_0"]),
        ("veo-3.1", (START, FACE, END), ("character_1",), ["character_1"]),
        ("veo-3.1", (START, FACE, STYLE), ("style_2", "character_1"), ["character_1"]),
        ("minimax-h3", (START, FACE, STYLE), (), ["start_frame_0"]),
        ("minimax-h3", (FACE, START, STYLE), (), ["character_0", "style_2"]),
        ("seedance-2", (STYLE, END), (), ["style_0"]),
        ("seedance-2.5", (STYLE, END), (), ["style_0", "end_frame_1"]),
        ("wan-2.7", (FACE, START), (), ["character_0", "start_frame_1"]),
    ],
)
def test_of_kinds_that_exclude_each_other_one_goes(
    target: str, roles: tuple[str, ...], pins: tuple[str, ...], sent: list[str]
) -> None:
    data = shot(*roles, pins=pins)
    found = compiled(data, target)
    assert [one.id for one in found.references] == sent
    assert set(left(found)) == set(data["references"]) - set(sent)


def test_a_picture_that_stays_behind_says_why_and_may_go_instead() -> None:
    data = shot(START, END, FACE, pins=("start_frame_0",))
    loss = left(compiled(data))["character_2"]
    assert loss.kind == "dropped"
    assert loss.reason == "Veo 3.1 takes start frame or character references, never both, and start_frame_0 goes first."
    [choice] = loss.choices
    assert choice.label == "Send it in the place of start_frame_0 and end_frame_1"
    taken = compiled(merge(data, choice.patch))
    assert [one.id for one in taken.references] == ["character_2"]
    back = left(taken)["start_frame_0"].choices[0]
    assert [one.id for one in compiled(merge(merge(data, choice.patch), back.patch)).references] == [
        "start_frame_0",
        "end_frame_1",
    ]


def test_a_scene_sends_one_kind() -> None:
    shots = [read_data(shot(FACE)), read_data(shot(START))]
    found = compile_scene(shots, VOCABULARY.target("veo-3.1"), VOCABULARY)
    assert [one.id for one in found.references] == ["character_0"]
    [loss] = [one for one in found.losses if "shots.2.references.start_frame_0.asset" in one.paths]
    assert "never both" in loss.reason
    assert loss.choices == ()


@pytest.mark.parametrize(
    ("target", "roles", "seconds", "sent", "said"),
    [
        ("veo-3.1", (), 4, 4, ""),
        ("veo-3.1", (START,), 4, 4, ""),
        ("veo-3.1", (FACE,), 4, 8, "Veo 3.1 makes 8 s beside these pictures; 4 s goes out as 8 s."),
        ("ray-3.2", (), 10, "10s", ""),
        ("ray-3.2", (END,), 10, "5s", "Ray 3.2 makes 5 s beside these pictures; 10 s goes out as 5 s."),
        ("ray-2", (START,), 9, "9s", ""),
        ("wan-2.7", (FACE,), 7, 7, ""),
        ("wan-2.7", (FACE,), 15, 10, "Wan 2.7 makes 2 to 10 s beside these pictures; 15 s goes out as 10 s."),
        ("wan-3", (FACE,), 15, 15, ""),
    ],
)
def test_a_clip_is_as_long_as_its_pictures_allow(
    target: str, roles: tuple[str, ...], seconds: float, sent: float | str, said: str
) -> None:
    found = compiled(shot(*roles, seconds=seconds), target)
    field = VOCABULARY.target(target).fields.get("duration", "duration")
    assert found.values[field] == sent
    assert "".join(one.reason for one in found.losses if one.paths == ("duration_s",)) == said


def test_a_scene_is_as_long_as_its_pictures_allow() -> None:
    shots = [read_data(shot(FACE, seconds=2)), read_data(shot(seconds=2))]
    found = compile_scene(shots, VOCABULARY.target("veo-3.1"), VOCABULARY)
    assert found.values["durationSeconds"] == 8
    lengths = [one.sent for one in found.losses if one.paths == ("shots.1.duration_s", "shots.2.duration_s")]
    assert lengths == ["8 s"]


PUBLIC = "https://example.org/stills/lamp.png"


@pytest.mark.parametrize(
    ("addresses", "flag", "by_hand"),
    [
        ((PUBLIC,), f"--sref {PUBLIC}", []),
        (("",), "--sref style_0", ["--sref style_0"]),
        ((PUBLIC, ""), f"--sref {PUBLIC} style_1", ["--sref style_1"]),
    ],
)
def test_a_flag_holds_the_address_of_a_picture_or_its_name(
    addresses: tuple[str, ...], flag: str, by_hand: list[str]
) -> None:
    data = shot(*[STYLE] * len(addresses))
    for place, address in enumerate(addresses):
        data["references"][f"style_{place}"] |= {"address": address} if address else {}
    found = compiled(data, "midjourney-8.1")
    assert flag in found.text
    assert not {path for loss in found.losses for path in loss.paths if path.endswith(".address")}
    notes = [one for one in found.losses if "fetches pictures from the web" in one.reason]
    assert [(one.kind, one.sent) for one in notes] == [("approximated", sent) for sent in by_hand]
    assert [one.asset for one in found.references] == [one["asset"] for one in data["references"].values()]


def test_a_character_goes_to_its_own_flag_by_its_address() -> None:
    data = merge(shot(FACE), {"references": {"character_0": {"address": PUBLIC}}})
    assert f"--oref {PUBLIC}" in compiled(data, "midjourney-7").text


@pytest.mark.parametrize("target", ["uni-1", "veo-3.1", "flux-2"])
def test_where_the_picture_itself_goes_its_address_stays_and_is_no_loss(target: str) -> None:
    data = merge(shot(FACE), {"references": {"character_0": {"address": PUBLIC}}})
    found = compiled(data, target)
    assert PUBLIC not in f"{found.text}{found.values}"
    assert not [one for one in found.losses if "references.character_0.address" in one.paths]


def test_an_address_that_is_left_out_is_not_written() -> None:
    data = merge(shot(STYLE), {"references": {"style_0": {"address": PUBLIC}}})
    found = compiled(merge(data, {"marks": {"references.style_0.address": {"leave": True}}}), "midjourney-8.1")
    assert "--sref style_0" in found.text


@pytest.mark.parametrize("address", ["lamp.png", "ftp://example.org/a", "https://", "https://a b", 'https://a"b', ""])
def test_an_address_is_one(address: str) -> None:
    with pytest.raises(ShotError, match="begins with https"):
        read_data(merge(shot(STYLE), {"references": {"style_0": {"address": address}}}))


@pytest.mark.parametrize(
    ("target", "role", "sent"),
    [
        ("sdxl", "depth", 0.6),
        ("flux-1", "source", 0.6),
        ("sdxl", "mask", None),
        ("ray-3.2", "start_frame", None),
        ("uni-1", "composition", None),
    ],
)
def test_how_strongly_a_picture_holds_is_sent_or_lost(target: str, role: str, sent: float | None) -> None:
    data = shot(role)
    [name] = data["references"]
    data["references"][name]["strength"] = 0.6
    found = compiled(data, target)
    path = f"references.{name}.strength"
    carried = {one for param in found.params.values() for one in param.paths}
    assert [one.id for one in found.references] == [name]
    assert (path in carried) == (sent is not None)
    assert (found.references[0].strength if path in carried else None) == sent
    assert any(path in loss.paths for loss in found.losses) == (sent is None)


def test_keyframes_travel_with_their_seconds() -> None:
    data = shot("keyframe", "keyframe", seconds=5)
    for second, picture in zip((1.5, 4), data["references"].values(), strict=True):
        picture["at_s"] = second
    found = compiled(data, "ray-3.2")
    assert [one.at_s for one in found.references] == [1.5, 4]
    assert not [loss for loss in found.losses if any(path.startswith("references.") for path in loss.paths)]


def test_a_picture_is_never_offered_as_a_map_nor_a_map_as_a_picture() -> None:
    [loss] = left(compiled(shot("character"), "sdxl")).values()
    assert [one.label for one in loss.choices] == ["Send it as source image"]
    [loss] = left(compiled(shot("depth"), "uni-1")).values()
    assert loss.choices == ()


@pytest.mark.parametrize("asset", ["previz:depth", "take:01a2b3", "f" * 64])
def test_a_picture_may_be_one_that_is_still_to_be_made(asset: str) -> None:
    data = shot("depth")
    data["references"]["depth_0"]["asset"] = asset
    assert [one.asset for one in compiled(data, "sdxl").references] == [asset]


@pytest.mark.parametrize("asset", ["previz:colour", "take:", "take:../x", "f" * 63, "previz"])
def test_a_picture_that_nobody_could_find_is_refused(asset: str) -> None:
    data = shot("depth")
    data["references"]["depth_0"]["asset"] = asset
    with pytest.raises(ShotError, match=r"references\.depth_0\.asset"):
        read_data(data)


@pytest.mark.parametrize("target", ["uni-1", "sdxl"])
def test_margins_are_told_only_where_the_shot_has_a_shape_to_extend_to(target: str) -> None:
    data = shot("source") | {"edit": {"extend": True, "change": ["make it night"]}}
    framed = compiled(data | {"framing": {"aspect": 2.39}}, target)
    assert not [loss for loss in framed.losses if "edit.extend" in loss.paths]
    unframed = compiled(data, target)
    assert [loss for loss in unframed.losses if "edit.extend" in loss.paths]
    assert "margins" not in unframed.text
