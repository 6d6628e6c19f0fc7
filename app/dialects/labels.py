"""Labelled blocks, one a line: for models that read a brief, and for those that were taught their own labels."""

import re
from collections.abc import Iterator
from typing import ClassVar

from app.dialects._readback import Readback, Sentence
from app.dialects.base import Block, Dialect
from app.parse.parsed import Parsed
from app.vocab import Target, Vocabulary

ENDS = ".!?…。！？"  # full stops of other scripts
SENTENCE = re.compile(
    rf"\. (?=[^a-z])|(?<=[{ENDS}]) (?=[^a-z])|(?<=[{ENDS}][\"'}}>\])]) (?=[^a-z])|(?<=</d>) (?=[^a-z])"
)
"""Between two clauses of a block."""

QUOTED = re.compile(r"<d>.*?</d>|words \"[^\"]*\"")
"""What is spoken or stands written: no clause ends in it."""

LABEL = re.compile(r"^(\w+(?: \w+){0,3}): ", re.MULTILINE)
"""What looks like the name of a block."""

UNLABELLED = ("pace", "ambience", "effects", "music", "voiceover", "exclude", "extraction", "depth", "support", "beat")
"""Slots that may stand behind all labels, where a target's order does not name them."""


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

    def read(self, text: str, target: Target, vocabulary: Vocabulary) -> Parsed | None:
        """Read a prompt back line by line; None where no line has a label of the target, or one has another."""
        layout = self.layout(target)
        labels = {label: slots for label, slots in layout.blocks if label}
        found = {one[1] for one in LABEL.finditer(text)}
        if not found or not found <= labels.keys():
            return None
        back = Readback(text, target, layout.patterns, vocabulary, self.clause_end)
        first = tuple(slot for label, slots in layout.blocks if not label for slot in slots)
        rest = (*first, *(slot for slot in UNLABELLED if slot not in layout.named))
        for start, end in _lines(text, target.references.closing):
            label, colon, _ = text[start:end].partition(self.label_end)
            if colon and label in labels:
                back.read(labels[label], list(_sentences(text, start + len(label) + len(colon), end)))
            else:
                back.read(rest, list(_sentences(text, start, end)))
        return back.parsed("labels")


def _lines(text: str, closing: str) -> Iterator[tuple[int, int]]:
    """Yield where each line of a prompt begins and ends, without the sentence that closes the references."""
    at, last = 0, len(text)
    if closing and text.endswith(closing):
        last = len(text[: -len(closing)].rstrip())
    for line in text[:last].split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield the sentences of a line, without the full stop that its clause was given."""
    at = start
    quoted = [one.span() for one in QUOTED.finditer(text, start, end)]
    ends = [one for one in SENTENCE.finditer(text, start, end) if not any(a < one.start() < b for a, b in quoted)]
    for found in [*ends, None]:
        stop = found.start() if found else end
        whole = text[at:stop]
        if not found and whole.endswith(".") and not whole.endswith(".."):
            whole = whole[:-1]
        if whole.strip():
            yield Sentence(text, range(len(text) + 1), at, at + len(whole))
        at = found.end() if found else end
