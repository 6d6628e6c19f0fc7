"""Refuses numbers that no lens, lamp or place can have."""


def positive(what: str, value: float, unit: str = "") -> None:
    """Raise ValueError unless `value` is above 0."""
    if not value > 0:
        raise ValueError(f"{what} must be above 0{unit}, not {value:g}{unit}.")


def between(what: str, value: float, low: float, high: float, unit: str = "") -> None:
    """Raise ValueError unless `value` lies from `low` to `high`, both included."""
    if not low <= value <= high:
        raise ValueError(f"{what} must lie between {low:g}{unit} and {high:g}{unit}, not at {value:g}{unit}.")
