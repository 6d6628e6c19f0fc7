"""Every backend that speaks to a server is taken through everything that can go wrong, and keeps the same laws.

Its stand in `stands.py` puts weather before its fake. A case is a call, the step of it that goes wrong, and how; what
came of it is found out once, and each law is a test of its own.
"""

import asyncio
import json
import re
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import pytest

from app.backends import Access, Artifact, Backend, Progress, Seen, backends
from app.errors import BackendError, BusyError, LostError, UnreachableError, UploadError
from app.files import inspect
from tests.backends.fakes.pictures import hollow, picture
from tests.backends.fakes.serving import closed_port
from tests.backends.fakes.weather import Wrong, was_asked
from tests.backends.stands import LOCAL, STANDS, Call, LumaStand, Pace, Stand

SAYS = "the lamp is too bright"
PAGE = b"<!doctype html><html><head><title>502</title></head><body><h1>Bad gateway</h1></body></html>"
MARKS = re.compile(r"<\s*/?\s*(!doctype|html|head|title|body|h1)", re.IGNORECASE)
WITHIN_S = 25
"""No call takes longer, whatever is answered: a guard against waiting for ever, below the usual patience of 30 s.

A picture of 65 MB as text takes a second alone on a machine, and ten among as many others.
"""

MINE = "job-mine"
LONGEST_MESSAGE = 1200


def says(status: int, body: Any, **headers: str) -> Wrong:
    """Answer with JSON."""
    return Wrong(status=status, body=json.dumps(body).encode(), headers=headers)


def shows(status: int, kind: str = "text/html") -> Wrong:
    """Answer with a page."""
    return Wrong(status=status, body=PAGE, kind=kind)


def raw(body: bytes, **headers: str) -> Wrong:
    """Answer well, with bytes that may be anything."""
    return Wrong(body=body, headers=headers, after=True)


REFUSED = {
    "refused": says(400, {"detail": SAYS}),
    "refused_by_field": says(422, {"detail": [{"loc": ["body", "text"], "msg": SAYS}]}),
    "refused_by_no_field": says(422, {"detail": [{"loc": None, "msg": SAYS}, {"loc": 7, "msg": 7}]}),
    "refused_as_openai": says(400, {"error": {"message": SAYS, "param": None, "code": None}}),
    "no_money": says(402, {"detail": SAYS}),
}
BARRED = {
    "bad_key": says(401, {"detail": "Incorrect key or password: SECRET."}),
    "bad_key_page": shows(401),
    "forbidden": says(403, {"detail": SAYS}),
}
BUSY = {
    "busy": says(429, {"detail": SAYS}, **{"retry-after": "7"}),
    "busy_page": Wrong(status=429, body=PAGE, kind="text/html", headers={"retry-after": "7"}),
}
CUT = {
    "hangs_up": Wrong("hangs_up"),
    "hangs_up_after": Wrong("hangs_up", after=True),
    "cuts": Wrong("cuts", body=b'{"id": "', after=True),
    "silent": Wrong("is_silent", after=True),
    "drips": Wrong("drips", body=b" ", after=True),
    "floods": Wrong("floods", body=b" " * 1024 * 1024, after=True),
}
BROKEN = {
    "broken": says(500, {"detail": SAYS}),
    "broken_page": shows(500),
    "bad_gateway": shows(502),
    "bad_gateway_in_json": says(502, {"detail": PAGE.decode()}),
    "late_gateway": shows(504),
}
UNREADABLE = {
    "page": shows(200),
    "page_as_json": shows(200, "application/json"),
    "garbage": raw(bytes(range(256))),
    "empty": raw(b""),
    "half": raw(b'{"id": "3f'),
    "deep": raw(b"[" * 100_000),
    "zipped": raw(b"no gzip", **{"content-encoding": "gzip"}),
    "half_a_sign": raw(b'{"id": "\\ud800", "prompt_id": "\\ud800", "state": "\\ud800", "data": [{"url": "/\\ud800"}]}'),
}
"""Nobody can tell from these whether anything was made."""

ODD = {
    "null": raw(b"null"),
    "list": raw(b"[null]"),
    "word": raw(b'"done"'),
    "number": raw(b"1e999"),
    "nothing": raw(b"{}"),
    "error_in_good": raw(json.dumps({"error": {"message": f"{SAYS} SECRET"}, "node_errors": {"3": 7}}).encode()),
    "errors_of_nodes": says(400, {"error": 7, "node_errors": {"3": {"errors": 7}, "4": {"errors": [7]}, "5": 7}}),
    "page_in_error": says(400, {"error": {"message": PAGE.decode()}}),
    "page_behind_words": says(400, {"detail": f"The gateway said: {PAGE.decode()}"}),
    "page_in_node": says(400, {"error": {}, "node_errors": {"3": {"errors": [{"message": PAGE.decode()}]}}}),
    "gone": says(404, {"detail": "Not Found"}),
    "gone_page": shows(404),
    "no_method": shows(405),
    "teapot": says(418, None),
    "no_content": Wrong(status=204, after=True),
}
MOVED = {
    "moved": Wrong(status=302, headers={"location": "http://PRIVATE/"}),
    "moved_safely": Wrong(status=307, headers={"location": "https://PRIVATE/"}),
    "moved_for_good": Wrong(status=308, headers={"location": "//PRIVATE/"}),
}
SITUATIONS = REFUSED | BARRED | BUSY | CUT | BROKEN | UNREADABLE | ODD | MOVED


class Case(NamedTuple):
    """One thing that goes wrong: at which backend, in which call, at which of its steps."""

    stand: str
    call: Call
    step: str
    situation: str

    def __str__(self) -> str:
        """Return the name of its test."""
        return "-".join((self.stand, self.call, *((self.step,) if self.step != "ask" else ()), self.situation))


KINDS = {kind().name: kind for kind in STANDS}
CASES = [
    Case(name, call, step, situation)
    for name, kind in KINDS.items()
    for call, steps in kind.calls.items()
    for step in steps
    for situation in SITUATIONS
]
NAMES = sorted(KINDS)
Step = tuple[str, Call, str]
STEPS: list[Step] = list(dict.fromkeys(one[:3] for one in CASES))
every_step = pytest.mark.parametrize("step", STEPS, ids="-".join)
every_needed_step = pytest.mark.parametrize(
    "step", [one for one in STEPS if one[1:] in KINDS[one[0]].needed], ids="-".join
)
every_case = pytest.mark.parametrize("case", CASES, ids=map(str, CASES))


def cases(situations: Any, *, step: str = "") -> pytest.MarkDecorator:
    """Return the cases of some situations at steps that a call cannot do without."""
    found = [
        one
        for one in CASES
        if one.situation in situations
        and (one.call, one.step) in KINDS[one.stand].needed
        and (not step or one.step == step)
    ]
    return pytest.mark.parametrize("case", found, ids=map(str, found))


@dataclass(frozen=True)
class Came:
    """What came out of a call, how much work was made, and whether somebody was asked who must not be."""

    what: Any
    created: int = 0
    strayed: bool = False

    @property
    def code(self) -> str:
        """Return one word for it: that of an error or of a failed progress, else `fine`."""
        match self.what:
            case BackendError():
                return self.what.code
            case Exception():
                return "broken"
            case Progress(state="failed"):
                return self.what.code
            case Seen():
                return "problem" if self.what.problem else "fine"
            case None:
                return "never_arrived"
        return "fine"

    def words(self) -> str:
        """Return all that a person, a log or a database gets to see of it."""
        match self.what:
            case BackendError() as error:
                return f"{error} {error!r}"
            case Progress() as progress:
                return f"{progress.message} {progress.code}"
            case Artifact() as artifact:
                return f"{artifact.notes} {artifact.prompt} {artifact.used}"
        return repr(self.what)

    def traces(self) -> str:
        """Return its words, and what a log would print below them."""
        return self.words() + "".join(
            traceback.format_exception(self.what)
            if self.code != "fine" and isinstance(self.what, BaseException)
            else ()
        )


class Outcomes:
    """The stands, each served once, and what came of each case."""

    def __init__(self, servers: ExitStack) -> None:
        self._servers = servers
        self._stands: dict[str, Stand] = {}
        self._came: dict[Case, Came] = {}

    def stand(self, name: str, pace: Pace = "at_once") -> Stand:
        """Return a stand with a new server."""
        if name not in self._stands:
            self._stands[name] = self._servers.enter_context(KINDS[name]().served())
        stand = self._stands[name]
        stand.hurries = False
        stand.renew(pace)
        return stand

    def of(self, case: Case) -> Came:
        """Return what comes of a case; all that can go wrong at one step of a call is found out together."""
        if case not in self._came:
            together = [one for one in CASES if one[:3] == case[:3]]
            stand = self.stand(case.stand, "long" if case.call == "cancel" or _is_open(case) else "at_once")
            self._came |= asyncio.run(came_of(stand, together))
        return self._came[case]

    def at(self, step: Step) -> dict[str, Came]:
        """Return what comes of all that can go wrong at a step."""
        return {one.situation: self.of(one) for one in CASES if one[:3] == step}


@pytest.fixture(scope="module")
def outcomes() -> Iterator[Outcomes]:
    with ExitStack() as servers:
        yield Outcomes(servers)


def _is_open(case: Case) -> bool:
    return case.call == "poll" and KINDS[case.stand].blocks


async def came_of(stand: Stand, together: list[Case]) -> dict[Case, Came]:
    """Bring a backend to where a call makes sense, and make the call in each weather."""
    came = {}
    backend, ticket = stand.backend(), ""
    for case in together:
        if case.call not in ("look", "submit"):
            backend, ticket = await brought(stand, backend, ticket, case)
        wrong = SITUATIONS[case.situation]
        stand.hurries = wrong.how in ("is_silent", "drips")
        if case.call in ("look", "submit"):
            backend = stand.backend()
        stand.weather.wrongs = {case.step: wrong}
        came[case] = await came_now(stand, backend, case.call, ticket, f"job-{case.situation}")
        stand.weather.wrongs, stand.hurries = {}, False
    return came


async def brought(stand: Stand, backend: Backend, ticket: str, case: Case) -> tuple[Backend, str]:
    """Return a ticket that a call makes sense for: the one before, while it is still there."""
    wanted = {"fetch": ("done",), "cancel": ("running",)}.get(case.call, ("queued", "running", "done"))
    with suppress(LostError):
        if ticket and (await backend.poll(ticket, stand.access())).state in wanted:
            return backend, ticket
    stand.renew(stand.pace)
    backend = stand.backend()
    ticket = await backend.submit(stand.order(MINE), stand.access())
    await until_it_is(wanted, backend, ticket, stand.access())
    return backend, ticket


async def came_now(stand: Stand, backend: Backend, call: Call, ticket: str, ref: str) -> Came:
    """Make a call, and return whatever comes out."""
    before = stand.weather.seen.count("create")
    what: Any
    try:
        async with asyncio.timeout(WITHIN_S):
            what = await made(stand, backend, call, ticket, ref)
    except Exception as error:  # noqa: BLE001  whatever it is, a law is to judge it
        what = error
    return Came(what, stand.weather.seen.count("create") - before, was_asked(stand.trap))


async def made(stand: Stand, backend: Backend, call: Call, ticket: str, ref: str) -> Any:
    """Make a call; where its answer comes later, wait for that."""
    access = stand.access()
    if call == "look":
        return await backend.look(access)
    if call == "find":
        return await backend.find(MINE, access)
    if call != "submit":
        return await {"poll": backend.poll, "fetch": backend.fetch, "cancel": backend.cancel}[call](ticket, access)
    ticket = await backend.submit(stand.order(ref), access)
    if not stand.blocks:
        return ticket
    progress = await ended(backend, ticket, access)
    return progress if progress.state == "failed" else await backend.fetch(ticket, access)


async def ended(backend: Backend, ticket: str, access: Access) -> Progress:
    return await until_it_is(("done", "failed"), backend, ticket, access)


async def until_it_is(states: Any, backend: Backend, ticket: str, access: Access) -> Progress:
    async with asyncio.timeout(WITHIN_S):
        while (progress := await backend.poll(ticket, access)).state not in states:  # noqa: ASYNC110  asked as a worker asks
            await asyncio.sleep(0.005)
    return progress


def test_every_backend_has_a_stand() -> None:
    missing = sorted(set(backends) - {kind.id for kind in STANDS} - LOCAL)
    assert not missing, (
        f"No stand for {', '.join(missing)}: write one in tests/backends/stands.py, before a fake of its server in"
        " tests/backends/fakes/, and name it in STANDS; or in LOCAL if it speaks to no server."
    )


@every_case
def test_only_errors_of_ours_or_an_honest_answer_come_out(outcomes: Outcomes, case: Case) -> None:
    came = outcomes.of(case)
    assert came.code != "broken", came.traces()
    if isinstance(came.what, Progress):
        assert came.what.state in ("queued", "running", "done", "failed")
        assert came.what.fraction is None or 0 <= came.what.fraction <= 1
        assert came.what.message or came.what.state != "failed"
    if isinstance(came.what, BackendError):
        assert came.what.message


GIVING = [one for one in STEPS if one[2] == "give"]


@pytest.mark.parametrize("step", GIVING, ids="-".join)
def test_without_its_pictures_an_order_goes_out_whole_or_not_at_all(outcomes: Outcomes, step: Step) -> None:
    told = {name: (came.created, came.code) for name, came in outcomes.at(step).items()}
    assert not {name: one for name, one in told.items() if (one[0] == 1) is not (one[1] == "fine")}


@every_step
def test_work_is_made_once_at_most(outcomes: Outcomes, step: Step) -> None:
    assert not {name for name, came in outcomes.at(step).items() if came.created > 1}


@every_step
def test_the_key_never_shows(outcomes: Outcomes, step: Step) -> None:
    secret = KINDS[step[0]].secret
    assert not {name: came.words() for name, came in outcomes.at(step).items() if secret in came.traces()}


@every_step
def test_what_is_said_is_short_and_plain(outcomes: Outcomes, step: Step) -> None:
    said = {name: came.words() for name, came in outcomes.at(step).items()}
    assert not {name: words for name, words in said.items() if MARKS.search(words) or len(words) > LONGEST_MESSAGE}
    assert "".join(said.values()).encode()


@every_step
def test_nobody_is_asked_on_somebody_elses_word(outcomes: Outcomes, step: Step) -> None:
    assert not {name for name, came in outcomes.at(step).items() if came.strayed}


KINDS_OF: list[tuple[dict[str, Wrong], tuple[str, ...], set[str], set[str]]] = [
    (REFUSED, ("create",), {"rejected"}, {"rejected"}),
    (BARRED, ("ask", "create"), {"needs_key"}, {"needs_key"}),
    (BUSY, ("ask", "create"), {"busy"}, {"busy"}),
    (CUT, ("create",), {"unsure"}, {"unreachable", "failed"}),
    (BROKEN, ("create",), {"unsure"}, {"unreachable", "rejected"}),
    (UNREADABLE, ("create",), {"unsure"}, {"unreachable", "rejected"}),
    (MOVED, ("create",), {"rejected"}, {"rejected"}),
    (CUT | BROKEN | UNREADABLE, ("ask",), {"unreachable", "failed"}, {"unreachable", "failed"}),
    (MOVED, ("ask",), {"unreachable", "rejected"}, {"unreachable", "rejected"}),
    (CUT | BROKEN | MOVED | BARRED | REFUSED, ("hand",), {"unreachable", "failed", "needs_key", "rejected"}, set()),
]
"""What must come of a kind of situation at some steps: where an order may not be called unsent, and elsewhere."""


def kinds_of(case: Case, *, doubts: bool) -> set[str]:
    """Return the codes that may come of a case; none where every one may."""
    for situations, steps, doubted, plain in KINDS_OF:
        if case.situation in situations and case.step in steps:
            return {"problem"} if case.call == "look" else doubted if doubts or not plain else plain
    return set()


@every_needed_step
def test_it_is_told_as_what_it_is(outcomes: Outcomes, step: Step) -> None:
    told, doubts = outcomes.at(step), outcomes.stand(step[0]).doubts
    may = {name: kinds_of(Case(*step, name), doubts=doubts) for name in told}
    assert not {name: came.traces() for name, came in told.items() if may[name] and came.code not in may[name]}
    assert "never_arrived" not in {came.code for came in told.values()}


@cases(REFUSED, step="create")
def test_a_refusal_comes_in_the_services_own_words(outcomes: Outcomes, case: Case) -> None:
    came = outcomes.of(case)
    assert SAYS in came.words()
    assert not (isinstance(came.what, Progress) and came.what.transient)


@cases(BUSY, step="create")
def test_a_busy_service_is_asked_again_later(outcomes: Outcomes, case: Case) -> None:
    match outcomes.of(case).what:
        case BusyError() as error:
            assert error.retry_after_s == 7
        case progress:
            assert isinstance(progress, Progress)
            assert (progress.state, progress.transient) == ("failed", True)


@every_needed_step
def test_only_what_may_be_charged_or_looked_up_is_unsure(outcomes: Outcomes, step: Step) -> None:
    unsure = {name for name, came in outcomes.at(step).items() if came.code == "unsure"}
    assert not unsure or (step[1:] == ("submit", "create") and outcomes.stand(step[0]).doubts)


@pytest.mark.parametrize("name", NAMES)
def test_where_nobody_listens_nothing_was_sent(outcomes: Outcomes, name: str) -> None:
    stand = outcomes.stand(name)
    access = replace(stand.access(), url=f"http://127.0.0.1:{closed_port()}/v1")
    with pytest.raises(UnreachableError) as caught:
        asyncio.run(stand.backend().submit(stand.order(), access))
    assert type(caught.value) is UnreachableError


LATER = [
    *("-5", "0", "nan", "inf", "1e400", "99999999999999999999", "soon", "", "7 s"),
    *("Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Sat, 21 Nov 2026 12:00:00 -0000"),
    *("Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 01 Jan 0001 00:00:00 +2359", "Mon, 99 Foo 2026 99:99:99 GMT"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_clock_keeps_nobody_waiting_for_long(outcomes: Outcomes, name: str) -> None:
    async def scenario(stand: Stand) -> None:
        for number, later in enumerate(LATER):
            headers = {"retry-after": later, "date": LATER[9], "x-ratelimit-reset": later, "x-ratelimit-limit": "30"}
            stand.weather.wrongs = {"create": says(429, {"detail": SAYS}, **headers)}
            came = await came_now(stand, stand.backend(), "submit", "", f"job-{number}")
            assert came.code == "busy", (later, came.traces())
            if isinstance(came.what, BusyError):
                assert 0 < came.what.retry_after_s <= 3600, later

    asyncio.run(scenario(outcomes.stand(name)))


PICTURES = {
    "cut_png": picture()[:-8],
    "cut_jpeg": picture("jpeg")[:-8],
    "cut_webp": picture("webp")[:-8],
    "gif": picture("gif"),
    "page": PAGE,
    "garbage": bytes(range(256)) * 4,
    "nothing": b"",
    "huge": picture() + bytes(65 * 1024 * 1024),
    "png_alone": picture()[:8],
    "jpeg_alone": picture("jpeg")[:3],
    "webp_alone": picture("webp")[:12],
    "hollow_png": hollow(picture()),
}
HOLLOW = {kind: hollow(picture(kind)) for kind in ("jpeg", "webp")}
"""Neither has a checksum: only who decodes them sees it."""


@pytest.mark.parametrize("what", PICTURES)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_whole_picture_is_never_kept(outcomes: Outcomes, name: str, what: str) -> None:
    came = asyncio.run(handed_over(outcomes.stand(name), PICTURES[what]))
    assert came.code not in ("fine", "broken"), came.traces()
    assert not MARKS.search(came.words())


@pytest.mark.parametrize("kind", HOLLOW)
@pytest.mark.parametrize("name", NAMES)
def test_a_hollow_picture_is_found_out_before_it_is_kept(outcomes: Outcomes, name: str, kind: str) -> None:
    came = asyncio.run(handed_over(outcomes.stand(name), HOLLOW[kind]))
    assert came.code != "broken", came.traces()
    if isinstance(came.what, Artifact):
        with pytest.raises(UploadError):
            inspect(came.what.content)


async def handed_over(stand: Stand, content: bytes) -> Came:
    """Let a server hand over these bytes as its picture, and return what comes of that."""
    stand.hand_over(content)
    backend = stand.backend()
    came = await came_now(stand, backend, "submit", "", MINE)
    if stand.blocks:
        return came
    await ended(backend, came.what, stand.access())
    return await came_now(stand, backend, "fetch", came.what, "")


ELSEWHERE = [name for name, kind in KINDS.items() if kind.elsewhere]
OVER = b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"


@pytest.mark.parametrize("status", [403, 410])
@pytest.mark.parametrize("name", ELSEWHERE)
def test_an_address_that_is_over_is_minted_anew_or_said_and_the_ticket_stays(
    outcomes: Outcomes, name: str, status: int
) -> None:
    async def scenario(stand: Stand) -> None:
        backend, access = stand.backend(), stand.access()
        ticket = await backend.submit(stand.order(), access)
        await ended(backend, ticket, access)
        over = Wrong(status=status, body=OVER, kind="application/xml")
        stand.weather.wrongs = {"hand": replace(over, once=True)}
        first = await came_now(stand, backend, "fetch", ticket, "")
        assert first.code == ("fine" if stand.mints else "unreachable"), first.traces()
        stand.weather.wrongs = {"hand": over}
        later = await came_now(stand, backend, "fetch", ticket, "")
        assert later.code == "unreachable"
        assert "may have expired" in later.words()
        stand.weather.wrongs = {}
        assert (await backend.fetch(ticket, access)).content
        assert stand.weather.seen.count("create") == 1

    asyncio.run(scenario(outcomes.stand(name)))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"])
@pytest.mark.parametrize("name", ELSEWHERE)
def test_where_a_picture_lies_is_looked_up_and_nobody_private_is_asked(
    outcomes: Outcomes, name: str, host: str
) -> None:
    async def scenario(stand: Stand) -> Came:
        stand.lies_at(f"https://{host}:{stand.trap.getsockname()[1]}")
        backend, access = stand.backend(), stand.access()
        ticket = await backend.submit(stand.order(), access)
        await ended(backend, ticket, access)
        return await came_now(stand, backend, "fetch", ticket, "")

    came = asyncio.run(scenario(outcomes.stand(name)))
    assert not came.strayed
    assert came.code == BackendError.code, came.traces()
    assert "not a public address" in came.words()


def test_where_nobody_takes_an_upload_its_bytes_go_out(outcomes: Outcomes) -> None:
    async def scenario(stand: LumaStand) -> None:
        stand.lies_at(f"http://127.0.0.1:{closed_port()}")
        backend, access = stand.backend(), stand.access()
        ticket = await backend.submit(stand.order(), access)
        assert [set(one) for one in stand.fake.bodies[0]["image_ref"]] == [{"data", "media_type"}]
        stand.lies_at(stand.storage_url)
        await ended(backend, ticket, access)
        assert "A picture could not be uploaded" in " ".join((await backend.fetch(ticket, access)).notes)

    stand = outcomes.stand("uni1")
    assert isinstance(stand, LumaStand)
    asyncio.run(scenario(stand))


@pytest.mark.parametrize("name", NAMES)
def test_a_server_that_starts_anew_has_lost_its_work(outcomes: Outcomes, name: str) -> None:
    async def scenario(stand: Stand) -> None:
        backend = stand.backend()
        if stand.blocks:
            stand.weather.wrongs = {"create": Wrong("hangs_up", after=True)}
            came = await came_now(stand, backend, "submit", "", MINE)
            assert came.code == ("unsure" if stand.doubts else "unreachable")
            return
        ticket = await backend.submit(stand.order(), stand.access())
        stand.renew()
        for call in (backend.poll, backend.fetch):
            with pytest.raises(LostError):
                await call(ticket, stand.access())
        assert await backend.cancel(ticket, stand.access()) is False

    asyncio.run(scenario(outcomes.stand(name)))


@pytest.mark.parametrize("name", NAMES)
def test_after_a_restart_of_ours_a_ticket_is_found_again_or_lost(outcomes: Outcomes, name: str) -> None:
    async def scenario(stand: Stand) -> None:
        ticket = await stand.backend().submit(stand.order(), stand.access())
        later, access = stand.backend(), stand.access()
        if not stand.blocks:
            assert (await ended(later, ticket, access)).state == "done"
            assert (await later.fetch(ticket, access)).content
        elif later.costs(access):
            assert (await later.poll(ticket, access)).code == "unsure"
        else:
            with pytest.raises(LostError):
                await later.poll(ticket, access)
        assert await stand.backend().cancel(ticket, access) is False
        assert stand.weather.seen.count("create") <= 1

    asyncio.run(scenario(outcomes.stand(name)))


@pytest.mark.parametrize("state", ["queued", "running", "done"])
@pytest.mark.parametrize("name", NAMES)
def test_a_cancel_stops_nobody_elses_work(outcomes: Outcomes, name: str, state: str) -> None:
    async def scenario(stand: Stand) -> None:
        access, others, ours = stand.access(), stand.backend(), stand.backend()
        theirs = await others.submit(stand.order("job-theirs"), access)
        if state == "queued":
            await until_it_is(("running",), others, theirs, access)
        else:
            await ended(others, theirs, access)
        mine = await ours.submit(stand.order(MINE), access)
        if state != "queued":
            await until_it_is(("running",) if state == "running" else ("done",), ours, mine, access)
        assert await ours.cancel(mine, access) is (state in stand.stops)
        stand.hurry()
        assert (await ended(others, theirs, access)).state == "done"
        assert (await others.fetch(theirs, access)).content
        with suppress(LostError):  # a queue forgets what was taken off it
            assert ((await ended(ours, mine, access)).state == "failed") is (state in stand.stops)

    asyncio.run(scenario(outcomes.stand(name, "at_once" if state == "done" else "slow")))


VALUES = (None, 10**400, "zzz", "http://[", [None], {"a": 7})
PLACES = 8
FIELDS = [one for one in STEPS if one[2] == "create" or (one[2] == "ask" and one[1] in ("find", "poll", "fetch"))]


@pytest.mark.parametrize("step", FIELDS, ids="-".join)
def test_any_field_of_a_good_answer_may_be_anything(outcomes: Outcomes, step: Step) -> None:
    """Unknown states and failure codes, null where a list belongs, an address that is none."""

    async def scenario(stand: Stand, call: Call) -> None:
        backend, ticket = stand.backend(), ""
        if call not in ("look", "submit"):
            backend, ticket = await brought(stand, backend, "", Case(*step, ""))
        for place in range(PLACES):
            for value in VALUES:
                stand.weather.wrongs = {step[2]: Wrong("changes", change=partial(changed, place=place, value=value))}
                came = await came_now(stand, backend, call, ticket, f"job-{place}-{VALUES.index(value)}")
                assert came.code != "broken", (place, value, came.traces())
                assert came.words().encode()
                stand.weather.wrongs = {}

    asyncio.run(scenario(outcomes.stand(step[0]), step[1]))


def changed(content: bytes, place: int, value: Any) -> bytes:
    """Return JSON with something else in the place of one of its values; as it was where there are not so many."""
    try:
        whole = json.loads(content)
    except ValueError:
        return content
    places = list(_places(whole))
    if place >= len(places):
        return content
    inside, key = places[place]
    inside[key] = value
    return json.dumps(whole).encode()


def _places(found: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(found) if isinstance(found, dict) else range(len(found)) if isinstance(found, list) else ()
    for key in keys:
        yield found, key
        yield from _places(found[key])
