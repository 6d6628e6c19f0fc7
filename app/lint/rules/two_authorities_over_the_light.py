from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.references import LIGHT_COLOUR, LIGHT_DIRECTION, lent, sent, told
from app.resolve import Resolved
from app.schema.compiled import Finding

OVER = {
    LIGHT_DIRECTION: ("side", "direction", "pattern", "azimuth_deg", "elevation_deg"),
    LIGHT_COLOUR: ("cct_k", "gels", "hex", "hue"),
}
"""What the light of a picture decides, among the fields of a lamp."""


class TwoAuthoritiesOverTheLight(Rule):
    """A picture lights the shot, and so do the lamps.

    ## What
    A reference lends the direction or the colour of its light, and a lamp says where it stands or what colour it is.

    ## Why
    Where both say the same, the words hold the picture to what was meant. Where they differ, the model lights from
    both, and the shadows fall two ways. Let the picture lend what the lamps leave open: its colour beside lamps that
    have a place, its direction beside lamps that have a colour.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    direction = "light.direction.side"
    side = "left"
    cct_k = 3200

    [references.lamplight]
    role = "reference.role.lighting"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    direction = "light.direction.side"
    side = "left"

    [references.lamplight]
    role = "reference.role.lighting"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    take = ["reference.aspect.light_colour"]
    ```
    """

    id = "two_authorities_over_the_light"
    number = "REF03"
    severity = "info"
    basis = "craft"
    needs = ("references", "lights")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare what each picture lends of its light with what the lamps say."""
        for name, reference in sent(resolved):
            fought = {aspect: paths for aspect in lent(reference) if (paths := _said(resolved, aspect))}
            if fought:
                paths = tuple(path for some in fought.values() for path in some)
                layers = " and ".join(resolved.vocabulary.terms[aspect].phrase for aspect in fought)
                lamps = " and the ".join(dict.fromkeys(path.split(".")[1] for path in paths))
                yield self.found(
                    f"Two authorities over {layers}: the reference {name}, and the {lamps}. Where they differ, the "
                    "model lights from both.",
                    f"references.{name}.role",
                    *paths,
                )


def _said(resolved: Resolved, aspect: str) -> tuple[str, ...]:
    """Return where the lamps say what an aspect of a picture decides."""
    return told(resolved, *(f"lights.{lamp}.{field}" for lamp, _ in resolved.lights for field in OVER.get(aspect, ())))
