"""Midjourney's prompts: phrases, then flags."""

import re
from itertools import zip_longest

from app.parse.forms._objects import put_aspect
from app.parse.forms._timeline import is_timed, read_timeline
from app.parse.forms.base import Form, Given, Piece, Reading
from app.parse.parsed import Parsed
from app.vocab import Vocabulary

NAMES = {
    "aspect": "ar",
    "version": "v",
    "stylize": "s",
    "stylise": "s",
    "chaos": "c",
    "quality": "q",
    "profile": "p",
    "personalize": "p",
    "weirdness": "weird",
}
"""Long names of flags."""

KNOWN = (
    "ar|aspect|v|version|s|stylize|stylise|c|chaos|seed|raw|style|sref|sw|sv|oref|ow|cref|cw|iw|no|niji|hd|weird|"
    "weirdness|tile|q|quality|exp|draft|p|profile|personalize|stop|repeat|r|fast|relax|turbo|stealth|public|motion|loop|"
    "end|bs|video"
)

FLAG = re.compile(rf"(?:(?<=\s)|^)(?:--|—|–)({KNOWN})(?=\s|$)", re.IGNORECASE)
"""A flag; phones turn its two hyphens into a dash."""

DASHES = ("--", "—", "–")

CERTAIN = frozenset(
    {"ar", "v", "s", "c", "sref", "oref", "niji", "no", "raw", "iw", "weird", "stylize", "chaos", "cref"}
)

URL = re.compile(r"https?://\S+")
WEIGHT = re.compile(r"::(-?\d+(?:\.\d+)?)?")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

ROLES = {"sref": "reference.role.style", "oref": "reference.role.character", "cref": "reference.role.character"}
"""What the pictures of a flag are for."""

TARGETS = {"8": "midjourney-8.1", "7": "midjourney-7"}
"""The target of a version, by its first figure."""


class Midjourney(Form):
    """All before the first flag is the prompt; `--no` is what to keep out, `--ar` the frame, the rest are params."""

    id = "midjourney"
    label = "Midjourney"
    order = 55

    def recognises(self, given: Given) -> bool:
        """Tell by a flag of its own."""
        if not any(dash in given.text for dash in DASHES):
            return False
        found = (NAMES.get(one[1].casefold(), one[1].casefold()) for one in FLAG.finditer(given.text))
        return any(name in CERTAIN for name in found)

    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return one shot, or those of a list of shots; the flags hold for all of them."""
        flags = list(FLAG.finditer(given.text))
        first = flags[0].start()
        if is_timed(given.text[:first]):
            return [self._parsed(one, flags) for one in read_timeline(given, vocabulary, 0, first)]
        reading = Reading(given, vocabulary)
        reading.say(_words(reading, given.piece(0, first)))
        return [self._parsed(reading, flags)]

    def _parsed(self, reading: Reading, flags: list[re.Match[str]]) -> Parsed:
        for flag, after in zip_longest(flags, flags[1:]):
            name = flag[1].casefold()
            _take(reading, NAMES.get(name, name), reading.given.piece(flag.end(), after.start() if after else None))
        version = str(reading.params.get("v", ""))
        return reading.parsed(self.id, TARGETS.get(version.partition(".")[0], ""))


def _words(reading: Reading, piece: Piece) -> Piece:
    """Take pictures and weights out of the prompt; each leaves a comma behind, so that every place holds."""
    for number, url in enumerate(URL.finditer(piece.text), start=1):
        reading.param("image", url[0])
        _refer(reading, f"image_{number}", "", url[0], piece.places[url.start()])
    text = URL.sub(lambda url: " " * len(url[0]), piece.text)
    for weight in WEIGHT.finditer(text):
        reading.param("weights", float(weight[1] or 1))
    if WEIGHT.search(text):
        reading.note("The parts of the prompt carry weights of their own; they stand in the params.")
    return Piece(WEIGHT.sub(lambda weight: ",".ljust(len(weight[0])), text), piece.places)


def _take(reading: Reading, name: str, piece: Piece) -> None:
    said = piece.text.strip()
    start = piece.places[len(piece.text) - len(piece.text.lstrip())] if said else piece.places[0]
    if name == "no":
        reading.exclude(piece)
    elif name == "ar":
        put_aspect(reading, said, start, start + len(said))
    elif name in ROLES:
        for number, one in enumerate(said.split(), start=1):
            reading.param(name, one)
            _refer(reading, f"{name}_{number}", ROLES[name], one.partition("::")[0], start + said.index(one))
    else:
        reading.param(name, _value(said))


def _refer(reading: Reading, name: str, role: str, source: str, start: int) -> None:
    """Add a reference. Its picture is elsewhere, so that it says by its name what it is, and its address is a param."""
    shows = source.partition("?")[0].rstrip("/").rpartition("/")[2]
    end = start + len(source)
    if role:
        reading.put(f"references.{name}.role", role, start, end)
    if shows:
        reading.put(f"references.{name}.shows", shows, start, end)


def _value(said: str) -> str | float | bool:
    """Return a flag's value: a number, words, or that it was there."""
    if not said:
        return True
    number = float(said) if NUMBER.fullmatch(said) and len(said) < 20 else None
    return said if number is None else int(number) if number.is_integer() else number
