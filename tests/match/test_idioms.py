"""What English says with the words of a camera department, and means otherwise."""

import pytest

from app.match import names
from app.match.find import WORD
from app.vocab import vocabulary

VOCABULARY = vocabulary()
HEARD = {
    " ".join(WORD.findall(name.casefold()))
    for facet in VOCABULARY.facets.values()
    if facet.spoken
    for term in facet.terms
    for name in (term.label, *term.aliases)
}


@pytest.mark.parametrize("idiom", VOCABULARY.idioms)
def test_an_idiom_holds_a_name_and_names_nothing(idiom: str) -> None:
    words = WORD.findall(idiom)
    inside = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    assert inside & HEARD
    assert names(VOCABULARY, f"there was {idiom}, and so on") == ()


@pytest.mark.parametrize("name", sorted(VOCABULARY.at_home))
def test_an_everyday_word_is_heard_only_in_its_own_field(name: str) -> None:
    homes = {term.facet for facet in VOCABULARY.facets.values() for term in facet.terms if _called(term, name)}
    assert homes
    assert all(term.rpartition(".")[0] not in homes for term in names(VOCABULARY, f"a thing, {name}, there"))
    assert all(names(VOCABULARY, name, home) for home in homes)


def _called(term: object, name: str) -> bool:
    own = (getattr(term, "label", ""), *getattr(term, "aliases", ()))
    return name in {" ".join(WORD.findall(one.casefold())) for one in own}


PROPER = [
    ("Dusk. A pier", ("place.time.dusk",)),
    ("a pier, Dusk", ("place.time.dusk",)),
    ("Golden Hour", ("place.time.golden_hour",)),
    ("NIGHT EXTERIOR", ("place.time.night",)),
    ("the Night Gardens", ()),
    ("Sunset Boulevard and Vine", ()),
    ("a film called Magic Hour", ()),
    ("a girl called Dawn", ()),
    ("a Rembrandt light on the door", ("light.pattern.rembrandt",)),
]


@pytest.mark.parametrize(("text", "heard"), PROPER)
def test_capitals_make_a_proper_name_of_a_time(text: str, heard: tuple[str, ...]) -> None:
    assert set(names(VOCABULARY, text)) == set(heard)
