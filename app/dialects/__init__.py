"""One dialect, one file: a family of models that like to be spoken to alike."""

import sys

from app.dialects.base import Dialect
from app.registry import Registry

dialects: Registry[Dialect] = Registry("dialect", Dialect, sys.modules[__name__])
