"""Names in free text: which terms are meant, which one is near, which are mentioned."""

from app.match.find import mentions, names, nearest, search

__all__ = ["mentions", "names", "nearest", "search"]
