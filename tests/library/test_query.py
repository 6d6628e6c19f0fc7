"""Reading a query: what each form means, and where a wrong one is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.query import Fact, Number, Part, Query, QueryError, Wanted, Words, read
from app.library.search_keys import KEYS, facets
from app.vocab import vocabulary

NAMES = {
    "target": {"uni-1": ("uni-1",)},
    "in": {"the lamp room": ("the-lamp-room",), "the-lamp-room": ("the-lamp-room",)},
}


def query(text: str, *, typing: bool = False) -> Query:
    return read(text, vocabulary(), NAMES, typing=typing)


def one(text: str) -> tuple[Wanted, ...]:
    ((part,),) = query(text).choices
    return part.wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kittiwake", Words(("kittiwake",))),
        ("Épave", Words(("epave",))),
        ('"wet street"', Words(("wet", "street"))),
        ('"wet street', Words(("wet", "street"))),
        ("half-built", Words(("half", "built"))),
        ("kitt*", Words(("kitt",), begins=True)),
        ("灯台", Words(("灯", "台"))),
        ("lens:85", Number("lens", 85, 85)),
        ("lens:85mm", Number("lens", 85, 85)),
        ("lens:>=85", Number("lens", 85, None)),
        ("lens:<=85", Number("lens", None, 85)),
        ("cct:<3500", Number("cct", None, 3500, below=True)),
        ("level:>-2", Number("level", -2, None, above=True)),
        ("lens:35..85", Number("lens", 35, 85)),
        ("lens:85..35", Number("lens", 35, 85)),
        ("aspect:16:9", Number("aspect", 1.78, 1.78)),
        ("stop:f/2.8", Number("stop", 2.8, 2.8)),
        ("fps:23.976", Number("fps", 24, 24)),
        ("year:1962", Number("year", 1962, 1962)),
        ("size:cu", Fact(("camera.size.cu",))),
        ("SIZE:CU", Fact(("camera.size.cu",))),
        ("time:blue_hour", Fact(("place.time.blue_hour",))),
        ('time:"blue hour"', Fact(("place.time.blue_hour",))),
        ("light.pattern:rembrandt", Fact(("light.pattern.rembrandt",))),
        ("tag:Wet-Street", Fact(("tag=wet-street",))),
        ("is:take", Fact(("is=take",))),
        ("take:circled", Fact(("take=circled",))),
        ("target:uni-1", Fact(("target=uni-1",))),
        ('in:"The Lamp Room"', Fact(("in=the-lamp-room",))),
    ],
)
def test_a_part_asks_for(text: str, wanted: Wanted) -> None:
    assert one(text) == (wanted,)
    ((refused,),) = query(f"-{text}").choices
    assert (refused.wanted, refused.negated) == ((wanted,), True)


def test_a_measure_is_a_number_as_well_as_a_word() -> None:
    assert one("85mm") == (Number("lens", 85, 85), Words(("85mm",)))
    assert one("3200K") == (Number("cct", 3200, 3200), Words(("3200k",)))
    assert one("T2.8") == (Number("stop", 2.8, 2.8), Words(("t2", "8")))


def test_a_term_is_known_by_all_its_names() -> None:
    assert one("mcu") == (Fact(("camera.size.mcu",)), Words(("mcu",)))
    parts = [choice[0].wanted for choice in query("bust shot kittiwake").choices]
    named = Fact(("camera.size.mcu",))
    assert parts == [(named, Words(("bust",))), (named, Words(("shot",))), (Words(("kittiwake",)),)]


def test_or_joins_its_neighbours_and_the_rest_are_all_wanted() -> None:
    found = query("size:cu or size:mcu kittiwake -tag:old")
    assert [[part.negated for part in choice] for choice in found.choices] == [[False, False], [False], [True]]
    assert [(part.start, part.end) for choice in found.choices for part in choice] == [
        (0, 7),
        (11, 19),
        (20, 29),
        (30, 38),
    ]


def test_only_the_last_word_goes_on_while_somebody_types() -> None:
    found = query("kittiwake ligh", typing=True)
    assert [choice[0].wanted for choice in found.choices] == [
        (Words(("kittiwake",)),),
        (Words(("ligh",), begins=True, typing=True),),
    ]
    assert query("kittiwake or", typing=True).choices == query("kittiwake").choices


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("stars:0 stars:5", True),
        ("stars:>=4 rain stars:<4", True),
        ("stars:>=4 stars:<=4", False),
        ("stars:>3 stars:<=3", True),
        ("stars:0 or stars:5", False),
        ("stars:5 -stars:0", False),
        ("stars:0 takes:5", False),
        ("cct:3200 cct:5600", False),
        ("stars:1..3 stars:2..5", False),
    ],
)
def test_two_numbers_of_what_has_one_alone_find_nothing(text: str, *, is_empty: bool) -> None:
    assert read(text, vocabulary(), {}).is_empty is is_empty


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("rain sise:cu", (5, 12), "No key is called 'sise' (character 6).", "Did you mean 'size'?"),
        ("lens:red", (0, 8), "lens: takes a number, not 'red'", "Write lens:>=85."),
        ("size:huge", (0, 9), "size: has no term called 'huge'", "It takes such as"),
        ("size:", (0, 5), "size: needs a value", "Write size:"),
        ("stars:", (0, 6), "stars: needs a value", "Write stars:>=4."),
        ("lens:35..", (0, 9), "lens: needs a number at both ends", "Write lens:35..85."),
        ("take:circle", (0, 11), "take: is one of circled, queued", "Did you mean 'circled'?"),
        ("in:nowhere", (0, 10), "in: knows nothing called 'nowhere'", "the-lamp-room"),
        ("a & b", (2, 3), "There is nothing to look for in '&'", "leave it out"),
        ("or rain", (0, 2), "'or' stands between two parts", "Write size:cu or size:mcu."),
        ("rain or", (5, 7), "'or' stands between two parts", "Write size:cu or size:mcu."),
        ("rain or or fog", (8, 10), "'or' stands between two parts", "Write size:cu or size:mcu."),
        ("a " * 33, (64, 65), "A search has up to 32 parts.", "quotation marks"),
        ("a" * 401, (400, 401), "A search has up to 400 characters, this one 401.", "fewer"),
    ],
)
def test_a_wrong_query_is_told_where_and_what_to_do(text: str, place: tuple[int, int], message: str, hint: str) -> None:
    with pytest.raises(QueryError) as refused:
        query(text)
    assert (refused.value.start, refused.value.end) == place
    assert message in refused.value.message
    assert hint in refused.value.hint


@given(st.text(max_size=60) | st.text('"-:*.<>=or aé\x00', max_size=60))
def test_any_text_is_a_query_or_told_what_is_wrong(text: str) -> None:
    found, error = attempt(text)
    places = [(error.start, error.end)] if error else [(part.start, part.end) for part in parts(found)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert error is None or error.message
    assert all(part.wanted for part in parts(found))


def attempt(text: str) -> tuple[Query | None, QueryError | None]:
    try:
        return query(text), None
    except QueryError as error:
        return None, error


def parts(found: Query | None) -> list[Part]:
    return [part for choice in found.choices for part in choice] if found else []


def test_every_example_of_a_key_can_be_read() -> None:
    for key in KEYS:
        assert read(f"{key.name}:{key.example}", vocabulary(), {}).choices, key


def test_every_facet_can_be_asked_for() -> None:
    for facet in vocabulary().facets.values():
        name = facet.terms[0].id.rpartition(".")[2]
        assert one(f"{facet.id}:{name}") == (Fact((facet.terms[0].id,)),)
        assert facet.id in facets(vocabulary())[facet.id.rpartition(".")[2]]
