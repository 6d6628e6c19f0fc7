from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

MULTIPLE, SINGLE = "light.shadow.multiple", "lighting.setup.single_source"


class ShadowsWithoutLamps(Rule):
    """Several shadows are to fall, and there is one source.

    ## What
    A lamp's shadow is multiple, and it is the only lamp of the shot, or the set-up is a single source.

    ## Why
    Each source casts one shadow of a thing. Two shadows of a hand on the wall tell everybody that there are two lamps.

    ## Example
    ```toml
    [lighting]
    setup = "lighting.setup.single_source"

    [lights.key]
    role = "light.role.key"
    shadow = "light.shadow.multiple"
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    shadow = "light.shadow.multiple"

    [lights.second]
    slot = 1
    shadow = "light.shadow.multiple"
    ```
    """

    id = "shadows_without_lamps"
    number = "LIT26"
    basis = "physics"
    needs = ("lights",)
    about = (MULTIPLE,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Count the sources of a multiple shadow."""
        path = chosen(resolved, MULTIPLE)
        single = chosen(resolved, SINGLE)
        if not path or (len(resolved.lights) > 1 and not single):
            return
        yield self.found(
            "One source casts one shadow: for several, add the lamps that cast them.",
            path,
            *([single] if single else []),
            fix=at(path, None) if path.endswith(".shadow") else None,
        )
