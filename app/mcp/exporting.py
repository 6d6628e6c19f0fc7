"""The tool that writes a film or a shot as text for another program, or for people."""

from typing import Annotated

from pydantic import BaseModel, Field

from app.errors import BadInputError
from app.exporters import Options, export, exporters
from app.jobs import Desk
from app.library.reels import reel


class Exported(BaseModel):
    """A file as text, and what it should be called."""

    name: str
    media_type: str
    text: str


class Exporting:
    """Files that are text. The others leave by the studio, or `printlight export`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def export(
        self,
        name: Annotated[str, Field(max_length=120, description="The id of a film, or of a shot.")],
        format: Annotated[str, Field(max_length=120, description=f"One of {', '.join(exporters)}.")] = "text",  # noqa: A002  the word that a model knows
        scene: Annotated[str, Field(max_length=40, description="Only the shots of this scene of the film.")] = "",
        target: Annotated[
            str, Field(max_length=120, description="Compile all for this model; empty for each own.")
        ] = "",
    ) -> Exported:
        """Write a film, a scene or a shot in a format that is text. Nothing is sent anywhere."""
        exporter = exporters[format]
        made = export(exporter, reel(self._desk.library, name, scene=scene, target=target), Options())
        try:
            return Exported(name=made.name, media_type=made.media_type, text=made.content.decode())
        except UnicodeDecodeError:
            hint = f"Run `printlight export {name} --as {format}`, or save it in the studio."
            raise BadInputError(f"{exporter.label} is no text.", hint=hint) from None
