"""Comma-separated tags with weights and a negative field, for models that read captions through CLIP."""

from math import log

from app.compile import Brief, Clause
from app.dialects.base import Dialect, Draft
from app.schema import Segment
from app.vocab import Target

ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "[": r"\[", "]": r"\]", "<": "", ">": ""})
"""Brackets carry weight in these prompts, and angles load networks; those that a person wrote do neither."""


class Tags(Dialect):
    """Short tags, subjects first. A pinned clause gets weight; attributes stay in one tag with their subject."""

    id = "tags"
    sentence_case = False
    clause_end = ", "
    block_end = ", "

    blocks = (
        ("", ("frame",)),
        ("", ("subject", "relation", "beat")),
        ("", ("place", "instead", "lettering")),
        ("", ("angle", "lens", "exposure", "support", "framing")),
        ("", ("lighting", "light")),
        ("", ("look", "intent")),
    )

    sentences = {
        **Dialect.sentences,
        "frame": "{medium}[, {size}][, {count}][, {perspective}][, {purpose}]",
        "place": "{setting}[, {location}][, {where}][, {extent}][, {backdrop}][, {season}]"
        "[, {time}][, {weather}][, {atmosphere}][, {foreground} in the foreground]"
        "[, {midground}][, {background} in the background]",
        "lettering": "sign reading {text}[ {on}]",
        "light": "[{quality} ][{colour} ][{hue} ][{source} ][{fixture} ]{role}[ in a {pattern}][ {where}]"
        "[ through {modifiers}][ bounced off {bounced}][ with {cut}][ motivated by {motivated_by}]",
        "intent": "{mood}[, {genre}][, {form*}][, {era}][, {year}]",
    }

    WEIGHT = 1.2
    """A pinned clause weighs this much."""

    def exclude(self, brief: Brief, draft: Draft, clauses: list[Clause]) -> list[Segment]:
        """List what to keep out, escaped."""
        return _escaped(super().exclude(brief, draft, clauses))

    def clause(self, clause: Clause, draft: Draft) -> list[Segment]:
        """Write one clause as a tag, escaped and weighted."""
        segments = _escaped(super().clause(clause, draft))
        return [Segment("("), *segments, Segment(f":{self.WEIGHT})")] if clause.pinned and segments else segments

    def nearest_shape(self, want: float, target: Target) -> tuple[str, dict[str, object], float]:
        """Return the nearest size in pixels that the model was trained at."""
        width, height = min(target.sizes, key=lambda size: abs(log(size[0] / size[1] / want)))
        return f"{width}×{height}", {"width": width, "height": height}, width / height


def _escaped(segments: list[Segment]) -> list[Segment]:
    return [Segment(one.text.translate(ESCAPED), one.paths, one.derived) for one in segments]
