"""Tokens: numbers stand in their order, a range is covered exactly, and no word can be taken for a fact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.search_tokens import (
    MOST_TOKENS,
    code,
    fact,
    joined,
    number,
    rounded,
    value,
    within,
    words,
)

numbers = st.floats(-1e6, 1e6).map(lambda one: rounded(one, 3)) | st.integers(-300, 300).map(float)


@given(numbers, numbers)
def test_codes_stand_in_the_order_of_their_numbers(one: float, other: float) -> None:
    assert (code("k", one) < code("k", other)) == (one < other)
    assert (code("k", one) == code("k", other)) == (one == other)


@given(numbers)
def test_a_code_can_be_read_again(one: float) -> None:
    assert rounded(value(code("k", one)), 3) == one


@given(known=st.lists(numbers, max_size=60), low=numbers, high=numbers, above=st.booleans(), below=st.booleans())
def test_a_range_is_covered_by_the_tokens_of_its_numbers_alone(
    *, known: list[float], low: float, high: float, above: bool, below: bool
) -> None:
    first, last = code("k", low, +above), code("k", high, -below)
    found = set(within("k", first, last, [code("k", one) for one in known]))
    for one in known:
        inside = (one > low if above else one >= low) and (one < high if below else one <= high)
        assert bool(found & set(number("k", one))) == inside, one


@given(st.text())
def test_words_hold_nothing_but_letters_and_digits(text: str) -> None:
    assert all(one.isalnum() and len(one) <= 64 for one in words(text))


@given(st.text(), st.text())
def test_a_fact_is_no_word_and_holds_no_blank(key: str, said: str) -> None:
    told = fact("tag", said)
    assert len(told.split()) == 1
    assert told not in words(f"{key} {said}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Lamp-Room, 2.39:1", ("the", "lamp", "room", "2", "39", "1")),
        ("Été, STRASSE, Straße", ("ete", "strasse", "strasse")),
        ("灯台守がrain", ("灯", "台", "守", "か", "rain")),
        ("👩🏽‍🚀 ...", ()),
    ],
)
def test_words(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


def test_texts_are_kept_apart_and_an_endless_one_is_cut() -> None:
    assert joined([("wet", "street"), ("lamp",), ("lamp",)], ["is=shot", "is=shot"]) == "wet street = lamp = is=shot"
    endless = joined([tuple(f"w{one}" for one in range(50_000))], ["is=shot"])
    assert endless.endswith(" is=shot")
    assert len(endless.split()) <= MOST_TOKENS + 1
