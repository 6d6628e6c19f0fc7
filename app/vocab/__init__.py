"""The vocabulary of a camera department: facets with their terms, and targets, read from vocab/*.toml."""

from app.vocab.targets import Target
from app.vocab.terms import Crosswalk, Facet, Sample, Term
from app.vocab.vocabulary import Vocabulary, vocabulary

__all__ = ["Crosswalk", "Facet", "Sample", "Target", "Term", "Vocabulary", "vocabulary"]
