"""One service or program, one file."""

import sys

from app.backends.base import (
    Access,
    Artifact,
    Ask,
    Attachment,
    Backend,
    Can,
    Headroom,
    Input,
    Offer,
    Order,
    Part,
    Progress,
    Seen,
    Sheet,
    Slot,
    Uploaded,
    Uploads,
)
from app.registry import Registry

__all__ = [
    "Access",
    "Artifact",
    "Ask",
    "Attachment",
    "Backend",
    "Can",
    "Headroom",
    "Input",
    "Offer",
    "Order",
    "Part",
    "Progress",
    "Seen",
    "Sheet",
    "Slot",
    "Uploaded",
    "Uploads",
    "backends",
]

backends: Registry[Backend] = Registry("backend", Backend, sys.modules[__name__])
