"""One service or program, one file."""

import sys

from app.backends.base import Access, Artifact, Ask, Attachment, Backend, Can, Order, Part, Progress, Seen
from app.registry import Registry

__all__ = [
    "Access",
    "Artifact",
    "Ask",
    "Attachment",
    "Backend",
    "Can",
    "Order",
    "Part",
    "Progress",
    "Seen",
    "backends",
]

backends: Registry[Backend] = Registry("backend", Backend, sys.modules[__name__])
