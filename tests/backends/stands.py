"""A stand for each backend that speaks to a server: the backend, hasty, before its fake, with weather between them.

`test_conformance.py` takes each of them through everything that can go wrong. A new backend needs a new stand here:
which requests it makes at each call, a fake with a good server's ways, and how that hands over other bytes.
"""

from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any, ClassVar, Literal

from app.backends import Access, Backend, Order
from app.backends.a1111 import A1111
from app.backends.base import SOURCE
from app.backends.comfyui import ComfyUI
from app.backends.openai_images import OpenAIImages
from app.backends.uni1 import Uni1
from tests.backends.fakes.comfy import Comfy
from tests.backends.fakes.forge import Forge
from tests.backends.fakes.luma import KEY, Luma, Script
from tests.backends.fakes.openai_images import Server
from tests.backends.fakes.orders import SDXL, UNI1, order, reference
from tests.backends.fakes.serving import running
from tests.backends.fakes.weather import Weather, trapped

SIZE = {"width": 64, "height": 48}
PATIENCE_S = 0.25
"""So long a stand's backend waits for an answer that never comes, where a test says so."""

Call = Literal["look", "submit", "find", "poll", "fetch", "cancel"]
Pace = Literal["at_once", "slow", "long"]
STEP_S: Mapping[Pace, float] = {"at_once": 0, "slow": 0.2, "long": 0.03}
"""How long a step takes; a picture has three, and a long one 999."""


class Stand(ABC):
    """One backend before its fake. The steps of a call are the kinds of requests that it makes, in their order.

    `create` makes work, `stop` ends it, `hand` brings the picture, `give` takes a picture of ours, `ask` is any other.
    """

    id: ClassVar[str]
    """The backend's."""

    secret: ClassVar[str] = "s3cret-9f2e41"  # noqa: S105  opens nothing but a fake
    """The part of the key that must never show."""

    calls: ClassVar[Mapping[Call, tuple[str, ...]]]
    needed: ClassVar[frozenset[tuple[Call, str]]]
    """The steps without which a call cannot do what it is for."""

    blocks: ClassVar[bool] = False
    """Whether the answer to `create` is the picture, so that its ticket dies with the connection."""

    elsewhere: ClassVar[bool] = False
    """Whether the server names an address where its picture lies, which may be anybody's."""

    mints: ClassVar[bool] = False
    """Whether each look names a new one."""

    stops: ClassVar[frozenset[str]] = frozenset()
    """Where work can be stopped: while `queued`, while `running`."""

    def __init__(self) -> None:
        self.url = ""
        self.trap: Any = None
        self.hurries = False
        self.weather = Weather(self.step_of)
        self.renew()

    @property
    def name(self) -> str:
        """What it is called in the names of tests."""
        return self.id

    @contextmanager
    def served(self) -> Iterator["Stand"]:
        """Serve the fake, and a trap that no answer may lead to."""
        with trapped() as self.trap, running(self.weather, ws="websockets-sansio") as self.url:
            self.weather.names = {
                "PRIVATE": f"127.0.0.1:{self.trap.getsockname()[1]}",
                "SECRET": self.secret,
            }
            yield self

    def renew(self, pace: Pace = "at_once") -> None:
        """Put a new server in the place of the one before, as a restart does: it knows nothing, and all goes well."""
        self.pace = pace
        self.weather.clear(self.server(pace))

    @property
    def doubts(self) -> bool:
        """Whether it may not say "not sent" of an order that may have arrived: it costs, or can be looked up."""
        backend, access = self.backend(), self.access()
        return backend.costs(access) or backend.can(access).look_up

    @abstractmethod
    def step_of(self, method: str, path: str) -> str:
        """Name the step that a request belongs to."""

    @abstractmethod
    def server(self, pace: Pace) -> Any:
        """Return the app of a new fake: one that draws at once, or for a while."""

    @abstractmethod
    def backend(self) -> Backend:
        """Return a backend that remembers nothing; one that waits for nothing long, where a test hurries."""

    @abstractmethod
    def hand_over(self, content: bytes) -> None:
        """Let the server hand over these bytes as its picture."""

    @abstractmethod
    def hurry(self) -> None:
        """Let the server draw at once from now on, whatever its pace was."""

    def lies_at(self, url: str) -> None:
        """Let the picture lie elsewhere; only for a server that names an address."""
        raise NotImplementedError(url)

    def access(self, key: str = "") -> Access:
        """Return what opens the server."""
        return Access(self.url, key or self.secret, patience_s=PATIENCE_S if self.hurries else 30)

    def order(self, ref: str = "job-1") -> Order:
        """Return an order that makes every kind of request."""
        return order(SDXL, ref=ref, params={**SIZE, "steps": self.steps})

    @property
    def steps(self) -> int:
        """Return over how many steps a picture is drawn."""
        return 3 if self.pace != "long" else 999


class HastyComfy(ComfyUI):
    """Does not wait long."""

    id = "hasty_comfyui"
    answer_s = upload_s = PATIENCE_S


class ComfyStand(Stand):
    """A queue that can be asked, with a history, and a WebSocket beside it."""

    id = "comfyui"
    calls: ClassVar = {
        "look": ("ask",),
        "submit": ("ask", "give", "create"),
        "find": ("ask",),
        "poll": ("ask",),
        "fetch": ("ask", "hand"),
        "cancel": ("ask", "stop"),
    }
    needed = frozenset((call, step) for call, steps in calls.items() for step in steps)
    stops = frozenset({"queued", "running"})

    def step_of(self, method: str, path: str) -> str:
        """Tell its one POST that makes work from those that stop it, and the rest."""
        known = {("POST", "/prompt"): "create", ("POST", "/queue"): "stop", ("POST", "/interrupt"): "stop"}
        known |= {("GET", "/view"): "hand", ("POST", "/upload/image"): "give"}
        return known.get((method, path), "ask")

    def server(self, pace: Pace) -> Any:
        """Draw as fast as is wanted."""
        self.fake = Comfy(login=self._login(), step_s=STEP_S[pace])
        return self.fake.app

    def backend(self) -> Backend:
        """Return one, in a hurry where that is wanted."""
        return HastyComfy() if self.hurries else ComfyUI()

    def access(self, key: str = "") -> Access:
        """Return a login."""
        return super().access(key or f"mara:{self.secret}")

    def order(self, ref: str = "job-1") -> Order:
        """Return an order with a picture to upload, which is another one for each."""
        source = reference(0, role=SOURCE, sha256=ref.encode().hex().ljust(64, "0"))
        return order(SDXL, ref=ref, params={**SIZE, "steps": self.steps}, attachments=(source,))

    def hand_over(self, content: bytes) -> None:
        """Let `/view` answer with them."""
        self.fake.view = content

    def hurry(self) -> None:
        """Take no time for a step."""
        self.fake.step_s = 0

    def _login(self) -> str:
        return f"Basic {b64encode(f'mara:{self.secret}'.encode()).decode()}"


class HastyA1111(A1111):
    """Does not wait long."""

    id = "hasty_a1111"
    drawing_s = PATIENCE_S


class ForgeStand(Stand):
    """One request that blocks until the picture is drawn, and one progress for everybody."""

    id = "a1111"
    calls: ClassVar = {"look": ("ask",), "submit": ("ask", "create"), "poll": ("ask",), "cancel": ("ask", "stop")}
    needed = frozenset({("look", "ask"), ("submit", "ask"), ("submit", "create")})
    blocks = True
    stops = frozenset({"running"})

    def step_of(self, method: str, path: str) -> str:  # noqa: ARG002  the path says it
        """Tell the requests that draw and the one that stops from those that ask."""
        name = path.rpartition("/")[2]
        return {"txt2img": "create", "img2img": "create", "interrupt": "stop"}.get(name, "ask")

    def server(self, pace: Pace) -> Any:
        """Draw as fast as is wanted."""
        self.fake = Forge(login=f"mara:{self.secret}", step_s=STEP_S[pace])
        return self.fake.app

    def backend(self) -> Backend:
        """Return one, in a hurry where that is wanted."""
        return HastyA1111() if self.hurries else A1111()

    def access(self, key: str = "") -> Access:
        """Return a name and a password."""
        return super().access(key or f"mara:{self.secret}")

    def hand_over(self, content: bytes) -> None:
        """Let the answer hold them."""
        self.fake.images = [content]

    def hurry(self) -> None:
        """Take no time for a step."""
        self.fake.step_s = 0


class ForwardingForgeStand(ForgeStand):
    """One that hands its orders on to a paid service, as somebody said of it."""

    calls: ClassVar = {"submit": ("create",)}
    needed = frozenset({("submit", "create")})

    @property
    def name(self) -> str:
        """Tell the two apart."""
        return "a1111_forwarding"

    def access(self, key: str = "") -> Access:
        """Say that it forwards."""
        return replace(super().access(key), options={"forwards": "yes"})


class NearImages(OpenAIImages):
    """Learns late of most refusals, so that a test need not wait for it."""

    id = "near_images"
    refused_within_s = 0.05


class HastyImages(NearImages):
    """Does not wait long."""

    id = "hasty_images"
    drawing_s = far_drawing_s = PATIENCE_S


class FarImages(NearImages):
    """Takes this machine for a far one that charges."""

    id = "far_images"

    def costs(self, access: Access) -> bool:  # noqa: ARG002  wherever it is
        """Say that it charges."""
        return True


class HastyFarImages(FarImages, HastyImages):
    """A far one, not waited for long."""

    id = "hasty_far_images"


class NearImagesStand(Stand):
    """One request that blocks, with the picture in its answer, on one's own machine."""

    id = "openai_images"
    calls: ClassVar = {"look": ("ask",), "submit": ("create",)}
    needed = frozenset({("look", "ask"), ("submit", "create")})
    blocks = True

    @property
    def name(self) -> str:
        """Tell the two apart."""
        return "openai_images_near"

    def step_of(self, method: str, path: str) -> str:
        """Tell the request that draws from those that fetch and ask."""
        return "create" if method == "POST" else "hand" if "/made/" in path else "ask"

    def server(self, pace: Pace) -> Any:
        """Draw as fast as is wanted."""
        self.fake = Server(key=self.secret, draw_s=STEP_S[pace] * 3)
        return self.fake.app

    def backend(self) -> Backend:
        """Return one, in a hurry where that is wanted."""
        return HastyImages() if self.hurries else NearImages()

    def hand_over(self, content: bytes) -> None:
        """Let the answer hold them as text."""
        self.fake.entry = {"b64_json": b64encode(content).decode()}

    def hurry(self) -> None:
        """Take no time for a picture."""
        self.fake.draw_s = 0


class FarImagesStand(NearImagesStand):
    """One that charges, and names an address where its picture lies."""

    calls: ClassVar = {**NearImagesStand.calls, "fetch": ("hand",)}
    elsewhere = True
    needed = NearImagesStand.needed | {("fetch", "hand")}

    @property
    def name(self) -> str:
        """Tell the two apart."""
        return "openai_images_far"

    def server(self, pace: Pace) -> Any:
        """Hand over an address on the same server."""
        app = super().server(pace)
        self.fake.entry = {"url": "/made/one.png"}
        return app

    def backend(self) -> Backend:
        """Return one that takes the fake for a far server."""
        return HastyFarImages() if self.hurries else FarImages()

    def hand_over(self, content: bytes) -> None:
        """Let the address lead to them."""
        self.fake.found["one.png"] = content

    def lies_at(self, url: str) -> None:
        """Name an address there in the answer."""
        self.fake.entry = {"url": f"{url}/made/one.png"}


class HastyLuma(Uni1):
    """Does not wait long."""

    id = "hasty_uni1"
    answer_s = PATIENCE_S


class LumaStand(Stand):
    """A paid service with tickets of its own, files, and a storage beside it."""

    id = "uni1"
    secret = KEY
    elsewhere = mints = True
    calls: ClassVar = {
        "look": ("ask",),
        "submit": ("ask", "give", "create"),
        "poll": ("ask",),
        "fetch": ("ask", "hand"),
    }
    needed = frozenset(
        {("look", "ask"), ("submit", "create"), ("poll", "ask"), ("fetch", "ask"), ("fetch", "hand")},
    )

    def step_of(self, method: str, path: str) -> str:
        """Tell the one paid POST and the storage from the rest."""
        if path.startswith("/out/"):
            return "hand"
        if path.startswith("/put/"):
            return "give"
        return "create" if (method, path) == ("POST", "/v1/generations") else "ask"

    @contextmanager
    def served(self) -> Iterator["Stand"]:
        """Serve its storage too, through the same weather."""
        with ExitStack() as both:
            both.enter_context(super().served())
            self.storage_url, self.url = self.url, f"{self.url}/v1"
            self.renew()
            yield self

    def server(self, pace: Pace) -> Any:
        """Queue and process for a look each, or for some."""
        self.fake = Luma()
        self.fake.files.ingest = -1  # a wait that nothing here is about
        self.fake.storage_url = getattr(self, "storage_url", "")
        looks = {"at_once": 0, "slow": 2, "long": 999}[pace]
        self.fake.script = Script(queued=looks, processing=looks)
        return self._api_or_storage

    async def _api_or_storage(self, scope: Any, receive: Any, send: Any) -> None:
        stored = scope["path"].startswith(("/out/", "/put/"))
        await (self.fake.storage if stored else self.fake.api)(scope, receive, send)

    def backend(self) -> Backend:
        """Return one, in a hurry where that is wanted."""
        return HastyLuma() if self.hurries else Uni1()

    def access(self, key: str = "") -> Access:
        """Let each reference be uploaded."""
        return Access(self.url, key or self.secret, {"upload": "yes"}, patience_s=PATIENCE_S if self.hurries else 30)

    def order(self, ref: str = "job-1") -> Order:
        """Return a shot with a reference."""
        return order(UNI1, ref=ref, attachments=(reference(1),))

    def hand_over(self, content: bytes) -> None:
        """Let its storage hold them."""
        self.fake.stored = content

    def hurry(self) -> None:
        """Be done at the next look."""
        self.fake.script.queued = self.fake.script.processing = 0

    def lies_at(self, url: str) -> None:
        """Name addresses there for what is done, and for what is to be given."""
        self.fake.storage_url = url


STANDS: tuple[type[Stand], ...] = (
    ComfyStand,
    ForgeStand,
    ForwardingForgeStand,
    NearImagesStand,
    FarImagesStand,
    LumaStand,
)
LOCAL = frozenset({"diffusers", "previz"})
"""Backends that speak to no server: they draw in a process of this machine. See test_conformance_workers.py."""
