"""Luma's Uni-1: a labelled cinematic brief for a model that reasons before it draws."""

from app.compile import Clause
from app.dialects.base import Dialect, Draft
from app.schema import Segment

CLOSING = "Treat each reference as having authority over its own layer only."


class Uni1(Dialect):
    """Labelled blocks after Luma's field guide, reference lines by role, no negatives, derived light said out loud."""

    id = "uni1"
    asks_for_extraction = True

    blocks = (
        ("", ("frame",)),
        ("Subject", ("subject", "relation", "beat")),
        ("Scene", ("place", "instead", "lettering")),
        ("Camera", ("angle", "lens", "exposure", "depth", "support")),
        ("Composition", ("framing", "extraction")),
        ("Lighting", ("lighting", "light")),
        ("The light reads", ("reading",)),
        ("Look", ("look",)),
        ("Mood", ("intent",)),
        ("References", ("reference",)),
    )

    def clause(self, clause: Clause, draft: Draft) -> list[Segment]:
        """Write one clause; a reference is a line of its own form."""
        return self._reference(clause, draft) if clause.slot == "reference" else super().clause(clause, draft)

    def text(self, clauses: list[Clause], draft: Draft) -> list[Segment]:
        """Close with the rule that keeps references apart, when there are any."""
        segments = super().text(clauses, draft)
        if any(clause.slot == "reference" and clause.about in draft.numbers for clause in clauses):
            segments.append(Segment(f" {CLOSING}"))
        return segments

    def _reference(self, clause: Clause, draft: Draft) -> list[Segment]:
        """Write `Use IMAGE1 (what it shows) as a CHARACTER reference`, numbered as the array is."""
        number = draft.numbers.get(clause.about)
        if not number:
            return []
        facts = {fact.name: fact for fact in clause.facts}
        role = draft.target.references.words[facts["role"].term]
        segments = [Segment("Use "), Segment(f"IMAGE{number}", facts["asset"].paths)]
        if "shows" in facts:
            segments += [Segment(" ("), self.say(facts["shows"], draft), Segment(")")]
        segments += [Segment(" as a "), Segment(role, facts["role"].paths), Segment(" reference")]
        for name, words in (("of", " for "), ("take", ": take "), ("ignore", "; leave out ")):
            if name in facts:
                segments += [Segment(words), self.say(facts[name], draft)]
        return segments
