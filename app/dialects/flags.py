"""Short phrases, then parameters as flags at the end of the text: Midjourney's way."""

from typing import Any

from app.compile import Clause
from app.dialects._draft import Draft
from app.dialects.tags import Tags
from app.schema import Param, Segment


class Flags(Tags):
    """Tags, and behind the last word every field of the request as `--name value`."""

    id = "flags"
    form = "flags"

    def text(self, clauses: list[Clause], draft: Draft) -> list[Segment]:
        """Write the phrases, then the flags: the shape, what to keep out, pictures, and what is always sent."""
        said = [clause for clause in clauses if clause.slot != "exclude"]
        segments = super().text(said, draft)
        flags = [*self._excluded(clauses, draft), *self._fields(draft)]
        for number, flag in enumerate(flags):
            segments += [Segment(" "), *flag] if number or segments else flag
        return segments

    def _excluded(self, clauses: list[Clause], draft: Draft) -> list[list[Segment]]:
        facts = [fact for clause in clauses if clause.slot == "exclude" for fact in clause.facts]
        if not facts:
            return []
        named = [self.say(fact, draft) for fact in facts]
        spaced = [part for one in named for part in (Segment(", "), one)][1:]
        return [[Segment("--no "), *spaced]]

    def _fields(self, draft: Draft) -> list[list[Segment]]:
        fields: dict[str, Param | Any] = {**draft.params, **draft.target.params}
        return [[self._flag(name, value)] for name, value in fields.items()]

    def _flag(self, name: str, value: Any) -> Segment:
        paths = value.paths if isinstance(value, Param) else ()
        plain = value.value if isinstance(value, Param) else value
        words = " ".join(str(one) for one in plain) if isinstance(plain, list) else str(plain)
        return Segment(f"{name} {words}".rstrip(), paths)
