"""Accounts and transfers in the database."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from bot.clock import from_us, to_us
from bot.economy.ledger import (
    Account,
    AccountKey,
    AccountKind,
    Crossing,
    Entry,
    Movement,
    OpenHold,
    Resolution,
    Shortfall,
    Unit,
)
from bot.errors.kinds import KeyReused
from bot.errors.money import HoldResolved, LedgerReadOnly
from bot.ids import HoldId, IdempotencyKey, TenantId
from storage import ledger_statements as sql
from storage.connection import Connection, Row
from storage.postings import Posting
from storage.scope import Scope


def _to_account(row: Row) -> Account:
    return Account(
        id=row["id"],
        key=AccountKey(row["kind"], row["owner"], row["unit"], row["period"]),
        cr=row["cr"],
        dr=row["dr"],
        held=row["held"],
        moved=row["moved"],
        overdraft=row["overdraft"],
        floor=row["floor"],
        lapsed=row["lapsed"],
    )


def _to_hold(row: Row) -> OpenHold:
    return OpenHold(
        id=HoldId(row["id"]),
        group=row["grp"],
        debit_id=row["dr_acc"],
        credit_id=row["cr_acc"],
        amount=row["amount"],
        expires_at=from_us(row["expires_us"]),
    )


class SqlLedger:
    """The ledger of the scope's tenant on an open connection."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def find_account(self, key: AccountKey) -> Account | None:
        row = self._conn.row(sql.BY_KEY, **self._key(key))
        return None if row is None else _to_account(row)

    def list_accounts(
        self, kind: AccountKind, owners: Sequence[str], periods: Sequence[str], unit: Unit
    ) -> list[Account]:
        if not owners or not periods:
            return []
        rows = self._conn.rows(
            sql.list_of(len(owners), len(periods)),
            tenant=self._scope.tenant,
            kind=kind,
            unit=unit,
            **{f"owner_{index}": owner for index, owner in enumerate(owners)},
            **{f"period_{index}": period for index, period in enumerate(periods)},
        )
        return [_to_account(row) for row in rows]

    def list_later(self, key: AccountKey) -> list[Account]:
        span = key.period.partition(":")[0]
        rows = self._conn.rows(
            sql.LATER,
            tenant=self._scope.tenant,
            kind=key.kind,
            owner=key.owner,
            unit=key.unit,
            period=key.period,
            of_span=f"{span}:%",
        )
        return [_to_account(row) for row in rows]

    def find_ids(
        self, kind: AccountKind, places: Sequence[tuple[str, str]], unit: Unit
    ) -> dict[tuple[str, str], int]:
        if self._conn.kept is None:
            owners, periods = ([*dict.fromkeys(side)] for side in zip(*places, strict=True))
            accounts = self.list_accounts(kind, owners, periods, unit)
            return {(one.key.owner, one.key.period): one.id for one in accounts}
        keys = {(owner, period): AccountKey(kind, owner, unit, period) for owner, period in places}
        found = {
            place: self._conn.row(sql.ID_BY_KEY, **self._key(key)) for place, key in keys.items()
        }
        return {place: row[0] for place, row in found.items() if row is not None}

    def open_account(
        self, key: AccountKey, *, is_bottomless: bool = False, overdraft: int = 0
    ) -> tuple[Account, bool]:
        found = self.find_account(key)
        if found is not None:
            return found, False
        return self.make_account(key, is_bottomless=is_bottomless, overdraft=overdraft)

    def make_account(
        self, key: AccountKey, *, is_bottomless: bool = False, overdraft: int = 0
    ) -> tuple[Account, bool]:
        # Two first uses meet at the unique key: one makes the row, the other finds it.
        made = self._conn.row(
            sql.MAKE,
            **self._key(key),
            overdraft=overdraft,
            floor=None if is_bottomless else -overdraft,
        )
        if made is not None:
            return _to_account(made), True
        found = self.find_account(key)
        if found is None:
            raise RuntimeError(f"account {key} was neither made nor found")
        return found, False

    def open_id(
        self, key: AccountKey, *, is_bottomless: bool = False, overdraft: int = 0
    ) -> tuple[int, bool]:
        row = self._conn.row(sql.ID_BY_KEY, **self._key(key))
        if row is not None:
            return row[0], False
        account, is_new = self.open_account(key, is_bottomless=is_bottomless, overdraft=overdraft)
        return account.id, is_new

    def transfer(self, movement: Movement) -> bool:
        return self._post(movement, kind=None)

    def hold(self, movement: Movement) -> bool:
        return self._post(movement, kind="hold")

    def take_together(self, uses: Sequence[Movement], holds: Sequence[Movement]) -> bool:
        self._refuse_when_read_only()
        parts = [*((each, None) for each in uses), *((each, "hold") for each in holds)]
        if self._conn.dialect != "sqlite" or sum(len(each.entries) for each, _ in parts) < 2:
            return False
        for movement, _ in parts:
            self._touch(movement)
        return self._take_together(parts)

    def list_open_holds(self, group: str) -> list[OpenHold]:
        rows = self._conn.rows(sql.OPEN_HOLDS, tenant=self._scope.tenant, grp=group)
        return [_to_hold(row) for row in rows]

    def list_expired_holds(self, group: str) -> list[OpenHold]:
        rows = self._conn.rows(sql.EXPIRED_HOLDS, tenant=self._scope.tenant, grp=group)
        return [_to_hold(row) for row in rows]

    def list_expired_groups(self, limit: int) -> list[tuple[TenantId, str]]:
        return [(row["tenant"], row["grp"]) for row in self._conn.rows(sql.EXPIRED, limit=limit)]

    def resolve(
        self,
        holds: Sequence[OpenHold],
        how: Resolution,
        amount: int = 0,
        *,
        actor: str,
        cause: str,
    ) -> None:
        self._refuse_when_read_only()
        if not holds:
            return
        self._scope.touch(
            self._conn, *chain.from_iterable((x.debit_id, x.credit_id) for x in holds)
        )
        took = self._conn.run(
            sql.resolved_together(len(holds)),
            how=how,
            post_amount=amount,
            resolver=actor,
            why=cause,
            now_us=self._scope.now_us,
            tenant=self._scope.tenant,
            **{f"hold_{at}": held.id for at, held in enumerate(holds)},
        )
        if took < len(holds):
            raise HoldResolved(holds[0].id)
        posted = amount if how == "post" else 0
        for held in holds:
            self._scope.moved(held.debit_id, dr=posted, held=-held.amount)
            self._scope.moved(held.credit_id, cr=posted)

    def has_posted(self, key: IdempotencyKey) -> bool:
        return self._find(_entry_id(key, 0)) is not None

    def how_resolved(self, group: str) -> Resolution | None:
        row = self._conn.row(sql.RESOLVED, tenant=self._scope.tenant, grp=group)
        return None if row is None else row["kind"]

    def record_crossing(self, crossing: Crossing) -> bool:
        return bool(
            self._conn.run(
                sql.CROSSING,
                tenant=self._scope.tenant,
                account_id=crossing.account_id,
                percent=crossing.percent,
                wallet_id=crossing.wallet_id,
                period=crossing.period,
                used_nanos=crossing.used_nanos,
                limit_nanos=crossing.limit_nanos,
                at_us=self._scope.now_us,
            )
        )

    def moved_to(self, account_id: int) -> tuple[int, int]:
        return self._scope.moved_to(account_id)

    def lower_floor(self, account_id: int, by: int) -> None:
        self._refuse_when_read_only()
        self._conn.run(sql.LOWER_FLOOR, tenant=self._scope.tenant, id=account_id, by=by)

    def set_overdraft(self, account_id: int, overdraft: int) -> None:
        self._refuse_when_read_only()
        self._conn.run(
            sql.SET_OVERDRAFT,
            tenant=self._scope.tenant,
            account_id=account_id,
            new_overdraft=overdraft,
        )

    def refresh(self, account_id: int) -> Account:
        row = self._conn.row(sql.BY_ID, tenant=self._scope.tenant, id=account_id)
        if row is None:
            raise LookupError(f"no account {account_id}")
        return _to_account(row)

    def _post(self, movement: Movement, *, kind: str | None) -> bool:
        self._refuse_when_read_only()
        self._touch(movement)
        if self._scope.postings.are_wanted and self._put_off(movement, kind):
            return True
        if len(movement.entries) == 1:
            return self._post_entries(movement, kind)
        if kind == "hold" and self._take_together([(movement, kind)]):
            return True
        mark = self._scope.mark()
        try:
            with self._conn.savepoint():
                return self._post_entries(movement, kind)
        except BaseException:
            self._scope.back_to(mark)
            raise

    def _touch(self, movement: Movement) -> None:
        # Shared accounts, which stand last, are taken first: two transactions that meet there
        # wait for each other before either holds anything that the other one wants.
        sides = [(entry.debit_id, entry.credit_id) for entry in reversed(movement.entries)]
        self._scope.touch(self._conn, *chain.from_iterable(sides))

    def _put_off(self, movement: Movement, kind: str | None) -> bool:
        """Note a movement, to be written with others; False if it must be written at once."""
        scope, tenant, at_us = self._scope, self._scope.tenant, self._scope.now_us
        mark = scope.mark()
        for step, entry in enumerate(movement.entries):
            entry_id = _entry_id(movement.key, step)
            if (
                entry.is_forced
                or not scope.postings.may_add(tenant, entry_id, entry.debit_id)
                or not scope.foresees(
                    entry.debit_id,
                    entry.credit_id,
                    entry.amount,
                    moves_credit=entry.moves_credit and kind is None,
                )
            ):
                scope.back_to(mark)
                return False
            scope.postings.add(
                Posting(
                    tenant,
                    entry_id,
                    movement.key,
                    _kind_of(entry, kind),
                    entry.debit_id,
                    entry.credit_id,
                    entry.amount,
                    _to_us_or_none(entry.expires_at),
                    movement.actor,
                    movement.cause,
                    at_us,
                )
            )
            self._note(entry, kind)
        self._conn.put_off(self._write_postings)
        return True

    def _take_together(self, parts: Sequence[tuple[Movement, str | None]]) -> bool:
        """Post or hold movements in one statement; False if it took nothing, for whatever why.

        Where there is one writer. It looks at the accounts as they were before it.
        """
        if self._conn.dialect != "sqlite":
            return False
        rows = [
            (_entry_id(movement.key, step), movement, kind, entry)
            for movement, kind in parts
            for step, entry in enumerate(movement.entries)
        ]
        if len({entry.debit_id for *_, entry in rows}) < len(rows):
            return False
        values: dict[str, object] = {}
        for at, (entry_id, movement, kind, entry) in enumerate(rows):
            values[f"id_{at}"] = entry_id
            values[f"grp_{at}"] = movement.key
            values[f"kind_{at}"] = _kind_of(entry, kind)
            values[f"debit_{at}"] = entry.debit_id
            values[f"credit_{at}"] = entry.credit_id
            values[f"amount_{at}"] = entry.amount
            values[f"ends_{at}"] = _to_us_or_none(entry.expires_at)
            values[f"actor_{at}"] = movement.actor
            values[f"cause_{at}"] = movement.cause
        took = self._conn.run(
            sql.taken_together(len(rows)),
            tenant=self._scope.tenant,
            at_us=self._scope.now_us,
            **values,
        )
        for _, _, kind, entry in rows if took else ():
            self._note(entry, kind)
        return bool(took)

    def _write_postings(self) -> None:
        self._scope.postings.write(self._conn)

    def _note(self, entry: Entry, kind: str | None) -> None:
        if kind == "hold":
            self._scope.moved(entry.debit_id, held=entry.amount)
        else:
            self._scope.moved(entry.debit_id, dr=entry.amount)
            self._scope.moved(entry.credit_id, cr=entry.amount)

    def _post_entries(self, movement: Movement, kind: str | None) -> bool:
        for step, entry in enumerate(movement.entries):
            if self._post_entry(movement, step, entry, kind):
                continue
            if step == 0 and self.has_posted(movement.key):
                self._refuse_other_contents(movement, kind)
                return False
            if self._find(_entry_id(movement.key, step)) is not None:
                raise KeyReused(movement.key)
            raise Shortfall(self.refresh(entry.debit_id), entry.amount)
        return True

    def _post_entry(self, movement: Movement, step: int, entry: Entry, kind: str | None) -> bool:
        took = self._conn.run(
            sql.FORCE if entry.is_forced else sql.POST,
            id=_entry_id(movement.key, step),
            grp=movement.key,
            kind=_kind_of(entry, kind),
            tenant=self._scope.tenant,
            debit_id=entry.debit_id,
            credit_id=entry.credit_id,
            amount=entry.amount,
            expires_us=_to_us_or_none(entry.expires_at),
            actor=movement.actor,
            cause=movement.cause,
            at_us=self._scope.now_us,
        )
        if took:
            self._note(entry, kind)
        return bool(took)

    def _refuse_other_contents(self, movement: Movement, kind: str | None) -> None:
        """Raise `KeyReused` unless the entries kept under the key are those of the movement."""
        rows = self._conn.rows(sql.OF_GROUP, tenant=self._scope.tenant, grp=movement.key)
        # A repeated hold ends later than the first one, for it is made later; that is no
        # other hold.
        kept = [
            (*(row[index] for index in range(5)), row[5] if row["kind"] == "move" else None)
            for row in rows
        ]
        asked = [
            (
                _entry_id(movement.key, step),
                _kind_of(entry, kind),
                entry.debit_id,
                entry.credit_id,
                entry.amount,
                _to_us_or_none(entry.expires_at) if entry.moves_credit else None,
            )
            for step, entry in enumerate(movement.entries)
        ]
        if kept != asked:
            raise KeyReused(movement.key)

    def _find(self, transfer_id: str) -> Row | None:
        return self._conn.row(sql.TRANSFER_BY_ID, tenant=self._scope.tenant, id=transfer_id)

    def _refuse_when_read_only(self) -> None:
        if self._scope.guard.is_read_only:
            raise LedgerReadOnly("the ledger is read-only")

    def _key(self, key: AccountKey) -> dict[str, object]:
        return {
            "tenant": self._scope.tenant,
            "kind": key.kind,
            "owner": key.owner,
            "unit": key.unit,
            "period": key.period,
        }


def _entry_id(key: IdempotencyKey, step: int) -> str:
    return f"{key}/{step}"


def _kind_of(entry: Entry, kind: str | None) -> str:
    return kind or ("move" if entry.moves_credit else "transfer")


def _to_us_or_none(at: datetime | None) -> int | None:
    return None if at is None else to_us(at)
