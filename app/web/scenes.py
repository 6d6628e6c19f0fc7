"""Several shots of a film as one prompt: which are chosen, the text parted by shot, and what was lost of each."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.dialects._scene import UNTIMED
from app.errors import UnknownNameError
from app.schema import Compiled, Finding, Loss, Segment
from app.schema.documents import Draft
from app.schema.facets import title
from app.vocab import Target
from app.web.targets import living

TITLES = 6
"""Of a longer list of lost fields the rest is counted."""

MOVES = "\n"
"""What the compiler puts between two shots."""


class Lost(NamedTuple):
    """What was lost for one reason: the fields, what was sent in their place, and how many more fields there are."""

    reason: str
    sent: str
    fields: tuple[str, ...]
    more: int


class Part(NamedTuple):
    """One shot of a scene: its run of the text, what was lost of it, and what a camera department would point out.

    `losses` counts what was lost; `lost` gathers it by reason.
    """

    number: int
    draft: Draft
    segments: tuple[Segment, ...]
    losses: int
    lost: tuple[Lost, ...]
    findings: tuple[Finding, ...]


def takers() -> list[Target]:
    """Return the living targets that take several shots in one prompt."""
    return [target for target in living() if target.timing.shot]


def target_of(drafts: Iterable[Draft]) -> Target:
    """Return the target to begin with: the first that a shot is written for and that takes several, else any."""
    found = {target.id: target for target in takers()}
    return next((found[one.target] for one in drafts if one.target in found), next(iter(found.values())))


def choose(drafts: Sequence[Draft], wanted: Sequence[str] | None, target: Target) -> list[Draft]:
    """Return the chosen shots in the order of the film; where nobody chose, as many from the first as a target takes.

    Raises UnknownNameError for a shot that the film does not have.
    """
    if wanted is None:
        return list(drafts[: target.timing.shots])
    ids = [one.id for one in drafts]
    if unknown := [name for name in wanted if name not in ids]:
        raise UnknownNameError("shot of this film", unknown[0], ids)
    return [one for one in drafts if one.id in wanted]


def parts(compiled: Compiled, chosen: Sequence[Draft]) -> list[Part]:
    """Return a scene shot by shot. A shot for which a prompt has no place comes last, without text."""
    runs = _runs(compiled.segments)
    found = []
    for number, draft in enumerate(chosen, start=1):
        run = tuple(runs[number - 1]) if number <= len(runs) else ()
        losses = [one for one in compiled.losses if _shots(one.paths) == {number}]
        findings = tuple(one for one in compiled.findings if _shots(one.paths) == {number})
        found.append(Part(number, draft, run, len(losses), _lost(losses), findings))
    return found


def together(compiled: Compiled) -> tuple[Lost, ...]:
    """Return what was lost of several shots at once, such as the length of the scene."""
    return _lost(one for one in compiled.losses if len(_shots(one.paths)) != 1)


def _runs(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Part a scene's text where each shot begins: behind a new line, with its own paths or its number."""
    runs: list[list[Segment]] = [[]]
    for segment in segments:
        following = len(runs) + 1
        is_next = following in _shots(segment.paths) or segment.text == UNTIMED.format(number=following)
        if is_next and runs[-1] and runs[-1][-1].text == MOVES:
            runs.append([])
        runs[-1].append(segment)
    return runs


def _shots(paths: Iterable[str]) -> set[int]:
    """Return the numbers of the shots that some paths are of."""
    return {int(path.split(".")[1]) for path in paths if path.startswith("shots.")}


def _lost(losses: Iterable[Loss]) -> tuple[Lost, ...]:
    """Gather losses by their reason and what was sent."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for loss in losses:
        fields = found.setdefault((loss.reason, loss.sent), {})
        fields |= dict.fromkeys(title(path.split(".", 2)[2]) for path in loss.paths)
    return tuple(
        Lost(reason, sent, tuple(fields)[:TITLES], max(0, len(fields) - TITLES))
        for (reason, sent), fields in found.items()
    )
