"""Orders and targets to shoot."""

from typing import Any

from app.backends.base import Attachment, Order
from app.schema import Shot
from app.vocab import Target
from app.vocab.targets import Facts
from tests.backends.fakes.pictures import picture

TEXT = "A medium close-up of Mara at a window, rain on the glass."
FACTS = Facts(date="2026-11-20", confidence="vendor")
UNI1 = Target(
    id="uni-1",
    label="Uni-1",
    medium="image",
    dialect="labels",
    facts=FACTS,
    aspects=("16:9", "1:1", "2:1"),
    usd={"image": 0.0404, "reference": 0.003},
)
SDXL = Target(id="sdxl", label="SDXL", medium="image", dialect="tags", facts=FACTS)


def order(target: Target = UNI1, **changes: Any) -> Order:
    """Return an order with some fields changed."""
    return Order(**{"ref": "job-12a", "target": target, "shot": Shot(), "text": TEXT, **changes})


def reference(slot: int, **changes: Any) -> Attachment:
    """Return a reference whose colour tells its slot."""
    colour = f"#{slot:02x}0000"
    usual = {"slot": slot, "role": "reference.role.style", "content": picture(colour=colour)}
    return Attachment(**{**usual, "media_type": "image/png", **changes})
