"""The vocabulary, read once and looked up by id."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from app.errors import UnknownNameError, VocabError
from app.shipped import shipped
from app.vocab.entry import Entry
from app.vocab.files import read
from app.vocab.notes import Notes
from app.vocab.phrases import Phrases
from app.vocab.targets import Target
from app.vocab.terms import Crosswalk, Facet, Sample, Term

E = TypeVar("E", bound=Entry)

NO_NOTES: Mapping[str, Notes] = MappingProxyType({})
NO_PHRASES: Mapping[str, Phrases] = MappingProxyType({})


class Vocabulary:
    """Facets, terms, targets, samples, crosswalks and words of notes by id; idioms and everyday words of all files."""

    def __init__(
        self,
        facets: Mapping[str, Facet],
        targets: Mapping[str, Target],
        samples: Mapping[str, Sample],
        crosswalks: Mapping[str, Crosswalk],
        notes: Mapping[str, Notes] = NO_NOTES,
        phrases: Mapping[str, Phrases] = NO_PHRASES,
    ) -> None:
        self.facets = facets
        self.targets = targets
        self.samples = samples
        self.crosswalks = crosswalks
        self.notes = notes
        self.idioms = tuple(idiom for file in phrases.values() for idiom in file.idioms)
        self.at_home = frozenset(name for file in phrases.values() for name in file.at_home)
        self.terms: dict[str, Term] = {term.id: term for facet in facets.values() for term in facet.terms}

    def target(self, name: str) -> Target:
        """Return a target, or raise with the nearest name."""
        if name not in self.targets:
            raise UnknownNameError("target", name, self.targets)
        return self.targets[name]


@cache
def vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read the vocabulary that ships with Printlight, or the one in `folder`."""
    facets: dict[str, Facet] = {}
    targets: dict[str, Target] = {}
    samples: dict[str, Sample] = {}
    crosswalks: dict[str, Crosswalk] = {}
    notes: dict[str, Notes] = {}
    phrases: dict[str, Phrases] = {}
    for path, entry in read(folder or shipped("vocab")):
        if isinstance(entry, Facet):
            _keep(facets, entry.id, entry, path)
        elif isinstance(entry, Target):
            _keep(targets, entry.id, entry, path)
        elif isinstance(entry, Sample):
            _keep(samples, entry.id, entry, path)
        elif isinstance(entry, Crosswalk):
            _keep(crosswalks, entry.id, entry, path)
        elif isinstance(entry, Notes):
            _keep(notes, entry.id, entry, path)
        elif isinstance(entry, Phrases):
            _keep(phrases, entry.id, entry, path)
    in_order = dict(sorted(samples.items(), key=lambda item: item[1].place))
    return Vocabulary(facets, targets, in_order, crosswalks, notes, phrases)


def _keep(kept: dict[str, E], name: str, entry: E, path: Path) -> None:
    if name in kept:
        raise VocabError(f"{path}: another file defines {name!r} too.", hint="Give one of them another id.")
    kept[name] = entry
