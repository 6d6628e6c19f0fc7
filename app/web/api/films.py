"""Films: what each is called, how it is checked, and what of it may leave this machine."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from app.errors import UnknownNameError
from app.library.disclosure import Sheet, disclose
from app.lint import rules
from app.schema.checks import Checks
from app.schema.documents import Project
from app.web.api._forms import Film, Given, Line, Typed, door
from app.web.given import DeskGiven

router = door("films")


class NewFilm(Given):
    """A film to begin."""

    name: Line


class FilmChange(Given):
    """What changes of a film; what is left out stays."""

    checks: Checks | None = None
    """By which profile it is checked, and which checks it leaves out, with a reason each."""
    local: bool | None = None
    """Whether it stays on this machine."""
    prompts_stay: bool | None = None
    """Whether copies of its pictures leave without prompt and shot."""
    file_names: Typed | None = None
    """How the files of its takes are called, such as `{film}_{slate}-{take}_{target}`; empty for the usual way."""


class Made(BaseModel):
    """What one model made of a film at one place."""

    model_config = ConfigDict(from_attributes=True)

    model: str
    maker: str
    place: str
    where: str
    by_a_model: bool
    leaves: bool
    sent: int
    pictures: int
    clips: int
    edited: int
    references: set[str]
    usd: float
    first: date | None
    last: date | None


class Person(BaseModel):
    """Somebody named in the film, and whether they released their likeness; null where nobody said."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    shots: tuple[str, ...]
    released: bool | None
    rights: str


class Disclosure(BaseModel):
    """What the credits of a film have to tell. `signed`: copies that leave carry Content Credentials."""

    model_config = ConfigDict(from_attributes=True)

    film: Project
    shots: int
    made: tuple[Made, ...]
    people: tuple[Person, ...]
    given: int
    signed: bool
    credit: str


@router.get("/films")
def list_films(desk: DeskGiven) -> list[Project]:
    """List all films, the oldest first."""
    return desk.library.projects()


@router.post("/films", status_code=201)
def create_film(new: NewFilm, desk: DeskGiven) -> Project:
    """Begin a film. Its id is made of its name."""
    return desk.library.add_project(new.name)


@router.get("/films/{film}")
def get_film(film: Film, desk: DeskGiven) -> Project:
    """Return a film."""
    return desk.library.project(film)


@router.patch("/films/{film}")
def change_film(film: Film, change: FilmChange, desk: DeskGiven) -> Project:
    """Change how a film is checked, what of it may leave, and how its files are called."""
    library = desk.library
    library.project(film)
    if change.checks is not None:
        if unknown := sorted(set(change.checks.silence) - set(rules)):
            raise UnknownNameError("check", unknown[0], rules)
        library.set_checks(film, change.checks)
    if change.local is not None:
        library.set_local(film, local=change.local)
    if change.prompts_stay is not None:
        library.set_prompts_stay(film, stay=change.prompts_stay)
    if change.file_names is not None:
        library.set_file_names(film, change.file_names)
    return library.project(film)


@router.get("/films/{film}/disclosure", response_model=Disclosure)
def disclose_film(film: Film, desk: DeskGiven) -> Sheet:
    """Tell what the film's credits have to say: which models, where prompts went, who released their likeness."""
    return disclose(desk.library, desk.connections, film)
