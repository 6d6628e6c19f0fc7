"""Any other JSON: its keys are taken at their word."""

from app.parse.forms._objects import ObjectForm
from app.parse.forms.base import Given


class JsonAny(ObjectForm):
    """An object of words, or a list of such objects, each of them a shot."""

    id = "json_any"
    label = "JSON"
    order = 39

    def recognises(self, given: Given) -> bool:
        """Take all that is JSON and of no better known kind."""
        return given.is_json()
