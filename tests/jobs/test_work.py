"""The steps of the work, without the durable engine: what each answer of a service does to a take."""

import asyncio
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from sqlmodel import select

from app import db
from app.backends import Access, backends
from app.backends.base import FORWARDS, Headroom
from app.errors import BadInputError, BusyError, UnreachableError
from app.jobs import Desk, drawing, engine, work
from app.library import Library, Vault
from app.library.queue import Turn
from app.pipeline import compile_shot
from app.schema import read_data
from app.schema.documents import Take
from app.schema.shot import Reference
from app.vocab import vocabulary
from tests.backends.fakes import luma
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port


@pytest.fixture
def fake() -> Iterator[luma.Luma]:
    with luma.served() as served:
        yield served


@pytest.fixture
def desk(library: Library, fake: luma.Luma) -> Desk:
    return Desk(library, {"uni1": Access(fake.url, luma.KEY)})


def take(desk: Desk, shot: str = "the-rim") -> str:
    draft = desk.library.shot(shot)
    written = compile_shot(draft.shot, vocabulary().target("uni-1"), vocabulary())
    return desk.add(shot, written, "uni1", "compiled").id


def let_go(desk: Desk) -> None:
    """Let the time pass that a service wants to be left alone for."""
    with desk.library.database.write() as session:
        for pace in session.exec(select(db.Pace)).all():
            pace.not_before = pace.slots_until = 0
        for job in session.exec(select(db.Job)).all():
            job.not_before = 0


def kept(desk: Desk, name: str) -> Take:
    return desk.library.takes.get(name)


def test_a_take_is_sent_watched_and_kept(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk, "the-letter")

    async def whole() -> None:
        assert await work.submit(desk, name)
        assert await work.watch(desk, name) == "done"
        await work.keep(desk, name)

    asyncio.run(whole())
    done = kept(desk, name)
    assert (done.state, done.media_type, done.remote_id) == ("done", "image/png", next(iter(fake.generations)))
    assert desk.library.pictures.get(done.picture or "")
    assert [one.state for one in done.history] == ["queued", "sending", "running", "done"]
    assert fake.bodies[0]["prompt"] == done.prompt
    assert len(fake.bodies[0]["image_ref"]) == 3


def test_a_step_that_runs_twice_sends_once(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)

    async def twice() -> list[bool]:
        return list(await asyncio.gather(work.submit(desk, name), work.submit(desk, name)))

    asyncio.run(twice())
    assert asyncio.run(work.submit(desk, name))
    assert fake.posts == 1


def test_a_claim_without_a_ticket_waits_for_a_person(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    assert desk.library.takes.claim(name)
    assert not asyncio.run(work.submit(desk, name))
    assert kept(desk, name).state == "unsure"
    assert fake.posts == 0


def test_a_lost_answer_waits_for_a_person(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    fake.fault("create", hang_up=True, after=True)
    assert not asyncio.run(work.submit(desk, name))
    assert not asyncio.run(work.submit(desk, name))
    assert kept(desk, name).state == "unsure"
    assert fake.posts == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"status": 402, "detail": "Insufficient credits. Please add credits to continue."}, "Insufficient credits"),
        ({"status": 401, "detail": "API key has expired"}, "API key has expired"),
        ({"status": 400, "detail": "Unknown model: uni-1"}, "Unknown model"),
    ],
)
def test_a_refusal_ends_the_take_with_its_reason(
    desk: Desk, fake: luma.Luma, fault: dict[str, object], said: str
) -> None:
    name = take(desk)
    fake.fault("create", **fault)
    assert not asyncio.run(work.submit(desk, name))
    ended = kept(desk, name)
    assert ended.state == "failed"
    assert said in ended.message
    assert desk.library.takes.job(name).claimed_at is None


def test_a_busy_service_is_asked_again_when_it_wants_to_be(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    fake.fault("create", status=429, detail="Rate limit exceeded", headers={"Retry-After": "60"})
    assert not asyncio.run(work.submit(desk, name))
    assert (kept(desk, name).state, "Waiting." in kept(desk, name).message) == ("queued", True)
    assert desk.library.queue.next("a process", desk.at_once) is None
    let_go(desk)
    assert desk.library.queue.next("a process", desk.at_once) == Turn(name, 1)
    assert asyncio.run(work.submit(desk, name))
    assert fake.posts == 2
    assert len(fake.generations) == 1


def test_a_service_with_no_slot_gets_no_more_than_it_has(desk: Desk) -> None:
    """The first is under way, the second is refused: it waits for the end of the first, not for the whole minute."""
    first, second = take(desk), take(desk)
    assert desk.library.queue.next("a process", desk.at_once) == Turn(first, 1)
    assert asyncio.run(work.submit(desk, first))
    assert desk.library.queue.next("a process", desk.at_once) == Turn(second, 1)
    full = BusyError("Too many at once.", retry_after_s=60, limit="slots")
    asyncio.run(work._wait_for_room(desk, desk.library.takes.job(second), full))
    assert desk.library.queue.next("another process", desk.at_once) is None
    desk.library.takes.move(first, "failed", "Ended.")
    assert desk.library.queue.next("another process", desk.at_once) == Turn(second, 2)


def test_the_last_order_of_a_minute_holds_off_the_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service said that nothing is left until then, so nobody is sent to be refused."""
    first, second = take(desk), take(desk)
    assert desk.library.queue.next("a process", desk.at_once) == Turn(first, 1)
    spent = Headroom(30, 0, time.time() + 60)
    monkeypatch.setattr(type(backends["uni1"]), "headroom", lambda *_: spent)
    assert asyncio.run(work.submit(desk, first))
    assert desk.library.queue.next("another process", desk.at_once) is None
    let_go(desk)
    assert desk.library.queue.next("another process", desk.at_once) == Turn(second, 1)


def test_a_picture_is_drawn_before_anything_is_claimed(
    desk: Desk, fake: luma.Luma, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent is noted on the take, by its hash."""
    monkeypatch.setattr(drawing, "WIDTH", 96)
    draft = desk.library.shot("the-rim")
    lit = {"role": "reference.role.lighting", "asset": "previz:clay", "slot": 0}
    document = draft.shot.model_copy(update={"references": {"lit": Reference.model_validate(lit)}})
    desk.library.save("the-rim", draft.version, document, "uni-1")
    name = take(desk)
    assert asyncio.run(work.submit(desk, name))
    [sent] = kept(desk, name).references
    picture = desk.library.pictures.get(str(sent["sha256"]))
    assert picture is not None
    assert fake.bodies[-1]["image_ref"][0]["data"] == b64encode(picture).decode()
    assert "IMAGE1" in fake.bodies[-1]["prompt"]


@pytest.mark.parametrize(
    ("frame", "sent"),
    [({"aspect": 2.4}, True), ({"shape": "framing.shape.scope_2_39"}, True), ({"aspect": 16 / 9}, False)],
)
def test_a_source_is_extended_to_the_frame_or_says_that_there_is_nothing_to(
    desk: Desk, fake: luma.Luma, frame: dict[str, object], *, sent: bool
) -> None:
    kept_picture = desk.library.add_picture(picture(size=(160, 90))).sha256
    source = {"role": "reference.role.source", "asset": kept_picture, "slot": 0}
    document = read_data({"framing": frame, "edit": {"extend": True}, "references": {"a": source}})
    desk.library.save("the-rim", desk.library.shot("the-rim").version, document, "uni-1")
    name = take(desk)
    assert asyncio.run(work.submit(desk, name)) == sent
    assert fake.posts == sent
    if sent:
        held = Image.open(BytesIO(b64decode(fake.bodies[-1]["source"]["data"])))
        assert 214 <= held.width <= 218
        assert held.height == 90
        assert "blurred margins" in fake.bodies[-1]["prompt"]
    else:
        assert "nothing to extend" in kept(desk, name).message


def test_a_fault_of_our_own_before_the_claim_is_no_doubt(
    desk: Desk, fake: luma.Luma, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a fault of our own")

    monkeypatch.setattr(work, "prepare", broken)
    name = take(desk)
    assert not asyncio.run(work.submit(desk, name))
    assert (kept(desk, name).state, fake.posts) == ("failed", 0)


def test_a_film_that_stays_here_by_now_sends_nothing(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    desk.library.set_local("the-lamp-room", local=True)
    away = Desk(desk.library, {"uni1": Access("https://luma.example/v1", luma.KEY)})
    assert not asyncio.run(work.submit(away, name))
    assert "stays on this machine" in kept(desk, name).message
    assert (kept(desk, name).state, fake.posts) == ("failed", 0)


@pytest.mark.parametrize("kind", [name for name, kind in backends.items() if FORWARDS in kind.asks])
def test_what_forwards_to_a_paid_service_is_paid_and_leaves_wherever_it_runs(desk: Desk, kind: str) -> None:
    made = desk.connections.add(kind, "", {"url": "http://127.0.0.1:9/v1"})
    backend, access = desk.backend(made.id)
    assert (backend.costs(access), backend.leaves(access)) == (False, False)
    desk.connections.change(made.id, "", {"url": "http://127.0.0.1:9/v1", "forwards": "yes"})
    backend, access = desk.backend(made.id)
    assert (backend.costs(access), backend.leaves(access)) == (True, True)
    desk.library.set_local("the-lamp-room", local=True)
    with pytest.raises(BadInputError, match="stays on this machine"):
        desk.check_film("the-lamp-room", made.id)
    desk.connections.change(made.id, "", {"url": "http://127.0.0.1:9/v1"})
    desk.check_film("the-lamp-room", made.id)
    with pytest.raises(BadInputError, match="yes, or nothing"):
        desk.connections.change(made.id, "", {"url": "http://127.0.0.1:9/v1", "forwards": "perhaps"})


def test_a_key_that_cannot_be_opened_ends_its_own_takes_and_stalls_no_other(desk: Desk) -> None:
    desk.connections.add("uni1", "", {"key": luma.KEY})
    name = take(desk)
    elsewhere = Desk(desk.library, {}, Vault())  # with another secret
    assert desk.library.queue.next("a process", elsewhere.at_once) == Turn(name, 1)
    assert not asyncio.run(work.submit(elsewhere, name))
    assert kept(desk, name).state == "failed"
    assert "cannot be opened" in kept(desk, name).message


def test_nobody_there_is_said_on_the_take(desk: Desk) -> None:
    name = take(desk)
    away = Desk(desk.library, {"uni1": Access(f"http://127.0.0.1:{closed_port()}/v1", luma.KEY)})
    assert not asyncio.run(work.submit(away, name))
    assert "nothing was sent" in kept(desk, name).message
    assert kept(desk, name).state == "failed"


def test_a_deadline_is_said_and_the_take_stays_watched(
    desk: Desk, fake: luma.Luma, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = take(desk)
    monkeypatch.setattr(type(backends["uni1"]), "deadline_s", 0)
    fake.script = luma.Script(seconds=5)
    assert asyncio.run(work.submit(desk, name))

    async def watched() -> str:
        watching = asyncio.create_task(work.watch(desk, name))
        while "stays watched" not in kept(desk, name).message:  # noqa: ASYNC110  the row is what a person sees
            await asyncio.sleep(0.05)
        assert kept(desk, name).state == "running"
        return await watching

    assert asyncio.run(watched()) == "done"


def test_a_failed_generation_says_what_to_do(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    fake.fail("content_moderated", "Generation output was flagged by our content moderation system.")
    assert asyncio.run(work.submit(desk, name))
    assert asyncio.run(work.watch(desk, name)) == "ended"
    assert "change the words or the references" in kept(desk, name).message


def test_a_generation_that_luma_forgot_is_never_paid_again(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    assert asyncio.run(work.submit(desk, name))
    fake.generations.clear()
    assert asyncio.run(work.watch(desk, name)) == "ended"
    assert (kept(desk, name).state, "Nothing was sent again" in kept(desk, name).message) == ("failed", True)
    assert fake.posts == 1


def test_a_cancel_says_that_it_may_be_charged(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    fake.script = luma.Script(seconds=60)
    assert asyncio.run(work.submit(desk, name))
    desk.library.takes.cancel(name)
    assert asyncio.run(work.watch(desk, name)) == "ended"
    assert (kept(desk, name).state, "may still be charged" in kept(desk, name).message) == ("cancelled", True)


def test_a_take_cancelled_while_it_waits_is_not_sent(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    desk.library.takes.cancel(name)
    assert not asyncio.run(work.submit(desk, name))
    assert kept(desk, name).state == "cancelled"
    assert fake.posts == 0


def test_a_picture_that_cannot_be_had_now_is_fetched_later_without_paying(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    fake.script = luma.Script(queued=0, processing=0, picture="cut")

    async def until_fetched() -> None:
        assert await work.submit(desk, name)
        assert await work.watch(desk, name) == "done"
        with pytest.raises(UnreachableError) as caught:
            await work.keep(desk, name)
        await work.fail_to_keep(desk, name, caught.value)

    asyncio.run(until_fetched())
    assert kept(desk, name).state == "failed"
    for generation in fake.generations.values():
        generation.script.picture = "png"
    assert desk.library.takes.reopen(name)
    asyncio.run(work.keep(desk, name))
    assert kept(desk, name).state == "done"
    assert fake.posts == 1


def test_a_hollow_picture_is_fetched_again(desk: Desk, fake: luma.Luma, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine._Current, "desk", desk)
    name = take(desk)
    fake.script = luma.Script(queued=0, processing=0, picture="hollow", bad_pictures=1)

    async def whole() -> None:
        assert await work.submit(desk, name)
        assert await work.watch(desk, name) == "done"
        await engine.keep_step(name)

    asyncio.run(whole())
    assert (kept(desk, name).state, kept(desk, name).media_type) == ("done", "image/png")
    assert (fake.posts, fake.downloads) == (1, 2)


def test_a_take_cancelled_while_it_is_sent_keeps_its_ticket(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    assert desk.library.takes.claim(name)
    desk.library.takes.cancel(name)
    assert kept(desk, name).state == "sending"
    desk.library.takes.move(name, "running", "", remote_id="generation")
    assert kept(desk, name).remote_id == "generation"
    assert fake.posts == 0


def test_nobody_watches_for_ever_and_the_ticket_stays(desk: Desk, fake: luma.Luma) -> None:
    name = take(desk)
    fake.script = luma.Script(seconds=60)
    assert asyncio.run(work.submit(desk, name))
    asyncio.run(work.give_up(desk, name))
    assert kept(desk, name).state == "failed"
    assert desk.library.takes.reopen(name)


def test_a_fault_of_our_own_leaves_no_take_hanging(
    desk: Desk, fake: luma.Luma, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = take(desk)

    def broken(*_: object) -> None:
        raise KeyError("a fault of our own")

    monkeypatch.setattr(work, "order", broken)
    assert not asyncio.run(work.submit(desk, name))
    assert kept(desk, name).state == "unsure"
    assert fake.posts == 0
