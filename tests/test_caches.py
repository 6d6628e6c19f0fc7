"""What is remembered has an end: text from outside fills no memory."""

import ast
from collections.abc import Iterator
from pathlib import Path

from app.vocab import Target, vocabulary
from app.vocab.targets import PATHS

APP = Path(__file__).parent.parent / "app"

BY_DATA = {
    "dialects/_shape.py: _ratio": "the ratios of the targets, and hundredths from 0.25 to 4",
    "dialects/template.py: parse": "the patterns of dialects and targets",
    "exporters/_ffmpeg.py: _encoder": "the one ffmpeg of this machine",
    "exporters/animatic.py: _face": "the sizes of letters in an animatic",
    "match/find.py: _called": "facets",
    "match/find.py: _index": "facets",
    "parse/departments.py: home": "departments",
    "parse/meaning.py: path_of": "facets",
    "previz/body_data.py: _found": "a place that the environment names",
    "previz/figure.py: _baked": "the one source of the stand-in's shape",
    "previz/figure.py: _loaded": "that source, and its two levels of detail",
    "previz/still_meter.py: _paper": "the sizes of a meter's paper",
    "previz/still_meter.py: screen": "the levels of a scale",
    "views/pen.py: _face": "the typefaces of a printed sheet",
    "vocab/vocabulary.py: vocabulary": "the folder of the vocabulary",
    "web/contact_print.py: _type": "the sizes of letters on a contact sheet",
    "web/drawing.py: _drawn": "terms",
    "web/targets.py: sample": "targets; an unknown one is an error, which is not kept",
    "web/vocabulary.py: paths_of": "facets",
}
"""Caches without a limit that take more than a vocabulary, each with what it is asked for: data that ships."""


def unlimited(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the functions that are remembered without a limit."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            how = {ast.unparse(one).removeprefix("functools.") for one in node.decorator_list}
            if how & {"cache", "lru_cache(maxsize=None)", "lru_cache(None)"}:
                yield node


def test_a_cache_without_a_limit_is_asked_for_data_that_ships() -> None:
    found = {
        f"{path.relative_to(APP).as_posix()}: {one.name}"
        for path in APP.rglob("*.py")
        for one in unlimited(ast.parse(path.read_text(encoding="utf-8")))
        if {each.arg for each in (*one.args.args, *one.args.kwonlyargs)} - {"vocabulary"}
    }
    assert found == set(BY_DATA)


def test_a_target_forgets_paths() -> None:
    target = Target.model_validate(vocabulary().target("wan-2.7").model_dump())
    for number in range(PATHS + 9):
        assert not target.why_silent(f"lights.lamp_{number}.cct_k")
    assert len(target._why) <= PATHS
    assert target.why_silent("intent.mood")
