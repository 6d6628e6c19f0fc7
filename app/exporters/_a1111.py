"""What the files for A1111 have in common."""

from collections.abc import Iterator, Sequence

from app.exporters.base import ReelShot

TARGETS = ("sdxl", "sd-1.5", "sd-3.5", "flux-1", "qwen-image-2512")
"""The models whose prompts that program draws, the most usual one first."""


def names(shots: Sequence[ReelShot]) -> Iterator[str]:
    """Yield a name for each shot that no other has: the program keeps one style a name."""
    taken: set[str] = set()
    for number, shot in enumerate(shots, start=1):
        name = " ".join(shot.title.split())
        if name in taken:
            name = f"{name} ({number})"
        taken.add(name)
        yield name
