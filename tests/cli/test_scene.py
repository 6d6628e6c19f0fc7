"""`printlight compile` of several shots: one prompt, for a model that cuts by itself."""

import json
from pathlib import Path

import pytest

from app.cli.main import main

CLOSE = 'duration_s = 4\n[camera]\nsize = "camera.size.cu"\n'
WIDE = 'duration_s = 3\n[camera]\nsize = "camera.size.ws"\n'


def compiled(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["compile", *arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two shots in files of their own."""
    for name, text in (("close.toml", CLOSE), ("wide.toml", WIDE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "close.toml"), str(tmp_path / "wide.toml")]


def test_shots_become_one_prompt_in_the_order_given(capsys: pytest.CaptureFixture[str], files: list[str]) -> None:
    status, out, err = compiled(capsys, *files, "--for", "kling-3")
    assert status == 0
    assert [line.partition("). ")[0] for line in out.splitlines()] == ["Shot 1 (0-4s", "Shot 2 (4-7s"]
    assert "duration: 7" in err
    _, turned, _ = compiled(capsys, *reversed(files), "--for", "kling-3")
    assert turned.startswith("Shot 1 (0-3s). Wide shot")


def test_paths_of_the_json_begin_with_the_number_of_the_shot(
    capsys: pytest.CaptureFixture[str], files: list[str]
) -> None:
    _, out, _ = compiled(capsys, *files, "--for", "kling-3", "--json")
    paths = {path for segment in json.loads(out)["segments"] for path in segment["paths"]}
    assert {"shots.1.camera.size", "shots.2.camera.size"} <= paths
    _, one, _ = compiled(capsys, files[0], "--for", "kling-3", "--json")
    assert "camera.size" in {path for segment in json.loads(one)["segments"] for path in segment["paths"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--for", "uni-1"), "takes one shot a prompt"),
        (("--for", "kling-3", "--plain"), "The plain sentence is of one shot"),
    ],
)
def test_what_a_scene_cannot_be_is_said(
    capsys: pytest.CaptureFixture[str], files: list[str], arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = compiled(capsys, *files, *arguments)
    assert (status, out) == (2, "")
    assert said in err
