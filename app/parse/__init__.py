"""Any text comes back as a shot: prose, tags and labelled blocks, each field with the letters that it came from."""

from app.parse.notes import Noted, note
from app.parse.parsed import Free, Parsed, Span
from app.parse.text import parse

__all__ = ["Free", "Noted", "Parsed", "Span", "note", "parse"]
