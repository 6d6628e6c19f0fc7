"""The lines for Midjourney."""

from app.exporters import export, exporters
from app.parse.forms import read_any
from app.vocab import vocabulary
from tests.exporters.reels import reel


def lines(target: str) -> list[str]:
    """Return the lines of a film whose shots are for a target."""
    return export(exporters["midjourney"], reel(target)).content.decode().splitlines()


def test_a_shot_is_a_title_and_a_line() -> None:
    told = lines("midjourney-8.1")
    assert told[::3] == ["12A The stair", "12B The door", "13 Outside"]
    assert all(one.startswith("/imagine prompt: ") for one in told[1::3])
    assert told[1].removeprefix("/imagine prompt: ") == reel("midjourney-8.1").shots[0].compiled.text


def test_a_shot_for_another_model_is_worded_anew() -> None:
    told = lines("uni-1")
    assert "--ar 239:100" in told[1] or "--ar" in told[1]
    assert told[1].endswith("--v 8.1")
    assert told[1] == lines("kling-3")[1]


def test_version_7_keeps_its_own_flags() -> None:
    assert lines("midjourney-7")[1].endswith("--v 7")


def test_a_line_is_read_back_as_midjourneys() -> None:
    (read,) = read_any(lines("uni-1")[1], vocabulary())
    assert read.form == "midjourney"
    assert read.shot.camera
    assert read.shot.camera.focal_mm == 85
