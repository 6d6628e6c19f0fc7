"""A filmmaker's own file of ordinary English counts beside the one that ships."""

import shutil
from pathlib import Path

import pytest

from app.errors import VocabError
from app.match import names
from app.parse import parse
from app.parse.names import Names
from app.parse.words import words
from app.schema.paths import leaves
from app.shipped import shipped
from app.vocab import Vocabulary, vocabulary

OWN = """kind = "phrases"
idioms = ["Moonlight  sonata", "night heron"]
at_home = ["Moonlight"]
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("vocab") / "vocab"
    shutil.copytree(shipped("vocab"), folder)
    (folder / "phrases" / "own.toml").write_text(OWN, encoding="utf-8")
    return vocabulary(folder)


def test_phrases_of_all_files_are_joined(extended: Vocabulary) -> None:
    assert {*vocabulary().idioms, "night heron"} < set(extended.idioms)
    assert {*vocabulary().at_home, "moonlight"} == extended.at_home


@pytest.mark.parametrize("text", ["a night heron on the pier", "a night heron, alone"])
def test_an_idiom_of_ones_own_is_not_heard(text: str, extended: Vocabulary) -> None:
    assert "place.time.night" in names(vocabulary(), text)
    assert "place.time.night" in spoken_of(text, vocabulary())
    assert names(extended, text) == ()
    assert "place.time.night" not in spoken_of(text, extended)


def spoken_of(text: str, known: Vocabulary) -> tuple[str, ...]:
    """Return the terms that are read from a text."""
    return tuple(one for one in leaves(parse(text, known).shot).values() if one in known.terms)


def test_an_everyday_word_of_ones_own_is_heard_at_home_only(extended: Vocabulary) -> None:
    text = "moonlight on the door"
    assert names(vocabulary(), text) == ("light.source.moonlight",)
    assert names(extended, text) == ()
    assert names(extended, text, "light.source") == ("light.source.moonlight",)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param('kind = "phrases"\nidiom = ["night bus"]\n', "line 2: idiom", id="unknown-key"),
        pytest.param('kind = "phrases"\nidioms = ["night bus", "-"]\n', "line 2: idioms", id="no-word"),
        pytest.param('kind = "phrases"\nat_home = "clear"\n', "line 2: at_home", id="no-list"),
    ],
)
def test_a_wrong_file_of_phrases_is_refused_by_name_and_line(content: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text(content, encoding="utf-8")
    with pytest.raises(VocabError, match=rf"wrong\.toml, {told}"):
        vocabulary(tmp_path)


def test_a_vocabulary_without_names_hears_nothing() -> None:
    assert Names(Vocabulary({}, {}, {}, {})).hits(words("a night bus")) == []
