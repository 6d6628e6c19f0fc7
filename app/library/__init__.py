"""Projects, shots, revisions, takes and reference pictures: what is kept, and the ways to change it."""

from app.library.library import Library

__all__ = ["Library"]
