"""What several rules look at in the references: which aspects a picture answers for, and of whom."""

from app.lint.people import people
from app.patch import Json
from app.resolve import Resolved
from app.resolve.known import ordered
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
