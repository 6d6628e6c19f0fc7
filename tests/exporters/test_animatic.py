"""The animatic, opened again frame by frame with ffmpeg."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from app.errors import BadInputError
from app.exporters import Options, Reel, _ffmpeg, animatic, export, exporters
from app.patch import Json
from tests.exporters.reels import reel, shot, take

SIZE = (160, 68)


def film(*changes: Json) -> Reel:
    """Return a film of grey shots of a second, each lighter than the one before."""
    shades = range(40, 256, 90)
    made = [
        replace(
            shot(f"1{letter}", patch={"duration_s": 1, "beats": None, "transition_out": None, **change}),
            take=take(shade=shade),
        )
        for letter, shade, change in zip("ABC", shades, changes, strict=True)
    ]
    return replace(reel(), shots=tuple(made))


def greys(film: Reel, tmp_path: Path, *, numbers: bool = False) -> list[int]:
    """Return the grey in the middle of every frame."""
    path = tmp_path / "film.mp4"
    path.write_bytes(export(exporters["animatic"], film, Options(numbers=numbers)).content)
    frames = _ffmpeg.frames_of(path, SIZE, film.fps)
    return [
        int(np.frombuffer(one, np.uint8).reshape(SIZE[1], SIZE[0], 3)[SIZE[1] // 2, SIZE[0] // 2, 0]) for one in frames
    ]


def test_each_shot_stands_as_long_as_it_says(tmp_path: Path) -> None:
    seen = greys(film({}, {"duration_s": 0.5}, {}), tmp_path)
    assert len(seen) == 24 + 12 + 24
    for at, shade in ((0, 40), (23, 40), (24, 130), (35, 130), (36, 220), (59, 220)):
        assert seen[at] == pytest.approx(shade, abs=4), at


def test_a_dissolve_goes_evenly_from_one_to_the_other(tmp_path: Path) -> None:
    seen = greys(film({"transition_out": "time.transition.dissolve"}, {}, {}), tmp_path)
    mixed = seen[18:30]
    assert all(before <= after + 1 for before, after in pairwise(mixed))
    assert seen[24] == pytest.approx((40 + 130) / 2, abs=6)
    assert seen[11] == pytest.approx(40, abs=4)
    assert seen[37] == pytest.approx(130, abs=4)


def test_a_fade_ends_in_black(tmp_path: Path) -> None:
    seen = greys(film({}, {}, {"transition_out": "time.transition.fade_out"}), tmp_path)
    assert seen[-1] < 30
    assert seen[48] == pytest.approx(220, abs=4)


def test_a_shot_without_a_picture_shows_its_previz_or_its_name(tmp_path: Path) -> None:
    content = take(shade=200).content
    drawn = replace(shot(patch={"duration_s": 0.5, "beats": None}), take=None, drawn=content)
    assert greys(replace(reel(), shots=(drawn,)), tmp_path)[3] == pytest.approx(200, abs=4)
    bare = replace(drawn, drawn=lambda: b"no picture at all")
    made = export(exporters["animatic"], replace(reel(), shots=(bare,)))
    assert made.content[4:8] == b"ftyp"


def test_a_clip_runs_and_its_last_frame_stands(tmp_path: Path) -> None:
    """A clip of half a second, black then white, in a shot of one second."""
    clip = tmp_path / "clip.mp4"
    _ffmpeg.written([bytes([level]) * (320 * 136 * 3) for level in [0] * 6 + [255] * 6], (320, 136), 24, clip)
    moving = replace(take(), media_type="video/mp4", content=clip.read_bytes)
    one = replace(shot(patch={"duration_s": 1, "beats": None}), take=moving)
    seen = greys(replace(reel(), shots=(one,)), tmp_path)
    assert len(seen) == 24
    assert seen[2] < 20
    assert min(seen[8:]) > 235


def test_numbers_are_burnt_in_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animatic, "WIDE", 1280)
    plain, numbered = (tmp_path / "plain.mp4", tmp_path / "numbered.mp4")
    one = film({}, {}, {})
    for path, numbers in ((plain, False), (numbered, True)):
        path.write_bytes(export(exporters["animatic"], one, Options(numbers=numbers)).content)
    first, second = (
        np.frombuffer(next(_ffmpeg.frames_of(path, (640, 268), 24)), np.uint8).reshape(268, 640, 3)
        for path in (plain, numbered)
    )
    differs = np.abs(first.astype(int) - second).max(axis=2) > 60
    assert differs[240:].any()
    assert not differs[:200].any()


def test_what_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInputError, match="minutes long"):
        export(exporters["animatic"], replace(reel(), shots=(shot(patch={"duration_s": 4000}),)))
    monkeypatch.setattr(_ffmpeg, "found", lambda: "")
    assert "no ffmpeg" in exporters["animatic"].missing()
    with pytest.raises(BadInputError, match="no ffmpeg"):
        export(exporters["animatic"], reel())
