"""`bursar audit verify` and `bursar audit export`: the chain from its first row to its last."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import BinaryIO, Final, TypeVar

import orjson

from bot.audit.anchors import find_last_anchor
from bot.audit.chain import Noted, read_noted
from bot.clock import Clock, SystemClock, from_us, to_us
from bot.errors.kinds import InvalidInput
from bot.exports.csv_lines import csv_line
from bot.operations.report import Report
from bot.settings.model import Settings
from storage.chain import ChainFinding, verify_chain
from storage.snapshot import open_snapshot
from storage.transaction import SqlTx

T = TypeVar("T")
AuditRows = list[tuple[int, str, bytes, bytes]]

_COLUMNS: Final = ("seq", "at", "tenant", "actor", "what", "subject", "detail", "hash")


def verify_audit(settings: Settings, clock: Clock | None = None, *, copied: str = "") -> Report:
    """Read the whole chain and compare its end with the last anchor. Changes nothing.

    `copied` is the last line of a digest, say: the row that it names must be there too.

    Raises:
        InvalidInput: there is no whole hash in what was copied.
    """
    clock = clock or SystemClock()
    noted = read_noted(copied) if copied.strip() else None
    url = settings.database.url.get_secret_value()
    anchor = find_last_anchor(settings.audit.anchor_file)
    began = time.monotonic()
    finding = asyncio.run(_on_snapshot(url, clock, lambda tx: verify_chain(tx, anchor, noted)))
    seconds = time.monotonic() - began
    if finding.fault is not None:
        return Report(
            f"The audit chain breaks at row {finding.fault.seq}: {finding.fault.why}."
            f" The {finding.head.seq} rows before it are as they were written.\n"
            "What to do: keep the database as it is for whoever looks into it, and compare row"
            f" {finding.fault.seq} with the latest backup (`bursar restore` puts the present"
            " database aside).",
            is_clean=False,
        )
    said = f"All {finding.head.seq} rows of the audit chain follow from each other"
    if finding.mismatch:
        return Report(f"{said}, but not from the anchor.\n{finding.mismatch}", is_clean=False)
    if noted is not None and not _is_there(noted, finding):
        return Report(f"{said}, but not from what was noted.\n{_missing(noted, finding)}", False)
    compared = (
        f"the last anchor (row {anchor.head.seq}, {anchor.at:%Y-%m-%d %H:%M:%S} UTC) agrees"
        if anchor is not None
        else f"there is no anchor yet in {settings.audit.anchor_file}"
    )
    if noted is not None:
        compared += f", and row {finding.noted_seq} is the one that was noted"
    return Report(
        f"{said}; {compared}.\n"
        f"The end: row {finding.head.seq}, {finding.head.hash.hex()} ({seconds:.1f} s)."
    )


def _is_there(noted: Noted, finding: ChainFinding) -> bool:
    return finding.noted_seq is not None and noted.seq in {None, finding.noted_seq}


def _missing(noted: Noted, finding: ChainFinding) -> str:
    if finding.noted_seq is not None:
        return f"The hash is that of row {finding.noted_seq}, and not of row {noted.seq}."
    if noted.seq is not None and noted.seq > finding.head.seq:
        return (
            f"The chain ends at row {finding.head.seq}, before row {noted.seq}: an older backup"
            " was restored or the tail was cut."
        )
    return (
        f"No row has the hash {noted.hash.hex()}: the chain was written anew, or it is another"
        " database's."
    )


def export_audit(
    settings: Settings,
    format: str,
    since: str,
    until: str,
    out: BinaryIO,
    clock: Clock | None = None,
) -> None:
    """Write the rows from `since` to before `until` (ISO dates or times, UTC, either empty).

    The bytes that were sealed stand in each row of JSON as they are, so that the hash can be
    computed again from what was exported; a table is for reading only.
    """
    first, end = _to_us(since, "from"), _to_us(until, "until")
    url = settings.database.url.get_secret_value()
    write = _jsonl if format == "jsonl" else _csv

    def export(tx: SqlTx) -> None:
        out.writelines(write(_within(tx.audit.pages(), first, end)))
        out.flush()

    asyncio.run(_on_snapshot(url, clock or SystemClock(), export))


async def _on_snapshot(url: str, clock: Clock, fn: Callable[[SqlTx], T]) -> T:
    async with open_snapshot(url, clock) as snapshot:
        return await snapshot.run(fn)


def _to_us(text: str, option: str) -> int | None:
    if not text:
        return None
    try:
        if len(text) == 10:
            at = datetime.combine(date.fromisoformat(text), clock_time(), UTC)
        else:
            at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(
            f"--{option}",
            f"{text} is not a date or a time",
            example="2026-11-01 or 2026-11-01T09:30:00Z",
        ) from error
    return to_us(at if at.tzinfo else at.replace(tzinfo=UTC))


def _within(
    pages: Iterable[AuditRows], first: int | None, end: int | None
) -> Iterator[tuple[dict[str, object], bytes, bytes]]:
    """Yield (fact, body, hash) of the rows in a span. Times need not rise with the numbers."""
    for page in pages:
        for _, _, body, digest in page:
            fact = orjson.loads(body)
            at_us = fact["at_us"]
            if (first is None or at_us >= first) and (end is None or at_us < end):
                yield fact, bytes(body), bytes(digest)


def _jsonl(rows: Iterable[tuple[dict[str, object], bytes, bytes]]) -> Iterator[bytes]:
    for _, body, digest in rows:
        yield b'{"hash":"%s","row":%s}\n' % (digest.hex().encode(), body)


def _csv(rows: Iterable[tuple[dict[str, object], bytes, bytes]]) -> Iterator[bytes]:
    yield (",".join(_COLUMNS) + "\r\n").encode()
    for fact, _, digest in rows:
        at = from_us(int(str(fact["at_us"])))
        yield csv_line(
            (
                fact["seq"],
                at.isoformat(),
                fact["tenant"],
                fact["actor"],
                fact["what"],
                fact["subject"],
                orjson.dumps(fact["detail"]).decode(),
                digest.hex(),
            )
        )
