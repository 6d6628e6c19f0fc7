"""Sets as data: each file of `sets/` is one, found by looking; its name is its id.

A plan is counted from the middle of the set. `right` and `up` are as the camera sees them that stands at the azimuth 0,
`deep` leads away from it. A thing may instead stand against the back wall, the front wall across from it, the left or
the right one (then its third number leads out into the room, its first one along the wall to the right as one faces
it; on a side wall it is `deep`), or hang at the height of the hero's eyes.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from pydantic import ValidationError

from app.errors import PrintlightError
from app.previz.scene import Colour, Part, Vector
from app.resolve import Resolved

PLAIN = "room"
"""The set of a shot that says nothing about its place."""

Wall = Literal["wall", "right", "front", "left"]
WALLS: tuple[Wall, ...] = get_args(Wall)
"""The walls of a set, clockwise as seen from above; `wall` is the one at the back."""

On = Literal["hero", "eyes", "wall", "right", "front", "left"]
When = Literal["always", "day", "night"]

_TEXTS = ("place.where", "place.background", "place.midground", "place.foreground")
_INSIDE, _OUTSIDE = "place.setting.interior", "place.setting.exterior"
_BACKDROP, _WORDS, _LOCATION, _SETTING = 8, 4, 3, 1  # what counts for more when a set is chosen


class Thing(Part):
    """Something in a set; with `times` it stands there again and again, `step` apart."""

    on: On = "hero"
    at: Vector
    step: Vector = (0, 0, 0)
    times: int = 1
    when: When = "always"
    colour: Colour = (0.3, 0.3, 0.3)
    finish: str = "satin"


class Box(Thing):
    """A box by its half edges, in the order of `at`."""

    half: Vector


class Ball(Thing):
    """An upright ellipsoid by its radii."""

    radii: Vector


class Pole(Thing):
    """An upright cylinder on its foot."""

    height_m: float
    radius_m: float


class Glow(Thing):
    """A shining panel that looks out from what it stands against, or down; `stops` over the set's own level."""

    half: tuple[float, float]
    down: bool = False
    kelvin: float = 3200
    stops: float = 4


class Window(Part):
    """An opening in a wall, by its middle (along the wall and up) and its half edges; the day falls in."""

    on: Wall = "wall"
    at: tuple[float, float]
    half: tuple[float, float]
    panes: tuple[int, int] = (2, 2)


class Suits(Part):
    """What has to be said for a set to be chosen: ids of terms, and words of the place."""

    setting: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    backdrop: tuple[str, ...] = ()
    words: str = ""  # a pattern

    def score(self, resolved: Resolved, texts: str) -> int:
        """Return how well the set suits a shot; 0 when nothing speaks for it."""
        picked = {path: str(resolved.value(f"place.{path}") or "").rpartition(".")[2] for path in _PICKS}
        return (
            _BACKDROP * (picked["backdrop"] in self.backdrop)
            + _WORDS * bool(self.words and re.search(self.words, texts))
            + _LOCATION * (picked["location"] in self.location)
            + _SETTING * (picked["setting"] in self.setting)
        )


_PICKS = ("setting", "location", "backdrop")


class Plan(Part):
    """A set. No `half_m`: no side walls; no `ceiling_m`: no ceiling; `high_m` of 0: neither walls nor floor.

    With `turns` all that stands there stands so many times round the middle, for a place that looks alike all round.
    """

    id: str
    label: str
    suits: Suits = Suits()
    outdoors: bool = False
    hung: bool = False  # a backdrop: it hangs square to the camera of every set-up
    turns: Literal[1, 2, 4] = 1
    wall_m: float = 3.0  # the back wall behind the hero; outdoors there is none
    front_m: float | None = None  # the wall across from it
    half_m: float | None = None  # from the middle to either side wall
    high_m: float = 12.0  # of the walls
    level_stops: float = -2.5  # of the set, where the shot says none
    ceiling_m: float | None = None
    reach_m: float | None = None  # lamps are brought as near to the face
    wall: Colour = (0.22, 0.24, 0.27)
    floor: Colour = (0.10, 0.085, 0.07)
    floor_finish: str = "satin"
    cove_m: float = 0.0  # radius of the curve in which floor becomes wall
    mottle: float = 0.0  # how unevenly the wall is painted, as a share of its colour
    lights: bool = False  # a city's lights far behind at night
    box: tuple[Box, ...] = ()
    ball: tuple[Ball, ...] = ()
    pole: tuple[Pole, ...] = ()
    glow: tuple[Glow, ...] = ()
    window: tuple[Window, ...] = ()


@cache
def plans() -> dict[str, Plan]:
    """All sets by id. Raises PrintlightError with the file's name for one that cannot be read."""
    found = {}
    for file in sorted(files("app.previz").joinpath("sets").iterdir(), key=lambda one: one.name):
        name, _, ending = file.name.rpartition(".")
        if ending != "toml":
            continue
        try:
            found[name] = Plan.model_validate({"id": name, **tomllib.loads(file.read_text(encoding="utf-8"))})
        except (ValidationError, tomllib.TOMLDecodeError) as wrong:
            raise PrintlightError(f"The set {file.name} cannot be read: {wrong}") from None
    return found


def plan_of(resolved: Resolved) -> Plan:
    """Return the set that suits best what was said of the place; the plain room when nothing was."""
    texts = _said(resolved)
    setting = resolved.pick("place.setting")
    found = [one for one in plans().values() if setting not in {_INSIDE, _OUTSIDE} or one.outdoors is _outside(setting)]
    best = max(found, key=lambda one: (one.suits.score(resolved, texts), one.id == PLAIN))
    return best if best.suits.score(resolved, texts) else plans()["landscape" if _outside(setting) else PLAIN]


def _outside(setting: str) -> bool:
    return setting == _OUTSIDE


def _said(resolved: Resolved) -> str:
    """Return the free words on the place, and on what the lamps stand for."""
    words = [str(resolved.value(path) or "") for path in _TEXTS]
    words += [str(prop) for prop in resolved.value("place.props") or ()]
    for name, light in resolved.lights:
        words.append(str(getattr(light.motivated_by, "words", "") or ""))
        words.append(str(resolved.value(f"lights.{name}.source") or "").replace("_", " "))
    return " ".join(words).casefold()
