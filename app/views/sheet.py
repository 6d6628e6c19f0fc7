"""The lighting plan of a shot on one sheet of paper: its title block, its scale and its lamp list."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.compile.wording import plain
from app.previz.stage import stage
from app.resolve import Resolved
from app.views import controls, lamps
from app.views.floor import fit, floor
from app.views.lamps import Row
from app.views.pen import PAPERS
from app.views.plan import RIM, Drawing, from_above, from_the_side

UNIT_MM = 0.27
"""A unit of a drawing on paper: its labels come out at 3 mm."""

MARGIN_MM = 10.0
HEAD_MM = 17.0
ROW_MM = 5.2
LIST_MM = 8.0
"""The head of the lamp list, with the line above it."""

SIDE_SHARE = 0.36

SCALES = (10, 20, 25, 50, 75, 100, 150, 200, 250, 500, 1000, 2000, 5000, 10000)
"""Scales that a ruler has."""

ROWS = 18
"""More lamps do not fit beneath a drawing; the list then says how many it leaves out."""


@dataclass(frozen=True)
class Title:
    """What a sheet is of. `date` as it is to be printed; `author` may be empty."""

    film: str = ""
    slate: str = ""
    shot: str = ""
    date: str = ""
    author: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that stands on the sheet. `scale` is n of 1:n, true where the sheet is printed at its own size."""

    title: Title
    paper: str
    above: Drawing
    side: Drawing
    scale: int
    side_scale: int
    camera: str
    told: Sequence[str]
    rows: Sequence[Row]
    left_out: int

    @property
    def size_mm(self) -> tuple[float, float]:
        """The paper, in mm."""
        return PAPERS[self.paper]

    @staticmethod
    def cells(row: Row) -> tuple[str, ...]:
        """Return what the lamp list says of a lamp, column by column; what nobody said is open."""
        level = row.level or ("takes light away" if row.kind == "card" else "open")
        colour = f"{row.kelvin} {row.reads}".strip() or ("–" if row.kind == "card" else "open")
        return (
            str(row.number),
            row.title,
            row.fixture or "open",
            row.role or "–",
            row.place,
            colour,
            row.through or "–",
            level,
        )


def sheet(resolved: Resolved, title: Title, paper: str = "a4") -> Sheet:
    """Return the lighting plan of a shot, laid out for a sheet of paper."""
    shown = floor(resolved, stage(resolved).scene)
    frame = fit(shown)
    wide, high = PAPERS[paper]
    rows = shown.rows[:ROWS]
    free_mm = high - 2 * MARGIN_MM - HEAD_MM - LIST_MM - ROW_MM * max(1, len(rows)) - 8
    inside = (wide - 2 * MARGIN_MM - 4) / UNIT_MM
    above = (inside * (1 - SIDE_SHARE), free_mm / UNIT_MM)
    side = (inside * SIDE_SHARE, free_mm / UNIT_MM)
    scale = _scale(min(above) * RIM / frame.reach_m)
    side_scale = _scale(min(side[0] / (frame.front_m + frame.back_m), (side[1] - 22) / frame.top_m))
    told = [lamps.sharp(resolved), *([ratio.words] if (ratio := lamps.ratio(resolved)) else [])]
    even = [row.title for row in shown.unplaced]
    return Sheet(
        title=title,
        paper=paper,
        above=from_above(shown, frame, *above, metre=1000 / scale / UNIT_MM),
        side=from_the_side(shown, frame, *side, metre=1000 / side_scale / UNIT_MM),
        scale=scale,
        side_scale=side_scale,
        camera=camera(resolved),
        told=[*filter(None, told), *([f"Even light, not drawn: {', '.join(even)}."] if even else [])],
        rows=rows,
        left_out=len(shown.rows) - len(rows),
    )


def camera(resolved: Resolved) -> str:
    """Return the camera as its report has it: format, lens, stop, balance, place."""
    paths = ("camera.size", "camera.format", "camera.focal_mm", "camera.t_stop", "camera.ei", "camera.white_balance_k")
    said = [controls.brief(resolved, path) for path in paths if resolved.value(path) is not None]
    for path, words in (("camera.height_m", "{} m high"), ("camera.distance_m", "{} m away")):
        if (value := resolved.number(path)) is not None:
            said.append(words.format(plain(value, 2)))
    return " · ".join(said) or "left open"


def _scale(metre: float) -> int:
    """Return the largest of a ruler's scales at which a metre takes no more than so many units."""
    return next((one for one in SCALES if 1000 / one / UNIT_MM <= metre), SCALES[-1])
