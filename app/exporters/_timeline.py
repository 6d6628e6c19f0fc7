"""A reel as a timeline of OpenTimelineIO: one video track, a clip a shot, and all of the shot beside it."""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import opentimelineio as otio

from app.exporters._cut import Cut, Join, cuts, frames_of, rate_of
from app.exporters._moves import moves
from app.exporters.base import Reel, ReelShot

OURS = "printlight"
"""The key of what is ours among the metadata."""


def timeline(reel: Reel) -> otio.schema.Timeline:
    """Return the cut of a reel; a fade out goes into a gap without length, as editing programs have it."""
    rate = rate_of(reel.fps)
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    for cut in cuts(reel):
        track.append(_clip(cut, rate, reel))
        if cut.join:
            track.extend(_joined(cut.join, rate))
    metadata = {OURS: {"film": reel.title, "author": reel.author}}
    whole = otio.schema.Timeline(name=reel.title, metadata=metadata)
    whole.tracks.append(track)
    return whole


def _clip(cut: Cut, rate: Fraction, reel: Reel) -> otio.schema.Clip:
    shot = cut.shot
    media = otio.schema.MissingReference()
    if shot.take:
        media = otio.schema.ExternalReference(target_url=shot.take.file_name)
        media.name = shot.take.file_name.rpartition(".")[0]
    return otio.schema.Clip(
        name=shot.title,
        media_reference=media,
        source_range=_range(0, cut.frames, rate),
        markers=list(_markers(cut, rate)),
        metadata={OURS: facts(shot, prompts_stay=reel.prompts_stay)},
    )


def facts(shot: ReelShot, *, prompts_stay: bool) -> dict[str, Any]:
    """Return all that is known of a shot, as plain data; without prompts and shot where those stay home."""
    told: dict[str, Any] = {
        "id": shot.id,
        "slate": shot.slate,
        "scene": shot.scene,
        "name": shot.name,
        "note": shot.note,
        "target": shot.target.id,
        "length_s": shot.seconds,
    }
    if take := shot.take:
        told["take"] = {
            "id": take.id,
            "number": take.number,
            "target": take.target,
            "backend": take.backend,
            "circled": take.circled,
            "made": take.made.isoformat(),
            "file": take.file_name,
        }
    if prompts_stay:
        return told
    told |= {
        "prompt": shot.compiled.text,
        "negative": shot.compiled.negative_text,
        "params": shot.compiled.values,
        "references": [
            {"slot": one.slot, "role": one.role, "sha256": one.asset, "shows": shot.shows(one.id)}
            for one in shot.compiled.references
        ],
        "shot": shot.document,
    }
    if take:
        told["take"] |= {"prompt": take.prompt, "negative": take.negative, "params": dict(take.params)}
    plain: dict[str, Any] = json.loads(json.dumps(told, default=str))
    return plain


def _joined(join: Join, rate: Fraction) -> Iterator[otio.schema.Transition | otio.schema.Gap]:
    length, none = otio.opentime.RationalTime(join.frames, float(rate)), otio.opentime.RationalTime(0, float(rate))
    dissolve, custom = otio.schema.TransitionTypes.SMPTE_Dissolve, otio.schema.TransitionTypes.Custom
    if join.kind == "dissolve":
        yield otio.schema.Transition(join.label, dissolve, in_offset=none, out_offset=length)
        return
    kind = dissolve if join.kind == "fade_out" else custom
    yield otio.schema.Transition(join.label, kind, in_offset=length, out_offset=none)
    if join.kind == "fade_out":
        yield otio.schema.Gap(source_range=otio.opentime.TimeRange(length, none))


def _markers(cut: Cut, rate: Fraction) -> Iterator[otio.schema.Marker]:
    """Yield a marker for the note, at the head of the shot, and one for each move, over its beat."""
    if cut.shot.note:
        yield _marker("note", cut.shot.note, _range(0, cut.frames, rate), otio.schema.MarkerColor.GREEN)
    for move in moves(cut.shot):
        start = min(frames_of(move.start_s, rate), cut.frames - 1)
        end = cut.frames if move.end_s is None else min(frames_of(move.end_s, rate), cut.frames)
        yield _marker("move", move.words, _range(start, max(1, end - start), rate), otio.schema.MarkerColor.BLUE)


def _marker(kind: str, words: str, where: otio.opentime.TimeRange, colour: str) -> otio.schema.Marker:
    return otio.schema.Marker(name=words, marked_range=where, color=colour, metadata={OURS: {"kind": kind}})


def _range(start: int, frames: int, rate: Fraction) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(
        otio.opentime.RationalTime(start, float(rate)), otio.opentime.RationalTime(frames, float(rate))
    )
