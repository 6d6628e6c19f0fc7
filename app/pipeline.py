"""The main path, whole: read this first. A shot goes in; findings and a prompt with its source map come out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock

from app.compile import lower, lowering, sentence
from app.dialects import dialects, write_scene
from app.errors import BadInputError
from app.lint import check_cut, lint
from app.resolve import Resolved, resolve
from app.schema import Compiled, Finding, Prompt, Shot
from app.schema.checks import EVERYTHING, Checks
from app.vocab import Target, Vocabulary


def compile_shot(
    shot: Shot,
    target: Target,
    vocabulary: Vocabulary,
    checks: Checks = EVERYTHING,
    origins: Mapping[str, str] | None = None,
) -> Compiled:
    """Resolve a shot, check it, lower it to clauses, and word them in the target's dialect."""
    resolved = resolve(shot, vocabulary, origins)
    findings = lint(resolved, checks)
    brief = lower(resolved)
    prompt = dialects[target.dialect].write(brief, resolved, target)
    return _compiled(target, prompt, findings)


class Editing:
    """One shot while it is edited: a new compile lowers and words only what the edit touches."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Begin with nothing compiled."""
        self._vocabulary = vocabulary
        self._lowering = lowering()
        self._one_at_a_time = Lock()

    def compile(
        self, shot: Shot, target: Target, checks: Checks = EVERYTHING, origins: Mapping[str, str] | None = None
    ) -> tuple[Compiled, Resolved]:
        """Return what `compile_shot` returns, and the resolved shot."""
        resolved = resolve(shot, self._vocabulary, origins)
        findings = lint(resolved, checks)
        with self._one_at_a_time:
            return _compiled(target, self.prompt(resolved, target), findings), resolved

    def prompt(self, resolved: Resolved, target: Target) -> Prompt:
        """Return the prompt alone, unchecked."""
        return dialects[target.dialect].write(self._lowering.lower(resolved), resolved, target)


def compile_all(
    shot: Shot, targets: Iterable[Target], vocabulary: Vocabulary, checks: Checks = EVERYTHING
) -> list[Compiled]:
    """Compile a shot for many targets: it is resolved, checked and lowered once."""
    resolved = resolve(shot, vocabulary)
    findings = lint(resolved, checks)
    brief = lower(resolved)
    return [_compiled(one, dialects[one.dialect].write(brief, resolved, one), findings) for one in targets]


def compile_scene(
    shots: Sequence[Shot], target: Target, vocabulary: Vocabulary, checks: Checks = EVERYTHING
) -> Compiled:
    """Compile several shots to one prompt, for a model that cuts by itself. Paths begin with `shots.1.`.

    Raises BadInputError for a target that takes one shot a prompt.
    """
    if not target.timing.shot:
        many = sorted(one.id for one in vocabulary.targets.values() if one.timing.shot and not one.retired)
        hint = f"These take several: {', '.join(many)}."
        raise BadInputError(f"{target.label} takes one shot a prompt.", hint=hint)
    resolved = [resolve(shot, vocabulary) for shot in shots]
    findings = [
        replace(one, paths=tuple(f"shots.{number}.{path}" for path in one.paths), fix=None)
        for number, each in enumerate(resolved, start=1)
        for one in lint(each, checks)
    ]
    briefs = [lower(one) for one in resolved]
    return _compiled(target, write_scene(dialects[target.dialect], briefs, resolved, target), findings)


def plain_shot(shot: Shot, target: Target, vocabulary: Vocabulary) -> Compiled:
    """Return the sentence that somebody without Printlight would type for the same shot, and all that it loses."""
    resolved = resolve(shot, vocabulary)
    prompt = dialects[target.dialect].plain(sentence(resolved), resolved, target)
    return _compiled(target, prompt, [])


def check_shot(shot: Shot, vocabulary: Vocabulary, checks: Checks = EVERYTHING) -> list[Finding]:
    """Return what a camera department would point out, whatever the target."""
    return lint(resolve(shot, vocabulary), checks)


def check_cuts(
    shots: Sequence[Shot | Resolved], scenes: Sequence[str], vocabulary: Vocabulary, checks: Checks = EVERYTHING
) -> dict[int, list[Finding]]:
    """Return what does not go on from shot to shot, by the index of the later one; paths and fixes are on that one.

    `scenes` are the numbers of the shots' scenes: a cut is between two neighbours of one scene, and has an entry here,
    if an empty one. A shot in no scene ("") cuts with nothing.
    """
    found: dict[int, list[Finding]] = {}
    before: Resolved | None = None
    for index, shot in enumerate(shots):
        after = shot if isinstance(shot, Resolved) else resolve(shot, vocabulary)
        if before is not None and scenes[index] and scenes[index] == scenes[index - 1]:
            found[index] = check_cut(before, after, checks)
        before = after
    return found


def _compiled(target: Target, prompt: Prompt, findings: list[Finding]) -> Compiled:
    return Compiled(
        target=target.id,
        text=prompt.text,
        segments=prompt.segments,
        negative=prompt.negative,
        params=prompt.params or {},
        references=prompt.references,
        losses=prompt.losses,
        findings=tuple(findings),
    )
