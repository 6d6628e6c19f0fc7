"""Turns what was said into what is known, each value with its origin: said, inherited, term or physics."""

from app.resolve.known import Known, Resolved
from app.resolve.layers import Flat, Layer, flatten
from app.resolve.resolve import resolve

__all__ = ["Flat", "Known", "Layer", "Resolved", "flatten", "resolve"]
