"""Workflows as filmmakers save them with Export (API), one for each way of building one."""

from typing import Any


def node(kind: str, title: str = "", **inputs: Any) -> dict[str, Any]:
    """Return a node; a tuple is a link."""
    made = {key: list(value) if isinstance(value, tuple) else value for key, value in inputs.items()}
    return {"class_type": kind, "inputs": made, **({"_meta": {"title": title}} if title else {})}


def sampled(**changes: Any) -> dict[str, Any]:
    """Return a sampler in the middle of a plain graph."""
    usual = {
        "model": ("4", 0),
        "seed": 5,
        "steps": 20,
        "cfg": 7.5,
        "sampler_name": "euler",
        "scheduler": "normal",
        "positive": ("6", 0),
        "negative": ("7", 0),
        "latent_image": ("5", 0),
        "denoise": 1.0,
    }
    return node("KSampler", **{**usual, **changes})


PLAIN = {
    "3": sampled(),
    "4": node("CheckpointLoaderSimple", ckpt_name="desert_xl.safetensors"),
    "5": node("EmptyLatentImage", width=1024, height=576, batch_size=1),
    "6": node("CLIPTextEncode", "Positive", text="a film still", clip=("4", 1)),
    "7": node("CLIPTextEncode", "Negative", text="blur", clip=("4", 1)),
    "8": node("VAEDecode", samples=("3", 0), vae=("4", 2)),
    "9": node("SaveImage", images=("8", 0), filename_prefix="mara"),
}
"""Words in, a picture out."""

IMG2IMG = {
    **{name: one for name, one in PLAIN.items() if name not in ("3", "5")},
    "3": sampled(latent_image=("11", 0), denoise=0.55),
    "10": node("LoadImage", image="still.png"),
    "11": node("VAEEncode", pixels=("12", 0), vae=("4", 2)),
    "12": node("ImageScale", image=("10", 0), upscale_method="lanczos", width=1024, height=576, crop="center"),
}

INPAINT = {
    **{name: one for name, one in IMG2IMG.items() if name != "3"},
    "3": sampled(latent_image=("13", 0)),
    "13": node("SetLatentNoiseMask", samples=("11", 0), mask=("10", 1)),
}
"""The mask is the transparency of the source."""

MASKED = {
    **{name: one for name, one in INPAINT.items() if name != "13"},
    "13": node("SetLatentNoiseMask", samples=("11", 0), mask=("14", 0)),
    "14": node("LoadImageMask", image="mask.png", channel="red"),
}
"""The mask is a picture of its own."""

CONTROLLED = {
    **{name: one for name, one in PLAIN.items() if name != "3"},
    "3": sampled(positive=("22", 0), negative=("22", 1)),
    "20": node("ControlNetLoader", control_net_name="xl_depth.safetensors"),
    "21": node("LoadImage", image="map_a.png"),
    "22": node(
        "ControlNetApplyAdvanced",
        positive=("25", 0),
        negative=("25", 1),
        control_net=("20", 0),
        image=("21", 0),
        strength=0.8,
        start_percent=0.0,
        end_percent=1.0,
    ),
    "23": node("ControlNetLoader", control_net_name="union_promax.safetensors"),
    "24": node("LoadImage", "Actor's pose", image="map_b.png"),
    "25": node(
        "ControlNetApplyAdvanced",
        positive=("6", 0),
        negative=("7", 0),
        control_net=("26", 0),
        image=("24", 0),
        strength=1.0,
        start_percent=0.0,
        end_percent=1.0,
    ),
    "26": node("SetUnionControlNetType", control_net=("23", 0), type="openpose"),
}
"""A depth map, and a pose by a ControlNet for many maps."""

FLUX = {
    "1": node("UNETLoader", unet_name="flux1-dev.safetensors", weight_dtype="default"),
    "2": node("DualCLIPLoader", clip_name1="clip_l.safetensors", clip_name2="t5xxl_fp8.safetensors", type="flux"),
    "3": node("VAELoader", vae_name="ae.safetensors"),
    "4": node("CLIPTextEncodeFlux", clip=("2", 0), clip_l="a still", t5xxl="a still", guidance=3.5),
    "5": node("EmptySD3LatentImage", width=1024, height=1024, batch_size=1),
    "6": node("RandomNoise", noise_seed=11),
    "7": node("KSamplerSelect", sampler_name="euler"),
    "8": node("BasicScheduler", model=("1", 0), scheduler="simple", steps=24, denoise=1.0),
    "9": node("BasicGuider", model=("1", 0), conditioning=("4", 0)),
    "10": node(
        "SamplerCustomAdvanced",
        noise=("6", 0),
        guider=("9", 0),
        sampler=("7", 0),
        sigmas=("8", 0),
        latent_image=("5", 0),
    ),
    "11": node("VAEDecode", samples=("10", 0), vae=("3", 0)),
    "12": node("SaveImage", images=("11", 0), filename_prefix="flux"),
    "13": node("PreviewImage", images=("11", 0)),
}
"""The sampler in parts, and a text encoder with two fields."""

KONTEXT = {
    **{name: one for name, one in FLUX.items() if name not in ("4", "9", "13")},
    "9": node("BasicGuider", model=("1", 0), conditioning=("16", 0)),
    "14": node("LoadImage", image="street.png"),
    "15": node("VAEEncode", pixels=("17", 0), vae=("3", 0)),
    "16": node("ReferenceLatent", conditioning=("18", 0), latent=("15", 0)),
    "17": node("FluxKontextImageScale", image=("14", 0)),
    "18": node("FluxGuidance", conditioning=("19", 0), guidance=2.5),
    "19": node("CLIPTextEncode", text="make it night", clip=("2", 0)),
}
"""The model is shown one picture: the one to change, or one that lends."""

LENDING = {
    **{name: one for name, one in PLAIN.items() if name != "3"},
    "3": sampled(model=("31", 0)),
    "30": node("LoadImage", "Look", image="look.png"),
    "31": node("IPAdapterAdvanced", model=("4", 0), image=("30", 0), weight=0.6),
    "32": node("ConditioningZeroOut", conditioning=("6", 0)),
}
"""A picture lends by an adapter; nothing uses the node at its side."""

MOVING = {
    "1": node("UNETLoader", unet_name="wan2.2_high.safetensors", weight_dtype="default"),
    "2": node("CLIPLoader", clip_name="umt5.safetensors", type="wan"),
    "3": node("VAELoader", vae_name="wan_vae.safetensors"),
    "4": node("CLIPTextEncode", text="she turns", clip=("2", 0)),
    "5": node("CLIPTextEncode", text="static", clip=("2", 0)),
    "6": node("LoadImage", image="first.png"),
    "7": node("LoadImage", image="last.png"),
    "8": node(
        "WanFirstLastFrameToVideo",
        positive=("4", 0),
        negative=("5", 0),
        vae=("3", 0),
        width=832,
        height=480,
        length=81,
        batch_size=1,
        start_image=("6", 0),
        end_image=("7", 0),
    ),
    "9": node(
        "KSamplerAdvanced",
        model=("1", 0),
        add_noise="enable",
        noise_seed=1,
        steps=20,
        cfg=3.5,
        sampler_name="euler",
        scheduler="simple",
        positive=("8", 0),
        negative=("8", 1),
        latent_image=("8", 2),
        start_at_step=0,
        end_at_step=10,
        return_with_leftover_noise="enable",
    ),
    "10": node(
        "KSamplerAdvanced",
        model=("1", 0),
        add_noise="disable",
        noise_seed=0,
        steps=20,
        cfg=3.5,
        sampler_name="euler",
        scheduler="simple",
        positive=("8", 0),
        negative=("8", 1),
        latent_image=("9", 0),
        start_at_step=10,
        end_at_step=10000,
        return_with_leftover_noise="disable",
    ),
    "11": node("VAEDecode", samples=("10", 0), vae=("3", 0)),
    "12": node("CreateVideo", images=("11", 0), fps=16.0),
    "13": node("SaveVideo", video=("12", 0), filename_prefix="clip", format="auto", codec="auto"),
}
"""A clip between two frames, drawn by two samplers that share their steps."""

STILL = {
    "3": sampled(model=("15", 0), positive=("12", 0), negative=("12", 1), latent_image=("12", 2)),
    "8": node("VAEDecode", samples=("3", 0), vae=("15", 2)),
    "10": node("SaveAnimatedWEBP", images=("8", 0), filename_prefix="svd", fps=10.0, lossless=False),
    "12": node(
        "SVD_img2vid_Conditioning",
        clip_vision=("15", 1),
        init_image=("23", 0),
        vae=("15", 2),
        width=1024,
        height=576,
        video_frames=14,
        motion_bucket_id=127,
        fps=6,
        augmentation_level=0.0,
    ),
    "4": node("ImageOnlyCheckpointLoader", ckpt_name="svd.safetensors"),
    "15": node("Reroute", model=("4", 0), clip=("4", 1), vae=("4", 2)),
    "23": node("LoadImage", image="first.png"),
}
"""A still set in motion, without a word."""

HELD = {
    **{name: one for name, one in PLAIN.items() if name not in ("3", "6")},
    "3": sampled(seed=("40", 0)),
    "6": node("CLIPTextEncode", text=("41", 0), clip=("4", 1)),
    "40": node("PrimitiveInt", value=99),
    "41": node("PrimitiveStringMultiline", value="a film still"),
}
"""Words and seed are held by little nodes of their own."""

EDITOR = {"nodes": [{"id": 3, "type": "KSampler"}], "links": [[1, 4, 0, 3, 0, "MODEL"]], "version": 0.4}
"""As the editor saves it, which ComfyUI does not draw."""
