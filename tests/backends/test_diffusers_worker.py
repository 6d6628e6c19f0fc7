"""What the worker makes of a job for pipelines of each shape; the real ones are called in tests/peers."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.backends import _diffusers_worker as worker


class StableDiffusionPipeline:
    """Takes a negative, and one guidance."""

    vae_scale_factor = 8

    def __call__(
        self, prompt: str, width: int, height: int, *, num_inference_steps: int = 50, guidance_scale: float = 7.5,
        negative_prompt: str = "",
    ) -> None: ...  # fmt: skip


class FluxImg2ImgPipeline:
    """Takes the guidance it was distilled with; the true one, and with it the negative, is switched off."""

    vae_scale_factor = 8
    transformer = object()

    def __call__(
        self, prompt: str, image: Any, *, num_inference_steps: int = 28, guidance_scale: float = 3.5,
        true_cfg_scale: float = 1.0, negative_prompt: str = "", strength: float = 0.6,
    ) -> None: ...  # fmt: skip


class QwenImagePipeline:
    """Is led by the true guidance, which needs a negative."""

    def __call__(
        self, prompt: str, *, num_inference_steps: int = 50, guidance_scale: float | None = None,
        true_cfg_scale: float = 4.0, negative_prompt: str = "",
    ) -> None: ...  # fmt: skip


class OldPipeline:
    """Takes hardly anything."""

    def __call__(self, prompt: str, *, num_inference_steps: int = 50) -> None: ...


SIZE = {"width": 64, "height": 32}
SOURCE = {"image": "a picture", **SIZE}
SILENT = "FluxImg2ImgPipeline hears what to keep out only with a true_cfg_scale over 1; it was not sent."


@pytest.mark.parametrize(
    ("pipe", "job", "pictures", "expected", "notes"),
    [
        (
            StableDiffusionPipeline(), {"negative": "blur", "guidance": 5, "steps": 9}, SIZE,
            {"num_inference_steps": 9, "guidance_scale": 5, "negative_prompt": "blur", **SIZE}, [],
        ),
        (StableDiffusionPipeline(), {}, {}, {"num_inference_steps": 50}, []),
        (
            StableDiffusionPipeline(), {"true_cfg": 3}, {},
            {"num_inference_steps": 50}, ["StableDiffusionPipeline takes no true_cfg_scale; it was not sent."],
        ),
        (
            FluxImg2ImgPipeline(), {"negative": "blur", "guidance": 5, "strength": 0.5}, SOURCE,
            {"num_inference_steps": 28, "guidance_scale": 5, "image": "a picture", "strength": 0.5}, [SILENT],
        ),
        (
            FluxImg2ImgPipeline(), {"negative": "blur", "true_cfg": 2}, SOURCE,
            {"num_inference_steps": 28, "true_cfg_scale": 2, "negative_prompt": "blur", "image": "a picture"}, [],
        ),
        (
            QwenImagePipeline(), {"guidance": 5}, {},
            {"num_inference_steps": 50, "true_cfg_scale": 5, "negative_prompt": " "}, [],
        ),
        (
            QwenImagePipeline(), {"negative": "blur"}, {},
            {"num_inference_steps": 50, "negative_prompt": "blur"}, [],
        ),
        (
            OldPipeline(), {"negative": "blur", "guidance": 5}, SIZE,
            {"num_inference_steps": 50},
            [f"OldPipeline takes no {one}; it was not sent." for one in (*SIZE, "guidance_scale", "negative_prompt")],
        ),
    ],
)  # fmt: skip
def test_a_pipeline_is_called_with_what_it_takes(
    pipe: Any, job: dict[str, Any], pictures: dict[str, Any], expected: dict[str, Any], notes: list[str]
) -> None:
    noted = list[str]()
    assert worker._call(pipe, {"prompt": "rain", **job}, pictures, noted) == {"prompt": "rain", **expected}
    assert noted == notes


@pytest.mark.parametrize("steps", [1, 4, 49, 50, 1000])
def test_one_step_at_least_is_drawn_of_a_source_that_is_wholly_held(steps: int) -> None:
    job = {"prompt": "rain", "steps": steps, "strength": 0.0}
    strength = worker._call(FluxImg2ImgPipeline(), job, SOURCE, [])["strength"]
    assert int(steps * strength) == 1


@pytest.mark.parametrize(
    ("pipe", "size", "near"),
    [
        (StableDiffusionPipeline(), (64, 40), ""),
        (StableDiffusionPipeline(), (64, 41), "64 × 40"),
        (StableDiffusionPipeline(), (16, 3), "16 × 8"),
        (FluxImg2ImgPipeline(), (64, 48), ""),
        (FluxImg2ImgPipeline(), (72, 50), "64 × 48"),
    ],
)
def test_a_size_must_be_one_that_the_model_draws(pipe: Any, size: tuple[int, int], near: str) -> None:
    job = {"width": size[0], "height": size[1]}
    if not near:
        assert worker._size(pipe, job) == size
        return
    with pytest.raises(worker.RefusedError, match="sides are multiples of") as refusal:
        worker._size(pipe, job)
    assert refusal.value.hint == f"Ask for {near}."


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (MemoryError(), "The memory does not hold this model at 64 × 32."),
        (RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"), "The memory does not hold this model"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried"), "The memory does not hold"),
        (ValueError("\n  one\n  two"), "diffusers failed: ValueError: one"),
        (KeyError(), "diffusers failed: KeyError: KeyError"),
        (worker.StoppedError(), "Stopped."),
    ],
)
def test_an_error_is_a_sentence(error: Exception, says: str) -> None:
    assert worker._sentence(error, {"prompt": "rain", **SIZE})["error"].startswith(says)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["diffusion_pytorch_model.fp16.safetensors"], "fp16"),
        (["diffusion_pytorch_model.fp16.safetensors", "diffusion_pytorch_model.safetensors"], None),
        (["diffusion_pytorch_model.safetensors"], None),
        ([], None),
    ],
)
def test_half_precision_weights_are_found_where_they_are_alone(names: list[str], expected: str, tmp_path: Any) -> None:
    (tmp_path / "unet").mkdir()
    for name in names:
        (tmp_path / "unet" / name).touch()
    assert worker._variant(tmp_path) == expected


def test_a_safety_checkers_black_picture_is_none() -> None:
    with pytest.raises(worker.RefusedError, match="safety checker"):
        worker._kept_outside(SimpleNamespace(images=["black"], nsfw_content_detected=[True]), {})
