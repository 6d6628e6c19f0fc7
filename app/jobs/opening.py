"""Opens what the doors share: the library in the data folder, and the way to each backend."""

from app.backends import Access, backends
from app.db import Database
from app.files import Bucket, Pictures
from app.files.credentials import seal
from app.jobs.desk import Desk
from app.library import Library, Vault
from app.settings import Settings, key_in


def open_desk(found: Settings) -> Desk:
    """Return a desk on the library of these settings; its tables are up to date."""
    library = library_of(found)
    library.open()
    return Desk(library, _given(found), Vault(found.data / "secret.key", found.secret))


def library_of(found: Settings) -> Library:
    """Return the library of these settings, not opened yet: nothing of it is read or written."""
    pictures = Pictures(Bucket(found.bucket, found.bucket_access) if found.bucket else found.pictures)
    given = found.sealing
    sealed = seal(given.certificate, given.key, given.clock_url) if given else None
    return Library(Database(found.database_url), pictures, found.author, sealed)


def _given(found: Settings) -> dict[str, Access]:
    """Return the backends that the environment, or the file of a key, says anything of."""
    given = {}
    for backend in backends.values():
        url, key = (found.environment.get(name, "").strip() for name in backend.variables)
        if not key and backend.key_file:
            key = key_in(found.data / backend.key_file)
        if url or key:
            given[backend.id] = Access(url or backend.default_url, key)
    return given
