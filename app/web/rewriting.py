"""How a service changed our prompt, word by word."""

from difflib import SequenceMatcher
from typing import Literal, NamedTuple


class Run(NamedTuple):
    """Words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


def changes(ours: str, theirs: str) -> list[Run]:
    """Return what stayed, went and came, in the order of reading."""
    before, after = ours.split(), theirs.split()
    runs = []
    for tag, start, end, begin, finish in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", " ".join(before[start:end])))
            continue
        if start < end:
            runs.append(Run("gone", " ".join(before[start:end])))
        if begin < finish:
            runs.append(Run("new", " ".join(after[begin:finish])))
    return runs
