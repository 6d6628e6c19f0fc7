from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.physics import colour
from app.schema.compiled import Finding

SEEN_MIRED = 25
"""From here on two colours of light are told apart across a cut; 10 to 20 mired are only just noticed."""


class KeyColourDrifts(CutRule):
    """A lamp changes colour, though hour and place stay.

    ## What
    The key, or any other lamp that does the same in both shots, lies more than 25 mired from its colour in the shot
    before, gels and all; or it has another hue.

    ## Why
    Mired are even steps: 25 of them is a little less than a quarter CTO, and the least that a cut shows on a face. The
    same distance in kelvin is nothing at 10000 K and a change of lamp at 2800 K. Carry the lamp over as it was, gels
    and all, and grade the whole scene.

    ## Example
    ```toml
    [before.lights.key]
    role = "light.role.key"
    cct_k = 3200

    [after.lights.key]
    role = "light.role.key"
    cct_k = 2800
    ```
    ```toml
    [before.lights.rim]
    role = "light.role.rim"
    hue = "light.hue.amber"

    [after.lights.edge]
    role = "light.role.rim"
    hue = "light.hue.cyan"
    ```

    ## Instead
    ```toml
    [before.lights.key]
    role = "light.role.key"
    cct_k = 5600

    [after.lights.key]
    role = "light.role.key"
    cct_k = 6000
    ```
    """

    id = "key_colour_drifts"
    number = "CUT06"
    basis = "derived: mired"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare the lamps that do the same in both shots."""
        for was, now in cut.lamps:
            role = str(cut.after.shot.lights[now].role).rpartition(".")[2].replace("_", " ")
            before, after = cut.before.number(f"lights.{was}.seen_k"), cut.after.number(f"lights.{now}.seen_k")
            if before and after and abs(shift := colour.shift(after, before)) > SEEN_MIRED:
                way = "warmer" if shift > 0 else "cooler"
                yield self.found(
                    f"The {role} was {before:.0f} K in the shot before and is {after:.0f} K now: {abs(shift):.0f} "
                    f"mired {way}, where {SEEN_MIRED} are seen.",
                    *_paths(cut, now, "cct_k", "gels", "source"),
                    fix=cut.as_before(*_each(was, now, "cct_k", "gels", "source")),
                )
            elif _hue(cut, was, now):
                yield self.found(
                    f"The {role} has another hue than in the shot before: carry the lamp over as it was.",
                    *_paths(cut, now, "hue", "hex"),
                    fix=cut.as_before(*_each(was, now, "hue", "hex")),
                )


def _hue(cut: Cut, was: str, now: str) -> bool:
    pairs = [(cut.before.value(one), cut.after.value(other)) for one, other in _each(was, now, "hue", "hex")]
    return any(before and after and str(before).casefold() != str(after).casefold() for before, after in pairs)


def _paths(cut: Cut, now: str, *names: str) -> tuple[str, ...]:
    said = tuple(path for path in (f"lights.{now}.{name}" for name in names) if path in cut.after.said)
    return said or (f"lights.{now}.{names[0]}",)


def _each(was: str, now: str, *names: str) -> list[tuple[str, str]]:
    return [(f"lights.{was}.{name}", f"lights.{now}.{name}") for name in names]
