"""Tables of words, written as text."""


def bag(text: str) -> frozenset[str]:
    """Return the words of a table as a set."""
    return frozenset(text.split())
