"""What ComfyUI tells about a running job over its WebSocket: how far it is, and how the picture looks by now.

Nothing of it is needed: what became of a job is asked of the queue and the history.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

from app.backends._comfy_map import Workflow, samplers
from app.backends._media import picture
from app.errors import UnreachableError

PREVIEW = b"\x00\x00\x00\x01"
"""What a message with a preview picture begins with; four bytes for its type follow."""

ENDS = frozenset({"execution_success", "execution_error", "execution_interrupted"})


@dataclass
class Watch:
    """One job as it is heard of. `client` is the name that its messages are addressed to; `graph` is what it draws,
    where that is known. Its task fills in the rest; other event loops only read.
    """

    client: str
    graph: Workflow = field(default_factory=dict, repr=False)
    fraction: float | None = None
    message: str = ""
    preview: bytes = field(default=b"", repr=False)
    over: bool = False
    task: "asyncio.Task[None] | None" = None
    _drawn: dict[str, float] = field(default_factory=dict)

    def is_open(self) -> bool:
        """Tell whether somebody listens, or need not any more."""
        return self.over or (self.task is not None and not self.task.done())

    async def listen(self, messages: AsyncGenerator[str | bytes, None]) -> None:
        """Hear messages until the job ends or the connection does."""
        with suppress(UnreachableError):
            async with aclosing(messages) as heard:
                async for message in heard:
                    self.hear(message)
                    if self.over:
                        break

    def hear(self, message: str | bytes) -> None:
        """Take in one message; what cannot be read is passed over."""
        if isinstance(message, bytes):
            if message.startswith(PREVIEW):
                with suppress(UnreachableError):
                    self.preview = picture(message[8:], "ComfyUI").content
            return
        with suppress(ValueError, RecursionError):
            match json.loads(message):
                case {"type": "progress", "data": {"value": int(value), "max": int(most), "node": node}} if most > 1:
                    self._step(str(node), value, most)
                case {"type": "executing", "data": {"node": str(node)}} if node in self.graph:
                    self.message = f"{self.graph[node]['class_type']}."
                case {"type": str(kind)} if kind in ENDS:
                    self.over = True

    def _step(self, node: str, value: int, most: int) -> None:
        self._drawn[node] = min(max(value / most, 0), 1)
        share = sum(self._drawn.values()) / max(samplers(self.graph), len(self._drawn))
        self.fraction = max(self.fraction or 0, share)
        self.message = f"Step {value} of {most}."
