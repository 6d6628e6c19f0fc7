"""A shot that begins on a take's picture and moves from there."""

from app.backends import backends
from app.errors import BadInputError
from app.jobs import Desk
from app.patch import merge
from app.schema import read_data
from app.schema.documents import Draft, Take
from app.vocab import Target, vocabulary

START = "reference.role.start_frame"


def set_in_motion(desk: Desk, take: Take) -> Draft:
    """Add the shot of a take once more, at the end of its film, with the picture as its first frame."""
    if not take.picture or not (take.media_type or "").startswith("image/"):
        raise BadInputError("Only a still can be set in motion.", hint="Choose a take that is a picture.")
    draft, document = desk.library.shot(take.shot_id), desk.library.takes.document(take.id)
    slot = 1 + max((one.get("slot", 0) for one in document.get("references", {}).values()), default=-1)
    start = {"role": START, "asset": take.picture, "slot": slot}
    kept = {key: None for key, one in document.get("references", {}).items() if one.get("role") == START}
    moving = merge(document, {"references": {**kept, "start_frame": start}})
    target = vocabulary().target(draft.target)
    written_for = target if target.medium == "video" else _newest(desk)
    name = f"{draft.name}, moving"[:120]
    return desk.library.add_like(draft.id, name, read_data(moving), written_for.id)


def _newest(desk: Desk) -> Target:
    """Return the newest model of clips that begins on a picture: one that is shot here already, before any other."""
    opened = [desk.connections.open(one) for one in desk.connections.named()]
    here = [kind for kind, access in opened if START in kind.can(access).roles]
    known = [kind for kind in backends.values() if START in kind.abilities.roles]
    clips = [one for one in vocabulary().targets.values() if START in one.references.fields and not one.retired]
    for kinds in (here, known):
        found = [one for one in clips if any(kind.serves(one.id) for kind in kinds)]
        if found:
            return max(found, key=lambda one: (one.facts.date, one.id))
    raise BadInputError("No backend begins a clip on a picture.", hint="Write the shot for a model of clips first.")
