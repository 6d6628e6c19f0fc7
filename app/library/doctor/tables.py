"""The database itself: whether SQLite finds its pages and indexes whole. A server looks after its own."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlmodel import Session

from app.errors import StorageError
from app.library.doctor.finding import Finding, Patient

OF_AN_INDEX = ("missing from index", "wrong # of entries in index", "non-unique entry in index")
MOST = 100
BACK = "Bring the library back from a backup: `printlight restore`."


def examine(patient: Patient) -> Iterator[Finding]:
    """Ask SQLite to read every page; and every full-text index to compare itself with its table."""
    database = patient.library.database
    if database.file is None:
        return
    with database.read() as session:
        told = [str(one) for one in session.execute(text(f"PRAGMA integrity_check({MOST})")).scalars()]
    if told != ["ok"]:
        yield _broken(patient, tuple(told))
        return
    with database.read() as session:
        query = text("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%' ORDER BY name")
        names = list(session.execute(query).scalars())
    if false := tuple(name for name in names if not _agrees(patient, name)):

        def mend() -> None:
            with database.write() as session:
                for name in false:
                    _tell(session, name, "rebuild")

        yield Finding("index.false", "A search index is not what its table says.", "It is built anew.", false, mend)


def _broken(patient: Patient, told: tuple[str, ...]) -> Finding:
    """Return what SQLite says; only an index can be made anew, from the table that it belongs to."""
    if not all(any(words in one for words in OF_AN_INDEX) for one in told):
        return Finding("database.damaged", "The database is damaged.", BACK, told)

    def mend() -> None:
        with patient.library.database.write() as session:
            session.execute(text("REINDEX"))

    return Finding("database.index", "An index of the database is damaged.", "It is built anew.", told, mend)


def _agrees(patient: Patient, name: str) -> bool:
    try:
        with patient.library.database.write() as session:
            _tell(session, name, "integrity-check")
    except StorageError:
        return False
    return True


def _tell(session: Session, index: str, what: str) -> None:
    """Give an FTS5 index one of its special commands; the 1 compares it with the table that it is of."""
    session.execute(text(f'INSERT INTO "{index}" ("{index}", rank) VALUES (:what, 1)'), {"what": what})  # noqa: S608  a name of ours
