"""Names in free text: which terms are meant, which one is near, which are mentioned; and the search of a person."""

from app.match.find import exactly, mentions, names, nearest
from app.match.numbers import Quantity, quantities
from app.match.search import search, seek

__all__ = ["Quantity", "exactly", "mentions", "names", "nearest", "quantities", "search", "seek"]
