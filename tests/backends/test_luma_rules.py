"""What Luma would refuse is refused here with a sentence, and what it takes gets past its strict stand-in."""

import asyncio
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.backends._luma_orders import request
from app.backends._luma_rules import STRENGTHS, pictures, problem
from app.backends.base import Access, Attachment, Order
from app.backends.uni1 import Uni1
from app.errors import RejectedError
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.backends.fakes.clips import clip
from tests.backends.fakes.luma_rules import refused
from tests.backends.fakes.orders import order, reference

UNI1, MAX, RAY = (vocabulary().target(name) for name in ("uni-1", "uni-1-max", "ray-3.2"))
ROLE = "reference.role."


def still(role: str, at_s: float | None = None, **changes: Any) -> Attachment:
    return reference(0, role=ROLE + role, at_s=at_s, **changes)


def moving(role: str = "source", lasts: float = 8, **changes: Any) -> Attachment:
    return Attachment(**{"slot": 0, "role": ROLE + role, "content": clip(lasts), "media_type": "video/mp4", **changes})


START, END, SOURCE, MASK = (still(name) for name in ("start_frame", "end_frame", "source", "mask"))
KEYS = (still("keyframe", 0), still("keyframe", 2.5))
CLIP = moving()
POSITION = {"x_norm": -0.5, "y_norm": 0, "w_norm": 2, "h_norm": 1.0}


@pytest.fixture(scope="module")
def fake() -> Iterator[luma.Luma]:
    with luma.served() as served:
        yield served


def body_of(what: Order) -> dict[str, Any]:
    """Return the request of an order, each picture shown by its role and number."""
    return request(what, {one: {"data": f"{one.role.removeprefix(ROLE)} {one.slot}"} for one in pictures(what)})


@pytest.mark.parametrize(
    ("what", "says"),
    [
        # stills
        (order(UNI1, params={"style": "manga", "aspect_ratio": "16:9"}), "draws manga in portrait only: 1:2, 1:3, 2:3"),
        (order(UNI1, params={"style": "manga", "aspect_ratio": "1:1"}), "draws manga in portrait only"),
        (order(UNI1, params={"style": "noir"}), "has no style 'noir': one of auto, manga"),
        (order(UNI1, params={"output_format": "jpg"}), "has no file type 'jpg': one of png, jpeg"),
        (order(UNI1, params={"web_search": "yes"}), "takes web_search as true or false, not 'yes'"),
        (order(UNI1, params={"aspect_ratio": "21:9"}), "no ratio '21:9'"),
        (order(UNI1, params={"resolution": "720p"}), "takes no resolution"),
        (order(UNI1, params={"source": "f" * 64}), "The source image is not here"),
        (order(UNI1, attachments=(SOURCE, MASK)), "takes no mask: say in words which part is to change"),
        (order(UNI1, attachments=(moving(),)), "The source image is video/mp4: send PNG"),
        (order(UNI1, attachments=(SOURCE, SOURCE)), "takes one source image; there are 2"),
        (
            order(UNI1, attachments=(reference(1, role=SOURCE.role), reference(2))),
            "not numbered as the prompt numbers them",
        ),
        # layers
        (order(UNI1, params={"layering": "1k"}), "Layers are made of a picture"),
        (order(UNI1, params={"layering": "4k"}, attachments=(SOURCE,)), "has no layering '4k': one of 1k, 2k"),
        (order(MAX, params={"layering": "1k"}, attachments=(SOURCE,)), "Uni-1 Max makes no layers: Uni-1 does"),
        (
            order(UNI1, text="x" * 501, params={"layering": "1k"}, attachments=(SOURCE,)),
            "Layering takes 1 to 500 characters; the prompt has 501",
        ),
        (order(UNI1, params={"layering": "1k", "style": "auto"}, attachments=(SOURCE,)), "takes no style for layers"),
        # clips
        (order(RAY, text="x" * 6001), "takes 1 to 6,000 characters"),
        (order(RAY, params={"aspect_ratio": "2:1"}), "has no ratio '2:1': one of 16:9, 9:16"),
        (order(RAY, params={"resolution": "4k"}), "has no resolution '4k': one of 360p"),
        (order(RAY, params={"duration": "8s"}), "has no length '8s': one of 5s, 10s"),
        (order(RAY, params={"loop": 1}), "takes loop as true or false, not 1"),
        (order(RAY, params={"style": "manga"}), "takes no style"),
        (order(RAY, params={"duration": "10s"}, attachments=(START,)), "no start or end frame in a clip of 10 s"),
        (order(RAY, params={"duration": "10s"}, attachments=(END,)), "no start or end frame in a clip of 10 s"),
        (order(RAY, params={"duration": "10s", "loop": True}), "loops no clip 10 s long"),
        (order(RAY, params={"hdr": True, "loop": True}), "loops no clip of a high dynamic range"),
        (order(RAY, params={"loop": True}, attachments=(END,)), "loops no clip that has an end frame"),
        (order(RAY, params={"hdr": True, "resolution": "540p"}), "at 720p and 1080p only, not at 540p"),
        (order(RAY, params={"hdr": True, "resolution": "360p"}), "at 720p and 1080p only, not at 360p"),
        (order(RAY, params={"exr": True}), "exports EXR of a high dynamic range only"),
        (order(RAY, params={"exr": True, "hdr": False}), "exports EXR of a high dynamic range only"),
        (order(RAY, attachments=(*KEYS, START)), "takes keyframes, or a start frame"),
        (order(RAY, attachments=(*KEYS, END)), "takes keyframes, or a start frame"),
        (order(RAY, params={"loop": True}, attachments=KEYS), "takes keyframes, or a start frame"),
        (order(RAY, attachments=(START, END, END)), "takes one end frame; there are 2"),
        (order(RAY, attachments=(still("keyframe"),)), "A keyframe needs its second"),
        (order(RAY, attachments=(still("keyframe", 6),)), "The clip lasts 5 s; a keyframe stands at 6 s"),
        (order(RAY, attachments=(still("keyframe", -1),)), "The clip lasts 5 s; a keyframe stands at -1 s"),
        (
            order(RAY, attachments=(still("keyframe", 1), still("keyframe", 1.01))),
            "Two keyframes stand at the same frame",
        ),
        (order(RAY, attachments=tuple(still("keyframe", n / 24) for n in range(65))), "at most 64 keyframes"),
        (order(RAY, params={"start_frame": "f" * 64}), "The start frame is not here"),
        (order(RAY, attachments=(moving("start_frame"),)), "Luma continues only its own: send a still of it"),
        (order(RAY, attachments=(moving("keyframe", at_s=1),)), "The keyframe is video/mp4: send PNG"),
        (order(RAY, attachments=(still("start_frame", content=b""),)), "The start frame is empty"),
        # clips that are changed, or take another shape
        (order(RAY, attachments=(SOURCE,)), "The source image is image/png: Ray 3.2 changes MP4 clips"),
        (order(RAY, attachments=(moving(lasts=18.5),)), "lasts 18.5 s: Ray 3.2 changes clips of up to 18 s"),
        (order(RAY, attachments=(CLIP,), params={"loop": True}), "takes no loop beside a clip that is to be changed"),
        (order(RAY, attachments=(CLIP,), params={"strength": "wild"}), "has no strength 'wild': one of adhere_1"),
        (order(RAY, attachments=(CLIP, START, KEYS[1])), "takes keyframes, or a start frame"),
        (order(RAY, attachments=(CLIP, still("keyframe", 9))), "The clip lasts 8 s; a keyframe stands at 9 s"),
        (
            order(RAY, attachments=(CLIP,), params={"aspect_ratio": "9:16", "hdr": True}),
            "takes no hdr beside a clip that is to take another shape",
        ),
        (
            order(RAY, attachments=(CLIP,), params={"aspect_ratio": "9:16", "source_position": {"x_norm": 0}}),
            "takes a source_position of x_norm, y_norm",
        ),
        (
            order(
                RAY, attachments=(CLIP,), params={"aspect_ratio": "9:16", "source_position": POSITION | {"w_norm": 0}}
            ),
            "takes a source_position of x_norm, y_norm",
        ),
    ],
    ids=lambda one: one[:40] if isinstance(one, str) else "",
)
def test_what_luma_would_refuse_is_refused_before_anything_is_sent(fake: luma.Luma, what: Order, says: str) -> None:
    fake.reset()
    with pytest.raises(RejectedError) as caught:
        asyncio.run(Uni1().submit(what, Access(fake.url, luma.KEY)))
    assert says in caught.value.message
    assert (fake.posts, fake.polls, fake.files.created) == (0, 0, 0)


@pytest.mark.parametrize(
    ("what", "sent"),
    [
        (
            order(UNI1, params={"layering": "2k"}, attachments=(SOURCE,)),
            {"type": "layering", "source": {"data": "source 0"}, "layering": {"resolution": "2k"}},
        ),
        (order(RAY), {"type": "video"}),
        (
            order(RAY, params={"aspect_ratio": "21:9", "resolution": "1080p", "duration": "10s"}),
            {"type": "video", "aspect_ratio": "21:9", "video": {"resolution": "1080p", "duration": "10s"}},
        ),
        (
            order(RAY, params={"start_frame": "f" * 64, "duration": "5s"}, attachments=(START,)),
            {"type": "video", "video": {"duration": "5s", "start_frame": {"data": "start_frame 0"}}},
        ),
        (
            order(RAY, attachments=(END, START)),
            {
                "type": "video",
                "video": {"start_frame": {"data": "start_frame 0"}, "end_frame": {"data": "end_frame 0"}},
            },
        ),
        (
            order(RAY, params={"hdr": True, "exr": True}),
            {"type": "video", "video": {"hdr": True, "exr_export": True}},
        ),
        (order(RAY, params={"loop": True}), {"type": "video", "video": {"loop": True}}),
        (
            order(RAY, params={"duration": "10s"}, attachments=(still("keyframe", 10), *reversed(KEYS))),
            {
                "type": "video",
                "video": {
                    "duration": "10s",
                    "keyframes": [{"data": "keyframe 0"}] * 3,
                    "keyframe_indexes": [0, 60, 240],
                },
            },
        ),
        (order(RAY, attachments=(CLIP,)), {"type": "video_edit", "source": {"data": "source 0"}}),
        (
            order(RAY, attachments=(CLIP,), params={"strength": "flex_2", "resolution": "540p", "duration": "8s"}),
            {
                "type": "video_edit",
                "source": {"data": "source 0"},
                "video": {"resolution": "540p", "edit": {"strength": "flex_2"}},
            },
        ),
        (
            order(RAY, attachments=(CLIP, KEYS[1])),
            {
                "type": "video_edit",
                "source": {"data": "source 0"},
                "video": {"edit": {"keyframes": [{"data": "keyframe 0"}], "keyframe_indexes": [60]}},
            },
        ),
        (
            order(RAY, attachments=(CLIP,), params={"aspect_ratio": "9:16", "source_position": POSITION}),
            {
                "type": "video_reframe",
                "aspect_ratio": "9:16",
                "source": {"data": "source 0"},
                "video": {"source_position": POSITION},
            },
        ),
    ],
)
def test_each_kind_of_request_says_what_was_asked_and_no_more(what: Order, sent: dict[str, Any]) -> None:
    assert problem(what) == ""
    assert body_of(what) == {"model": what.target.id, "prompt": what.text} | sent


@pytest.mark.parametrize(
    ("strength", "word"), [(1.0, "adhere_1"), (0.5, "flex_2"), (0.0, "reimagine_3"), (7.0, "adhere_1")]
)
def test_how_strongly_a_clip_holds_is_lumas_word_for_it(strength: float, word: str) -> None:
    what = order(RAY, attachments=(moving(strength=strength),))
    assert body_of(what)["video"]["edit"] == {"strength": word}
    assert list(Uni1().unsent(what, Access())) == []


def test_a_keyframe_s_first_picture_is_its_earliest() -> None:
    first, second = still("keyframe", 0.5, content=b"first"), still("keyframe", 4, content=b"second")
    refs = {first: {"data": "first"}, second: {"data": "second"}}
    video = request(order(RAY, attachments=(second, first)), refs)["video"]
    assert (video["keyframes"], video["keyframe_indexes"]) == ([{"data": "first"}, {"data": "second"}], [12, 96])


def test_what_a_clip_cannot_be_told_is_said() -> None:
    what = order(RAY, params={"seed": 7, "duration": "5s"}, attachments=(CLIP, reference(1)), negative="blur")
    assert problem(what) == ""
    assert list(Uni1().unsent(what, Access())) == [
        "Ray 3.2 has no field for what to keep out; that was not sent.",
        "Ray 3.2 takes no seed; each picture is new.",
        "Ray 3.2 takes no picture as style; it was not sent.",
        "The clip stays as long as its source.",
    ]
    assert "image_ref" not in body_of(what)


def _video_params() -> Iterator[dict[str, Any]]:
    names = ("resolution", "duration", "loop", "hdr", "exr")
    choices = ((None, "360p", "720p"), (None, "5s", "10s"), (None, True), (None, True), (None, True))
    for values in product(*choices):
        yield {name: value for name, value in zip(names, values, strict=True) if value is not None}


FRAMES: tuple[tuple[Attachment, ...], ...] = (
    (),
    (START,),
    (END,),
    (START, END),
    KEYS,
    (*KEYS, END),
    (CLIP,),
    (CLIP, START),
)


@pytest.mark.parametrize("frames", FRAMES, ids=lambda frames: "+".join(one.role.removeprefix(ROLE) for one in frames))
def test_we_refuse_exactly_the_mixes_that_luma_refuses(frames: tuple[Attachment, ...]) -> None:
    """Whatever is asked of a clip, our own verdict is that of the strict stand-in on the request."""
    disagreed = []
    for params in _video_params():
        what = order(RAY, params=params, attachments=frames)
        if CLIP in frames and "loop" in params:
            assert problem(what)
            continue
        theirs = refused(request(what, {one: {"file_id": "x"} for one in frames}), lambda _: "", lambda _: "")
        if bool(problem(what)) != bool(theirs):
            disagreed.append((params, problem(what), theirs))
    assert disagreed == []


ANY = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "auto", "1k", "5s", "9:16", "yes"]))
PARAMS = st.dictionaries(
    st.sampled_from(
        ["aspect_ratio", "style", "web_search", "output_format", "layering", "resolution", "duration", "loop", "hdr",
         "exr", "strength", "source_position", "seed", "steps", "source", "start_frame"]
    ),
    ANY | st.dictionaries(st.sampled_from([*POSITION, "z"]), ANY),
    max_size=3,
)  # fmt: skip
PICTURES = st.lists(
    st.sampled_from(
        [START, END, SOURCE, MASK, CLIP, *KEYS, reference(1), reference(2), moving("start_frame", origin="x")]
    ),
    max_size=4,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([UNI1, MAX, RAY]), PARAMS, PICTURES)
def test_whatever_is_asked_gets_a_sentence_or_a_request_that_luma_takes(
    target: Any, params: dict[str, Any], attachments: list[Attachment]
) -> None:
    what = order(target, params=params, attachments=tuple(attachments))
    if problem(what):
        return
    body = request(what, {one: {"file_id": "x"} for one in pictures(what)})
    assert refused(body, lambda _: "", lambda _: "") is None


def test_the_words_for_a_change_go_from_what_holds_to_what_is_free() -> None:
    assert (STRENGTHS[0], STRENGTHS[-1], len(STRENGTHS)) == ("adhere_1", "reimagine_3", 9)
