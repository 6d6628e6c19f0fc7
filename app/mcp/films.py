"""Tools of the library: films and their shots, found, read, begun and saved."""

from typing import Annotated, Any

from pydantic import Field

from app.errors import BadInputError
from app.jobs import Desk
from app.library.history import plain
from app.library.search import plain as found_as
from app.mcp.answers import Count, Document, Film, Patch, ShotFull, ShotId, ShotLine, Target, line, whole
from app.patch import merge
from app.schema import Shot, read_data
from app.schema.documents import Project
from app.vocab import vocabulary

Name = Annotated[str, Field(min_length=1, max_length=120, description="What it is called.")]
Slate = Annotated[str, Field(max_length=120, description="Scene and set-up as on a slate, such as 12A; may be empty.")]
Version = Annotated[int, Field(ge=1, description="The version that you read with get_shot.")]


class Films:
    """What is kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list_films(self) -> list[Project]:
        """List the films of this library. `local` films stay on this machine: shoot refuses backends elsewhere."""
        return self._desk.library.projects()

    def list_shots(self, film: Film) -> list[ShotLine]:
        """List the shots of a film in their order."""
        library = self._desk.library
        return [line(one) for one in library.shots(library.project(film).id)]

    def get_shot(self, shot: ShotId) -> ShotFull:
        """Return a shot whole, with the `version` that save_shot asks for."""
        return whole(self._desk.library.shot(shot))

    def new_shot(
        self,
        film: Film,
        name: Name,
        document: Document | None = None,
        slate: Slate = "",
        target: Target = "uni-1",
    ) -> ShotFull:
        """Add a shot at the end of a film. Check its document first: check says what contradicts what."""
        library = self._desk.library
        shot = read_data(document) if document is not None else Shot()
        project, model = library.project(film), vocabulary().target(target)
        return whole(library.add_shot(project.id, slate, name, shot, model.id))

    def save_shot(
        self,
        shot: ShotId,
        version: Version,
        changes: Patch | None = None,
        document: Document | None = None,
        target: Annotated[str, Field(max_length=120, description="Another model to write for; empty to keep it.")] = "",
    ) -> ShotFull:
        """Save a shot over the version that you read: `changes` to it, or a whole new `document`.

        Refused where somebody saved something else meanwhile: read it again then, and apply the changes to that.
        """
        if (changes is None) == (document is None):
            raise BadInputError("What is to be saved?", hint="Give `changes`, or a whole `document`, one of them.")
        library = self._desk.library
        draft = library.shot(shot)
        wanted: Any = document if changes is None else merge(plain(draft.shot), changes)
        model = vocabulary().target(target or draft.target)
        return whole(library.save(shot, version, read_data(wanted), model.id))

    def search(
        self,
        query: Annotated[
            str,
            Field(
                max_length=400,
                description='Words, "phrases", lens:>=85, cct:2500..4700, size:cu, tag:night, a or b; empty for all.',
            ),
        ] = "",
        limit: Count = 24,
    ) -> dict[str, Any]:
        """Find shots and takes in all films. `hits` hold the ids of shots and takes, and why each was found."""
        return found_as(self._desk.library.search.find(query, most=limit))
