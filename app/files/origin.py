"""Reads back where a picture comes from, of any copy: ours, another program's, or one that tells nothing."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from app.files import credentials
from app.parse.clips import MEDIA_TYPES, Clip, carrier
from app.parse.envelopes import Envelope
from app.parse.inscriptions import OWN, TAKE, texts_of
from app.parse.xmp import Told, read

Pixels = Literal["as exported", "changed", "not told"]


@dataclass(frozen=True)
class Origin:
    """What a picture or clip tells of itself, and what of it was checked.

    Whoever changes the pixels could change what is told, too: only Content Credentials are proof against that.
    """

    told: Told
    document: dict[str, Any] = field(default_factory=dict)
    pixels: Pixels = "not told"
    c2pa: credentials.State = "none"
    signer: str = ""

    @property
    def ours(self) -> bool:
        """Tell whether Printlight let it out."""
        return bool(self.told.pixels or self.document)

    @property
    def take(self) -> dict[str, Any]:
        """What is told of the take: its name, number, revision, backend and references."""
        found = self.document.get("take")
        return found if isinstance(found, dict) else {}

    @property
    def references(self) -> list[dict[str, str]]:
        """The sha256 of each reference, with its role where that was let out."""
        roles = self.take.get("references")
        if isinstance(roles, list):
            return [{name: str(one.get(name, "")) for name in ("role", "sha256")} for one in roles]
        return [{"role": "", "sha256": one} for one in self.told.references]

    @property
    def sound(self) -> bool:
        """Tell whether nothing that was checked turned out otherwise than told."""
        return self.pixels != "changed" and self.c2pa != "broken"


def origin_of(content: bytes) -> Origin:
    """Return where a picture or clip comes from.

    Raises BadInputError for what is no PNG, JPEG, WebP or MP4, or broken.
    """
    found = carrier(content)
    told = read(found.xmp())
    state, signer = credentials.state_of(content, MEDIA_TYPES[found.kind])
    text = told.take if isinstance(found, Clip) else texts_of(content).get(OWN, "")
    return Origin(told, _document(text), _pixels(found, told), state, signer)


def _document(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "null")
    except ValueError:
        return {}
    return found if isinstance(found, dict) and found.get("kind") == TAKE else {}


def _pixels(envelope: Envelope | Clip, told: Told) -> Pixels:
    if not told.pixels:
        return "not told"
    return "as exported" if envelope.image_hash() == told.pixels else "changed"
