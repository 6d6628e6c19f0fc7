"""Turns what was said into what is known, each value with its origin: said, inherited, term or physics."""

from app.resolve.known import Known, Resolved
from app.resolve.layers import Layer
from app.resolve.resolve import resolve

__all__ = ["Known", "Layer", "Resolved", "resolve"]
