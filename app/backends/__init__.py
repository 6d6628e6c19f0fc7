"""One service or program, one file."""

import sys

from app.backends.base import Access, Artifact, Attachment, Backend, Order, Progress
from app.registry import Registry

__all__ = ["Access", "Artifact", "Attachment", "Backend", "Order", "Progress", "backends"]

backends: Registry[Backend] = Registry("backend", Backend, sys.modules[__name__])
