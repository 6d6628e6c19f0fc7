"""The JSON caption of Ideogram 4."""

from app.parse.forms._objects import ObjectForm


class JsonIdeogram(ObjectForm):
    """`high_level_description`, `style_description` and `compositional_deconstruction`, with one element a thing."""

    id = "json_ideogram"
    label = "Ideogram caption"
    order = 30
    target = "ideogram-4"
    marks = (frozenset({"compositional_deconstruction"}), frozenset({"high_level_description"}))
    keys = {"text": "@lettering"}
