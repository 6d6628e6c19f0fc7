"""An S3 of this machine, in a process of its own, for tests."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.backends.fakes.serving import closed_port
from tests.running import until

KEYS = {"AWS_ACCESS_KEY_ID": "AKIATEST", "AWS_SECRET_ACCESS_KEY": "a-secret", "AWS_REGION": "eu-central-1"}


@contextmanager
def served(bucket: str) -> Iterator[dict[str, str]]:
    """Serve one bucket, and give the AWS_* values that open it."""
    url = f"http://127.0.0.1:{closed_port()}"
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-p", url.rpartition(":")[2]]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: _answers(url), 60)
        region = f"<LocationConstraint>{KEYS['AWS_REGION']}</LocationConstraint>"
        asked = f"<CreateBucketConfiguration>{region}</CreateBucketConfiguration>"
        assert httpx.put(f"{url}/{bucket}", content=asked).status_code == 200
        yield {**KEYS, "AWS_ENDPOINT_URL_S3": url}
    finally:
        process.kill()
        process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.TransportError:
        return False
