"""The forms in which a prompt comes, and the one way in: `read_any`."""

import sys
from dataclasses import replace

from app.errors import BadInputError
from app.parse.forms._leaves import Leaf, letters
from app.parse.forms.base import Form, Given
from app.parse.inscriptions import is_picture, texts_of
from app.parse.parsed import Parsed
from app.parse.text import parse
from app.registry import Registry
from app.vocab import Vocabulary

__all__ = ["Form", "Given", "Leaf", "decoded", "forms", "letters", "read_any"]

forms: Registry[Form] = Registry("form", Form, sys.modules[__name__])

IN_ORDER = sorted(forms.values(), key=lambda form: form.order)

WITHIN = ("printlight", "parameters", "prompt", "workflow", "invokeai_metadata", "comment", "Comment", "Description")
"""The texts of a picture that hold what made it, the most telling first. What others hold is no prompt."""


def read_any(content: str | bytes, vocabulary: Vocabulary) -> list[Parsed]:
    """Return the shots of a text in any form, or of a picture that carries one; at least one.

    The spans count in the text as given; those of a picture in the text that was found in it, which stands in
    `params["text"]`. Raises BadInputError for what is no text, and for a picture without a prompt.
    """
    if isinstance(content, bytes) and is_picture(content):
        return _read_picture(content, vocabulary)
    return _read_text(content if isinstance(content, str) else decoded(content), vocabulary)


def decoded(content: bytes) -> str:
    """Return text from its bytes: UTF-8, or UTF-16 with its mark. Raises BadInputError for anything else."""
    code = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return content.decode(code)
    except UnicodeDecodeError as error:
        where = f"This is neither text nor a picture (byte {error.start})."
        raise BadInputError(where, hint="Give text in UTF-8, or a PNG, JPEG or WebP.") from None


def _read_text(text: str, vocabulary: Vocabulary) -> list[Parsed]:
    given = Given(text)
    form = next((form for form in IN_ORDER if form.recognises(given)), None)
    return form.read(given, vocabulary) if form else [parse(given.text, vocabulary)]


def _read_picture(picture: bytes, vocabulary: Vocabulary) -> list[Parsed]:
    texts = texts_of(picture)
    name = next((name for name in WITHIN if texts.get(name, "").strip()), "")
    if not name:
        held = f"Its texts are: {', '.join(sorted(texts))}." if texts else "It holds no text at all."
        raise BadInputError("This picture holds no prompt.", hint=f"{held} Many sites strip them from a picture.")
    note = f"Read from the text {name!r} in the picture."
    return [
        replace(one, params={**one.params, "text": texts[name]}, notes=(note, *one.notes))
        for one in _read_text(texts[name], vocabulary)
    ]
