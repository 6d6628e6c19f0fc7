"""What holds for every shot and every living target: nothing lost, nothing invented, nothing out of step."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compile.wording import flat
from app.dialects import dialects, length
from app.dialects.base import escaped
from app.match import exactly
from app.pipeline import compile_shot, plain_shot
from app.resolve import resolve
from app.schema import Compiled, Loss, Param, Segment, Shot, read_text
from app.schema.facets import field_of
from app.schema.fields import Text
from app.schema.paths import leaves
from app.vocab import Target, Term, vocabulary
from tests.shots import examples, shots

VOCABULARY = vocabulary()
LIVING = [target for target in VOCABULARY.targets.values() if not target.retired]

SOURCE = "reference.role.source"
TARGETS = st.sampled_from(LIVING)
REWRITING = st.sampled_from([one for one in LIVING if one.negative == "rewrite"])
WITH_ROLE_LINES = st.sampled_from([one for one in LIVING if one.references.name])
both_wordings = pytest.mark.parametrize("compiler", [compile_shot, plain_shot], ids=["compiled", "plain"])
widely = examples(len(LIVING) * 10)
"""Each target is drawn some ten times a run; tests/test_golden_shots.py puts each before every golden shot."""

Compiler = Callable[[Shot, Target, Any], Compiled]


def carried(parts: Sequence[Segment | Param | Loss]) -> set[str]:
    """Return the paths that some parts of a prompt account for."""
    return {path for part in parts for path in part.paths}


@both_wordings
@given(target=TARGETS, shot=shots())
@widely
def test_nothing_is_lost_and_nothing_invented(compiler: Compiler, target: Target, shot: Shot) -> None:
    compiled, resolved = compiler(shot, target, VOCABULARY), resolve(shot, VOCABULARY)
    sent = carried((*compiled.segments, *compiled.negative, *compiled.params.values()))
    lost = carried(compiled.losses)
    assert resolved.said - sent - lost == set()
    assert sent <= set(resolved.values)
    assert lost <= resolved.said
    assert "".join(one.text for one in compiled.segments) == compiled.text
    assert "".join(one.text for one in compiled.negative) == compiled.negative_text


@given(shot=shots())
def test_a_shot_survives_json(shot: Shot) -> None:
    again = read_text(shot.model_dump_json(exclude_defaults=True), "again")
    assert again == shot
    assert again == Shot.model_validate_json(shot.model_dump_json())
    assert leaves(again) == leaves(shot)


@given(target=TARGETS, shot=shots())
@widely
def test_the_text_is_within_the_limit_when_nothing_is_pinned(target: Target, shot: Shot) -> None:
    loose = shot.model_copy(update={"marks": {}})
    compiled = compile_shot(loose, target, VOCABULARY)
    assert not target.limit.count or length(compiled.text, target.limit) <= target.limit.count


@given(target=TARGETS, shot=shots())
@widely
def test_references_are_numbered_by_slot(target: Target, shot: Shot) -> None:
    compiled = compile_shot(shot, target, VOCABULARY)
    left = {path for path, mark in shot.marks.items() if mark.leave}
    able = [
        (name, one.role, one.asset)
        for name, one in sorted(shot.references.items(), key=lambda item: item[1].slot)
        if one.asset and not {f"references.{name}.role", f"references.{name}.asset"} & left
    ]
    changes = bool(shot.edit and shot.edit.change and "edit.change" not in left and target.edit.line)
    able = [one for one in able if one[1] != SOURCE or changes]
    away = {path for loss in compiled.losses if "never both" in loss.reason for path in loss.paths}
    able = [one for one in able if f"references.{one[0]}.asset" not in away]
    source = any(role == SOURCE and role in target.references.fields for _, role, _ in able)
    most = target.references.beside if source and target.references.beside else target.references.max
    able.sort(key=lambda one: one[1] != SOURCE)
    wanted = [one for one in able if one[1] in target.references.words][:most]
    no_room = {path for loss in compiled.losses if loss.reason.startswith("No room") for path in loss.paths}
    wanted = [one for one in wanted if f"references.{one[0]}.asset" not in no_room]
    assert [(one.slot, one.id, one.role, one.asset) for one in compiled.references if one.slot] == [
        (number, *reference) for number, reference in enumerate(wanted, start=1)
    ]


@given(target=st.sampled_from([one for one in LIVING if one.references.excludes]), shot=shots())
@widely
def test_pictures_of_one_kind_go_out_where_kinds_exclude_each_other(target: Target, shot: Shot) -> None:
    sent = {one.role for one in compile_shot(shot, target, VOCABULARY).references}
    assert sum(not sent.isdisjoint(kind) for kind in target.references.excludes) <= 1


@given(target=WITH_ROLE_LINES, shot=shots())
@widely
def test_each_role_line_belongs_to_the_picture_of_its_number(target: Target, shot: Shot) -> None:
    compiled = compile_shot(shot, target, VOCABULARY)
    lines = list(role_lines(compiled))
    sent = {one.id: one for one in compiled.references if one.slot}
    without_line = set(sent) - {name for name, _, _ in lines}
    assert len(lines) == len({name for name, _, _ in lines})
    for name, number, role in lines:
        assert number == sent[name].slot
        assert role == target.references.words[sent[name].role]
    lost = carried(compiled.losses)
    assert all({f"references.{name}.asset", f"references.{name}.role"} <= lost for name in without_line)


def role_lines(compiled: Compiled) -> Iterator[tuple[str, int, str]]:
    """Yield id, number and role of every reference that the text speaks of, by the paths of its segments."""
    roles = {one.paths[0]: one.text for one in compiled.segments if one.paths[:1] and one.paths[0].endswith(".role")}
    for one in compiled.segments:
        found = re.fullmatch(r"references\.(\w+)\.asset", one.paths[0]) if one.paths else None
        if found and f"references.{found[1]}.role" in roles:
            number = re.search(r"(\d+)", one.text)
            assert number is not None
            yield found[1], int(number[1]), roles[f"references.{found[1]}.role"]


@given(target=TARGETS, shot=shots())
@widely
def test_the_same_shot_compiles_to_the_same_prompt(target: Target, shot: Shot) -> None:
    again = read_text(shot.model_dump_json(exclude_defaults=True), "again")
    assert compile_shot(shot, target, VOCABULARY) == compile_shot(again, target, VOCABULARY)
    assert plain_shot(shot, target, VOCABULARY) == plain_shot(again, target, VOCABULARY)


@given(target=REWRITING, shot=shots())
@widely
def test_what_to_keep_out_is_never_named_where_there_is_no_negative_field(target: Target, shot: Shot) -> None:
    compiled = compile_shot(shot, target, VOCABULARY)
    assert compiled.negative == ()
    terms = [VOCABULARY.terms.get(one) if isinstance(one, str) else called(one.words) for one in shot.exclude]
    instead = {one.instead for one in terms if one}
    written = [one.text for one in compiled.segments if "exclude" in one.paths]
    assert {text[:1].lower() + text[1:] for text in written} <= instead - {""}
    assert not [text for text in written if re.search(r"\b(no|not|without)\b", text)]


@given(target=WITH_ROLE_LINES, shot=shots())
@widely
def test_free_words_are_kept_verbatim(target: Target, shot: Shot) -> None:
    compiled = compile_shot(shot, target, VOCABULARY)
    lost = carried(compiled.losses)
    for path, text in free_words(shot):
        if path not in lost:
            parts = (*compiled.segments, *compiled.negative)
            written = "".join(one.text for one in parts if path in one.paths)
            said = escaped(text, target.escapes)
            if dialects[target.dialect].form == "json":
                said = json.dumps(said, ensure_ascii=False)[1:-1]
            assert said in written or said[:1].upper() + said[1:] in written, path


IN_QUOTES = re.compile(r"\.reads$|\.says\.")
"""Words that stand in quotation marks themselves."""


def free_words(shot: Shot) -> Iterator[tuple[str, str]]:
    """Yield the words of one's own with their paths, white space folded and without a full stop at the end."""
    for path, value in leaves(shot).items():
        for one in value if isinstance(value, (tuple, list)) else (value,):
            if isinstance(one, dict):
                if not (path == "exclude" and called(one["words"])):  # said as that term
                    yield path, flat(one["words"])
            elif isinstance(one, str) and takes_text(path):
                words = flat(one).rstrip(".") or flat(one)
                yield path, words.replace('"', "'") if IN_QUOTES.search(path) else words


def called(words: str) -> Term | None:
    """Return what to keep out by its term, where one's own words are its very name."""
    return exactly(VOCABULARY, flat(words), "exclude")


def takes_text(path: str) -> bool:
    field = field_of(path)
    return field is not None and (field.annotation is str or Text in get_args(field.annotation))
