"""What leaves one library for another: films, shots, presets and takes, as a share file or a link holds them.

All of it comes from a stranger when it is read: each text has a length, each number a range, each id a form.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, JsonValue, StringConstraints, ValidationError

from app.errors import BadInputError
from app.schema.checks import Checks
from app.schema.fields import CONTROL, Doc, Id

MOST = 2000
"""So many shots, presets or takes go into one file."""


def _clean(text: str) -> str:
    if CONTROL.search(text):
        raise ValueError("holds a control character")
    return text


def _storable(value: Any) -> Any:
    if "\\u0000" in json.dumps(value):
        raise ValueError("holds a control character")
    return value


def _once(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    if len({one.id for one in entries}) != len(entries):
        raise ValueError("holds an id twice")
    return entries


Name = Annotated[str, StringConstraints(max_length=120), AfterValidator(_clean)]
Note = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_clean)]
Prompt = Annotated[str, StringConstraints(max_length=100_000), AfterValidator(_clean)]
RowId = Annotated[str, StringConstraints(pattern=r"^[0-9a-z][0-9a-z-]{0,79}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Picture = Annotated[str, StringConstraints(pattern=r"^[0-9a-z:]{1,80}$")]
Plain = Annotated[dict[str, JsonValue], AfterValidator(_storable)]
Made = Annotated[float, Field(ge=0, le=4e9)]
"""In seconds since 1970."""


class SharedFilm(Doc):
    """A film and how it is kept. Its id and the moment that it was made in tell it from every other film."""

    id: RowId
    name: Annotated[Name, Field(min_length=1)]
    note: Note = ""
    author: Name = ""
    made: Made
    checks: Checks = Checks()
    local: bool = False
    prompts_stay: bool = False
    patch: Plain = {}


class SharedScene(Doc):
    """A scene of the film that it comes with, by its number, and what it says for its shots."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{0,2}[0-9]{1,5}$")]
    name: Name = ""
    note: Note = ""
    patch: Plain = {}
    author: Name = ""


class SharedShot(Doc):
    """A shot as it was shared; `shot` is its document, read by the schema of shots."""

    id: RowId
    slate: Name = ""
    scene: Annotated[str, StringConstraints(pattern=r"^([A-Z]{0,2}[0-9]{1,5})?$")] = ""
    name: Annotated[Name, Field(min_length=1)]
    note: Note = ""
    target: Name = "uni-1"
    author: Name = ""
    shot: Plain


class SharedPreset(Doc):
    """A preset; `own` says that it belongs to the film it came with."""

    id: RowId
    kind: Name
    name: Annotated[Name, Field(min_length=1)]
    note: Note = ""
    own: bool = False
    patch: Plain = {}
    text: Prompt = ""
    target: Name = ""
    released: bool | None = None
    rights: Note = ""
    author: Name = ""


class SharedReference(Doc):
    """A picture that a take was sent."""

    slot: int = Field(default=0, ge=0, le=999)
    id: Id
    role: Name
    asset: Picture
    sha256: Hash | None = None
    field: Name = ""
    strength: float | None = None
    at_s: float | None = None


class SharedTake(Doc):
    """A take with all that went into it; `shot` is the id of its shot, `document` that shot as it was then."""

    id: RowId
    shot: RowId
    made: Made
    author: Name = ""
    target: Name
    backend: Name
    wording: Literal["compiled", "plain"] = "compiled"
    prompt: Prompt
    negative: Prompt = ""
    rewritten: Prompt = ""
    params: Plain = {}
    sent: Plain = {}
    references: Annotated[tuple[SharedReference, ...], Field(max_length=200)] = ()
    document: Plain
    picture: Hash
    circled: bool = False
    stars: int = Field(default=0, ge=0, le=5)
    note: Note = ""


class Shared(Doc):
    """All that one file holds, but for its pictures; a link holds one shot or one preset."""

    film: SharedFilm | None = None
    scenes: Annotated[tuple[SharedScene, ...], Field(max_length=MOST), AfterValidator(_once)] = ()
    shots: Annotated[tuple[SharedShot, ...], Field(max_length=MOST), AfterValidator(_once)] = ()
    presets: Annotated[tuple[SharedPreset, ...], Field(max_length=MOST), AfterValidator(_once)] = ()
    takes: Annotated[tuple[SharedTake, ...], Field(max_length=MOST), AfterValidator(_once)] = ()

    @property
    def holds(self) -> Literal["film", "shot", "preset"]:
        """What it is, in one word."""
        if self.film:
            return "film"
        return "shot" if self.shots else "preset"

    @property
    def title(self) -> str:
        """The name of what is in it."""
        if self.film:
            return self.film.name
        return self.shots[0].name if self.shots else self.presets[0].name


def read_shared(document: dict[str, Any], name: str) -> Shared:
    """Read what was shared. Raises BadInputError, which says where it is wrong."""
    try:
        found = Shared.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(key) for key in first["loc"])
        raise BadInputError(f"{name}: {where}: {first['msg'].lower()}.", hint="Nothing was written.") from None
    one = len(found.shots) + len(found.presets) == 1
    if not found.film and not one:
        raise BadInputError(f"{name} holds no film, and not one shot or preset.", hint="Nothing was written.")
    if unknown := {take.shot for take in found.takes} - {shot.id for shot in found.shots}:
        raise BadInputError(f"{name} holds takes of {min(unknown)!r}, which is not in it.", hint="Nothing was written.")
    return found


def plain(document: BaseModel) -> dict[str, Any]:
    """Return a document without what it leaves at its default."""
    return document.model_dump(mode="json", exclude_defaults=True)
