import asyncio
import csv
import io
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.audit.anchors import append_anchor, find_last_anchor
from bot.audit.chain import AuditFact, Head, Noted, link, read_noted
from bot.clock import ManualClock
from bot.economy.wallets import Tenant
from bot.errors.kinds import InvalidInput
from bot.errors.storage import StorageDamaged
from bot.exports.csv_lines import csv_line
from bot.ids import TenantId
from bot.operations.audit_files import export_audit, verify_audit
from bot.settings.model import Settings, load_settings
from storage.engine import open_database
from storage.transaction import SqlTx

T = TenantId("t1")
ROWS = 30


@pytest.fixture
def settings(sqlite_path: Path, clock: ManualClock) -> Settings:
    """A database with rows an hour apart, the first at noon."""

    async def fill() -> None:
        database = await open_database(f"sqlite:///{sqlite_path}", clock)

        def record(tx: SqlTx, number: int) -> None:
            if number == 1:
                tx.people.add_tenant(Tenant(T, "Acme", "UTC", "en"))
            tx.record(AuditFact(T, "=ana", "spend", f"w{number}", {"amount_nanos": number}))

        for number in range(1, ROWS + 1):
            await database.write(lambda tx, number=number: record(tx, number), tenant=T)  # type: ignore[misc]  # a default argument
            clock.advance(timedelta(hours=1))
        await database.close()

    asyncio.run(fill())
    return load_settings(
        database={"url": f"sqlite:///{sqlite_path}"},
        audit={"anchor_file": sqlite_path.parent / "anchor.jsonl"},
    )


def tamper(settings: Settings, *statements: str) -> None:
    """Change rows as somebody who owns the file can."""
    path = settings.database.url.get_secret_value().removeprefix("sqlite:///")
    driver = sqlite3.connect(path, isolation_level=None)
    for name in ("update", "delete"):
        driver.execute(f"DROP TRIGGER IF EXISTS audit_is_never_{name}d")
    for statement in statements:
        driver.execute(statement)
    driver.close()


def head_of(settings: Settings) -> Head:
    path = settings.database.url.get_secret_value().removeprefix("sqlite:///")
    driver = sqlite3.connect(path)
    head = Head(*driver.execute("SELECT seq, hash FROM audit_head").fetchone())
    driver.close()
    return head


def test_an_untouched_chain_is_clean(settings: Settings, clock: ManualClock) -> None:
    append_anchor(settings.audit.anchor_file, head_of(settings), clock.now())
    report = verify_audit(settings, clock)
    assert report.is_clean
    assert f"All {ROWS} rows" in report.text
    assert "agrees" in report.text


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        (
            "UPDATE audit SET body = CAST(replace(CAST(body AS TEXT), 'w7', 'w8') AS BLOB)"
            " WHERE seq = 7",
            7,
        ),
        ("UPDATE audit SET tenant = 'other' WHERE seq = 9", 9),
        ("DELETE FROM audit WHERE seq = 12", 12),
        ("UPDATE audit SET seq = 1000 WHERE seq = 4", 4),
        ("UPDATE audit SET hash = zeroblob(32) WHERE seq = 30", 30),
        ("DELETE FROM audit WHERE seq > 28", 29),
    ],
)
def test_the_first_bad_row_is_named(statement: str, row: int, settings: Settings) -> None:
    tamper(settings, statement)
    report = verify_audit(settings)
    assert not report.is_clean
    assert f"breaks at row {row}:" in report.text


def test_two_rows_that_changed_places_are_found(settings: Settings) -> None:
    tamper(
        settings,
        "UPDATE audit SET seq = 99 WHERE seq = 5",
        "UPDATE audit SET seq = 5 WHERE seq = 6",
        "UPDATE audit SET seq = 6 WHERE seq = 99",
    )
    assert "breaks at row 5:" in verify_audit(settings).text


def test_a_cut_tail_is_found_by_the_anchor(settings: Settings, clock: ManualClock) -> None:
    append_anchor(settings.audit.anchor_file, head_of(settings), clock.now())
    tamper(
        settings,
        "DELETE FROM audit WHERE seq > 20",
        "UPDATE audit_head SET seq = 20, hash = (SELECT hash FROM audit WHERE seq = 20)",
    )
    report = verify_audit(settings)
    assert not report.is_clean
    assert "10 rows are missing" in report.text


def test_a_chain_written_anew_is_found_by_the_anchor(
    settings: Settings, clock: ManualClock
) -> None:
    append_anchor(settings.audit.anchor_file, head_of(settings), clock.now())
    path = settings.database.url.get_secret_value().removeprefix("sqlite:///")
    driver = sqlite3.connect(path)
    rows = driver.execute("SELECT seq, body FROM audit ORDER BY seq").fetchall()
    driver.close()
    previous, statements = bytes(32), []
    for seq, body in rows:
        forged = body.replace(b'"amount_nanos":3}', b'"amount_nanos":4}')
        previous = link(previous, forged)
        statements.append(
            f"UPDATE audit SET body = x'{forged.hex()}', hash = x'{previous.hex()}'"  # noqa: S608  # a test
            f" WHERE seq = {seq}"
        )
    tamper(settings, *statements, f"UPDATE audit_head SET hash = x'{previous.hex()}'")  # noqa: S608  # a test
    report = verify_audit(settings)
    assert not report.is_clean
    assert f"Row {ROWS} is not the one" in report.text


def exported(settings: Settings, format: str, since: str = "", until: str = "") -> bytes:
    out = io.BytesIO()
    export_audit(settings, format, since, until, out)
    return out.getvalue()


def test_exported_rows_prove_themselves(settings: Settings) -> None:
    previous = bytes(32)
    lines = exported(settings, "jsonl").splitlines()
    assert len(lines) == ROWS
    for line in lines:
        # The sealed bytes stand in the line as they are.
        body = line[line.index(b'"row":') + len(b'"row":') : -1]
        previous = link(previous, body)
        assert json.loads(line)["hash"] == previous.hex()


def test_a_span_is_exported_without_its_end(settings: Settings) -> None:
    rows = [
        json.loads(line)["row"]["subject"]
        for line in exported(
            settings, "jsonl", "2026-11-18T14:00:00Z", "2026-11-18T16:00:00Z"
        ).splitlines()
    ]
    assert rows == ["w3", "w4"]
    assert len(exported(settings, "jsonl", "2026-11-19").splitlines()) == ROWS - 12


def test_a_date_that_is_none_is_refused(settings: Settings) -> None:
    with pytest.raises(InvalidInput, match="from"):
        exported(settings, "jsonl", "yesterday")


def test_a_table_is_rfc_4180_and_runs_nothing(settings: Settings) -> None:
    table = exported(settings, "csv")
    assert table.count(b"\r\n") == ROWS + 1
    rows = list(csv.DictReader(io.StringIO(table.decode(), newline="")))
    assert [row["seq"] for row in rows] == [str(number) for number in range(1, ROWS + 1)]
    assert {row["actor"] for row in rows} == {"'=ana"}
    assert json.loads(rows[2]["detail"]) == {"amount_nanos": 3}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        " =1",
        "\u3000=1",
        "\u00a0@x",
    ],
)
def test_no_cell_of_text_is_a_formula(text: str) -> None:
    (cells,) = csv.reader(io.StringIO(csv_line([text]).decode(), newline=""))
    assert cells[0].startswith("'")


def test_numbers_stay_numbers_and_quotes_are_doubled() -> None:
    assert csv_line([-5, 'a"b', "c,d", "e\nf", "", "plain"]) == (
        b'-5,"a""b","c,d","e\nf",,plain\r\n'
    )


# What was copied from a digest


def as_copied(head: Head, how: str) -> str:
    digits = head.hash.hex()
    return {
        "line": f"Audit log: row {head.seq}, {digits}",
        "line_es": f"Registro de auditoría: fila {head.seq}, {digits}",
        "unseen": f"Audit log: row {head.seq}, " + "\u2060".join(digits) + "\u200b",
        "wrapped": f"row {head.seq},\n{digits[:40]}\n   {digits[40:]}\n",
        "groups": f"row {head.seq}: " + " ".join(digits[at : at + 8] for at in range(0, 64, 8)),
        "capitals": f"({head.seq}) {digits.upper()}.",
        "bare": digits,
    }[how]


COPIES = ("line", "line_es", "unseen", "wrapped", "groups", "capitals", "bare")


@pytest.mark.parametrize("how", COPIES)
def test_a_row_that_was_copied_is_found(settings: Settings, clock: ManualClock, how: str) -> None:
    head = head_of(settings)
    report = verify_audit(settings, clock, copied=as_copied(head, how))
    assert report.is_clean
    assert f"row {head.seq} is the one that was noted" in report.text


@pytest.mark.parametrize("how", COPIES)
def test_a_row_that_is_not_there_any_more_is_missed(
    settings: Settings, clock: ManualClock, how: str
) -> None:
    head = Head(ROWS + 5, bytes(31) + b"x")
    report = verify_audit(settings, clock, copied=as_copied(head, how))
    assert not report.is_clean
    expected = "No row has the hash" if how == "bare" else f"before row {ROWS + 5}"
    assert expected in report.text


def test_another_rows_hash_is_named(settings: Settings, clock: ManualClock) -> None:
    head = head_of(settings)
    report = verify_audit(settings, clock, copied=f"row {head.seq - 1}, {head.hash.hex()}")
    assert not report.is_clean
    assert f"that of row {head.seq}, and not of row {head.seq - 1}" in report.text


def test_numbers_in_groups_are_read() -> None:
    for row in ("1,204,310", "1.204.310", "1 204 310", "1\u202f204\u202f310", "1204310"):
        assert read_noted(f"row {row}, {'a' * 64}") == Noted(1_204_310, b"\xaa" * 32)


@pytest.mark.parametrize("copied", ["9f3ac1...", "a" * 63, "a" * 65, "row 7", f"{'a' * 64} or so"])
def test_half_a_hash_is_none(settings: Settings, clock: ManualClock, copied: str) -> None:
    with pytest.raises(InvalidInput):
        verify_audit(settings, clock, copied=copied)


# The anchor file

HEAD = Head(7, bytes(range(32)))
AT = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_an_anchor_is_kept_once_for_the_same_end(tmp_path: Path) -> None:
    path = tmp_path / "new" / "anchor.jsonl"
    assert find_last_anchor(path) is None
    assert append_anchor(path, HEAD, AT)
    assert not append_anchor(path, HEAD, AT + timedelta(hours=1))
    assert append_anchor(path, Head(8, bytes(32)), AT)
    assert len(path.read_text().splitlines()) == 2
    found = find_last_anchor(path)
    assert found is not None
    assert found.head == Head(8, bytes(32))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_crash_cut_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "anchor.jsonl"
    append_anchor(path, HEAD, AT)
    whole = path.read_bytes()
    for length in range(1, len(whole)):
        path.write_bytes(whole + whole[:length])
        found = find_last_anchor(path)
        assert found is not None
        assert found.head == HEAD
    append_anchor(path, Head(9, bytes(32)), AT)
    found = find_last_anchor(path)
    assert found is not None
    assert found.head.seq == 9


def test_another_file_is_not_taken_for_anchors(tmp_path: Path) -> None:
    path = tmp_path / "anchor.jsonl"
    path.write_text("hello\nworld\nagain\n")
    with pytest.raises(StorageDamaged):
        find_last_anchor(path)
