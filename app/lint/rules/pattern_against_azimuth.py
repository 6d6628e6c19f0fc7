from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding


class PatternAgainstAzimuth(Rule):
    """A lighting pattern is named, and the light stands where it cannot draw it.

    ## What
    The light's azimuth, read on the face, lies outside the range of the pattern that it is said to make.

    ## Why
    Patterns are geometry: Rembrandt's triangle needs a key some 40 to 65 degrees round the face, split one near 90.
    A light from behind draws an edge, whatever it is called. Neither of the two is changed for you.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.rembrandt"
    azimuth_deg = -130
    elevation_deg = 40
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.rembrandt"
    azimuth_deg = -48
    elevation_deg = 40
    ```
    """

    id = "pattern_against_azimuth"
    severity = "error"
    needs = ("lights",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every light that has both a pattern and a place."""
        for name, lamp in resolved.lights:
            place = f"lights.{name}"
            term = resolved.term(f"{place}.pattern")
            azimuth = resolved.number(f"{place}.camera_azimuth_deg")
            if term is None or azimuth is None or f"{place}.azimuth_deg" not in resolved.said:
                continue
            camera = resolved.number("camera.set_azimuth_deg") or 0
            owner = lamp.face_of or lamp.aimed_at or resolved.hero
            facing = resolved.number(f"subjects.{owner}.facing_deg")
            on_face = abs(light.wrapped(azimuth + camera - (camera if facing is None else facing)))
            low, high = (term.numbers.get(f"azimuth_abs_{end}_deg") for end in ("min", "max"))
            if low is not None and high is not None and not low <= on_face <= high:
                rise = resolved.number(f"{place}.elevation_deg") or 0
                drawn = light.pattern(on_face, rise)
                fits = f"light.pattern.{drawn}"
                yield self.found(
                    f"At {on_face:.0f}° round the face the {name} draws {DRAWS[drawn]}, not {term.label}, "
                    f"which needs {low:g}° to {high:g}°.",
                    f"{place}.pattern",
                    f"{place}.azimuth_deg",
                    fix=at(f"{place}.pattern", fits if fits in resolved.vocabulary.terms else None),
                )


DRAWS = {
    "flat": "a flat front light",
    "butterfly": "a butterfly",
    "loop": "a loop",
    "rembrandt": "Rembrandt's triangle",
    "split": "a split",
    "back": "an edge from behind",
}
