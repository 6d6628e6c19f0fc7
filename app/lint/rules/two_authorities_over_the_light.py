from app.lint.references import LIGHT_COLOUR, LIGHT_DIRECTION, AgainstPicture, Fight


class TwoAuthoritiesOverTheLight(AgainstPicture):
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
    over = {
        LIGHT_DIRECTION: (
            *("lights.*.side", "lights.*.direction", "lights.*.pattern"),
            *("lights.*.azimuth_deg", "lights.*.elevation_deg"),
        ),
        LIGHT_COLOUR: ("lights.*.cct_k", "lights.*.gels", "lights.*.hex", "lights.*.hue"),
    }
    at_once = True

    def says(self, fight: Fight) -> str:
        """Say which lamps speak of the same light as a picture."""
        lamps = " and the ".join(dict.fromkeys(path.split(".")[1] for path in fight.paths))
        return (
            f"Two authorities over {fight.parts}: the reference {fight.name}, and the {lamps}. Where they differ, the "
            "model lights from both."
        )
