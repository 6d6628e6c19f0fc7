"""The main path, whole: read this first. A shot goes in; findings and a prompt with its source map come out."""

from collections.abc import Mapping

from app.compile import lower, sentence
from app.dialects import dialects
from app.lint import lint
from app.resolve import resolve
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


def plain_shot(shot: Shot, target: Target, vocabulary: Vocabulary) -> Compiled:
    """Return the sentence that somebody without Printlight would type for the same shot, and all that it loses."""
    resolved = resolve(shot, vocabulary)
    prompt = dialects[target.dialect].plain(sentence(resolved), resolved, target)
    return _compiled(target, prompt, [])


def check_shot(shot: Shot, vocabulary: Vocabulary, checks: Checks = EVERYTHING) -> list[Finding]:
    """Return what a camera department would point out, whatever the target."""
    return lint(resolve(shot, vocabulary), checks)


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
