"""What the previz renders: plain numbers, already in the set's axes and in one camera's exposure.

Axes: metres, y up. The hero stands at the origin; the default camera stands on +z and looks to -z, so +x is
camera right. An azimuth of 0 degrees points to +z and grows towards +x.
"""

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

Pass = Literal["clay", "depth", "normal", "edge", "pose"]
"""What can be drawn of a scene besides its frame, to steer another model with; see `passes`."""

PASSES: tuple[Pass, ...] = get_args(Pass)

Vector = tuple[float, float, float]
"""x, y, z in metres."""

Colour = tuple[float, float, float]
"""Linear reflectance in Rec. 709, 0 to 1."""


class Part(BaseModel):
    """A frozen piece of a scene."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Figure(Part):
    """A stand-in: a person, or a plain solid for a thing."""

    kind: str = "person"  # person, cube, sphere or block
    at: Vector = (0, 0, 0)  # the point on the floor under it (for a solid: under its middle)
    facing_deg: float = 0  # azimuth the face points to, in set axes; 0 looks at the default camera
    height_m: float = 1.75  # for a solid: its edge or diameter
    skin: Colour = (0.53, 0.33, 0.24)
    hair: Colour = (0.035, 0.022, 0.015)
    clothes: Colour = (0.05, 0.06, 0.08)  # what is worn outermost above the waist; for a solid: its surface
    body: Literal["person", "woman", "man"] = "person"  # "person" lies midway: nobody said
    age_y: float = 35
    build: str = "average"  # the name of a term of subject.build
    pose: str = "standing"  # the name of a table in poses.toml
    head_turn_deg: float = 0  # against the body, to the figure's own left; more than a neck can is done by the eyes
    head_nod_deg: float = 0  # positive looks down
    hair_style: str = "short"  # a name of body_hair.STYLES
    upper: str = "jacket"  # coat, jacket, shirt, sweater, tee, vest, dress or bare
    shirt: Colour = (0.26, 0.25, 0.235)  # what is worn under a coat or jacket
    lower: str = "trousers"  # trousers, shorts, skirt or bare
    lower_clothes: Colour | None = None  # like `clothes` when it is not said
    beard: Literal["", "stubble", "moustache", "beard"] = ""
    hat: Literal["", "brim", "beanie", "cap"] = ""
    hat_colour: Colour = (0.03, 0.03, 0.033)
    glasses: Literal["", "glasses", "sunglasses"] = ""
    mouth: float = 0  # its corners: 1 a broad smile, -1 drawn down
    brows: tuple[float, float] = (0, 0)  # inner and outer ends: 1 raised, -1 drawn down
    detail: int = 1  # 0 for a figure so far off that coarse meshes do not show


Fitting = Literal["", "globe", "shade", "tube", "neon", "flame", "screen"]
"""What a lamp that is seen looks like; with nothing said, a small one is a globe and a large one a panel."""


Gobo = Literal["", "blinds", "window", "leaves"]
"""What a lamp shines through."""


class Lamp(Part):
    """A square area light that faces its target; where it is seen, it has the shape of its fitting."""

    name: str
    at: Vector
    target: Vector
    size_m: float  # edge of the square; length of a tube, height of a shade
    kelvin: float = 5600
    tint: Colour | None = None  # linear Rec. 709, for gels and hues that no Kelvin says; wins over kelvin
    stops: float = 0  # illuminance at the target against the camera's exposure: 0 puts 18 % grey at mid grey
    visible: bool = False  # whether the source itself is seen when it stands in frame
    fitting: Fitting = ""
    gobo: Gobo = ""  # then it is a profile spot: its size alone softens the pattern


class Flag(Part):
    """A square black card that faces its target and takes light away; the camera never sees it."""

    name: str
    at: Vector
    target: Vector
    size_m: float


class Camera(Part):
    """A thin-lens camera."""

    at: Vector
    target: Vector
    roll_deg: float = 0  # positive: the camera leans clockwise, so the picture leans counter-clockwise
    gate_w_mm: float  # the gate as cropped to the delivered ratio, squeeze already applied to the width
    gate_h_mm: float
    focal_mm: float
    f_number: float
    focus_m: float  # distance to the plane of focus, along the lens axis
    white_balance_k: float = 5600
    shutter_s: float = 1 / 48  # how long it is open
    squeeze: float = 1  # of an anamorphic lens; its iris is as much narrower than high


class Room(Part):
    """The set round the hero, in the light of its hour; `plan` names a file of `sets/`. It stays when the camera moves.

    Levels are in stops against the camera's exposure.
    """

    plan: str = ""  # nothing: the plain room, or open land outdoors
    wall_m: float = 3.0  # from the middle to the back wall, which lies towards -z
    front_m: float | None = None  # to the wall across from it; None: no such wall
    half_m: float | None = None  # from the middle to either side wall; None: no side walls
    ceiling_m: float | None = None
    wall: Colour = (0.22, 0.24, 0.27)
    floor: Colour = (0.10, 0.085, 0.07)
    background_stops: float = -2.5  # of the set: a wall washer out of frame, and the set's own lamps
    ambient_stops: float = -4.0  # even light from everywhere
    outdoors: bool = False  # open to the sky
    sky_kelvin: float = 6500  # at the horizon
    zenith_kelvin: float | None = None  # None: as at the horizon
    sky_stops: float | None = None  # of the sky at the horizon, outdoors and in windows; None: as the set
    night: bool = False  # windows, signs and street lamps are lit
    wet: bool = False  # the ground mirrors
    falls: str = ""  # the name of a weather of set_fall.KINDS: rain or snow before the lens
    window: Literal["", "left", "right", "wall", "front"] = ""  # the wall that has the window, where the set has one


class Finish(Part):
    """What film, glass and print do to the frame."""

    exposure_stops: float = 0  # printed up or down
    grain: float = 0.01  # standard deviation in log2 exposure; 0 none, 0.02 fine, 0.06 coarse
    grain_px: float = 1.2  # at 960 px width; scales with the width
    saturation: float = 1
    contrast: float = 1  # power about mid grey, in scene-linear
    black_and_white: bool = False
    halation: float = 0.05
    diffusion: float = 0.0
    vignette: float = 1.0
    streak: Colour = (0, 0, 0)  # level and hue of a streak through what is far over white; 0 none
    haze_per_m: float = 0.0  # extinction of the air


class Scene(Part):
    """One frame to render."""

    aspect: float  # width over height
    camera: Camera
    figures: tuple[Figure, ...]
    lamps: tuple[Lamp, ...]
    flags: tuple[Flag, ...] = ()
    room: Room = Room()
    finish: Finish = Finish()
