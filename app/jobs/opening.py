"""Opens what the doors share: the library in the data folder, and the way to each backend."""

from app.backends import Access, backends
from app.db import Database
from app.files import Bucket, Pictures
from app.files.credentials import seal
from app.jobs.desk import Desk
from app.library import Library, Vault
from app.settings import Settings


def open_desk(found: Settings) -> Desk:
    """Return a desk on the library of these settings; its tables are up to date."""
    pictures = Pictures(Bucket(found.bucket, found.bucket_access) if found.bucket else found.pictures)
    given = found.sealing
    sealed = seal(given.certificate, given.key, given.clock_url) if given else None
    library = Library(Database(found.database_url), pictures, found.author, sealed)
    library.open()
    access = {kind: Access(url or backends[kind].default_url, key) for kind, (url, key) in found.reach.items()}
    return Desk(library, access, Vault(found.data / "secret.key", found.secret))
