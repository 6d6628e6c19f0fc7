"""Plain prose: full sentences in the order that a model reads best."""

from typing import ClassVar

from app.compile import Clause
from app.dialects import template
from app.dialects._draft import Draft
from app.dialects.base import Block, Dialect, capitalised
from app.schema import Segment

RUN_ON = frozenset({"frame", "angle", "lens", "exposure", "depth", "support", "framing", "extraction"})
"""What the camera sees, from where and how: side by side these are one sentence, as on a camera report."""

CAMERA = ("camera.", "framing.", "intent.medium", "intent.purpose")
"""How the paths of such clauses begin."""


class Prose(Dialect):
    """A sentence for each thing, run on in one paragraph."""

    id = "prose"
    block_end = " "

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

    def clause(self, clause: Clause, draft: Draft) -> list[Segment]:
        """Write one clause; a verb follows its bare noun, and what may run on has no capital yet."""
        if clause.slot in RUN_ON:
            return template.write(self.layout(draft.target).patterns.get(clause.slot, ""), clause, self.say, draft)
        segments = super().clause(clause, draft)
        return _joined_to_its_verb(segments) if clause.slot == "subject" else segments

    def text(self, clauses: list[Clause], draft: Draft) -> list[Segment]:
        """Write all clauses; those of the camera run on with commas where they stand side by side."""
        segments = super().text(clauses, draft)
        joints = [index for index, one in enumerate(segments) if one.text == self.clause_end and not one.paths]
        for index in joints:
            if _tells_of_the_camera(segments[:index][::-1]) and _tells_of_the_camera(segments[index + 1 :]):
                segments[index] = template.COMMA
        return _with_capitals(segments)


def _tells_of_the_camera(segments: list[Segment]) -> bool:
    """Tell whether the nearest segment that came from the shot is about the camera."""
    paths = next((one.paths for one in segments if one.paths), ())
    return bool(paths) and all(path.startswith(CAMERA) for path in paths)


def _with_capitals(segments: list[Segment]) -> list[Segment]:
    """Begin the sentences of the camera with a capital, as all others begin."""
    for index in range(len(segments)):
        before = "".join([one.text for one in segments[max(index - 2, 0) : index]])
        begins = not before or (not segments[index - 1].paths and before.endswith((". ", ": ")))
        if begins and _tells_of_the_camera(segments[index:]):
            segments[index : index + 1] = capitalised([segments[index]])
    return segments


def _joined_to_its_verb(segments: list[Segment]) -> list[Segment]:
    """Take the comma before an action where nothing stands between it and its noun: a man lifts a cup."""
    acts = [index for index, one in enumerate(segments) if any(".action." in path for path in one.paths)]
    if not acts or acts[0] < 2 or "," in "".join([one.text for one in segments[: acts[0] - 1]]):
        return segments
    before = segments[acts[0] - 1]
    if not before.text.startswith(", "):
        return segments
    return [*segments[: acts[0] - 1], Segment(" "), *segments[acts[0] :]]
