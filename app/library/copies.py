"""The copy of a picture that leaves the library: it carries its shot, so that it can be read back anywhere."""

import json
from typing import Any

from app.parse.inscriptions import OWN, TAKE, with_text
from app.schema.documents import Take
from app.schema.upgrades import CURRENT


def signed(picture: bytes, take: Take, document: dict[str, Any]) -> bytes:
    """Return a copy of a take's PNG with its shot and prompt inside; the pixels are those of the original.

    `document` is the shot that the take was made of. Raises BadInputError for a picture that is no PNG.
    """
    shot = {"kind": CURRENT, **document}
    told = {"kind": TAKE, "shot": shot, "target": take.target, "prompt": take.prompt}
    return with_text(picture, OWN, json.dumps(told, ensure_ascii=False))
