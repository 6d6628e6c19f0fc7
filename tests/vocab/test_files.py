"""A wrong data file is refused with its name and line; a right one inherits what it is like."""

from pathlib import Path

import pytest

from app.errors import UnknownNameError, VocabError
from app.vocab import Vocabulary, vocabulary

FACET = """kind = "facet"
id = "camera.size"
label = "Shot size"
gloss = "How large."
"""

CLOSE = """
[[term]]
id = "cu"
label = "Close-up"
gloss = "A face."
phrase = "close-up"
"""

WIDE = """
[[term]]
id = "ws"
label = "Wide shot"
gloss = "A room."
phrase = "wide shot"
"""

TARGET = """kind = "target"
id = "one"
label = "One"
medium = "image"
dialect = "labels"
limit = { count = 500 }
usd = { image = 1 }
facts = { date = "2026-01-01", confidence = "vendor" }

[silent]
"camera.ei" = "One has no index."
"camera.fps" = "One stands still."
"""

LIKE = """kind = "target"
like = "one"
id = "two"
label = "Two"

[silent]
"camera.ei" = "Two has no index either."
"""

MEDIUM = """kind = "medium"
id = "image"

[silent]
"camera.fps" = "A still has no frame rate."
"sound.*" = "A still has no sound."
"""


def read(folder: Path, **files: str) -> Vocabulary:
    """Read a vocabulary of the files given; `a__b` stands for a/b.toml."""
    for name, content in files.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return vocabulary(folder)


WRONG = [
    pytest.param(FACET + CLOSE + 'colour = "red"\n', 11, "colour", id="unknown-key-of-a-term"),
    pytest.param(FACET + WIDE + CLOSE + 'sets = { "camera.ei" = "fast" }\n', 17, "sets", id="word-for-a-number"),
    pytest.param(FACET + WIDE + CLOSE.replace("phrase", "phrases"), 12, "phrase", id="phrase-missing"),
    pytest.param(FACET + CLOSE.replace('id = "cu"', ""), 6, "id: field required", id="id-missing"),
    pytest.param(FACET.replace("gloss", "glos") + CLOSE, 1, "gloss", id="facet-without-gloss"),
    pytest.param(FACET + 'colour = "red"\n' + CLOSE, 5, "colour", id="unknown-key-of-a-facet"),
    pytest.param(FACET + "label = \n", 5, "", id="broken-toml"),
    pytest.param(FACET + CLOSE + WIDE + CLOSE, 18, "camera.size.cu", id="duplicate-term"),
    pytest.param('kind = "facets"\n', 1, "'facets'", id="unknown-kind"),
    pytest.param('id = "camera.size"\n', 1, "kind is None", id="no-kind"),
    pytest.param(TARGET.replace('"image"', '"sculpture"'), 4, "medium", id="unknown-medium"),
    pytest.param(TARGET.replace("limit =", "limits ="), 6, "limits", id="unknown-key-of-a-target"),
    pytest.param(LIKE, 2, "'one'", id="like-nobody"),
    pytest.param(LIKE.replace("one", "wrong"), 2, "'wrong'", id="like-itself"),
]


@pytest.mark.parametrize(("content", "line", "told"), WRONG)
def test_a_wrong_file_is_refused_by_name_and_line(content: str, line: int, told: str, tmp_path: Path) -> None:
    with pytest.raises(VocabError) as caught:
        read(tmp_path, wrong=content)
    assert f"{tmp_path / 'wrong.toml'}" in caught.value.message
    assert f"line {line}" in caught.value.message
    assert told in caught.value.message


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(FACET + '[term]\nid = "cu"\nlabel = "x"\n', id="table"),
        pytest.param(FACET + 'term = [{ id = "cu", label = "x" }]\n', id="inline"),
    ],
)
def test_terms_that_are_no_entries_are_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(VocabError, match=r"wrong\.toml.*\[\[term\]\]"):
        read(tmp_path, wrong=content)


def test_two_files_with_one_id_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(VocabError, match=r"b/two\.toml.*'camera\.size'"):
        read(tmp_path, a__one=FACET + CLOSE, b__two=FACET + WIDE)


def test_a_broken_file_that_others_are_like_is_named_itself(tmp_path: Path) -> None:
    with pytest.raises(VocabError, match=r"one\.toml: .*line 2"):
        read(tmp_path, a_two=LIKE, one="kind = 'target'\nid =\n")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(VocabError, match=r"wrong\.toml"):
        vocabulary(tmp_path)


def test_a_facet_names_its_terms(tmp_path: Path) -> None:
    found = read(tmp_path, size=FACET + CLOSE + WIDE)
    assert list(found.terms) == ["camera.size.cu", "camera.size.ws"]
    assert {term.facet for term in found.terms.values()} == {"camera.size"}


def test_a_target_lies_over_the_one_it_is_like_and_over_its_medium(tmp_path: Path) -> None:
    found = read(tmp_path, t__one=TARGET, t__two=LIKE, t__media__image=MEDIUM)
    one, two = found.target("one"), found.target("two")
    assert (two.label, two.limit.count, two.dialect, two.usd) == ("Two", 500, "labels", {"image": 1})
    assert one.silent == {
        "camera.ei": "One has no index.",
        "camera.fps": "One stands still.",
        "sound.*": "A still has no sound.",
    }
    assert two.silent == one.silent | {"camera.ei": "Two has no index either."}


def test_an_unknown_target_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'one'"):
        read(tmp_path, one=TARGET).target("onne")
