"""`printlight films`: the films that there are, and what of each may leave this machine."""

import json
from argparse import Namespace

from app.errors import BadInputError
from app.jobs import open_desk
from app.schema.documents import Project
from app.settings import settings


def run_films(arguments: Namespace) -> int:
    """Print every film with what may leave, or one; what is said of one is kept first."""
    library = open_desk(settings()).library
    if (arguments.local or arguments.prompts_stay) and not arguments.FILM:
        raise BadInputError("Which film?", hint="Name it: printlight films FILM --local yes.")
    if arguments.local:
        library.set_local(arguments.FILM, local=arguments.local == "yes")
    if arguments.prompts_stay:
        library.set_prompts_stay(arguments.FILM, stay=arguments.prompts_stay == "yes")
    found = [library.project(arguments.FILM)] if arguments.FILM else library.projects()
    if arguments.json:
        told = [one.model_dump(mode="json", exclude={"checks"}) for one in found]
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    width = max((len(one.id) for one in found), default=0)
    for one in found:
        print(f"{one.id:<{width}}  {one.name}: {_leaving(one)}")
    return 0


def _leaving(film: Project) -> str:
    where = "stays on this machine" if film.local else "may be shot anywhere"
    return f"{where}; copies leave {'without' if film.prompts_stay else 'with'} prompt and shot"
