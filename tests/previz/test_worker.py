"""The render worker's protocol, spoken with a real process."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.previz.passes import draw
from app.previz.scene import PASSES, Camera, Figure, Lamp, Pass, Scene

SCENE = Scene(
    aspect=1.5,
    camera=Camera(at=(0, 1, 2), target=(0, 0.9, 0), gate_w_mm=24, gate_h_mm=16, focal_mm=50, f_number=4, focus_m=2),
    figures=(Figure(kind="sphere", at=(0, 0.75, 0), height_m=0.3),),
    lamps=tuple(Lamp(name=f"lamp {x}", at=(x, 2, 1), target=(0, 0.9, 0), size_m=0.5) for x in (-2, -1, 0, 1, 2)),
)


def work(folder: Path, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app.previz", *words]
    root = Path(__file__).parents[2]
    environment = {"PRINTLIGHT_CACHE": str(folder / "cache"), "PATH": ""}
    return subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env=environment,
        timeout=60,
    )


def test_a_scene_becomes_a_picture_with_its_progress_told(tmp_path: Path) -> None:
    out = tmp_path / "frame.png"
    done = work(tmp_path, SCENE.model_dump_json(), str(out), "--width", "96", "--samples", "11", "--seed", "5")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert lines[-1] == {"done": str(out), "width": 96, "height": 64}
    progress = [line["progress"] for line in lines[:-1]]
    assert len(progress) >= 8
    assert progress == sorted(progress)
    with Image.open(out) as picture:
        assert picture.size == (96, 64)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_two_processes_render_the_same_bytes(tmp_path: Path) -> None:
    pictures = set()
    for attempt in range(2):
        out = tmp_path / f"{attempt}.png"
        assert work(tmp_path, SCENE.model_dump_json(), str(out), "--width", "48", "--samples", "2").returncode == 0
        pictures.add(out.read_bytes())
    assert len(pictures) == 1


@pytest.mark.parametrize("kind", PASSES)
def test_a_pass_is_drawn_at_the_size_asked_for(tmp_path: Path, kind: Pass) -> None:
    out = tmp_path / "pass.png"
    words = ["--pass", kind, "--width", "48", "--height", "40", "--samples", "2"]
    done = work(tmp_path, SCENE.model_dump_json(), str(out), *words)
    assert json.loads(done.stdout.splitlines()[-1]) == {"done": str(out), "width": 48, "height": 40}
    with Image.open(out) as picture:
        assert np.array_equal(np.asarray(picture), draw(SCENE, kind, 48, 40, samples=2))


def test_a_frame_is_drawn_at_the_size_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "frame.png"
    words = ["--width", "16", "--height", "48", "--samples", "2"]
    assert work(tmp_path, SCENE.model_dump_json(), str(out), *words).returncode == 0
    with Image.open(out) as picture:
        assert picture.size == (16, 48)


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("{}", [], "camera"),
        ("not json", [], "JSON"),
        (SCENE.model_dump_json(), ["--width", "3"], "--width"),
        (SCENE.model_dump_json(), ["--height", "5000"], "--height"),
        (SCENE.model_dump_json(), ["--samples", "none"], "--samples"),
        (SCENE.model_dump_json(), ["--pass", "x-ray"], "--pass"),
    ],
)
def test_bad_input_is_one_json_line_and_status_two(tmp_path: Path, text: str, words: list[str], reason: str) -> None:
    refused = work(tmp_path, text, str(tmp_path / "frame.png"), *words)
    assert refused.returncode == 2
    assert refused.stderr == ""
    (line,) = refused.stdout.splitlines()
    assert reason in json.loads(line)["error"]
    assert not (tmp_path / "frame.png").exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused = work(tmp_path, SCENE.model_dump_json(), str(tmp_path / "nowhere" / "frame.png"))
    assert refused.returncode == 2
    assert "nowhere" in json.loads(refused.stdout)["error"]
