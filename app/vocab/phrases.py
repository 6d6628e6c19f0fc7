"""Ordinary English that must not be taken for the language of a camera department, as data."""

from typing import Annotated

from pydantic import StringConstraints

from app.vocab.entry import Entry

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"[^\W_]")]
"""A word or several, compared in small letters."""


class Phrases(Entry):
    """What free text says with the names of terms and does not mean.

    `idioms` hold a name and mean something else: in a "night bus" no night is heard. `at_home` are names that are
    everyday words: they are heard in the field of their own facet.
    """

    id: str
    idioms: tuple[Phrase, ...] = ()
    at_home: tuple[Phrase, ...] = ()
