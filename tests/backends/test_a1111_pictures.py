"""The A1111 API with pictures: changing one, a mask, maps for ControlNet; and the programs that speak it."""

import asyncio
from base64 import b64decode, b64encode
from typing import Any

import pytest

from app.backends._a1111_controls import DEPTH, EDGES, NORMALS, POSE, family, model_for
from app.backends.a1111 import A1111
from app.backends.base import CONTROLS, MASK, SOURCE, Access, Artifact, Attachment, Seen
from app.errors import RejectedError, UnreachableError
from tests.backends.fakes import forge
from tests.backends.fakes.orders import SDXL, TEXT, order, reference
from tests.backends.fakes.pictures import picture
from tests.backends.test_a1111 import SIZE, ended, has_begun, shoot, until

FLUX = SDXL.model_copy(update={"id": "flux-1", "label": "FLUX.1", "aspects": ("16:9",)})

MODELS = (
    "control_v11f1p_sd15_depth [cfd03158]",
    "control_v11p_sd15_canny [d14c016b]",
    "control_v11p_sd15_lineart [43d4be0d]",
    "control_v11p_sd15_normalbae [316696f1]",
    "control_v11p_sd15_openpose [cab727d4]",
    "diffusers_xl_depth_full [2f51180b]",
    "xinsir-controlnet-union-sdxl-1.0_promax [9460e4db]",
    "FLUX.1-dev-ControlNet-Depth",
    "my own canny",
)


def source(strength: float | None = None, size: tuple[int, int] = (64, 48)) -> Attachment:
    return reference(0, role=SOURCE, content=picture(size=size), strength=strength)


def mask() -> Attachment:
    return reference(0, role=MASK, content=picture(size=(64, 48), colour="#ffffff"))


def a_map(role: str, strength: float | None = None) -> Attachment:
    return reference(0, role=role, strength=strength)


def drawn(fake: forge.Forge, *attachments: Attachment, **changes: Any) -> tuple[dict[str, Any], Artifact]:
    """Shoot, and return what the program was sent and what came of it."""
    changes = {"params": SIZE, "attachments": attachments, **changes}
    artifact = shoot(Access(fake.url), **changes)
    return fake.drawn[-1], artifact


@pytest.mark.parametrize(
    ("strength", "params", "denoising"),
    [
        (None, {}, 0.6),
        (0.0, {}, 1.0),
        (0.35, {}, 0.65),
        (1.0, {}, 0.01),
        (0.35, {"denoising_strength": 0.2}, 0.2),
    ],
)
def test_a_source_is_changed_as_far_as_it_is_free(
    strength: float | None, params: dict[str, Any], denoising: float
) -> None:
    with forge.served() as fake:
        sent, artifact = drawn(fake, source(strength), params={**SIZE, **params})
    assert fake.paths == ["img2img"]
    assert b64decode(sent["init_images"][0]) == picture(size=(64, 48))
    assert (sent["denoising_strength"], sent["resize_mode"]) == (denoising, 1)
    assert artifact.notes == ()


def test_a_source_without_a_size_gives_its_own() -> None:
    with forge.served() as fake:
        sent, _ = drawn(fake, source(size=(640, 360)), params={"resize_mode": 2})
    assert (sent["width"], sent["height"], sent["resize_mode"]) == (1368, 768, 2)


def test_a_mask_says_where_to_change() -> None:
    with forge.served() as fake:
        sent, artifact = drawn(fake, source(0.25), mask(), params={**SIZE, "mask_blur": 12})
    assert b64decode(sent["mask"]) == mask().content
    assert sent["denoising_strength"] == 0.75
    assert (sent["mask_blur"], sent["inpainting_fill"], sent["inpaint_full_res"]) == (12, 1, False)
    assert artifact.notes == ()


def test_a_field_of_an_edit_is_not_sent_without_a_source() -> None:
    with forge.served() as fake:
        sent, artifact = drawn(fake, params={**SIZE, "mask_blur": 12})
    assert "mask_blur" not in sent
    assert artifact.notes == ("The A1111 API has no 'mask_blur'; it was not sent.",)


@pytest.mark.parametrize(
    ("program", "attachments", "says"),
    [
        ("Forge", (mask(),), "Add that picture as the source"),
        ("Draw Things", (source(), mask()), "takes no mask"),
    ],
)
def test_an_inpaint_that_cannot_be_done_is_refused_before_anything_is_sent(
    program: str, attachments: tuple[Attachment, ...], says: str
) -> None:
    with forge.served(program=program) as fake:
        with pytest.raises(RejectedError, match=says):
            asyncio.run(A1111().submit(order(SDXL, attachments=attachments), Access(fake.url)))
        assert fake.drawn == []


@pytest.mark.parametrize(
    ("role", "target", "model"),
    [
        (DEPTH, "sd-1.5", "control_v11f1p_sd15_depth [cfd03158]"),
        (DEPTH, "sdxl", "diffusers_xl_depth_full [2f51180b]"),
        (DEPTH, "flux-1", "FLUX.1-dev-ControlNet-Depth"),
        (DEPTH, "sd-3.5", ""),
        (POSE, "sd-1.5", "control_v11p_sd15_openpose [cab727d4]"),
        (POSE, "sdxl", "xinsir-controlnet-union-sdxl-1.0_promax [9460e4db]"),
        (POSE, "flux-1", ""),
        (EDGES, "sd-1.5", "control_v11p_sd15_lineart [43d4be0d]"),
        (EDGES, "sd-3.5", "my own canny"),
        (NORMALS, "sd-1.5", "control_v11p_sd15_normalbae [316696f1]"),
        (NORMALS, "qwen-image-2512", ""),
    ],
)
def test_a_map_finds_the_model_that_reads_it_for_a_family(role: str, target: str, model: str) -> None:
    assert model_for(role, target, MODELS) == model
    assert model_for(role, target, MODELS[::-1]) == model
    assert model_for(role, target, ()) == ""


@pytest.mark.parametrize(
    ("model", "target"),
    [
        ("control_v11p_sd15_canny [d14c016b]", "sd-1.5"),
        ("control_v2p_sd21_depth", "sd-2"),
        ("sd3.5_large_controlnet_canny", "sd-3.5"),
        ("t2i-adapter_xl_sketch", "sdxl"),
        ("models\\cn\\Qwen-Image-InstantX-ControlNet-Union", "qwen-image-2512"),
        ("flux-canny-controlnet-v3", "flux-1"),
        ("FLUX.2-dev-Fun-Controlnet-Union", "flux-2"),
        ("depth", ""),
    ],
)
def test_a_models_family_is_in_its_name(model: str, target: str) -> None:
    assert family(model) == target


def test_maps_go_out_as_units() -> None:
    with forge.served(controls=list(MODELS)) as fake:
        sent, artifact = drawn(fake, a_map(DEPTH, 0.8), a_map(EDGES))
    units = sent["alwayson_scripts"]["ControlNet"]["args"]
    assert [(one["model"], one["weight"]) for one in units] == [(MODELS[5], 0.8), (MODELS[8], 1.0)]
    assert {one["module"] for one in units} == {"None"}  # as this program writes it
    assert all(one["enabled"] and not one["save_detected_map"] for one in units)
    assert b64decode(units[0]["image"]) == a_map(DEPTH).content
    assert not any("union_control_type" in one for one in units)
    assert artifact.notes == ()


def test_a_model_that_reads_every_map_is_told_which() -> None:
    with forge.served(controls=list(MODELS)) as fake:
        sent, _ = drawn(fake, source(), a_map(NORMALS))
    assert fake.paths == ["img2img"]
    (unit,) = sent["alwayson_scripts"]["ControlNet"]["args"]
    assert (unit["model"], unit["union_control_type"]) == (MODELS[6], "Normal Map")


def test_units_that_a_shot_brings_itself_stay() -> None:
    own = {"alwayson_scripts": {"ControlNet": {"args": [{"enabled": True, "module": "canny", "model": MODELS[8]}]}}}
    with forge.served(controls=list(MODELS)) as fake:
        sent, _ = drawn(fake, a_map(DEPTH), params={**SIZE, **own})
    models = [one["model"] for one in sent["alwayson_scripts"]["ControlNet"]["args"]]
    assert models == [MODELS[8], MODELS[5]]
    assert own["alwayson_scripts"]["ControlNet"]["args"][1:] == []


@pytest.mark.parametrize(
    ("how", "note"),
    [
        ({}, "Your machine (A1111 API) takes no picture as depth; it was not sent."),
        ({"without": {"model_list"}}, "Your machine (A1111 API) takes no picture as depth; it was not sent."),
        ({"controls": [MODELS[1]]}, "No ControlNet model there reads depth for SDXL; it was not sent."),
        ({"program": "SD.Next"}, "Your machine (A1111 API) takes no picture as depth; it was not sent."),
    ],
)
def test_a_map_that_nothing_reads_is_said(how: dict[str, Any], note: str) -> None:
    with forge.served(**how) as fake:
        sent, artifact = drawn(fake, a_map(DEPTH))
    assert "alwayson_scripts" not in sent
    assert artifact.notes == (note,)


def test_once_a_program_was_met_its_lacks_are_told_before() -> None:
    what = order(SDXL, attachments=(a_map(DEPTH),), params=SIZE)
    with forge.served() as fake:
        backend, access = A1111(), Access(fake.url)
        assert list(backend.unsent(what, access)) == []
        asyncio.run(backend.look(access))
        assert list(backend.unsent(what, access)) == [
            "Your machine (A1111 API) takes no picture as depth; it was not sent."
        ]
        assert not backend.can(access).roles & CONTROLS
        assert backend.can(Access("http://127.0.0.1:1")).roles >= CONTROLS


def test_draw_things_is_not_offered_a_mask() -> None:
    backend = A1111()
    with forge.served(program="Draw Things") as fake:
        assert MASK in backend.can(Access(fake.url)).roles
        asyncio.run(backend.look(Access(fake.url)))
        assert backend.can(Access(fake.url)).roles == {SOURCE}


def test_a_map_that_the_program_left_out_is_said() -> None:
    with forge.served(controls=list(MODELS), changed={"extra_generation_params": {}}) as fake:
        _, artifact = drawn(fake, a_map(DEPTH))
    assert artifact.notes == ("The program says that it read 0 of 1 maps.",)


@pytest.mark.parametrize(
    ("params", "changed", "note"),
    [
        ({"denoising_strength": 0.5}, {"denoising_strength": 0.75}, "The denoising is 0.75, not 0.5 as asked."),
        ({"steps": 30}, {"steps": 8}, "The number of steps is 8, not 30 as asked."),
        ({"cfg_scale": 5}, {"cfg_scale": 1.0}, "The guidance is 1.0, not 5 as asked."),
        ({"scheduler": "Karras"}, {}, ""),
        (
            {"scheduler": "karras"},
            {"extra_generation_params": {"Schedule type": "Karras"}},
            "",
        ),
        (
            {"scheduler": "Karras"},
            {"extra_generation_params": {"Schedule type": "Automatic"}},
            "The schedule is 'Automatic', not 'Karras' as asked.",
        ),
        (
            {"override_settings": {"CLIP_stop_at_last_layers": 2}},
            {"clip_skip": 1},
            "The clip skip is 1, not 2 as asked.",
        ),
        ({"cfg_scale": 5}, {"cfg_scale": None, "extra_generation_params": None, "steps": []}, ""),
    ],
)
def test_what_a_program_changed_is_said(params: dict[str, Any], changed: dict[str, Any], note: str) -> None:
    with forge.served(changed=changed) as fake:
        _, artifact = drawn(fake, source(), params={**SIZE, **params})
    assert artifact.notes == ((note,) if note else ())


def test_a_picture_of_another_size_is_said_also_where_the_program_is_silent() -> None:
    with forge.served(info="none", images=[picture(size=(512, 512))]) as fake:
        _, artifact = drawn(fake)
    assert artifact.notes == (
        "The picture is 512×512, not 64×48 as asked.",
        "The program does not say what it used.",
    )


@pytest.mark.parametrize(
    ("changed", "prompt"),
    [
        ({}, ""),
        ({"all_prompts": [f" {TEXT}\n"]}, ""),
        ({"all_prompts": [f"{TEXT} film grain"]}, f"{TEXT} film grain"),
        ({"prompt": "a cat"}, "a cat"),
        ({"prompt": None, "all_prompts": []}, ""),
    ],
)
def test_a_prompt_that_was_rewritten_comes_back(changed: dict[str, Any], prompt: str) -> None:
    with forge.served(changed=changed) as fake:
        assert drawn(fake)[1].prompt == prompt


def test_a_ratio_goes_out_in_pixels_and_flux_is_not_burned() -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        for params in ({"aspect_ratio": "16:9"}, {"aspect_ratio": "16:9", "cfg_scale": 2}):
            ticket = await backend.submit(order(FLUX, params=params), access)
            await ended(backend, ticket, access)
            assert (await backend.fetch(ticket, access)).notes == ()

    with forge.served() as fake:
        asyncio.run(scenario(Access(fake.url)))
    assert [(one["width"], one["height"], one["cfg_scale"]) for one in fake.drawn] == [(1344, 768, 1), (1344, 768, 2)]
    assert "aspect_ratio" not in fake.drawn[0]


@pytest.mark.parametrize(
    ("params", "options", "checkpoint"),
    [
        ({}, {}, None),
        ({}, {"checkpoint": "desert-xl"}, "desert-xl"),
        ({"sd_model_checkpoint": "noir"}, {"checkpoint": "desert-xl"}, "noir"),
        ({"override_settings": {"sd_model_checkpoint": "noir"}}, {"checkpoint": "desert-xl"}, "noir"),
    ],
)
def test_the_checkpoint_is_the_shots_or_the_one_set_up(
    params: dict[str, Any], options: dict[str, Any], checkpoint: str | None
) -> None:
    with forge.served(models=["desert-xl", "noir"]) as fake:
        artifact = shoot(Access(fake.url, options=options), params={**SIZE, **params})
    assert fake.drawn[0].get("override_settings", {}).get("sd_model_checkpoint") == checkpoint
    assert artifact.notes == ()


@pytest.mark.parametrize(
    ("shown", "preview"),
    [
        (b64encode(picture("jpeg")).decode(), picture("jpeg")),
        (f"data:image/png;base64,{b64encode(picture()).decode()}", picture()),
        (None, b""),
        ("*", b""),
        (b64encode(b"no picture").decode(), b""),
        (7, b""),
    ],
)
def test_an_unfinished_picture_is_shown(shown: Any, preview: bytes) -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        ticket = await backend.submit(order(SDXL, params={**SIZE, "steps": 20}), access)
        await until(lambda: has_begun(backend, ticket, access))
        assert (await backend.poll(ticket, access)).preview == preview
        assert (await ended(backend, ticket, access)).preview == b""

    with forge.served(step_s=0.03, current_image=shown) as fake:
        asyncio.run(scenario(Access(fake.url)))


@pytest.mark.parametrize(
    ("program", "version", "models"),
    [
        ("Forge", "Forge", ("desert-xl.safetensors",)),
        ("A1111", "A1111", ("desert-xl.safetensors",)),
        ("SD.Next", "SD.Next 2026-07-23 058a7f0c", ("desert-xl.safetensors",)),
        ("sd-server", "sd-server", ("desert-xl.safetensors",)),
        ("Draw Things", "Draw Things", ("desert_xl_f16.ckpt",)),
        ("xinference", "xinference 4.1.0", ("desert-xl.safetensors",)),
    ],
)
def test_a_program_is_told_by_what_it_has(program: str, version: str, models: tuple[str, ...]) -> None:
    async def scenario(access: Access) -> None:
        backend = A1111()
        assert await backend.look(access) == Seen("", version, models)
        assert await backend.ready(access) == ""
        ticket = await backend.submit(order(SDXL, params=SIZE), access)
        assert (await ended(backend, ticket, access)).state == "done"
        assert (await backend.fetch(ticket, access)).content == picture(size=(64, 48))

    with forge.served(program=program) as fake:
        asyncio.run(scenario(Access(fake.url)))


def test_draw_things_is_sent_its_own_names() -> None:
    params = {**SIZE, "steps": 8, "cfg_scale": 4, "sampler_name": "Euler a", "seed": 7}
    with forge.served(program="Draw Things", info="none") as fake:
        sent, artifact = drawn(fake, source(0.3), params=params)
    assert fake.paths == ["img2img"]
    assert sent.keys() == {
        *("prompt", "negative_prompt", "init_images", "width", "height"),
        *("steps", "seed", "guidance_scale", "strength"),
    }
    assert (sent["guidance_scale"], sent["strength"]) == (4, 0.7)
    assert artifact.notes == (
        "Draw Things is not told 'sampler_name'; its own setting holds.",
        "The program does not say what it used.",
    )


def test_xinference_is_told_which_of_its_models_draws() -> None:
    with forge.served(program="xinference", models=["tiny", "other"]) as fake:
        sent, _ = drawn(fake)
    assert sent["override_settings"] == {"sd_model_checkpoint": "tiny.safetensors"}


@pytest.mark.parametrize("options", [b"<!doctype html><html>nginx</html>", b"[]", b"null", b"{", b"", b'"model"'])
def test_a_strange_answer_to_the_first_question_is_no_program(options: bytes) -> None:
    with forge.served(raw_options=options, without={"samplers"}) as fake:
        with pytest.raises(UnreachableError, match="--api"):
            asyncio.run(A1111().submit(order(SDXL), Access(fake.url)))
        assert fake.drawn == []


def test_settings_of_strange_kinds_do_no_harm() -> None:
    with forge.served(raw_options=b'{"sd_model_checkpoint": null, "model": 7}', controls=list(MODELS)) as fake:
        _, artifact = drawn(fake, a_map(DEPTH))
    assert artifact.notes == ()
