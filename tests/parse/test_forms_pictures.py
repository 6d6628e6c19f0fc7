"""Pictures that carry a prompt, and pictures that try to break whoever reads them."""

import json
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.errors import BadInputError
from app.library.copies import signed
from app.parse.forms import read_any
from app.parse.inscriptions import MAX_BYTES, MAX_CHUNKS, SIGNATURE, texts_of, with_text
from app.schema.documents import Take
from app.schema.paths import leaves
from app.vocab import vocabulary
from tests.parse.test_forms import A1111, COMFY, EDITED, assert_spans_are_true


def png(**texts: str) -> bytes:
    info, out = PngInfo(), BytesIO()
    for name, text in texts.items():
        info.add_text(name, text)
    Image.new("RGB", (4, 4), (90, 60, 30)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def chunk(name: bytes, body: bytes, length: int | None = None) -> bytes:
    told = len(body) if length is None else length
    return struct.pack(">I", told) + name + body + struct.pack(">I", zlib.crc32(name + body))


def with_chunks(*chunks: bytes) -> bytes:
    plain = png()
    return plain[:33] + b"".join(chunks) + plain[33:]


NOVELAI = json.dumps({"prompt": "a wet street", "uc": "crowd", "steps": 28, "seed": 5})
INVOKE = json.dumps(
    {"positive_prompt": "a wet street, 85 mm lens", "negative_prompt": "crowd", "width": 1024, "seed": 3}
)

CARRIED: dict[str, tuple[bytes, str, dict[str, Any]]] = {
    "A1111": (png(parameters=A1111), "a1111", {"Seed": 1207}),
    "ComfyUI": (png(prompt=json.dumps(COMFY), workflow=json.dumps(EDITED)), "comfyui", {"seed": 1207}),
    "ComfyUI, only the editor's": (png(workflow=json.dumps(EDITED)), "comfyui", {"seed": 99}),
    "InvokeAI": (png(invokeai_metadata=INVOKE), "json_any", {"seed": 3}),
    "NovelAI": (png(Description="a wet street", Comment=NOVELAI), "json_any", {"seed": 5}),
    "packed": (with_chunks(chunk(b"zTXt", b"parameters\0\0" + zlib.compress(A1111.encode()))), "a1111", {"Seed": 1207}),
    "international and packed": (
        with_chunks(chunk(b"iTXt", b"parameters\0\1\0en\0\0" + zlib.compress(f"{A1111}é灯".encode()))),
        "a1111",
        {"Steps": 20},
    ),
}


@pytest.mark.parametrize("name", CARRIED)
def test_a_prompt_is_read_from_a_picture(name: str) -> None:
    content, form, params = CARRIED[name]
    (one,) = read_any(content, vocabulary())
    assert one.form == form
    assert {key: one.params[key] for key in params} == params
    assert_spans_are_true(one, one.params["text"])
    assert leaves(one.shot)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
@pytest.mark.parametrize("code", ["utf-16-be", "utf-16-le", "ascii"])
def test_a_comment_in_exif_is_read(kind: str, code: str) -> None:
    exif, out = Image.Exif(), BytesIO()
    exif.get_ifd(0x8769)[0x9286] = (b"ASCII\0\0\0" if code == "ascii" else b"UNICODE\0") + A1111.encode(code)
    Image.new("RGB", (8, 8)).save(out, kind, exif=exif)
    (one,) = read_any(out.getvalue(), vocabulary())
    assert (one.form, one.params["text"], one.params["Seed"]) == ("a1111", A1111, 1207)


def take() -> Take:
    fields: dict[str, Any] = {
        "id": "t", "shot_id": "s", "revision": 1, "number": 1, "author": "", "made": "2026-11-21T12:00:00Z",
        "target": "uni-1", "backend": "previz", "wording": "compiled",
        "prompt": "A keeper waits: “灯”.", "negative": "",
        "params": {}, "references": (), "state": "done",
    }  # fmt: skip
    return Take.model_validate(fields)


def test_our_own_picture_comes_back_as_its_shot() -> None:
    document = {"camera": {"focal_mm": 85.0}, "subjects": {"mara": {"name": "Mara 灯"}}}
    plain = png()
    copy = signed(plain, take(), document)
    (one,) = read_any(copy, vocabulary())
    assert (one.form, one.target, one.params["prompt"]) == ("shot", "uni-1", "A keeper waits: “灯”.")
    assert one.shot.model_dump(mode="json", exclude_defaults=True) == document
    assert {span.path for span in one.spans} == {"camera.focal_mm", "subjects.mara.name"}
    with Image.open(BytesIO(copy)) as after, Image.open(BytesIO(plain)) as before:
        after.load()
        assert after.tobytes() == before.tobytes()


def test_a_signed_picture_that_is_signed_again_tells_the_newer_shot() -> None:
    once = signed(png(parameters=A1111), take(), {"camera": {"focal_mm": 85.0}})
    twice = signed(once, take(), {"camera": {"focal_mm": 50.0}})
    assert leaves(read_any(twice, vocabulary())[0].shot) == {"camera.focal_mm": 50.0}


def bomb() -> bytes:
    return zlib.compress(bytes(200_000_000), 9)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing inside": (png(), "no prompt"),
    "other texts": (png(Software="a painting program"), "no prompt"),
    "cut in a text": (png(parameters=A1111)[:60], "cut off"),
    "only a signature": (SIGNATURE, "cut off"),
    "a length that lies": (with_chunks(chunk(b"tEXt", b"parameters\0x", 0x7FFFFFFF)), "lies about its length"),
    "a wrong sum": (with_chunks(chunk(b"tEXt", b"parameters\0x")[:-4] + b"\0\0\0\0"), "damaged"),
    "no packed text": (with_chunks(chunk(b"zTXt", b"parameters\0\0not packed at all")), "unpacked"),
    "a bomb": (with_chunks(chunk(b"zTXt", b"parameters\0\0" + bomb())), "longer than"),
    "a plain text that is too long": (png(parameters="x" * (MAX_BYTES + 1)), "longer than"),
    "many bombs": (with_chunks(*[chunk(b"iTXt", b"a\0\1\0\0\0" + bomb())] * 20), "longer than"),
    "too many parts": (with_chunks(*[chunk(b"abCd", b"")] * (MAX_CHUNKS + 1)), "parts"),
    "a broken JPEG": (b"\xff\xd8\xff\xe1\xff\xffExif\0\0MM\0*\0\0\0\x08\xff\xff", "broken"),
    "a broken WebP": (b"RIFF\xff\xff\xff\xffWEBPVP8X", "broken"),
    "a broken graph": (png(prompt='{"3": {"class_type": '), "breaks in line 1"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_in_a_sentence(name: str) -> None:
    content, said = HOSTILE[name]
    with pytest.raises(BadInputError, match=said):
        read_any(content, vocabulary())


def test_only_a_png_takes_a_text() -> None:
    with pytest.raises(BadInputError, match="Only a PNG"):
        with_text(b"\xff\xd8\xff", "printlight", "{}")


def test_a_picture_that_lost_its_end_still_tells_what_stands_before() -> None:
    whole = png(parameters=A1111)
    with pytest.raises(BadInputError, match="cut off"):
        texts_of(whole[:-20])
