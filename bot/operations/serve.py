"""`bursar serve`: the app and its HTTP server until the first signal, and an orderly end."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Final, Protocol, TypeVar

import structlog

from bot.audit.anchors import append_anchor
from bot.clock import Clock, SystemClock
from bot.errors.kinds import BursarError
from bot.gateway.application import build_application
from bot.gateway.door import Door, DoorLimits, listening
from bot.gateway.metrics import Metrics
from bot.operations.watch import Watch
from bot.platforms.model import Platform
from bot.settings.model import Settings
from bot.tasks import TaskGroup
from storage.database import Database

_log = structlog.get_logger(__name__)

DRAIN_S: Final = 10.0
# For closing what was drained; whatever hangs then is cut off, and goes on at the next start.
_CLOSE_S: Final = 5.0
# The database, logs, and connections of its own to others.
_OWN_FILES: Final = 200
_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class RunningApp(Protocol):
    """What `serve` runs. Its context manager opens and closes it."""

    database: Database

    def observe(self, observer: Metrics) -> None:
        """Tell `observer` of each turn and of holds that ended by time."""
        ...

    async def stop(self) -> None:
        """Finish what runs and take nothing further; repeating does nothing."""
        ...


A = TypeVar("A", bound=RunningApp)
OpenApp = Callable[[Settings, Clock], AbstractAsyncContextManager[A]]
OpenPlatforms = Callable[[Settings, A, Clock], AbstractAsyncContextManager[Sequence[Platform]]]


def serve_until_stopped(
    settings: Settings, open_app: OpenApp[A], open_platforms: OpenPlatforms[A]
) -> int:
    """Run until SIGTERM or SIGINT; a second one ends the process at once. Returns the exit code.

    Ending at once loses nothing: what was accepted is in the database, and goes on at the next
    start.

    Raises:
        SettingsError: the address cannot be listened on.
        Broken, Unavailable: the database cannot be opened.
    """
    make_room(settings.server.max_connections)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        return runner.run(_serve(settings, open_app, open_platforms, SystemClock()))


def make_room(connections: int) -> None:
    """Let this process open a file for each connection, as far as the system allows it.

    A shell or a service manager commonly gives 1024; without room nobody at all is let in.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OWN_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the faster event loop where it is installed, None for the usual one."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _serve(
    settings: Settings, open_app: OpenApp[A], open_platforms: OpenPlatforms[A], clock: Clock
) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, _on_signal, number, stop, loop)
    await run_until(stop, settings, open_app, open_platforms, clock)
    return 0


def _on_signal(
    number: signal.Signals, stop: asyncio.Event, loop: asyncio.AbstractEventLoop
) -> None:
    if stop.is_set():
        _log.warning("stopped at once", signal=number.name)
        os._exit(128 + number)
    _log.info("stopping", signal=number.name)
    stop.set()
    loop.call_later(DRAIN_S + _CLOSE_S, _give_up)


def _give_up() -> None:
    _log.error("stopped with something still open")
    os._exit(1)


def spare_what_stays() -> None:
    """Take what was loaded for good out of every later search for garbage.

    Each full search would stop the process for tens of milliseconds, most of them spent on
    modules and classes that never go away.
    """
    gc.collect()
    gc.freeze()


async def run_until(
    stop: asyncio.Event,
    settings: Settings,
    open_app: OpenApp[A],
    open_platforms: OpenPlatforms[A],
    clock: Clock,
    *,
    on_listening: Callable[[int], None] | None = None,
) -> None:
    """Run until `stop` is set, then end in order: door, platforms, workers, anchor, database."""
    metrics = Metrics()
    async with open_app(settings, clock) as app, AsyncExitStack() as stack:
        app.database.on_batch(metrics.batch_done)
        app.observe(metrics)
        anchoring = TaskGroup()
        stack.push_async_callback(anchoring.join)
        # Whatever ends the block, the anchor's task must hear of it.
        stack.callback(stop.set)
        anchoring.start(_keep_anchored(app.database, settings, clock, stop), name="anchor")
        platforms = await stack.enter_async_context(open_platforms(settings, app, clock))
        watch = Watch(app.database, metrics, stop.is_set)
        async with _open_door(settings, watch, metrics, platforms) as port:
            spare_what_stays()
            _log.info("serving", host=settings.server.host, port=port)
            if on_listening is not None:
                on_listening(port)
            await stop.wait()
        for platform in platforms:
            await platform.stop_receiving()
        await _drain(app)


@asynccontextmanager
async def _open_door(
    settings: Settings, watch: Watch, metrics: Metrics, platforms: Sequence[Platform]
) -> AsyncIterator[int]:
    server = settings.server
    application = build_application(
        watch,
        metrics,
        max_body_bytes=server.max_body_bytes,
        body_s=server.body_s,
        platforms=[route for platform in platforms for route in platform.routes()],
    )
    limits = DoorLimits(
        server.header_s, server.max_connections, server.max_connections_per_address
    )
    async with listening(application, server.host, server.port, Door(limits)) as port:
        yield port


async def _drain(app: RunningApp) -> None:
    try:
        async with asyncio.timeout(DRAIN_S):
            await app.stop()
    except TimeoutError:
        # It is in the inbox and comes again.
        _log.warning("work was left for the next start")
    else:
        _log.info("drained")


async def _keep_anchored(
    database: Database, settings: Settings, clock: Clock, stop: asyncio.Event
) -> None:
    """Note the chain's end now and then, and once more at the end."""
    while True:
        is_last = stop.is_set()
        try:
            head = await database.read(lambda tx: tx.audit.head())
            append_anchor(settings.audit.anchor_file, head, clock.now())
        except BursarError as error:
            _log.error("the chain's end was not anchored", exc_info=error)
        if is_last:
            return
        try:
            async with asyncio.timeout(settings.audit.anchor_every_s):
                await stop.wait()
        except TimeoutError:
            continue
