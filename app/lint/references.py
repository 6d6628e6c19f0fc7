"""What several rules look at in the references: which aspects a picture answers for, and of whom."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from app.lint.base import Rule
from app.lint.people import people
from app.patch import Json
from app.resolve import Resolved
from app.resolve.known import ordered
from app.schema.compiled import Finding
from app.schema.shot import Reference

CHARACTER = "reference.role.character"
COLOR_PALETTE = "reference.role.color_palette"
COMPOSITION = "reference.role.composition"
LIGHTING = "reference.role.lighting"
STYLE = "reference.role.style"
TEXTURE = "reference.role.texture"

FACE = "reference.aspect.face"
HAIR = "reference.aspect.hair"
WARDROBE = "reference.aspect.wardrobe"
PALETTE = "reference.aspect.palette"
LIGHT_DIRECTION = "reference.aspect.light_direction"
LIGHT_COLOUR = "reference.aspect.light_colour"
FRAMING = "reference.aspect.framing"
GRAIN = "reference.aspect.grain"
SURFACE = "reference.aspect.texture"

LENT = {
    CHARACTER: (FACE, HAIR, WARDROBE),
    COLOR_PALETTE: (PALETTE,),
    COMPOSITION: (FRAMING,),
    LIGHTING: (LIGHT_DIRECTION, LIGHT_COLOUR),
    STYLE: (GRAIN,),
    TEXTURE: (SURFACE,),
}
"""What a picture lends in each role when nobody says what to take from it."""

MOST = 24
"""Aspects that one list of a reference holds."""


class Fight(NamedTuple):
    """A picture that lends what words say too: whose it is, what it lends (in words), and where the words stand."""

    name: str
    who: str
    parts: str
    paths: tuple[str, ...]


class AgainstPicture(Rule):
    """A rule that is a row of a table: what a picture lends, and the words that say the same.

    A warning stands beside the words; an info, which may well be meant so, beside the picture.
    """

    over: ClassVar[dict[str, tuple[str, ...]]]
    """By aspect, the paths that say the same: `{who}` is whose picture it is, `*` any id."""

    mended: ClassVar[frozenset[str]] = frozenset()
    """Aspects that the picture may leave to the words."""

    at_once: ClassVar[bool] = False
    """Whether one finding tells all that a picture lends."""

    @abstractmethod
    def says(self, fight: Fight) -> str:
        """Return the message."""

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare what each picture lends with what the words say."""
        for name, reference in sent(resolved):
            who = owner(resolved, reference)
            fought = {
                aspect: paths
                for aspect in lent(reference)
                if (paths := _said(resolved, self.over.get(aspect, ()), who))
            }
            for some in [tuple(fought)] if self.at_once and fought else [(aspect,) for aspect in fought]:
                parts = " and ".join(resolved.vocabulary.terms[aspect].phrase for aspect in some)
                fight = Fight(name, who, parts, tuple(path for aspect in some for path in fought[aspect]))
                role = f"references.{name}.role"
                paths = (role, *fight.paths) if self.severity == "info" else (*fight.paths, role)
                fix = left_to_words(name, reference, *some) if self.mended.issuperset(some) else None
                yield self.found(self.says(fight), *paths, fix=fix)


def _said(resolved: Resolved, patterns: tuple[str, ...], who: str) -> tuple[str, ...]:
    """Return where words say what a picture lends: of the shot or of one subject, then lamp by lamp or one by one."""
    one = [path.replace("{who}", who) for path in patterns if "*" not in path]
    each = [path for path in patterns if "*" in path]
    things = getattr(resolved, each[0].partition(".")[0]) if each else ()
    return told(resolved, *one, *(path.replace("*", name) for name, _ in things for path in each))


def sent(resolved: Resolved) -> list[tuple[str, Reference]]:
    """Return the references that go out, by slot: those with a picture and a role, not left to the model."""
    return [
        (name, one)
        for name, one in ordered(resolved.shot.references)
        if one.asset and one.role and resolved.left.isdisjoint((f"references.{name}.asset", f"references.{name}.role"))
    ]


def lent(reference: Reference) -> tuple[str, ...]:
    """Return the known aspects that a picture answers for: those to take, else those of its role, less the ignored."""
    if reference.take:
        wanted = tuple(one for one in reference.take if isinstance(one, str))
    else:
        wanted = LENT.get(str(reference.role), ())
    return tuple(one for one in wanted if one not in reference.ignore)


def owner(resolved: Resolved, reference: Reference) -> str:
    """Return the subject that a picture is of: the one it names, else the only one there is; empty when open."""
    if reference.of:
        return reference.of if reference.of in resolved.shot.subjects else ""
    cast = people(resolved) or [name for name, _ in resolved.subjects]
    return cast[0] if len(cast) == 1 else ""


def told(resolved: Resolved, *paths: str) -> tuple[str, ...]:
    """Return those of the paths at which something is said that goes out."""
    return tuple(path for path in paths if path in resolved.said and path not in resolved.left)


def left_to_words(name: str, reference: Reference, *aspects: str) -> Json | None:
    """Return the patch by which a picture no longer answers for some aspects.

    None when it would have nothing left to lend: the picture would then be sent for nothing.
    """
    kept = [one for one in reference.take if one not in aspects]
    ignored = [*reference.ignore, *(one for one in aspects if one not in reference.ignore)]
    if set(lent(reference)) <= set(aspects) or len(ignored) > MOST:
        return None
    changed = {"ignore": [_plain(one) for one in ignored]}
    if len(kept) < len(reference.take):
        changed["take"] = [_plain(one) for one in kept]
    return {"references": {name: changed}}


def _plain(pick: object) -> object:
    """Return a pick as a patch holds it."""
    return pick if isinstance(pick, str) else {"words": getattr(pick, "words", "")}
