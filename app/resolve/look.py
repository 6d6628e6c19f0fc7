"""What follows for the look: how much grain a stock shows in the gauge that it runs in."""

from app.physics import optics
from app.resolve.known import Resolved

PUSHED = 1.25
"""How much stronger grain gets with each stop of push; craft."""


def derive_grain(resolved: Resolved) -> None:
    """Derive the grain from the stock, the gauge (by enlargement against Super 35) and pushing.

    A default that shows as derived; a digital sensor does not enlarge the grain that it imitates.
    """
    stock = resolved.term("look.stock")
    sigma = stock.numbers.get("grain_sigma") if stock else None
    if stock is None or sigma is None:
        return
    because = ["look.stock"]
    gauge = resolved.term("camera.format")
    if gauge and "film" in gauge.traits and "gate_w_mm" in gauge.numbers:
        sigma *= optics.enlargement(gauge.numbers["gate_w_mm"])
        because.append("camera.format")
    if pushed := sum(term.numbers.get("stops", 0) for term in resolved.terms("look.process")):
        sigma *= PUSHED**pushed
        because.append("look.process")
    resolved.derive("look.grain_sigma", sigma, tuple(because), stock.id, term=True)
