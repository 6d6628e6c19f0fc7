"""Tags as image models on one's own machine read them: networks, switches and breaks taken out of the words."""

import re

from app.parse.forms.base import Piece, Reading

NETWORK = re.compile(r"<(lora|lyco|hypernet):([^<>:]+)((?::[^<>:]*)*)>", re.IGNORECASE)
SWITCH = re.compile(r"\[([^\[\]:|]*):([^\[\]:|]*):\s*(\d*\.?\d+)\s*\]")
BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def plain_tags(reading: Reading, piece: Piece) -> Piece:
    """Take out of tags what loads networks and switches between words; the places of all other letters hold.

    Of words that are switched or alternated, all stay.
    """
    for found in NETWORK.finditer(piece.text):
        reading.param("networks", found[0][1:-1])
        reading.note(f"{found[2]} is a network to load: it stands in the params, not in the shot.")
    text = NETWORK.sub(_blank, piece.text)
    if SWITCH.search(text) or any("|" in found[1] for found in BRACKETS.finditer(text)):
        reading.note("Words that take turns while the picture is drawn all stand in the shot.")
    text = SWITCH.sub(lambda found: f" {found[1]},{found[2]}".ljust(len(found[0])), text)
    text = BRACKETS.sub(lambda found: f" {found[1].replace('|', ',')} " if "|" in found[1] else found[0], text)
    text = re.sub(r"\b(?:BREAK|AND)\b", lambda found: ",".ljust(len(found[0])), text)
    return Piece(text.replace("|", ","), piece.places)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
