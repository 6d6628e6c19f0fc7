from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.physics import colour
from app.schema.compiled import Finding

SEEN_MIRED = 25


class WhiteBalanceJumps(CutRule):
    """The camera is balanced otherwise than in the shot before.

    ## What
    The white balance lies more than 25 mired from that of the shot before, at the same hour in the same place. A stock
    has a balance too: daylight stock after tungsten stock is the same jump.

    ## Why
    Another balance turns every lamp at once: what was white is blue or amber after the cut. A scene has one balance,
    and what is to be warm in it gets a warm lamp.

    ## Example
    ```toml
    [before.camera]
    white_balance_k = 5600

    [after.camera]
    white_balance_k = 4300
    ```

    ## Instead
    ```toml
    [before.camera]
    white_balance_k = 5600

    [after.camera]
    white_balance_k = 6000
    ```
    """

    id = "white_balance_jumps"
    number = "CUT07"
    basis = "derived: mired"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two balances in mired."""
        balances = cut.numbers("camera.white_balance_k")
        if balances is None:
            return
        was, now = balances
        shift = colour.shift(was, now)
        if abs(shift) > SEEN_MIRED:
            reads = "warmer" if shift > 0 else "cooler"
            paths = [one for one in ("camera.white_balance_k", "camera.balance", "look.stock") if one in cut.after.said]
            path = paths[0] if paths else "camera.white_balance_k"
            yield self.found(
                f"The balance was {was:.0f} K in the shot before and is {now:.0f} K now, {abs(shift):.0f} mired away: "
                f"everything turns {reads} at the cut.",
                path,
                fix=cut.as_before("camera.balance", "camera.white_balance_k"),
            )
