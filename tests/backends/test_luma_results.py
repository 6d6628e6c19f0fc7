"""What Luma hands over besides a still: layers by their names, clips whole, and what lies beside them."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from app.backends import _storage
from app.backends._luma_results import LAYERS
from app.backends.base import Access, Artifact, Attachment, Order
from app.backends.uni1 import Uni1
from app.errors import BackendError, UnreachableError
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.backends.fakes.clips import clip
from tests.backends.fakes.orders import order, reference
from tests.backends.fakes.pictures import picture

UNI1, RAY = vocabulary().target("uni-1"), vocabulary().target("ray-3.2")
SOURCE = reference(0, role="reference.role.source")
LAYERED = order(UNI1, text="Part her from the room.", params={"layering": "1k"}, attachments=(SOURCE,))


@pytest.fixture(scope="module")
def served() -> Iterator[luma.Luma]:
    with luma.served() as fake:
        yield fake


@pytest.fixture
def fake(served: luma.Luma) -> luma.Luma:
    served.reset()
    return served


def shoot(fake: luma.Luma, what: Order, **how: Any) -> Artifact:
    uni1, access = Uni1(), Access(fake.url, luma.KEY)
    fake.script = luma.Script(queued=0, processing=0, **how)

    async def whole() -> Artifact:
        ticket = await uni1.submit(what, access)
        assert (await uni1.poll(ticket, access)).state == "done"
        return await uni1.fetch(ticket, access)

    return asyncio.run(whole())


def colours() -> list[bytes]:
    return [picture(colour=colour) for colour in luma.LAYER_COLOURS]


def test_layers_come_from_front_to_back_with_the_background_as_the_take(fake: luma.Luma) -> None:
    artifact = shoot(fake, LAYERED)
    assert fake.bodies == [
        {
            "model": "uni-1",
            "type": "layering",
            "prompt": LAYERED.text,
            "source": fake.bodies[0]["source"],
            "layering": {"resolution": "1k"},
        }
    ]
    assert [one.name for one in artifact.parts] == ["Mara", "Glass", "Background"]
    assert [one.content for one in artifact.parts] == colours()
    assert artifact.content == colours()[2]
    assert artifact.notes == ("The take shows the background; its 3 layers lie beside it, from front to back.",)
    assert artifact.used["layers"][0] == {"name": "Mara", "shows": "The woman at the window.", "alpha": "soft"}


def test_layers_are_put_in_order_by_their_index(fake: luma.Luma) -> None:
    artifact = shoot(fake, LAYERED, layers=[luma.LAYERS[2], luma.LAYERS[0], luma.LAYERS[1]])
    assert [one.name for one in artifact.parts] == ["Mara", "Glass", "Background"]
    assert artifact.content == colours()[0]


def test_a_picture_that_is_no_layer_is_the_take(fake: luma.Luma) -> None:
    artifact = shoot(fake, LAYERED, layers=[luma.LAYERS[0], luma.LAYERS[2], None])
    assert [one.name for one in artifact.parts] == ["Mara", "Background"]
    assert artifact.content == colours()[2]
    assert "shows the whole picture; its 2 layers" in artifact.notes[0]


@pytest.mark.parametrize(
    ("layers", "names"),
    [
        ([{"label": "Rain"}, {"label": "Rain"}, {"label": "Rain"}], ["Rain", "Rain 2", "Rain 3"]),
        ([{"index": "1"}, {"label": None}, {"label": 7}], ["Layer 1", "Layer 2", "Layer 3"]),
        ([{"index": 1, "label": "B"}, {"index": 1, "label": "C"}, {"index": -1, "label": "A"}], ["A", "B", "C"]),
        ([{"label": " ../\n\tetc\x1b[31m  x"}], ["../ etc [31m x"]),
        ([{"label": "long " * 40}], [("long " * 12).strip()]),
        ([{"index": True, "label": "", "description": [], "alpha_hint": {}}], ["Layer 1"]),
    ],
)
def test_layers_that_are_oddly_told_still_get_names(fake: luma.Luma, layers: list[Any], names: list[str]) -> None:
    assert [one.name for one in shoot(fake, LAYERED, layers=layers).parts] == names


def test_more_layers_than_anybody_needs_are_not_fetched(fake: luma.Luma) -> None:
    with pytest.raises(BackendError, match=f"handed over {LAYERS + 1} layers"):
        shoot(fake, LAYERED, layers=[{"index": at} for at in range(LAYERS + 1)])
    assert fake.downloads == 0


def test_a_layer_that_comes_broken_is_fetched_from_a_fresh_address(fake: luma.Luma) -> None:
    artifact = shoot(fake, LAYERED, picture="cut", bad_pictures=1)
    assert [one.content for one in artifact.parts] == colours()


# Clips.


@pytest.mark.parametrize(("duration", "lasts"), [(None, 5), ("5s", 5), ("10s", 10)])
def test_a_clip_comes_back_as_it_was_handed_over(fake: luma.Luma, duration: str | None, lasts: int) -> None:
    artifact = shoot(fake, order(RAY, params={"duration": duration, "aspect_ratio": "16:9"}))
    assert (artifact.content, artifact.media_type) == (clip(lasts), "video/mp4")
    assert (artifact.used["model"], artifact.notes, artifact.parts) == ("ray-3.2", (), ())


@pytest.mark.parametrize("params", [{}, {"aspect_ratio": "9:16"}])
def test_a_clip_is_changed_or_takes_another_shape(fake: luma.Luma, params: dict[str, Any]) -> None:
    source = Attachment(0, "reference.role.source", clip(7), "video/mp4")
    artifact = shoot(fake, order(RAY, params=params, attachments=(source,)))
    assert artifact.media_type == "video/mp4"
    assert fake.bodies[0]["type"] == ("video_reframe" if params else "video_edit")
    assert fake.bodies[0]["source"]["media_type"] == "video/mp4"


@pytest.mark.parametrize("kind", ["cut", "short", "html", "jpeg"])
def test_a_broken_clip_is_fetched_from_a_fresh_address(fake: luma.Luma, kind: str) -> None:
    assert shoot(fake, order(RAY), picture=kind, bad_pictures=2).content == clip()
    assert (fake.downloads, fake.posts) == (3, 1)


@pytest.mark.parametrize(("kind", "says"), [("cut", "clip ends too soon"), ("html", "no MP4"), ("jpeg", "no MP4")])
def test_a_clip_that_stays_broken_is_no_clip(fake: luma.Luma, kind: str, says: str) -> None:
    with pytest.raises(UnreachableError, match=says):
        shoot(fake, order(RAY), picture=kind)


def test_a_clip_has_a_limit_of_its_own(fake: luma.Luma, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_storage, "MAX_BYTES", 100)
    assert shoot(fake, order(RAY)).content == clip()
    monkeypatch.setattr(_storage, "MAX_CLIP_BYTES", 100)
    with pytest.raises(BackendError, match="is larger than"):
        shoot(fake, order(RAY))


@pytest.mark.parametrize(
    ("beside", "name", "media_type"),
    [("zip", "EXR frames", "application/zip"), ("exr", "EXR frame", "image/x-exr")],
)
def test_frames_beside_a_clip_are_parts_of_it(fake: luma.Luma, beside: str, name: str, media_type: str) -> None:
    artifact = shoot(fake, order(RAY, params={"hdr": True, "exr": True}), beside=beside)
    (part,) = artifact.parts
    assert (part.name, part.media_type, part.content) == (name, media_type, luma.BESIDE[beside])
    assert artifact.content == clip()
    assert fake.bodies[0]["video"] == {"hdr": True, "exr_export": True}


def test_what_lies_beside_a_clip_and_nobody_knows_is_told(fake: luma.Luma) -> None:
    artifact = shoot(fake, order(RAY), beside="odd")
    assert artifact.parts == ()
    assert artifact.notes == ("Luma handed over 1 more files of a kind that Printlight does not know.",)


def test_a_clip_that_comes_as_a_still_is_none(fake: luma.Luma) -> None:
    fake.script = luma.Script(queued=0, processing=0, output="video")
    uni1, access = Uni1(), Access(fake.url, luma.KEY)
    ticket = asyncio.run(uni1.submit(order(RAY), access))
    assert asyncio.run(uni1.poll(ticket, access)).code == "output_not_found"
