"""ComfyUI's workflow, as the fake of ComfyUI judges one."""

import json
from dataclasses import replace
from typing import Any

import pytest

from app.exporters import Reel, export, exporters
from app.exporters.base import ReelShot
from app.pipeline import compile_shot
from app.schema import read_data
from app.schema.compiled import Param
from app.vocab import vocabulary
from tests.exporters.reels import reel, shot


def graph(film: Reel) -> dict[str, Any]:
    """Return the workflow of a film's first shot."""
    told: dict[str, Any] = json.loads(export(exporters["comfyui"], replace(film, shots=film.shots[:1])).content)
    return told


def nodes(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the inputs of the nodes of a kind."""
    return [one["inputs"] for one in found.values() if one["class_type"] == kind]


def with_pictures(target: str) -> ReelShot:
    """Return a shot that begins from a source picture, half held."""
    said = {"references": {"plate": {"role": "reference.role.source", "asset": "c" * 64, "strength": 0.75}}}
    whole = shot(target=target, patch=said)
    made = compile_shot(whole.resolved.shot, whole.target, vocabulary())
    return replace(whole, compiled=made)


@pytest.mark.parametrize("target", exporters["comfyui"].targets)
def test_everything_is_filled_in_and_every_link_leads_to_a_node(target: str) -> None:
    film = reel(target)
    found = graph(film)
    words = [one["text"] for one in nodes(found, "CLIPTextEncode")]
    assert words[0] == film.shots[0].compiled.text
    links = [value for one in found.values() for value in one["inputs"].values() if isinstance(value, list)]
    assert links
    assert all(name in found for name, _ in links)
    (sampler,) = nodes(found, "KSampler")
    assert sampler["seed"] > 0
    assert nodes(found, "CheckpointLoaderSimple")[0]["ckpt_name"].endswith(".safetensors")
    (save,) = nodes(found, "SaveImage")
    assert save["filename_prefix"] == "printlight/12A"


def test_a_shot_for_another_model_is_worded_anew_for_sdxl() -> None:
    assert graph(reel("uni-1")) == graph(reel("sdxl"))


def test_said_parameters_stand_before_the_usual_ones() -> None:
    film = reel("sdxl")
    compiled = replace(
        film.shots[0].compiled, params={"seed": Param(9), "steps": Param(12), "width": Param(640), "height": Param(320)}
    )
    found = graph(replace(film, shots=(replace(film.shots[0], compiled=compiled),)))
    (sampler,) = nodes(found, "KSampler")
    assert (sampler["seed"], sampler["steps"]) == (9, 12)
    (latent,) = nodes(found, "EmptyLatentImage")
    assert (latent["width"], latent["height"]) == (640, 320)


def test_a_slate_names_the_file_and_nothing_else() -> None:
    film = reel("sdxl")
    found = graph(replace(film, shots=(replace(film.shots[0], slate="../../%date%/12A"),)))
    assert nodes(found, "SaveImage")[0]["filename_prefix"] == "printlight/date-12A"


def test_a_source_is_a_file_of_comfyuis_folder() -> None:
    found = graph(Reel("Film", (with_pictures("sdxl"),)))
    assert nodes(found, "LoadImage") == [{"image": f"plate-{'c' * 12}.png"}]
    assert nodes(found, "KSampler")[0]["denoise"] == 0.25


def test_an_empty_shot_has_a_workflow_too() -> None:
    empty = replace(
        shot(target="sdxl"), compiled=compile_shot(read_data({}), vocabulary().target("sdxl"), vocabulary())
    )
    assert nodes(graph(Reel("Film", (empty,))), "KSampler")
