"""The vocabulary that ships: every term, target and sample keeps the promises of vocab/README.md."""

import math
import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise

import pytest

from app.dialects import dialects
from app.dialects.base import UNITS
from app.lint.rules.told_what_not_to_draw import denials
from app.pipeline import check_shot
from app.schema import read_data
from app.schema.facets import facet_of, limits, picked_at
from app.shipped import shipped
from app.vocab import Facet, Sample, Target, Term, vocabulary
from tests.shots import LEAVES

VOCABULARY = vocabulary()

every_facet = pytest.mark.parametrize("facet", VOCABULARY.facets.values(), ids=lambda one: one.id)
every_target = pytest.mark.parametrize("target", VOCABULARY.targets.values(), ids=lambda one: one.id)
every_sample = pytest.mark.parametrize("sample", VOCABULARY.samples.values(), ids=lambda one: one.id)


def every_term(check: Callable[[Term], None]) -> Callable[[Facet, pytest.Subtests], None]:
    """Check the terms of each facet in one test, which names every term that fails."""

    @every_facet
    def over(facet: Facet, subtests: pytest.Subtests) -> None:
        for term in facet.terms:
            with subtests.test(term.id):
                check(term)

    return over


@every_facet
def test_the_names_of_a_facet_mean_one_term_each(facet: Facet) -> None:
    assert facet.terms
    names = Counter(name.casefold() for term in facet.terms for name in (term.label, *term.aliases))
    assert [name for name, count in names.items() if count > 1] == []
    assert [term.id for term in facet.terms if not re.fullmatch(rf"{re.escape(facet.id)}\.[a-z0-9_]+", term.id)] == []


@every_term
def test_a_term_reads_well_inside_a_sentence(term: Term) -> None:
    for text in (term.label, term.gloss, term.phrase, *term.aliases):
        assert text
        assert text == " ".join(text.split())
    assert term.instead == " ".join(term.instead.split())
    assert not term.phrase.endswith((".", ",", ";", ":"))
    assert not term.instead.endswith(".")
    assert term.gloss.endswith((".", "?"))


@every_term
def test_a_terms_relations_exist_and_oppose_both_ways(term: Term) -> None:
    assert [one for one in (*term.related, *term.opposed) if one not in VOCABULARY.terms] == []
    assert term.id not in {*term.related, *term.opposed}
    assert not set(term.related) & set(term.opposed)
    assert [one for one in term.opposed if term.id not in VOCABULARY.terms[one].opposed] == []


@every_term
def test_a_terms_numbers_are_finite_and_in_order(term: Term) -> None:
    assert all(math.isfinite(value) for value in (*term.numbers.values(), *term.sets.values()))
    for name, low in term.numbers.items():
        if "_min_" in name:
            high = term.numbers.get(name.replace("_min_", "_max_"), math.inf)
            assert low <= term.numbers.get(name.replace("_min_", "_"), low) <= high


@every_term
def test_what_a_term_sets_is_a_number_of_the_schema_within_its_range(term: Term) -> None:
    for key, value in term.sets.items():
        path = f"lights.any{key}" if key.startswith(".") else key
        between = limits(path)
        assert between is not None, path
        assert between[0] <= value <= between[1]
    fields = [path for path in LEAVES if facet_of(path) == term.facet]
    if any(key.startswith(".") for key in term.sets):
        assert all(path.startswith("lights.*.") for path in fields)


@every_term
def test_a_terms_source_is_named_unless_it_is_craft(term: Term) -> None:
    assert bool(term.source) is (term.confidence != "craft")


PHYSICAL = {
    "k": (1000, 30000), "mm": (0.1, 3000), "deg": (-360, 720), "stops": (-15, 20), "mired": (-400, 400),
    "m": (-100, 1e9), "pct": (-50, 100), "hz": (1, 1000), "fps": (0.1, 10_000), "s": (0, 86_400), "lux": (0, 200_000),
    "r": (0.2, 5), "kmh": (0, 500),
}  # fmt: skip
"""Between what a number of each unit lies, by the last part of its name."""


@every_term
def test_a_terms_numbers_are_physical(term: Term) -> None:
    for name, value in term.numbers.items():
        low, high = PHYSICAL.get(name.rpartition("_")[2], (-math.inf, math.inf))
        assert low <= value <= high, name
    for name, values in term.lists.items():
        low, high = PHYSICAL.get(name.rpartition("_")[2], (-math.inf, math.inf))
        assert all(low <= value <= high for value in values), name
    for end in ("from_year", "to_year"):
        assert 1800 <= term.numbers.get(end, 2000) <= 2030


@every_term
def test_a_phrase_reads_well_in_a_sentence(term: Term) -> None:
    words = term.phrase.casefold().split()
    assert [word for word, following in pairwise(words) if word == following] == []
    assert not words[0].startswith((",", ";", ":"))
    if term.phrase.startswith(("a ", "an ")):
        follows = words[1].lstrip("“\"'")
        assert (words[0] == "an") is bool(AN.match(follows)), term.phrase


AN = re.compile(r"(?!uni|use|euro|one|once|u-|uv\b|ut)(?:[aeiou]|s-|8|11\b|18\b|f/|hm|led\b|x-|nd\b|suv\b|rgb|lcd)")
"""What "an" stands before: a vowel as it is spoken."""


def test_every_trait_in_use_is_written_down() -> None:
    text = (shipped("vocab") / "README.md").read_text(encoding="utf-8")
    used = {trait for term in VOCABULARY.terms.values() for trait in term.traits}
    assert [trait for trait in sorted(used) if f"`{trait}`" not in text] == []


def test_no_facet_is_an_orphan() -> None:
    """Every facet is taken by a field, or names a number; every field that takes terms has a facet."""
    taken = set(picked_at().values())
    numbers = {facet.id for facet in VOCABULARY.facets.values() if facet.names}
    assert set(VOCABULARY.facets) - taken - numbers == set()
    assert taken - set(VOCABULARY.facets) == set()


@every_facet
def test_what_a_facet_names_is_a_number_that_is_known(facet: Facet) -> None:
    if not facet.names or facet.names == ".draws":
        return
    path = f"lights.any{facet.names}" if facet.names.startswith(".") else facet.names
    assert limits(path) or path in DERIVED, path
    assert [term for term in facet.terms if facet.band(term)], "no term has a range"


DERIVED = {
    "camera.frame_height_m",
    "camera.hfov_deg",
    "camera.background_blur",
    "look.grain_sigma",
    "lights.any.camera_azimuth_deg",
}
"""Numbers that no field takes and `resolve` derives."""


def test_only_what_to_keep_out_is_said_the_other_way_round() -> None:
    instead = [term for term in VOCABULARY.terms.values() if term.instead]
    assert {term.facet for term in instead} == {"exclude"}
    assert [term.id for term in instead if DENYING.search(term.instead) or denials(term.instead)] == []
    for term in instead:
        assert term.instead[0].islower()
        assert len(term.instead) <= 60
        assert "," not in term.instead  # several stand in one sentence, with commas between
        if " " not in term.phrase:  # a noun that is read is a noun that is drawn
            assert term.phrase.casefold() not in term.instead.casefold().split()


def test_each_wish_has_a_sentence_of_its_own() -> None:
    counts = Counter(term.instead for term in VOCABULARY.terms.values() if term.instead)
    assert [clause for clause, count in counts.items() if count > 1] == []


def test_what_to_keep_out_is_named_bare() -> None:
    terms = VOCABULARY.facets["exclude"].terms
    assert [term.id for term in terms if DENYING.search(term.phrase) or denials(term.phrase)] == []
    assert {trait for term in terms for trait in term.traits} == {"motion", "sound"}


DENYING = re.compile(
    r"\b(no|not|never|without|none|nobody|nothing|nor|neither|free of|free from|devoid|lack\w*|absen\w+|avoid\w*"
    r"|hardly|empty of|clear of|rid of|minus|except)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that say what is not there: a model reads the noun behind them."""


@every_target
def test_a_target_speaks_a_dialect_that_exists(target: Target) -> None:
    assert target.dialect in dialects
    assert set(target.references.words) <= set(VOCABULARY.terms)
    assert {VOCABULARY.terms[role].facet for role in target.references.words} <= {"reference.role"}
    fields = target.references.fields
    assert set(fields) <= set(VOCABULARY.terms)
    listed = any(name.endswith("[]") for name in fields.values())
    assert bool(target.references.words) <= bool(target.references.max) <= (bool(target.references.words) or listed)
    assert not set(fields) & set(target.references.words)
    kinds = target.references.excludes
    roles = [role for some in kinds for role in some]
    assert len(kinds) != 1
    assert len(set(roles)) == len(roles)
    assert {*roles, *target.references.lengths} <= {*fields, *target.references.words}
    for made in target.references.lengths.values():
        assert made == tuple(sorted(made))
        assert target.durations[0] <= made[0] <= made[-1] <= target.durations[-1]


@every_target
def test_a_targets_shapes_and_phrases_are_usable(target: Target) -> None:
    shapes = [target.aspects, target.sizes, target.pixels, target.free_aspect]
    assert sum(map(bool, shapes)) == 1 or (target.medium == "video" and not any(shapes))
    assert all(re.fullmatch(r"\d+:\d+", one) for one in target.aspects)
    assert set(target.says) <= set(VOCABULARY.terms)
    assert target.words[0] <= target.words[1]
    assert list(target.durations) == sorted(target.durations)
    assert bool(target.durations) <= (target.medium == "video")
    assert {*target.fields, *target.values} <= {"aspect_ratio", "width", "height", "size", "duration", "fps"}
    assert all(form.count("{}") == 1 for name, form in target.values.items() if name != "size")
    assert "{width}" in (form := target.values.get("size", "{width}{height}"))
    assert "{height}" in form
    assert ("size" in target.fields) <= bool(target.sizes or target.pixels)
    assert ("size" in target.values) <= ("size" in target.fields)
    assert target.units <= UNITS.keys()
    assert bool(target.negative_limit.count) <= (target.negative == "field")
    assert all(reason.endswith(".") for reason in target.silent.values())


@every_sample
def test_a_sample_is_a_shot_without_errors(sample: Sample) -> None:
    shot = read_data(sample.shot, sample.id)
    assert [one for one in check_shot(shot, VOCABULARY) if one.severity == "error"] == []
    assert sample.target in VOCABULARY.targets


@every_sample
def test_a_samples_reference_pictures_ship_with_it(sample: Sample) -> None:
    asked = {one.asset for one in read_data(sample.shot).references.values() if one.asset}
    assert asked <= PICTURES


def test_a_sample_shows_references_and_every_picture_is_used() -> None:
    asked = {one.asset for s in VOCABULARY.samples.values() for one in read_data(s.shot).references.values()}
    assert asked == PICTURES != set()


PICTURES = {sha256(path.read_bytes()).hexdigest() for path in (shipped("vocab") / "samples").glob("*.png")}
