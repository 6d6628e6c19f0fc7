"""Shots as filmmakers write them: the right ones keep quiet, the wrong ones are found out."""

from pathlib import Path

import pytest

from app.pipeline import check_shot
from app.schema import Finding, read_text
from app.schema.checks import Checks
from app.vocab import vocabulary

HERE = Path(__file__).parent
RIGHT, WRONG = (sorted((HERE / folder).glob("*.toml")) for folder in ("corpus", "corpus_wrong"))
VOCABULARY = vocabulary()
PICTURE, ON_SET = Checks(profile="picture"), Checks(profile="set")
EXPECTS = "# expects:"


def expected(file: Path) -> set[str]:
    """Return the codes that a shot names in its own comment."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line.startswith(EXPECTS)]
    return {code.strip() for line in lines for code in line.removeprefix(EXPECTS).split(",")}


def findings(file: Path, checks: Checks) -> list[Finding]:
    return check_shot(read_text(file.read_text("utf-8"), file.name), VOCABULARY, checks)


def grave(found: list[Finding]) -> set[str]:
    return {one.code for one in found if one.severity != "info"}


@pytest.mark.parametrize("file", RIGHT, ids=lambda file: file.stem)
def test_a_right_shot_raises_no_alarm_but_those_it_names(file: Path) -> None:
    on_set = findings(file, ON_SET)
    told = [f"{file.name}: {one.severity} {one.code}: {one.message}" for one in on_set if one.severity != "info"]
    assert grave(on_set) == expected(file), "\n".join(told)
    assert grave(findings(file, PICTURE)) <= expected(file)


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_a_wrong_shot_is_found_out(file: Path) -> None:
    assert expected(file)
    assert expected(file) <= {one.code for one in findings(file, ON_SET)}


@pytest.mark.parametrize("file", [*RIGHT, *WRONG], ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_shot_of_the_corpus_says_what_it_is(file: Path) -> None:
    assert file.read_text("utf-8").startswith("# ")
    assert not any(one.code == "unknown_term" for one in findings(file, PICTURE))


def test_the_corpus_is_there() -> None:
    assert len(RIGHT) >= 60
    assert len(WRONG) >= 30
