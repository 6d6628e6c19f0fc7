"""Pictures that carry their prompts, one after the other: each is a shot."""

from collections.abc import Iterable
from pathlib import PurePath

from app.errors import BadInputError, ShotError
from app.importers._reading import read_prompt
from app.importers._screenplay import plain
from app.importers._told import beside, told
from app.importers.base import Imported, Label, Value
from app.schema import Shot
from app.vocab import Vocabulary

MAX_NAME = 200

HINT = "Expected a PNG, JPEG or WebP as the program saved it, or a zip or folder of such pictures."


def read_pictures(pictures: Iterable[tuple[str, bytes]], name: str, vocabulary: Vocabulary) -> Imported:
    """Return a shot for each picture with a prompt, in their order; the others are told of.

    Pictures come with their file names, and `name` is what holds them. Raises ShotError where none has a prompt.
    """
    shots, values, labels = list[Shot](), list[Value](), list[Label]()
    for file, picture in pictures:
        try:
            found = read_prompt(picture, file, vocabulary)
        except BadInputError as error:
            values.append(Value(shot=0, field="picture", value=file, status="unknown", note=error.message))
            continue
        for parsed in found:
            shots.append(parsed.shot)
            values += [*told(parsed.shot, len(shots), vocabulary, "prompt"), *beside(parsed, len(shots))]
            labels.append(Label(name=plain(PurePath(file).stem)[:MAX_NAME]))
    if not shots:
        reason = values[0].note if len(values) == 1 else f"None of its {len(values)} pictures has one."
        raise ShotError(f"{name} holds no prompt. {reason}", hint=HINT)
    return Imported(shots=tuple(shots), values=tuple(values), labels=tuple(labels))
