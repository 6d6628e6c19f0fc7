"""Projects, shots, revisions, takes and reference pictures: what is kept, and the ways to change it."""

from app.library.connections import Connections
from app.library.library import Library
from app.library.vault import Vault

__all__ = ["Connections", "Library", "Vault"]
