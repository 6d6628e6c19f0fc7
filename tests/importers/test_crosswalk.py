"""Every crosswalk speaks of paths, facets and terms that there are."""

import re
from collections import Counter

import pytest

from app.importers import importers
from app.importers._draft import LAST
from app.importers._names import Landing, fold, kind_of
from app.schema.facets import facet_of, field_of, limits
from app.vocab import Crosswalk, vocabulary

VOCABULARY = vocabulary()

every_crosswalk = pytest.mark.parametrize("crosswalk", VOCABULARY.crosswalks.values(), ids=lambda one: one.id)


def exists(path: str) -> bool:
    """Tell whether the schema has a path, with any id for a `*`."""
    return field_of(path.replace("*", "any")) is not None


def test_every_crosswalk_has_its_importer() -> None:
    assert set(VOCABULARY.crosswalks) <= set(importers)
    assert "cineprompt" in VOCABULARY.crosswalks
    assert all(importers[name].label == one.label for name, one in VOCABULARY.crosswalks.items())


@every_crosswalk
def test_every_field_lands_somewhere_in_the_schema(crosswalk: Crosswalk) -> None:
    for field, paths in crosswalk.paths.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,39}", field)  # a name for a light, move or beat of its own
        assert paths
        assert len(set(paths)) == len(paths)
        assert [path for path in paths if not exists(path)] == []
        assert any(kind_of(path) != "number" for path in paths)
    assert crosswalk.texts <= crosswalk.paths.keys()
    assert crosswalk.values.keys() <= crosswalk.paths.keys() - crosswalk.texts


@every_crosswalk
def test_every_field_of_the_other_programs_own_values_has_a_facet_to_look_in(crosswalk: Crosswalk) -> None:
    for field in crosswalk.paths.keys() - crosswalk.texts:
        found = [path for path in crosswalk.paths[field] if facet_of(path) or limits(path)]
        assert found == list(crosswalk.paths[field])
        assert {facet_of(path) for path in found} - {""} <= set(VOCABULARY.facets)


@every_crosswalk
def test_every_value_of_its_own_lands_on_a_term_of_its_path(crosswalk: Crosswalk) -> None:
    for values in crosswalk.values.values():
        assert [name for name, count in Counter(map(fold, values)).items() if count > 1] == []
        for path, item in (landing for landings in values.values() for landing in landings):
            landing = Landing(path, item)
            if isinstance(item, str):
                assert VOCABULARY.terms[item].facet == facet_of(path), landing
            else:
                low, high = limits(path) or (0, 0)
                assert low <= item <= high, landing


@every_crosswalk
def test_what_stands_by_itself_spills_or_names_a_form_is_there(crosswalk: Crosswalk) -> None:
    for path, term in crosswalk.always.items():
        assert VOCABULARY.terms[term].facet == facet_of(path)
    for path, to in crosswalk.spill.items():
        assert exists(to)
        assert kind_of(to.replace("*", "any")) != "number"
        assert all(path.split(".")[index] == "subjects" for index, key in enumerate(to.split(".")[1:]) if key == "*")
    assert kind_of(LAST) == "text"
    assert crosswalk.generic <= VOCABULARY.terms.keys()
    assert all(f"subjects.{who}.kind" in crosswalk.always for form in crosswalk.types.values() for who in form)
