"""What the columns of shot lists are called, and where in a shot their cells belong."""

from app.importers._names import fold
from app.vocab import Crosswalk

HEADS: dict[str, tuple[str, ...]] = {
    "scene": ("scene", "scene no", "scene number", "sc"),
    "shot": ("shot", "shot no", "shot number", "slate", "setup", "set up", "shot id"),
    "name": ("name", "shot name", "title"),
    "size": ("shot size", "size", "framing", "shot framing"),
    "type": ("shot type", "type"),
    "angle": ("camera angle", "angle", "shot angle", "camera height"),
    "movement": ("movement", "camera movement", "move", "camera move", "moves", "motion"),
    "equipment": ("equipment", "mechanism", "rig", "support", "camera support", "special equipment", "grip"),
    "lens": ("lens", "lens mm", "lenses", "focal length", "focal length mm", "lens focal length"),
    "glass": ("lens family", "lens set", "glass", "lens type"),
    "stop": ("t stop", "stop", "f stop", "aperture", "iris"),
    "fps": ("frame rate", "fps", "framerate", "frame rate fps", "frames per second"),
    "length": (
        *("length", "length s", "duration", "duration s", "shot length", "shot duration", "ert", "run time"),
        *("est run time", "estimated run time", "screen time"),
    ),
    "subject": ("subject", "subjects"),
    "description": (
        *("description", "action", "shot description", "description action", "action description", "desc"),
        "what happens",
    ),
    "dialogue": ("dialogue", "dialog", "lines", "line"),
    "sound": ("sound", "audio", "sfx", "sound effects"),
    "cast": ("cast", "characters", "character", "cast members", "actors", "talent"),
    "wardrobe": ("wardrobe", "costume", "costumes"),
    "setting": ("int ext", "i e", "interior exterior"),
    "location": ("location", "set", "place", "set location"),
    "time": ("day night", "d n", "time of day"),
    "lighting": ("lighting", "light"),
    "side": ("key side",),
    "ratio": ("key fill n 1", "key fill", "key to fill", "key fill ratio", "lighting ratio"),
    "balance": ("white balance k", "white balance", "wb", "colour temperature", "color temperature"),
    "camera": ("camera", "camera body", "format", "camera format"),
    "aspect": ("ratio n 1", "aspect ratio", "aspect", "ratio"),
    "look": ("stock and grade", "stock", "film stock", "look", "grade"),
    "transition": ("transition", "transition out"),
    "notes": ("notes", "note", "comments", "comment", "remarks", "shot notes"),
    "made": ("picture", "take", "file", "target", "prompt", "keep out", "parameters", "storyboard", "image"),
}
"""The names of each column, folded; those of Printlight's own list, of StudioBinder's, and of assistants' templates."""

FIELDS = {name: field for field, names in HEADS.items() for name in names}

ASIDE = frozenset({"name", "made", "notes"})
"""Columns that lists of other things have, too: by them alone a file is no shot list."""

ENOUGH = 2

MOVE = "beats.main.moves.move_1"

CROSSWALK = Crosswalk(
    id="shot_list",
    label="Shot list",
    paths={
        "size": ("camera.size", "framing.count", "framing.perspective", "intent.purpose"),
        "type": (
            *("camera.angle", "framing.perspective", "framing.count", "camera.size", "camera.roll", "camera.height"),
            *("camera.view", "intent.purpose"),
        ),
        "angle": (
            *("camera.angle", "camera.height", "camera.roll", "framing.perspective", "camera.view", "framing.count"),
            "camera.size",
        ),
        "movement": (f"{MOVE}.path", f"{MOVE}.speed", "camera.support", "camera.steadiness"),
        "equipment": ("camera.support", "camera.lens_family", "camera.steadiness"),
        "glass": ("camera.lens_family", "camera.anamorphic", "camera.field"),
        "setting": ("place.setting",),
        "time": ("place.time",),
        "lighting": ("lighting.setup", "lighting.style", "lighting.contrast"),
        "camera": ("camera.body", "camera.format"),
        "look": ("look.stock", "look.grade", "look.process", "look.palette"),
        "transition": ("transition_out",),
        "sound": ("sound.ambience", "sound.effects", "sound.music", "sound.music_mood"),
        "location": ("place.location",),
    },
    values={
        "setting": {
            "INT": (("place.setting", "place.setting.interior"),),
            "EXT": (("place.setting", "place.setting.exterior"),),
            "INT/EXT": (("place.setting", "place.setting.interior_exterior"),),
            "I/E": (("place.setting", "place.setting.interior_exterior"),),
            "I": (("place.setting", "place.setting.interior"),),
            "E": (("place.setting", "place.setting.exterior"),),
        },
        "time": {
            "Day": (("place.time", "place.time.daytime"),),
            "D": (("place.time", "place.time.daytime"),),
            "N": (("place.time", "place.time.night"),),
        },
    },
    leading=("on", "on a", "the"),
    trailing=("shot", "angle", "view", "lens", "lenses", "move", "movement", "camera", "lighting", "light", "to"),
)
"""The columns whose cells pick terms, and where those belong, the best place first."""


def field_of(head: str) -> str:
    """Return which column a head stands above, or nothing for one that no shot list is known to have."""
    return FIELDS.get(fold(head), "")


def is_heads(cells: list[str]) -> bool:
    """Tell whether a line holds the heads of a shot list."""
    return len({field for cell in cells if (field := field_of(cell))} - ASIDE) >= ENOUGH
