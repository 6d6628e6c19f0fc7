"""Lines for Midjourney: a shot each, with its flags, as they are pasted into Discord or typed on its site."""

from app.exporters.base import Exporter, Options, Reel, ReelShot

COMMAND = "/imagine prompt: "


class Midjourney(Exporter):
    """Each shot's line under its title; a shot for another model is worded anew for Midjourney V8.1."""

    id = "midjourney"
    label = "Midjourney lines"
    suffix = "txt"
    media_type = "text/plain; charset=utf-8"
    group = "Models and their programs"
    used_for = "Midjourney, line by line"
    carries = {"order": "words", "slate": "words", "prompt": "fields"}
    lacks = (
        "Everything that Midjourney's prompt has no words for: length, sound, exact levels. Reference pictures, except "
        "style pictures that have a public address. Lines for other models are worded anew for V8.1."
    )
    needs_prompts = True
    targets = ("midjourney-8.1", "midjourney-7")

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the lines in the order of the film."""
        del options
        return ("\n\n".join(_told(shot) for shot in reel.shots) + "\n").encode()


def _told(shot: ReelShot) -> str:
    """Return a title and a line: Midjourney takes a line break for the end of a prompt."""
    return f"{' '.join(shot.title.split())}\n{COMMAND}{' '.join(shot.compiled.text.split())}"
