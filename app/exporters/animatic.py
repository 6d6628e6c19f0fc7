"""The film in its time: the chosen takes one after the other, as an MP4."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from app.errors import BadInputError, StorageError
from app.exporters import _ffmpeg
from app.exporters.base import Exporter, Options, Reel, ReelShot
from app.shipped import shipped
from app.views.cut import Span, spans, timecode

WIDE = 1280
"""Pixels across; the height follows from the ratio of the first shot."""

RATIO = 16 / 9
LONGEST_S = 3600
BLACK, WHITE, DIM = (0, 0, 0), (255, 255, 255), (150, 150, 150)


class Animatic(Exporter):
    """Stills stand, clips run, transitions are drawn; a shot without a take shows its previz, or its name."""

    id = "animatic"
    label = "Animatic"
    suffix = "mp4"
    media_type = "video/mp4"
    group = "The cut"
    used_for = "To be watched: the film in its time, before it is paid for"
    carries = {"order": "fields", "duration": "fields", "transition": "fields", "picture": "fields"}
    lacks = "No sound; a transition that has no picture of its own is a cut. Numbers are burnt in on demand."

    def missing(self) -> str:
        """Say what this machine lacks for it."""
        return "" if _ffmpeg.found() else f"This machine has no ffmpeg. {_ffmpeg.HINT}"

    def write(self, reel: Reel, options: Options) -> bytes:
        """Draw every frame and let ffmpeg write them. Raises BadInputError without ffmpeg, or for over an hour."""
        total = sum(shot.seconds for shot in reel.shots)
        if total > LONGEST_S:
            raise BadInputError(
                f"The film is {total / 60:.0f} minutes long.", hint="Take a scene of it: up to an hour."
            )
        _ffmpeg.program()
        with TemporaryDirectory(prefix="printlight-") as folder:
            out = Path(folder) / "animatic.mp4"
            size = _size(reel)
            projector = _Projector(reel, size, Path(folder), numbers=options.numbers)
            try:
                _ffmpeg.written(projector.frames(), size, reel.fps, out)
            finally:
                projector.close()
            try:
                return out.read_bytes()
            except OSError as error:
                raise StorageError(f"The film could not be read back: {error.strerror}.") from error


def _size(reel: Reel) -> tuple[int, int]:
    """Return the frame in pixels, both even as H.264 wants them."""
    ratio = reel.shots[0].resolved.number("framing.aspect") or RATIO
    if ratio >= 1:
        return WIDE, max(2, round(WIDE / ratio / 2) * 2)
    return max(2, round(WIDE * ratio / 2) * 2), WIDE


class _Source:
    """The frames of one shot, in the order in which they are asked for; the last one stands."""

    def __init__(self, still: Image.Image, clip: Generator[bytes] | None, size: tuple[int, int]) -> None:
        self.now, self.clip, self.size, self.count = still, clip, size, 0

    def at(self, number: int) -> Image.Image:
        """Return the frame of that number."""
        while self.clip and self.count <= number:
            frame = next(self.clip, None)
            if frame is None:
                self.clip = None
            else:
                self.now = Image.frombytes("RGB", self.size, frame)
            self.count += 1
        return self.now

    def close(self) -> None:
        """Let go of its clip."""
        if self.clip:
            self.clip.close()


@dataclass
class _Seen:
    """What is drawn at a moment: one picture, another one over it by a share, a colour over both."""

    first: int
    second: int | None = None
    share: float = 0
    wiped: bool = False
    colour: tuple[int, int, int] | None = None


class _Projector:
    """Draws the frames of a reel. Sources are opened when they are first seen, and closed when they are past."""

    def __init__(self, reel: Reel, size: tuple[int, int], folder: Path, *, numbers: bool) -> None:
        self.reel, self.size, self.folder, self.numbers = reel, size, folder, numbers
        self.line = spans([shot.resolved for shot in reel.shots])
        self.sources: dict[int, _Source] = {}

    def close(self) -> None:
        """Let go of every source that is open."""
        for source in self.sources.values():
            source.close()
        self.sources.clear()

    def frames(self) -> Iterator[bytes]:
        """Yield every frame as RGB bytes; one that is the same as before is not drawn again."""
        rate, kept = self.reel.fps, b""
        before: tuple[object, ...] = ()
        for number, now in self._moments(rate):
            seen = _seen(self.line, now, number / rate)
            pictures = tuple(self._picture(one, number, rate) for one in (seen.first, seen.second) if one is not None)
            key = (*(id(one) for one in pictures), seen.share, seen.colour, self.numbers and number)
            if key != before:
                drawn = _drawn(seen, pictures)
                kept = (self._numbered(drawn, now, number, rate) if self.numbers else drawn).tobytes()
                before = key
            yield kept

    def _moments(self, rate: float) -> Iterator[tuple[int, int]]:
        """Yield the number of each frame, and which shot it belongs to."""
        number = 0
        for now, span in enumerate(self.line):
            while number < round(span.end_s * rate):
                yield number, now
                number += 1

    def _picture(self, index: int, number: int, rate: float) -> Image.Image:
        if index not in self.sources:
            for gone in [one for one in self.sources if one < index - 1]:
                self.sources.pop(gone).close()
            self.sources[index] = self._source(self.reel.shots[index], index)
        return self.sources[index].at(max(0, number - round(self.line[index].start_s * rate)))

    def _source(self, shot: ReelShot, index: int) -> _Source:
        card = _card(shot, self.size)
        if shot.take and shot.take.media_type.startswith("video/"):
            path = self.folder / f"{index}.clip"
            path.write_bytes(shot.take.content())
            return _Source(card, _ffmpeg.frames_of(path, self.size, self.reel.fps), self.size)
        content = shot.take.content() if shot.take else shot.drawn() if shot.drawn else None
        return _Source(_fitted(content, self.size) or card, None, self.size)

    def _numbered(self, frame: Image.Image, now: int, number: int, rate: float) -> Image.Image:
        shot, span = self.reel.shots[now], self.line[now]
        take = f"take {shot.take.number}" if shot.take else "previz"
        inside = f"{number / rate - span.start_s:.1f} of {span.seconds:g} s"
        words = f"{shot.slate or shot.name}  {take}  {timecode(number / rate, rate)}  {inside}"
        marked = frame.copy()
        pen, middle, low = ImageDraw.Draw(marked), self.size[0] / 2, self.size[1] - 14
        left, top, right, bottom = pen.textbbox((middle, low), words, _face(22), "mb")
        pen.rectangle((left - 8, top - 4, right + 8, bottom + 4), BLACK)
        pen.text((middle, low), words, WHITE, _face(22), "mb")
        return marked


def _seen(line: list[Span], now: int, at: float) -> _Seen:
    span = line[now]
    left, gone = span.end_s - at, at - span.start_s
    for join, share in ((span.out, left), (span.into, gone)):
        if join is None or join.kind is None or share >= join.seconds:
            continue
        if join.kind in {"black", "white"}:
            return _Seen(now, None, share / join.seconds, colour=WHITE if join.kind == "white" else BLACK)
        first = now if join is span.out else now - 1
        if 0 <= first < len(line) - 1 and share < join.seconds / 2:
            moved = share / join.seconds
            return _Seen(first, first + 1, 0.5 - moved if first == now else 0.5 + moved, wiped=join.kind == "wipe")
    return _Seen(now)


def _drawn(seen: _Seen, pictures: tuple[Image.Image, ...]) -> Image.Image:
    first = pictures[0]
    if seen.colour is not None:
        return Image.blend(Image.new("RGB", first.size, seen.colour), first, seen.share)
    if seen.second is None:
        return first
    if not seen.wiped:
        return Image.blend(first, pictures[1], seen.share)
    both = first.copy()
    edge = round(first.width * seen.share)
    both.paste(pictures[1].crop((0, 0, edge, first.height)), (0, 0))
    return both


def _fitted(content: bytes | None, size: tuple[int, int]) -> Image.Image | None:
    """Return a picture inside the frame with black round it; None for what is no picture."""
    if not content:
        return None
    try:
        with Image.open(BytesIO(content)) as opened:
            return ImageOps.pad(ImageOps.exif_transpose(opened).convert("RGB"), size, Image.Resampling.LANCZOS, BLACK)
    except (UnidentifiedImageError, OSError):
        return None


def _card(shot: ReelShot, size: tuple[int, int]) -> Image.Image:
    """Return a card with the shot's name, for one that has no picture."""
    card = Image.new("RGB", size, (24, 24, 24))
    ImageDraw.Draw(card).text((size[0] / 2, size[1] / 2), shot.title[:60], DIM, _face(34), "mm")
    return card


@cache
def _face(points: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(shipped("static") / "vendor" / "inter-regular.ttf"), points)
