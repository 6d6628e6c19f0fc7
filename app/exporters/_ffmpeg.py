"""The ffmpeg of this machine: found, fed with frames, asked for frames."""

import shutil
import subprocess
from collections.abc import Generator, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO

from app.errors import BadInputError
from app.exporters._cut import rate_of

HINT = "Install it with your system's packages, or this Printlight with its extra: pip install 'printlight[animatic]'."

ENCODERS = {
    "libx264": ("-preset", "veryfast", "-crf", "20"),
    "libopenh264": ("-b:v", "6M"),
    "mpeg4": ("-q:v", "4"),
}
"""What writes an MP4, the best first, and how each is set."""

REPEATABLE = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1")
"""The same frames give the same bytes: no clock, no version."""


@cache
def found() -> str:
    """Return the path of ffmpeg: the system's, else the one of the extra; empty where there is none."""
    if on_path := shutil.which("ffmpeg"):
        return on_path
    with suppress(ImportError, RuntimeError):
        from imageio_ffmpeg import get_ffmpeg_exe  # noqa: PLC0415 # an extra, which need not be there

        return str(get_ffmpeg_exe())
    return ""


def program() -> str:
    """Return the path of ffmpeg. Raises BadInputError where there is none."""
    if not found():
        raise BadInputError("There is no ffmpeg on this machine, which writes films.", hint=HINT)
    return found()


@cache
def _encoder(path: str) -> tuple[str, ...]:
    with _started([path, "-hide_banner", "-encoders"], subprocess.DEVNULL, subprocess.PIPE) as process:
        known = process.communicate(timeout=60)[0].decode(errors="replace").split()
    name = next((one for one in ENCODERS if one in known), "")
    if not name:
        raise BadInputError("This ffmpeg writes no MP4.", hint=HINT)
    return ("-c:v", name, *ENCODERS[name])


def written(frames: Iterable[bytes], size: tuple[int, int], rate: float, out: Path) -> None:
    """Write frames, RGB bytes from the top left, as an MP4. Raises BadInputError with what ffmpeg says."""
    path, told = program(), out.with_suffix(".log")
    shape = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(rate_of(rate)), "-i", "-")
    after = ("-an", *_encoder(path), "-pix_fmt", "yuv420p", "-movflags", "+faststart", *REPEATABLE, str(out))
    with told.open("wb") as log, _started([path, *_QUIET, *shape, *after], subprocess.PIPE, log) as process:
        feed = process.stdin
        with suppress(BrokenPipeError):  # it has ended: what it said is told below
            for frame in frames:
                if feed:
                    feed.write(frame)
        if feed:
            with suppress(BrokenPipeError):
                feed.close()
        status = process.wait()
    if status:
        raise BadInputError(f"ffmpeg could not write the film: {_last(told.read_bytes())}", hint=HINT)


def frames_of(clip: Path, size: tuple[int, int], rate: float) -> Generator[bytes]:
    """Yield the frames of a clip, fitted into a size with black round them; none for what ffmpeg cannot read."""
    wide, high = size
    fitted = f"fps={rate_of(rate)},scale={wide}:{high}:force_original_aspect_ratio=decrease,pad={wide}:{high}:-1:-1"
    asked = (
        "-protocol_whitelist",
        "file",
        "-i",
        str(clip),
        "-an",
        "-vf",
        fitted,
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-",
    )
    with _started([program(), *_QUIET, *asked], subprocess.DEVNULL, subprocess.PIPE) as process:
        try:
            while process.stdout and len(frame := process.stdout.read(wide * high * 3)) == wide * high * 3:
                yield frame
        finally:
            process.kill()


_QUIET = ("-hide_banner", "-loglevel", "error", "-nostdin", "-y")


def _started(command: list[str], stdin: int, stdout: IO[bytes] | int) -> subprocess.Popen[bytes]:
    stderr = subprocess.DEVNULL if stdout == subprocess.PIPE else stdout
    return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr)  # noqa: S603 # ffmpeg, and paths of ours


def _last(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "it said nothing."
