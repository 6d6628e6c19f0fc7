"""CinePrompt's own state, by the crosswalk that reads it, the other way round."""

import json
from typing import Any

from app.exporters._crosswalk import fields_of
from app.exporters.base import Exporter, Options, Reel, ReelShot
from app.importers._names import Names


class CinePrompt(Exporter):
    """One state; several shots stand in it as CinePrompt has them, one behind the other."""

    id = "cineprompt"
    label = "CinePrompt"
    suffix = "json"
    media_type = "application/json"
    group = "Models and their programs"
    used_for = "CinePrompt's form, filled in"
    carries = {
        "order": "fields",
        "frame": "fields",
        "camera": "fields",
        "move": "fields",
        "look": "fields",
        "people": "fields",
        "place": "fields",
        "sound": "fields",
    }
    lacks = (
        "Everything that CinePrompt's form has no field for: lamps by place, Kelvin and stops, exposure, marks, ratio, "
        "length, references, slates. It speaks of one subject: others are lost. A term goes by Printlight's name for "
        "it where CinePrompt's own is not known."
    )

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the state."""
        del options
        vocabulary = reel.shots[0].resolved.vocabulary
        names = Names(vocabulary.crosswalks[self.id], vocabulary)
        states = [_state(shot, names) for shot in reel.shots]
        whole = {"mode": "single", **states[0]} if len(states) == 1 else {"mode": "multi_shot", "shots": states}
        return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()


def _state(shot: ReelShot, names: Names) -> dict[str, Any]:
    form, fields = fields_of(shot.resolved.shot, names)
    return {"subjectType": form, "fields": fields}
