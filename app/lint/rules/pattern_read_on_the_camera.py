from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import head_turned, meant_on_face, round_face
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding


class PatternReadOnTheCamera(Rule):
    """A light's azimuth fits its pattern only when it is read on the face, and it is read on the camera.

    ## What
    A pattern is named, the head is turned by 10 degrees or more, and the azimuth, read from the camera, misses the
    pattern; read from where the face points, the same number would draw it.

    ## Why
    A pattern stands between the light and the face. When the head turns, the lamp must go with it: the azimuth on the
    face is the one on the camera plus how far round the face the camera looks.

    ## Example
    ```toml
    [subjects.mara]
    facing_deg = 40

    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.rembrandt"
    azimuth_deg = 45
    elevation_deg = 45
    ```

    ## Instead
    ```toml
    [subjects.mara]
    facing_deg = 40

    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.rembrandt"
    frame = "face"
    azimuth_deg = 45
    elevation_deg = 45
    ```
    """

    id = "pattern_read_on_the_camera"
    number = "LIT10"
    basis = "geometry"
    needs = ("lights.*.pattern", "lights.*.azimuth_deg")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every light whose number would be right on the face."""
        for name, lamp in resolved.lights:
            term = resolved.term(f"lights.{name}.pattern") if lamp.pattern else None
            if term is None or not meant_on_face(resolved, name, lamp, term):
                continue
            turned, azimuth = head_turned(resolved, name), round_face(resolved, name) or 0
            yield self.found(
                f"{term.label} at {lamp.azimuth_deg:g}° is right on the face; read on the camera, with the head turned "
                f"{abs(turned):.0f}°, the {name} stands {abs(azimuth):.0f}° round it.",
                f"lights.{name}.frame",
                f"lights.{name}.azimuth_deg",
                fix=at(f"lights.{name}.frame", "face"),
            )
