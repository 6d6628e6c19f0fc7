"""What a model understands: one TOML file a model, facts with their date and how sure they are."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal

from pydantic import ConfigDict, Field, field_serializer, field_validator

from app.vocab.entry import Entry

REMEMBERED, PATHS = 64, 4096
"""So many shots' paths, and single paths, a target keeps in mind: people name ids as they like, so there is no end."""


class Facts(Entry):
    """When a target's facts were read, how sure they are, and of which version of the model."""

    date: str
    confidence: Literal["vendor", "host", "secondary", "mixed"]
    version: str = ""
    note: str = ""
    doubts: tuple[str, ...] = ()


class Limit(Entry):
    """How long a prompt may be, in the model's own unit; 0 where nobody states one.

    Tokens are counted `by` CLIP's own vocabulary, or estimated. `chunk` is the window that such a model reads at
    once: text beyond it is read in further, weaker chunks and is not cut.
    """

    count: int = 0
    unit: Literal["characters", "utf16", "words", "tokens"] = "characters"
    by: Literal["clip", "estimate"] = "estimate"
    chunk: int = 0


class Pixels(Entry):
    """Sizes of one's own: each side a multiple of `step` within `side`, about `megapixels` in all, at most `most`:1."""

    step: int = 16
    side: tuple[int, int] = (256, 4096)
    megapixels: float = 1.0
    most: float = 4.0


class References(Entry):
    """How a target takes reference pictures.

    `words` are the roles that travel in the numbered array, each with the word that names it; `fields` the roles that
    have a field of the request to themselves and are never numbered; for those in `strengths` it can be said how
    strongly the picture holds. With `addresses` the service fetches pictures
    from the web, and such a field holds where each lies. `name` is what a picture is called in the text, with {n} for
    its number and nothing where pictures are never named there. `line` is the sentence of one picture ({name},
    {shows}, {role}, {of}, {take}, {ignore}; see `dialects.template`), and `closing` stands behind them all. `beside`
    is how many may stand beside a source image, where that is fewer. `excludes` are kinds of pictures, each by its
    roles, of which a request holds one. `lengths` are the lengths in seconds of a clip beside a role, where those are
    not all that the target makes; a range where it makes any.
    """

    max: int = 0
    words: dict[str, str] = {}
    fields: dict[str, str] = {}
    strengths: tuple[str, ...] = ()
    name: str = ""
    line: str = "[{name}][ ({shows})] is the {role} reference[ for {of}][: take {take}][; leave out {ignore}]"
    closing: str = ""
    beside: int = 0
    addresses: bool = False
    excludes: tuple[tuple[str, ...], ...] = ()
    lengths: dict[str, tuple[float, ...]] = {}

    @field_validator("words", "fields", mode="before")
    @classmethod
    def _without_the_empty(cls, roles: dict[str, str]) -> dict[str, str]:
        """An empty word takes back a role that a target would inherit."""
        return {role: word for role, word in roles.items() if word}


class Timing(Entry):
    """How a target is told when things happen: by a time code before each beat, and before each shot of a scene.

    Patterns for str.format with {number}, {start} and {end} in seconds, {length} in seconds, and {start_clock},
    {end_clock} as 00:04. Empty: the model takes none. `shots` is how many shots one prompt may hold.
    """

    beat: str = ""
    shot: str = ""
    shots: int = 1


class Sound(Entry):
    """How a target is told what is heard. Empty patterns: it hears nothing of the kind.

    `line` for one spoken line: {who}, {line}, {how} (the delivery) and {language}; the others hold {sound}.
    """

    line: str = ""
    effect: str = ""
    ambience: str = ""
    music: str = ""
    voiceover: str = ""


class Editing(Entry):
    """How a target changes a picture that exists: {change} and {keep}, and `keep` where nobody said what to keep.

    `name` is what a picture beside the source is called: {ordinal} where a number would be taken for the source's.
    """

    line: str = ""
    name: str = ""
    keep: str = "everything else"
    mask: bool = False
    words: tuple[int, int] = (0, 0)


class Target(Entry):
    """What a model understands. A dialect writes for it; a backend carries the result."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    id: str
    label: str
    maker: str = ""
    medium: Literal["image", "video"]
    dialect: str
    gloss: str = ""
    facts: Facts
    retired: str = Field(default="", description="the date it went")
    nearest: str = Field(default="", description="the living target to use in its place")
    usd: dict[str, float] = {}
    """Prices in dollars, as its maker states them on the facts' date: of an `image`, and of each `reference` beside it;
    of a clip by what it is, such as `video 720p 5s hdr`.
    """

    words: tuple[int, int] = (0, 0)
    limit: Limit = Limit()
    order: tuple[tuple[str, ...], ...] = ()
    """Blocks in order: a label (or nothing), then the slots under it. The dialect's own order where none is given."""
    sentences: dict[str, str] = {}
    """Patterns by slot that differ from the dialect's."""
    says: dict[str, str] = {}
    """Phrases of its own, by term."""
    silent: dict[str, str] = {}
    """What it cannot hear: patterns of paths, each with the reason."""

    units: frozenset[str] = frozenset()
    """The numbers that it reads, by unit; the others become words."""
    derived: bool = False
    """Whether it is told what the light does, which follows from what was said."""
    negative: Literal["rewrite", "field", "flag", "plain"] = "rewrite"
    negative_limit: Limit = Limit()
    """How long the negative field may be."""
    weight: str = ""
    """How a pinned piece is weighed, with {} for its words."""
    escapes: dict[str, str] = {}
    """What to write for letters that mean something else to it."""

    aspects: tuple[str, ...] = ()
    sizes: tuple[tuple[int, int], ...] = ()
    pixels: Pixels | None = None
    free_aspect: bool = False
    """Whether any ratio of whole numbers is taken."""
    extraction: bool = True
    """Whether a shape that it lacks is asked for in words, as a band inside the one that it has."""
    resolutions: tuple[str, ...] = ()
    durations: tuple[float, ...] = ()
    """Lengths in seconds: all of them, or the shortest and the longest where `any_duration` is set."""
    any_duration: bool = False
    rates: tuple[float, ...] = ()
    """Frame rates that it can be asked for."""
    seed: bool = False
    fields: dict[str, str] = {}
    """What the request calls its fields, where that is not aspect_ratio, width, height, duration and fps.

    Where there is one for the `size`, width and height travel in it together.
    """
    values: dict[str, str] = {}
    """How the request writes the value of such a field, where that is no plain number or name.

    Patterns with {} for the value, and {width} and {height} for a size.
    """
    params: dict[str, Any] = {}
    """Fields that Printlight always sends."""

    references: References = References()
    moves: Literal["none", "one", "several"] = "none"
    timing: Timing = Timing()
    sound: Sound = Sound()
    edit: Editing = Editing()

    @field_serializer("units", when_used="json")
    def _in_order(self, units: frozenset[str]) -> list[str]:
        """Return the units as data: in one order, whatever the process."""
        return sorted(units)

    @property
    def audio(self) -> tuple[str, ...]:
        """What it can be told to sound like: line, effect, ambience, music, voiceover."""
        return tuple(name for name in Sound.model_fields if getattr(self.sound, name))

    def lengths(self, roles: Iterable[str]) -> tuple[float, ...]:
        """Return the lengths that it makes beside pictures in some roles: a range where it makes any."""
        own = (self.references.lengths[role] for role in roles if role in self.references.lengths)
        return next(own, self.durations)

    @cached_property
    def escaping(self) -> str:
        """Its escapes as one text, by which clauses worded for one target serve another."""
        return repr(self.escapes) if self.escapes else ""

    @cached_property
    def nearest_shapes(self) -> dict[float, Any]:
        """The shapes that were looked for before."""
        return {}

    @cached_property
    def _why(self) -> dict[str, str]:
        """What `why_silent` has answered before."""
        return {}

    @cached_property
    def _silenced(self) -> dict[frozenset[str], dict[str, str]]:
        """What `silenced` has answered before: the paths of a shot change far more seldom than its values."""
        return {}

    def silenced(self, paths: frozenset[str]) -> dict[str, str]:
        """Return the paths that this target cannot hear, each with the reason."""
        if not self.silent:
            return {}
        found = self._silenced.get(paths)
        if found is None:
            if len(self._silenced) > REMEMBERED:
                self._silenced.clear()
            found = self._silenced[paths] = {path: reason for path in paths if (reason := self.why_silent(path))}
        return found

    def why_silent(self, path: str) -> str:
        """Return why this target cannot hear a path, or nothing."""
        if path not in self._why:
            if len(self._why) == PATHS:
                self._why.clear()
            told = (reason for pattern, reason in self.silent.items() if fnmatchcase(path, pattern))
            self._why[path] = next(told, "")
        return self._why[path]
