"""`printlight search`: shots and takes of all films, by words, terms, numbers and names."""

import json
from argparse import Namespace

from app.jobs import open_desk
from app.library.search import Hit, plain
from app.settings import settings


def run_search(arguments: Namespace) -> int:
    """Print what a query finds, the best first; 1 where that is nothing."""
    library = open_desk(settings()).library
    asked = [library.searches.get(arguments.saved).query] if arguments.saved else []
    found = library.search.find(" ".join([*asked, *arguments.QUERY]), most=arguments.limit)
    if arguments.json:
        print(json.dumps(plain(found), ensure_ascii=False, indent=2))
        return 0 if found.hits else 1
    width = max((len(one.id) for one in found.hits), default=0)
    for one in found.hits:
        print(f"{one.id:<{width}}  {_told(one)}")
    if found.after:
        print("There are more; narrow it down, or ask for more of them with --limit.")
    return 0 if found.hits else 1


def _told(hit: Hit) -> str:
    line = "".join(run.text for run in hit.matched.line)
    why = "; ".join(one for one in (", ".join(hit.matched.facts), line) if one)
    return f"{hit.project}: {hit.slate} {hit.name}{f' ({why})' if why else ''}"
