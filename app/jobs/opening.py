"""Opens what the doors share: the library in the data folder, and the way to each backend."""

from app.backends import Access, backends
from app.db import Database
from app.files import Pictures
from app.jobs.desk import Desk
from app.library import Library, Vault
from app.settings import Settings


def open_desk(found: Settings) -> Desk:
    """Return a desk on the library of these settings; its tables are up to date."""
    library = Library(Database(found.database_url), Pictures(found.pictures), found.author)
    library.open()
    access = {kind: Access(url or backends[kind].default_url, key) for kind, (url, key) in found.reach.items()}
    return Desk(library, access, Vault(found.data / "secret.key", found.secret))
