"""A shot, as a camera department describes it. Store what was said; `resolve` derives the rest.

Set axes: metres, y up. The hero stands at the origin unless it has a mark; a camera without a mark stands on +z
and looks to -z, so +x is camera right. Azimuth 0 degrees: the source stands at the camera; 180: behind the
subject; positive: camera right. In the set frame azimuths are read from the +z axis, in the face frame from the
direction in which the face points.
"""

from typing import Literal

from app.schema.fields import (
    Address,
    Asset,
    Doc,
    Hex,
    Id,
    Number,
    Pick,
    Ratio,
    Spoken,
    SpokenList,
    TermId,
    Text,
    Words,
    flag,
    number,
    pick,
    pick_each,
    picks,
    slot,
    text,
)


class Place3(Doc):
    """A point in the set."""

    x_m: Number | None = number("x, to the right", "m", -500, 500, 0.1)
    y_m: Number | None = number("y, up", "m", -50, 500, 0.1)
    z_m: Number | None = number("z, towards the default camera", "m", -2000, 2000, 0.1)


class Intent(Doc):
    """What the shot is for."""

    says: Text | None = text("What the shot is for")
    purpose: tuple[Pick, ...] = picks("Purpose", "intent.purpose")
    form: Pick | None = pick("Form", "intent.form")
    subform: Pick | None = pick("Kind of that form", "intent.subform")
    medium: Pick | None = pick("Medium", "intent.medium")
    genre: Pick | None = pick("Genre", "intent.genre")
    mood: tuple[Pick, ...] = picks("Mood and tone", "intent.mood")
    era: Spoken | None = pick("Era", "intent.era")
    year: Number | None = number("Year", "", -10000, 10000)


class Framing(Doc):
    """The picture's shape and what stands where in it; composed for delivery."""

    aspect: Ratio | None = number("Aspect ratio", ":1", 0.25, 4, 0.01)
    protect_aspect: Ratio | None = number("Protect ratio", ":1", 0.25, 4, 0.01)
    shape: Pick | None = pick("Frame shape", "framing.shape")
    perspective: Pick | None = pick("Point of view", "framing.perspective")
    count: Pick | None = pick("How many people", "framing.count")
    placement: Pick | None = pick("Placement", "framing.placement")
    plane: Pick | None = pick("Depth plane", "framing.plane")
    direction: Pick | None = pick("Screen direction", "framing.direction")
    balance: Pick | None = pick("Balance", "framing.balance")
    headroom: Pick | None = pick("Headroom", "framing.headroom")
    lead_room: Pick | None = pick("Lead room", "framing.lead_room")
    devices: tuple[Pick, ...] = picks("Composition", "framing.device")
    space: Pick | None = pick("Space", "framing.space")


class Focus(Doc):
    """Where the plane of focus lies, and how."""

    on: Id | Words | None = text("Focus on")
    distance_m: Number | None = number("Focus distance", "m", 0.01, 10000, 0.05)
    technique: Pick | None = pick("Focus technique", "camera.focus")


class Camera(Doc):
    """The camera, its lens and how it is set."""

    size: Pick | None = pick("Shot size", "camera.size")
    angle: Pick | None = pick("Angle", "camera.angle")
    mark: Place3 | None = None
    aimed_at: Id | Words | None = text("Aimed at")
    height: Pick | None = pick("Height", "camera.height")
    height_m: Number | None = number("Camera height", "m", -50, 500, 0.05)
    distance_m: Number | None = number("Camera to subject", "m", 0.01, 100000, 0.1)
    pitch_deg: Number | None = number("Pitch, + looks up", "°", -90, 90, 1)
    roll: Pick | None = pick("Tilt of the horizon", "camera.roll")
    roll_deg: Number | None = number("Roll, + leans clockwise", "°", -180, 180, 1)
    view: Pick | None = pick("View of the face", "camera.view")
    view_azimuth_deg: Number | None = number("Round the face, + to camera right", "°", -180, 180, 5)
    body: Pick | None = pick("Camera body", "camera.body")
    format: Pick | None = pick("Format", "camera.format")
    field: Pick | None = pick("Lens length", "camera.field")
    focal_mm: Number | None = number("Focal length", "mm", 2, 2000, 1)
    anamorphic: Pick | None = pick("Spherical or anamorphic", "camera.anamorphic")
    squeeze: Number | None = number("Anamorphic squeeze", "×", 1, 2, 0.05)
    lens_family: Pick | None = pick("Lens family", "camera.lens")
    t_stop: Number | None = number("T-stop", "T", 0.7, 64, 0.1)
    filters: tuple[Pick, ...] = picks("Filters", "camera.filter")
    focus: Focus | None = None
    support: Pick | None = pick("Support", "camera.support")
    steadiness: Pick | None = pick("Steadiness", "camera.steadiness")
    shutter: Pick | None = pick("Shutter", "camera.shutter")
    shutter_deg: Number | None = number("Shutter angle", "°", 1, 720, 5)
    rate: Pick | None = pick("Speed of time", "camera.rate")
    fps: Number | None = number("Frame rate", "fps", 0.1, 10000, 1)
    playback_fps: Number | None = number("Playback rate", "fps", 1, 240, 1)
    ei: Number | None = number("Exposure index", "EI", 1, 409600, 100)
    balance: Pick | None = pick("Balance", "camera.balance")
    white_balance_k: Number | None = number("White balance", "K", 1500, 25000, 100)
    tint: Number | None = number("Tint, + magenta", "CC", -60, 60, 1)


class Look(Doc):
    """Stock, process, print and grade."""

    stock: Pick | None = pick("Stock", "look.stock")
    process: tuple[Pick, ...] = picks("Process", "look.process")
    grain: Pick | None = pick("Grain", "look.grain")
    palette: Pick | None = pick("Palette", "look.palette")
    colours: tuple[Hex | Words, ...] = picks("Palette colours", "")
    contrast: Pick | None = pick("Contrast", "look.contrast")
    saturation: Pick | None = pick("Saturation", "look.saturation")
    grade: tuple[Pick, ...] = picks("Grade", "look.grade")
    skin: Text | None = text("Skin")
    sharpness: Pick | None = pick("Sharpness", "look.sharpness")
    bokeh: Pick | None = pick("Bokeh", "look.bokeh")
    motion: Pick | None = pick("Motion rendering", "look.motion")
    artefacts: tuple[Pick, ...] = picks("Optical artefacts", "look.artefact")
    encoding: Pick | None = pick("Encoding", "look.encoding")
    exposure_stops: Number | None = number("Printed up or down", "stops", -6, 6, 0.5)


class Lettering(Doc):
    """Words that stand in the picture: a sign, a label, a title on a wall."""

    slot: int = slot()
    reads: Text
    on: Text | None = text("Where and how")


class Place(Doc):
    """Where and when."""

    setting: Pick | None = pick("Setting", "place.setting")
    location: Pick | None = pick("Kind of place", "place.location")
    where: Text | None = text("Place")
    extent: Pick | None = pick("Extent", "place.extent")
    backdrop: Pick | None = pick("Backdrop", "place.backdrop")
    room_m: Number | None = number("Length of the room", "m", 0.5, 10000, 0.5)
    background_m: Number | None = number("From subject to background", "m", 0, 100000, 0.5)
    time: Pick | None = pick("Time of day", "place.time")
    sun_elevation_deg: Number | None = number("Sun elevation", "°", -90, 90, 1)
    season: Pick | None = pick("Season", "place.season")
    weather: Pick | None = pick("Weather", "place.weather")
    atmosphere: tuple[Pick, ...] = picks("Air", "place.atmosphere")
    foreground: Text | None = text("Foreground")
    midground: Text | None = text("Midground")
    background: Text | None = text("Background")
    props: tuple[Text, ...] = picks("Props", "")
    lettering: dict[Id, Lettering] = {}


class Subject(Doc):
    """Somebody or something in the shot. What is said here stays bound to it in every dialect."""

    slot: int = slot()
    kind: Pick | None = pick("Kind", "subject.kind")
    name: Text | None = text("Name")
    description: Text | None = text("Description")
    age: Pick | None = pick("Age", "subject.age", "character")
    build: Pick | None = pick("Build", "subject.build", "character")
    hair: Pick | None = pick("Hair", "subject.hair", "character")
    hair_colour: Pick | None = pick("Hair colour", "subject.hair_colour", "character")
    wardrobe: Text | None = text("Wardrobe")
    creature: Pick | None = pick("Sort of creature", "subject.creature", "creature")
    species: Pick | None = pick("Species", "subject.species", "creature")
    body: Pick | None = pick("Body plan", "subject.body", "creature")
    covering: Pick | None = pick("Skin or covering", "subject.covering", "creature")
    vehicle: Pick | None = pick("Sort of vehicle", "subject.vehicle", "vehicle")
    vehicle_model: Pick | None = pick("Which vehicle", "subject.vehicle_model", "vehicle")
    styling: Pick | None = pick("Styling", "subject.styling", "vehicle")
    plant: Pick | None = pick("Sort of growth", "subject.plant", "plant")
    stage: Pick | None = pick("Stage of growth", "subject.stage", "plant")
    surface: Pick | None = pick("On its surface", "subject.surface", "plant")
    artwork: Pick | None = pick("Art medium", "subject.artwork", "art")
    form: Pick | None = pick("Form", "subject.form", "abstract")
    scale: Pick | None = pick("Scale", "subject.scale", "creature object product")
    material: Pick | None = pick("Material", "subject.material", "object product clothing")
    condition: Pick | None = pick("Condition", "subject.condition", "object product vehicle art")
    state: Pick | None = pick("State of the food", "subject.state", "food")
    texture: Pick | None = pick("Texture", "subject.texture", "food")
    fit: Pick | None = pick("Fit", "subject.fit", "clothing")
    presentation: Pick | None = pick("Presented", "subject.presentation", "product food clothing art")
    expression: Pick | None = pick("Expression", "subject.expression")
    pose: Pick | None = pick("Pose", "subject.pose")
    height_m: Number | None = number("Height", "m", 0.001, 500, 0.01)
    mark: Place3 | None = None
    facing_deg: Number | None = number("Faces, 0 towards the default camera", "°", -180, 180, 5)
    eyeline: Id | Words | None = text("Looks at")
    screen_x: Number | None = number("Across the frame, 0 left", "", 0, 1, 0.05)
    screen_y: Number | None = number("Down the frame, 0 top", "", 0, 1, 0.05)
    colours: dict[Id, Hex | Words] = {}


class Light(Doc):
    """A source. It stands in the set, or hangs on the camera or on a face.

    `stops` is its level at the subject against the camera's exposure, as a meter reads it; the ratio of key to
    fill follows from two of them.
    """

    slot: int = slot()
    role: Pick | None = pick("Role", "light.role")
    source: Pick | None = pick("Kind of light", "light.source")
    fixture: Pick | None = pick("Fixture", "light.fixture")
    pattern: Pick | None = pick("Pattern on the face", "light.pattern")
    side: Literal["left", "right"] | None = flag("Side of camera")
    direction: Pick | None = pick("Direction", "light.direction")
    frame: Literal["camera", "set", "face"] | None = flag("Azimuth is read from")
    face_of: Id | None = text("Whose face")
    aimed_at: Id | None = text("Lights")
    azimuth_deg: Number | None = number("Azimuth, − camera left", "°", -180, 180, 5)
    elevation_deg: Number | None = number("Elevation", "°", -90, 90, 5)
    distance_m: Number | None = number("Distance", "m", 0.05, 10000, 0.1)
    mark: Place3 | None = None
    cct_k: Number | None = number("Colour temperature", "K", 1000, 27000, 100)
    gels: tuple[Pick, ...] = picks("Gels", "light.gel")
    hex: Hex | None = text("Colour")
    hue: Pick | None = pick("Hue", "light.hue")
    quality: Pick | None = pick("Quality", "light.quality")
    shadow: Pick | None = pick("Shadow", "light.shadow")
    size_m: Number | None = number("Size of the source", "m", 0.001, 200, 0.1)
    angular_size_deg: Number | None = number("Softness: size seen from the subject", "°", 0.1, 180, 1)
    modifiers: tuple[Pick, ...] = picks("Through", "light.modifier")
    stops: Number | None = number("Level against the exposure", "stops", -12, 12, 0.5)
    effects: tuple[Pick, ...] = picks("Effect", "light.effect")
    motivated_by: Id | Words | None = text("Motivated by")
    visible: bool | None = flag("Seen in frame")


class Lighting(Doc):
    """What belongs to the whole lighting and to no single lamp."""

    style: Pick | None = pick("Key", "lighting.style")
    setup: Pick | None = pick("Set-up", "lighting.setup")
    contrast: Pick | None = pick("Lighting contrast", "lighting.contrast")
    ratio_stops: Number | None = number("Key over fill", "stops", -8, 16, 0.5)
    broad: Pick | None = pick("Broad or short", "lighting.broad")
    effects: tuple[Pick, ...] = picks("Effects", "light.effect")
    ambient_stops: Number | None = number("Ambient level", "stops", -12, 6, 0.5)
    background_stops: Number | None = number("Background level", "stops", -12, 12, 0.5)
    mains_hz: Number | None = number("Mains", "Hz", 50, 60, 10)


class Reference(Doc):
    """A picture the model is given, with one role and what to take from it."""

    slot: int = slot()
    role: TermId | None = pick("Role", "reference.role")
    asset: Asset | None = text("Picture")
    address: Address | None = text("Its public address")
    strength: Number | None = number("How strongly it holds", "", 0, 1, 0.05)
    at_s: Number | None = number("Reached at", "s", 0, 86400, 0.5)
    shows: Text | None = text("What it shows")
    take: tuple[Pick, ...] = picks("Take", "reference.aspect")
    ignore: tuple[Pick, ...] = picks("Ignore", "reference.aspect")
    of: Id | None = text("Whose")


class Move(Doc):
    """One movement of the camera."""

    slot: int = slot()
    path: Pick | None = pick("Move", "camera.move")
    speed: Pick | None = pick("Speed", "camera.speed")
    amount_m: Number | None = number("How far", "m", 0, 100000, 0.1)
    amount_deg: Number | None = number("How far round", "°", -3600, 3600, 5)
    focal_to_mm: Number | None = number("Zoom to", "mm", 2, 2000, 1)


class LightChange(Doc):
    """What a lamp becomes during a beat."""

    stops: Number | None = number("Level becomes", "stops", -12, 12, 0.5)
    cct_k: Number | None = number("Colour becomes", "K", 1000, 27000, 100)
    azimuth_deg: Number | None = number("Azimuth becomes", "°", -180, 180, 5)
    elevation_deg: Number | None = number("Elevation becomes", "°", -90, 90, 5)


class Beat(Doc):
    """Something that happens. A still has none or one."""

    slot: int = slot()
    start_s: Number | None = number("From", "s", 0, 86400, 0.5)
    end_s: Number | None = number("To", "s", 0, 86400, 0.5)
    action: dict[Id, Pick] = pick_each("Action", "beat.action")
    interaction: Pick | None = pick("Between them", "beat.interaction")
    moves: dict[Id, Move] = {}
    focus: Focus | None = None
    says: dict[Id, Text] = {}
    delivery: dict[Id, Pick] = pick_each("Delivery", "sound.delivery")
    language: Text | None = text("Language spoken")
    sound: Text | None = text("Sound")
    lights: dict[Id, LightChange] = {}


class Sound(Doc):
    """What is heard over the whole shot."""

    ambience: SpokenList = picks("Ambience", "sound.ambience")
    effects: tuple[Pick, ...] = picks("Effects", "sound.effect")
    music: SpokenList = picks("Music", "sound.music")
    music_mood: Pick | None = pick("Mood of the music", "sound.music_mood")
    voiceover: Text | None = text("Voice-over")


class Edit(Doc):
    """A change to a picture that exists: the reference in the role of the source image."""

    change: tuple[Text, ...] = picks("Change, one a pass", "")
    extend: bool | None = flag("Extend it to this shot's frame")
    keep: tuple[Pick, ...] = picks("Keep", "reference.aspect")


class Mark(Doc):
    """A note on one path, beside its value so that values stay plain."""

    pin: bool | None = flag("Must stay in the prompt")
    leave: bool | None = flag("Left to the model")
    silence: dict[str, Text] = {}


class Shot(Doc):
    """One shot. Maps are keyed by id and ordered by `slot`, so that paths survive reordering."""

    kind: Literal["printlight.shot/1"] = "printlight.shot/1"
    intent: Intent | None = None
    framing: Framing | None = None
    camera: Camera | None = None
    look: Look | None = None
    place: Place | None = None
    lighting: Lighting | None = None
    sound: Sound | None = None
    pacing: Pick | None = pick("Pacing", "time.pacing")
    transition_in: Pick | None = pick("Comes in by", "time.transition")
    transition_out: Pick | None = pick("Goes out by", "time.transition")
    duration_s: Number | None = number("Length", "s", 0.01, 86400, 0.5)
    exclude: tuple[Pick, ...] = picks("Keep out of the picture", "exclude")
    subjects: dict[Id, Subject] = {}
    lights: dict[Id, Light] = {}
    references: dict[Id, Reference] = {}
    beats: dict[Id, Beat] = {}
    edit: Edit | None = None
    marks: dict[str, Mark] = {}
