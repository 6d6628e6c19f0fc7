"""A workflow of one's own: what is read off it, what a wrong mapping gets wrong, and what goes in."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends._comfy_guess import MOST_SAMPLERS, guess
from app.backends._comfy_map import (
    MOST_INPUTS,
    MOST_NODES,
    PLACES,
    checked,
    filled,
    map_named,
    place_of,
    places,
    read,
    reads_alpha,
    samplers,
)
from app.errors import BadInputError
from tests.backends.fakes import workflows
from tests.backends.fakes.workflows import node, sampled

ALL = {
    name: value
    for name, value in vars(workflows).items()
    if isinstance(value, dict) and name.isupper() and name != "EDITOR"
}

PLAIN = {
    "prompt": ("6.inputs.text",),
    "negative": ("7.inputs.text",),
    "seed": ("3.inputs.seed",),
    "width": ("5.inputs.width",),
    "height": ("5.inputs.height",),
    "steps": ("3.inputs.steps",),
    "cfg": ("3.inputs.cfg",),
    "sampler_name": ("3.inputs.sampler_name",),
    "scheduler": ("3.inputs.scheduler",),
    "checkpoint": ("4.inputs.ckpt_name",),
    "output": ("9",),
}
FLUX = {
    "prompt": ("4.inputs.clip_l", "4.inputs.t5xxl"),
    "seed": ("6.inputs.noise_seed",),
    "width": ("5.inputs.width",),
    "height": ("5.inputs.height",),
    "steps": ("8.inputs.steps",),
    "guidance": ("4.inputs.guidance",),
    "sampler_name": ("7.inputs.sampler_name",),
    "scheduler": ("8.inputs.scheduler",),
    "checkpoint": ("1.inputs.unet_name",),
    "output": ("12",),
}
FROM_A_PICTURE = {
    **PLAIN,
    "width": ("12.inputs.width",),
    "height": ("12.inputs.height",),
    "source": ("10.inputs.image",),
    "denoise": ("3.inputs.denoise",),
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PLAIN", PLAIN),
        ("IMG2IMG", FROM_A_PICTURE),
        ("INPAINT", {**FROM_A_PICTURE, "mask": ("10.inputs.image",)}),
        ("MASKED", {**FROM_A_PICTURE, "mask": ("14.inputs.image",)}),
        (
            "CONTROLLED",
            {
                **PLAIN,
                "depth": ("21.inputs.image",),
                "depth.strength": ("22.inputs.strength",),
                "pose": ("24.inputs.image",),
                "pose.strength": ("25.inputs.strength",),
            },
        ),
        ("FLUX", FLUX),
        (
            "KONTEXT",
            {
                **FLUX,
                "prompt": ("19.inputs.text",),
                "guidance": ("18.inputs.guidance",),
                "source": ("14.inputs.image",),
                "reference.1": ("14.inputs.image",),
            },
        ),
        ("LENDING", {**PLAIN, "reference.1": ("30.inputs.image",), "reference.1.strength": ("31.inputs.weight",)}),
        (
            "MOVING",
            {
                "prompt": ("4.inputs.text",),
                "negative": ("5.inputs.text",),
                "seed": ("9.inputs.noise_seed", "10.inputs.noise_seed"),
                "width": ("8.inputs.width",),
                "height": ("8.inputs.height",),
                "length": ("8.inputs.length",),
                "fps": ("12.inputs.fps",),
                "steps": ("9.inputs.steps", "10.inputs.steps"),
                "cfg": ("9.inputs.cfg", "10.inputs.cfg"),
                "sampler_name": ("9.inputs.sampler_name", "10.inputs.sampler_name"),
                "scheduler": ("9.inputs.scheduler", "10.inputs.scheduler"),
                "checkpoint": ("1.inputs.unet_name",),
                "start_frame": ("6.inputs.image",),
                "end_frame": ("7.inputs.image",),
                "output": ("13",),
            },
        ),
        (
            "STILL",
            {
                **{name: PLAIN[name] for name in ("seed", "steps", "cfg", "sampler_name", "scheduler")},
                "checkpoint": ("4.inputs.ckpt_name",),
                "width": ("12.inputs.width",),
                "height": ("12.inputs.height",),
                "length": ("12.inputs.video_frames",),
                "fps": ("12.inputs.fps",),
                "start_frame": ("23.inputs.image",),
                "output": ("10",),
            },
        ),
        ("HELD", {**PLAIN, "prompt": ("41.inputs.value",), "seed": ("40.inputs.value",)}),
    ],
)
def test_the_places_are_read_off_a_workflow(name: str, expected: dict[str, tuple[str, ...]]) -> None:
    found = guess(ALL[name])
    assert found.at == expected
    assert found.why.keys() == expected.keys()
    assert all(why.endswith(".") for why in found.why.values())
    assert found.missing == (("No place for the prompt was found.",) if name == "STILL" else ())
    assert checked(ALL[name], found.at) == ()


def test_a_reason_names_the_node_and_its_title() -> None:
    why = guess(ALL["CONTROLLED"]).why
    assert why["prompt"] == "node 6 (CLIPTextEncode, “Positive”) is encoded for the positive side of node 3 (KSampler)."
    assert why["pose"] == "node 25 (ControlNetApplyAdvanced) reads it: “openpose”."


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"9": None}, "Nothing in the workflow saves a picture."),
        ({"3": node("EmptyLatentImage", width=8, height=8, batch_size=1)}, "No sampler was found"),
        ({"3": sampled(seed=("77", 0))}, "No seed was found"),
        ({"6": node("CLIPTextEncode", text=("77", 0), clip=("4", 1))}, "No place for the prompt"),
        (
            {"3": sampled(model=("50", 0)), "50": node("Unheard", model=("4", 0), face=("51", 0)), "51": ("look.png",)},
            "What the picture of node 51 (LoadImage) is for was not found.",
        ),
        (
            {
                "3": sampled(positive=("52", 0)),
                "52": node(
                    "ControlNetApply", conditioning=("6", 0), control_net=("53", 0), image=("51", 0), strength=1.0
                ),
                "53": node("ControlNetLoader", control_net_name="mystery.safetensors"),
                "51": ("map.png",),
            },
            "Which map node 52 (ControlNetApply) takes was not found",
        ),
    ],
)
def test_what_was_not_found_is_said(changes: dict[str, Any], says: str) -> None:
    made = {
        name: node("LoadImage", image=one[0]) if isinstance(one, tuple) else one
        for name, one in {**ALL["PLAIN"], **changes}.items()
        if one is not None
    }
    assert says in " ".join(guess(made).missing)


def test_a_negative_that_is_zeroed_out_takes_no_words() -> None:
    made = {**ALL["PLAIN"], "3": sampled(negative=("60", 0)), "60": node("ConditioningZeroOut", conditioning=("6", 0))}
    assert "negative" not in guess(made).at


def test_an_edit_model_that_is_shown_two_pictures_numbers_them() -> None:
    made = {
        **workflows.PLAIN,
        "6": node("TextEncodeQwenImageEditPlus", prompt="x", clip=("4", 1), image1=("61", 0), image2=("62", 0)),
        "61": node("LoadImage", image="one.png"),
        "62": node("LoadImage", image="two.png"),
    }
    found = guess(made)
    assert found.at["prompt"] == ("6.inputs.prompt",)
    assert [found.at[f"reference.{one}"] for one in (1, 2)] == [("61.inputs.image",), ("62.inputs.image",)]
    assert "source" not in found.at


def test_a_node_that_makes_a_clip_of_an_image_starts_with_it() -> None:
    made = {
        **workflows.PLAIN,
        "3": sampled(latent_image=("80", 2)),
        "80": node("LTXVImgToVideo", vae=("4", 2), image=("81", 0), width=768, height=512, length=97, batch_size=1),
        "81": node("LoadImage", image="first.png"),
    }
    found = guess(made)
    assert found.at["start_frame"] == ("81.inputs.image",)
    assert found.at["length"] == ("80.inputs.length",)


@pytest.mark.parametrize(
    "changes",
    [
        {"40": node("Calculator", first=1, second=2)},
        {"40": node("PrimitiveInt", value=("41", 0)), "41": node("PrimitiveInt", value=("40", 0))},
        {"40": node("PrimitiveInt", value=("77", 0))},
    ],
    ids=["two values", "a loop", "from nowhere"],
)
def test_a_seed_that_is_made_of_others_has_no_place(changes: dict[str, Any]) -> None:
    found = guess({**workflows.PLAIN, "3": sampled(seed=("40", 0)), **changes})
    assert "seed" not in found.at
    assert "No seed was found" in " ".join(found.missing)


def refined(text: str) -> dict[str, Any]:
    return {
        **workflows.PLAIN,
        "70": sampled(positive=("71", 0), negative=("72", 0), latent_image=("3", 0)),
        "71": node("CLIPTextEncode", text=text, clip=("4", 1)),
        "72": node("CLIPTextEncode", text="blur", clip=("4", 1)),
        "8": node("VAEDecode", samples=("70", 0), vae=("4", 2)),
    }


def test_a_second_pass_that_says_the_same_gets_the_same_words() -> None:
    assert guess(refined("a film still")).at["prompt"] == ("6.inputs.text", "71.inputs.text")
    other = guess(refined("skin, pores"))
    assert other.at["prompt"] == ("6.inputs.text",)
    assert other.why["prompt"].endswith("1 more with other words are left as they are.")
    assert other.at["negative"] == ("7.inputs.text", "72.inputs.text")
    assert other.at["seed"] == ("3.inputs.seed", "70.inputs.seed")
    assert other.at["steps"] == ("3.inputs.steps",)


def test_a_map_that_is_made_inside_the_workflow_is_no_place() -> None:
    made = {**ALL["CONTROLLED"], "11": node("VAEEncode", pixels=("21", 0), vae=("4", 2))}
    made["3"] = sampled(positive=("22", 0), negative=("22", 1), latent_image=("11", 0))
    found = guess(made)
    assert found.at["source"] == ("21.inputs.image",)
    assert "depth" not in found.at
    assert "The depth map of node 22 (ControlNetApplyAdvanced) is made inside the workflow." in found.missing


def test_a_map_that_would_be_made_again_is_pointed_out() -> None:
    made = deepcopy(ALL["CONTROLLED"])
    made["27"] = node("DepthAnythingPreprocessor", image=("21", 0))
    made["22"]["inputs"]["image"] = ["27", 0]
    assert "It passes through DepthAnythingPreprocessor" in guess(made).why["depth"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("controlnet-depth-sdxl", "depth"),
        ("control_v11p_sd15_openpose.pth", "pose"),
        ("t2i_canny", "edges"),
        ("HEDPreprocessor", "edges"),
        ("BasicScheduler", ""),
        ("sd15_normalbae", "normals"),
        ("union-promax", ""),
    ],
)
def test_names_speak_of_maps(said: str, place: str) -> None:
    assert map_named(said) == place


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("{not json", "no JSON"),
        ("[]", "no nodes"),
        ({}, "no nodes"),
        (workflows.EDITOR, "as the editor saves it"),
        (json.dumps(workflows.EDITOR), "as the editor saves it"),
        ({"1": {"inputs": {}}}, "Node 1 of the workflow says no class_type"),
        ({"1": {"class_type": "X", "inputs": []}}, "inputs of node 1"),
    ],
)
def test_what_is_no_api_workflow_is_refused_with_how_to_export_one(given: Any, says: str) -> None:
    with pytest.raises(BadInputError, match=says) as caught:
        read(given)
    assert "Export (API)" in caught.value.hint


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("[" * 100_000, "no JSON"),
        ('{"1": {"class_type": "X", "inputs": {"a": 1e999}}}', "Node 1 of the workflow holds a number or a letter"),
        ('{"1": {"class_type": "X", "inputs": {"a": NaN}}}', "Node 1 of the workflow holds a number or a letter"),
        ('{"1": {"class_type": "\\ud800", "inputs": {}}}', "Node 1 of the workflow holds a number or a letter"),
        ('{"\\ud800": {"class_type": "X"}}', r"Node \? of the workflow holds a number or a letter"),
        ({str(name): {"class_type": "X"} for name in range(MOST_NODES + 1)}, "too large: it has 1,001 nodes"),
        ({"1": {"class_type": "X", "inputs": {str(key): 1 for key in range(MOST_INPUTS + 1)}}}, "too large"),
    ],
    ids=["nested", "endless", "no number", "half a letter", "half a name", "nodes", "inputs"],
)
def test_a_hostile_workflow_is_refused(given: Any, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        read(given)


def test_what_a_server_adds_to_a_picture_is_left_out() -> None:
    saved = {"1": {"class_type": "X", "inputs": {"a": 1}, "is_changed": [float("nan")], "_meta": ["X"]}}
    assert read(json.dumps(saved)) == {"1": {"class_type": "X", "inputs": {"a": 1}}}


@pytest.mark.parametrize("wrap", [lambda one: one, json.dumps, lambda one: {"prompt": one}])
def test_a_workflow_comes_as_data_or_as_text(wrap: Any) -> None:
    assert read(wrap(ALL["PLAIN"])) == ALL["PLAIN"]


@pytest.mark.parametrize(
    ("at", "place", "says"),
    [
        ({"prompt": ("66.inputs.text",)}, "prompt", "The workflow has no node 66."),
        ({"prompt": ("6.inputs.words",)}, "prompt", "Node 6 (CLIPTextEncode) has no such input; it has: clip, text."),
        ({"prompt": ("6",)}, "prompt", "has no such input"),
        ({"steps": ("3.inputs.steps",), "seed": ("3.inputs.steps",)}, "seed", "already takes “Steps”"),
        ({"prompt": ("3.inputs.seed",)}, "prompt", "'seed' of node 3 holds 5, which is no text."),
        ({"prompt": ("6.inputs.clip",)}, "prompt", "'clip' of node 6 comes from node 4"),
        ({"prompt": ("6.inputs.text",), "seed": ("3.inputs.cfg",)}, "seed", "which is no whole number."),
        ({"prompt": ("6.inputs.text",), "sede": ("3.inputs.seed",)}, "sede", "Did you mean 'seed'?"),
        ({"prompt": ("6.inputs.text",), "reference.0": ("6.inputs.text",)}, "reference.0", "no such place"),
        ({"prompt": ("6.inputs.text",), "output": ("99",)}, "output", "no node 99"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(at: dict[str, Any], place: str, says: str) -> None:
    found = checked(ALL["PLAIN"], at)
    assert [one.place for one in found] == [place]
    assert says in found[0].says


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('{"prompt": "6.inputs.text"}', {"prompt": ("6.inputs.text",)}),
        ({"prompt": ["6.inputs.text", " 7.inputs.text "], "seed": ""}, {"prompt": ("6.inputs.text", "7.inputs.text")}),
    ],
)
def test_a_mapping_is_read(given: Any, expected: dict[str, tuple[str, ...]]) -> None:
    assert places(given) == expected


@pytest.mark.parametrize("given", ["{", "[]", '{"prompt": 6}', {"prompt": [6]}, None])
def test_a_mapping_that_is_none_is_refused(given: Any) -> None:
    with pytest.raises(BadInputError, match="place"):
        places(given)


def test_values_are_put_into_a_copy() -> None:
    before = deepcopy(ALL["MOVING"])
    made = filled(ALL["MOVING"], guess(ALL["MOVING"]).at, {"prompt": "rain", "seed": 7, "fps": 24, "denoise": 0.5})
    assert ALL["MOVING"] == before
    assert made["4"]["inputs"]["text"] == "rain"
    assert [made[one]["inputs"]["noise_seed"] for one in ("9", "10")] == [7, 7]
    assert isinstance(made["12"]["inputs"]["fps"], float)
    changed = {name for name in made if made[name] != before[name]}
    assert changed == {"4", "9", "10", "12"}


@pytest.mark.parametrize(
    ("name", "address", "alpha"),
    [("INPAINT", "10.inputs.image", True), ("MASKED", "14.inputs.image", False), ("IMG2IMG", "10.inputs.image", False)],
)
def test_it_is_known_how_a_mask_is_read(name: str, address: str, alpha: bool) -> None:  # noqa: FBT001  a table's column
    assert reads_alpha(ALL[name], address) is alpha


def test_an_alpha_mask_by_its_own_loader_is_known() -> None:
    made = {"14": node("LoadImageMask", image="mask.png", channel="alpha")}
    assert reads_alpha(made, "14.inputs.image")


def test_samplers_are_counted() -> None:
    assert {name: samplers(one) for name, one in ALL.items() if samplers(one) != 1} == {"MOVING": 2}


@pytest.mark.parametrize("name", ["reference.3", "reference.12.strength", "depth.strength", "prompt", "mask"])
def test_a_place_can_be_named(name: str) -> None:
    assert place_of(name)


INPUTS = st.dictionaries(
    st.sampled_from(
        (
            "text",
            "clip",
            "seed",
            "latent_image",
            "positive",
            "negative",
            "image",
            "model",
            "pixels",
            "mask",
            "control_net",
        )
    ),
    st.one_of(
        st.text(max_size=3),
        st.integers(0, 9),
        st.booleans(),
        st.none(),
        st.tuples(st.sampled_from("12345"), st.integers(0, 2)).map(list),
    ),
)
GRAPHS = st.dictionaries(
    st.sampled_from("12345"),
    st.fixed_dictionaries(
        {
            "class_type": st.sampled_from(
                ("KSampler", "CLIPTextEncode", "LoadImage", "VAEEncode", "ControlNetApply", "SaveImage", "Unheard")
            ),
            "inputs": INPUTS,
        }
    ),
    min_size=1,
)


@given(GRAPHS)
def test_any_graph_can_be_read_and_what_is_read_can_be_filled(graph: dict[str, Any]) -> None:
    """Loops and links to nowhere among them."""
    found = guess(graph)
    assert checked(graph, found.at) == ()
    values = {"prompt": "rain", "negative": "blur", "seed": 3, "source": "a.png", "mask": "b.png"}
    made = filled(graph, found.at, values)
    for name in values.keys() & found.at.keys() - {"source", "mask"}:
        for address in found.at[name]:
            number, _, key = address.partition(".inputs.")
            assert made[number]["inputs"][key] == values[name]


def test_of_very_many_samplers_the_first_are_followed() -> None:
    """Samplers behind each other, more than anybody has: each looks back through all before it."""
    chain = {str(n): sampled(latent_image=(str(n - 1), 0)) for n in range(100, 100 + MOST_SAMPLERS + 8)}
    assert guess(chain).at["seed"] == tuple(f"{n}.inputs.seed" for n in range(100, 100 + MOST_SAMPLERS))


def test_every_place_is_in_the_docs() -> None:
    text = (Path(__file__).parents[2] / "docs" / "comfyui.md").read_text(encoding="utf-8")
    table = text[text.index("| place |") : text.index("A shot without a picture")]
    named = {name for row in table.strip().splitlines() for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert named == {*PLACES, "reference.1", "reference.2", "depth.strength", "reference.1.strength"}
    assert all(map(place_of, named))
