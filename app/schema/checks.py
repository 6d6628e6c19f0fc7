"""How a film is checked: by which profile, and which checks it leaves out, with a reason each."""

from typing import Literal

from app.schema.fields import Doc, Text

Profile = Literal["picture", "set"]
"""What is looked at: what one image can show, or also what a rental house and a physical camera allow."""


class Checks(Doc):
    """A project's choice; `silence` holds a reason for every code that is left out."""

    profile: Profile = "picture"
    silence: dict[str, Text] = {}


EVERYTHING = Checks()
"""The default: what a picture can show, and no check left out."""
