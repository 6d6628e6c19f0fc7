"""Labelled blocks, one a line: for models that read a brief, and for those that were taught their own labels."""

from typing import ClassVar

from app.dialects.base import Block, Dialect


class Labels(Dialect):
    """A line for each department, behind its name."""

    id = "labels"
    form = "labels"

    order: ClassVar[tuple[Block, ...]] = (
        ("", "edit"),
        ("", "frame"),
        ("Subject", "subject", "relation", "beat"),
        ("Scene", "place", "instead", "lettering"),
        ("Camera", "angle", "lens", "exposure", "depth", "support"),
        ("Composition", "framing", "extraction"),
        ("Lighting", "lighting", "light"),
        ("The light reads", "reading"),
        ("Look", "look"),
        ("Mood", "intent"),
        ("References", "reference"),
    )
