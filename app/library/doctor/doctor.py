"""The round: places first, then tables, rows, documents, takes and files."""

from collections.abc import Callable, Iterator

from app.errors import PrintlightError
from app.library.doctor import documents, files, index, places, rows, tables, takes
from app.library.doctor.finding import Finding, Patient

Examination = Callable[[Patient], Iterator[Finding]]

WITHOUT_ROWS: tuple[Examination, ...] = (places.examine,)
WITH_ROWS: tuple[Examination, ...] = (
    tables.examine,
    rows.examine,
    documents.examine,
    takes.examine,
    files.examine,
    index.examine,
)


def examine(patient: Patient) -> list[Finding]:
    """Return all that is wrong. Others may read and save meanwhile."""
    found = [one for look in WITHOUT_ROWS for one in look(patient)]
    try:
        if not patient.library.database.version:
            return found
        patient.library.database.migrate()
        for look in WITH_ROWS:
            found += look(patient)
    except PrintlightError as error:
        found.append(Finding("unreadable", error.message, error.hint))
    return found
