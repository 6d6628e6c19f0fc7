"""The "parameters" text of A1111, Forge and SD.Next: a prompt, a negative prompt, and a line of settings."""

import re

from app.parse.forms._objects import put_aspect
from app.parse.forms._tags import plain_tags
from app.parse.forms.base import Form, Given, Piece, Reading
from app.parse.parsed import Parsed
from app.vocab import Vocabulary

NEGATIVE = re.compile(r"(?:^|\n)[ \t]*Negative prompt:", re.IGNORECASE)
LEADS_ON = "ve prompt:"
"""Letters of that line, which are the same in any case."""

SETTINGS = re.compile(r"(?:^|\n)[ \t]*(?=Steps: *\d+ *(?:,|$))")
SETTING = re.compile(r'(\w[\w \-/]{0,60}):\s*("(?:\\.|[^\\"])*+"|[^,\n]*)(?:,|\n|$)')

SDXL = re.compile(r"xl|pony|illustrious|noob", re.IGNORECASE)
OTHERS = re.compile(r"flux|sd3|sd_3|schnell|turbo_3|qwen|wan|hunyuan", re.IGNORECASE)
XL_PIXELS = range(850_000, 1_250_001)
"""About a megapixel, at which SDXL was trained."""

SIZE = re.compile(r"(\d{2,5})x(\d{2,5})")


class A1111(Form):
    """Weights stay with the words; networks go into the params, since no camera department knows them."""

    id = "a1111"
    label = "A1111 parameters"
    order = 50

    def recognises(self, given: Given) -> bool:
        """Tell by the negative prompt's own line, or by the settings."""
        text = given.text
        negative = LEADS_ON in text.lower() and NEGATIVE.search(text)
        return bool(negative or ("Steps:" in text and SETTINGS.search(text)))

    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return one shot."""
        reading = Reading(given, vocabulary)
        settings = next(iter([*SETTINGS.finditer(given.text)][-1:]), None)
        end = settings.start() if settings else len(given.text)
        negative = NEGATIVE.search(given.text, 0, end)
        reading.say(plain_tags(reading, given.piece(0, negative.start() if negative else end)), tags=True)
        if negative:
            reading.exclude(plain_tags(reading, given.piece(negative.end(), end)), tags=True)
        if settings:
            _settings(reading, given.piece(settings.end()))
        return [reading.parsed(self.id, _target(reading))]


def _settings(reading: Reading, piece: Piece) -> None:
    for found in SETTING.finditer(piece.text):
        name, value = found[1].strip(), found[2].strip().strip('"')
        reading.param(name, _value(value))
        if name == "Size" and SIZE.fullmatch(value):
            start, end = piece.where(*found.span(2))
            put_aspect(reading, value, start, end)


def _value(said: str) -> str | float:
    if not re.fullmatch(r"-?\d{1,18}(?:\.\d{1,12})?", said):
        return said
    return int(said) if said.lstrip("-").isdigit() else float(said)


def _target(reading: Reading) -> str:
    """Return the target where the checkpoint's name or the number of pixels tells it."""
    model = str(reading.params.get("Model", ""))
    if OTHERS.search(model):
        return ""
    size = SIZE.fullmatch(str(reading.params.get("Size", "")))
    large = size is not None and int(size[1]) * int(size[2]) in XL_PIXELS
    return "sdxl" if SDXL.search(model) or large else ""
