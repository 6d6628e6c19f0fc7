"""A fake of ComfyUI's server, in the shapes recorded from ComfyUI 0.3.64 on 2026-11-20.

`with comfy.served() as fake: ... fake.url ... fake.posted`. It judges graphs as the server does (classes, inputs,
links, their types, lists and limits), draws one job at a time, tells it over `/ws` to the client that asked, and keeps
what it drew before. `modern=False` leaves out `/api/jobs`; `takes_ids=False` gives numbers of its own, as servers did
before they took a client's.
"""

import asyncio
import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image, ImageOps
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import running

SAMPLERS = ["euler", "euler_ancestral", "dpmpp_2m", "dpmpp_2m_sde", "uni_pc"]
SCHEDULERS = ["simple", "sgm_uniform", "karras", "normal", "beta"]
SCALINGS = ["nearest-exact", "bilinear", "area", "bicubic", "lanczos"]
WHOLE, REAL, TEXT, FLAG = "INT", "FLOAT", "STRING", "BOOLEAN"
SIDE = (WHOLE, {"min": 16, "max": 16384})
UNIT = (REAL, {"min": 0.0, "max": 1.0})
SEED = (WHOLE, {"min": 0, "max": 18446744073709551615})
STEPS = (WHOLE, {"min": 1, "max": 10000})
CFG = (REAL, {"min": 0.0, "max": 100.0})
PAIR = {"positive": "CONDITIONING", "negative": "CONDITIONING"}
DRAWING = {"steps": STEPS, "cfg": CFG, "sampler_name": SAMPLERS, "scheduler": SCHEDULERS, "denoise": UNIT}

Node = tuple[Mapping[str, Any], tuple[str, ...]]

NODES: Mapping[str, Node] = {
    "EmptyImage": (
        {"width": SIDE, "height": SIDE, "batch_size": STEPS, "color": (WHOLE, {"min": 0, "max": 16777215})},
        ("IMAGE",),
    ),
    "ImageInvert": ({"image": "IMAGE"}, ("IMAGE",)),
    "ImageScale": (
        {"image": "IMAGE", "upscale_method": SCALINGS, "width": SIDE, "height": SIDE, "crop": ["disabled", "center"]},
        ("IMAGE",),
    ),
    "ImageToMask": ({"image": "IMAGE", "channel": ["red", "green", "blue", "alpha"]}, ("MASK",)),
    "ImageCompositeMasked": (
        {
            "destination": "IMAGE",
            "source": "IMAGE",
            "x": (WHOLE, {"min": 0}),
            "y": (WHOLE, {"min": 0}),
            "resize_source": FLAG,
        },
        ("IMAGE",),
    ),
    "LoadImage": ({"image": "upload"}, ("IMAGE", "MASK")),
    "LoadImageMask": ({"image": "upload", "channel": ["alpha", "red", "green", "blue"]}, ("MASK",)),
    "SaveImage": ({"images": "IMAGE", "filename_prefix": TEXT}, ()),
    "PreviewImage": ({"images": "IMAGE"}, ()),
    "SaveVideo": ({"images": "IMAGE", "filename_prefix": TEXT}, ()),
    "CheckpointLoaderSimple": ({"ckpt_name": "checkpoints"}, ("MODEL", "CLIP", "VAE")),
    "UNETLoader": ({"unet_name": "diffusion_models", "weight_dtype": ["default", "fp8_e4m3fn"]}, ("MODEL",)),
    "VAELoader": ({"vae_name": "vae"}, ("VAE",)),
    "CLIPLoader": ({"clip_name": "text_encoders", "type": ["stable_diffusion", "sd3", "wan"]}, ("CLIP",)),
    "DualCLIPLoader": (
        {"clip_name1": "text_encoders", "clip_name2": "text_encoders", "type": ["sdxl", "sd3", "flux"]},
        ("CLIP",),
    ),
    "TripleCLIPLoader": (
        {"clip_name1": "text_encoders", "clip_name2": "text_encoders", "clip_name3": "text_encoders"},
        ("CLIP",),
    ),
    "ControlNetLoader": ({"control_net_name": "controlnet"}, ("CONTROL_NET",)),
    "SetUnionControlNetType": (
        {
            "control_net": "CONTROL_NET",
            "type": ["auto", "openpose", "depth", "canny/lineart/anime_lineart/mlsd", "normal"],
        },
        ("CONTROL_NET",),
    ),
    "ControlNetApplyAdvanced": (
        {
            **PAIR,
            "control_net": "CONTROL_NET",
            "image": "IMAGE",
            "strength": (REAL, {"min": 0.0, "max": 10.0}),
            "start_percent": UNIT,
            "end_percent": UNIT,
        },
        ("CONDITIONING", "CONDITIONING"),
    ),
    "CLIPTextEncode": ({"text": TEXT, "clip": "CLIP"}, ("CONDITIONING",)),
    "FluxGuidance": ({"conditioning": "CONDITIONING", "guidance": CFG}, ("CONDITIONING",)),
    "EmptyLatentImage": ({"width": SIDE, "height": SIDE, "batch_size": STEPS}, ("LATENT",)),
    "EmptySD3LatentImage": ({"width": SIDE, "height": SIDE, "batch_size": STEPS}, ("LATENT",)),
    "VAEEncode": ({"pixels": "IMAGE", "vae": "VAE"}, ("LATENT",)),
    "VAEDecode": ({"samples": "LATENT", "vae": "VAE"}, ("IMAGE",)),
    "SetLatentNoiseMask": ({"samples": "LATENT", "mask": "MASK"}, ("LATENT",)),
    "InpaintModelConditioning": (
        {**PAIR, "vae": "VAE", "pixels": "IMAGE", "mask": "MASK", "noise_mask": FLAG},
        ("CONDITIONING", "CONDITIONING", "LATENT"),
    ),
    "KSampler": ({"model": "MODEL", "seed": SEED, **DRAWING, **PAIR, "latent_image": "LATENT"}, ("LATENT",)),
}
"""What a node needs, and what it gives: a name in capitals is a link of that type, a folder's name a file of it."""

KEEPS = frozenset({"SaveImage", "PreviewImage", "SaveVideo"})
CLIP = b"\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom" + b"\x00\x00\x00\x08moov" + b"\x00\x00\x00\x0cmdatclip"
"""The smallest film: two boxes."""


@dataclass
class Fault:
    """Something that goes wrong at a route, some times. `after` the work was done: the job exists."""

    on: str
    status: int = 0
    body: Any = None
    text: str = ""
    hang_up: bool = False
    after: bool = False
    times: int = 1

    def response(self) -> Response:
        """Return the wrong answer."""
        if self.text:
            return Response(self.text, self.status or 200, media_type="text/html")
        return JSONResponse(self.body, self.status or 200)


@dataclass
class Job:
    """One graph in the queue."""

    number: float
    id: str
    graph: dict[str, Any]
    extra: dict[str, Any]
    outputs: list[str]

    def item(self) -> list[Any]:
        """Return it as `/queue` and `/history` show it."""
        return [self.number, self.id, self.graph, self.extra, self.outputs]


@dataclass
class Comfy:
    """What a test reads and sets."""

    url: str = ""
    login: str = ""
    version: str = "0.3.64"
    modern: bool = True
    takes_ids: bool = True
    step_s: float = 0
    files: dict[str, list[str]] = field(
        default_factory=lambda: {
            "checkpoints": ["desert_xl.safetensors"],
            "diffusion_models": [],
            "text_encoders": [],
            "vae": [],
            "controlnet": [],
        }
    )
    """The model files by folder."""

    previews: bool = False
    pictures: int = 1
    """How many pictures a saving node saves."""

    view: bytes | None = None
    """What is handed over in place of a picture that was drawn."""

    breaks: dict[str, Any] = field(default_factory=dict)
    """By the class of a node: what its running raises, as `exception_type` and `exception_message`."""

    held: bool = False
    """Whether the queue stands still."""

    def __post_init__(self) -> None:
        self.faults: list[Fault] = []
        self.posted: list[dict[str, Any]] = []
        self.uploads: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.interrupts: list[Any] = []
        self.inputs: dict[str, bytes] = {}
        self.sockets: dict[str, WebSocket] = {}
        self.told: list[WebSocket] = []
        self.heard: list[str] = []
        self.restart()
        routes = [
            Route("/system_stats", self._stats),
            Route("/models/{folder}", self._models),
            Route("/object_info/{kind:path}", self._object_info),
            Route("/prompt", self._prompt, methods=["POST"]),
            Route("/queue", self._queue),
            Route("/queue", self._change_queue, methods=["POST"]),
            Route("/interrupt", self._interrupt, methods=["POST"]),
            Route("/history", self._histories),
            Route("/history/{id}", self._history),
            Route("/view", self._view),
            Route("/upload/image", self._upload, methods=["POST"]),
        ]
        self.app = Starlette(
            routes=[
                *routes,
                *(Route(f"/api{one.path}", one.endpoint, methods=one.methods) for one in routes),
                Route("/api/jobs/{id}", self._job),
                Route("/api/jobs/{id}/cancel", self._cancel, methods=["POST"]),
                WebSocketRoute("/ws", self._listen),
            ]
        )

    def restart(self) -> None:
        """Forget the queue and what was drawn, as a server does that is started anew."""
        self.waiting: list[Job] = []
        self.drawing: Job | None = None
        self.past: dict[str, dict[str, Any]] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.saved: dict[str, bytes] = {}
        self.numbers = 0
        self.stopped = False
        self.worker: asyncio.Task[None] | None = None

    def fault(self, on: str, **how: Any) -> None:
        """Let the next call of a route go wrong.

        One of prompt, queue, change (of the queue), history, view, upload, models, object_info, system_stats, ws.
        """
        self.faults.append(Fault(on, **how))

    def judge(self, graph: Any) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
        """Return what is wrong with a graph, with its nodes, and which outputs can be made."""
        if not isinstance(graph, dict):
            return _error("invalid_prompt", "The prompt is no object."), {}, []
        for name, node in graph.items():
            if "class_type" not in node:
                missing = "Cannot execute because a node is missing the class_type property."
                return _error("invalid_prompt", missing, f"Node ID '#{name}'"), {}, []
            if node["class_type"] not in NODES:
                unknown = f"Cannot execute because node {node['class_type']} does not exist."
                return _error("invalid_prompt", unknown, f"Node ID '#{name}'"), {}, []
        ends = [name for name, node in graph.items() if node["class_type"] in KEEPS]
        if not ends:
            return _error("prompt_no_outputs", "Prompt has no outputs"), {}, []
        wrong: dict[str, Any] = {}
        good = [end for end in ends if not self._faulty(end, graph, wrong)]
        error = {} if good else _error("prompt_outputs_failed_validation", "Prompt outputs failed validation")
        return error, wrong, good

    def _faulty(self, end: str, graph: dict[str, Any], wrong: dict[str, Any]) -> bool:
        found = False
        for name in _needed(end, graph):
            node = graph[name]
            if errors := self._wrongs(node, graph):
                found = True
                entry = wrong.setdefault(
                    name, {"errors": errors, "dependent_outputs": [], "class_type": node["class_type"]}
                )
                entry["dependent_outputs"].append(end)
        return found

    def _wrongs(self, node: dict[str, Any], graph: dict[str, Any]) -> list[dict[str, Any]]:
        needs = NODES[node["class_type"]][0]
        return [wrong for key, want in needs.items() if (wrong := self._wrong(key, want, node["inputs"], graph))]

    def _wrong(self, key: str, want: Any, inputs: dict[str, Any], graph: dict[str, Any]) -> dict[str, Any] | None:
        if key not in inputs:
            return _node_error("required_input_missing", "Required input is missing", key, key)
        value = inputs[key]
        if isinstance(value, list):
            return _wrong_link(key, want, value, graph)
        if want == "upload":
            invalid = f"{key} - Invalid image file: {value}"
            known = value in self.inputs
            return (
                None
                if known
                else _node_error("custom_validation_failed", "Custom validation failed for node", invalid, key)
            )
        listed = self.files[want] if isinstance(want, str) and want in self.files else want
        if isinstance(listed, list):
            outside = f"{key}: '{value}' not in {listed}"
            return None if value in listed else _node_error("value_not_in_list", "Value not in list", outside, key)
        return _wrong_value(key, listed, value)

    async def _prompt(self, request: Request) -> Response:
        fault = self._next("prompt")
        if fault and not fault.after:
            return self._go_wrong(fault, request)
        if refused := self._refused(request):
            return refused
        try:
            body = await request.json()
        except ValueError:
            return PlainTextResponse("500 Internal Server Error\n\nServer got itself in trouble", 500)
        self.posted.append(body)
        answer = self._take(body)
        return self._go_wrong(fault, request) if fault else answer

    def _take(self, body: dict[str, Any]) -> Response:
        if "prompt" not in body:
            return JSONResponse({"error": _error("no_prompt", "No prompt provided"), "node_errors": {}}, 400)
        name = str(body.get("prompt_id") or uuid4()) if self.takes_ids else str(uuid4())
        if self.modern and not _is_canonical(name):
            return JSONResponse({"error": _error("invalid_prompt_id", "Invalid prompt_id"), "node_errors": {}}, 400)
        error, wrong, outputs = self.judge(body["prompt"])
        if error:
            return JSONResponse({"error": error, "node_errors": wrong}, 400)
        extra = {**body.get("extra_data", {}), "client_id": body.get("client_id")}
        self.waiting.append(Job(self.numbers, name, body["prompt"], extra, outputs))
        number, self.numbers = self.numbers, self.numbers + 1
        if self.worker is None or self.worker.done():
            self.worker = asyncio.create_task(self._work())
        return JSONResponse({"prompt_id": name, "number": number, "node_errors": wrong})

    async def _work(self) -> None:
        while self.waiting or self.held:
            if self.held or not self.waiting:
                await asyncio.sleep(0.005)
                continue
            self.waiting.sort(key=lambda job: job.number)
            self.drawing, self.stopped = self.waiting.pop(0), False
            job = self.drawing
            status = await self._run(job)
            if self.drawing is job:
                outputs = self.kept.get(_print_of(job.graph), {}) if status["completed"] else {}
                self.past[job.id] = {"prompt": job.item(), "outputs": outputs, "status": status, "meta": {}}
                self.drawing = None
            await self._say(job, "executing", node=None)

    async def _run(self, job: Job) -> dict[str, Any]:
        """Draw one job, and return its status for the history."""
        done = self.kept.get(_print_of(job.graph))
        order = list(dict.fromkeys(name for end in job.outputs for name in _needed(end, job.graph)))
        said: list[list[Any]] = [["execution_start", {"prompt_id": job.id}]]
        said.append(["execution_cached", {"nodes": order if done else [], "prompt_id": job.id}])
        for kind, data in said:
            await self._say(job, kind, **data)
        for name in order if done is None else ():
            broken = await self._run_node(name, job)
            if broken:
                said.append(broken)
                await self._say(job, broken[0], **broken[1])
                return {"status_str": "error", "completed": False, "messages": said}
        if done is None:
            self.kept[_print_of(job.graph)] = {end: self._save(end, job) for end in job.outputs}
        said.append(["execution_success", {"prompt_id": job.id}])
        for end in job.outputs:
            await self._say(job, "executed", node=end, output=self.kept[_print_of(job.graph)][end])
        await self._say(job, "execution_success", prompt_id=job.id)
        return {"status_str": "success", "completed": True, "messages": said}

    async def _run_node(self, name: str, job: Job) -> list[Any] | None:
        node = job.graph[name]
        kind = node["class_type"]
        about = {"prompt_id": job.id, "node_id": name, "node_type": kind, "executed": []}
        await self._say(job, "executing", node=name)
        if kind in self.breaks:
            trace = ['  File "/home/mara/ComfyUI/execution.py", line 496, in execute\n']
            return ["execution_error", {**about, **self.breaks[kind], "traceback": trace}]
        steps = node["inputs"]["steps"] if kind == "KSampler" else 0
        for step in range(1, steps + 1):
            await asyncio.sleep(self.step_s)
            if self.stopped or self.drawing is not job:
                return ["execution_interrupted", about]
            await self._say(job, "progress", value=step, max=steps, node=name)
            if self.previews:
                await self._show(job, picture("jpeg", (16, 9)))
        return None

    def _save(self, end: str, job: Job) -> dict[str, Any]:
        node = job.graph[end]
        kind = "temp" if node["class_type"] == "PreviewImage" else "output"
        folder, _, stem = str(node["inputs"].get("filename_prefix", "preview")).rpartition("/")
        files = []
        for _ in range(self.pictures):
            moving = node["class_type"] == "SaveVideo"
            named = f"{stem}_{len(self.saved) + 1:05d}_{'.mp4' if moving else '.png'}"
            self.saved[f"{kind}/{folder}/{named}"] = CLIP if moving else _made(end, job.graph, self.inputs)
            files.append({"filename": named, "subfolder": folder, "type": kind})
        return {"images": files}

    async def _say(self, job: Job, kind: str, **data: Any) -> None:
        socket = self.sockets.get(str(job.extra.get("client_id")))
        if socket:
            with suppress(WebSocketDisconnect, RuntimeError):
                await socket.send_json({"type": kind, "data": {"prompt_id": job.id, **data}})

    async def _show(self, job: Job, content: bytes) -> None:
        socket = self.sockets.get(str(job.extra.get("client_id")))
        if socket:
            with suppress(WebSocketDisconnect, RuntimeError):
                await socket.send_bytes(_framed(content, job.id, told=socket in self.told))

    async def _listen(self, socket: WebSocket) -> None:
        """Take a listener; whoever comes under the same name takes its place."""
        if self._next("ws") or _is_foreign(socket.headers):
            await socket.close()
            return
        await socket.accept()
        name = socket.query_params.get("clientId") or uuid4().hex
        self.sockets[name] = socket
        self.heard.append(name)
        await socket.send_json({"type": "status", "data": {"status": {"exec_info": self._length()}, "sid": name}})
        with suppress(WebSocketDisconnect):
            while True:
                asked = json.loads(await socket.receive_text())
                if asked.get("type") == "feature_flags":
                    self.told.append(socket)
                    flags = {"supports_preview_metadata": True, "max_upload_size": 104857600}
                    await socket.send_json({"type": "feature_flags", "data": flags})
        if self.sockets.get(name) is socket:
            del self.sockets[name]

    def _length(self) -> dict[str, int]:
        return {"queue_remaining": len(self.waiting) + bool(self.drawing)}

    async def _queue(self, request: Request) -> Response:
        running = [self.drawing.item()] if self.drawing else []
        return self._or(
            "queue",
            request,
            {"queue_running": running, "queue_pending": [job.item() for job in reversed(self.waiting)]},
        )

    async def _change_queue(self, request: Request) -> Response:
        if fault := self._next("change"):
            return self._go_wrong(fault, request)
        if refused := self._refused(request):
            return refused
        body = await request.json()
        gone = set(body.get("delete", ()))
        self.waiting = [job for job in self.waiting if not body.get("clear") and job.id not in gone]
        return Response()

    async def _interrupt(self, request: Request) -> Response:
        body = json.loads(await request.body() or b"{}")
        self.interrupts.append(body)
        name = body.get("prompt_id")
        running = self.drawing.id if self.drawing else ""
        self.stopped = self.stopped or name in (None, running)
        return Response()

    async def _histories(self, request: Request) -> Response:
        most = int(request.query_params.get("max_items", len(self.past)))
        return self._or("history", request, dict(list(self.past.items())[-most:] if most else {}))

    async def _history(self, request: Request) -> Response:
        name = request.path_params["id"]
        return self._or("history", request, {name: self.past[name]} if name in self.past else {})

    async def _job(self, request: Request) -> Response:
        name = request.path_params["id"]
        if not self.modern:
            return PlainTextResponse("404: Not Found", 404)
        if name in self.past:
            good = self.past[name]["status"]["completed"]
            return JSONResponse({"id": name, "status": "completed" if good else "failed", **self.past[name]})
        if self.drawing and self.drawing.id == name:
            return JSONResponse({"id": name, "status": "in_progress"})
        if any(job.id == name for job in self.waiting):
            return JSONResponse({"id": name, "status": "pending"})
        return JSONResponse({"error": "Job not found"}, 404)

    async def _cancel(self, request: Request) -> Response:
        name = request.path_params["id"]
        if not self.modern:
            return PlainTextResponse("404: Not Found", 404)
        runs = self.drawing is not None and self.drawing.id == name
        waits = any(job.id == name for job in self.waiting)
        self.stopped = self.stopped or runs
        self.waiting = [job for job in self.waiting if job.id != name]
        return JSONResponse({"cancelled": runs or waits})

    async def _view(self, request: Request) -> Response:
        asked = request.query_params
        if ".." in asked.get("filename", "") or asked.get("filename", "").startswith("/"):
            return Response(status_code=400)
        kind, folder = asked.get("type", "output"), asked.get("subfolder", "")
        if kind == "input":
            content = self.inputs.get(f"{folder}/{asked['filename']}" if folder else asked["filename"])
        else:
            content = self.saved.get(f"{kind}/{folder}/{asked['filename']}")
        if request.method == "GET" and (fault := self._next("view")):
            return self._go_wrong(fault, request)
        if refused := self._refused(request):
            return refused
        return (
            Response(status_code=404)
            if content is None
            else Response(content if self.view is None else self.view, media_type="image/png")
        )

    async def _upload(self, request: Request) -> Response:
        if fault := self._next("upload"):
            return self._go_wrong(fault, request)
        if refused := self._refused(request):
            return refused
        async with request.form() as form:
            file, folder = form.get("image"), str(form.get("subfolder", ""))
            if not isinstance(file, UploadFile) or not file.filename or ".." in folder:
                return Response(status_code=400)
            return self._store(file.filename, folder, await file.read(), str(form.get("overwrite")))

    def _store(self, name: str, folder: str, content: bytes, overwrite: str) -> Response:
        """Keep a file; one of the same name and other bytes gets a number."""
        stem, dot, end = name.rpartition(".")
        number = 0
        keeps = overwrite not in ("true", "1")
        while keeps and self.inputs.get(_path(folder, name)) not in (None, content):
            number += 1
            name = f"{stem} ({number}){dot}{end}"
        self.inputs[_path(folder, name)] = content
        self.uploads.append(_path(folder, name))
        return JSONResponse({"name": name, "subfolder": folder, "type": "input"})

    async def _stats(self, request: Request) -> Response:
        system = {"os": "posix", "comfyui_version": self.version, "python_version": "3.11", "argv": ["main.py"]}
        return self._or("system_stats", request, {"system": system, "devices": []})

    async def _models(self, request: Request) -> Response:
        folder = request.path_params["folder"]
        if folder not in self.files:
            return Response(status_code=404)
        return self._or("models", request, self.files[folder])

    async def _object_info(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in NODES:
            return self._or("object_info", request, {})
        needs, gives = NODES[kind]
        return self._or("object_info", request, {kind: {"input": {"required": needs}, "output": gives, "name": kind}})

    def _or(self, on: str, request: Request, body: Any) -> Response:
        if fault := self._next(on):
            return self._go_wrong(fault, request)
        return self._refused(request) or JSONResponse(body)

    def _refused(self, request: Request) -> Response | None:
        self.headers.append(dict(request.headers))
        if _is_foreign(request.headers):
            return Response(status_code=403)
        if self.login and request.headers.get("authorization") != self.login:
            return PlainTextResponse("401 Unauthorized", 401)
        return None

    def _next(self, on: str) -> Fault | None:
        fault = next((one for one in self.faults if one.on == on and one.times), None)
        if fault:
            fault.times -= 1
        return fault

    def _go_wrong(self, fault: Fault, request: Request) -> Response:
        if fault.hang_up:
            request.scope["hang_up"]()
        return fault.response()


@contextmanager
def served(**how: Any) -> Iterator[Comfy]:
    """Serve a fake ComfyUI with some of its fields set."""
    fake = Comfy(**how)
    with running(fake.app, ws="websockets-sansio") as fake.url:
        yield fake


def _framed(content: bytes, job: str, *, told: bool) -> bytes:
    """Return a preview as a message; one who says to know such gets it with what it belongs to."""
    if not told:
        return struct.pack(">II", 1, 1) + content
    about = json.dumps({"prompt_id": job, "image_type": "image/jpeg"}).encode()
    return struct.pack(">II", 4, len(about)) + about + content


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _is_foreign(headers: Mapping[str, str]) -> bool:
    origin = headers.get("origin", "")
    return bool(origin) and origin.partition("://")[2] != headers.get("host")


def _is_canonical(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def _error(kind: str, message: str, details: str = "") -> dict[str, Any]:
    return {"type": kind, "message": message, "details": details, "extra_info": {}}


def _node_error(kind: str, message: str, details: str, key: str) -> dict[str, Any]:
    return {"type": kind, "message": message, "details": details, "extra_info": {"input_name": key}}


def _needed(end: str, graph: dict[str, Any], seen: tuple[str, ...] = ()) -> list[str]:
    """Return a node and all before it, the first made first."""
    found: list[str] = []
    for value in graph[end]["inputs"].values():
        if isinstance(value, list) and value[0] in graph and value[0] not in seen:
            found += _needed(value[0], graph, (*seen, end))
    return list(dict.fromkeys([*found, end]))


def _wrong_link(key: str, want: Any, link: list[Any], graph: dict[str, Any]) -> dict[str, Any] | None:
    if len(link) != 2 or link[0] not in graph:
        said = "Exception when validating inner node"
        return _node_error("exception_during_inner_validation", said, f"'{link[0]}'", key)
    gives = NODES[graph[link[0]]["class_type"]][1]
    got = gives[link[1]] if link[1] < len(gives) else "nothing"
    plain = want[0] if isinstance(want, tuple) else want
    if got == plain:
        return None
    mismatch = f"{key}, received_type({got}) mismatch input_type({plain})"
    return _node_error("return_type_mismatch", "Return type mismatch between linked nodes", mismatch, key)


def _wrong_value(key: str, want: Any, value: Any) -> dict[str, Any] | None:
    kind, limits = want if isinstance(want, tuple) else (want, {})
    if kind in (WHOLE, REAL):
        try:
            number = int(value) if kind == WHOLE else float(value)
        except (TypeError, ValueError) as error:
            said = f"Failed to convert an input value to a {kind} value"
            return _node_error("invalid_input_type", said, f"{key}, {value}, {error}", key)
        if number < limits.get("min", number):
            return _node_error("value_smaller_than_min", f"Value {value} smaller than min of {limits['min']}", key, key)
        if number > limits.get("max", number):
            return _node_error("value_bigger_than_max", f"Value {value} bigger than max of {limits['max']}", key, key)
        return None
    if kind in (TEXT, FLAG):
        return None
    return _node_error("bad_linked_input", "Bad linked input, must be a length-2 list", key, key)


def _print_of(graph: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(graph, sort_keys=True).encode()).hexdigest()


def _made(end: str, graph: dict[str, Any], inputs: Mapping[str, bytes]) -> bytes:
    """Return the picture of a node that saves: really made where pictures are only loaded, scaled and inverted.

    What a model would draw is a plain picture of that size, in a colour that depends on the whole graph.
    """
    image = _worked(graph[end]["inputs"]["images"], graph, inputs)
    if image:
        buffer = BytesIO()
        image.save(buffer, "PNG")
        return buffer.getvalue()
    sides = [node["inputs"] for node in graph.values() if {"width", "height"} <= node["inputs"].keys()]
    size = (sides[0]["width"], sides[0]["height"]) if sides else (64, 48)
    return picture("png", size, f"#{_print_of(graph)[:6]}")


def _worked(link: Any, graph: dict[str, Any], inputs: Mapping[str, bytes]) -> Image.Image | None:
    node = graph[link[0]]
    given = node["inputs"]
    if node["class_type"] == "LoadImage":
        return Image.open(BytesIO(inputs[given["image"]])).convert("RGB")
    if node["class_type"] not in ("ImageScale", "ImageInvert"):
        return None
    before = _worked(given["image"], graph, inputs)
    if before is None or node["class_type"] == "ImageInvert":
        return before and ImageOps.invert(before)
    return before.resize((given["width"], given["height"]))
