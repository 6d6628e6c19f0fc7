"""What can be asked for by a key, `lens:>=85`: one line a key. Every facet of the vocabulary is a key besides."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from app.vocab import Vocabulary

Kind = Literal["number", "choice", "name"]


class Key(NamedTuple):
    """A key: a number with the paths that it is read at, a choice among a few, or the name of something kept."""

    name: str
    gloss: str
    kind: Kind
    unit: str = ""
    paths: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    figures: int = 3
    example: str = ""


HAS = ("takes", "note", "tags", "people", "lights", "references", "move", "speech", "sound", "picture")
TAKE = ("circled", "queued", "sending", "running", "done", "failed", "unsure", "cancelled")

KEYS = (
    Key("lens", "focal length in mm", "number", "mm", ("camera.focal_mm",), example=">=85"),
    Key("stop", "T-stop of the lens", "number", "T", ("camera.t_stop",), example="<2.8"),
    Key("cct", "colour temperature of any lamp in K", "number", "K", ("lights.*.cct_k",), example="<3500"),
    Key("wb", "white balance in K", "number", "K", ("camera.white_balance_k",), example="5600"),
    Key("ei", "exposure index", "number", "EI", ("camera.ei",), example=">=800"),
    Key("fps", "frame rate", "number", "fps", ("camera.fps",), example=">24"),
    Key("shutter", "shutter angle in degrees", "number", "deg", ("camera.shutter_deg",), example="45"),
    Key("aspect", "aspect ratio", "number", "ratio", ("framing.aspect",), example="2.39"),
    Key("height", "height of the camera in m", "number", "m", ("camera.height_m",), example="<0.5"),
    Key("distance", "camera to subject in m", "number", "m", ("camera.distance_m",), example="1..3"),
    Key("azimuth", "azimuth of any lamp, + camera right", "number", "deg", ("lights.*.azimuth_deg",), example="30..60"),
    Key("elevation", "elevation of any lamp", "number", "deg", ("lights.*.elevation_deg",), example=">45"),
    Key("level", "level of any lamp in stops", "number", "stops", ("lights.*.stops",), example="<-2"),
    Key("ratio", "key over fill in stops", "number", "stops", ("lighting.ratio_stops",), example=">=3"),
    Key("length", "length in seconds", "number", "s", ("duration_s",), example="<=5"),
    Key("year", "the year it plays in", "number", "", ("intent.year",), figures=4, example="1960..1969"),
    Key("stars", "stars of a shot or of the best of its takes", "number", example=">=4"),
    Key("takes", "how many takes", "number", figures=4, example=">3"),
    Key("is", "shots (unless you say otherwise) or takes", "choice", choices=("shot", "take"), example="take"),
    Key("has", "what it has at all", "choice", choices=HAS, example="takes"),
    Key("take", "how a take stands, or one of a shot's takes", "choice", choices=TAKE, example="circled"),
    Key("target", "the model that it is written for", "name", example="uni-1"),
    Key("on", "the backend that a take was made on", "name", example="previz"),
    Key("tag", "a tag", "name", example="night"),
    Key("in", "a film", "name", example='"The Lamp Room"'),
    Key("collection", "a collection", "name", example='"Night ideas"'),
    Key("by", "who saved it last, or ordered the take", "name", example='"Ada"'),
)

EXCLUDED = "exclude"
"""What is kept out of the picture, which a shot is not found by unless somebody asks for `exclude:`."""

NUMBERS = {path: key for key in KEYS for path in key.paths}
"""The key that a number is asked for by, by its path with `*` for an id."""

BY_UNIT = {key.unit: key for key in reversed(KEYS) if key.unit} | {"f": KEYS[1]}
"""The key that a bare measure means: `85mm` is a lens."""

BY_UNIT = {unit: key for unit, key in BY_UNIT.items() if unit in {"mm", "T", "f", "K", "EI", "fps", "ratio"}}


@cache
def keys() -> Mapping[str, Key]:
    """Return the keys of the table by name."""
    return {key.name: key for key in KEYS}


@cache
def facets(vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """Return the facets that a key means: by its whole id, or all that end in its name."""
    found: dict[str, tuple[str, ...]] = {}
    for facet in vocabulary.facets:
        short = facet.rpartition(".")[2]
        found[short] = (*found.get(short, ()), facet)
        found[facet] = (facet,)
    return found
