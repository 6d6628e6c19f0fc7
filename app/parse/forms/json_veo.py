"""The JSON prompts that people write for Veo; no maker has defined them."""

from app.parse.forms._objects import ObjectForm


class JsonVeo(ObjectForm):
    """`shot`, `subject`, `scene`, `visual_details`, `cinematography`, `audio`."""

    id = "json_veo"
    label = "Veo JSON"
    order = 32
    target = "veo-3.1"
    marks = (
        frozenset({"shot", "subject"}),
        frozenset({"shot", "scene"}),
        frozenset({"visual_details"}),
        frozenset({"cinematography", "audio"}),
    )
