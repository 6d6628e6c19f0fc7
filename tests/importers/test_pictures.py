"""Pictures with their prompts: one, a zip of many, and zips that would do harm."""

from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.errors import PrintlightError, ShotError
from app.importers import Imported
from app.importers.pictures import MAX_FILES, Pictures
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.shots import examples

VOCABULARY = vocabulary()
INFOTEXT = (
    "close-up of a keeper, 85mm lens\nNegative prompt: rain\nSteps: 20, Sampler: Euler a, Seed: 7, Size: 1216x832"
)


def png(**texts: str) -> bytes:
    """Return a PNG with texts, as the program's own library writes them."""
    info, out = PngInfo(), BytesIO()
    for keyword, text in texts.items():
        info.add_text(keyword, text)
    Image.new("RGB", (8, 8)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(raw: bytes, name: str = "takes.zip") -> Imported:
    """Read a file as the door does."""
    pictures = Pictures()
    return pictures.read(pictures.text(raw, name), name, VOCABULARY)


def test_a_picture_is_the_shot_of_its_prompt() -> None:
    found = read(png(parameters=INFOTEXT), "00012-7.png")
    (shot,) = found.shots
    told = leaves(shot)
    assert (told["camera.size"], told["camera.focal_mm"]) == ("camera.size.cu", 85)
    assert found.labels[0].name == "00012-7"
    assert [(one.field, one.value) for one in found.values if one.field == "Seed"] == [("Seed", "7")]


def test_a_zip_of_pictures_is_read_in_the_order_of_their_names() -> None:
    wide = INFOTEXT.replace("close-up", "wide shot")
    files = {
        "day/b.png": png(parameters=wide),
        "day/a.png": png(parameters=INFOTEXT),
        "day/plain.png": png(),
        "notes.txt": b"Nothing here.",
        "__MACOSX/day/._a.png": b"\0\5\x16\7",
        "day/": b"",
    }
    found = read(packed(files))
    assert [leaves(one)["camera.size"] for one in found.shots] == ["camera.size.cu", "camera.size.ws"]
    assert [one.name for one in found.labels] == ["a", "b"]
    assert [one.value for one in found.values if one.shot == 0] == ["day/plain.png"]


REFUSED = {
    "nothing": (b"", "neither a picture nor a zip"),
    "text": (b"close-up", "neither a picture nor a zip"),
    "a picture without a prompt": (png(), "holds no prompt"),
    "a broken picture": (png(parameters=INFOTEXT)[:60], "holds no prompt"),
    "a zip without pictures": (packed({"a.txt": b"x"}), "holds no prompt"),
    "a zip that is cut off": (packed({"a.png": png()})[:-30], "cannot be read"),
    "a zip of a zip": (packed({"a.zip": packed({"a.png": png()})}), "holds no prompt"),
    "a large file": (bytes(100_000_001), "larger than 100 MB"),
    "many files": (packed({f"{number}.png": b"" for number in range(MAX_FILES + 1)}), "201 files"),
    "a bomb": (packed({"a.png": bytes(60 * 1024 * 1024)}), "a.png: it unpacks to too much"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_prompt_is_refused_in_a_sentence(name: str) -> None:
    raw, said = REFUSED[name]
    with pytest.raises(ShotError, match=said):
        read(raw)


WHOLE = packed({"a.png": png(parameters=INFOTEXT), "b.png": png()})


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4))
@examples(60)
def test_damage_is_read_or_refused_in_a_sentence(at: int, damage: bytes) -> None:
    with suppress(PrintlightError):
        read(WHOLE[:at] + damage + WHOLE[at + len(damage) :])
