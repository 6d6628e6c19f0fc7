"""Clauses for the frame itself: what it is, where things stand in it, how it looks, what it is for."""

from collections.abc import Iterator

from app.compile.brief import Clause, Fact
from app.compile.wording import (
    Rows,
    colour_name,
    figure,
    flat,
    free,
    in_stops,
    joined,
    listed,
    picked,
    plain,
    told,
    unstopped,
)
from app.resolve import Resolved

FRAME: Rows = (
    ("medium", "intent.medium", picked),
    ("size", "camera.size", picked),
    ("count", "framing.count", picked),
    ("perspective", "framing.perspective", picked),
    ("purpose", "intent.purpose", listed),
)

INTENT: Rows = (
    ("mood", "intent.mood", listed),
    ("genre", "intent.genre", picked),
    ("form", "intent.form", picked),
    ("form", "intent.subform", picked),
    ("era", "intent.era", picked),
    ("says", "intent.says", free),
)

FRAMING: Rows = (
    ("placement", "framing.placement", picked),
    ("plane", "framing.plane", picked),
    ("direction", "framing.direction", picked),
    ("balance", "framing.balance", picked),
    ("headroom", "framing.headroom", picked),
    ("lead_room", "framing.lead_room", picked),
    ("devices", "framing.devices", listed),
    ("space", "framing.space", picked),
    ("protect", "framing.protect_aspect", figure("nothing that matters outside a {}:1 frame")),
)

PLACE: Rows = (
    ("setting", "place.setting", picked),
    ("location", "place.location", picked),
    ("where", "place.where", free),
    ("extent", "place.extent", picked),
    ("backdrop", "place.backdrop", picked),
    ("season", "place.season", picked),
    ("time", "place.time", picked),
    ("weather", "place.weather", picked),
    ("atmosphere", "place.atmosphere", listed),
    ("foreground", "place.foreground", free),
    ("midground", "place.midground", free),
    ("background", "place.background", free),
    ("room", "place.room_m", figure("the room {} m long", unit="m")),
    ("gap", "place.background_m", figure("the background {} m behind the subject", unit="m")),
)

LOOK: Rows = (
    ("stock", "look.stock", picked),
    ("process", "look.process", listed),
    ("grain", "look.grain", picked),
    ("palette", "look.palette", picked),
    ("contrast", "look.contrast", picked),
    ("saturation", "look.saturation", picked),
    ("grade", "look.grade", listed),
    ("skin", "look.skin", free),
    ("sharpness", "look.sharpness", picked),
    ("bokeh", "look.bokeh", picked),
    ("motion", "look.motion", picked),
    ("artefacts", "look.artefacts", listed),
    ("encoding", "look.encoding", picked),
)

PACE: Rows = (
    ("pacing", "pacing", picked),
    ("opens", "transition_in", picked),
    ("closes", "transition_out", picked),
)

HEARD: tuple[tuple[str, Rows], ...] = (
    ("ambience", (("sound", "sound.ambience", listed),)),
    ("effects", (("sound", "sound.effects", listed),)),
    ("music", (("sound", "sound.music", listed), ("mood", "sound.music_mood", picked))),
    ("voiceover", (("sound", "sound.voiceover", free),)),
)
"""What is heard over the whole shot, by the slot of its clause."""


def frame(resolved: Resolved) -> Iterator[Clause]:
    """Medium, size, point of view: the first thing a model should know."""
    yield Clause("frame", told(resolved, FRAME), priority=0)


def intent(resolved: Resolved) -> Iterator[Clause]:
    """What the shot is for."""
    yield Clause("intent", [*_form_once(told(resolved, INTENT)), *_year(resolved)], priority=6)


def _form_once(facts: list[Fact]) -> list[Fact]:
    """Tell a form and its kind in one where the kind names the form: a fragrance commercial."""
    forms = [fact for fact in facts if fact.name == "form"]
    if len(forms) < 2 or not forms[1].words.endswith(forms[0].words):
        return facts
    both = forms[1]._replace(paths=(*forms[0].paths, *forms[1].paths))
    return [both if fact is forms[1] else fact for fact in facts if fact is not forms[0]]


def _year(resolved: Resolved) -> list[Fact]:
    year = resolved.number("intent.year") if "intent.year" in resolved.said else None
    if year is None:
        return []
    return [Fact("year", f"set in {plain(abs(year), 0)}{' BC' if year < 0 else ''}", ("intent.year",))]


def framing(resolved: Resolved) -> Iterator[Clause]:
    """Placement, balance, headroom, and the ratio it is composed for."""
    yield Clause("framing", told(resolved, FRAMING), priority=4)


def place(resolved: Resolved) -> Iterator[Clause]:
    """Where and when, with its planes of depth."""
    facts = told(resolved, PLACE)
    props = resolved.value("place.props")
    if props:
        facts.append(Fact("props", joined([unstopped(prop) for prop in props]), ("place.props",)))
    sun = resolved.number("place.sun_elevation_deg")
    if sun is not None and "place.sun_elevation_deg" in resolved.said:
        below = f"the sun {plain(abs(sun))}° {'below' if sun < 0 else 'above'} the horizon"
        facts.append(Fact("sun", below, ("place.sun_elevation_deg",)))
    yield Clause("place", facts, priority=2)


def lettering(resolved: Resolved) -> Iterator[Clause]:
    """Words in the picture, letter by letter."""
    texts = resolved.shot.place.lettering if resolved.shot.place else {}
    for name, _ in sorted(texts.items(), key=lambda item: item[1].slot):
        at = f"place.lettering.{name}"
        if f"{at}.reads" in resolved.left:
            continue
        read = flat(str(resolved.value(f"{at}.reads"))).replace('"', "'")  # which stands in quotation marks
        facts = [Fact("text", read, (f"{at}.reads",)), *free(resolved, "on", f"{at}.on")]
        yield Clause("lettering", facts, priority=2, about=name)


def look(resolved: Resolved) -> Iterator[Clause]:
    """Stock, process, grain, palette, print."""
    facts = [*told(resolved, LOOK), *_palette_colours(resolved)]
    printed = resolved.number("look.exposure_stops")
    if printed is not None:
        up = "printed at the exposure" if printed == 0 else ""
        words = up or f"printed {in_stops(printed)} {'up, bright' if printed > 0 else 'down, dark'}"
        facts.append(Fact("exposure", words, ("look.exposure_stops",)))
    yield Clause("look", facts, priority=3)


def _palette_colours(resolved: Resolved) -> list[Fact]:
    found = resolved.value("look.colours") or ()
    words = [colour_name(one) if isinstance(one, str) else flat(one["words"]) for one in found]
    codes = joined([one for one in found if isinstance(one, str)] or [""])
    return [Fact("colours", joined(words), ("look.colours",), codes, "hex")] if words else []


def pace(resolved: Resolved) -> Iterator[Clause]:
    """How fast it goes, and how it is cut in and out."""
    yield Clause("pace", told(resolved, PACE), priority=6)


def sound(resolved: Resolved) -> Iterator[Clause]:
    """What is heard over the whole shot: a clause each for air, effects, music and a voice over it."""
    for slot, rows in HEARD:
        yield Clause(slot, told(resolved, rows), priority=5)
