"""Whose address it is, and how much of an answer is read."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.backends._addresses import is_near
from app.backends._http import client, limited, speaking_to
from app.errors import BackendError
from tests.backends.fakes.serving import running


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("http://127.0.0.1:7860", True),
        ("http://localhost:7860", True),
        ("http://[::1]:7860", True),
        ("http://192.168.1.20:8080/v1", True),
        ("http://10.0.0.5", True),
        ("http://[fd00::5]", True),
        ("http://100.64.1.2", True),
        ("http://gpu:8080", True),
        ("http://gpu.local", True),
        ("http://gpu.lan", True),
        ("https://api.openai.com/v1", False),
        ("https://8.8.8.8", False),
        ("http://[2606:4700::1111]", False),
        ("http://local", True),
        ("http://mylocal.com", False),
        ("http://127.0.0.1.evil.com", False),
        ("", False),
        ("http://", False),
        ("no address", False),
        ("http://[broken", False),
        ("http://134744072", False),
        ("http://0x08080808", False),
    ],
)
def test_an_address_is_near_or_in_the_open_internet(url: str, near: bool) -> None:  # noqa: FBT001  a column of the table
    assert is_near(url) is near


async def echo(request: Request) -> Response:
    body = await request.body()
    return JSONResponse({"method": request.method, "length": len(body), "filling": "x" * int(body)}, 418)


def test_an_answer_is_read_up_to_a_limit() -> None:
    async def scenario(url: str, length: int) -> tuple[int, int]:
        with speaking_to("The server"):
            async with client(url) as service:
                response = await limited(service, "POST", "/", max_bytes=5000, content=str(length).encode())
        return response.status_code, len(response.json()["filling"])

    with running(Starlette(routes=[Route("/", echo, methods=["POST"])])) as url:
        assert asyncio.run(scenario(url, 4000)) == (418, 4000)
        with pytest.raises(BackendError, match="larger than"):
            asyncio.run(scenario(url, 6000))
