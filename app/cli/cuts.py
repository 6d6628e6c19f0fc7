"""`printlight check --film`: what does not go on from shot to shot in a film of the library."""

from argparse import Namespace
from typing import Any

from app.cli.compiler import as_json, cuts_as_data, print_cuts, status_of
from app.errors import UnknownNameError
from app.jobs import open_desk
from app.pipeline import check_cuts
from app.settings import settings
from app.vocab import vocabulary


def run_film(arguments: Namespace) -> int:
    """Print the findings of each cut of a film, or of a scene of it, as the film is checked."""
    library = open_desk(settings()).library
    film = library.project(arguments.film)
    drafts = library.shots(film.id)
    if arguments.scene:
        known = sorted({draft.scene for draft in drafts if draft.scene})
        drafts = [draft for draft in drafts if draft.scene == arguments.scene]
        if not drafts:
            raise UnknownNameError("scene of this film", arguments.scene, known)
    checks = film.checks.model_copy(update={"profile": "set"} if arguments.profile == "set" else {})
    shots, scenes = [one.shot for one in drafts], [one.scene for one in drafts]
    cuts = check_cuts(shots, scenes, vocabulary(), checks)
    if arguments.json:
        print(as_json(dict[str, Any], {"cuts": cuts_as_data([one.id for one in drafts], cuts)}))
    else:
        print_cuts([f"{one.slate} {one.name}".strip() for one in drafts], cuts)
    return status_of([one for found in cuts.values() for one in found])
