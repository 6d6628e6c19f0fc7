"""The film that ships with Printlight, and its reference pictures."""

from collections.abc import Iterator

from app.schema import Shot, read_data
from app.shipped import shipped
from app.vocab import Sample, vocabulary


def shipped_shots() -> Iterator[tuple[Sample, Shot]]:
    """Yield the sample shots in the order of the film."""
    for sample in vocabulary().samples.values():
        yield sample, read_data(sample.shot, f"The sample {sample.id}")


KEPT = (
    ("below_stairs", "look", "", "Pushed two stops, green"),
    ("the_rim", "person", "mara", "Mara"),
    ("two_keepers", "person", "jonas", "Jonas"),
    ("the_rim", "place", "", "The lamp room"),
    ("the_rim", "lights", "", "Warm rim, cold sea"),
)
"""What of the sample film is kept in the library: of which shot, as what, whose, and under which name."""


def shipped_pictures() -> Iterator[tuple[str, bytes]]:
    """Yield the reference pictures that the samples name by their hash."""
    for path in sorted((shipped("vocab") / "samples").glob("*.png")):
        yield path.stem.replace("_", " "), path.read_bytes()
