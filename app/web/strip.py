"""What the strip of takes is drawn from."""

from typing import Any

from app.backends import backends
from app.backends.base import CONTROLS, MASK
from app.jobs import Desk
from app.schema.slates import take_name
from app.vocab import vocabulary


def strip(desk: Desk, shot: str) -> dict[str, Any]:
    """Return a shot's takes, where each was made, and the roles that a take's picture may have in the next one."""
    roles = vocabulary().facets["reference.role"].terms
    return {
        "takes": desk.library.takes.of_shot(shot),
        "slate": desk.library.shot(shot).slate,
        "take_name": take_name,
        "places": desk.connections.named(),
        "backends": backends,
        "previews": frozenset(desk.previews),
        "roles": [role for role in roles if role.id not in {*CONTROLS, MASK}],
    }
