"""Reference pictures: numbered together with the array that is sent, so that text and pictures never part."""

from dataclasses import replace

from app.compile import Brief, Picture
from app.compile.changes import EXTEND
from app.compile.wording import joined
from app.dialects._draft import Draft
from app.schema import Choice, Param, Sent

SOURCE = "reference.role.source"
KEYFRAME = "reference.role.keyframe"

MAPS = frozenset(f"reference.role.{name}" for name in ("mask", "depth", "pose", "edges", "normals"))
"""Roles of pictures that nobody looks at: they hold another picture to a shape."""

MANY = "[]"
"""What a field's name ends with when it takes a list."""


def number(brief: Brief, draft: Draft) -> None:
    """Give each picture its number in the array, or its own field; what finds no room is a loss with a choice."""
    if not brief.pictures:
        return
    references = draft.target.references
    most = references.beside if references.beside and _has_source(brief, draft) else references.max
    away = _away(brief, draft)
    same = {(one.role, one.asset): one for one in draft.already if one.slot}
    taken = len(same)
    for picture in sorted(brief.pictures, key=lambda one: one.role != SOURCE):
        before = same.get((picture.role, picture.asset))
        if picture.role == SOURCE and not _may_be_changed(brief, draft):
            _no_change(picture, draft)
        elif picture.id in away:
            _never_both(picture, away[picture.id], draft)
        elif picture.role in references.fields:
            _put_in_field(picture, references.fields[picture.role], draft)
        elif picture.role not in references.words:
            _no_such_role(picture, draft)
        elif before:
            draft.numbers[picture.id] = before.slot
            draft.sent.append(before)
        elif taken == most:
            _no_room(picture, most, draft)
        else:
            taken += 1
            draft.numbers[picture.id] = taken
            draft.sent.append(Sent(taken, picture.id, picture.role, picture.asset))
            _travel(picture, draft, ())


def leave_out(name: str, draft: Draft) -> None:
    """Take a picture out of the array and count the others anew: no picture goes out without its line."""
    draft.sent = [one for one in draft.sent if one.id != name]
    first = sum(1 for one in draft.already if one.slot) + 1
    kept = [one for one in draft.sent if one.slot and one not in draft.already]
    again = {one.id: one.slot for one in draft.sent if one in draft.already and one.slot}
    draft.numbers = again | {one.id: number for number, one in enumerate(kept, start=first)}
    draft.sent = [replace(one, slot=draft.numbers.get(one.id, 0)) for one in draft.sent]


def _has_source(brief: Brief, draft: Draft) -> bool:
    return any(one.role == SOURCE and one.role in draft.target.references.fields for one in brief.pictures)


def _may_be_changed(brief: Brief, draft: Draft) -> bool:
    """Tell whether a source image can go: with a change to say, or where the model draws the whole text over it."""
    return _changes(brief) if draft.target.edit.line else SOURCE in draft.target.references.fields


def _changes(brief: Brief) -> bool:
    return any(clause.slot == "edit" and clause.facts[0].name == "change" for clause in brief.clauses)


def _away(brief: Brief, draft: Draft) -> dict[str, list[Sent | Picture]]:
    """Return the pictures that stay behind, each with those of the kind that goes, the one that decides it first.

    Of kinds that exclude each other one goes: that of an earlier shot of the prompt, else a pinned one, else the first.
    """
    kinds = {role: number for number, roles in enumerate(draft.target.references.excludes) for role in roles}
    before = [one for one in draft.already if one.role in kinds]
    here = [one for one in brief.pictures if one.role in kinds]
    first: list[Sent | Picture] = [*before, *(one for one in here if _pins(one, draft)), *here]
    if not first:
        return {}
    goes = kinds[first[0].role]
    others = [one for one in first if kinds[one.role] == goes]
    return {one.id: others for one in here if kinds[one.role] != goes}


def _pins(picture: Sent | Picture, draft: Draft) -> list[str]:
    """Return the paths of a picture that somebody pinned."""
    if not draft.resolved.pins:
        return []
    return [path for path in draft.below(f"references.{picture.id}") if draft.resolved.pinned(path)]


def _never_both(picture: Picture, others: list[Sent | Picture], draft: Draft) -> None:
    """Lose a picture that never goes with those of another kind; it may go in their place."""
    kinds = f"{_role(others[0], draft)} or {_role(picture, draft)} references"
    reason = f"{draft.target.label} takes {kinds}, never both, and {others[0].id} goes first."
    names = joined(list(dict.fromkeys(one.id for one in others)))
    pins = {path: {"pin": None} for one in others for path in _pins(one, draft)}
    patch = {"marks": {**pins, f"references.{picture.id}.asset": {"pin": True}}}
    choices = () if isinstance(others[0], Sent) else (Choice(f"Send it in the place of {names}", patch),)
    draft.lose(draft.below(f"references.{picture.id}"), reason, choices=choices)


def _put_in_field(picture: Picture, name: str, draft: Draft) -> None:
    """Send a picture in a field of its own, which says its role; the text never names it."""
    at = f"references.{picture.id}"
    numbers = _numbers(picture, draft)
    paths = (f"{at}.asset", f"{at}.role", *([f"{at}.address"] if picture.address else []), *numbers)
    held = picture.asset if not draft.target.references.addresses else picture.address or picture.id
    key = name.removesuffix(MANY)
    before = draft.params.get(key)
    if before is None:
        draft.params[key] = Param([held] if name.endswith(MANY) else held, paths)
    elif name.endswith(MANY) and len(before.value) < (draft.target.references.max or len(before.value) + 1):
        draft.params[key] = Param([*before.value, held], (*before.paths, *paths))
    else:
        reason = f"{draft.target.label} takes one picture in this role."
        if name.endswith(MANY):
            reason = f"{draft.target.label} takes at most {len(before.value)} pictures there."
        others = [one for one in draft.sent if one.field == key]
        draft.lose(draft.below(f"references.{picture.id}"), reason, choices=_in_place_of(picture.id, others, draft))
        return
    draft.sent.append(Sent(0, picture.id, picture.role, picture.asset, key, picture.strength, picture.at_s))
    _travel(picture, draft, numbers)
    if draft.target.references.addresses and not picture.address:
        reason = (
            f"{draft.target.label} fetches pictures from the web: put the address of this one where {key} names it."
        )
        draft.lose((f"{at}.asset",), reason, f"{key} {picture.id}")


def _numbers(picture: Picture, draft: Draft) -> tuple[str, ...]:
    """Return the paths of what a field takes with a picture: its numbers, and margins to fill."""
    takes = {"strength": picture.role in draft.target.references.strengths, "at_s": picture.role == KEYFRAME}
    wider = picture.role == SOURCE and not draft.target.edit.line and draft.resolved.value(EXTEND)
    wider = wider and draft.resolved.number("framing.aspect")
    return (
        *(f"references.{picture.id}.{name}" for name in _said(picture) if takes[name]),
        *([EXTEND] if wider else []),
    )


def _travel(picture: Picture, draft: Draft, numbers: tuple[str, ...]) -> None:
    """Lose the numbers of a picture that is sent without them."""
    reasons = {
        "strength": f"{draft.target.label} cannot be told how strongly this picture holds.",
        "at_s": "Only a keyframe is reached at a stated second.",
    }
    for name in _said(picture):
        if (path := f"references.{picture.id}.{name}") not in numbers:
            draft.lose((path,), reasons[name])


def _said(picture: Picture) -> list[str]:
    return [name for name in ("strength", "at_s") if getattr(picture, name) is not None]


def _no_change(picture: Picture, draft: Draft) -> None:
    """Lose a source image that nothing is to become of."""
    reason = "A source image is sent with a change: say what is to change."
    if not draft.target.edit.line:
        reason = f"{draft.target.label} changes no picture that exists."
    draft.lose(draft.below(f"references.{picture.id}"), reason)


def _no_such_role(picture: Picture, draft: Draft) -> None:
    """Lose a picture whose role the target lacks; it may go in another role, but a picture is no map."""
    roles = (*draft.target.references.words, *draft.target.references.fields)
    terms = draft.resolved.vocabulary.terms
    choices = tuple(
        Choice(f"Send it as {terms[role].phrase}", {"references": {picture.id: {"role": role}}})
        for role in roles
        if role in terms and (role in MAPS) == (picture.role in MAPS)
    )
    reason = f"{draft.target.label} takes no {_role(picture, draft)} reference."
    if not roles:
        reason = f"{draft.target.label} takes no reference pictures."
    draft.lose(draft.below(f"references.{picture.id}"), reason, choices=choices)


def _no_room(picture: Picture, most: int, draft: Draft) -> None:
    """Lose a picture beyond the most that a target takes; it may go in the place of another."""
    reason = f"{draft.target.label} takes at most {most} references."
    sent = [one for one in draft.sent if one.slot]
    draft.lose(draft.below(f"references.{picture.id}"), reason, choices=_in_place_of(picture.id, sent, draft))


def _in_place_of(name: str, others: list[Sent], draft: Draft) -> tuple[Choice, ...]:
    """Offer to change places with each picture that is sent."""
    slots = {one: reference.slot for one, reference in draft.resolved.shot.references.items()}
    return tuple(
        Choice(
            f"Send it in the place of {one.id}",
            {"references": {name: {"slot": slots[one.id]}, one.id: {"slot": max(slots[name], slots[one.id] + 1)}}},
        )
        for one in others
    )


def _role(picture: Sent | Picture, draft: Draft) -> str:
    term = draft.resolved.vocabulary.terms.get(picture.role)
    return term.phrase if term else picture.role
