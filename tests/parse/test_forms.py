"""Each form of a prompt: how it is told, what of it lands where, and that every span stands where it says."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from app.parse import Parsed
from app.parse.forms import forms, read_any
from app.pipeline import compile_shot
from app.schema import Shot
from app.schema.paths import leaves
from app.vocab import vocabulary

FLUX = {
    "scene": "a narrow print shop at night, rain on the window",
    "subjects": [
        {"description": "a compositor in her fifties, grey hair", "position": "right third", "action": "setting type"},
        {"name": "Jonas", "description": "an apprentice of nineteen", "position": "left third"},
    ],
    "style": "cinematic film still",
    "color_palette": ["#E8A23D", "#2F6E7A"],
    "lighting": "soft warm desk lamp from the left",
    "camera": {"angle": "low angle", "lens": "50mm", "depth_of_field": "shallow focus"},
    "aspect_ratio": "16:9",
    "seed": 7,
}

FLUX_SKILLS = {
    "scene": {"setting": "harbour", "time": "at dusk", "mood": "lonely"},
    "subjects": [{"id": "keeper", "type": "person", "description": "an old keeper", "action": "waits"}],
    "style": {"medium": "photograph", "technique": "long exposure"},
    "technical": {"camera": "85 mm lens", "lighting": "backlight", "composition": "wide shot"},
    "colors": "muted teal",
}

IDEOGRAM = {
    "high_level_description": "A watchmaker lifts a spring in a narrow shop at night.",
    "style_description": {
        "aesthetics": "quiet, restrained",
        "lighting": "soft warm desk lamp from camera left",
        "photo": "50mm lens, shallow depth of field",
        "medium": "photograph",
        "color_palette": ["#E8A23D", "#1B1A18"],
    },
    "compositional_deconstruction": {
        "background": "Rows of small drawers.",
        "elements": [
            {"type": "obj", "bbox": [90, 520, 1000, 960], "desc": "Woman in her sixties, silver hair."},
            {"type": "text", "text": "OPEN", "desc": "painted on the door in white"},
        ],
    },
}

VEO = {
    "shot": {"composition": "medium close-up", "camera_motion": "slow dolly in", "frame_rate": "24fps"},
    "subject": {"description": "a lighthouse keeper", "wardrobe": "a navy coat"},
    "scene": {"location": "the lamp room", "time_of_day": "night", "environment": "storm outside"},
    "visual_details": {"action": "she trims the wick", "props": "a brass lamp"},
    "cinematography": {"lighting": "firelight", "tone": "tense"},
    "audio": {"ambient": "wind", "dialogue": '"Hold on."'},
    "color_palette": "amber and slate",
    "duration": "8s",
    "negative_prompt": "crowd, subtitles",
}

COMFY = {
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sdxl_base.safetensors"}},
    "10": {
        "class_type": "LoraLoader",
        "inputs": {"lora_name": "grain.safetensors", "model": ["4", 0], "clip": ["4", 1]},
    },
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 1344, "height": 768, "batch_size": 1}},
    "11": {"class_type": "PrimitiveString", "inputs": {"value": "a keeper at a window, 85 mm lens"}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["11", 0], "clip": ["10", 1]}},
    "12": {"class_type": "CLIPTextEncode", "inputs": {"text": "backlight", "clip": ["10", 1]}},
    "13": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["6", 0], "conditioning_2": ["12", 0]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "crowd, watermark", "clip": ["10", 1]}},
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 1207, "steps": 20, "cfg": 6.5, "sampler_name": "euler", "scheduler": "karras", "denoise": 1.0,
            "model": ["10", 0], "positive": ["13", 0], "negative": ["7", 0], "latent_image": ["5", 0],
        },
    },
    "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
    "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "keeper"}},
    "20": {"class_type": "CLIPTextEncode", "inputs": {"text": "a dog that nobody asked for", "clip": ["4", 1]}},
}  # fmt: skip

FLUX_GRAPH = {
    "1": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-dev.safetensors"}},
    "2": {
        "class_type": "CLIPTextEncodeFlux",
        "inputs": {"clip_l": "a wet street", "t5xxl": "a wet street", "clip": ["9", 0]},
    },
    "3": {"class_type": "FluxGuidance", "inputs": {"conditioning": ["2", 0], "guidance": 3.5}},
    "4": {"class_type": "BasicGuider", "inputs": {"model": ["1", 0], "conditioning": ["3", 0]}},
    "5": {"class_type": "RandomNoise", "inputs": {"noise_seed": 42}},
    "6": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 1024, "height": 1024}},
    "7": {
        "class_type": "SamplerCustomAdvanced",
        "inputs": {"noise": ["5", 0], "guider": ["4", 0], "latent_image": ["6", 0]},
    },
    "8": {"class_type": "SaveImage", "inputs": {"images": ["7", 0]}},
}

EDITED = {
    "last_node_id": 9,
    "nodes": [
        {"id": 6, "type": "CLIPTextEncode", "inputs": [{"name": "clip"}], "widgets_values": ["a wet street"]},
        {"id": 7, "type": "CLIPTextEncode", "inputs": [{"name": "clip", "link": 5}], "widgets_values": ["crowd"]},
        {"id": 5, "type": "EmptyLatentImage", "widgets_values": [1216, 832, 1]},
        {
            "id": 3,
            "type": "KSampler",
            "inputs": [
                {"name": "positive", "link": 4}, {"name": "negative", "link": 6}, {"name": "latent_image", "link": 2},
            ],
            "widgets_values": [99, "randomize", 30, 7, "euler", "normal", 1],
        },
        {"id": 8, "type": "VAEDecode", "inputs": [{"name": "samples", "link": 7}]},
        {"id": 9, "type": "SaveImage", "inputs": [{"name": "images", "link": 9}], "widgets_values": ["keeper"]},
        {"id": 30, "type": "Note", "widgets_values": ["a note to myself"]},
    ],
    "links": [
        [2, 5, 0, 3, 3, "LATENT"], [4, 6, 0, 3, 1, "CONDITIONING"], [6, 7, 0, 3, 2, "CONDITIONING"],
        [7, 3, 0, 8, 0, "LATENT"], [9, 8, 0, 9, 0, "IMAGE"],
    ],
}  # fmt: skip

MIDJOURNEY = (
    "film still, watchmaker with a brass loupe, 50mm, backlight --ar 16:9 --raw --s 75 "
    "--sref https://x.test/lamp.jpg --sw 120 --no text, crowd --v 8.1"
)

A1111 = (
    "(brass loupe:1.2), <lora:grainy:0.8> 50mm lens, [lamp:candle:0.4] BREAK backlight\n"
    "Negative prompt: crowd, text\n"
    "Steps: 20, Sampler: DPM++ 2M, CFG scale: 6.5, Seed: 1207, Size: 1344x768, Model: paperXL_v9, "
    'Hires prompt: "a, b: c", Version: v1.9'
)

VEO_TIMES = """Slow dolly in, medium close-up, 50 mm lens. A watchmaker sits at an oak bench.
[00:00-00:04] She lifts a hair-thin spring with tweezers.
[00:04-00:08] She lowers it into place and exhales.
Backlight from a rainy window."""

SEEDANCE = """@Image 1 defines the watchmaker's appearance. @Image 2 defines the lighting and palette only.
A quiet drama in one continuous shot.
[0-4s] Medium close-up, the watchmaker of @Image 1 lifts a spring. <rain on glass>
[4-8s] She exhales. {There you are.} (slow piano music) 【CLOSED】
No subtitles."""

KLING = """[Character A: a silver-haired watchmaker in a charcoal cardigan]
shot 1 (4s): @Element1 lifts a hairspring. Medium close-up.
shot 2 (3.5s): Extreme close-up of the balance wheel. Static camera."""

H3 = """integrated_multimodal_description: [Shot 1] Live-action, a medium close-up of a watchmaker. In a low voice the
woman (S1) says <d>[English] There you are.</d> [Shot 2] At 00:05.000, the view is a wide shot of the street.
overall_soundscape: Soft rain on glass throughout.
non_diegetic_music: A solo cello, slow and low."""


class Case(NamedTuple):
    """A text, its form, what stands in the first shot by path, in the params, and how many shots there are."""

    text: str
    form: str
    want: dict[str, Any]
    params: dict[str, Any] = {}
    shots: int = 1


CASES = {
    "midjourney": Case(
        MIDJOURNEY,
        "midjourney",
        {
            "framing.aspect": pytest.approx(16 / 9, abs=0.001),
            "camera.focal_mm": 50,
            "references.sref_1.role": "reference.role.style",
            "references.sref_1.shows": "lamp.jpg",
        },
        {"raw": True, "s": 75, "sw": 120, "v": 8.1, "sref": "https://x.test/lamp.jpg"},
    ),
    "midjourney, dashes of a phone, picture first": Case(
        "https://x.test/a/face.png hot lamp::2 cold street::1 —ar 2:3 —niji 7",
        "midjourney",
        {"framing.aspect": pytest.approx(2 / 3, abs=0.001), "references.image_1.shows": "face.png"},
        {"weights": [2.0, 1.0], "niji": 7, "image": "https://x.test/a/face.png"},
    ),
    "a1111": Case(
        A1111,
        "a1111",
        {"framing.aspect": 1.75, "camera.focal_mm": 50},
        {"Steps": 20, "Sampler": "DPM++ 2M", "CFG scale": 6.5, "Seed": 1207, "Hires prompt": "a, b: c",
         "networks": "lora:grainy:0.8"},
    ),
    "a1111 without a negative": Case(
        "a wet street\nSteps: 4, Sampler: Euler, Seed: 1", "a1111", {}, {"Steps": 4, "Seed": 1}
    ),
    "flux": Case(
        json.dumps(FLUX),
        "json_flux",
        {
            "framing.aspect": pytest.approx(16 / 9, abs=0.001),
            "camera.focal_mm": 50,
            "look.colours": ("#E8A23D", "#2F6E7A"),
        },
        {"seed": 7},
    ),
    "flux, the other shape": Case(
        json.dumps(FLUX_SKILLS, indent=2),
        "json_flux",
        {"camera.focal_mm": 85},
        {"subjects.0.id": "keeper", "subjects.0.type": "person"},
    ),
    "ideogram in code marks": Case(
        f"```json\n{json.dumps(IDEOGRAM, indent=1)}\n```",
        "json_ideogram",
        {
            "camera.focal_mm": 50,
            "look.colours": ("#E8A23D", "#1B1A18"),
            "place.lettering.sign_1.reads": "OPEN",
            "place.lettering.sign_1.on": "painted on the door in white",
        },
    ),
    "veo": Case(json.dumps(VEO), "json_veo", {"camera.fps": 24, "duration_s": 8}),
    "any JSON": Case(
        '{"prompt": "a wet street", "uc": "crowd", "steps": 28, "vibe": "hushed", "done": true, "gone": null}',
        "json_any",
        {},
        {"steps": 28, "done": True},
    ),
    "kling's multi_prompt": Case(
        '{"multi_prompt": [{"prompt": "a wide shot", "duration": "3"}, {"prompt": "her hands", "duration": 5}]}',
        "json_any",
        {"duration_s": 3},
        shots=2,
    ),
    "a timeline in JSON": Case(
        '{"subject": "a keeper", "timeline": [{"timestamp": "00:00-00:02", "action": "she waits"},'
        ' {"timestamp": "00:02-00:05", "action": "she turns"}]}',
        "json_any",
        {"beats.beat_1.end_s": 2, "beats.beat_2.start_s": 2, "beats.beat_2.end_s": 5},
    ),
    "comfyui": Case(
        json.dumps(COMFY),
        "comfyui",
        {"framing.aspect": 1.75, "camera.focal_mm": 85},
        {"seed": 1207, "steps": 20, "cfg": 6.5, "sampler_name": "euler", "ckpt_name": "sdxl_base.safetensors",
         "networks": "grain.safetensors", "size": "1344x768"},
    ),
    "comfyui with a guider": Case(
        json.dumps({"prompt": FLUX_GRAPH}), "comfyui", {"framing.aspect": 1}, {"noise_seed": 42, "guidance": 3.5}
    ),
    "comfyui's editor": Case(
        json.dumps(EDITED), "comfyui", {"framing.aspect": pytest.approx(1.4615)}, {"seed": 99, "steps": 30, "cfg": 7}
    ),
    "times of one shot": Case(
        VEO_TIMES,
        "timecoded",
        {
            "duration_s": 8,
            "camera.focal_mm": 50,
            "beats.beat_1.start_s": 0,
            "beats.beat_1.end_s": 4,
            "beats.beat_2.start_s": 4,
            "beats.beat_2.end_s": 8,
        },
    ),
    "times with a cut": Case(
        "[0-2s] A wide shot of the street. [2-6s] Cut to her hands.", "timecoded", {"duration_s": 2}, shots=2
    ),
    "points in time": Case(
        "[00:01] She waits. [00:03] She turns.", "timecoded", {"beats.beat_1.start_s": 1, "beats.beat_1.end_s": 3}
    ),
    "numbered shots": Case(
        "A night at the harbour. Shot 1 [0-3 s]: a wide shot. Shot 2 [3-5 s]: her hands.",
        "timecoded",
        {"duration_s": 3},
        shots=2,
    ),
    "seedance": Case(
        SEEDANCE,
        "timecoded",
        {
            "references.image_1.role": "reference.role.character",
            "references.image_2.role": "reference.role.lighting",
            "place.lettering.sign_1.reads": "CLOSED",
            "duration_s": 8,
        },
    ),
    "kling": Case(
        KLING,
        "timecoded",
        {"duration_s": 4, "references.element_1.role": "reference.role.character"},
        shots=2,
    ),
    "h3": Case(H3, "h3", {"duration_s": 5, "beats.main.language": "English"}, shots=2),
    "hailuo": Case("A watchmaker at a bench. [Push in] She exhales. [Static shot]", "marked", {}),
    "own shot": Case(
        '{"kind": "printlight.shot/1", "camera": {"focal_mm": 85}, "intent": {"genre": {"words": "a fable"}}}',
        "shot",
        {"camera.focal_mm": 85, "intent.genre": {"words": "a fable"}},
    ),
    "own shot, TOML": Case(
        '# mine\nkind = "printlight.shot/1"\n[camera]\nfocal_mm = 85\n', "shot", {"camera.focal_mm": 85}
    ),
    "own shot, only a table": Case("[camera]\nfocal_mm = 85\n", "shot", {"camera.focal_mm": 85}),
}  # fmt: skip


FOR = {
    "midjourney": "midjourney-8.1",
    "a1111": "sdxl",
    "flux": "flux-2-json",
    "flux, the other shape": "flux-2-json",
    "ideogram in code marks": "ideogram-4",
    "veo": "veo-3.1",
    "comfyui": "sdxl",
    "h3": "minimax-h3",
    "hailuo": "hailuo-2.3",
}
"""The target of each case whose form tells it."""


def read(text: str) -> list[Parsed]:
    """Read a text, and hold every span and free piece against it."""
    found = read_any(text, vocabulary())
    for one in found:
        assert_spans_are_true(one, text)
    return found


def assert_spans_are_true(one: Parsed, text: str) -> None:
    """Hold the letters of every span and free piece against the text."""
    assert [span for span in one.spans if text[span.start : span.end] != span.text] == []
    assert [free for free in one.free if text[free.start : free.end] != free.text] == []


@pytest.mark.parametrize("name", CASES)
def test_each_form_lands_where_it_should(name: str) -> None:
    case = CASES[name]
    found = read(case.text)
    assert (found[0].form, len(found)) == (case.form, case.shots)
    said = leaves(found[0].shot)
    assert {path: said.get(path) for path in case.want} == case.want
    assert {key: found[0].params.get(key) for key in case.params} == case.params


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.form != "shot"])
def test_every_value_has_its_letters_or_its_words_are_free(name: str) -> None:
    for one in read(CASES[name].text):
        told = {span.path for span in one.spans}
        words = " ".join(free.text for free in one.free)
        for path, value in leaves(one.shot).items():
            if path.endswith(".kind"):
                continue  # follows from who somebody is
            kept = value.get("words") if isinstance(value, dict) else value
            assert path in told or (isinstance(kept, str | tuple) and words), path


def test_every_form_has_a_case_and_none_shares_its_place() -> None:
    assert {case.form for case in CASES.values()} == set(forms)
    assert len({form.order for form in forms.values()}) == len(forms)


EXCLUDED = ("midjourney", "a1111", "veo", "any JSON", "comfyui", "comfyui's editor")


@pytest.mark.parametrize("name", EXCLUDED)
def test_a_negative_list_is_kept_out(name: str) -> None:
    one = read(CASES[name].text)[0]
    assert "crowd" in [span.text for span in one.spans if span.path == "exclude"]


def test_a_graph_is_followed_from_the_saved_picture() -> None:
    text = str(leaves(read(CASES["comfyui"].text)[0].shot))
    assert "keeper" in text
    assert "dog" not in text
    edited = str(leaves(read(CASES["comfyui's editor"].text)[0].shot))
    assert "myself" not in edited


def test_a_graph_that_bites_its_tail_ends() -> None:
    graph = {
        "1": {"class_type": "CLIPTextEncode", "inputs": {"text": ["2", 0]}},
        "2": {"class_type": "StringConcat", "inputs": {"string_a": ["1", 0], "string": "a wet street"}},
        "3": {
            "class_type": "KSampler",
            "inputs": {"positive": ["1", 0], "negative": ["1", 0], "latent_image": ["3", 0]},
        },
        "4": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}},
    }
    assert "wet street" in str(leaves(read(json.dumps(graph))[0].shot))


def test_two_subjects_stay_two() -> None:
    shot = read(CASES["flux"].text)[0].shot
    first, second = (str(one.model_dump(exclude_defaults=True)) for one in shot.subjects.values())
    assert "apprentice" in second
    assert "apprentice" not in first
    assert "Jonas" in [one.name for one in shot.subjects.values()]


def test_letters_behind_escapes_are_counted_as_they_are_written() -> None:
    text = r'{"prompt": "caf\u00e9 \ud83c\udfac \"quiet\"\n85 mm lens, half \ud83c and \u0000"}'
    one = read(text)[0]
    assert leaves(one.shot)["camera.focal_mm"] == 85
    assert next(span.text for span in one.spans if span.path == "camera.focal_mm").startswith("85")


def test_a_line_belongs_to_the_beat_in_which_it_stands() -> None:
    said = leaves(read(SEEDANCE)[0].shot)
    assert [value for path, value in said.items() if path.startswith("beats.beat_2.says.")] == ["There you are."]


def test_what_holds_for_all_shots_is_in_each() -> None:
    first, second = read("A night at the harbour. 85 mm lens.\nShot 1: a wide shot.\nShot 2: a close-up.\nBacklight.")
    assert leaves(first.shot)["camera.focal_mm"] == leaves(second.shot)["camera.focal_mm"] == 85
    assert leaves(first.shot)["camera.size"] != leaves(second.shot)["camera.size"]


def test_flags_behind_a_list_of_shots_hold_for_each() -> None:
    text = "Shot 1 (3s): a wide shot of a pier. Shot 2 (2s): a close-up, 85 mm. --ar 21:9 --no fog --v 7"
    found = read(text)
    assert [(one.form, one.target, one.params) for one in found] == [("midjourney", "midjourney-7", {"v": 7})] * 2
    said = [leaves(one.shot) for one in found]
    assert [one["camera.size"] for one in said] == ["camera.size.ws", "camera.size.cu"]
    assert [one["duration_s"] for one in said] == [3, 2]
    assert {one["exclude"] for one in said} == {("exclude.fog",)}
    assert [one["framing.aspect"] for one in said] == pytest.approx([21 / 9] * 2, abs=0.001)


NAMING = (
    "flux-2", "flux-2-json", "seedance-2.5", "seedance-2", "gpt-image-2.6", "gen4-image", "wan-3", "kling-3-omni",
    "kling-4", "seedream-5.5", "nano-banana-pro", "minimax-h3",
)  # fmt: skip
"""Targets that name pictures in their text, each in its own words."""


@pytest.mark.parametrize("target", NAMING)
def test_pictures_come_back_with_role_owner_and_what_to_take(target: str, sample: Callable[[str], Shot]) -> None:
    shot = sample("the_letter")
    compiled = compile_shot(shot, vocabulary().target(target), vocabulary())
    (one,) = read(compiled.text)
    told = [found.model_dump(exclude={"asset", "slot"}) for found in one.shot.references.values()]
    assert told == [found.model_dump(exclude={"asset", "slot"}) for found in shot.references.values()]


NOT_FORMS = {
    "brackets in prose": "A man (with a hat) waits [softly lit] at the shop.",
    "a ratio": "a wide shot, 2.39:1, key to fill 4:1",
    "a dash": "the lamp — the only light — burns",
    "shot twice": "Shot on 35mm film. A shot 2 of the morning would fear.",
    "an address": "write to me@image.test about it",
    "wildcards": "{red|blue} lamp on a table",
    "a note": "steps: up the stairs, slowly",
}


@pytest.mark.parametrize("name", NOT_FORMS)
def test_prose_is_no_form(name: str) -> None:
    assert read(NOT_FORMS[name])[0].form not in set(forms)
