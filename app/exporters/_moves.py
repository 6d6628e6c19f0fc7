"""What the camera does in a shot, beat by beat, for the markers of an editing program."""

from collections.abc import Iterator
from typing import NamedTuple

from app.exporters.base import ReelShot
from app.resolve.known import ordered
from app.schema.fields import Words


class CameraMove(NamedTuple):
    """A move in words, and when: seconds from the head of the shot. No end: until its end."""

    words: str
    start_s: float
    end_s: float | None


def moves(shot: ReelShot) -> Iterator[CameraMove]:
    """Yield the moves of a shot in their order; one of which nobody said how it goes is none."""
    for _, beat in ordered(shot.resolved.shot.beats):
        for _, move in ordered(beat.moves):
            told = [_words(shot, one) for one in (move.path, move.speed) if one]
            if told:
                yield CameraMove(", ".join(told), beat.start_s or 0, beat.end_s)


def _words(shot: ReelShot, pick: str | Words) -> str:
    if isinstance(pick, Words):
        return pick.words
    term = shot.resolved.vocabulary.terms.get(pick)
    return term.label if term else pick
