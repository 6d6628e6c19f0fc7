"""Names in free text: which terms are meant, which one is near, which are mentioned."""

from app.match.find import mentions, nearest, search

__all__ = ["mentions", "nearest", "search"]
