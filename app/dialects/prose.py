"""Plain prose: full sentences in the order that a model reads best."""

from typing import ClassVar

from app.compile import Clause
from app.dialects._draft import Draft
from app.dialects.base import Block, Dialect
from app.schema import Segment


class Prose(Dialect):
    """A sentence for each thing, run on in one paragraph."""

    id = "prose"
    block_end = " "
    runs_on = frozenset({"frame", "angle", "lens", "exposure", "depth", "support", "framing", "extraction"})

    order: ClassVar[tuple[Block, ...]] = (
        ("", "edit"),
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
        "frame": "{size}[ {medium}][, {count}][, {perspective}][, as {purpose}]",
        "subject": "{name}[, {description}][, [{adjective*} ]{what}][, {kind}][, {what*}][, {age}][, {trait*}]"
        "[, wearing {wardrobe}][, {colour*}][, {presented}][, {action}][, {pose}]"
        "[, {facing}][, {position}][, {expression}][, looking at {eyeline}][; {height}]",
        "angle": "{angle}[, {level}][, {height}][, the camera {pitch}][, {horizon}][, {roll}][, {seen}][, {view}]"
        "[, aimed at {aimed_at}]",
        "support": "[filmed {support}][, the camera {steadiness}]",
        "framing": "[the main subject {placement}][, {plane}][, {direction}][, {balance}]"
        "[, {headroom}][, {lead_room}][, {devices}][, {space}][, {protect}]",
        "light": "[{quality} ][{colour} ][{hue} ][{source} ][{fixture} ]{role}[ in a {pattern}][ {where}]"
        "[, through {modifiers}][, bounced off {bounced}][, with {cut}][, gelled with {gels}][, {level}]"
        "[, lighting {aimed_at}][, motivated by {motivated_by}][, casting {shadow}][, throwing {effects}]"
        "[, {distance}][, {visible}]",
        "look": "[shot on {stock}][, {process}][, {grain}][, {palette}][, {colours}][, {contrast}][, {saturation}]"
        "[, {grade}][, {skin}][, {sharpness}][, {bokeh}][, {motion}][, {artefacts}][, {encoding}][, {exposure}]",
        "intent": "[the mood is {mood}][; {genre}][; {form*}][, {era}][, {year}][: {says}]",
    }

    def _worded(self, pattern: str, clause: Clause, draft: Draft) -> list[Segment]:
        """Write one clause; a verb follows its bare noun."""
        segments = super()._worded(pattern, clause, draft)
        return _joined_to_its_verb(segments) if clause.slot == "subject" else segments


def _joined_to_its_verb(segments: list[Segment]) -> list[Segment]:
    """Take the comma before an action where nothing stands between it and its noun: a man lifts a cup."""
    acts = [index for index, one in enumerate(segments) if any(".action." in path for path in one.paths)]
    if not acts or acts[0] < 2 or "," in "".join([one.text for one in segments[: acts[0] - 1]]):
        return segments
    before = segments[acts[0] - 1]
    if not before.text.startswith(", "):
        return segments
    return [*segments[: acts[0] - 1], Segment(" "), *segments[acts[0] :]]
