"""One dialect, one file: a family of models that like to be spoken to alike."""

import sys

from app.dialects._counting import UNITS, is_exact, length
from app.dialects._draft import BUDGET, READING
from app.dialects._scene import write_scene
from app.dialects.base import Dialect
from app.registry import Registry

__all__ = ["BUDGET", "READING", "UNITS", "Dialect", "dialects", "is_exact", "length", "write_scene"]

dialects: Registry[Dialect] = Registry("dialect", Dialect, sys.modules[__name__])
