"""The compiler: a shot as a prompt, what contradicts what, a text as a shot, a note as a patch. Nothing is kept."""

from typing import Any, Literal

from pydantic import BaseModel, JsonValue

from app.compile.differences import differences
from app.importers import document_of, read_prompt
from app.parse.notes import note
from app.pipeline import check_shot, compile_scene
from app.resolve import resolve
from app.schema import Compiled, Finding
from app.schema.checks import Checks
from app.vocab import vocabulary
from app.web.api._forms import Given, Id, Patch, Prose, ShotGiven, ShotsGiven, Words, door
from app.web.given import compile_edit
from app.web.history import by_department, prompts

router = door("compiler")


class ShotToCheck(Given):
    """A shot, and how it is checked."""

    shot: ShotGiven
    checks: Checks = Checks()


class ShotToCompile(ShotToCheck):
    """A shot, and what it is written for. `plain` is the sentence that somebody without Printlight would type."""

    target: Id = "uni-1"
    wording: Literal["compiled", "plain"] = "compiled"


class SceneToCompile(Given):
    """Shots in the order in which they are cut, for a model that takes several of them a prompt."""

    shots: ShotsGiven
    target: Id
    checks: Checks = Checks()


class TextToParse(Given):
    """A text as somebody wrote it, and the model that it was written for, where that is known."""

    text: Prose
    target: Id | None = None


class NoteToRead(Given):
    """A shot as it stands, and what is called: "tighter, half a stop down"."""

    shot: ShotGiven
    text: Words


class ShotsToCompare(Given):
    """Two shots, and the model for which their prompts are compared."""

    before: ShotGiven
    after: ShotGiven
    target: Id = "uni-1"


class Span(BaseModel):
    """The words of a text that a field came from."""

    path: str
    start: int
    end: int
    text: str


class Free(BaseModel):
    """Words that no field took."""

    start: int
    end: int
    text: str


class Read(BaseModel):
    """A text as a shot: its fields with the words they came from, and what stayed free."""

    shot: dict[str, Any]
    spans: list[Span]
    free: list[Free]
    form: str
    target: str
    params: dict[str, JsonValue]
    notes: list[str]


class Parsed(Read):
    """The first shot of a text, and the rest alike in `others`."""

    others: list[Read]


class Adjusted(Span):
    """A change that a note makes: the field before and after, and by which step."""

    before: JsonValue
    after: JsonValue
    step: str


class Noted(BaseModel):
    """A note, understood: the patch, each change, what was not understood, what is asked, and the shot with it."""

    patch: Patch
    read: list[Adjusted]
    free: list[Free]
    questions: list[str]
    shot: dict[str, Any]


class Difference(BaseModel):
    """A field that differs between two shots, by department."""

    department: str
    path: str
    field: str
    before: JsonValue
    after: JsonValue
    words: str


class Run(BaseModel):
    """Words of a prompt that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


class PromptChange(BaseModel):
    """How a prompt changes; nothing where it is word for word the same."""

    target: str
    changes: list[Run]


class Compared(BaseModel):
    """What differs between two shots, and how their prompt changes with it."""

    differences: list[Difference]
    prompt: PromptChange


@router.post("/compile")
def compile_shot(given: ShotToCompile) -> Compiled:
    """Compile a shot for a model: the prompt with its source map, parameters, losses and findings."""
    return compile_edit(given.shot, given.target, given.wording, given.checks)


@router.post("/scene")
def compile_shots(given: SceneToCompile) -> Compiled:
    """Compile several shots to one prompt. Paths begin with the shot's number: `shots.1.`."""
    return compile_scene(given.shots, vocabulary().target(given.target), vocabulary(), given.checks)


@router.post("/check")
def check(given: ShotToCheck) -> list[Finding]:
    """Say what cannot be true of a shot, with a fix where there is one."""
    return check_shot(given.shot, vocabulary(), given.checks)


@router.post("/parse")
def parse(given: TextToParse) -> Parsed:
    """Read a prompt in any form, to one shot or several."""
    vocab = vocabulary()
    target = vocab.target(given.target) if given.target else None
    return Parsed.model_validate(document_of(read_prompt(given.text, "The text", vocab, target)))


@router.post("/note")
def read_note(given: NoteToRead) -> Noted:
    """Read a note on a shot as a patch."""
    return Noted.model_validate(note(given.text, resolve(given.shot, vocabulary())).plain())


@router.post("/diff")
def diff(given: ShotsToCompare) -> Compared:
    """Say what differs between two shots, by department, and how their prompt changes with it."""
    target = vocabulary().target(given.target)
    found = differences(resolve(given.before, vocabulary()), resolve(given.after, vocabulary()))
    told = [
        Difference(
            department=department,
            path=one.path,
            field=one.field,
            before=one.before,
            after=one.after,
            words=f"{one.was} → {one.now}",
        )
        for department, some in by_department(found)
        for one in some
    ]
    runs = [Run(**one._asdict()) for one in prompts(given.before, given.after, target)]
    return Compared(differences=told, prompt=PromptChange(target=target.id, changes=runs))
