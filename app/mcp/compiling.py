"""Tools of the compiler: nothing is kept, and nothing leaves this machine."""

from typing import Annotated, Any

from pydantic import Field

from app.errors import BadInputError
from app.importers import document_of, read_prompt
from app.jobs import Desk
from app.mcp.answers import Document, Target, Wording, Written, written
from app.parse.notes import note as read_note
from app.pipeline import check_shot, compile_shot, plain_shot
from app.resolve import resolve
from app.schema import Finding, Shot, read_data
from app.schema.checks import EVERYTHING, Checks
from app.vocab import vocabulary

Kept = Annotated[str, Field(max_length=120, description="The id of a shot of the library, in place of `document`.")]


class Compiler:
    """What a shot becomes, and what contradicts what."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def compile(
        self,
        document: Document | None = None,
        shot: Kept = "",
        target: Target = "uni-1",
        wording: Wording = "compiled",
    ) -> Written:
        """Write the exact prompt and parameters of a shot for one model.

        Give a `document`, or the id of a kept `shot`. `losses` say what the model will not hear and why, `findings`
        what cannot be true together. Nothing is sent anywhere.
        """
        read, checks = self._given(document, shot)
        vocab = vocabulary()
        found = vocab.target(target)
        plain = wording == "plain"
        return written(plain_shot(read, found, vocab) if plain else compile_shot(read, found, vocab, checks))

    def check(self, document: Document | None = None, shot: Kept = "") -> list[Finding]:
        """Say what cannot, or should not, be true together in a shot: a lens faster than it is made, two suns.

        Each finding has a code, a severity (error, warning, info), the paths it is about, and often a `fix`: a patch
        that save_shot takes as `changes`.
        """
        read, checks = self._given(document, shot)
        return check_shot(read, vocabulary(), checks)

    def parse(
        self,
        text: Annotated[str, Field(max_length=1_000_000, description="A prompt in any form, or a list of shots.")],
        target: Annotated[str, Field(max_length=120, description="The model it was written for, if known.")] = "",
    ) -> dict[str, Any]:
        """Read any prompt as a shot: prose, tags, labelled blocks, Midjourney flags, A1111 parameters, JSON.

        Returns `shot`, `spans` (which words each field came from), `free` (words that no field took), `form`, `target`,
        `params`, `notes`, and further shots of the text in `others`.
        """
        vocab = vocabulary()
        return document_of(read_prompt(text, "The text", vocab, vocab.target(target) if target else None))

    def note(
        self,
        text: Annotated[
            str, Field(max_length=20_000, description="What is called on set: tighter, half a stop down, lose the hat.")
        ],
        document: Document | None = None,
        shot: Kept = "",
    ) -> dict[str, Any]:
        """Read a director's note on a shot as a patch, with each change before and after.

        Returns `patch` (give it to save_shot as `changes`), `read`, `free` (what was not understood), `questions` to
        ask the person, and the `shot` with it. Nothing is kept.
        """
        read, _ = self._given(document, shot)
        return read_note(text, resolve(read, vocabulary())).plain()

    def _given(self, document: dict[str, Any] | None, name: str) -> tuple[Shot, Checks]:
        """Return the shot that is meant, and how its film wants it checked."""
        if document is not None and not name:
            return read_data(document), EVERYTHING
        if document is not None or not name:
            raise BadInputError("Which shot?", hint="Give a `document`, or the id of a kept `shot`, one of them.")
        draft = self._desk.library.shot(name)
        return draft.shot, self._desk.library.project(draft.project_id).checks
