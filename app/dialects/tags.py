"""Comma-separated tags with weights and a negative field, for models that read captions through CLIP."""

from typing import ClassVar

from app.dialects.base import Block, Dialect


class Tags(Dialect):
    """Short tags, subjects first. A pinned clause gets weight; attributes stay in one tag with their subject."""

    id = "tags"
    form = "tags"
    sentence_case = False
    clause_end = ", "
    block_end = ", "

    order: ClassVar[tuple[Block, ...]] = (
        ("", "frame"),
        ("", "subject", "relation", "beat"),
        ("", "place", "instead", "lettering"),
        ("", "angle", "lens", "exposure", "support", "framing"),
        ("", "lighting", "light"),
        ("", "look", "intent"),
    )

    sentences = {
        **Dialect.sentences,
        "subject": Dialect.sentences["subject"].replace("; ", ", "),
        "frame": "{medium}[, {size}][, {count}][, {perspective}][, {purpose}]",
        "place": "{setting}[, {location}][, {where}][, {extent}][, {backdrop}][, {season}]"
        "[, {time}][, {weather}][, {atmosphere}][, {foreground} in the foreground]"
        "[, {midground}][, {background} in the background]",
        "lettering": 'sign reading "{text}"[ {on}]',
        "light": "[{level} ][{quality} ][{colour} ][{hue} ][{source} ][{fixture} ]{role}[ in a {pattern}][ {where}]"
        "[ through {modifiers}][ bounced off {bounced}][ with {cut}][ motivated by {motivated_by}]",
        "intent": "{mood}[, {genre}][, {form*}][, {era}][, {year}]",
    }
