"""Every error that a person can see, in one tree: what happened, then what to do.

PrintlightError
├── BadInputError           what was given cannot be used        (where, what to write instead)
│   ├── VocabError          a data file is wrong                 (file, line)
│   ├── ShotError           a shot cannot be read                (file, line or path)
│   └── UploadError         a picture is refused                 (the limit it passes)
├── UnknownNameError        no such term, target, backend        (did you mean …?)
├── ConflictError           somebody else saved meanwhile
├── StorageError            it cannot be kept, or read back    (where, what to make room for)
└── BackendError            a service said no
    ├── NeedsKeyError       no credentials                       (where to put them)
    ├── BusyError           try again later                      (retry_after_s, limit)
    ├── RejectedError       it read the request and refused it
    ├── UnreachableError    nothing was sent, or nobody answered a question
    ├── UnsureError         it may have been sent: never repeat it blindly
    └── LostError           this ticket is unknown there
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar, Literal


class PrintlightError(Exception):
    """Base of all: `message` says what happened, `hint` what to do about it, `where` which field of what was given."""

    status: ClassVar[int] = 500
    exit_status: ClassVar[int] = 2

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint
        self.where = where


class BadInputError(PrintlightError):
    """What was given cannot be used."""

    status = 422


class VocabError(BadInputError):
    """A vocabulary file does not say what it must."""

    status = 500


class ShotError(BadInputError):
    """A shot cannot be read."""


class UploadError(BadInputError):
    """A picture is refused; nothing of it was stored."""


class UnknownNameError(PrintlightError):
    """A name nobody registered, with the nearest one that somebody did."""

    status = 404

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = get_close_matches(name, names, n=1)
        known_names = f"Known: {', '.join(names)}." if names else ""
        hint = f"Did you mean {near[0]!r}?" if near else known_names
        super().__init__(f"No {kind} is called {name!r}.", hint=hint)


class ConflictError(PrintlightError):
    """Somebody else saved meanwhile; nothing was overwritten."""

    status = 409


class StorageError(PrintlightError):
    """Rows or pictures cannot be kept, or not read as they were: a full disk, a place that refuses, damage."""

    status = 507


class BackendError(PrintlightError):
    """A service said no, or did not answer."""

    status = 502
    code: ClassVar[str] = "failed"


class NeedsKeyError(BackendError):
    """No credentials, or they were not accepted."""

    code = "needs_key"


class BusyError(BackendError):
    """The service asked to come back later; nothing was started.

    `limit` is which of an account's limits was met, where the service tells: `rate` (orders in a time, free again after
    `retry_after_s`), or `slots` (orders under way at once, free again when one of them ends).
    """

    code = "busy"

    def __init__(
        self, message: str, *, hint: str = "", retry_after_s: float = 5, limit: Literal["rate", "slots", ""] = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after_s = retry_after_s
        self.limit = limit


class RejectedError(BackendError):
    """The service read the request and refused it."""

    code = "rejected"


class UnreachableError(BackendError):
    """No connection: a request was certainly not received, or a question went unanswered."""

    code = "unreachable"


class UnsureError(BackendError):
    """The request may have arrived. Sending it again could pay for it twice."""

    code = "unsure"


class LostError(BackendError):
    """The backend does not know this ticket (any more)."""

    code = "lost"
