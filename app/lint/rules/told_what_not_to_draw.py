import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from app.lint.base import Rule
from app.lint.prose import prose
from app.match import mentions
from app.patch import at, merge
from app.resolve import Resolved
from app.schema.compiled import Finding

DENIAL = re.compile(
    r"\b(?:(?<!\bis )(?<!\bwas )(?<!\bare )(?<!\bam )(?<!\bbe )"
    r"(?:with\s+)?no\s+(?!longer\b|doubt\b|matter\b|more\b|less\b|fewer\b|sooner\b|other\b|man['’]s\b"
    r"|hurry\b|haste\b|reason\b|need\b|money\b|idea\b|hope\b|mercy\b|choice\b|time\b|way\b|use\b|luck\b|love\b"
    r"|answers?\b|reply\b|escape\b|help\b|sleep\b|rest\b|fear\b|regrets?\b|secrets?\b|fool\b|saint\b|strangers?\b|coward\b|sound\b|words?\b|warning\b"
    r"|one\b|to\b|and\b|or\b|but\b|in\b|at\b|\d|[\w'’-]+\s+(?:but|except|save)\b)"
    r"|(?:with\s+)?(?:free|devoid|empty)\s+of\s+(?!the\b|his\b|her\b|their\b|its\b)(?:any\s+)?"
    r"|without\s+(?!(?:an?\s+|the\s+)?(?:word|sound|hurry|haste|doubt|warning|\w+ing)\b)(?:any\s+|an?\s+|the\s+)?"
    r"|(?:do\s+not|don['’]t|avoid|never)\s+(?:show(?:ing)?\s+|draw(?:ing)?\s+|includ(?:e|ing)\s+)(?:any\s+)?"
    r"|not\s+(?=smiling\b|moving\b|looking\b|wearing\b|showing\b))"
    r"(?P<noun>[^\W\d_][\w'’-]*(?:\s+(?!in\b|on\b|at\b|and\b|or\b|of\b|the\b|to\b|with\b)[^\W\d_][\w'’-]*)?)",
    re.IGNORECASE,
)


class Denied(NamedTuple):
    """Words that deny something: all of them, the thing, and where they stand."""

    words: str
    noun: str
    start: int
    end: int


class ToldWhatNotToDraw(Rule):
    """The words say what is not to be in the picture.

    ## What
    Free text holds a negation of something that can be drawn: no people, without cars, not smiling. "No hurry", "he is
    no fool" and "no people but her" deny nothing that a model could draw by mistake.

    ## Why
    Text encoders read the noun and hardly the "no": a beach with "no people" has people on it. What must stay away
    belongs under Exclude, which each target takes in its own way; or say what is there instead, an empty beach.

    ## Example
    ```toml
    [place]
    where = "a beach at low tide, no people"
    ```

    ```toml
    [subjects.mara]
    description = "a keeper, not smiling"
    ```

    ## Instead
    ```toml
    exclude = ["exclude.people"]

    [place]
    where = "an empty beach at low tide"
    ```
    """

    id = "told_what_not_to_draw"
    number = "PRM03"
    basis = "craft"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Read every free text that is sent."""
        for path, text in prose(resolved):
            for denied in denials(text):
                yield self.found(
                    f"Models read the noun and not the denial, so {denied.words!r} may put it into the picture: move "
                    "it to Exclude, or say what is there instead.",
                    path,
                    fix=_moved(resolved, path, text, denied),
                )


@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[Denied, ...]:
    """Return what a text denies, in its order."""
    return tuple(Denied(found[0], found["noun"], *found.span()) for found in DENIAL.finditer(text))


def _moved(resolved: Resolved, path: str, text: str, denied: Denied) -> dict[str, Any] | None:
    """Return the patch that moves a whole clause to Exclude, where the vocabulary has what it denies."""
    value = resolved.values[path].value
    before, after = text[: denied.start].rstrip(), text[denied.end :].lstrip()
    whole = (not before or before[-1] in ",;.") and (not after or after[0] in ",;.")
    terms = mentions(resolved.vocabulary, denied.noun, "exclude") if whole else ()
    if not terms or type(value) is tuple:
        return None
    rest = (before.rstrip(",; ") + after if before else after.lstrip(",;. ")).strip()
    kept = None if not rest else {"words": rest} if type(value) is dict else rest
    said = list(resolved.value("exclude") or ())
    excluded = at("exclude", said if terms[0].id in said else [*said, terms[0].id])
    return dict(merge(at(path, kept), excluded)) if kept is not None else {**at(path, None), **excluded}
