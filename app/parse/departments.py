"""Whose words are whose: the facets of each department, the words that give it away, and where its free words go."""

from functools import cache

from app.match.tables import bag
from app.parse.words import ARTICLES
from app.schema.facets import picked_at

FAMILIES: dict[str, tuple[str, ...]] = {
    "frame": ("intent.medium", "camera.size", "framing.count", "framing.perspective", "intent.purpose", "camera.angle"),
    "lighting": ("light.", "lighting."),
    "camera": ("camera.", "look.motion", "time.pacing"),
    "framing": ("framing.", "camera.size", "camera.angle"),
    "look": ("look.", "camera.format", "intent.medium"),
    "mood": ("intent.mood", "intent.form", "intent.genre", "intent.", "time.pacing"),
    "place": ("place.", "intent.era"),
    "subject": ("subject.", "beat."),
    "sound": ("sound.",),
    "action": ("beat.", "subject.pose", "subject.expression"),
    "time": ("time.", "camera.rate"),
}
"""The facets of a department, by the beginning of their ids, its own first."""

FAMILIES |= {"intent": FAMILIES["mood"], "wardrobe": FAMILIES["subject"], "dialogue": FAMILIES["sound"]}
FAMILIES |= {"background": FAMILIES["place"]}

ANYWHERE = (
    "intent.medium", "camera.size", "framing.", "camera.angle", "lighting.", "light.pattern", "look.", "place.",
    "intent.era", "subject.age", "subject.hair", "subject.hair_colour", "subject.expression", "subject.pose",
    "intent.genre", "intent.mood",
    "light.", "subject.", "camera.", "intent.", "beat.", "time.", "sound.",
)  # fmt: skip
"""Which facet a name belongs to where nothing else tells, the likelier first."""


def _by_word(said: dict[str, str], apart: str | None = None) -> dict[str, str]:
    """Turn "department: its words" round, so that a word leads to its department."""
    return {word: department for department, words in said.items() for word in words.split(apart)}


ANCHORS = _by_word(
    {
        "lighting": """light lights lighting backlit backlight lamp lamps kelvin softbox illuminated illuminates glow
        lamplight spotlight sidelit toplit rimlight underlit silk shadow shadows diffusion bounce gel gelled fresnel
        fresnels hmi hmis cto ctb tungsten""",
        "camera": """camera lens lenses handheld steadicam tripod dolly aperture shutter telephoto anamorphic macro mm
        shot pov drone gimbal focus dof""",
        "framing": "composition composed framing framed headroom frame",
        "look": """grain stock grade graded grading palette saturation contrast tones film emulsion halation colour
        colours bokeh""",
        "sound": "sound sounds audio hear heard music score sfx ambience hum soundtrack silence",
        "mood": "mood genre tone vibe",
        "subject": "hair eyes face expression man woman girl boy wearing",
    }
)
"""Words that tell to which department a part of a sentence belongs."""

BOXES = {
    "camera": "intent.says", "framing": "framing.devices", "look": "look.grade", "mood": "intent.mood",
    "intent": "intent.says", "place": "place.where", "background": "place.background", "sound": "sound.ambience",
    "dialogue": "sound.voiceover", "lighting": "lighting.effects", "time": "intent.says", "frame": "intent.says",
    "foreground": "place.foreground", "midground": "place.midground",
}  # fmt: skip
"""Where words of a department go that no field took."""

LABELS = _by_word(
    {
        "subject": "subject|subjects|character|characters|who|person|people|main subject|talent|hero",
        "action": "action|actions|what happens|movement of the subject|performance|motion",
        "wardrobe": "wardrobe|costume|outfit|clothing|clothes",
        "place": "scene|setting|location|environment|place|where|context|time|time of day|weather|season|set|props",
        "background": "background",
        "foreground": "foreground",
        "midground": "midground",
        "camera": "camera|lens|lenses|optics|shot|shot type|shot size|camera movement|camera motion|camera move"
        "|movement|cinematography|angle|camera angle|camera work|focus|depth of field|format|exposure|cinematic"
        "|technical",
        "framing": "framing|composition|aspect ratio|aspect|frame",
        "lighting": "lighting|light|lights|lamps|illumination",
        "look": "look|style|film stock|stock|film|colour|color|colours|colors|color palette|colour palette|palette"
        "|grade|grading|color grade|colour grade|texture|finish|post|visual style|aesthetic",
        "mood": "mood|tone|atmosphere|genre|emotion|feeling|vibe|mood and tone",
        "intent": "intent|purpose|idea|story|note|notes|brief",
        "sound": "sound|audio|sfx|ambient noise|ambience|ambient|music|sound effects|soundtrack|ambient sound|score",
        "dialogue": "dialogue|dialog|voice-over|voiceover|narration|vo|lines",
        "negative": "negative|negative prompt|avoid|exclude|do not include|without|no",
        "reference": "references|reference|reference images",
        "derived": "the light reads",
    },
    "|",
)
"""What a label before a colon says about the words after it."""

JOINING = bag(
    """
    a an the and or with in on at of to from by as for into onto is are was were while then but that this these
    those it its their they them there here be being been plus & against under over up down out off near inside
    behind between shot shots lens lenses light lighting lit film filmed picture image frame camera through set
    within around about across where which who he she his her i we you like very some also than so ratio s using use
    featuring showing depicting style look per one each both only left right side key fill grain degrees degree stop
    stops
    """
)
"""Words that join others: they need no field of their own. Those after "showing" only join beside what was read."""

PLAIN = bag(
    """
    a an the and or with in on at of to from by as for into onto is are was were while then but & s plus
    """
)
"""Words that join and never carry anything."""

LEADING = PLAIN - ARTICLES
"""Of these, words behind which another group of words begins."""

THINGS = bag(
    """
    car bus train ship boat house tent spaceship window door doorway cabin pool stairs bar mine sky
    """
)
"""Of the nouns for places, those that are as often a thing: only after "in" or "at" do they say where."""

NOT_A_PERSON = bag(
    """
    car train aeroplane airplane plane ship boat kit railway village house shot number year
    """
)
"""After "model" these say that it is a small thing."""

SMALL = bag(
    """
    scale d toy wooden wood plastic clay paper cardboard brass tin lego balsa miniature architectural architects car
    train ship aeroplane airplane plane railway rendered wireframe
    """
)
"""Before "model" these say the same: a scale model, a 3D model."""

GARMENTS = bag(
    """
    coat jacket dress suit shirt sweater jumper hoodie uniform hat cap scarf skirt trousers jeans boots gown robe
    cloak cape overalls apron vest waistcoat tie gloves shoes sneakers raincoat trenchcoat parka kimono sari tuxedo
    blazer cardigan blouse shorts leggings armour armor helmet veil mask glasses sunglasses turtleneck t-shirt
    tshirt undershirt oilskin pyjamas pajamas swimsuit bikini leather denim lace linen tweed overcoat peacoat
    jumpsuit spacesuit poncho shawl fedora beret bonnet turban headscarf hijab kilt corset cassock dungarees tunic
    smock bathrobe nightgown waders sandals heels slippers
    """
)
"""Nouns for what is worn."""

PLACES = bag(
    """
    street alley room kitchen beach forest desert city town village road bridge house apartment bar cafe diner
    restaurant office corridor hallway station platform train bus car field meadow mountain mountains hill hills
    lake river sea ocean shore cliff cave garden park square market shop store church cathedral temple castle tower
    roof rooftop balcony window doorway door stairs staircase basement attic warehouse factory hospital school
    library theatre stage studio subway tunnel harbour dock pier ship boat cabin tent camp ruins courtyard yard barn
    stable farm greenhouse gym swimming-pool pool bathroom bedroom living-room motel hotel lobby elevator lift
    headland lighthouse jungle swamp canyon valley plain dunes island snowfield glacier woods orchard vineyard
    street-corner pavement sidewalk highway landscape skyline cityscape interior workshop laundromat casino club
    nightclub arena stadium cockpit spaceship
    """
)
"""Nouns for where something is."""


@cache
def home(department: str) -> dict[str, int]:
    """Return the facets of a department, each with its place in the order of likelihood."""
    return _ranked(FAMILIES.get(department, ()))


@cache
def anywhere() -> dict[str, int]:
    """Return all facets, each with its place in the order of likelihood."""
    return _ranked(ANYWHERE)


def _ranked(beginnings: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for rank, beginning in enumerate(beginnings):
        for facet in sorted(set(picked_at().values())):
            if facet == beginning or (beginning.endswith(".") and facet.startswith(beginning)):
                found.setdefault(facet, rank)
    return found
