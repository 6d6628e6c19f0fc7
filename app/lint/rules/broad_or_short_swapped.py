from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import head_turned, round_face
from app.lint.looking import chosen
from app.patch import at
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

BROAD, SHORT = "lighting.broad.broad", "lighting.broad.short"


class BroadOrShortSwapped(Rule):
    """The key lights the other side of the face than broad or short says.

    ## What
    Broad lighting is named and the key lights the cheek that is turned away from the camera, or short lighting and it
    lights the near one. Nothing is said while the head is turned by less than 10 degrees, or the key stands within 15
    degrees of the axis of the face.

    ## Why
    Broad light falls on the side that the camera sees more of and widens the face; short light falls on the far side,
    leaves the near one in shadow and narrows it.

    ## Example
    ```toml
    [lighting]
    broad = "lighting.broad.short"

    [subjects.mara]
    facing_deg = -40

    [lights.key]
    role = "light.role.key"
    azimuth_deg = 30
    ```

    ## Instead
    ```toml
    [lighting]
    broad = "lighting.broad.short"

    [subjects.mara]
    facing_deg = -40

    [lights.key]
    role = "light.role.key"
    azimuth_deg = -70
    ```
    """

    id = "broad_or_short_swapped"
    number = "LIT11"
    severity = "error"
    basis = "geometry; definition"
    needs = ("lights",)
    about = (BROAD, SHORT)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the side that the key lights with the side that the camera sees."""
        path, key = chosen(resolved, BROAD, SHORT), resolved.key
        if not path or not key:
            return
        azimuth = round_face(resolved, key)
        if azimuth is None:
            return
        lights = light.side_of_face(azimuth, head_turned(resolved, key))
        asked = BROAD if resolved.where(BROAD) == path else SHORT
        if not lights or asked.endswith(lights):
            return
        side = "the side that the camera sees" if lights == "broad" else "the side turned away from the camera"
        yield self.found(
            f"The {key} lights {side}: that is {lights} lighting.",
            path,
            f"lights.{key}.azimuth_deg",
            fix=at("lighting.broad", f"lighting.broad.{lights}") if path == "lighting.broad" else None,
        )
