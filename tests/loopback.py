"""Servers of tests, where nobody but this machine can call them."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web


@asynccontextmanager
async def serving(
    application: web.Application,
    *,
    tls: ssl.SSLContext | None = None,
    handler_cancellation: bool = False,
) -> AsyncIterator[int]:
    """Serve an application until the block ends; yields the port.

    With `handler_cancellation` what hangs ends with its caller.
    """
    runner = web.AppRunner(
        application,
        access_log=None,
        handler_cancellation=handler_cancellation,
        shutdown_timeout=0.1,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        port: int = runner.addresses[0][1]
        yield port
    finally:
        await runner.cleanup()
