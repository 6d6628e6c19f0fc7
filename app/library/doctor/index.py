"""The search index: whether it knows every shot and take, and as each is now."""

from collections.abc import Iterator

from sqlalchemy.exc import NoResultFound

from app.library.doctor.finding import Finding, Patient


def examine(patient: Patient) -> Iterator[Finding]:
    """Ask the index what it has missed. Rows that were mended by hand it has not seen, so it is asked last."""
    index = patient.library.index
    try:
        faults = index.faults()
    except (ValueError, NoResultFound):  # rows that cannot be read, which others tell
        return
    if faults:

        def mend() -> None:
            index.rebuild()

        what, how = "The search index is not up to date.", "It is written anew."
        yield Finding("index.stale", what, how, tuple(faults), mend)
