import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.hearing import texts
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

FLAT = ("lighting.style.flat", "light.pattern.flat", "lighting.contrast.flat")
TEXTURE = ("framing.device.texture_detail",)
RAKING_DEG = 60
ROUGH = re.compile(
    r"\b(?:craggy|weather-?beaten|deeply (?:lined|textured)|rough(?:ly)? textured?|every (?:pore|wrinkle|crease))\b",
    re.IGNORECASE,
)


class FlatLightForTexture(Rule):
    """The light is flat, and the picture is about texture.

    ## What
    Flat lighting is picked beside texture: as a composition of texture and detail, or in words such as craggy,
    weather-beaten, every pore. A lamp that rakes from 60 degrees or more lifts it.

    ## Why
    Texture is small shadows. Light from beside the lens hides them behind what casts them; from 70 to 110 degrees it
    draws each one.

    ## Example
    ```toml
    [lighting]
    style = "lighting.style.flat"

    [subjects.keeper]
    description = "an old keeper with a craggy face"
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    azimuth_deg = -85

    [subjects.keeper]
    description = "an old keeper with a craggy face"
    ```
    """

    id = "flat_light_for_texture"
    number = "LIT33"
    basis = "craft"
    about = FLAT

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for texture, then for a lamp that rakes."""
        flat = chosen(resolved, *FLAT)
        if not flat:
            return
        rough = chosen(resolved, *TEXTURE) or next((path for path, text in texts(resolved) if ROUGH.search(text)), "")
        if not rough:
            return
        for name, _ in resolved.lights:
            if abs(resolved.number(f"lights.{name}.camera_azimuth_deg") or 0) >= RAKING_DEG:
                return
        yield self.found("Texture needs light that rakes, from 70° to 110°; flat light hides it.", flat, rough)
