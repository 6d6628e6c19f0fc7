"""Luma over the fake: one POST, every refusal, every end of a generation, and the way to the picture."""

import asyncio
import time
import traceback
from base64 import b64decode
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from app.backends._luma_results import FAILURES
from app.backends.base import Access, Artifact, Order, Seen
from app.backends.uni1 import Uni1
from app.errors import (
    BackendError,
    BusyError,
    LostError,
    NeedsKeyError,
    RejectedError,
    UnreachableError,
    UnsureError,
)
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.backends.fakes.orders import SDXL, TEXT, order, reference
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port


def at_once(**how: Any) -> luma.Script:
    """Return a script that ends at the first look."""
    return luma.Script(queued=0, processing=0, **how)


class Impatient(Uni1):
    """Waits for an answer no longer than a test may."""

    answer_s = 0.2


@pytest.fixture(scope="module")
def served() -> Iterator[luma.Luma]:
    with luma.served() as fake:
        yield fake


@pytest.fixture
def fake(served: luma.Luma) -> luma.Luma:
    served.reset()
    return served


@pytest.fixture
def access(fake: luma.Luma) -> Access:
    return Access(fake.url, luma.KEY)


def submit(access: Access, what: Order | None = None, backend: Uni1 | None = None) -> str:
    return asyncio.run((backend or Uni1()).submit(what or order(), access))


def fails(error: type[BackendError], access: Access, backend: Uni1 | None = None) -> BackendError:
    """Submit, expect exactly that error, and return it."""
    with pytest.raises(BackendError) as caught:
        submit(access, backend=backend)
    assert type(caught.value) is error
    assert luma.KEY not in "".join(traceback.format_exception(caught.value))
    return caught.value


def test_a_shot_goes_out_once_and_comes_back_as_a_picture(fake: luma.Luma, access: Access) -> None:
    uni1 = Uni1()

    async def shoot() -> tuple[list[str], Artifact]:
        ticket = await uni1.submit(order(params={"aspect_ratio": "2:1"}), access)
        states: list[str] = [(await uni1.poll(ticket, access)).state for _ in range(3)]
        return states, await uni1.fetch(ticket, access)

    states, artifact = asyncio.run(shoot())
    assert states == ["queued", "running", "done"]
    assert (artifact.content, artifact.media_type) == (picture(), "image/png")
    assert artifact.used["model"] == "uni-1"
    assert (fake.posts, fake.downloads) == (1, 1)
    assert fake.bodies == [
        {"model": "uni-1", "type": "image", "prompt": TEXT, "output_format": "png", "aspect_ratio": "2:1"}
    ]


def test_a_minimal_order_leaves_the_ratio_to_the_model(fake: luma.Luma, access: Access) -> None:
    submit(access)
    assert set(fake.bodies[0]) == {"model", "type", "prompt", "output_format"}


def test_references_go_in_slot_order_as_bare_base64(fake: luma.Luma, access: Access) -> None:
    webp = picture("webp")
    third = reference(3, content=webp, media_type="image/webp")
    submit(access, order(attachments=(third, reference(1), reference(2))))
    sent = fake.bodies[0]["image_ref"]
    assert [b64decode(one["data"], validate=True) for one in sent] == [
        reference(1).content,
        reference(2).content,
        webp,
    ]
    assert [one["media_type"] for one in sent] == ["image/png", "image/png", "image/webp"]
    assert all(set(one) == {"data", "media_type"} for one in sent)


SOURCE = reference(0, role="reference.role.source")


def test_a_source_is_changed_and_stands_beside_the_references(fake: luma.Luma, access: Access) -> None:
    submit(access, order(params={"source": "f" * 64}, attachments=(reference(1), SOURCE)))
    body = fake.bodies[0]
    assert body["type"] == "image_edit"
    assert b64decode(body["source"]["data"], validate=True) == SOURCE.content
    assert [b64decode(one["data"], validate=True) for one in body["image_ref"]] == [reference(1).content]
    assert "aspect_ratio" not in body


@pytest.mark.parametrize(
    ("params", "sent"),
    [
        ({"style": "manga", "aspect_ratio": "9:16"}, {"style": "manga", "aspect_ratio": "9:16"}),
        ({"style": "manga"}, {"style": "manga"}),
        ({"style": "auto", "aspect_ratio": "16:9"}, {"style": "auto", "aspect_ratio": "16:9"}),
        ({"web_search": True}, {"web_search": True}),
        ({"output_format": "jpeg"}, {"output_format": "jpeg"}),
        ({"output_format": None, "style": None}, {}),
    ],
)
def test_what_may_be_chosen_of_a_still_is_sent(
    fake: luma.Luma, access: Access, params: dict[str, Any], sent: dict[str, Any]
) -> None:
    submit(access, order(vocabulary().target("uni-1-max"), params=params))
    usual = {"model": "uni-1-max", "type": "image", "prompt": TEXT, "output_format": "png"}
    assert fake.bodies == [usual | sent]


def test_an_edit_may_be_manga_whatever_its_shape(fake: luma.Luma, access: Access) -> None:
    submit(access, order(params={"style": "manga", "source": "f" * 64}, attachments=(SOURCE,)))
    assert (fake.bodies[0]["type"], fake.bodies[0]["style"]) == ("image_edit", "manga")


def test_every_attempt_has_its_own_request_id(fake: luma.Luma, access: Access) -> None:
    submit(access)
    submit(access)
    assert len({UUID(one) for one in fake.request_ids}) == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": ""}, "1 to 6,000 characters"),
        ({"text": " \n"}, "1 to 6,000 characters"),
        ({"text": "x" * 6001}, "has 6,001"),
        ({"params": {"aspect_ratio": "2.39:1"}}, "no ratio '2.39:1': one of 16:9, 1:1, 2:1"),
        ({"params": {"aspect_ratio": "auto"}}, "no ratio 'auto'"),
        ({"params": {"steps": 30}}, "takes no steps"),
        ({"target": SDXL}, "does not serve SDXL"),
        ({"attachments": tuple(reference(slot) for slot in range(1, 11))}, "at most 9 references; there are 10"),
        (
            {"attachments": (SOURCE, *(reference(slot) for slot in range(1, 10)))},
            "at most 8 references beside a source image; there are 9",
        ),
        ({"attachments": (SOURCE,), "params": {"aspect_ratio": "16:9"}}, "takes no aspect_ratio"),
        ({"attachments": (reference(0, role=SOURCE.role, media_type="image/tiff"),)}, "The source image is image/tiff"),
        ({"attachments": (reference(2),)}, "not numbered as the prompt"),
        ({"attachments": (reference(1), reference(1))}, "not numbered as the prompt"),
        ({"attachments": (reference(1, media_type="application/pdf"),)}, "Reference 1 is application/pdf"),
        ({"attachments": (reference(1, content=b""),)}, "empty or larger than 50 MB"),
    ],
)
def test_what_luma_would_refuse_is_refused_here(
    fake: luma.Luma, access: Access, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(RejectedError, match=says):
        submit(access, order(**changes))
    assert fake.posts == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"params": {"seed": 7}}, "Uni-1 takes no seed; each picture is new."),
        ({"negative": "blur"}, "Uni-1 has no field for what to keep out; that was not sent."),
        (
            {"attachments": (reference(0, role="reference.role.depth"),)},
            "Uni-1 takes no picture as depth; it was not sent.",
        ),
        (
            {"attachments": (reference(0, role="reference.role.start_frame"),)},
            "Uni-1 takes no picture as start frame; it was not sent.",
        ),
        (
            {"attachments": (reference(0, role="reference.role.source", strength=0.4),)},
            "Uni-1 cannot be told how strongly the source holds.",
        ),
    ],
)
def test_what_cannot_be_said_to_the_model_is_left_out_and_told(
    fake: luma.Luma, access: Access, changes: dict[str, Any], says: str
) -> None:
    what = order(**changes)
    fake.script = at_once()
    uni1 = Uni1()
    assert list(uni1.unsent(what, access)) == [says]
    artifact = asyncio.run(uni1.fetch(submit(access, what, uni1), access))
    assert artifact.notes == (says,)
    assert fake.bodies[0].keys() <= {"model", "type", "prompt", "output_format", "source"}


def test_length_is_counted_in_characters(access: Access) -> None:
    assert submit(access, order(text="é" * 6000))


@pytest.mark.parametrize("key", ["", "  \n"])
def test_without_a_key_nothing_is_sent(fake: luma.Luma, key: str) -> None:
    error = fails(NeedsKeyError, Access(fake.url, key))
    assert "LUMA_AGENTS_API_KEY" in error.hint
    assert "luma.key" in asyncio.run(Uni1().ready(Access(fake.url, key)))
    assert fake.posts == 0


def test_a_key_is_trimmed_and_never_shown(fake: luma.Luma) -> None:
    access = Access(fake.url, f" {luma.KEY}\n")
    assert submit(access)
    assert asyncio.run(Uni1().ready(access)) == ""
    assert luma.KEY not in repr(access)


def test_a_key_never_leaves_this_machine_in_the_open() -> None:
    access = Access("http://luma.test/v1", luma.KEY)
    assert "https://" in fails(UnreachableError, access).message
    assert "https://" in asyncio.run(Uni1().ready(access))
    assert asyncio.run(Uni1().ready(Access("", luma.KEY))) == ""


@pytest.mark.parametrize(
    ("status", "detail", "error"),
    [
        (400, "Unknown model: uni-1-max", RejectedError),
        (402, "Insufficient credits. Please add credits to continue.", RejectedError),
        (403, "API client is deactivated", NeedsKeyError),
        (413, "image_ref[2]: image exceeds 50 MB limit", RejectedError),
        (422, [{"loc": ["body", "style"], "msg": "manga wants portrait"}], RejectedError),
        (429, "Rate limit exceeded", BusyError),
        (502, "Upstream service unavailable", BusyError),
        (503, "Image URL ingestion unavailable", BusyError),
        (500, "boom", UnsureError),
        (504, "gateway timeout", UnsureError),
    ],
)
def test_each_refusal_is_told_in_lumas_words_after_one_post(
    fake: luma.Luma, access: Access, status: int, detail: Any, error: type[BackendError]
) -> None:
    fake.fault("create", status=status, detail=detail)
    said = str(fails(error, access))
    assert (detail if isinstance(detail, str) else "style: manga wants portrait") in said
    assert fake.posts == 1


@pytest.mark.parametrize(
    ("status", "detail", "hint"),
    [
        (402, "insufficient balance", "Add funds at Luma"),
        (402, "Insufficient credits. Please add credits to continue.", "Add funds at Luma"),
        (413, "source: image exceeds 50 MB limit", "Send a smaller picture"),
        (400, "Unknown model: ray-3.2", "may not have this model"),
        (422, "image_ref[0]: failed to fetch URL (HTTP 404)", "Take the address off"),
        (422, "something new", ""),
    ],
)
def test_a_refusal_says_what_to_do(fake: luma.Luma, access: Access, status: int, detail: str, hint: str) -> None:
    fake.fault("create", status=status, detail=detail)
    said = fails(RejectedError, access).hint
    assert hint in said
    assert bool(said) == bool(hint)


def test_a_missing_detail_still_makes_a_sentence(fake: luma.Luma, access: Access) -> None:
    fake.fault("create", status=400)
    assert fails(RejectedError, access).message == "Luma answered 400 and no reason."


@pytest.mark.parametrize("key", ["luma-api-revoked", "luma-api-expired", "no-prefix"])
def test_a_key_that_luma_refuses_says_where_to_put_another(fake: luma.Luma, key: str) -> None:
    error = fails(NeedsKeyError, Access(fake.url, key))
    assert "LUMA_AGENTS_API_KEY" in error.hint
    assert key not in str(error)


def test_a_service_that_echoes_the_key_is_not_quoted_in_full(fake: luma.Luma, access: Access) -> None:
    fake.fault("create", status=401, detail=f"Invalid API key {luma.KEY}")
    assert "Invalid API key …" in str(fails(NeedsKeyError, access))


RATES = {"X-RateLimit-Limit": "30", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}


@pytest.mark.parametrize(
    ("detail", "headers", "wait", "limit"),
    [
        ("Rate limit exceeded", {"Retry-After": "7", **RATES}, 7, "rate"),
        ("Slow down", {"Retry-After": "7", **RATES}, 7, "rate"),
        ("Rate limit exceeded", {"Retry-After": "7"}, 7, "rate"),
        ("Too many concurrent jobs", {"Retry-After": "60"}, 60, "slots"),
        ("Too many requests", {}, 5, ""),
    ],
)
def test_both_limits_say_which_they_are_and_how_long_to_wait(
    fake: luma.Luma, access: Access, detail: str, headers: dict[str, str], wait: float, limit: str
) -> None:
    fake.fault("create", status=429, detail=detail, headers=headers)
    error = fails(BusyError, access)
    assert isinstance(error, BusyError)
    assert (error.retry_after_s, error.limit) == (wait, limit)
    assert detail in error.message


def test_an_account_s_own_limits_are_met_and_told_apart(fake: luma.Luma, access: Access) -> None:
    fake.script = luma.Script(rpm=2, slots=1)
    submit(access)
    slots = fails(BusyError, access)
    fake.script.slots = 0
    submit(access)
    rate = fails(BusyError, access)
    assert isinstance(slots, BusyError)
    assert isinstance(rate, BusyError)
    assert (slots.limit, rate.limit) == ("slots", "rate")
    assert 1 <= rate.retry_after_s <= 60
    assert len(fake.generations) == 2


def test_a_busy_answer_of_another_kind_is_neither_limit(fake: luma.Luma, access: Access) -> None:
    fake.fault("create", status=503, detail="Image URL ingestion unavailable")
    error = fails(BusyError, access)
    assert isinstance(error, BusyError)
    assert error.limit == ""


def test_how_many_more_orders_an_account_takes_is_kept_from_each_answer(fake: luma.Luma, access: Access) -> None:
    uni1 = Uni1()
    assert uni1.headroom(access) is None
    fake.script = luma.Script(rpm=2)
    submit(access, backend=uni1)
    told = uni1.headroom(access)
    assert told is not None
    assert (told.limit, told.remaining) == (2, 1)
    assert told.resets_at > time.time()
    submit(access, backend=uni1)
    fails(BusyError, access, uni1)
    told = uni1.headroom(access)
    assert told is not None
    assert told.remaining == 0
    assert uni1.headroom(Access(fake.url, "luma-api-another")) is None
    assert luma.KEY not in repr(vars(uni1))


@pytest.mark.parametrize("after", [False, True])
def test_an_html_answer_from_the_edge_is_unsure(fake: luma.Luma, access: Access, after: bool) -> None:  # noqa: FBT001
    fake.fault("create", status=502, html=True, after=after)
    assert "<" not in str(fails(UnsureError, access))
    assert (fake.posts, len(fake.generations)) == (1, int(after))


def test_a_slow_answer_is_unsure_and_the_job_exists_once(fake: luma.Luma, access: Access) -> None:
    fake.fault("create", delay_s=0.5, after=True)
    fails(UnsureError, access, Impatient())
    assert (fake.posts, len(fake.generations)) == (1, 1)


def test_a_connection_that_drops_after_the_job_was_made_is_unsure(fake: luma.Luma, access: Access) -> None:
    fake.fault("create", hang_up=True, after=True)
    assert "may have been sent" in str(fails(UnsureError, access))
    assert (fake.posts, len(fake.generations)) == (1, 1)


@pytest.mark.parametrize("body", [{}, {"id": None}, {"id": ""}, [], "created"])
def test_a_201_without_a_number_is_unsure(fake: luma.Luma, access: Access, body: Any) -> None:
    fake.fault("create", status=201, body=body, after=True)
    fails(UnsureError, access)
    assert fake.posts == 1


def test_a_201_that_nobody_can_read_is_unsure(fake: luma.Luma, access: Access) -> None:
    fake.fault("create", status=201, html=True, after=True)
    fails(UnsureError, access)


def test_nobody_there_means_nothing_was_sent() -> None:
    access = Access(f"http://127.0.0.1:{closed_port()}/v1", luma.KEY)
    assert "nothing was sent" in str(fails(UnreachableError, access))


def test_limits_need_no_headers(fake: luma.Luma, access: Access) -> None:
    fake.script = luma.Script(rate_headers=False)
    assert submit(access)


@pytest.mark.parametrize("code", [*FAILURES, "brand_new_code", None])
def test_each_failure_says_why_and_what_to_do(fake: luma.Luma, access: Access, code: str | None) -> None:
    fake.fail(code, "Luma's own reason.")
    progress = asyncio.run(Uni1().poll(submit(access), access))
    assert (progress.state, progress.code) == ("failed", code or "failed")
    assert progress.transient == (code in ("generation_failed", "output_not_found", "rate_limited"))
    assert progress.message == f"Luma's own reason. {FAILURES.get(code or '', '')}".strip()


def test_a_failure_of_a_thousand_lines_is_told_in_one(fake: luma.Luma, access: Access) -> None:
    fake.fail("novel", "<b>odd</b>\n" * 1000)
    message = asyncio.run(Uni1().poll(submit(access), access)).message
    assert len(message) <= 400
    assert "\n" not in message


def test_a_failure_without_a_reason_still_makes_a_sentence(fake: luma.Luma, access: Access) -> None:
    fake.fail("novel", None)
    assert asyncio.run(Uni1().poll(submit(access), access)).message == "Luma gave no reason."


def test_an_unknown_state_keeps_waiting_and_says_so(fake: luma.Luma, access: Access) -> None:
    fake.script = at_once(end="upscaling")
    progress = asyncio.run(Uni1().poll(submit(access), access))
    assert progress.state == "running"
    assert "'upscaling'" in progress.message


@pytest.mark.parametrize("output", ["empty", "null", "absent", "video"])
def test_done_without_a_picture_is_a_failure_that_can_be_looked_at_again(
    fake: luma.Luma, access: Access, output: str
) -> None:
    fake.script = at_once(output=output)
    ticket = submit(access)
    progress = asyncio.run(Uni1().poll(ticket, access))
    assert (progress.state, progress.code, progress.transient) == ("failed", "output_not_found", False)
    with pytest.raises(UnreachableError, match="not handed over"):
        asyncio.run(Uni1().fetch(ticket, access))


@pytest.mark.parametrize("ticket", ["not-a-uuid", "0d5b9a52-6f0e-4a53-9a0e-6a7e0f1c9d11", "../../_test/counts"])
def test_an_unknown_ticket_is_lost(access: Access, ticket: str) -> None:
    for ask in (Uni1().poll, Uni1().fetch):
        with pytest.raises(LostError):
            asyncio.run(ask(ticket, access))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 401, "detail": "API key has expired"}, NeedsKeyError),
        ({"status": 429, "detail": "slow down", "headers": {"Retry-After": "3"}}, BusyError),
        ({"status": 500, "detail": "boom"}, UnreachableError),
        ({"status": 502, "html": True}, UnreachableError),
        ({"status": 200, "html": True}, UnreachableError),
        ({"status": 200, "body": []}, UnreachableError),
        ({"hang_up": True}, UnreachableError),
    ],
)
def test_a_question_that_goes_wrong_can_be_asked_again(
    fake: luma.Luma, access: Access, fault: dict[str, Any], error: type[BackendError]
) -> None:
    ticket = submit(access)
    fake.fault("look", **fault)
    with pytest.raises(error):
        asyncio.run(Uni1().poll(ticket, access))
    assert asyncio.run(Uni1().poll(ticket, access)).state == "queued"


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_the_type_is_what_the_bytes_say(fake: luma.Luma, access: Access, kind: str) -> None:
    fake.script = at_once(picture=kind)
    artifact = asyncio.run(Uni1().fetch(submit(access), access))
    assert (artifact.content, artifact.media_type) == (picture(kind), f"image/{kind}")


@pytest.mark.parametrize("kind", ["cut", "short", "html", "gif"])
def test_a_broken_download_is_tried_from_a_fresh_address(fake: luma.Luma, access: Access, kind: str) -> None:
    fake.script = at_once(picture=kind, bad_pictures=2)
    assert asyncio.run(Uni1().fetch(submit(access), access)).content == picture()
    assert (fake.polls, fake.downloads, fake.posts) == (3, 3, 1)


def test_after_three_broken_downloads_it_gives_up_for_now(fake: luma.Luma, access: Access) -> None:
    fake.script = at_once(picture="cut")
    ticket = submit(access)
    with pytest.raises(UnreachableError, match="ends too soon"):
        asyncio.run(Uni1().fetch(ticket, access))
    assert fake.downloads == 3
    fake.generations[ticket].script.picture = "png"
    assert asyncio.run(Uni1().fetch(ticket, access)).content == picture()


@pytest.mark.parametrize(
    "fault", [{"status": 403, "html": True}, {"status": 302, "headers": {"Location": "/x"}}, {"hang_up": True}]
)
def test_an_expired_address_is_minted_anew(fake: luma.Luma, access: Access, fault: dict[str, Any]) -> None:
    fake.script = at_once()
    ticket = submit(access)
    fake.fault("store", **fault)
    assert asyncio.run(Uni1().fetch(ticket, access)).content == picture()
    assert (fake.polls, fake.downloads) == (2, 2)


def test_a_picture_beyond_the_limit_is_not_read_to_its_end(fake: luma.Luma, access: Access) -> None:
    fake.script = at_once(picture="large")
    ticket = submit(access)
    with pytest.raises(BackendError, match="larger than 64 MiB"):
        asyncio.run(Uni1().fetch(ticket, access))
    assert fake.downloads == 1


def test_the_key_never_reaches_the_storage(fake: luma.Luma, access: Access) -> None:
    fake.script = at_once()
    asyncio.run(Uni1().fetch(submit(access), access))
    assert fake.storage_headers
    assert all(luma.KEY not in str(headers) for headers in fake.storage_headers)
    assert all("authorization" not in headers for headers in fake.storage_headers)


def test_it_cannot_be_stopped_and_says_so(access: Access) -> None:
    ticket = submit(access)
    assert asyncio.run(Uni1().cancel(ticket, access)) is False
    assert asyncio.run(Uni1().poll(ticket, access)).state == "queued"


def test_a_look_costs_nothing_and_tells_whether_the_key_is_good(fake: luma.Luma, access: Access) -> None:
    seen = asyncio.run(Uni1().look(access))
    assert seen == Seen("", "2026-04-01", ("uni-1", "uni-1-max", "ray-3.2"))
    assert (fake.posts, fake.files.created) == (0, 0)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("luma-api-revoked", "API key has been revoked"),
        ("luma-api-suspended", "API client is suspended"),
        ("plain", "Missing or invalid API key"),
        ("", "Luma needs a key."),
    ],
)
def test_a_look_with_a_bad_key_says_so(fake: luma.Luma, key: str, says: str) -> None:
    seen = asyncio.run(Uni1().look(Access(fake.url, key)))
    assert says in seen.problem
    assert not key or key not in seen.problem
    assert seen.models == ()


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 404, "detail": "Not Found"},
        {"status": 429, "detail": "Too many requests"},
        {"status": 500, "detail": "boom"},
        {"status": 200, "html": True},
        {"status": 502, "html": True},
        {"hang_up": True},
    ],
)
def test_a_look_that_goes_wrong_says_what(fake: luma.Luma, access: Access, fault: dict[str, Any]) -> None:
    fake.fault("file", **fault)
    problem = asyncio.run(Uni1().look(access)).problem
    assert problem
    assert "<" not in problem


def test_setting_it_up_asks_for_a_key_and_how_pictures_travel() -> None:
    asks = {one.name: one for one in Uni1().asks}
    assert set(asks) == {"key", "url", "upload"}
    assert (asks["key"].kind, asks["key"].needed) == ("key", True)
