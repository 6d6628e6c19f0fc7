"""An OpenTimelineIO timeline: the cut for Resolve, Premiere, Hiero and others, with every shot whole beside it."""

from app.exporters._timeline import timeline
from app.exporters.base import Exporter, Options, Reel


class OpenTimelineIO(Exporter):
    """One video track with a clip a shot, in whole frames at the film's rate; its picture is named, not held."""

    id = "otio"
    label = "OpenTimelineIO"
    suffix = "otio"
    media_type = "application/vnd.opentimelineio+json"
    group = "The cut"
    used_for = "An editing program; Printlight reads the shots of the file back whole"
    carries = {
        "order": "fields",
        "slate": "fields",
        "note": "fields",
        "duration": "fields",
        "transition": "fields",
        "frame": "fields",
        "camera": "fields",
        "move": "fields",
        "light": "fields",
        "look": "fields",
        "people": "fields",
        "place": "fields",
        "sound": "fields",
        "prompt": "fields",
        "negative": "fields",
        "params": "fields",
        "references": "fields",
        "take": "fields",
        "document": "fields",
    }
    lacks = (
        "The pictures themselves: a clip names the file of its take, which lies beside it. What is no cut, length, "
        "note or camera move stands in the metadata, where Printlight reads it and an editing program keeps it unread. "
        "Fades in and wipes are cuts."
    )

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the timeline as JSON."""
        del options
        return f"{timeline(reel).to_json_string(indent=2)}\n".encode()
