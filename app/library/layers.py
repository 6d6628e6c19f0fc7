"""The layers above a shot, as they are kept: what its film says for all of its shots, and what its scene says."""

from sqlmodel import Session

from app import db
from app.resolve.layers import Layer
from app.schema.documents import Scene

FILM = "the film"


def layers(session: Session, shot: db.Shot) -> list[Layer]:
    """Return the layers above a shot: its film, and its scene where it stands in one."""
    found = [Layer(FILM, session.get_one(db.Project, shot.project_id).patch)]
    if shot.scene:
        one = scene(shot.project_id, shot.scene, session.get(db.Scene, (shot.project_id, shot.scene)))
        found.append(Layer(one.title, one.patch))
    return found


def scene(project: str, number: str, row: db.Scene | None) -> Scene:
    """Return a scene as the document that it is; of one that shots stand in, nothing need be kept yet."""
    if row is None:
        return Scene(project_id=project, number=number)
    said = {"name": row.name, "note": row.note, "patch": row.patch, "author": row.author}
    return Scene.model_validate({"project_id": project, "number": number, **said})
