"""What a backend can do, in words, for the page of backends."""

from collections.abc import Iterator

from app.backends import Can
from app.vocab import vocabulary

ROLE = "reference.role."


def abilities(can: Can) -> Iterator[str]:
    """Yield a short phrase for each thing that a backend takes beside a prompt."""
    roles = [role for role in vocabulary().facets["reference.role"].terms if role.id in can.roles]
    if roles:
        yield "pictures: " + ", ".join(role.label.lower() for role in roles)
    if can.most:
        yield f"{can.most} references"
    said = (
        ("strength", can.strength),
        ("negative", can.negative),
        ("seed", can.seed),
        ("progress", can.progress),
        ("stops when told", can.cancel),
        ("can be asked what became of an order", can.look_up),
    )
    yield from (name for name, is_so in said if is_so)
