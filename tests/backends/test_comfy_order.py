"""What of an order goes into a workflow: its numbers, its shape and its pictures."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends._comfy_graphs import FAMILIES
from app.backends._comfy_guess import guess
from app.backends._comfy_order import Own, homeless, own_of, shown_by, values_of, wanted
from app.backends.base import Access, Attachment
from app.errors import BadInputError, RejectedError
from app.vocab import vocabulary
from tests.backends.fakes import workflows
from tests.backends.fakes.orders import SDXL, order, reference
from tests.backends.fakes.pictures import picture

FLUX = vocabulary().target("flux-1")
SD35 = vocabulary().target("sd-3.5")
SD15 = vocabulary().target("sd-1.5")
MOVING = Own(workflows.MOVING, guess(workflows.MOVING).at)
PLAIN = Own(workflows.PLAIN, guess(workflows.PLAIN).at)


def shown(role: str, **changes: Any) -> Attachment:
    return reference(0, role=f"reference.role.{role}", **changes)


@pytest.mark.parametrize(
    ("target", "params", "size"),
    [
        (SDXL, {"width": 1344, "height": 768}, (1344, 768)),
        (SDXL, {"aspect_ratio": "1:1"}, (1024, 1024)),
        (FLUX, {"aspect_ratio": "16:9"}, (1360, 768)),
        (FLUX, {"aspect_ratio": "21:9"}, (1568, 672)),
        (SD35, {"aspect_ratio": "16:9"}, (1344, 768)),
        (SD35, {"aspect_ratio": "9:16"}, (768, 1344)),
        (SD15, {"image_size": "239:100"}, (792, 328)),
        (FLUX, {"aspect_ratio": "odd"}, (None, None)),
        (FLUX, {"aspect_ratio": "0:9"}, (None, None)),
        (FLUX, {}, (None, None)),
    ],
)
def test_a_ratio_becomes_pixels_that_the_model_was_made_for(target: Any, params: Any, size: Any) -> None:
    values = values_of(order(target, params=params), {}, None)
    assert (values.get("width"), values.get("height")) == size


@given(st.sampled_from(sorted(FAMILIES)), st.integers(25, 400))
def test_any_shape_is_near_and_never_too_large(name: str, hundredths: int) -> None:
    family, ratio = FAMILIES[name], hundredths / 100
    params = {"aspect_ratio": f"{hundredths}:100"}
    values = values_of(order(vocabulary().target(name), params=params), {}, None)
    width, height = values["width"], values["height"]
    assert width % family.step == height % family.step == 0
    assert abs(width - height * ratio) <= family.step * (1 + ratio)
    assert abs(width * height / family.side**2 - 1) < 0.15


def test_an_edit_keeps_the_shape_of_its_source() -> None:
    source = shown("source", content=picture(size=(200, 100)))
    values = values_of(order(SDXL), {"source": source}, None)
    assert (values["width"], values["height"]) == (1448, 728)
    broken = shown("source", content=b"no picture")
    assert "width" not in values_of(order(SDXL), {"source": broken}, None)


@pytest.mark.parametrize(
    ("strength", "masked", "params", "denoise"),
    [
        (None, False, {}, 0.6),
        (None, True, {}, 1.0),
        (0.7, False, {}, 0.3),
        (0.0, True, {}, 1.0),
        (0.7, False, {"denoising_strength": 0.5}, 0.5),
        (None, False, {"denoise": 0.2}, 0.2),
    ],
)
def test_what_is_held_of_a_source_is_not_drawn_anew(strength: Any, masked: bool, params: Any, denoise: float) -> None:  # noqa: FBT001  a table's column
    pictures = {"source": shown("source", strength=strength), **({"mask": shown("mask")} if masked else {})}
    assert values_of(order(SDXL, params=params), pictures, None)["denoise"] == denoise


@pytest.mark.parametrize(
    ("params", "length"),
    [
        ({"duration": 5}, 81),
        ({"duration": "5s"}, 81),
        ({"duration": 5, "fps": 24}, 121),
        ({"duration": 0.1}, 9),
        ({"frames": 33}, 33),
        ({"duration": "long"}, None),
        ({}, None),
    ],
)
def test_seconds_become_frames(params: dict[str, Any], length: int | None) -> None:
    assert values_of(order(params=params), {}, MOVING).get("length") == length


@given(st.text())
def test_a_seed_follows_from_the_reference(ref: str) -> None:
    first, again = (values_of(order(SDXL, ref=ref), {}, None)["seed"] for _ in range(2))
    assert first == again
    assert 0 <= first < 2**32
    assert values_of(order(SDXL, ref=ref, params={"seed": 5}), {}, None)["seed"] == 5
    assert values_of(order(SDXL, ref=f"{ref}x"), {}, None)["seed"] != first


def test_a_parameter_never_stands_for_a_picture_or_for_the_words() -> None:
    params = {"source": "hash", "prompt": "other", "negative": "other", "steps": None, "cfg": 3}
    values = values_of(order(SDXL, text="rain", negative="blur", params=params), {}, None)
    assert not {"source", "steps"} & values.keys()
    assert (values["prompt"], values["negative"], values["cfg"]) == ("rain", "blur", 3)


def test_a_seed_below_zero_is_any_seed() -> None:
    without, minus = (values_of(order(SDXL, params=params), {}, None)["seed"] for params in ({}, {"seed": -1}))
    assert minus == without


@pytest.mark.parametrize(
    ("params", "own", "expected"),
    [
        ({"cfg_scale": 5, "sampler": "euler", "seed": 3, "model": "x"}, None, []),
        ({"duration": 5, "style": "manga"}, None, ["duration", "style"]),
        ({"duration": 5, "fps": 16, "aspect_ratio": "16:9"}, MOVING, []),
        ({"duration": 5, "guidance": 3}, PLAIN, ["duration", "guidance"]),
    ],
)
def test_a_parameter_without_a_place_is_known(params: dict[str, Any], own: Own | None, expected: list[str]) -> None:
    assert list(homeless(order(SDXL, params=params), own)) == expected


def test_references_are_numbered_as_the_prompt_numbers_them() -> None:
    at = {"prompt": ("6.inputs.text",), "reference.1": ("10.inputs.image",), "reference.2": ("20.inputs.image",)}
    own = Own({**workflows.IMG2IMG, "20": workflows.node("LoadImage", image="x")}, at)
    second, first = reference(7), reference(3)
    depth = shown("depth")
    assert shown_by(order(attachments=(second, depth, first)), own) == {"reference.1": first, "reference.2": second}


def test_a_picture_that_a_plain_graph_has_no_use_for_stays_behind() -> None:
    source, start = shown("source"), shown("start_frame")
    assert shown_by(order(SDXL, attachments=(source, start, reference(1))), None) == {"source": source}


def test_files_can_be_named_in_the_settings_or_by_the_order() -> None:
    options = {"checkpoint": "a", "vae": "v", "clips": "one, two ,", "controlnets": '{"depth": "d"}'}
    assert wanted(order(SDXL), Access(options=options)) == {
        "checkpoint": "a",
        "vae": "v",
        "clips": ["one", "two"],
        "controlnets": {"depth": "d"},
    }
    assert wanted(order(SDXL, params={"model": "b"}), Access(options=options))["checkpoint"] == "b"


@pytest.mark.parametrize("given", ["{", "[]", ["x"]])
def test_controlnets_that_cannot_be_read_are_refused(given: Any) -> None:
    with pytest.raises(RejectedError, match="ControlNet files are no object"):
        wanted(order(SDXL), Access(options={"controlnets": given}))


def test_a_workflow_whose_places_are_wrong_cannot_be_used() -> None:
    options = {"workflow": workflows.PLAIN, "places": {"prompt": "6.inputs.text", "seed": "3.inputs.cfg"}}
    with pytest.raises(BadInputError, match=r"seed: 'cfg' of node 3 holds 7\.5"):
        own_of(Access(options=options))
    assert own_of(Access()) is None
