"""A film as JSON: every shot whole, with what it compiles to and the take that stands for it."""

import json
from dataclasses import asdict
from typing import Any

from app.exporters.base import FACTS, Exporter, Options, Reel, ReelShot, ReelTake

KIND = "printlight.reel/1"

Json = dict[str, Any]


class Data(Exporter):
    """The reel as it is: what a program of one's own reads."""

    id = "json"
    label = "JSON"
    suffix = "json"
    media_type = "application/json"
    group = "Scripts and data"
    used_for = "A program of one's own, a backup that can be read, a diff of two days"
    carries = dict.fromkeys(FACTS, "fields")
    lacks = (
        "The pictures themselves: it has their SHA-256. Where prompts stay home it holds neither prompts nor the shots "
        "that they are made of."
    )

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the shots in their order; the same film is the same text."""
        del options
        told = {
            "kind": KIND,
            "title": reel.title,
            "author": reel.author,
            "prompts_stay": reel.prompts_stay,
            "shots": [_shot(shot, reel) for shot in reel.shots],
        }
        return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def _shot(shot: ReelShot, reel: Reel) -> Json:
    told: Json = {
        "id": shot.id,
        "slate": shot.slate,
        "scene": shot.scene,
        "name": shot.name,
        "note": shot.note,
        "target": shot.target.id,
        "seconds": shot.said_s,
    }
    if not reel.prompts_stay:
        told["shot"] = {"kind": shot.resolved.shot.kind, **shot.document}
        told["prompt"] = _prompt(shot)
    return {**told, "take": _take(shot.take, reel) if shot.take else None}


def _prompt(shot: ReelShot) -> Json:
    compiled = shot.compiled
    return {
        "text": compiled.text,
        "negative": compiled.negative_text,
        "params": compiled.values,
        "references": [asdict(one) for one in compiled.references],
        "losses": [
            {"paths": list(one.paths), "kind": one.kind, "reason": one.reason, "sent": one.sent}
            for one in compiled.losses
        ],
    }


def _take(take: ReelTake, reel: Reel) -> Json:
    told = {
        "id": take.id,
        "number": take.number,
        "target": take.target,
        "backend": take.backend,
        "made": take.made.isoformat(),
        "circled": take.circled,
        "file": take.file_name,
        "media_type": take.media_type,
        "width": take.width,
        "height": take.height,
        "sha256": take.sha256,
    }
    asked = {"prompt": take.prompt, "negative": take.negative, "params": dict(take.params)}
    return told if reel.prompts_stay else {**told, **asked}
