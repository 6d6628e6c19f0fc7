"""A full disk and a folder that is read-only are said plainly, and nothing is half-written.

Where the machine lets a process mount a small disk for itself alone, that disk is really full, and then really
read-only; elsewhere the process may write no file beyond a size. All of it is
SQLite's and a folder's: the disk of a server is none of ours.
"""

import subprocess
import sys
from pathlib import Path

from tests.running import ROOT

SCRIPT = """
import os, resource, subprocess, sys
from pathlib import Path
from app.errors import PrintlightError
from app.library.keeping import back_up, restore
from app.schema import read_data
from tests.backends.fakes.pictures import picture
from tests.library.libraries import filled, pictures, rows
from tests.places import SQLITE, places

folder, kept = map(Path, sys.argv[1:])
disk = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True).returncode == 0
library = filled(places.library(folder / "data", on=SQLITE))
library.add_picture(picture("png", (64, 36), "#102030") + os.urandom(50_000))
back_up(library, kept)
library.database.close()
before = rows(library), pictures(library)
(shot,) = library.shots("the-ferry")
large = read_data({"subjects": {f"one_{n}": {"slot": n, "description": "grey " * 400} for n in range(1, 150)}})
noise = picture("png", (64, 36)) + os.urandom(300_000)

def said(what, do):
    try:
        do()
    except PrintlightError as error:
        print(what, "|", error, flush=True)
    else:
        print(what, "| done", flush=True)

def all_of_it(which):
    said(which + " save", lambda: library.save(shot.id, shot.version, large, "uni-1"))
    said(which + " picture", lambda: library.add_picture(noise))
    said(which + " backup", lambda: back_up(library, folder / "a.backup"))
    said(which + " restore", lambda: restore(library, kept, folder, replace=True))
    library.database.close()

def as_before(which):
    left = [path.name for path in folder.rglob("*") if path.name.startswith((".part", ".backup", "a.backup", "before"))]
    print(which, "left | ", (rows(library), pictures(library)) == before, left, flush=True)

if disk:
    with (folder / "film").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096 if filler.tell() > 20_000_000 else 65536))
        except OSError:
            pass
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_000, resource.RLIM_INFINITY))
all_of_it("full")
if disk:
    (folder / "film").unlink()
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
as_before("full")
if disk:
    library.database.close()
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    all_of_it("read-only")
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    as_before("read-only")
all_of_it("room")
print("disk", "|", disk)
"""


def alone(*command: str) -> list[str]:
    """Return a command that has its mounts for itself, where the machine lets one."""
    apart = ["unshare", "--map-root-user", "--mount"]
    try:
        may = subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        may = False
    return [*apart, *command] if may else list(command)


def test_a_full_disk_and_a_read_only_one_are_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    run = subprocess.run(
        alone(sys.executable, "-c", SCRIPT, str(folder), str(tmp_path / "kept")),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    told = dict(line.split(" | ", 1) for line in run.stdout.splitlines())
    disk = told.pop("disk") == "True"
    refused = {"full": ("There is no room", "cannot be used"), "read-only": ("cannot be",)}
    for which, words in refused.items() if disk else [("full", refused["full"])]:
        for what in ("save", "picture", "backup", "restore"):
            assert any(one in told[f"{which} {what}"] for one in words), told
        assert told[f"{which} left"].strip() == "True []"
    assert [told[f"room {what}"] for what in ("save", "picture", "backup", "restore")] == ["done"] * 4
