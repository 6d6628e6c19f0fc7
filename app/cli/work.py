"""`printlight work`: a process that makes takes and shows nothing; as many of them as one likes."""

import asyncio
import signal
from argparse import Namespace

from app.jobs import Engine, open_desk
from app.settings import settings


def run_work(arguments: Namespace) -> int:
    """Work on what waits until told to stop; what is being sent then is sent to its end."""
    found = settings()
    engine = Engine(open_desk(found), found.data, found.database_url, arguments.name)
    asyncio.run(_work(engine))
    return 0


async def _work(engine: Engine) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stopped.set)
    await engine.start()
    print(f"Printlight works as {engine.name}; Ctrl-C stops it.", flush=True)
    await stopped.wait()
    await engine.stop()
