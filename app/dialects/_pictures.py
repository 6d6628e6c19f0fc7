"""Reference pictures: numbered together with the array that is sent, so that text and pictures never part."""

from dataclasses import replace

from app.compile import Brief, Picture
from app.dialects._draft import Draft
from app.schema import Choice, Param, Sent

SOURCE = "reference.role.source"

MANY = "[]"
"""What a field's name ends with when it takes a list."""


def number(brief: Brief, draft: Draft) -> None:
    """Give each picture its number in the array, or its own field; what finds no room is a loss with a choice."""
    if not brief.pictures:
        return
    references = draft.target.references
    most = references.beside if references.beside and _has_source(brief, draft) else references.max
    same = {(one.role, one.asset): one for one in draft.already if one.slot}
    taken = len(same)
    for picture in sorted(brief.pictures, key=lambda one: one.role != SOURCE):
        before = same.get((picture.role, picture.asset))
        if picture.role == SOURCE and not (_changes(brief) and draft.target.edit.line):
            _no_change(picture, draft)
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


def _changes(brief: Brief) -> bool:
    return any(clause.slot == "edit" and clause.facts[0].name == "change" for clause in brief.clauses)


def _put_in_field(picture: Picture, name: str, draft: Draft) -> None:
    """Send a picture in a field of its own, which says its role; the text never names it."""
    paths = (f"references.{picture.id}.asset", f"references.{picture.id}.role")
    key = name.removesuffix(MANY)
    before = draft.params.get(key)
    if before is None:
        draft.params[key] = Param([picture.asset] if name.endswith(MANY) else picture.asset, paths)
    elif name.endswith(MANY) and len(before.value) < (draft.target.references.max or len(before.value) + 1):
        draft.params[key] = Param([*before.value, picture.asset], (*before.paths, *paths))
    else:
        reason = f"{draft.target.label} takes one picture in this role."
        if name.endswith(MANY):
            reason = f"{draft.target.label} takes at most {len(before.value)} pictures there."
        others = [one for one in draft.sent if one.field == key]
        draft.lose(draft.below(f"references.{picture.id}"), reason, choices=_in_place_of(picture.id, others, draft))
        return
    draft.sent.append(Sent(0, picture.id, picture.role, picture.asset, key))


def _no_change(picture: Picture, draft: Draft) -> None:
    """Lose a source image that nothing is to become of."""
    reason = "A source image is sent with a change: say what is to change."
    if not draft.target.edit.line:
        reason = f"{draft.target.label} changes no picture that exists."
    draft.lose(draft.below(f"references.{picture.id}"), reason)


def _no_such_role(picture: Picture, draft: Draft) -> None:
    """Lose a picture whose role the target lacks; it may go in another role."""
    roles = (*draft.target.references.words, *draft.target.references.fields)
    terms = draft.resolved.vocabulary.terms
    choices = tuple(
        Choice(f"Send it as {terms[role].phrase}", {"references": {picture.id: {"role": role}}})
        for role in roles
        if role in terms
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


def _role(picture: Picture, draft: Draft) -> str:
    term = draft.resolved.vocabulary.terms.get(picture.role)
    return term.phrase if term else picture.role
