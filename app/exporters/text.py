"""Prompts as plain text, each under the name of its shot: for a field of any model's own page."""

from app.exporters.base import Exporter, Options, Reel, ReelShot


class Text(Exporter):
    """Each shot's prompt for its target, with what stays out and the parameters that go beside it."""

    id = "text"
    label = "Prompts as text"
    suffix = "txt"
    media_type = "text/plain; charset=utf-8"
    group = "Models and their programs"
    used_for = "A model's own page, a mail, a note"
    carries = {"order": "words", "slate": "words", "prompt": "words", "negative": "words", "params": "words"}
    lacks = "What the model's prompt cannot hold is lost, as the losses of each shot say."
    needs_prompts = True

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the prompts in the order of the film, with a line between them."""
        del options
        return ("\n\n".join(_told(shot) for shot in reel.shots) + "\n").encode()


def _told(shot: ReelShot) -> str:
    compiled = shot.compiled
    lines = [f"{shot.title} ({shot.target.label})", compiled.text]
    if compiled.negative:
        lines.append("Keep out: " + "".join(part.text for part in compiled.negative))
    lines += [f"{name}: {param.value}" for name, param in compiled.params.items()]
    return "\n".join(lines)
