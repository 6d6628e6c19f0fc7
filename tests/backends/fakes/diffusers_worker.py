"""A worker that speaks as the one that draws with diffusers, without torch: the prompt says what it does.

It draws a plain picture whose red tells how many jobs it had, so that a test sees whether it was started anew. All that
it was told lies in `told.jsonl` beside the model's index.
"""

import json
import os
import queue
import struct
import sys
import threading
import time
import zlib
from pathlib import Path
from typing import Any

GARBAGE = ("", "Loading 7 of 7", "[1, 2]", "null", '{"ref": ["x"]}', '{"ref": "nobody", "done": "x"}', '{"step": 1}')
STEPS = 4


def say(**line: Any) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


def png(red: int) -> bytes:
    """Return a picture of one pixel."""
    parts = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(bytes((0, red, 0, 0))))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in (*parts, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


class Fake:
    """What reads and answers."""

    def __init__(self) -> None:
        self.jobs: queue.Queue[dict[str, Any]] = queue.Queue()
        self.cancelled: set[str] = set()
        self.had = 0

    def read(self) -> None:
        for line in sys.stdin:
            said = json.loads(line)
            if "cancel" in said:
                self.cancelled.add(said["cancel"])
            else:
                with (Path(said["folder"]) / "told.jsonl").open("a", encoding="utf-8") as told:
                    told.write(line)
                self.jobs.put(said)
        os._exit(0)

    def draw(self, job: dict[str, Any]) -> None:
        self.had += 1
        does, ref = job["prompt"], job["ref"]
        if does == "crash":
            os._exit(3)
        if does == "killed":
            os.kill(os.getpid(), 9)
        if does == "garbage":
            for line in GARBAGE:
                sys.stdout.write(f"{line}\n")
            sys.stdout.buffer.write(b"\xff\xfe\n" + b"[" * 200_000 + b"\n")
            say(ref=ref, step="one", steps=None)
        if does == "refuse":
            say(ref=ref, error="The memory does not hold this model.", hint="Choose a smaller size.")
            return
        if does == "stuck":
            say(ref=ref, step=0, steps=0)
            time.sleep(3600)
        self.paint(job, slow=does == "slow")

    def paint(self, job: dict[str, Any], *, slow: bool) -> None:
        ref, out = job["ref"], Path(job["out"])
        say(ref=ref, step=0, steps=0)
        for step in range(1, STEPS + 1):
            say(ref=ref, step=step, steps=STEPS)
            while slow and step == 1 and ref not in self.cancelled:
                time.sleep(0.01)
            if ref in self.cancelled:
                say(ref=ref, error="Stopped.")
                return
        if job["prompt"] == "cut":
            out.write_bytes(png(1)[:40])
        elif job["prompt"] != "nothing":
            out.write_bytes(png(self.had))
        odd = job["prompt"] == "odd"
        notes = 7 if odd else ["FluxPipeline hears no negative."]
        say(ref=ref, done=str(out), used=None if odd else {"seed": job.get("seed"), "pid": os.getpid()}, notes=notes)


if __name__ == "__main__":
    if "--versions" in sys.argv:
        if sys.argv[sys.argv.index("--device") + 1] == "cuda:9":
            say(error="There is no device 'cuda:9' here.", hint="Name cpu.")
        else:
            say(torch="2.13.0", diffusers="0.39.0", device="cpu")
    else:
        fake = Fake()
        threading.Thread(target=fake.read, daemon=True).start()
        while True:
            fake.draw(fake.jobs.get())
