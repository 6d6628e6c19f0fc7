from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.physics import colour
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.shot import Light
from app.vocab import Term

WARM = frozenset({"light.hue.amber", "light.hue.yellow", "light.hue.red"})
COOL = frozenset({"light.hue.blue", "light.hue.cyan", "light.hue.teal", "light.hue.moon_blue"})


class GelTheWrongWay(Rule):
    """A gel moves a lamp away from the colour that it is to have.

    ## What
    A lamp has an orange and a blue gel at once; or it is to be warm and its gels cool it, or the other way round, and
    on the balance it does not read so all the same; or
    its gels take it further from the lamp that motivates it, when without them it would match better.

    ## Why
    CTO adds mired and warms, CTB takes mired away and cools. CTO brings daylight down to tungsten; CTB brings tungsten
    up to daylight. The other way round the difference doubles.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    source = "light.source.daylight"
    gels = ["light.gel.ctb_1_2"]
    hue = "light.hue.amber"
    ```
    ```toml
    [lights.window]
    role = "light.role.back"
    source = "light.source.daylight"

    [lights.key]
    slot = 1
    role = "light.role.key"
    source = "light.source.tungsten"
    gels = ["light.gel.cto_full"]
    motivated_by = "window"
    ```

    ## Instead
    ```toml
    [lights.window]
    role = "light.role.back"
    source = "light.source.daylight"

    [lights.key]
    slot = 1
    role = "light.role.key"
    source = "light.source.tungsten"
    gels = ["light.gel.ctb_full"]
    motivated_by = "window"
    ```
    """

    id = "gel_the_wrong_way"
    number = "COL05"
    severity = "error"
    basis = "derived: mired"
    needs = ("lights.*.gels",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every lamp with gels."""
        for name, lamp in resolved.lights:
            path = f"lights.{name}.gels"
            gels = [gel for gel in resolved.terms(path) if gel.numbers.get("mired")] if lamp.gels else []
            if gels and (wrong := self._wrong(resolved, name, lamp, gels)):
                message, other = wrong
                yield self.found(message, path, *([other] if other else []), fix=at(path, None))

    def _all_the_same(self, resolved: Resolved, name: str, total: float) -> bool:
        """Tell whether a lamp still reads as wanted: tungsten with quarter blue is amber on a daylight balance."""
        shift = resolved.number(f"lights.{name}.shift_mired")
        return shift is not None and shift * total < 0 and abs(shift) > colour.JUST_NOTICED_MIRED

    def _wrong(self, resolved: Resolved, name: str, lamp: Light, gels: list[Term]) -> tuple[str, str] | None:
        """Return what is wrong with a lamp's gels, and the path of what they are wrong for."""
        shifts = [gel.numbers["mired"] for gel in gels]
        total, words = sum(shifts), " and ".join(gel.label for gel in gels)
        if min(shifts) < 0 < max(shifts):
            return f"The {name} has {words}: the one warms, the other cools. Keep one.", ""
        moved = "warms" if total > 0 else "cools"
        if lamp.hue in (COOL if total > 0 else WARM) and not self._all_the_same(resolved, name, total):
            hue = resolved.term(f"lights.{name}.hue")
            wanted = hue.phrase if hue else "the opposite"
            return f"The {name} is to be {wanted}, and {words} {moved} it.", f"lights.{name}.hue"
        motive = lamp.motivated_by
        bare = resolved.number(f"lights.{name}.cct_k")
        match = resolved.number(f"lights.{motive}.seen_k") if isinstance(motive, str) else None
        if bare is None or match is None:
            return None
        apart = colour.shift(match, bare)
        if abs(apart) <= colour.JUST_NOTICED_MIRED or apart * total > 0:
            return None
        message = f"The {name} is to match the {motive}, and {words} {moved} it: that is the wrong way."
        return message, f"lights.{name}.motivated_by"
