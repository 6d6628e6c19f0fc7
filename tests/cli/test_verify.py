"""`printlight verify`, run as a person or a script runs it."""

from pathlib import Path

import pytest

from app.files.credentials import seal
from app.library.copies import signed
from app.parse.envelopes import opened
from tests.backends.fakes import luma
from tests.backends.fakes.clips import clip
from tests.backends.fakes.pictures import picture
from tests.cli.test_cli import printlight
from tests.files.certificates import made
from tests.library.test_copies import DOCUMENT, KINDS, frame, take
from tests.running import for_luma

TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def kept(folder: Path, content: bytes, name: str = "picture") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


@KINDS
def test_a_person_reads_where_a_copy_comes_from(tmp_path: Path, kind: str) -> None:
    ran = printlight("verify", kept(tmp_path, signed(frame(kind), take(), DOCUMENT, title="1A The lamp")))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Shot         1A The lamp",
        "Take         7, of revision 2",
        "By           Ada",
        "Written for  uni-1",
        "Prompt       A keeper waits: “灯”.",
        "Negative     a crowd of gulls",
        "Source type  trainedAlgorithmicMedia",
        "AI system    Uni-1 uni-1-2026-10",
        f"Original     {'0' * 64}",
        "Pixels       as Printlight let them out",
        "Credentials  none",
        f"Reference    {'a' * 64} style",
    ]


@KINDS
def test_a_script_reads_it_as_json(tmp_path: Path, kind: str) -> None:
    answer = printlight("verify", kept(tmp_path, signed(frame(kind), take(), DOCUMENT, title="1A")), "--json").json
    assert answer == {
        "printlight": True, "name": "1A", "take": 7, "revision": 2, "backend": "uni1", "target": "uni-1",
        "prompt": "A keeper waits: “灯”.", "negative": "a crowd of gulls", "author": "Ada",
        "references": [{"role": "reference.role.style", "sha256": "a" * 64}], "source_type": TYPE,
        "ai": {
            "system": "Uni-1", "version": "uni-1-2026-10", "writer": "Ada",
            "prompt": "A keeper waits: “灯”.\n\nExcluded: a crowd of gulls",
        },
        "original": "0" * 64, "pixels": "as exported", "c2pa": {"state": "none", "signer": ""},
    }  # fmt: skip


@KINDS
def test_pixels_that_are_not_ours_any_more_are_said(tmp_path: Path, kind: str) -> None:
    packet = opened(signed(frame(kind), take(), DOCUMENT)).xmp()
    other = opened(picture(kind)).with_xmp(packet, packet).joined()
    ran = printlight("verify", kept(tmp_path, other))
    assert (ran.status, "not those that Printlight let out" in ran.out) == (1, True)
    assert printlight("verify", kept(tmp_path, other), "--json").json["pixels"] == "changed"


@KINDS
def test_a_plain_picture_carries_nothing_of_ours(tmp_path: Path, kind: str) -> None:
    ran = printlight("verify", kept(tmp_path, picture(kind)))
    assert (ran.status, ran.out.splitlines()) == (
        0,
        ["This file carries nothing of Printlight.", "Credentials  none"],
    )
    assert printlight("verify", kept(tmp_path, picture(kind)), "--json").json["printlight"] is False


def test_credentials_that_hold_and_that_are_broken(tmp_path: Path) -> None:
    whole = seal(*made(tmp_path)).sign(picture(), "image/png", "Take 1", TYPE)
    ran = printlight("verify", kept(tmp_path, whole))
    assert ran.status == 0
    assert "intact, by a signer whom no list of trust here names (A test signer)" in ran.out
    broken = opened(whole).with_xmp("<x/>").joined()
    ran = printlight("verify", kept(tmp_path, broken))
    assert (ran.status, "broken" in ran.out) == (1, True)


REFUSED = {
    "text": (b"a wet street", "no PNG, JPEG or WebP"),
    "cut off": (picture()[:40], "cut off"),
    "empty": (b"", "no PNG, JPEG or WebP"),
    "too large": (b"\x89PNG\r\n\x1a\n" + bytes(51 << 20), "larger than 50 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str) -> None:
    content, said = REFUSED[name]
    ran = printlight("verify", kept(tmp_path, content))
    assert (ran.status, said in ran.err) == (2, True)


@pytest.mark.parametrize("path", ["nowhere.png", ".", "a\0b"])
def test_what_is_not_there_is_said(path: str) -> None:
    ran = printlight("verify", path)
    assert (ran.status, "cannot be read" in ran.err) == (2, True)


@KINDS
def test_what_shoot_leaves_tells_its_shot_in_its_own_type(tmp_path: Path, kind: str) -> None:
    with luma.served() as fake:
        fake.script.picture = kind
        shot = printlight(
            "shoot", "vocab/samples/the_letter.toml", "--on", "uni1", "--out", str(tmp_path), "--json",
            data=tmp_path / "data", settings=for_luma(fake),
        )  # fmt: skip
    assert shot.status == 0, shot.err
    assert Path(shot.json["file"]).suffix == {"jpeg": ".jpg"}.get(kind, f".{kind}")
    answer = printlight("verify", shot.json["file"], "--json").json
    assert (answer["name"], answer["take"], answer["pixels"]) == ("the_letter", 1, "as exported")
    assert (answer["prompt"], answer["original"]) == (shot.json["prompt"], shot.json["picture"])
    assert [one["sha256"] for one in answer["references"]] == [one["asset"] for one in shot.json["references"]]


def test_a_clip_is_read_as_a_picture_is(tmp_path: Path) -> None:
    copy = signed(clip(), take(), DOCUMENT, title="1A The lamp")
    ran = printlight("verify", kept(tmp_path, copy))
    assert (ran.status, ran.err) == (0, "")
    assert {"Shot         1A The lamp", "Pixels       as Printlight let them out"} <= set(ran.out.splitlines())
    at = copy.index(b"mdat") + 20
    ran = printlight("verify", kept(tmp_path, copy[:at] + b"\1" + copy[at + 1 :]))
    assert (ran.status, "not those that Printlight let out" in ran.out) == (1, True)
    ran = printlight("verify", kept(tmp_path, copy[:-3]))
    assert (ran.status, "cut off" in ran.err) == (2, True)
