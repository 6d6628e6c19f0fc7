"""The copy that leaves: what it tells, what it leaves out, and that its pixels are those of the original."""

import hashlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from c2pa import Reader
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.errors import BadInputError, StorageError, UnknownNameError
from app.files.credentials import seal, state_of
from app.files.origin import Origin, origin_of
from app.library import Library
from app.library.copies import SOURCE_TYPES, Copy, copy_of, signed
from app.library.takes import Made
from app.parse.clips import carrier
from app.parse.envelopes import opened
from app.parse.forms import read_any
from app.parse.inscriptions import texts_of
from app.pipeline import compile_shot
from app.schema.compiled import Sent
from app.schema.documents import Take
from app.vocab import vocabulary
from tests.backends.fakes.pictures import picture
from tests.files.certificates import made
from tests.files.test_films import film
from tests.library.libraries import harm

MEDIA = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
KINDS = pytest.mark.parametrize("kind", MEDIA)

PROMPT = "A keeper waits: “灯”."
SECRETS = [b"keeper waits", b"crowd of gulls", b"Mara", b"focal_mm", b"Steps: 20"]
DOCUMENT = {"camera": {"focal_mm": 85.0}, "subjects": {"mara": {"name": "Mara 灯"}}}


def frame(kind: str) -> bytes:
    """Return a picture as a service sends it: the prompt stands in it, too."""
    image = Image.fromarray(np.random.default_rng(3).integers(0, 255, (60, 90, 3), dtype=np.uint8))
    out, info, exif = BytesIO(), PngInfo(), Image.Exif()
    info.add_text("parameters", f"{PROMPT}\nSteps: 20")
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0A keeper waits. Steps: 20"
    image.save(out, kind, **({"pnginfo": info} if kind == "png" else {"exif": exif}))
    return out.getvalue()


def take(**more: Any) -> Take:
    fields: dict[str, Any] = {
        "id": "t", "shot_id": "s", "revision": 2, "number": 7, "author": "Ada", "made": "2026-11-21T12:00:00Z",
        "target": "uni-1", "backend": "uni1", "wording": "compiled", "prompt": PROMPT, "negative": "a crowd of gulls",
        "params": {}, "state": "done", "sent": {"model": "uni-1-2026-10"}, "picture": "0" * 64,
        "references": ({"slot": 1, "id": "a", "role": "reference.role.style", "asset": "a" * 64},),
    }  # fmt: skip
    return Take.model_validate({**fields, **more})


@KINDS
def test_a_copy_tells_all_of_its_take(kind: str) -> None:
    origin = origin_of(signed(frame(kind), take(), DOCUMENT, title="1A The lamp"))
    told = origin.told
    assert (told.title, told.creator, told.tool, told.target) == ("1A The lamp", "Ada", "Printlight", "uni-1")
    assert (told.ai_system, told.ai_version, told.ai_writer) == ("Uni-1", "uni-1-2026-10", "Ada")
    assert told.ai_prompt == f"{PROMPT}\n\nExcluded: a crowd of gulls"
    assert (origin.document["prompt"], origin.take["negative"]) == (PROMPT, "a crowd of gulls")
    assert (origin.take["number"], origin.take["revision"], origin.take["backend"]) == (7, 2, "uni1")
    assert origin.references == [{"role": "reference.role.style", "sha256": "a" * 64}]
    assert (told.original, origin.pixels, origin.sound, origin.ours) == ("0" * 64, "as exported", True, True)


@KINDS
def test_its_shot_is_read_back_as_from_any_picture(kind: str) -> None:
    (one,) = read_any(signed(frame(kind), take(), DOCUMENT), vocabulary())
    assert (one.form, one.target, one.params["prompt"]) == ("shot", "uni-1", PROMPT)
    assert one.shot.model_dump(mode="json", exclude_defaults=True) == DOCUMENT


@KINDS
@pytest.mark.parametrize("with_prompt", [True, False])
def test_its_pixels_are_those_of_the_original_and_it_is_the_same_each_time(kind: str, *, with_prompt: bool) -> None:
    original = frame(kind)
    copy = signed(original, take(), DOCUMENT, with_prompt=with_prompt)
    assert copy == signed(original, take(), DOCUMENT, with_prompt=with_prompt)
    assert opened(copy).image_hash() == opened(original).image_hash()
    with Image.open(BytesIO(copy)) as after, Image.open(BytesIO(original)) as before:
        after.load()
        assert after.tobytes() == before.tobytes()


@KINDS
def test_without_the_prompt_no_word_of_it_is_left(kind: str) -> None:
    whole = signed(frame(kind), take(), DOCUMENT, title="1A Mara and the lamp")
    assert all(secret in whole for secret in SECRETS)
    copy = signed(frame(kind), take(), DOCUMENT, title="1A Mara and the lamp", with_prompt=False)
    assert [secret for secret in SECRETS if secret in copy] == []
    assert not set(texts_of(copy)) & {"printlight", "parameters", "comment", "description"}
    origin = origin_of(copy)
    assert (origin.told.target, origin.told.creator, origin.told.ai_system) == ("uni-1", "Ada", "Uni-1")
    assert origin.references == [{"role": "", "sha256": "a" * 64}]
    assert (origin.told.source_type, origin.pixels) == (f"{SOURCE_TYPES}trainedAlgorithmicMedia", "as exported")


@KINDS
def test_a_copy_of_a_copy_tells_the_newer_take_alone(kind: str) -> None:
    once = signed(frame(kind), take(), DOCUMENT)
    twice = signed(once, take(number=8, prompt="A gull."), {"camera": {"focal_mm": 50.0}})
    origin = origin_of(twice)
    assert (origin.take["number"], origin.document["prompt"]) == (8, "A gull.")
    assert origin.document["shot"]["camera"] == {"focal_mm": 50.0}


@pytest.mark.parametrize("kind", ["jpeg", "webp"])
def test_a_shot_of_any_length_goes_along(kind: str) -> None:
    document = {"intent": {"logline": "gull " * 30_000}}
    origin = origin_of(signed(frame(kind), take(prompt="gull " * 20_000), document, title="1A"))
    assert origin.document["shot"]["intent"] == document["intent"]
    assert origin.document["prompt"] == "gull " * 20_000


@pytest.mark.parametrize(
    ("backend", "photograph", "term"),
    [
        ("uni1", False, "trainedAlgorithmicMedia"),
        ("uni1", True, "compositeWithTrainedAlgorithmicMedia"),
        ("a1111", False, "trainedAlgorithmicMedia"),
        ("a backend that is gone", False, "trainedAlgorithmicMedia"),
        ("previz", False, "digitalCreation"),
        ("previz", True, "digitalCreation"),
    ],
)
def test_where_it_comes_from_is_a_term_of_iptc(backend: str, term: str, *, photograph: bool) -> None:
    origin = origin_of(signed(frame("png"), take(backend=backend), DOCUMENT, photograph=photograph))
    assert origin.told.source_type == f"http://cv.iptc.org/newscodes/digitalsourcetype/{term}"
    assert bool(origin.told.ai_system or origin.told.ai_prompt or origin.told.ai_writer) == (backend != "previz")


def test_what_is_no_picture_cannot_be_signed() -> None:
    with pytest.raises(BadInputError, match="no PNG, JPEG or WebP"):
        signed(b"GIF89a", take(), DOCUMENT)


def shot(library: Library, content: bytes, backend: str = "uni1", source: bytes = b"") -> str:
    """Keep a picture as a finished take; return the take's id."""
    draft = library.shot("the-rim")
    written = compile_shot(draft.shot, vocabulary().target("uni-1"), vocabulary())
    if source:
        sent = Sent(1, "before", "reference.role.source", library.pictures.put(source).sha256)
        written = replace(written, references=(sent,))
    name = library.takes.add(library.freeze("the-rim"), written, backend, "compiled", None).id
    library.takes.finish(name, Made(library.pictures.put(content), {"model": "uni-1"}))
    return name


@KINDS
def test_a_take_leaves_in_its_own_type(library: Library, kind: str) -> None:
    name = shot(library, frame(kind))
    copy = copy_of(library, name)
    assert (copy.media_type, copy.suffix) == (MEDIA[kind], {"jpeg": "jpg"}.get(kind, kind))
    origin = origin_of(copy.content)
    assert origin.told.title == "1A The rim"
    assert origin.told.original == hashlib.sha256(frame(kind)).hexdigest()
    prompt = library.takes.get(name).prompt
    assert origin.document["prompt"] == prompt
    assert prompt[:20].encode() in copy.content
    assert prompt[:20].encode() not in copy_of(library, name, with_prompt=False).content


def test_a_photograph_that_was_changed_is_told_from_a_take_that_was(library: Library) -> None:
    photograph = picture("jpeg", colour="#a08060")
    library.add_picture(photograph)
    edited = origin_of(copy_of(library, shot(library, frame("png"), source=photograph)).content)
    assert edited.told.source_type.endswith("/compositeWithTrainedAlgorithmicMedia")
    earlier = picture("png", colour="#204060")
    shot(library, earlier)
    again = origin_of(copy_of(library, shot(library, frame("png"), source=earlier)).content)
    assert again.told.source_type.endswith("/trainedAlgorithmicMedia")


@KINDS
def test_a_label_is_seen_and_told(library: Library, kind: str) -> None:
    name = shot(library, frame(kind))
    plain, labelled = copy_of(library, name), copy_of(library, name, label=True)
    assert opened(labelled.content).kind == opened(plain.content).kind
    assert opened(labelled.content).image_hash() != opened(plain.content).image_hash()
    assert origin_of(labelled.content).pixels == "as exported"
    assert origin_of(labelled.content).told.original == origin_of(plain.content).told.original


def test_a_previz_bears_no_label(library: Library) -> None:
    name = shot(library, frame("png"), backend="previz")
    assert copy_of(library, name).content
    with pytest.raises(BadInputError, match="no AI label"):
        copy_of(library, name, label=True)


def test_a_clip_leaves_with_its_shot_and_plays_as_before(library: Library, tmp_path: Path) -> None:
    content = film(tmp_path, "mp4")
    name = shot(library, content)
    copy = copy_of(library, name)
    assert (copy.media_type, copy.suffix) == ("video/mp4", "mp4")
    origin = origin_of(copy.content)
    assert (origin.told.title, origin.pixels, origin.ours) == ("1A The rim", "as exported", True)
    assert origin.told.source_type.endswith("/trainedAlgorithmicMedia")
    assert origin.document["prompt"] == library.takes.get(name).prompt
    assert frames(copy.content, tmp_path) == frames(content, tmp_path) != []
    bare = copy_of(library, name, with_prompt=False).content
    assert library.takes.get(name).prompt[:20].encode() not in bare
    assert (origin_of(bare).document, origin_of(bare).pixels) == ({}, "as exported")


def test_a_clip_bears_no_visible_label(library: Library, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="without a visible AI label"):
        copy_of(library, shot(library, film(tmp_path, "mp4")), label=True)


def test_a_webm_leaves_as_it_was_received_and_without_its_tags_where_prompts_stay(
    library: Library, tmp_path: Path
) -> None:
    content = film(tmp_path, "webm")
    name = shot(library, content)
    assert copy_of(library, name) == Copy(content, "video/webm", "webm", "The-Lamp-Room_1A-1_uni-1.webm")
    bare = copy_of(library, name, with_prompt=False).content
    assert (b"ENCODER" in content, b"ENCODER" in bare, len(bare)) == (True, False, len(content))
    assert frames(bare, tmp_path) == frames(content, tmp_path) != []


def frames(content: bytes, folder: Path) -> list[bytes]:
    """Return what is seen in a clip."""
    path = folder / "seen.mp4"
    path.write_bytes(content)
    played, found = cv2.VideoCapture(str(path)), list[bytes]()
    while True:
        there, seen = played.read()
        if not there:
            return found
        found.append(seen.tobytes())


@pytest.mark.parametrize("kind", [*MEDIA, "mp4"])
def test_of_a_film_whose_prompts_stay_home_no_copy_tells_them(library: Library, tmp_path: Path, kind: str) -> None:
    name = shot(library, film(tmp_path, "mp4") if kind == "mp4" else frame(kind))
    library.set_prompts_stay("the-lamp-room", stay=True)
    prompt = library.takes.get(name).prompt[:20].encode()
    for copy in (copy_of(library, name), copy_of(library, name, with_prompt=True)):
        assert prompt not in copy.content
        assert origin_of(copy.content).document == {}
    library.set_prompts_stay("the-lamp-room", stay=False)
    assert prompt in copy_of(library, name).content


def test_what_has_no_picture_or_a_damaged_one_leaves_not(library: Library) -> None:
    name = shot(library, frame("png"))
    sha256 = library.takes.get(name).picture or ""
    harm(library, sha256, frame("png")[:-5] + b"\0" * 5)
    with pytest.raises(StorageError, match="damaged"):
        copy_of(library, name)
    waiting = library.takes.repeat(name).id
    with pytest.raises(UnknownNameError):
        copy_of(library, waiting)


@pytest.fixture
def sealed(library: Library, tmp_path: Path) -> Library:
    library.seal = seal(*made(tmp_path))
    return library


@pytest.mark.parametrize("asked", [{}, {"with_prompt": False}], ids=["whole", "no prompt"])
def test_a_certificate_seals_a_clip_too(sealed: Library, tmp_path: Path, asked: dict[str, bool]) -> None:
    content = film(tmp_path, "mp4")
    sealed.add_picture(picture("webp"))
    copy = copy_of(sealed, shot(sealed, content, source=picture("webp")), **asked)
    origin = origin_of(copy.content)
    assert (origin.c2pa, origin.signer, origin.pixels) == ("valid", "A test signer", "as exported")
    assert frames(copy.content, tmp_path) == frames(content, tmp_path)
    assert len(active(copy.content, copy.media_type)["ingredients"]) == 1
    broken = carrier(copy.content).with_xmp("<x/>").joined()
    assert origin_of(broken).c2pa == "broken"


@KINDS
@pytest.mark.parametrize("asked", [{}, {"label": True}, {"with_prompt": False}], ids=["whole", "label", "no prompt"])
def test_a_certificate_seals_every_copy(sealed: Library, kind: str, asked: dict[str, bool]) -> None:
    sealed.add_picture(picture("webp"))
    copy = copy_of(sealed, shot(sealed, frame(kind), source=picture("webp")), **asked)
    origin = origin_of(copy.content)
    assert (origin.c2pa, origin.signer, origin.pixels) == ("valid", "A test signer", "as exported")
    manifest = active(copy.content, copy.media_type)
    (action,) = manifest["assertions"][0]["data"]["actions"]
    assert (action["action"], action["digitalSourceType"]) == ("c2pa.created", origin.told.source_type)
    (reference,) = manifest["ingredients"]
    assert reference["instance_id"] == f"urn:sha256:{hashlib.sha256(picture('webp')).hexdigest()}"
    assert "thumbnail" not in manifest
    assert "thumbnail" not in reference


def test_credentials_of_the_service_go_on_in_ours(sealed: Library, tmp_path: Path) -> None:
    theirs = seal(*made(tmp_path)).sign(frame("png"), "image/png", "Theirs", f"{SOURCE_TYPES}trainedAlgorithmicMedia")
    name = shot(sealed, theirs)
    copy = copy_of(sealed, name)
    assert origin_of(copy.content).c2pa == "valid"
    manifest = active(copy.content, "image/png")
    assert manifest["assertions"][0]["data"]["actions"][0]["action"] == "c2pa.opened"
    assert [one["relationship"] for one in manifest["ingredients"]] == ["parentOf"]
    sealed.seal = None
    assert origin_of(copy_of(sealed, name).content).c2pa == "none"
    assert state_of(sealed.pictures.get(sealed.takes.get(name).picture or "") or b"", "image/png")[0] == "valid"


@KINDS
def test_whatever_is_changed_after_the_seal_breaks_it(sealed: Library, kind: str) -> None:
    copy = copy_of(sealed, shot(sealed, frame(kind))).content
    other = opened(copy).with_xmp(opened(copy).xmp().replace("Ada", "Eve")).joined()
    assert origin_of(other).c2pa == "broken"
    assert origin_of(other).pixels == "as exported"
    assert not origin_of(other).sound


def active(picture: bytes, media_type: str) -> dict[str, Any]:
    with Reader(media_type, BytesIO(picture)) as reader:
        return dict(reader.get_active_manifest() or {})


def test_a_plain_picture_tells_nothing() -> None:
    assert origin_of(picture()) == Origin(origin_of(picture()).told)
    assert not origin_of(picture()).ours
