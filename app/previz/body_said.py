"""What was said of a person, as the stand-in's looks. What nobody said stays as a plain figure has it."""

import re
from typing import Any

from app.previz.scene import Colour
from app.resolve import Resolved

SURFACES: dict[str, Colour] = {
    "black": (0.01, 0.01, 0.012), "charcoal": (0.03, 0.03, 0.033), "grey": (0.2, 0.2, 0.2), "gray": (0.2, 0.2, 0.2),
    "white": (0.8, 0.8, 0.78), "cream": (0.75, 0.68, 0.5), "red": (0.5, 0.02, 0.02), "crimson": (0.3, 0.01, 0.03),
    "orange": (0.7, 0.22, 0.02), "amber": (0.6, 0.32, 0.06), "yellow": (0.75, 0.6, 0.05), "green": (0.04, 0.28, 0.06),
    "teal": (0.02, 0.2, 0.2), "blue": (0.03, 0.07, 0.45), "navy": (0.012, 0.02, 0.07), "purple": (0.15, 0.05, 0.3),
    "pink": (0.75, 0.3, 0.4), "brown": (0.15, 0.07, 0.03), "tan": (0.5, 0.35, 0.2), "silver": (0.5, 0.5, 0.52),
    "khaki": (0.32, 0.27, 0.14), "olive": (0.10, 0.11, 0.03), "beige": (0.55, 0.45, 0.32), "gold": (0.6, 0.42, 0.1),
    "denim": (0.05, 0.09, 0.19), "burgundy": (0.10, 0.008, 0.02), "maroon": (0.10, 0.01, 0.015),
    "ivory": (0.78, 0.74, 0.62), "camel": (0.42, 0.27, 0.12), "mustard": (0.5, 0.33, 0.03),
    "turquoise": (0.05, 0.45, 0.42), "scarlet": (0.55, 0.015, 0.01),
}  # fmt: skip
"""Linear reflectances for the plain colour words of a description."""

HAIR: dict[str, Colour] = {
    "fair": (0.42, 0.28, 0.13),
    "blond": (0.45, 0.31, 0.14),
    "red": (0.22, 0.05, 0.015),
    "ginger": (0.25, 0.07, 0.02),
    "auburn": (0.12, 0.035, 0.015),
    "brown": (0.05, 0.026, 0.014),
    "black": (0.008, 0.007, 0.007),
    "dark": (0.018, 0.012, 0.009),
    "grey": (0.16, 0.155, 0.15),
    "gray": (0.16, 0.155, 0.15),
    "silver": (0.35, 0.35, 0.35),
    "white": (0.6, 0.59, 0.57),
}
HAIR_SAID = re.compile(rf"\b({'|'.join(HAIR)})e?\b[\w -]{{0,14}}?\bhair")
"""`grey-streaked hair`, `fair hair`, `silver-haired`."""

HAIR_PICKED = {
    "black": "black", "dark_brown": "brown", "blonde": "blond", "red": "red", "auburn": "auburn", "grey": "grey",
    "white": "white", "silver": "silver", "salt_and_pepper": "grey",
}  # fmt: skip
LIGHT_BROWN: Colour = (0.13, 0.07, 0.035)

STYLE_PICKED = {
    "short": "short", "long": "long", "shoulder_length": "shoulder", "bob": "bob", "curly": "curly", "straight": "bob",
    "wavy": "shoulder", "coily": "coily", "braided": "tied", "locs": "long", "ponytail": "tied", "bun": "bun",
    "bald": "bald", "buzz_cut": "buzz", "slicked_back": "back", "receding": "buzz", "wet": "back", "fringe": "fringe",
}  # fmt: skip
STYLE_SAID = {
    r"bald|shaven head|shaved head": "bald",
    r"buzz|crew[ -]?cut|stubble on (his|her) head": "buzz",
    r"tied back|pony ?tail|braid|plait": "tied",
    r"\bbun\b|chignon|top knot|pinned up": "bun",
    r"afro|coil(y|ed) hair": "coily",
    r"curl(y|s)\b": "curly",
    r"slicked|swept back|combed back": "back",
    r"\bbob\b|bobbed": "bob",
    r"fringe|bangs": "fringe",
    r"shoulder[- ]length": "shoulder",
    r"long\b[\w -]{0,14}?\bhair": "long",
    r"(short|cropped|close-cropped)\b[\w -]{0,14}?\bhair": "short",
}
"""How hair is worn, by patterns in a description; the first that fits."""

SKIN: dict[str, Colour] = {
    r"(dark|deep|ebony|black)[- ](brown )?skin": (0.075, 0.038, 0.025),
    r"brown[- ]skin": (0.20, 0.105, 0.065),
    r"olive[- ]skin": (0.42, 0.26, 0.17),
    r"\btanned\b|weather-?beaten|sunburn": (0.38, 0.21, 0.14),
    r"\bpale\b|(fair|light|porcelain|white)[- ]skin|fair-skinned": (0.66, 0.46, 0.37),
}
"""Skin as it is said, never guessed; without a word it is a middle tone."""

WOMAN = r"woman|girl|lady|mother|daughter|wife|sister|queen|actress|she|her|herself|nun|bride|waitress|grandmother|aunt"
MAN = r"man|boy|gentleman|father|son|husband|brother|king|actor|he|his|him|himself|monk|groom|waiter|grandfather|uncle"
WHO = re.compile(rf"\b(?:(?P<woman>{WOMAN})|(?P<man>{MAN}))\b")

UPPER = {
    "coat": r"(over|pea |rain|great|trench |trench|lab )?coat|parka|oilskins?|cloak|robe|duster|mackintosh|poncho",
    "jacket": r"jacket|blazer|suit|tuxedo|cardigan|uniform|tunic|waistcoat",
    "dress": r"dress|gown|frock|kimono|nightgown",
    "sweater": r"sweater|jumper|pullover|hoodie|sweatshirt|turtleneck|roll-?neck|jersey|wetsuit|overalls|coveralls",
    "tee": r"t-?shirt|tee|polo",
    "vest": r"undershirt|vest|singlet|tank top",
    "shirt": r"shirt|blouse",
    "bare": r"bare-?chested|shirtless|naked|nude",
}
"""The outermost first: a coat over a dress is drawn as a coat."""

LOWER = {
    "skirt": r"skirt|kilt",
    "shorts": r"shorts",
    "trousers": r"trousers|pants|jeans|slacks|leggings|chinos|breeches",
}
WHOLE = re.compile(r"\b(suit|uniform|overalls|coveralls|wetsuit|tuxedo|oilskins)\b")
"""What is worn above and below in one colour."""

DARK: Colour = (0.035, 0.037, 0.045)
_COLOUR = re.compile(rf"\b({'|'.join(SURFACES)})\b")

SHAVEN = re.compile(r"\b(clean-?\s?shaven|beardless|no beard)\b")
BEARDS = {
    "moustache": r"moustached?|mustached?",
    "beard": r"beard(ed)?|goatee|whiskers",
    "stubble": r"unshaven|stubbled?",
}
HATS = {
    "beanie": r"beanie|(knit(ted)?|watch|wool(len)?|bobble) (cap|hat)",
    "cap": r"(baseball |flat |peaked |newsboy )?cap",
    "brim": r"fedora|trilby|stetson|homburg|sou'?wester|hat",
}
GLASSES = {
    "sunglasses": r"sunglasses|dark glasses|shades",
    "glasses": r"(eye)?glasses(?! of)|spectacles|horn-?rims|bespectacled",
}
"""What a head wears, by patterns in a description or in the wardrobe; the first that fits."""

EXPRESSIONS: dict[str, tuple[float, float, float]] = {  # the mouth's corners; the brows' inner and outer ends
    "smiling": (0.8, 0.1, 0.1), "laughing": (1.0, 0.3, 0.3), "ecstatic": (1.0, 0.5, 0.5), "loving": (0.5, 0.2, 0.1),
    "hopeful": (0.3, 0.5, 0.2), "proud": (0.3, 0.0, 0.2), "relieved": (0.5, 0.3, 0.1), "serene": (0.2, 0.1, 0.1),
    "sly": (0.5, -0.2, 0.5), "curious": (0.1, 0.4, 0.5), "awed": (0.0, 0.8, 0.8), "surprised": (0.0, 1.0, 1.0),
    "afraid": (-0.4, 1.0, 0.4), "anxious": (-0.3, 0.7, 0.0), "desperate": (-0.6, 0.9, 0.1),
    "sorrowful": (-0.7, 0.7, -0.2), "crying": (-0.9, 0.8, -0.2), "pained": (-0.7, -0.3, -0.4),
    "weary": (-0.3, 0.1, -0.3), "ashamed": (-0.5, 0.4, -0.1), "angry": (-0.5, -1.0, 0.2),
    "snarling": (-0.4, -1.0, 0.3), "stern": (-0.3, -0.7, 0.0), "determined": (-0.1, -0.6, 0.0),
    "disgusted": (-0.7, -0.6, 0.0), "contemptuous": (-0.4, -0.2, 0.4), "confused": (-0.1, -0.3, 0.4),
    "guarded": (-0.1, -0.3, 0.0), "pensive": (-0.1, -0.2, 0.0), "smile": (0.8, 0.1, 0.1), "grin": (1.0, 0.2, 0.2),
    "frown": (-0.5, -0.8, 0.0), "scowl": (-0.5, -1.0, 0.1), "sad": (-0.7, 0.7, -0.2), "fear": (-0.4, 1.0, 0.4),
}  # fmt: skip
"""By the names of the terms of subject.expression, and a few words more."""

DECADES = {"twent": 25, "thirt": 35, "fort": 45, "fift": 55, "sixt": 65, "sevent": 75, "eight": 84, "ninet": 92}
YEARS = re.compile(r"\b(?:aged |of )?(\d{1,2})(?:[- ]years?[- ]old\b|\b(?= *$|,|;))")
AGES = {r"\b(old|elderly|aged) (wo)?man|elderly|grand(mother|father)|\bold keeper": 74, r"middle-aged": 50}
AGES |= {r"\b(little |small )?(girl|boy|child)\b": 10, r"teenage|adolescent": 16, r"\byoung\b": 24}

GROWN_UP = 14
CHILD_M = 1.3


def looks(resolved: Resolved, name: str) -> dict[str, Any]:
    """The fields of a Figure that what is said of a person fills."""
    at = f"subjects.{name}"
    told = text(resolved, name)
    found: dict[str, Any] = {"age_y": age(resolved, name)}
    if who := WHO.search(told):
        found["body"] = who.lastgroup
    build = resolved.pick(f"{at}.build").rpartition(".")[2]
    if build:
        found["build"] = build
    found |= _hair(resolved, at, told)
    skin = next((tone for pattern, tone in SKIN.items() if re.search(pattern, told)), None)
    if skin:
        found["skin"] = skin
    worn = str(resolved.value(f"{at}.wardrobe") or "").casefold()
    found |= headwear(f"{told}, {worn}") | expression(resolved.value(f"{at}.expression"))
    return found | clothes(worn or HAIR_SAID.sub(" ", told))


def headwear(told: str) -> dict[str, Any]:
    """Beard, hat and glasses from words such as `a bearded man in a felt hat`."""
    found: dict[str, Any] = {}
    shaven = SHAVEN.search(told)
    if not shaven and (grown := _first(BEARDS, told)):
        found["beard"] = grown
    if hat := _first(HATS, told):
        found["hat"] = hat
        part = next(part for part in re.split(r",|;|\band\b|\bwith\b|\bunder\b", told) if _first(HATS, part))
        found |= {"hat_colour": surface} if (surface := colour(part)) else {}
    if glasses := _first(GLASSES, told):
        found["glasses"] = glasses
    return found


def _first(patterns: dict[str, str], told: str) -> str | None:
    return next((kind for kind, pattern in patterns.items() if re.search(rf"\b({pattern})\b", told)), None)


def expression(said: Any) -> dict[str, Any]:
    """What mouth and brows do for an expression: by its term, or by the first term that its words name."""
    words = re.findall(r"[a-z]+", str(getattr(said, "words", said) or "").casefold())
    done = next((EXPRESSIONS[word] for word in words if word in EXPRESSIONS), None)
    return {"mouth": done[0], "brows": done[1:]} if done else {}


def text(resolved: Resolved, name: str) -> str:
    """A person's name and description in lower case."""
    said = (resolved.value(f"subjects.{name}.{key}") for key in ("name", "description"))
    return " ".join(str(one) for one in said if one).casefold()


def age(resolved: Resolved, name: str) -> float:
    """Years, as picked or as a description says; 35 when nobody does."""
    term = resolved.term(f"subjects.{name}.age")
    if term and "years_min_y" in term.numbers:
        return min(85.0, (term.numbers["years_min_y"] + term.numbers["years_max_y"]) / 2)
    told = text(resolved, name)
    if years := YEARS.search(told):
        return float(years[1])
    decade = next((years for stem, years in DECADES.items() if re.search(rf"\b{stem}(y|ies)\b", told)), None)
    return float(decade or next((years for pattern, years in AGES.items() if re.search(pattern, told)), 35))


def _hair(resolved: Resolved, at: str, told: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    colour = resolved.pick(f"{at}.hair_colour").rpartition(".")[2]
    said = HAIR_SAID.search(told)
    if colour in HAIR_PICKED:
        found["hair"] = HAIR[HAIR_PICKED[colour]]
    elif colour == "light_brown":
        found["hair"] = LIGHT_BROWN
    elif said:
        found["hair"] = HAIR[said[1]]
    picked = resolved.pick(f"{at}.hair").rpartition(".")[2]
    spoken = next((style for pattern, style in STYLE_SAID.items() if re.search(pattern, told)), None)
    style = STYLE_PICKED.get(picked) or spoken
    if style is None and (who := WHO.search(told)) and who.lastgroup == "woman":
        style = "bob"
    return found | ({"hair_style": style} if style else {})


def clothes(worn: str) -> dict[str, Any]:
    """Garments and their colours from words such as `a navy pea coat, white shirt and black trousers`."""
    found: dict[str, Any] = {}
    parts = [part for part in re.split(r",|;|\band\b|\bover\b|\bwith\b|\bunder\b|\babove\b", worn) if part.strip()]
    upper = {kind: part for kind, pattern in UPPER.items() for part in parts if re.search(rf"\b({pattern})\b", part)}
    lower = {kind: part for kind, pattern in LOWER.items() for part in parts if re.search(rf"\b({pattern})\b", part)}
    outer = next(iter(upper), None)
    surface = colour(upper[outer] if outer else worn)
    if surface:
        found["clothes"] = surface
    if outer:
        found["upper"] = outer
    beneath = next(
        (colour(upper[kind]) for kind in ("shirt", "sweater", "tee", "vest") if kind in upper and kind != outer), None
    )
    if beneath:
        found["shirt"] = beneath
    kind = next(iter(lower), None)
    if kind:
        found["lower"] = kind
    if not (outer and WHOLE.search(upper[outer])):
        found["lower_clothes"] = (colour(lower[kind]) if kind else None) or DARK
    return found


def colour(words: str) -> Colour | None:
    """The first plain colour of some words."""
    said = _COLOUR.search(words)
    return SURFACES[said[1]] if said else None
