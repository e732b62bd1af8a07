"""The routes of `bursar serve`: is it alive, is it ready, and its numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from math import ceil
from typing import Final, Protocol

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors.kinds import InvalidInput, Unavailable
from bot.gateway.metrics import Depth, Metrics
from bot.ids import new_ref

_log = structlog.get_logger(__name__)

# A probe of Kubernetes waits 1 s by default; an answer after that is none.
_ANSWER_S: Final = 0.8


class Watched(Protocol):
    """What the routes ask of the running app."""

    async def find_faults(self) -> Sequence[str]:
        """Return why it cannot work at present, as short sentences; empty when it can."""
        ...

    async def measure(self) -> Sequence[Depth]:
        """Return how much waits in each queue."""
        ...


def build_application(
    watched: Watched,
    metrics: Metrics,
    *,
    max_body_bytes: int,
    body_s: float,
    platforms: Sequence[web.RouteDef] = (),
) -> web.Application:
    """Make the application; starting and ending it is the caller's.

    `platforms` are the routes that platforms call.
    """
    routes = _Routes(watched, metrics)
    application = web.Application(
        client_max_size=max_body_bytes, middlewares=[_edge(metrics, body_s)]
    )
    application.router.add_get("/health/live", routes.live)
    application.router.add_get("/health/ready", routes.ready)
    application.router.add_get("/metrics", routes.numbers)
    application.router.add_routes(platforms)
    application.on_response_prepare.append(_hide_library)
    return application


class _Routes:
    def __init__(self, watched: Watched, metrics: Metrics) -> None:
        self._watched = watched
        self._metrics = metrics

    async def live(self, _request: web.Request) -> web.Response:
        """Answer while the event loop runs: what else is wrong, a restart does not mend."""
        return web.json_response({"status": "live"})

    async def ready(self, _request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(_ANSWER_S):
                reasons = list(await self._watched.find_faults())
        except TimeoutError:
            reasons = ["the database does not answer"]
        if reasons:
            return web.json_response({"status": "not ready", "reasons": reasons}, status=503)
        return web.json_response({"status": "ready"})

    async def numbers(self, _request: web.Request) -> web.Response:
        # Without the database the other numbers are worth the more.
        try:
            async with asyncio.timeout(_ANSWER_S):
                for depth in await self._watched.measure():
                    self._metrics.set_depth(depth)
        except Exception as error:  # noqa: BLE001  # a request ends here
            _log.warning("queues were not measured", exc_info=error)
        return web.Response(
            body=self._metrics.as_text(), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )


def _edge(metrics: Metrics, body_s: float) -> Middleware:
    """Return what stands around every handler: limits before it, one shape of error after it."""

    @web.middleware
    async def edge(request: web.Request, handler: Handler) -> web.StreamResponse:
        resource = request.match_info.route.resource
        route = "none" if resource is None else resource.canonical
        response = await _answer(request, handler, body_s)
        metrics.request_done(route, response.status)
        return response

    return edge


async def _answer(request: web.Request, handler: Handler, body_s: float) -> web.StreamResponse:
    if "Content-Encoding" in request.headers:
        # A small packed body may unpack to any size.
        return error_response(415, "packed_body", "send the body unpacked")
    try:
        if request.body_exists:
            # Read here, so that no handler can be made to wait by a slow sender.
            async with asyncio.timeout(body_s):
                await request.read()
        return await handler(request)
    except TimeoutError:
        response = error_response(408, "slow_body", "the body did not come in time")
        response.force_close()
        return response
    except web.HTTPException as error:
        code = HTTPStatus(error.status).name.lower()
        return error_response(error.status, code, HTTPStatus(error.status).phrase.lower())
    except InvalidInput as error:
        return error_response(400, error.code, str(error))
    except Unavailable as error:
        # Whoever called has to call again, and is told when.
        response = error_response(503, error.code, "not now; nothing was done")
        response.headers["Retry-After"] = str(max(1, ceil(error.retry_after_s)))
        return response
    except Exception as error:  # noqa: BLE001  # a request ends here
        reference = new_ref()
        _log.error("request failed", reference=reference, exc_info=error)
        return error_response(500, "failed", f"reference {reference}")


def error_response(status: int, code: str, message: str) -> web.Response:
    """Return an error as every route words it."""
    return web.json_response({"error": {"code": code, "message": message}}, status=status)


async def _hide_library(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "bursar"
