"""Draws with a diffusers pipeline: run as a script, by any Python that has torch and diffusers.

A line of stdin is a job as JSON, `{"ref", "folder", "out", "prompt", "negative", "seed", "width", "height", "steps",
"guidance", "true_cfg", "source", "mask", "strength"}` (what is not said is left to the model), or `{"cancel": ref}`.
It answers in lines of JSON: `{"ref", "step", "steps"}` while it draws, then `{"ref", "done", "used", "notes"}` or
`{"ref", "error", "hint"}`. It ends with its stdin. With `--versions` it only says what it would draw with.

Nothing of Printlight is imported, so that the Python may be another one. Nothing is fetched, no program code out of a
model's folder is run, and of its weights only safetensors are read: a pickle could run anything.
"""

import argparse
import gc
import inspect
import json
import os
import queue
import secrets
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

INSTALL = "Install them: pip install torch diffusers transformers. Or name another Python that has them."
SMALLER = "Choose a smaller size or a smaller model, close what else uses the memory, or name cpu as the device."

Job = dict[str, Any]
Tell = Callable[..., None]


class RefusedError(Exception):
    """What a job cannot be drawn for, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class StoppedError(Exception):
    """Nobody wants the picture any more."""


class Inbox:
    """The jobs as they come in, and those that were called off since."""

    def __init__(self) -> None:
        self.jobs: queue.Queue[Job] = queue.Queue()
        self.cancelled: set[str] = set()

    def read(self) -> None:
        """Read until nobody is there any more, which ends the process in the middle of whatever it draws."""
        for line in sys.stdin.buffer:
            said = json.loads(line)
            if "cancel" in said:
                self.cancelled.add(said["cancel"])
            else:
                self.jobs.put(said)
        os._exit(0)


class Easel:
    """The one pipeline that is loaded, kept from job to job, and its siblings that change a picture."""

    def __init__(self, device: str) -> None:
        self._wanted = device
        self._folder = ""
        self._pipes: dict[str, Any] = {}

    def draw(self, job: Job, tell: Tell) -> Job:
        """Draw a job's picture to its `out`; return what was used, and what the pipeline could not take."""
        torch, diffusers = libraries()
        device = chosen(torch, self._wanted)
        pipe = self._pipe(job, torch, diffusers, device)
        size = _size(pipe, job)
        tell()
        pictures = _pictures(job, size)
        seed = secrets.randbelow(2**32) if job.get("seed") is None else job["seed"]
        notes: list[str] = []
        call = _call(pipe, job, pictures, notes)
        takes = inspect.signature(pipe.__call__).parameters
        for text in (call.get("prompt"), call.get("negative_prompt")):
            notes += _unread(pipe, takes, text or "")
        if "callback_on_step_end" in takes:
            call["callback_on_step_end"] = _watcher(pipe, call["num_inference_steps"], tell)
        made = pipe(**call, generator=torch.Generator("cpu").manual_seed(seed))
        picture = _kept_outside(made, pictures)
        _save(picture, Path(job["out"]))
        used = {name: call[name] for name in SAID if name in call}
        used |= {"pipeline": type(pipe).__name__, "seed": seed, "width": picture.width, "height": picture.height}
        used |= {"scheduler": type(pipe.scheduler).__name__, "device": device, "dtype": str(pipe.dtype)[6:]}
        return {"done": job["out"], "used": used | versions(torch, diffusers), "notes": notes}

    def clear(self) -> None:
        """Let go of the model, so that its memory is free."""
        self._folder, self._pipes = "", {}
        gc.collect()
        torch = sys.modules.get("torch")
        if torch and torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _pipe(self, job: Job, torch: Any, diffusers: Any, device: str) -> Any:
        if job["folder"] != self._folder:
            self.clear()
            self._pipes[""] = load(Path(job["folder"]), torch, diffusers, device)
            self._folder = job["folder"]
        task = "Inpainting" if job.get("mask") else "Image2Image" if job.get("source") else "Text2Image"
        if task not in self._pipes:
            self._pipes[task] = _turned(self._pipes[""], task, diffusers)
        return self._pipes[task]


SAID = ("num_inference_steps", "guidance_scale", "true_cfg_scale", "strength")
"""What of a call is worth keeping with the picture, as diffusers calls it."""


def libraries() -> tuple[Any, Any]:
    """Return torch and diffusers."""
    try:
        return import_module("torch"), import_module("diffusers")
    except ImportError as error:
        raise RefusedError(f"This Python cannot load torch and diffusers: {_first(error)}", INSTALL) from None


def versions(torch: Any, diffusers: Any) -> Job:
    """Return what draws."""
    return {"torch": str(torch.__version__), "diffusers": str(diffusers.__version__)}


def chosen(torch: Any, wanted: str) -> str:
    """Return the device that was asked for, or the best there is."""
    if wanted:
        try:
            torch.zeros(1, device=wanted)
        except (RuntimeError, AssertionError, ValueError, NotImplementedError) as error:
            hint = "Leave the device empty for the best there is, or name cpu."
            raise RefusedError(f"There is no device {wanted!r} here: {_first(error)}", hint) from None
        return wanted
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def load(folder: Path, torch: Any, diffusers: Any, device: str) -> Any:
    """Return a folder's pipeline on a device. Refuses whatever would run code out of the folder."""
    index = _index(folder, diffusers)
    # Half the memory on a graphics card; transformers were trained in bfloat16, and float16 overflows in some.
    half = torch.bfloat16 if "transformer" in index else torch.float16
    dtype = torch.float32 if device == "cpu" else half
    try:
        pipe = diffusers.DiffusionPipeline.from_pretrained(
            str(folder),
            local_files_only=True,
            use_safetensors=True,
            torch_dtype=dtype,
            variant=_variant(folder),
        )
    except (OSError, ValueError, ImportError) as error:
        hint = "It needs every part that model_index.json names, its weights as .safetensors; pickles are not read."
        raise RefusedError(f"The model cannot be loaded from {folder}: {_first(error)}", hint) from None
    pipe.set_progress_bar_config(disable=True)
    return pipe.to(device)


def _index(folder: Path, diffusers: Any) -> Job:
    """Return what a folder says it holds, once it is sure that its parts are those of the libraries themselves."""
    index: Job = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
    name = index.get("_class_name")
    if not isinstance(name, str) or not hasattr(diffusers, name):
        hint = "Update diffusers, or choose a model that it has a pipeline for."
        raise RefusedError(f"This diffusers has no pipeline called {name!r}.", hint)
    if code := next(folder.rglob("*.py"), None):
        hint = "Delete the .py files if the model works without them, or choose another model."
        raise RefusedError(f"The folder brings program code of its own ({code.name}); none is run.", hint)
    for part, source in index.items():
        library = source[0] if isinstance(source, list) and source else None
        known = library in (None, "diffusers", "transformers") or hasattr(diffusers.pipelines, str(library))
        if not part.startswith("_") and not known:
            hint = "Choose a model that diffusers and transformers hold by themselves."
            raise RefusedError(f"The part {part!r} of the model asks for the library {library!r}.", hint)
    return index


def _variant(folder: Path) -> str | None:
    """Return `fp16` where the main weights are there in that form alone."""
    found = [one.name for part in ("unet", "transformer") for one in (folder / part).glob("*.safetensors")]
    return "fp16" if found and all(".fp16" in name for name in found) else None


def _turned(base: Any, task: str, diffusers: Any) -> Any:
    """Return the sibling of a pipeline that does a task, over the same weights."""
    if task == "Text2Image" and "image" not in inspect.signature(base.__call__).parameters:
        return base
    try:
        pipe = getattr(diffusers, f"AutoPipelineFor{task}").from_pipe(base)
    except ValueError:
        does = {"Text2Image": "draws no picture from nothing", "Inpainting": "takes no mask"}
        said = does.get(task, "changes no picture")
        raise RefusedError(f"{type(base).__name__} {said}.", "Choose another model, or another way.") from None
    pipe.set_progress_bar_config(disable=True)
    return pipe


def _size(pipe: Any, job: Job) -> tuple[int, int] | None:
    """Return a job's width and height, which the model must be able to draw."""
    if not job.get("width") or not job.get("height"):
        return None
    wide, high = job["width"], job["height"]
    # A transformer looks at latents two by two.
    step = getattr(pipe, "vae_scale_factor", 8) * (2 if getattr(pipe, "transformer", None) is not None else 1)
    if wide % step or high % step:
        near = " × ".join(str(max(round(side / step), 1) * step) for side in (wide, high))
        raise RefusedError(f"{wide} × {high}: this model's sides are multiples of {step}.", f"Ask for {near}.")
    return wide, high


def _pictures(job: Job, size: tuple[int, int] | None) -> Job:
    """Return the source and the mask as large as the picture will be: cropped to fill it, never squeezed."""
    if not job.get("source"):
        return {"width": size[0], "height": size[1]} if size else {}
    image, ops = import_module("PIL.Image"), import_module("PIL.ImageOps")
    source = ops.exif_transpose(image.open(job["source"])).convert("RGB")
    size = size or source.size
    found = {"image": ops.fit(source, size), "width": size[0], "height": size[1]}
    if job.get("mask"):
        mask = image.open(job["mask"]).convert("L").resize(source.size)
        found["mask_image"] = ops.fit(mask, size)
    return found


def _call(pipe: Any, job: Job, pictures: Job, notes: list[str]) -> Job:
    """Return what a pipeline is called with: of all that was asked, what it takes. The rest is noted."""
    takes, name = inspect.signature(pipe.__call__).parameters, type(pipe).__name__
    steps = job.get("steps") or takes["num_inference_steps"].default
    wanted = {"prompt": job["prompt"], "num_inference_steps": steps, **pictures, **_guidance(job, takes, name, notes)}
    if "image" in pictures and job.get("strength") is not None:
        wanted["strength"] = max(job["strength"], (1 + 1e-6) / steps)  # one step at least is drawn
    # A sibling without width and height draws a source as large as it is.
    unsaid = {"width", "height"} if "image" in pictures else set()
    notes += [f"{name} takes no {one}; it was not sent." for one in wanted if one not in takes and one not in unsaid]
    return {one: value for one, value in wanted.items() if one in takes}


def _guidance(job: Job, takes: Any, name: str, notes: list[str]) -> Job:
    """Return how strongly the prompt leads, and what it leads away from, under the names that a pipeline has.

    Some have a true guidance beside one that they were distilled with. Qwen-Image is led by the true one; FLUX.1 has
    it switched off, and hears nothing of a negative then.
    """
    found = {"guidance_scale": job.get("guidance"), "negative_prompt": job.get("negative") or None}
    if "true_cfg_scale" in takes:
        usual = takes["true_cfg_scale"].default
        if usual > 1:
            found = {"true_cfg_scale": job.get("true_cfg") or job.get("guidance")}
            found["negative_prompt"] = job.get("negative") or " "  # without one there is no guidance at all
        elif (job.get("true_cfg") or usual) > 1:
            found["true_cfg_scale"] = job["true_cfg"]
        elif found.pop("negative_prompt"):
            notes.append(f"{name} hears what to keep out only with a true_cfg_scale over 1; it was not sent.")
    elif job.get("true_cfg"):
        found["true_cfg_scale"] = job["true_cfg"]
    return {one: value for one, value in found.items() if value is not None}


def _unread(pipe: Any, takes: Any, text: str) -> list[str]:
    """Return a note on the end of a text that the model's window cuts off: diffusers cuts it without a word.

    Of several text encoders the last one reads the longest; the window of a CLIP is its tokenizer's own.
    """
    names = ("tokenizer_3", "tokenizer_2", "tokenizer")
    words = next((found for name in names if (found := getattr(pipe, name, None)) is not None), None)
    if words is None:
        return []
    window = takes["max_sequence_length"].default if "max_sequence_length" in takes else words.model_max_length
    tokens = words(text).input_ids
    if len(tokens) <= window:
        return []
    lost = words.decode(tokens[window - 1 :], skip_special_tokens=True).strip()
    return [f"{type(pipe).__name__} reads {window} tokens of a text; it did not read: {lost}"]


def _watcher(pipe: Any, steps: int, tell: Tell) -> Callable[..., Any]:
    """Return what a pipeline calls after each step. With a source it takes fewer than it was asked for."""

    def watch(_: Any, step: int, __: Any, kept: Any) -> Any:
        tell(step + 1, getattr(pipe, "num_timesteps", steps))
        return kept

    return watch


def _kept_outside(made: Any, pictures: Job) -> Any:
    """Return the picture; outside a mask it is the source itself, which a model would have changed by a hair."""
    if any(getattr(made, "nsfw_content_detected", None) or ()):
        hint = "Change the words or the source; the model's folder says how strict it is."
        raise RefusedError("The model's own safety checker took this picture away.", hint)
    picture = made.images[0]
    if "mask_image" not in pictures:
        return picture
    source, mask = (pictures[name].resize(picture.size) for name in ("image", "mask_image"))
    return import_module("PIL.Image").composite(picture, source, mask)


def _save(picture: Any, out: Path) -> None:
    """The whole picture or none."""
    part = out.with_name(f"{out.name}.part")
    picture.save(part, "PNG")
    part.replace(out)


def _first(error: BaseException) -> str:
    """Return the first line of what an error says: the rest is for programmers."""
    line = next((line.strip() for line in str(error).splitlines() if line.strip()), "") or type(error).__name__
    return line[:300]


def _sentence(error: Exception, job: Job) -> Job:
    """Return what is told of an error, whatever torch calls it."""
    if isinstance(error, RefusedError):
        return {"error": str(error), "hint": error.hint}
    if isinstance(error, StoppedError):
        return {"error": "Stopped."}
    if _is_memory(error):
        size = f" at {job['width']} × {job['height']}" if job.get("width") and job.get("height") else ""
        return {"error": f"The memory does not hold this model{size}.", "hint": SMALLER}
    return {"error": f"diffusers failed: {type(error).__name__}: {_first(error)}"}


def _is_memory(error: Exception) -> bool:
    says = str(error).lower()
    known = ("out of memory", "can't allocate memory", "not enough memory", "invalid buffer size")
    return isinstance(error, MemoryError) or any(one in says for one in known)


def _work(device: str, say: Callable[[Job], None]) -> None:
    """Draw one job after the other, until the process ends with its stdin."""
    inbox, easel = Inbox(), Easel(device)
    threading.Thread(target=inbox.read, daemon=True).start()
    while True:
        job = inbox.jobs.get()
        ref = job["ref"]

        def tell(step: int = 0, steps: int = 0, ref: str = ref) -> None:
            say({"ref": ref, "step": step, "steps": steps})
            if ref in inbox.cancelled:
                raise StoppedError

        try:
            tell()
            answer = easel.draw(job, tell)
        except Exception as error:  # noqa: BLE001  a library may raise anything, and is told of in a sentence
            answer = _sentence(error, job)
        if answer.get("hint") == SMALLER:
            easel.clear()  # once the error is gone, which held what was half drawn
        inbox.cancelled.discard(ref)
        say({"ref": ref, **answer})


def _see(device: str) -> Job:
    """Return the versions of what draws, and where, or what is missing."""
    try:
        torch, diffusers = libraries()
        return {**versions(torch, diffusers), "device": chosen(torch, device)}
    except Exception as error:  # noqa: BLE001  as above
        return _sentence(error, {})


def main() -> None:
    """Draw until stdin ends, or say the versions."""
    parser = argparse.ArgumentParser(description="Draw with a diffusers pipeline; jobs are JSON lines on stdin.")
    parser.add_argument("--device", default="")
    parser.add_argument("--versions", action="store_true")
    asked = parser.parse_args()
    here = Path(__file__).resolve().parent
    # Beside this file lies another diffusers.py, which is not meant.
    sys.path[:] = [one for one in sys.path if Path(one or ".").resolve() != here]
    os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DISABLE_TELEMETRY="1")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # a library that prints does not get in between

    def say(line: Job) -> None:
        answers.write(f"{json.dumps(line)}\n")
        answers.flush()

    if asked.versions:
        say(_see(asked.device))
    else:
        _work(asked.device, say)


if __name__ == "__main__":
    main()
