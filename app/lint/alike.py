"""Tells whether two descriptions can be of one thing: by the words that carry meaning, however they are put."""

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
EMPTY = frozenset(
    WORD.findall(
        "a an the and or of in on at by to with from into onto over under up down off out for as is are above below "
        "behind beside between near before after along across against around through inside outside towards past it "
        "its his her their him them this that very some one"
    )
)
"""Words without which a description still says the same."""

FAMILIES = {
    "black": "black jet ebony",
    "white": "white cream ivory",
    "grey": "grey gray charcoal silver",
    "red": "red crimson scarlet burgundy maroon",
    "orange": "orange rust",
    "yellow": "yellow amber mustard ochre gold golden",
    "green": "green olive khaki emerald",
    "cyan": "cyan teal turquoise",
    "blue": "blue navy cobalt indigo",
    "violet": "violet purple lilac mauve",
    "pink": "pink magenta rose",
    "brown": "brown chestnut tan beige camel",
}
COLOURS = {word: family for family, words in FAMILIES.items() for word in WORD.findall(words)}
"""Words for colours, each with what it is a shade of."""


@lru_cache(maxsize=8192)
def meant(text: str) -> frozenset[str]:
    """Return the words of a text that carry meaning, folded; of a text that has none, all of them."""
    found = frozenset(WORD.findall(text.casefold()))
    return found - EMPTY or found


def agree(one: str, other: str) -> bool:
    """Tell whether one of two texts says no more than the other: "a navy coat", "a navy coat with the collar up"."""
    first, second = meant(one), meant(other)
    return first <= second or second <= first


def contradict(one: str, other: str) -> bool:
    """Tell whether two texts can hardly describe one thing: they share no word, or no colour where both name some.

    What one says beyond the other contradicts nothing.
    """
    if agree(one, other):
        return False
    first, second = meant(one), meant(other)
    if first.isdisjoint(second):
        return True
    some, others = ({COLOURS[word] for word in found if word in COLOURS} for found in (first, second))
    return bool(some and others) and some.isdisjoint(others)


def head(text: str) -> str:
    """Return what a thing is called, without how it looks: the mug of "an enamel mug on the sill"."""
    found = re.split(r"\b(?:of|on|in|at|by|with|from|under|over|behind|beside|full)\b|,", text.casefold(), maxsplit=1)[
        0
    ]
    words = WORD.findall(found)
    return words[-1] if words else ""
