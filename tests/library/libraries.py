"""Small libraries to keep, to lose and to mend."""

from typing import Any

from sqlmodel import create_engine

from app import db
from app.library import Library
from app.library.keeping.rows import rows_of, tables
from app.pipeline import compile_shot
from app.schema import read_data
from app.vocab import vocabulary
from tests.backends.fakes.pictures import picture

FILM = "The Ferry"
SHOT = {"camera": {"focal_mm": 35}, "subjects": {"mara": {"slot": 1, "description": "a clé, 1½ m – “grey” \u2028 𝄞"}}}


def filled(library: Library) -> Library:
    """Put a film with a shot, a reference, a backend, a take with its picture and one that waits into a library."""
    library.database.migrate()
    film = library.add_project(FILM).id
    given = library.add_picture(picture("png", (32, 18), "#203040"), "the quay").sha256
    wanted = {**SHOT, "references": {"quay": {"slot": 1, "role": "reference.role.style", "asset": given}}}
    shot = read_data(wanted)
    draft = library.add_shot(film, "1A", "The quay", shot)
    compiled = compile_shot(shot, vocabulary().target("uni-1"), vocabulary())
    frozen = library.freeze(draft.id)
    done, _ = (library.takes.add(frozen, compiled, "uni1", "compiled", 0.04) for _ in range(2))
    stored = library.pictures.put(picture("jpeg", (48, 27)))
    library.takes.claim(done.id)
    library.takes.move(done.id, "running", "", remote_id="ticket")
    library.takes.move(
        done.id, "done", "", picture=stored.sha256, media_type=stored.media_type, width=48, height=27, progress=1.0
    )
    library.scenes.give(draft.id, "scene", ["people"])
    library.searches.keep("Wet nights", "rain tag:night")
    with library.database.write() as session:
        session.add(db.Connection(id="mine", kind="a1111", label="Mine", key="sealed", made=1.5))
        session.add(db.Executor(id="gone", beat=1))
    return library


def rows(library: Library) -> dict[str, list[dict[str, Any]]]:
    """Return all rows that last."""
    with library.database.snapshot() as connection:
        return {table.name: list(rows_of(connection, table)) for table in tables()}


def raw(library: Library, *lines: str) -> None:
    """Change rows behind Printlight's back; that they name others which are gone is not looked at."""
    engine = create_engine(library.database.url)
    with engine.begin() as connection:
        if library.database.is_server:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for line in lines:
            connection.exec_driver_sql(line)
    engine.dispose()


def key(sha256: str) -> str:
    """Return where a picture stands in its store."""
    return f"{sha256[:2]}/{sha256}"


def harm(library: Library, sha256: str, rot: bytes = b"rot") -> None:
    """Let a picture be damaged."""
    library.pictures.store.remove(key(sha256))
    library.pictures.store.add(key(sha256), rot)


def pictures(library: Library) -> dict[str, bytes | None]:
    """Return all pictures."""
    return {sha256: library.pictures.get(sha256) for sha256 in library.pictures.all()}
