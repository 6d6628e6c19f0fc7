"""A document in the fragment of a link: `v1.` and the base64url of its JSON, deflated. No server is sent a fragment."""

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from json import dumps

from app.errors import BadInputError
from app.files.parcels import Json, document_of

VERSION = "v1."
MAX_CHARS = 200_000
MAX_INFLATED = 1_000_000

FRAGMENT = re.compile(r"[A-Za-z0-9_-]+")
AGAIN = "Copy it whole, from the # to its end."


def fragment_of(document: Json) -> str:
    """Return what stands behind the # of a link. Raises BadInputError where it would be too long to be opened."""
    told = dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    fragment = VERSION + urlsafe_b64encode(zlib.compress(told, 9)).decode().rstrip("=")
    if len(told) > MAX_INFLATED or len(fragment) > MAX_CHARS:
        raise BadInputError("This is too long for a link.", hint="Save it as a file and send that.")
    return fragment


def read_fragment(link: str) -> Json:
    """Return the document of a link, or of its fragment alone. Raises BadInputError with the reason."""
    fragment = link.strip().rpartition("#")[2]
    if not fragment.startswith(VERSION):
        if re.match(r"v\d+\.", fragment):
            raise BadInputError("This link was made by a newer Printlight.", hint="Open it with that one.")
        raise BadInputError("This is no link that carries a shot.", hint=AGAIN)
    packed = fragment.removeprefix(VERSION)
    if len(packed) > MAX_CHARS:
        raise BadInputError(f"This link has more than {MAX_CHARS:,} characters.", hint="Ask for a file instead.")
    if not FRAGMENT.fullmatch(packed):
        raise BadInputError("This link holds characters that no such link has.", hint=AGAIN)
    return document_of(_inflated(packed), "The link")


def _inflated(packed: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        told = unpacking.decompress(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), MAX_INFLATED + 1)
    except (ValueError, zlib.error):
        raise BadInputError("This link is damaged.", hint=AGAIN) from None
    if len(told) > MAX_INFLATED:
        raise BadInputError("This link unpacks to more than any shot says.", hint="Nothing was opened.")
    if not unpacking.eof or unpacking.unused_data:
        raise BadInputError("This link is cut off, or has something behind it.", hint=AGAIN)
    return told
