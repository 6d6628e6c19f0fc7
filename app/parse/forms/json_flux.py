"""The JSON prompts of FLUX.2, in both shapes that its makers show."""

from app.parse.forms._objects import ObjectForm


class JsonFlux(ObjectForm):
    """`scene`, which may hold the frame too, `subjects`, `style`, `camera`; or `technical` and `colors`."""

    id = "json_flux"
    label = "FLUX.2 JSON"
    order = 31
    target = "flux-2-json"
    keys = {"scene": ""}
    marks = (
        frozenset({"scene", "subjects"}),
        frozenset({"subjects", "camera", "lighting"}),
        frozenset({"subjects", "technical"}),
    )
