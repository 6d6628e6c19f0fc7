"""The presets that are kept."""

import pytest

from app.errors import BadInputError, ConflictError, PrintlightError, UnknownNameError
from app.library import Library
from app.library.library import SAMPLE_PROJECT
from app.library.presets import of_prompt, of_shot
from app.schema import Shot

WARM = Shot.model_validate({"look": {"grain": "look.grain.fine"}, "exclude": ["exclude.cars"]})


def test_the_sample_film_brings_presets_that_can_be_put_on(library: Library) -> None:
    found = library.presets.all(SAMPLE_PROJECT)
    assert {one.kind for one in found} == {"look", "person", "place", "lights"}
    assert all(one.patch and one.author == "Ada" for one in found)
    assert library.presets.all("another") == []


def test_one_of_a_film_is_offered_there_alone_and_one_of_all_everywhere(library: Library) -> None:
    film = library.add_project("Other").id
    everywhere = library.presets.keep(of_shot(WARM, "look", " Warm  stock "))
    own = library.presets.keep(of_shot(WARM, "negatives", "No cars").model_copy(update={"project_id": film}))
    assert [one.id for one in library.presets.all(film)] == [everywhere.id, own.id]
    assert own.id not in [one.id for one in library.presets.all(SAMPLE_PROJECT)]
    assert library.presets.get("Warm stock") == everywhere
    library.presets.remove(own.id)
    with pytest.raises(UnknownNameError):
        library.presets.get(own.id)


def test_nothing_is_written_over_before_somebody_says_so(library: Library) -> None:
    first = library.presets.keep(of_shot(WARM, "look", "Warm"))
    library.presets.say(first.id, note="for the kitchen")
    coarse = Shot.model_validate({"look": {"grain": "look.grain.heavy"}})
    with pytest.raises(ConflictError, match="a look called Warm"):
        library.presets.keep(of_shot(coarse, "look", "Warm"))
    assert library.presets.get("Warm").patch == first.patch
    again = library.presets.keep(of_shot(coarse, "look", "Warm"), replace=True)
    assert (again.id, again.note) == (first.id, "for the kitchen")
    assert again.patch == {"look": {"grain": "look.grain.heavy"}}


def test_rights_and_release_are_said_of_a_person(library: Library) -> None:
    mara = library.presets.get("Mara")
    said = library.presets.say(mara.id, released=True, rights="Signed for this film, 3 March 2026.")
    assert (said.released, said.name, said.patch) == (True, "Mara", mara.patch)
    assert library.presets.get(mara.id).rights.startswith("Signed")
    with pytest.raises(ConflictError):
        library.presets.say(mara.id, name="Jonas")


@pytest.mark.parametrize("name", ["", "   ", "n" * 121])
def test_a_name_is_needed(library: Library, name: str) -> None:
    with pytest.raises(BadInputError, match="needs a name"):
        library.presets.keep(of_shot(WARM, "look", name))


def test_an_empty_prompt_is_not_kept(library: Library) -> None:
    with pytest.raises(PrintlightError, match="nothing in this prompt"):
        library.presets.keep(of_prompt("  ", "uni-1", "Empty"))
    kept = library.presets.keep(of_prompt("A fox.", "uni-1", "Fox"))
    assert (kept.text, kept.target, kept.patch) == ("A fox.", "uni-1", {})
