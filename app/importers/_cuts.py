"""The clips of a cut as shots: one that Printlight exported comes back whole, any other with name, length and note."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import ShotError
from app.importers._screenplay import plain
from app.importers._told import told
from app.importers.base import Imported, Label, Status, Value
from app.schema import Shot, read_data
from app.schema.facets import limits
from app.vocab import Vocabulary

MAX_SHOTS = 1000
MAX_TEXT = 2000
MAX_NAME = 200
MAX_SLATE = 40

SAME_S = 0.1
"""A length that differs by less from the one that was exported was not changed by an editor."""

LENGTH, RATE, OUT = "duration_s", "camera.playback_fps", "transition_out"


@dataclass(frozen=True)
class Clip:
    """A clip of a cut. `facts` is what Printlight wrote beside one that it exported."""

    name: str
    seconds: float | None = None
    fps: float | None = None
    notes: tuple[str, ...] = ()
    file: str = ""
    slate: str = ""
    joined_by: str = ""
    """The term by which it goes over into the next, where that is no cut."""

    facts: Mapping[str, Any] = field(default_factory=dict)


def imported(clips: Iterable[Clip], name: str, vocabulary: Vocabulary, title: str = "") -> Imported:
    """Return a shot for each clip. Raises ShotError where there are none, or too many, or one cannot be read."""
    found = _Cut(name, vocabulary)
    for clip in clips:
        found.add(clip)
        if len(found.shots) > MAX_SHOTS:
            raise ShotError(f"{name} holds too many clips.", hint=f"At most {MAX_SHOTS:,} are read at once.")
    if not found.shots:
        raise ShotError(f"{name} holds no clip.", hint="Export a sequence with clips on a video track.")
    return Imported(
        shots=tuple(found.shots),
        values=tuple(found.values),
        labels=tuple(found.labels),
        title=plain(title)[:MAX_NAME],
    )


class _Cut:
    """A cut on its way into shots."""

    def __init__(self, name: str, vocabulary: Vocabulary) -> None:
        self.name = name
        self.vocabulary = vocabulary
        self.shots: list[Shot] = []
        self.values: list[Value] = []
        self.labels: list[Label] = []
        self.scenes: dict[str, int] = {}

    def add(self, clip: Clip) -> None:
        """Read one clip."""
        number = len(self.shots) + 1
        document = clip.facts.get("shot")
        data = self._whole(document, clip, number) if isinstance(document, dict) else self._from_elsewhere(clip, number)
        shot = read_data(data, f"{self.name}, clip {number}")
        if isinstance(document, dict):
            self.values += told(shot, number, self.vocabulary)
        self.shots.append(shot)
        slate, name, scene, note = (_text(clip.facts.get(one)) for one in ("slate", "name", "scene", "note"))
        self.labels.append(
            Label(
                slate=plain(slate or clip.slate)[:MAX_SLATE],
                name=plain(name or clip.name)[:MAX_NAME],
                scene=self.scenes.setdefault(scene, len(self.scenes) + 1) if scene else 0,
                note=_note(note or "; ".join(filter(None, clip.notes))),
            )
        )

    def _whole(self, document: dict[str, Any], clip: Clip, number: int) -> dict[str, Any]:
        """Return a shot as it was exported, with the length that an editor gave it since."""
        before = clip.facts.get("length_s")
        was_cut = isinstance(before, int | float) and clip.seconds is not None and abs(clip.seconds - before) > SAME_S
        if not was_cut or not _fits(LENGTH, clip.seconds):
            return document
        self._say(number, "length", f"{clip.seconds:g}", LENGTH, "The length that it was cut to since.")
        return {**document, LENGTH: clip.seconds}

    def _from_elsewhere(self, clip: Clip, number: int) -> dict[str, Any]:
        """Return what a clip of another program says."""
        data: dict[str, Any] = {}
        if clip.seconds is not None and self._fitting(number, "length", clip.seconds, LENGTH):
            data[LENGTH] = clip.seconds
        if clip.fps is not None and self._fitting(number, "frame rate", clip.fps, RATE):
            data["camera"] = {"playback_fps": clip.fps}
        if clip.joined_by:
            data[OUT] = clip.joined_by
            self._say(number, "transition", clip.joined_by, OUT, term=clip.joined_by)
        if clip.file:
            self._say(number, "file", clip.file, note="The picture itself is not in a cut.")
        return data

    def _fitting(self, number: int, what: str, value: float, path: str) -> bool:
        """Say where a number goes, and tell whether a shot takes it."""
        fits = _fits(path, value)
        self._say(number, what, f"{value:g}", path if fits else "", "" if fits else "Out of the range of a shot.")
        return fits

    def _say(self, number: int, what: str, value: str, path: str = "", note: str = "", *, term: str = "") -> None:
        status: Status = "typed" if path else "unknown"
        self.values.append(
            Value(shot=number, field=what, value=value[:MAX_TEXT], status=status, path=path, note=note, term=term)
        )


def _fits(path: str, value: float | None) -> bool:
    between = limits(path)
    return value is not None and between is not None and between[0] <= value <= between[1]


def _note(words: str) -> str:
    kept = plain(words)
    return kept if len(kept) <= MAX_TEXT else f"{kept[: MAX_TEXT - 1]}…"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
