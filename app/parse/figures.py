"""Reads numbers: each goes to the field that its unit and its neighbours name.

Angles of a lamp are read from the camera: negative is camera left. A clock is seen from above with the subject in its
middle and the camera at six o'clock: a lamp at nine stands at camera left (-90 degrees), at ten half behind (-120).
"""

from bisect import bisect_left
from collections.abc import Callable
from math import log2
from operator import attrgetter
from typing import NamedTuple

from app.match import Quantity
from app.match.numbers import SPELT
from app.match.tables import bag
from app.parse.lamps import Opened, light_at, new_light
from app.parse.page import COMMA, READ, STOP, UNREAD, Page, Piece

LEFT, RIGHT = frozenset({"left"}), frozenset({"right"})
NEAR = 5


LEADS = bag(
    """
    background ambient
    focused focus at shutter white balance balanced wb for contrast ratio aspect key to iso ei exposed canted height
    lens focal length aperture angle of fps elevation azimuth colour temperature duration
    """
)
"""Words before a number that say what it measures."""


class Figure(NamedTuple):
    """A number where it stands: its words, its piece, and the lamps of the piece."""

    page: Page
    piece: Piece
    value: float
    unit: str
    start: int
    end: int
    opened: list[Opened]

    @property
    def before(self) -> list[str]:
        """The words before it in its sentence, the nearest last."""
        first = self.start
        while first > max(self.start - NEAR, 0) and self.page.words[first].gap < STOP:
            first -= 1
        return self.page.folds(first, self.start)

    @property
    def after(self) -> list[str]:
        """The words after it in its piece."""
        return self.page.folds(self.end, min(self.end + NEAR, self.piece.end))

    @property
    def near(self) -> frozenset[str]:
        """The words of its piece."""
        return self.piece.said

    @property
    def light(self) -> str:
        """The lamp that it belongs to, or nothing."""
        return light_at(self.page, self.opened, self.start)

    def say(self, path: str, value: float | str, wide: int = 0) -> bool:
        """Put a value at a path; `wide` words after the number belong to it."""
        start = self.start
        if not self.page.say(path, value, start, min(self.end + wide, self.piece.end)):
            return False
        while start > self.piece.start and self.page.fold(start - 1) in LEADS and self.page.state[start - 1] != READ:
            start -= 1
        if start < self.start and self.page.fold(start) not in {"at", "for", "to", "of"}:
            self.page.mark(start, self.start)
            self.page.draft.spans.append(self.page.span(start, self.start, path))
        return True


def read_figures(page: Page, piece: Piece, opened: list[Opened]) -> None:
    """Put every number of a piece at its path; one that fits nowhere stays among the words."""
    _spelt(page, piece, opened)
    for one, start, end in piece.numbers:
        if page.is_read(start, end) and one.unit != "K":
            continue
        reader = READERS.get(one.unit)
        if reader:
            reader(Figure(page, piece, round(one.value, 4), one.unit, start, end, opened))
        if one.unit in TECHNICAL and set(page.state[start:end]) == {UNREAD}:
            page.keep("intent.says", start, end)


TECHNICAL = frozenset({"mm", "T", "f", "ratio", "fps", "EI"})
"""Units that speak of the camera: a number that no field takes, such as a second aspect ratio, describes nobody."""


def _spelt(page: Page, piece: Piece, opened: list[Opened]) -> None:
    """Read a clock ("at ten o'clock") and a level without its unit ("fill two under")."""
    if not (opened or page.draft.light) or SPELT_OUT.isdisjoint(piece.said):
        return
    for at in range(piece.start, piece.end - 1):
        said = page.folded[at]
        if said in {"plus", "minus"} and at + 2 == piece.end:
            _signed(page, opened, at)
        value = SPELT.get(said) or (float(said) if said in HOURS else None)
        after = page.fold(at + 1)
        light = light_at(page, opened, at)
        if value is None or not light or page.is_read(at, at + 2):
            continue
        first = at
        if said == "half" and page.folds(at - 2, at) == ["and", "a"] and page.fold(at - 3) in SPELT:
            first, value = at - 3, value + SPELT[page.fold(at - 3)]
        figure = Figure(page, piece, value, "", first, at + 1, opened)
        if after == "oclock" and value <= 12:
            azimuth = (6 - value) * 30
            figure.say(f"lights.{light}.azimuth_deg", azimuth + 360 if azimuth <= -180 else azimuth, 1)
        elif after in {"over", "under"} and at + 2 == piece.end:
            figure.say(f"lights.{light}.stops", value if after == "over" else -value, 1)


def _signed(page: Page, opened: list[Opened], at: int) -> None:
    """Read a level that is spelt out: "fill, minus two"."""
    light, value = light_at(page, opened, at), SPELT.get(page.fold(at + 1))
    if light and value and not page.is_read(at, at + 2):
        page.say(f"lights.{light}.stops", value if page.fold(at) == "plus" else -value, at, at + 2)


HOURS = frozenset(map(str, range(1, 13)))
SPELT_OUT = frozenset({"oclock", "over", "under", "plus", "minus"})
"""Words beside a number which has no unit."""


def _length_mm(figure: Figure) -> None:
    after, before = figure.after[:1], figure.before[-3:]
    if after == ["camera"]:
        return
    if figure.piece.department != "lighting" and not {"focal"} & set(after):
        gauge = GAUGES.get(figure.value)
        film = set(after) & FILM or ("on" in before and not set(figure.after) & GLASS) or _is_of_a_stock(figure)
        if gauge and film and figure.say("camera.format", gauge, 1 if set(after) & FILM else 0):
            return
    figure.say("camera.focal_mm", figure.value, 1 if set(after) & GLASS else 0)


FILM = frozenset({"film", "stock", "negative", "gauge", "celluloid", "footage", "print"})
GLASS = frozenset({"lens", "prime", "glass", "macro", "anamorphic", "focal", "zoom"})
GAUGES: dict[float, str] = {
    8: "camera.format.standard_8",
    16: "camera.format.standard_16",
    35: "camera.format.super_35_4perf",
    65: "camera.format.film_65_5perf",
    70: "camera.format.film_65_5perf",
}


def _is_of_a_stock(figure: Figure) -> bool:
    """Tell whether the name of a film stock follows: 16mm Ektachrome."""
    facets = {sense.facet for hit in figure.piece.hits if hit.start == figure.end for sense in hit.name.senses}
    return "look.stock" in facets


def _stop(figure: Figure) -> None:
    figure.say("camera.t_stop", figure.value)


def _f_number(figure: Figure) -> None:
    if figure.say("camera.t_stop", figure.value):
        figure.page.draft.notes.append(
            f"f/{figure.value:g} is kept as T{figure.value:g}: what the lens swallows is not known."
        )


def _kelvin(figure: Figure) -> None:
    if figure.piece.department != "lighting" and not figure.opened and _is_among_settings(figure):
        figure.say("camera.white_balance_k", figure.value)
        return
    balanced = {"balance", "balanced", "wb", "white"} & {*figure.before[-3:], *figure.after[:3]}
    lamp = figure.piece.department == "lighting" and figure.light and not {"balanced", "wb"} & set(figure.before[-3:])
    behind = "behind" in figure.after[:2]
    if behind:
        figure.page.mark(figure.start, figure.end)
    elif balanced and not (lamp and "balance" not in figure.after):
        at = _word(figure, {"balance", "balanced", "wb", "white"})
        figure.say("camera.white_balance_k", figure.value, at)
    elif not figure.say(f"lights.{_window(figure) or figure.light or new_key(figure)}.cct_k", figure.value):
        figure.say("camera.white_balance_k", figure.value) if "against" in figure.before else None


def _is_among_settings(figure: Figure) -> bool:
    """Tell whether a number stands between settings of the camera and beside no lamp: "T2.8, EI 1280, 5600 K"."""
    page, own = figure.page, figure.piece
    at = bisect_left(page.pieces, own.start, key=attrgetter("start"))
    beside = [one for one in page.pieces[max(at - 3, 0) : at + 4] if one.sentence == own.sentence]
    units = {number.unit for one in beside for number, _, _ in one.numbers}
    alone = own.end - own.start == len({at for _, start, end in own.numbers for at in range(start, end)})
    return alone and bool(units & {"EI", "fps"}) and not any(one.department == "lighting" for one in beside)


def _window(figure: Figure) -> str:
    """Return the light that a window is when its colour is said: "a window at 3200 K"."""
    page, piece = figure.page, figure.piece
    at = next((at for at in range(piece.start, figure.start) if page.fold(at) in {"window", "windows"}), -1)
    if at < 0 or figure.opened or page.state[at] == READ:
        return ""
    name = page.draft.free_id("lights", "window")
    if not name:
        return ""
    page.draft.light = name
    page.say(f"lights.{page.draft.light}.source", "light.source.window_light", at, at + 1)
    return page.draft.light


def new_key(figure: Figure) -> str:
    """Return the light that a colour or a level belongs to where nobody named one: the key."""
    if "light" in figure.near and not figure.page.draft.light:
        return new_light(figure.page)
    figure.page.draft.light = "key"
    figure.page.draft.put("lights.key.role", "light.role.key")
    return "key"


def _word(figure: Figure, wanted: set[str]) -> int:
    """Return how many words after the number lead up to one that is wanted."""
    after = figure.after[:3]
    return next((at for at, one in enumerate(after, start=1) if one in wanted), 0)


def _angle(figure: Figure) -> None:
    around = {*figure.before[-4:], *figure.after[:4]}
    for words, path in ANGLES:
        if words & around:
            figure.say(path, figure.value if path != "camera.roll_deg" else _rolled(figure), _word(figure, set(words)))
            return
    if figure.piece.department == "lighting" or figure.light:
        _lamp_angle(figure, around)
    elif {"canted", "dutch", "cant", "tilted", "roll"} & set(figure.page.folds(figure.piece.start - 4, figure.start)):
        figure.say("camera.roll_deg", _rolled(figure))
    elif "lens" in figure.after[:3]:
        _facing(figure)


ANGLES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"shutter"}), "camera.shutter_deg"),
    (frozenset({"canted", "dutch", "cant"}), "camera.roll_deg"),
)


def _rolled(figure: Figure) -> float:
    """Return a roll with its sign: clockwise is positive, and so is one without a side."""
    back = figure.page.folds(figure.start - 6, figure.end + 3)
    return -figure.value if {"counter", "counterclockwise", "anticlockwise", "left"} & set(back) else figure.value


def _facing(figure: Figure) -> None:
    if not figure.page.draft.hero:
        return
    side, hero = _side(figure), figure.page.draft.hero
    if figure.say(f"subjects.{hero}.facing_deg", -figure.value if side == "left" else figure.value, 3):
        _explain(figure, f"subjects.{hero}.facing_deg", (f"subjects.{hero}.pose", "camera.view"))


def _lamp_angle(figure: Figure, around: set[str]) -> None:
    light = figure.light or new_key(figure)
    if "wide" in figure.after[:1]:
        figure.say(f"lights.{light}.angular_size_deg", figure.value, 1)
    elif UP & set(figure.after[:1]) or ({"high", "elevation", "elevated", "raised"} & around and not SIDED & around):
        figure.say(f"lights.{light}.elevation_deg", figure.value, 1 if UP & set(figure.after[:1]) else 0)
        _unplace(figure, light, "elevation_deg")
    elif "down" in figure.after[:1] or "below" in figure.after[:1]:
        figure.say(f"lights.{light}.elevation_deg", -figure.value, 1)
        _unplace(figure, light, "elevation_deg")
    elif side := _side(figure):
        value = -abs(figure.value) if side == "left" else abs(figure.value)
        wide = max(_word(figure, {"left", "right"}), _word(figure, {"axis"}))
        if figure.say(f"lights.{light}.azimuth_deg", value, wide):
            figure.page.unsay(
                max(figure.start - 40, 0), figure.end, (f"lights.{light}.side",), f"lights.{light}.azimuth_deg"
            )
            _unplace(figure, light, "azimuth_deg")
    elif {"axis", "behind", "back"} & around or figure.value < 0:
        figure.say(f"lights.{light}.azimuth_deg", figure.value, _word(figure, {"axis"}))
        _unplace(figure, light, "azimuth_deg")


UP = frozenset({"up", "above", "high", "elevation"})
SIDED = frozenset({"left", "right"})


def _unplace(figure: Figure, light: str, key: str) -> None:
    """Take a direction back that only puts the numbers of a bracket into words: "from above (30° up)"."""
    if figure.piece.aside or figure.page.text[figure.page.words[figure.piece.end - 1].end :].startswith(
        ("° up)", "° down)", ")")
    ):
        figure.page.unsay(
            max(figure.start - 40, 0), figure.end, (f"lights.{light}.direction",), f"lights.{light}.{key}"
        )


def _explain(figure: Figure, path: str, prefixes: tuple[str, ...]) -> None:
    """Take the words before a bracket as what its number says: "in profile to camera left (90° off the lens)"."""
    page, end = figure.page, figure.piece.start
    if not figure.piece.aside or not end:
        return
    start = end - 1
    while start > 0 and page.words[start].gap < COMMA:
        start -= 1
    page.unsay(start, end, prefixes, path)
    page.draft.spans.append(page.span(start, end, path))
    page.mark(start, end)


def _side(figure: Figure) -> str:
    """Return the side that stands nearest to a number, in its piece or the one before."""
    after = [one for one in figure.after[:4] if one in SIDED]
    back = [one for one in figure.page.folds(max(figure.start - 14, 0), figure.start) if one in SIDED]
    return (after or back[-1:] or [""])[0]


def _stops(figure: Figure) -> None:
    page, after, near = figure.page, figure.after, figure.near
    down = bool({"under", "below", "down", "darker", "less", "lower"} & set(after[:2]))
    value = -abs(figure.value) if down or figure.value < 0 else figure.value
    against = next((one for one in after[1:4] if one in {"fill", "key"}), "")
    wide = (2 if after[:1] and after[0] in LEVELS else 0) and 1
    if against and figure.opened and not figure.light.startswith(("key", "fill")):
        if against == "key":  # how far the fill lies below the exposure is not said
            figure.say(f"lights.{figure.light}.stops", value, after.index(against) + 1)
    elif against:
        ratio = value if against == "fill" else -value
        figure.say("lighting.ratio_stops", ratio, after.index(against) + 1)
    elif "printed" in figure.before or "print" in figure.before:
        figure.say("look.exposure_stops", value, 1)
    elif not figure.opened and {"background", "ambient"} & (
        near if figure.piece.department == "lighting" else set(figure.before[-1:])
    ):
        figure.say(f"lighting.{'background' if 'background' in near else 'ambient'}_stops", value, wide)
    elif {"ratio", "contrast"} & near:
        figure.say("lighting.ratio_stops", abs(value))
    elif (figure.piece.department == "lighting" or figure.light) and not {"pushed", "pulled", "push", "pull"} & near:
        figure.say(f"lights.{figure.light or new_key(figure)}.stops", value, wide)
    elif {"exposed", "exposure", "overexposed", "underexposed"} & near:
        page.say("look.exposure_stops", value, figure.start, figure.end)


LEVELS = frozenset({"over", "under", "above", "below", "up", "down", "hotter", "brighter", "darker", "less", "more"})


def _ratio(figure: Figure) -> None:
    near = {*figure.page.folds(max(figure.start - 4, figure.piece.start), figure.start), *figure.after[:3]}
    about_light = {"key", "fill", "contrast", "lighting"} & near
    if about_light and "aspect" not in near and figure.value >= 1:
        last = max((figure.after.index(one) + 1 for one in ("contrast", "ratio") if one in figure.after[:3]), default=0)
        figure.say("lighting.ratio_stops", round(log2(figure.value), 3), last)
        return
    wide = 1 if figure.after[:1] and figure.after[0] in {"aspect", "frame", "ratio", "crop", "format"} else 0
    if figure.say("framing.aspect", round(figure.value, 4), wide):
        _take_leading(figure, {"aspect", "ratio"})


def _take_leading(figure: Figure, nouns: set[str]) -> None:
    at = figure.start
    while at > 0 and figure.page.fold(at - 1) in nouns:
        at -= 1
    figure.page.mark(at, figure.start)


def _rate(figure: Figure) -> None:
    path = "camera.playback_fps" if {"played", "playback"} & set(figure.before) else "camera.fps"
    figure.say(path, figure.value)


def _index(figure: Figure) -> None:
    figure.say("camera.ei", figure.value)


def _seconds(figure: Figure) -> None:
    whole = figure.start == figure.piece.start and figure.end == figure.piece.end
    about = {"shot", "clip", "video", "long", "take", "duration", "length"} & {*figure.before[-2:], *figure.after[:2]}
    if "shutter" in figure.near and figure.value:
        fps = figure.page.draft.held.get("camera.fps", 24)
        figure.say("camera.shutter_deg", round(360 * figure.value * fps, 1), 1)
    elif whole or about:
        figure.say("duration_s", figure.value, 1 if figure.after[:1] and figure.after[0] in about else 0)


def _metres(figure: Figure) -> None:
    page, after, before, near = figure.page, figure.after, figure.before, figure.near
    light = figure.light if figure.piece.department == "lighting" else ""
    if {"focused", "focus"} & set(before[-3:]):
        figure.say("camera.focus.distance_m", figure.value)
    elif {"tall"} & set(after[:1]) and page.draft.hero:
        figure.say(f"subjects.{page.draft.hero}.height_m", figure.value, 1)
    elif "room" in before:
        figure.say("place.room_m", figure.value, 1)
    elif "behind" in after[:1]:
        figure.say("place.background_m", figure.value, 3)
    elif light and {"away", "from", "off", "distance"} & near:
        figure.say(f"lights.{light}.distance_m", figure.value, 1)
    elif {"camera", "lens"} & {*before, *after}:
        _camera_metres(figure)


def _camera_metres(figure: Figure) -> None:
    after = figure.after
    if {"from", "away"} & set(after[:2]):
        figure.say("camera.distance_m", figure.value, after.index("subject") + 1 if "subject" in after else 1)
    else:
        figure.say("camera.height_m", figure.value, 1 if {"high", "up", "height"} & set(after[:1]) else 0)


def _share(figure: Figure) -> None:
    hero = figure.page.draft.hero
    if hero and figure.after[:1] in (["across"], ["down"]):
        axis = "x" if figure.after[0] == "across" else "y"
        if figure.say(f"subjects.{hero}.screen_{axis}", round(figure.value / 100, 4), 1):
            _explain(figure, f"subjects.{hero}.screen_{axis}", ("framing.placement",))


def _hex(figure: Figure) -> None:
    code = f"#{int(figure.value):06X}"
    if figure.piece.department == "lighting" and figure.light:
        figure.say(f"lights.{figure.light}.hex", code)
    else:
        figure.say("look.colours", code)


def _bare(figure: Figure) -> None:
    """Read a year, or a level without its unit."""
    after, before, piece = figure.after, figure.before, figure.piece
    alone = (figure.start, figure.end) == (piece.start, piece.end) and figure.value >= 1500
    if (
        figure.value.is_integer()
        and 1000 <= figure.value <= 2100
        and (alone or {"in", "set", "circa", "year"} & set(before[-2:]))
    ):
        figure.say("intent.year", figure.value)
    elif before[-1:] in (["ambient"], ["background"]) and _is_signed(figure):
        figure.say(f"lighting.{before[-1]}_stops", figure.value)
    elif figure.light and after[:1] and after[0] in {"over", "under"} and not after[1:2]:
        figure.say(f"lights.{figure.light}.stops", figure.value if after[0] == "over" else -figure.value, 1)
    elif figure.light and figure.piece.department == "lighting" and _is_signed(figure):
        figure.say(f"lights.{figure.light}.stops", figure.value)


def _is_signed(figure: Figure) -> bool:
    start = figure.page.words[figure.start].start
    return figure.page.text[max(start - 1, 0) : start] in {"+", "-", "−"}


def _mains(figure: Figure) -> None:
    figure.say("lighting.mains_hz", figure.value)


def _squeeze(figure: Figure) -> None:
    if {"anamorphic", "squeeze"} & set(figure.after[:2]):
        figure.say("camera.squeeze", figure.value, 1)


READERS: dict[str, Callable[[Figure], None]] = {
    "mm": _length_mm,
    "T": _stop,
    "f": _f_number,
    "K": _kelvin,
    "deg": _angle,
    "stops": _stops,
    "ratio": _ratio,
    "fps": _rate,
    "EI": _index,
    "s": _seconds,
    "m": _metres,
    "%": _share,
    "hex": _hex,
    "": _bare,
    "Hz": _mains,
    "x": _squeeze,
}

__all__ = ["Figure", "Quantity", "read_figures"]
