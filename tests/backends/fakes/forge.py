"""A fake of Forge's `/sdapi/v1`, in the shapes recorded from Forge f2.0.1 on 2026-11-20.

`with forge.served() as fake: ... fake.url ... fake.drawn`. One job at a time, one progress for everybody, and
an interrupted request that answers 200 with a picture. `program` makes it another one, with what that one lacks.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import running

SAMPLERS = {"DPM++ 2M": ["k_dpmpp_2m"], "Euler a": ["k_euler_a", "k_euler_ancestral"], "Euler": ["k_euler"]}
FALLBACK = "DPM++ 2M"
IDLE = {"job": "", "job_count": 0, "job_timestamp": "0", "job_no": 0, "sampling_step": 0, "sampling_steps": 0}
NUMBERS = ("steps", "width", "height", "seed", "cfg_scale")
VERSION = "f2.0.1v1.10.1-previous-669"

OPTIONS: dict[str, dict[str, Any]] = {
    "Forge": {"sd_model_checkpoint": "desert-xl", "forge_preset": "xl", "samples_format": "png"},
    "A1111": {"sd_model_checkpoint": "desert-xl", "samples_format": "png"},
    "SD.Next": {"sd_model_checkpoint": "desert-xl", "diffusers_offload_mode": "balanced"},
    "sd-server": {"sd_model_checkpoint": "desert-xl", "samples_format": "png"},
    "Draw Things": {"model": "desert_xl_f16.ckpt", "sampler": 0, "guidance_scale": 4.5},
}
"""What each program tells of its settings; xinference tells none."""

LACKS: dict[str, set[str]] = {
    "Forge": {"version", "capabilities", ""},
    "A1111": {"version", "capabilities", ""},
    "SD.Next": {"capabilities", "model_list", "module_list", ""},
    "sd-server": {"version", "model_list", "module_list", "progress", "interrupt", ""},
    "Draw Things": {"version", "capabilities", "model_list", "module_list", "progress", "interrupt", "samplers"},
    "xinference": {"options", "capabilities", "model_list", "module_list", ""},
}  # fmt: skip
"""The routes that a program has not, by the last word of their path."""


@dataclass
class Forge:
    """What a test reads and sets."""

    url: str = ""
    login: str = ""
    program: str = "Forge"
    models: list[str] = field(default_factory=lambda: ["desert-xl"])
    controls: list[str] = field(default_factory=list)
    """The ControlNet models that it lists."""

    step_s: float = 0
    info: str = "text"
    """text (JSON in a string, as Forge), object (as xinference), none (as sd-server)"""

    kind: str = "png"
    images: list[bytes] = field(default_factory=list)
    """What to answer in place of one picture of the asked size."""

    index: int = 0
    without: set[str] = field(default_factory=set)
    """Routes that this server lacks: they answer 404."""

    asks_for: set[str] = field(default_factory=set)
    """Routes that want a parameter which nobody sends: they answer 422."""

    changed: dict[str, Any] = field(default_factory=dict)
    """What `info` says in place of what was asked."""

    raw_options: bytes | None = None
    """What to answer in place of the settings."""

    current_image: Any = None
    failure: tuple[int, Any] | None = None
    hang_up: bool = False
    interrupt_s: float = 0
    drawn: list[dict[str, Any]] = field(default_factory=list)
    interrupts: int = 0

    def __post_init__(self) -> None:
        self.state: dict[str, Any] = dict(IDLE)
        self.interrupted = False
        self.paths: list[str] = []
        self.one_at_a_time = asyncio.Lock()
        self.app = Starlette(
            routes=[
                Route("/", self._options),
                Route("/sdapi/v1/options", self._options),
                Route("/sdapi/v1/txt2img", self._draws, methods=["POST"]),
                Route("/sdapi/v1/img2img", self._draws, methods=["POST"]),
                Route("/sdapi/v1/progress", self._progress),
                Route("/sdapi/v1/interrupt", self._interrupt, methods=["POST"]),
                Route("/sdapi/v1/samplers", self._samplers),
                Route("/sdapi/v1/sd-models", self._models),
                Route("/sdapi/v1/version", self._version),
                Route("/v1/cluster/version", self._version),
                Route("/sdcpp/v1/capabilities", self._version),
                Route("/controlnet/model_list", self._controls),
                Route("/controlnet/module_list", self._controls),
            ]
        )

    async def _draws(self, request: Request) -> Response:
        body = await request.json()
        if refused := self._refused(request) or _refused_types(body):
            return refused
        if request.url.path.endswith("img2img") and not body.get("init_images"):
            return JSONResponse({"detail": "Init image not found"}, 404)
        self.drawn.append(body)
        self.paths.append(request.url.path.rpartition("/")[2])
        async with self.one_at_a_time:
            await self._draw(body)
        if self.hang_up:
            request.scope["hang_up"]()
        if self.failure:
            return JSONResponse(self.failure[1], self.failure[0])
        return JSONResponse(self._answer(body))

    async def _draw(self, body: dict[str, Any]) -> None:
        steps = body.get("steps", 3)
        self.interrupted = False
        started = f"2026112013{len(self.drawn):04d}"
        self.state = {
            **IDLE,
            "job": "scripts_txt2img",
            "job_count": 1,
            "job_timestamp": started,
            "sampling_steps": steps,
        }
        for step in range(steps):
            self.state["sampling_step"] = step
            await asyncio.sleep(self.step_s)
            if self.interrupted:
                break
        self.state = {**IDLE, "job_timestamp": started, "job_no": 1, "sampling_steps": steps}

    def _answer(self, body: dict[str, Any]) -> dict[str, Any]:
        size = (body.get("width", 512), body.get("height", 512))
        images = self.images or [picture(self.kind, (size[0] // 8 * 8, size[1] // 8 * 8))]
        used = self._used(body, *size)
        info: Any = {"text": json.dumps(used), "object": used, "none": ""}[self.info]
        known = {name: value for name, value in body.items() if name != "totally_unknown"}
        return {"images": [b64encode(one).decode() for one in images], "parameters": known, "info": info}

    def _used(self, body: dict[str, Any], width: int, height: int) -> dict[str, Any]:
        asked, seed = body.get("sampler_name") or FALLBACK, body.get("seed", -1)
        by_alias = {alias: name for name, aliases in SAMPLERS.items() for alias in (*aliases, name)}
        model = body.get("override_settings", {}).get("sd_model_checkpoint", self.models[0])
        known = [one for one in self.models if model.split(".")[0] == one]
        return {
            "prompt": body.get("prompt", ""),
            "negative_prompt": body.get("negative_prompt", ""),
            "seed": 584616443 if seed == -1 else seed,
            "all_seeds": [584616443 if seed == -1 else seed],
            "width": width // 8 * 8,
            "height": height // 8 * 8,
            "sampler_name": by_alias.get(asked, FALLBACK),
            "cfg_scale": body.get("cfg_scale", 7.0),
            "steps": body.get("steps", 3),
            "batch_size": 1,
            "sd_model_name": known[0] if known else self.models[0],
            "denoising_strength": body.get("denoising_strength"),
            "clip_skip": body.get("override_settings", {}).get("CLIP_stop_at_last_layers", 1),
            "extra_generation_params": self._extra(body),
            "index_of_first_image": self.index,
            "version": VERSION,
            **self.changed,
        }

    def _extra(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return what the infotext adds: the schedule, and each ControlNet unit that has a model which is here."""
        units = body.get("alwayson_scripts", {}).get("ControlNet", {}).get("args", [])
        read = [one for one in units if one["enabled"] and one["model"] in self.controls]
        named = {f"ControlNet {n}": f"Module: {one['module']}, Model: {one['model']}" for n, one in enumerate(read)}
        return {"Schedule type": body.get("scheduler", "Automatic"), **named}

    async def _progress(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        state = self.state
        share = state["sampling_step"] / state["sampling_steps"] if state["job"] else 0
        flags = {"skipped": False, "interrupted": self.interrupted, "stopping_generation": False}
        return JSONResponse(
            {
                "progress": min(1, 0.01 + share) if state["job"] else 0.0,
                "eta_relative": 0.0,
                "state": {**flags, **state},
                "current_image": self.current_image
                if request.query_params.get("skip_current_image") == "false"
                else None,
                "textinfo": None,
            }
        )

    async def _interrupt(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        self.interrupts += 1
        self.interrupted = True
        await asyncio.sleep(self.interrupt_s)
        return JSONResponse({})

    async def _options(self, request: Request) -> Response:
        if self.raw_options is not None:
            return Response(self.raw_options, media_type="application/json")
        return self._refused(request) or JSONResponse(OPTIONS[self.program])

    async def _version(self, request: Request) -> Response:
        said = (
            {"version": "4.1.0"} if "cluster" in request.url.path else {"updated": "2026-07-23", "commit": "058a7f0c"}
        )
        return self._refused(request) or JSONResponse(said)

    async def _controls(self, request: Request) -> Response:
        listed = {"model_list": ["None", *self.controls], "module_list": ["None", "canny"]}
        name = request.url.path.rpartition("/")[2]
        return self._refused(request) or JSONResponse({name: listed[name]})

    async def _samplers(self, request: Request) -> Response:
        found = [{"name": name, "aliases": aliases, "options": {}} for name, aliases in SAMPLERS.items()]
        return self._refused(request) or JSONResponse(found)

    async def _models(self, request: Request) -> Response:
        found = [
            {
                "title": f"{one}.safetensors",
                "model_name": one,
                "hash": None,
                "filename": f"/models/{one}.safetensors",
            }
            for one in self.models
        ]
        return self._refused(request) or JSONResponse(found)

    def _refused(self, request: Request) -> Response | None:
        route = request.url.path.rpartition("/")[2]
        given = request.headers.get("authorization", "")
        if self.login and given != f"Basic {b64encode(self.login.encode()).decode()}":
            return JSONResponse({"detail": "Incorrect username or password"}, 401)
        if route in self.without | LACKS[self.program]:
            return JSONResponse({"detail": "Not Found"}, 404)
        if route in self.asks_for:
            missing = {
                "type": "missing",
                "loc": ["query", "request_id"],
                "msg": "Field required",
                "input": None,
            }
            return JSONResponse({"detail": [missing]}, 422)
        return None


@contextmanager
def served(**how: Any) -> Iterator[Forge]:
    """Serve a fake Forge with some of its fields set."""
    fake = Forge(**how)
    with running(fake.app) as fake.url:
        yield fake


def _refused_types(body: dict[str, Any]) -> Response | None:
    for name in NUMBERS:
        if isinstance(body.get(name), str):
            message = "Input should be a valid integer, unable to parse string as an integer"
            wrong = {"type": "int_parsing", "loc": ["body", name], "msg": message, "input": body[name]}
            return JSONResponse({"detail": [wrong]}, 422)
    if script := body.get("script_name"):
        return JSONResponse({"detail": f"Script {script!r} not found"}, 422)
    for script in body.get("alwayson_scripts", {}):
        if script != "ControlNet":
            return JSONResponse({"detail": f"Script {script!r} not found"}, 422)
    return None
