"""Plain prose: full sentences in the order that a model reads best."""

from typing import ClassVar

from app.dialects.base import Block, Dialect


class Prose(Dialect):
    """A sentence for each thing, run on in one paragraph."""

    id = "prose"
    block_end = " "

    order: ClassVar[tuple[Block, ...]] = (
        ("", "frame"),
        ("", "subject", "relation", "beat"),
        ("", "place", "instead", "lettering"),
        ("", "lighting", "light", "reading"),
        ("", "angle", "lens", "exposure", "depth", "support", "framing", "extraction"),
        ("", "look", "intent"),
        ("", "pace", "effects", "ambience", "music", "voiceover"),
        ("", "reference"),
        ("", "exclude"),
    )

    sentences = {
        **Dialect.sentences,
        "light": "[{quality} ][{colour} ][{hue} ][{source} ][{fixture} ]{role}[ in a {pattern}][ {where}]"
        "[, through {modifiers}][, bounced off {bounced}][, with {cut}][, gelled with {gels}][, {level}]"
        "[, lighting {aimed_at}][, motivated by {motivated_by}][, casting {shadow}][, throwing {effects}]"
        "[, {distance}][, {visible}]",
    }
