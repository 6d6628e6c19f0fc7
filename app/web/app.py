"""Builds the studio's web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from app.errors import PrintlightError
from app.jobs import Engine, open_desk
from app.previz.still_renderer import Renderer
from app.settings import Settings
from app.shipped import shipped
from app.web import api, guard, routes
from app.web.assets import Assets
from app.web.frames import Frames
from app.web.pages import page

ABOUT = """Films, shots, takes and the compiler by HTTP, as the pages of the studio have them.

A write names the version that it was made over, where somebody else could have written meanwhile. An error answers
`{message, hint, where}`: what was wrong, what to do about it, and in which field, where there is one.
"""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def create_app(found: Settings) -> FastAPI:
    """Return the application on the library of these settings. Raises a PrintlightError when that cannot be opened."""
    desk = open_desk(found)
    engine = Engine(desk, found.data, found.database_url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.desk, app.state.engine, app.state.settings = desk, engine, found
        app.state.stills = Renderer()
        app.state.frames = Frames(found.data / "frames", app.state.stills, draws=found.board_frames)
        await engine.start()
        yield
        await app.state.frames.stop()
        await app.state.stills.stop()
        await engine.stop()

    app = FastAPI(
        title="Printlight",
        description=ABOUT,
        version="0.1.0",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    for router in _routers(api):
        app.include_router(router)
    for router in _routers(routes):
        app.include_router(router, include_in_schema=False)
    app.mount("/static", Assets(directory=shipped("static")), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)
    app.add_middleware(guard.Guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=guard.hosts(found.hosts), www_redirect=False)
    app.add_exception_handler(PrintlightError, _printlight_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(Exception, _surprise)
    return app


def _routers(package: ModuleType) -> list[APIRouter]:
    """Return the router of each module, by name; a module that begins with _ is what they share."""
    names = [module.name for module in iter_modules(package.__path__) if not module.name.startswith("_")]
    return [import_module(f"{package.__name__}.{name}").router for name in names]


def _answer(request: Request, status: int, message: str, hint: str, where: str = "") -> Response:
    """Answer an error as the asker can use it: a page for a person, JSON for a script, and always by the API."""
    is_person = "text/html" in request.headers.get("accept", "") and not request.headers.get("hx-request")
    if is_person and not request.url.path.startswith("/api/"):
        return page("errors/show.html", status=status, message=message, hint=hint)
    told = {"message": message, "hint": hint, **({"where": where} if where else {})}
    writable = {key: words.encode(errors="replace").decode() for key, words in told.items()}
    return JSONResponse(writable, status_code=status)


async def _printlight_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, PrintlightError):
        raise error
    return _answer(request, error.status, error.message, error.hint, error.where)


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = "There is no such page." if status == 404 else str(getattr(error, "detail", error))
    answer = _answer(request, status, message, "Go back to the film." if status == 404 else "")
    if status == 405:
        answer.headers["Allow"] = ", ".join(_allowed(request))
    return answer


def _allowed(request: Request) -> list[str]:
    """Return the methods that an address takes: of several operations each knows its own alone."""
    routes = request.app.router.routes
    asked = {one: {**request.scope, "method": one} for one in METHODS}
    return [one for one, scope in asked.items() if any(route.matches(scope)[0] is Match.FULL for route in routes)]


async def _bad_request(request: Request, error: Exception) -> Response:
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    where = ".".join(str(part) for part in first.get("loc", ())[1:])
    message = f"{where or 'The request'}: {str(first.get('msg', 'not understood')).lower()}."
    return _answer(request, 422, message, "", where)


async def _surprise(request: Request, _error: Exception) -> Response:
    hint = "Nothing that was saved is lost. The details are in the terminal that runs Printlight."
    return _answer(request, 500, "Something went wrong in Printlight itself.", hint)
