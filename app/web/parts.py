"""The part of a file that a `Range` header asks for (RFC 9110, section 14)."""

import re

ASKED = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def part_of(size: int, header: str) -> range | None:
    """Return the bytes that are asked for of so many: an empty range where there are none at that place.

    None for all of them: where nothing is asked, several parts are, or nobody can read what is.
    """
    found = ASKED.fullmatch(header.replace(" ", ""))
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    stop = min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return None
    return range(int(first), max(stop, int(first)))
