"""Graphs for the open models that most machines have: words, a source, a mask and maps in, one picture out.

Numbers are the models' usual ones; whatever an order says stands before them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.backends._comfy_map import MAPS, PLACES, map_named
from app.errors import RejectedError


class Family(NamedTuple):
    """How one family of models is drawn with: its usual numbers, and what its files are called."""

    label: str
    words: tuple[str, ...]
    side: int
    step: int
    latent: str
    usual: Mapping[str, Any]


FAMILIES: Mapping[str, Family] = {
    "sd-1.5": Family(
        "Stable Diffusion 1.5",
        ("sd15", "v15", "sd14", "v14"),
        512,
        8,
        "EmptyLatentImage",
        {"steps": 30, "cfg": 7.0, "sampler_name": "dpmpp_2m", "scheduler": "karras"},
    ),
    "sdxl": Family(
        "SDXL",
        ("xl", "pony", "illustrious", "noobai"),
        1024,
        8,
        "EmptyLatentImage",
        {"steps": 30, "cfg": 6.0, "sampler_name": "dpmpp_2m", "scheduler": "karras"},
    ),
    "sd-3.5": Family(
        "Stable Diffusion 3.5",
        ("sd3", "stablediffusion3"),
        1024,
        64,
        "EmptySD3LatentImage",
        {"steps": 28, "cfg": 4.5, "sampler_name": "dpmpp_2m", "scheduler": "sgm_uniform"},
    ),
    "flux-1": Family(
        "FLUX.1",
        ("flux1", "flux"),
        1024,
        16,
        "EmptySD3LatentImage",
        {"steps": 20, "cfg": 1.0, "guidance": 3.5, "sampler_name": "euler", "scheduler": "simple"},
    ),
}
"""By the id of the target."""

OTHERS = ("flux2", "svd", "wan2", "ltx", "hunyuan", "qwen", "audio", "cascade", "upscal", "refiner", "kontext")
"""What files are called that none of these graphs draws with."""

FOLDERS = ("checkpoints", "diffusion_models", "text_encoders", "vae", "controlnet")
"""Where a server keeps the files that a graph names."""

LOADERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "flux-1": {"text_encoders": ("clipl", "t5"), "vae": ("flux", "^ae")},
    "sd-3.5": {"text_encoders": ("clipl", "clipg", "t5"), "vae": ("sd3",)},
}
"""What goes with a model that comes without its text encoders and its VAE: words of the file names."""

UNION: Mapping[str, str] = {
    "depth": "depth",
    "pose": "openpose",
    "edges": "canny/lineart/anime_lineart/mlsd",
    "normals": "normal",
}
"""What a ControlNet for many maps calls each of ours."""

WHERE = "Name the file in the settings of ComfyUI here, or put one into its folder models/{}."


@dataclass(frozen=True)
class Models:
    """The files that a graph draws with. `bare` is a model without text encoders and VAE of its own."""

    name: str
    bare: bool = False
    clips: tuple[str, ...] = ()
    vae: str = ""
    controls: Mapping[str, str] = field(default_factory=dict)


def chosen(
    target: str,
    has: Mapping[str, Sequence[str]],
    wanted: Mapping[str, Any],
    maps: Iterable[str] = (),
    *,
    masked: bool = False,
) -> Models:
    """Choose the files for a target from a server's lists by folder, unless they are named.

    `wanted` may name `checkpoint`, `clips`, `vae`, and `controlnets` by map. Raises RejectedError with what to do when
    a file is missing.
    """
    name = wanted.get("checkpoint") or _model(target, has, masked=masked)
    bare = name in has["diffusion_models"] and name not in has["checkpoints"]
    clips, vae = tuple(wanted.get("clips") or ()), str(wanted.get("vae") or "")
    if bare and target not in LOADERS:
        raise RejectedError(
            f"{FAMILIES[target].label} is loaded as a whole checkpoint.", hint=WHERE.format("checkpoints")
        )
    if bare:
        beside = LOADERS[target]
        clips = clips or tuple(_called((word,), "text_encoders", has) for word in beside["text_encoders"])
        vae = vae or _called(beside["vae"], "vae", has)
    named = wanted.get("controlnets") or {}
    controls = {one: str(named.get(one) or _control(one, target, has["controlnet"])) for one in maps}
    return Models(str(name), bare, clips, vae, controls)


def drawn(target: str, models: Models, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the graph for a target's family: values by place, pictures by the names that they were uploaded under."""
    family = FAMILIES[target]
    told = {"prompt": "", "negative": "", "seed": 0, "width": family.side, "height": family.side, **family.usual}
    told |= {"steps": 4} if "schnell" in models.name.lower() or "turbo" in models.name.lower() else {}
    told |= values
    sketch = _Sketch()
    model, clip, vae = _loaded(sketch, target, models)
    sides = [sketch.add("CLIPTextEncode", text=told[one], clip=clip) for one in ("prompt", "negative")]
    if "guidance" in told:
        sides[0] = sketch.add("FluxGuidance", conditioning=sides[0], guidance=float(told["guidance"]))
    sides = _controlled(sketch, sides, vae, models, told)
    sides, latent, frame = _begun(sketch, sides, vae, family, {**told, "inpaints": "inpaint" in models.name.lower()})
    samples = sketch.add(
        "KSampler",
        model=model,
        positive=sides[0],
        negative=sides[1],
        latent_image=latent,
        denoise=float(told.get("denoise", 1.0)) if "source" in told else 1.0,
        **{name: told[name] for name in ("seed", "steps", "cfg", "sampler_name", "scheduler")},
    )
    image = sketch.add("VAEDecode", samples=samples, vae=vae)
    if frame:
        image = sketch.add("ImageCompositeMasked", source=image, x=0, y=0, resize_source=False, **frame)
    sketch.add("SaveImage", images=image, filename_prefix="printlight")
    return sketch.nodes


class _Sketch:
    """A graph being written; `add` returns the link to a node's first output."""

    def __init__(self) -> None:
        self.nodes: dict[str, Any] = {}

    def add(self, kind: str, **inputs: Any) -> list[Any]:
        """Add a node."""
        name = str(len(self.nodes) + 1)
        self.nodes[name] = {"class_type": kind, "inputs": inputs}
        return [name, 0]


def _output(link: list[Any], number: int) -> list[Any]:
    return [link[0], number]


def _loaded(sketch: _Sketch, target: str, models: Models) -> tuple[list[Any], list[Any], list[Any]]:
    """Load a model, its text encoders and its VAE."""
    if models.bare:
        model = clip = vae = sketch.add("UNETLoader", unet_name=models.name, weight_dtype="default")
    else:
        model = sketch.add("CheckpointLoaderSimple", ckpt_name=models.name)
        clip, vae = _output(model, 1), _output(model, 2)
    if models.clips:
        kind = ("CLIPLoader", "DualCLIPLoader", "TripleCLIPLoader")[len(models.clips[:3]) - 1]
        keys = ("clip_name",) if len(models.clips) == 1 else ("clip_name1", "clip_name2", "clip_name3")
        types = {"flux-1": "flux", "sd-3.5": "sd3", "sdxl": "sdxl"}
        kinds = {} if kind == "TripleCLIPLoader" else {"type": types.get(target, "stable_diffusion")}
        clip = sketch.add(kind, **dict(zip(keys, models.clips, strict=False)), **kinds)
    if models.vae:
        vae = sketch.add("VAELoader", vae_name=models.vae)
    return model, clip, vae


def _controlled(
    sketch: _Sketch, sides: list[list[Any]], vae: list[Any], models: Models, told: Mapping[str, Any]
) -> list[list[Any]]:
    """Let each map hold both sides of the conditioning."""
    for place in (one for one in MAPS if one in told):
        net = sketch.add("ControlNetLoader", control_net_name=models.controls[place])
        if "union" in models.controls[place].lower():
            net = sketch.add("SetUnionControlNetType", control_net=net, type=UNION[place])
        applied = sketch.add(
            "ControlNetApplyAdvanced",
            positive=sides[0],
            negative=sides[1],
            control_net=net,
            image=sketch.add("LoadImage", image=told[place]),
            strength=float(told.get(f"{place}.strength", 1.0)),
            start_percent=0.0,
            end_percent=1.0,
            vae=vae,
        )
        sides = [applied, _output(applied, 1)]
    return sides


def _begun(
    sketch: _Sketch, sides: list[list[Any]], vae: list[Any], family: Family, told: Mapping[str, Any]
) -> tuple[list[list[Any]], list[Any], dict[str, Any]]:
    """Begin with an empty latent, with the source, or with what of it lies under the mask.

    The last of the three is what the finished picture is laid over, so that nothing outside a mask changes.
    """
    size = {"width": told["width"], "height": told["height"]}
    if "source" not in told:
        return sides, sketch.add(family.latent, **size, batch_size=1), {}
    scaled = {"upscale_method": "lanczos", "crop": "center", **size}
    pixels = sketch.add("ImageScale", image=sketch.add("LoadImage", image=told["source"]), **scaled)
    if "mask" not in told:
        return sides, sketch.add("VAEEncode", pixels=pixels, vae=vae), {}
    white = sketch.add("ImageScale", image=sketch.add("LoadImage", image=told["mask"]), **scaled)
    mask = sketch.add("ImageToMask", image=white, channel="red")
    frame = {"destination": pixels, "mask": mask}
    if told["inpaints"]:
        ready = sketch.add(
            "InpaintModelConditioning",
            positive=sides[0],
            negative=sides[1],
            vae=vae,
            pixels=pixels,
            mask=mask,
            noise_mask=True,
        )
        return [ready, _output(ready, 1)], _output(ready, 2), frame
    encoded = sketch.add("VAEEncode", pixels=pixels, vae=vae)
    return sides, sketch.add("SetLatentNoiseMask", samples=encoded, mask=mask), frame


def _model(target: str, has: Mapping[str, Sequence[str]], *, masked: bool) -> str:
    """Return the file that is called like a family; else the only one that is called like no other."""
    family = FAMILIES[target]
    files = [*has["checkpoints"], *has["diffusion_models"]]
    ours = [one for one in files if _family(one) == target]
    free = [one for one in has["checkpoints"] if not _family(one)]
    found = ours or (free if len(free) == 1 else [])
    if not found:
        there = f" There are: {', '.join(files[:12])}." if files else ""
        raise RejectedError(
            f"No model of this ComfyUI is called like {family.label}.{there}", hint=WHERE.format("checkpoints")
        )
    return min(found, key=lambda one: ("inpaint" in one.lower()) != masked)


def _family(file: str) -> str:
    """Return the target whose family a file is called like, `other` for one of none of them, nothing for neither."""
    name = _plain(file)
    if any(word in name for word in OTHERS):
        return "other"
    return next((one for one, family in FAMILIES.items() if any(word in name for word in family.words)), "")


def _called(words: tuple[str, ...], folder: str, has: Mapping[str, Sequence[str]]) -> str:
    """Return the first file of a folder whose name holds one of some words; `^` marks one that it must begin with."""
    for word in words:
        for file in has[folder]:
            name = _plain(file.replace("\\", "/").rpartition("/")[2])
            if name.startswith(word[1:]) if word.startswith("^") else word in name:
                return file
    said = " or ".join(word.removeprefix("^") for word in words)
    raise RejectedError(f"This ComfyUI has no {said} in models/{folder}.", hint=WHERE.format(folder))


def _control(place: str, target: str, files: Sequence[str]) -> str:
    """Return the ControlNet that reads a map for a family: one of its own before one for many maps."""
    fitting = [one for one in files if (_family(one) or "sd-1.5") == target]
    own = [one for one in fitting if map_named(one) == place]
    union = [one for one in fitting if "union" in one.lower()]
    if not own and not union:
        said = PLACES[place].label.lower()
        raise RejectedError(
            f"This ComfyUI has no ControlNet that reads the {said} for {FAMILIES[target].label}.",
            hint=f"{WHERE.format('controlnet')} Or take the map off the shot.",
        )
    return (own or union)[0]


def _plain(file: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", file.lower().rpartition(".")[0] or file.lower())
