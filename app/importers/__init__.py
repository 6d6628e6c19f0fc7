"""One importer, one file: what another program kept, as shots, and for each of its values where it landed."""

import sys

from app.importers.base import Imported, Importer, Value
from app.registry import Registry

__all__ = ["Imported", "Importer", "Value", "importers"]

importers: Registry[Importer] = Registry("importer", Importer, sys.modules[__name__])
