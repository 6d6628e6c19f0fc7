"""Clauses for the frame itself: what it is, where things stand in it, how it looks, what it is for."""

from collections.abc import Iterator

from app.compile.brief import Clause, Fact
from app.compile.wording import colour_name, flat, free, in_stops, joined, listed, picked, plain, unstopped
from app.resolve import Resolved


def frame(resolved: Resolved) -> Iterator[Clause]:
    """Medium, size, point of view: the first thing a model should know."""
    facts = [
        *picked(resolved, "medium", "intent.medium"),
        *picked(resolved, "size", "camera.size"),
        *picked(resolved, "count", "framing.count"),
        *picked(resolved, "perspective", "framing.perspective"),
        *listed(resolved, "purpose", "intent.purpose"),
    ]
    yield Clause("frame", facts, priority=0)


def intent(resolved: Resolved) -> Iterator[Clause]:
    """What the shot is for."""
    facts = [
        *listed(resolved, "mood", "intent.mood"),
        *picked(resolved, "genre", "intent.genre"),
        *picked(resolved, "form", "intent.form"),
        *picked(resolved, "form", "intent.subform"),
        *picked(resolved, "era", "intent.era"),
        *_year(resolved),
        *free(resolved, "says", "intent.says"),
    ]
    yield Clause("intent", facts, priority=6)


def _year(resolved: Resolved) -> list[Fact]:
    year = resolved.number("intent.year") if "intent.year" in resolved.said else None
    if year is None:
        return []
    return [Fact("year", f"set in {plain(abs(year), 0)}{' BC' if year < 0 else ''}", ("intent.year",))]


def framing(resolved: Resolved) -> Iterator[Clause]:
    """Placement, balance, headroom, and the ratio it is composed for."""
    facts = [
        *picked(resolved, "placement", "framing.placement"),
        *picked(resolved, "balance", "framing.balance"),
        *picked(resolved, "headroom", "framing.headroom"),
        *picked(resolved, "lead_room", "framing.lead_room"),
        *listed(resolved, "devices", "framing.devices"),
        *picked(resolved, "space", "framing.space"),
    ]
    protect = resolved.number("framing.protect_aspect")
    if protect:
        words = f"nothing that matters outside a {plain(protect, 2)}:1 frame"
        facts.append(Fact("protect", words, ("framing.protect_aspect",)))
    yield Clause("framing", facts, priority=4)


def place(resolved: Resolved) -> Iterator[Clause]:
    """Where and when, with its planes of depth."""
    facts = [
        *picked(resolved, "setting", "place.setting"),
        *picked(resolved, "location", "place.location"),
        *free(resolved, "where", "place.where"),
        *picked(resolved, "extent", "place.extent"),
        *picked(resolved, "backdrop", "place.backdrop"),
        *picked(resolved, "season", "place.season"),
        *picked(resolved, "time", "place.time"),
        *picked(resolved, "weather", "place.weather"),
        *listed(resolved, "atmosphere", "place.atmosphere"),
        *free(resolved, "foreground", "place.foreground"),
        *free(resolved, "midground", "place.midground"),
        *free(resolved, "background", "place.background"),
    ]
    props = resolved.value("place.props")
    if props:
        facts.append(Fact("props", joined([unstopped(prop) for prop in props]), ("place.props",)))
    for name, words in (("room", "the room {} m long"), ("gap", "the background {} m behind the subject")):
        path = f"place.{'room_m' if name == 'room' else 'background_m'}"
        metres = resolved.number(path)
        if metres is not None:
            facts.append(Fact(name, words.format(plain(metres)), (path,)))
    sun = resolved.number("place.sun_elevation_deg")
    if sun is not None and "place.sun_elevation_deg" in resolved.said:
        below = f"the sun {plain(abs(sun))}° {'below' if sun < 0 else 'above'} the horizon"
        facts.append(Fact("sun", below, ("place.sun_elevation_deg",)))
    yield Clause("place", facts, priority=2)


def lettering(resolved: Resolved) -> Iterator[Clause]:
    """Words in the picture, in straight quotes."""
    texts = resolved.shot.place.lettering if resolved.shot.place else {}
    for name, sign in sorted(texts.items(), key=lambda item: item[1].slot):
        at = f"place.lettering.{name}"
        quoted = '"' + flat(sign.reads).replace('"', "'") + '"'
        facts = [Fact("text", quoted, (f"{at}.reads",)), *free(resolved, "on", f"{at}.on")]
        yield Clause("lettering", facts, priority=2, about=name)


def look(resolved: Resolved) -> Iterator[Clause]:
    """Stock, process, grain, palette, print."""
    facts = [
        *picked(resolved, "stock", "look.stock"),
        *listed(resolved, "process", "look.process"),
        *picked(resolved, "grain", "look.grain"),
        *picked(resolved, "palette", "look.palette"),
        *_palette_colours(resolved),
        *picked(resolved, "contrast", "look.contrast"),
        *picked(resolved, "saturation", "look.saturation"),
        *listed(resolved, "grade", "look.grade"),
        *free(resolved, "skin", "look.skin"),
        *picked(resolved, "sharpness", "look.sharpness"),
        *picked(resolved, "bokeh", "look.bokeh"),
        *picked(resolved, "motion", "look.motion"),
        *listed(resolved, "artefacts", "look.artefacts"),
        *picked(resolved, "encoding", "look.encoding"),
    ]
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


def sound(resolved: Resolved) -> Iterator[Clause]:
    """What is heard over the whole shot, how fast it goes, and how it is cut in and out."""
    facts = [
        *listed(resolved, "ambience", "sound.ambience"),
        *listed(resolved, "effects", "sound.effects"),
        *listed(resolved, "music", "sound.music"),
        *picked(resolved, "music_mood", "sound.music_mood"),
        *free(resolved, "voiceover", "sound.voiceover"),
        *picked(resolved, "pacing", "pacing"),
        *picked(resolved, "transition", "transition_in"),
        *picked(resolved, "transition", "transition_out"),
    ]
    yield Clause("sound", facts, priority=6)
