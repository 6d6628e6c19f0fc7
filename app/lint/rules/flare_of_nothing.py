from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import FLARES, glints
from app.lint.looking import sun_deg
from app.resolve import Resolved
from app.schema.compiled import Finding


class FlareOfNothing(Rule):
    """A flare is asked for, and nothing bright shines into the lens.

    ## What
    The picture is to have streaks or a veil of stray light, and no lamp, no sun and no word for either is there.

    ## Why
    A flare is stray light of something bright, in the frame or just out of it. Where it comes from decides which way
    it points; a model that is not told draws one from nowhere, across a face as likely as not.

    ## Example
    ```toml
    [look]
    artefacts = ["look.artefact.streak_flares"]

    [place]
    where = "a plain white room"
    ```

    ## Instead
    ```toml
    [look]
    artefacts = ["look.artefact.streak_flares"]

    [lights.torch]
    role = "light.role.practical"
    visible = true
    ```

    ```toml
    [look]
    artefacts = ["look.artefact.streak_flares"]

    [place]
    where = "a plain white room, a bare bulb in the corner of the frame"
    ```
    """

    id = "flare_of_nothing"
    number = "ANA06"
    basis = "physics"
    about = FLARES

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for anything that could shine into the lens."""
        if resolved.lights:  # where they stand is flare_from_behind_the_camera's question
            return
        sun = sun_deg(resolved)
        if (sun is None or sun[1] < 0) and not glints(resolved):
            yield self.found(
                "What flares? Name the lamp or the sun, in the frame or just out of it, or drop the flare.",
                resolved.where(*FLARES),
            )
