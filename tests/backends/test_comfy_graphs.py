"""The plain graphs: which files of a server they draw with, and that a server takes them."""

from typing import Any

import pytest

from app.backends._comfy_graphs import FAMILIES, Models, chosen, drawn
from app.errors import RejectedError
from tests.backends.fakes.comfy import Comfy

EMPTY: dict[str, list[str]] = {
    "checkpoints": [],
    "diffusion_models": [],
    "text_encoders": [],
    "vae": [],
    "controlnet": [],
}
SHELF = {
    "checkpoints": [
        "v1-5-pruned-emaonly.safetensors",
        "sd_xl_refiner_1.0.safetensors",
        "XL/desert_xl.safetensors",
        "XL/desert_xl_inpainting.safetensors",
        "sd3.5_large_fp8_scaled.safetensors",
        "wan2.2_5B.safetensors",
    ],
    "diffusion_models": ["flux2-dev.safetensors", "flux1-dev.safetensors"],
    "text_encoders": ["clip_l.safetensors", "clip_g.safetensors", "t5xxl_fp8.safetensors"],
    "vae": ["sdxl_vae.safetensors", "ae.safetensors"],
    "controlnet": [
        "control_v11f1p_sd15_depth.pth",
        "control_v11p_sd15_openpose.pth",
        "diffusers_xl_depth_full.safetensors",
        "xl_union_promax.safetensors",
        "flux1-depth-controlnet.safetensors",
    ],
}
BARE = Models(
    "flux1-dev.safetensors",
    bare=True,
    clips=("clip_l.safetensors", "t5xxl_fp8.safetensors"),
    vae="ae.safetensors",
)


@pytest.mark.parametrize(
    ("target", "wanted", "expected"),
    [
        ("sd-1.5", {}, Models("v1-5-pruned-emaonly.safetensors")),
        ("sdxl", {}, Models("XL/desert_xl.safetensors")),
        (
            "sdxl",
            {"checkpoint": "mine.safetensors", "vae": "sdxl_vae.safetensors"},
            Models("mine.safetensors", vae="sdxl_vae.safetensors"),
        ),
        ("sd-3.5", {}, Models("sd3.5_large_fp8_scaled.safetensors")),
        ("flux-1", {}, BARE),
        (
            "flux-1",
            {"clips": ["a", "b"], "vae": "c"},
            Models("flux1-dev.safetensors", bare=True, clips=("a", "b"), vae="c"),
        ),
    ],
)
def test_files_are_chosen_by_their_names(target: str, wanted: dict[str, Any], expected: Models) -> None:
    assert chosen(target, SHELF, wanted) == expected


def test_a_model_made_for_masks_is_taken_for_a_mask() -> None:
    assert chosen("sdxl", SHELF, {}, masked=True).name == "XL/desert_xl_inpainting.safetensors"


@pytest.mark.parametrize(
    ("target", "place", "file"),
    [
        ("sd-1.5", "depth", "control_v11f1p_sd15_depth.pth"),
        ("sd-1.5", "pose", "control_v11p_sd15_openpose.pth"),
        ("sdxl", "depth", "diffusers_xl_depth_full.safetensors"),
        ("sdxl", "pose", "xl_union_promax.safetensors"),
        ("sdxl", "normals", "xl_union_promax.safetensors"),
        ("flux-1", "depth", "flux1-depth-controlnet.safetensors"),
    ],
)
def test_a_map_gets_a_controlnet_of_its_family(target: str, place: str, file: str) -> None:
    assert chosen(target, SHELF, {}, [place]).controls == {place: file}


def test_a_controlnet_can_be_named() -> None:
    assert chosen("flux-1", SHELF, {"controlnets": {"pose": "mine"}}, ["pose"]).controls == {"pose": "mine"}


def test_the_only_checkpoint_is_taken_whatever_its_name() -> None:
    has = {**EMPTY, "checkpoints": ["dreams_8.safetensors", "svd_xt.safetensors"]}
    assert chosen("sdxl", has, {}).name == "dreams_8.safetensors"


@pytest.mark.parametrize(
    ("target", "has", "maps", "says"),
    [
        ("sdxl", EMPTY, [], "No model of this ComfyUI is called like SDXL."),
        ("sdxl", {**EMPTY, "checkpoints": ["a.ckpt", "b.ckpt"]}, [], "There are: a.ckpt, b.ckpt."),
        ("flux-1", {**SHELF, "vae": []}, [], "no flux or ae in models/vae"),
        ("flux-1", {**SHELF, "text_encoders": ["clip_l.safetensors"]}, [], "no t5 in models/text_encoders"),
        ("sdxl", {**EMPTY, "diffusion_models": ["desert_xl.safetensors"]}, [], "loaded as a whole checkpoint"),
        ("flux-1", SHELF, ["pose"], "no ControlNet that reads the pose map for FLUX.1"),
        ("sd-1.5", SHELF, ["edges"], "no ControlNet that reads the edge map for Stable Diffusion 1.5"),
    ],
)
def test_a_file_that_is_missing_says_what_to_do(
    target: str, has: dict[str, list[str]], maps: list[str], says: str
) -> None:
    with pytest.raises(RejectedError, match=says.replace(".", r"\.")) as caught:
        chosen(target, has, {}, maps)
    assert "models/" in caught.value.hint


@pytest.mark.parametrize("target", FAMILIES)
@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"source": "a.png", "denoise": 0.6},
        {"source": "a.png", "mask": "b.png"},
        {"depth": "c.png", "depth.strength": 0.7, "pose": "d.png"},
        {"source": "a.png", "mask": "b.png", "edges": "c.png"},
    ],
    ids="+".join,
)
def test_a_server_takes_every_plain_graph(target: str, shown: dict[str, Any]) -> None:
    fake = Comfy(files={**SHELF, "controlnet": ["sd15_union", "xl_union", "sd3_union", "flux_union"]})
    fake.inputs = dict.fromkeys(("a.png", "b.png", "c.png", "d.png"), b"")
    maps = [name for name in shown if name in ("depth", "pose", "edges")]
    models = chosen(target, fake.files, {}, maps, masked="mask" in shown)
    graph = drawn(
        target, models, {"prompt": "rain", "negative": "blur", "seed": 7, "width": 768, "height": 512} | shown
    )
    error, wrong, outputs = fake.judge(graph)
    assert (error, wrong) == ({}, {})
    assert [graph[one]["class_type"] for one in outputs] == ["SaveImage"]


def kinds(graph: dict[str, Any]) -> list[str]:
    return [one["class_type"] for one in graph.values()]


def inputs(graph: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one["inputs"] for one in graph.values() if one["class_type"] == kind)


def test_the_usual_numbers_stand_until_others_are_said() -> None:
    usual = inputs(drawn("sdxl", Models("x"), {}), "KSampler")
    said = inputs(drawn("sdxl", Models("x"), {"steps": 12, "cfg": 3, "sampler_name": "euler"}), "KSampler")
    assert (usual["steps"], usual["cfg"], usual["sampler_name"], usual["denoise"]) == (30, 6.0, "dpmpp_2m", 1.0)
    assert (said["steps"], said["cfg"], said["sampler_name"], said["scheduler"]) == (12, 3, "euler", "karras")


def test_a_distilled_model_draws_in_few_steps() -> None:
    assert inputs(drawn("flux-1", Models("flux1-schnell.safetensors"), {}), "KSampler")["steps"] == 4


def test_denoise_is_for_a_source_alone() -> None:
    assert inputs(drawn("sdxl", Models("x"), {"denoise": 0.4}), "KSampler")["denoise"] == 1.0
    assert inputs(drawn("sdxl", Models("x"), {"denoise": 0.4, "source": "a"}), "KSampler")["denoise"] == 0.4


def test_nothing_outside_a_mask_changes() -> None:
    graph = drawn("sdxl", Models("x"), {"source": "a", "mask": "b"})
    over = inputs(graph, "ImageCompositeMasked")
    assert graph[over["source"][0]]["class_type"] == "VAEDecode"
    assert graph[over["destination"][0]]["inputs"]["image"] == ["4", 0]
    assert graph["4"]["inputs"]["image"] == "a"
    assert graph[over["mask"][0]]["class_type"] == "ImageToMask"
    assert inputs(graph, "SaveImage")["images"] == [str(len(graph) - 1), 0]


def test_a_model_made_for_masks_is_shown_the_mask() -> None:
    values = {"source": "a", "mask": "b"}
    assert "InpaintModelConditioning" in kinds(drawn("sdxl", Models("xl_inpaint"), values))
    assert "SetLatentNoiseMask" in kinds(drawn("sdxl", Models("xl"), values))


def test_maps_hold_one_after_the_other() -> None:
    models = Models("x", controls={"depth": "depth_net", "pose": "a_union"})
    graph = drawn("sdxl", models, {"depth": "d.png", "pose": "p.png", "pose.strength": 0.3})
    first, second = [name for name, one in graph.items() if one["class_type"] == "ControlNetApplyAdvanced"]
    assert graph[second]["inputs"]["positive"] == [first, 0]
    assert graph[second]["inputs"]["negative"] == [first, 1]
    assert inputs(graph, "KSampler")["negative"] == [second, 1]
    assert [graph[one]["inputs"]["strength"] for one in (first, second)] == [1.0, 0.3]
    assert inputs(graph, "SetUnionControlNetType")["type"] == "openpose"
    assert kinds(graph).count("SetUnionControlNetType") == 1
