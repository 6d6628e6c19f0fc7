"""Which program answers as the A1111 API, and what it has: each of them knows another part of it.

Forge f2.0.1 and sd-server as recorded, xinference 4.1.0 as run, A1111 and SD.Next from their sources. Draw Things from
what people who use it wrote: it tells its settings at its own address, and has neither samplers nor progress.
"""

from dataclasses import dataclass
from typing import Any

from app.backends._http import MAX_WORDS_BYTES, Client, answer, limited, speaking_to
from app.errors import BackendError, UnreachableError

SERVICE = "The A1111 API"
START = "Start Forge, A1111 or SD.Next with --api, or switch on the API server in Draw Things."
LOG_IN = "Set the key to user:password, as the program's --api-auth says."

DRAW_THINGS = "Draw Things"
XINFERENCE = "xinference"
SD_NEXT = "SD.Next"

CHECKPOINT = "sd_model_checkpoint"
"""An option of all of them but Draw Things, and the parameter of a request that chooses a checkpoint."""

OWN = {"sd-server": "/sdcpp/v1/capabilities", SD_NEXT: "/sdapi/v1/version"}
"""A path that one program has and no other."""

VERSIONS = {SD_NEXT: "/sdapi/v1/version", XINFERENCE: "/v1/cluster/version"}
"""Where a program tells its version; the others tell it with a picture."""


@dataclass(frozen=True)
class Program:
    """A program, its version where it says one, its checkpoints, and its ControlNet: models, and the word for none."""

    name: str
    version: str = ""
    models: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    no_module: str = "none"

    def is_empty(self) -> bool:
        """Whether it has no checkpoint; Draw Things tells only the one that is chosen."""
        return not self.models and self.name != DRAW_THINGS


async def meet(server: Client) -> Program:
    """Ask which program answers. Raises UnreachableError when nobody does, or one without this API."""
    options = await _get(server, "/sdapi/v1/options")
    if not isinstance(options, dict):
        return await _without_options(server)
    if "model" in options and CHECKPOINT not in options:
        return _in_draw_things(options)
    if any(option.startswith("forge_") for option in options):
        return await _whole(server, "Forge")
    for name, path in OWN.items():
        if await _part(server, path) is not None:
            return await _whole(server, name)
    return await _whole(server, "A1111")


async def _without_options(server: Client) -> Program:
    if await _get(server, "/sdapi/v1/samplers") is not None:
        return await _whole(server, XINFERENCE)
    settings = await _get(server, "/")
    if isinstance(settings, dict) and "model" in settings:
        return _in_draw_things(settings)
    raise UnreachableError("A program answers there, without the A1111 API.", hint=START)


def _in_draw_things(settings: dict[str, Any]) -> Program:
    model = settings["model"]
    return Program(DRAW_THINGS, models=(model,) if isinstance(model, str) and model else ())


async def _whole(server: Client, name: str) -> Program:
    """Return a program with what it lists."""
    controls = _names(await _part(server, "/controlnet/model_list"), "model_list")
    modules = _names(await _part(server, "/controlnet/module_list"), "module_list") if controls else ()
    return Program(
        name,
        _version(await _part(server, VERSIONS[name])) if name in VERSIONS else "",
        _titles(await _get(server, "/sdapi/v1/sd-models")),
        tuple(one for one in controls if one.lower() != "none"),
        next((one for one in modules if one.lower() == "none"), "none"),
    )


async def _get(server: Client, path: str) -> Any:
    """Return what a path answers, or None where the program lacks it, or answers with a page."""
    with speaking_to(SERVICE, hint=START):
        response = await limited(server, "GET", path, max_bytes=MAX_WORDS_BYTES)
    if response.status_code in (404, 405):
        return None
    try:
        return answer(response, SERVICE, key_hint=LOG_IN)
    except UnreachableError:
        if response.is_success:
            return None
        raise


async def _part(server: Client, path: str) -> Any:
    """Return what a path of an extension answers, or None: an extension that fails is not there."""
    try:
        return await _get(server, path)
    except BackendError:
        return None


def _titles(found: Any) -> tuple[str, ...]:
    every = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    names = [one.get("title") or one.get("model_name") for one in every]
    return tuple(name for name in names if isinstance(name, str))


def _version(found: Any) -> str:
    """Return a version's words: xinference tells a number, SD.Next a day and a commit."""
    words = [found.get(name) for name in ("version", "updated", "commit")] if isinstance(found, dict) else []
    return " ".join(word for word in words if isinstance(word, str))[:80]


def _names(found: Any, name: str) -> tuple[str, ...]:
    listed = found.get(name) if isinstance(found, dict) else None
    return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()
