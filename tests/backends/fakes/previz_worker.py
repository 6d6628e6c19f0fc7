"""A worker that speaks as the one that draws the previz, without a renderer: its first argument says what it does.

`killed`, `crash`, `refuse`, `garbage`, `nothing`, `cut`, `slow` (until it is killed), or anything else: it draws.
"""

import json
import os
import sys
import time
from pathlib import Path

GARBAGE = b'\nLoading\n[1, 2]\nnull\n{"progress": "x"}\n{"progress": 7}\n{"progress": null}\n\xff\xfe\n'


def main() -> None:
    """Read a scene and answer."""
    does, out = sys.argv[1], Path(sys.argv[2])
    sys.stdin.buffer.read()
    say(progress=0.25)
    if does == "garbage":
        sys.stdout.buffer.write(GARBAGE + b"[" * 200_000 + b"\n")
    if does == "crash":
        os._exit(3)
    if does == "killed":
        os.kill(os.getpid(), 9)
    if does == "refuse":
        say(error="The memory does not hold this scene.")
        sys.exit(2)
    while does == "slow":
        time.sleep(0.01)
    whole = bytes.fromhex(PICTURE)
    if does != "nothing":
        out.write_bytes(whole[:40] if does == "cut" else whole)
    say(done=str(out), width=1, height=1)


def say(**line: object) -> None:
    """Say a line."""
    sys.stdout.buffer.write(f"{json.dumps(line)}\n".encode())
    sys.stdout.buffer.flush()


PICTURE = (
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
"""A PNG of one pixel."""

if __name__ == "__main__":
    main()
