"""A number as somebody types it into a field: `1/3`, `5'6"`, `T2.8`, `85mm`, `3200K`, `-2 1/2`, `2.39:1`."""

from collections.abc import Callable
from math import log2

from app.compile.wording import plain
from app.errors import BadInputError, UnknownNameError
from app.match import Quantity, quantities
from app.schema.facets import extra, limits

Turn = Callable[[float], float]

NAMES = {"°": "deg", ":1": "ratio", "×": "x", "CC": ""}
"""Units of the schema, as `quantities` names them."""

TURNS: dict[tuple[str, str], Turn] = {
    ("mm", "m"): lambda value: value / 1000,
    ("m", "mm"): lambda value: value * 1000,
    ("mired", "K"): lambda value: 1e6 / value,
    ("ratio", "stops"): log2,
    ("ratio", "x"): lambda value: value,
    ("x", "ratio"): lambda value: value,
    ("%", ""): lambda value: value / 100,
    ("f", "T"): lambda value: value,
}
"""From the unit that is typed to the one of the field. An f-number is taken for a T-stop, as notes take it."""

MOST_LETTERS = 40


def typed(path: str, text: str) -> float:
    """Return the number that was typed for a path, in the unit of its field.

    Raises UnknownNameError for a path that holds no number, and BadInputError for a text that is none, that is in
    another unit, or that lies beyond the field.
    """
    span = limits(path)
    if span is None:
        raise UnknownNameError("number of a shot", path[:80], ())
    unit = str(extra(path).get("unit", ""))
    number = _read(text.strip()[: MOST_LETTERS + 1], unit)
    wanted = NAMES.get(unit, unit)
    turn = TURNS.get((number.unit, wanted))
    if turn is None and number.unit not in {"", wanted}:
        raise BadInputError(f"That is in {number.unit}.", hint=f"Type {unit or 'a plain number'}.")
    try:
        value = round(turn(number.value) if turn else number.value, 4)
    except (ValueError, ZeroDivisionError):
        raise BadInputError(f"That is nothing in {unit}.", hint=f"Type {unit}.") from None
    if not span[0] <= value <= span[1]:
        raise BadInputError(f"It lies between {plain(span[0], 3)} and {plain(span[1], 3)} {unit}".strip() + ".")
    return value


def _read(text: str, unit: str) -> Quantity:
    """Return the one number of a text that says nothing else; the field's own unit may stand on either side."""
    found = quantities(text)
    if len(found) == 1 and len(text) <= MOST_LETTERS:
        rest = text[: found[0].start] + text[found[0].end :]
        if rest.strip(" +").casefold() in {"", unit.casefold()}:
            return found[0]
    raise BadInputError("Type a number.", hint=f"It is in {unit}." if unit else "")
