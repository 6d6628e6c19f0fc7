"""`printlight targets`: every model in a table, or one of them whole."""

import json
from pathlib import Path

import pytest

from app.cli.main import main
from app.vocab import vocabulary

TARGETS = vocabulary().targets


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["targets", *arguments])
    said = capsys.readouterr()
    assert ended.value.code == status
    return said.out + said.err


def test_the_table_has_a_line_for_each_and_the_retired_ones_last(capsys: pytest.CaptureFixture[str]) -> None:
    head, *lines = printed(capsys).splitlines()
    assert [line.split()[0] for line in lines] != sorted(TARGETS)
    assert {line.split()[0] for line in lines} == set(TARGETS)
    gone = [bool(TARGETS[line.split()[0]].retired) for line in lines]
    assert gone == sorted(gone)
    column = head.index("FACTS")
    assert all(TARGETS[line.split()[0]].facts.date in line[column:] for line in lines)
    for line in lines:
        one = TARGETS[line.split()[0]]
        assert ("retired" in line) is bool(one.retired)
        assert not one.retired or line.endswith(f"retired {one.retired}, now {one.nearest}")


def test_json_has_every_field_and_the_form(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, "--json"))
    assert {one["id"] for one in found} == set(TARGETS)
    for one in found:
        assert {key: value for key, value in one.items() if key != "form"} == TARGETS[one["id"]].model_dump(mode="json")
        assert one["form"] in {"prose", "labels", "tags", "flags", "json"}


@pytest.mark.parametrize("name", TARGETS)
def test_one_is_told_whole(capsys: pytest.CaptureFixture[str], name: str) -> None:
    one, told = TARGETS[name], printed(capsys, name)
    assert told.startswith(f"{one.label} ({name}), {one.medium}")
    for said in (one.gloss, one.facts.note, one.facts.date, *one.facts.doubts, *one.silent.values()):
        assert said in told
    assert Path(told.splitlines()[-1].split()[1]).is_file()


def test_one_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(printed(capsys, "sdxl", "--json"))["form"] == "tags"


def test_an_unknown_one_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Did you mean 'uni-1'?" in printed(capsys, "uni-l", status=2)
