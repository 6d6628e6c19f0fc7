"""What pages load: the style sheet in one piece, modules fetched ahead, addresses that change with the files."""

import re
import time
from functools import lru_cache
from hashlib import blake2b

from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from app.shipped import shipped

FOREVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
SHEET = "css/printlight.css"
IMPORT = re.compile(r'@import url\("([a-z]+\.css)"\) layer\(([a-z]+)\);')
SUFFIXES = {".css", ".js", ".svg", ".woff2"}
LATER = {"finder", "theme.js"}
"""Modules, and folders of them, that a page fetches when it needs them, or at once by itself."""


def address(path: str) -> str:
    """Return the address of a file under static/: it changes whenever any of them does, so it is kept for good."""
    return f"/static/@{version()}/{path}"


def modules() -> list[str]:
    """Return the addresses of the modules that every page fetches: together, not one after another names it."""
    folder, at = shipped("static") / "js", address("js")
    names = sorted(path.relative_to(folder) for path in folder.rglob("*.js"))
    return [f"{at}/{name.as_posix()}" for name in names if name.parts[0] not in LATER]


def version() -> str:
    """Return a mark of the files as they are, or were a second ago: their names, sizes and times."""
    return _version(int(time.monotonic()))


@lru_cache(maxsize=1)
def _version(_second: int) -> str:
    folder = shipped("static")
    files = ((path.name, path.stat()) for path in folder.rglob("*") if path.suffix in SUFFIXES)
    told = sorted((name, found.st_size, found.st_mtime_ns) for name, found in files)
    return blake2b(repr(told).encode(), digest_size=6).hexdigest()


def sheet() -> str:
    """Return the style sheet with each file that it imports in the place, and in the layer, where it is named."""
    folder = shipped("static") / "css"
    text = (shipped("static") / SHEET).read_text(encoding="utf-8")
    return IMPORT.sub(lambda one: f"@layer {one[2]} {{\n{(folder / one[1]).read_text(encoding='utf-8')}}}", text)


class Assets(StaticFiles):
    """The files under static/. At an address with a version they are kept for good, else asked for each time."""

    def get_path(self, scope: Scope) -> str:
        """Return the path of the file, whatever version its address names."""
        path = super().get_path(scope)
        return path.partition("/")[2] if path.startswith("@") else path

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, or with the style sheet in one piece."""
        answer: Response
        if path == SHEET:
            answer = PlainTextResponse(sheet(), media_type="text/css")
        else:
            answer = await super().get_response(path, scope)
        if isinstance(answer, (FileResponse, NotModifiedResponse, PlainTextResponse)):
            current = super().get_path(scope).startswith(f"@{version()}/")
            answer.headers["Cache-Control"] = FOREVER if current else ASK_FIRST
        return answer
