"""Keys at rest: sealed with a secret of this installation, so that a copied database opens no account."""

import contextlib
import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from app.errors import PrintlightError


class Vault:
    """Seals and unseals short texts with Fernet (AES-128-CBC and HMAC-SHA-256).

    The secret lies in a file that only its owner can read, and is made with the first key that is kept. Without a
    file it lives in this process alone.
    """

    def __init__(self, file: Path | None = None, given: str = "") -> None:
        self._file = file
        self._given = given
        self._cipher: Fernet | None = None

    def seal(self, text: str) -> str:
        """Return a text as nobody can read it; nothing stays nothing."""
        return self._open().encrypt(text.encode()).decode() if text else ""

    def unseal(self, sealed: str) -> str:
        """Return a sealed text. Raises PrintlightError when it was sealed with another secret."""
        if not sealed:
            return ""
        try:
            return self._open().decrypt(sealed.encode()).decode()
        except InvalidToken:
            hint = "Put the secret back that this library was made with, or type the key again on the page of backends."
            raise PrintlightError("The key that is kept for this backend cannot be opened.", hint=hint) from None

    def _open(self) -> Fernet:
        if self._cipher is None:
            self._cipher = _cipher(self._given or self._kept())
        return self._cipher

    def _kept(self) -> str:
        """Return the secret of the file; the first process to need one makes it."""
        if self._file is None:
            return Fernet.generate_key().decode()
        try:
            if not self._file.is_file():
                _make(self._file)
            return self._file.read_text(encoding="ascii").strip()
        except OSError as error:
            hint = "Check that the data folder can be read and written (PRINTLIGHT_DATA)."
            raise PrintlightError(
                f"No secret can be kept in {self._file.parent}: {error.strerror}.", hint=hint
            ) from None


def _make(file: Path) -> None:
    """Make a secret that only its owner can read, whole or not at all; of several processes one wins."""
    with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=file.parent) as made:
        made.write(Fernet.generate_key().decode())
        made.flush()
        os.fsync(made.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(made.name, file)


def _cipher(secret: str) -> Fernet:
    try:
        return Fernet(secret)
    except ValueError:
        hint = "It is 32 bytes in URL-safe Base64, in PRINTLIGHT_SECRET or in the file secret.key of the data folder."
        raise PrintlightError("The secret that keys are sealed with is damaged.", hint=hint) from None
