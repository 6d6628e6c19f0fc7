"""Backups: a whole library in one file, and a whole library out of one."""

from app.library.keeping.archive import Manifest
from app.library.keeping.backup import Kept, back_up
from app.library.keeping.restore import Restored, restore

__all__ = ["Kept", "Manifest", "Restored", "back_up", "restore"]
