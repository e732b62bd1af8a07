"""Bills of providers, and which of them were corrected by."""

from datetime import date
from typing import Final

import orjson
from sqlalchemy import Text, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.bills.imports import BillImport
from bot.bills.variance import Correction, Share
from bot.ids import PrincipalId, WalletId
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.usage import bill_import

_mine = bill_import.c.tenant == bindparam("tenant")
_new = insert(bill_import).values(
    {
        name: bindparam(name)
        for name in ("tenant", "id", "ref", "provider", "from_on", "until_on", "corrections")
    }
    | {"imported_us": bindparam("imported_us", type_=Int)}
)
_KEEP: Final = Statement(
    _new.on_conflict_do_update(
        index_elements=["tenant", "id"],
        set_={"corrections": _new.excluded.corrections, "imported_us": _new.excluded.imported_us},
        # What was corrected once is history.
        where=bill_import.c.state == "open",
    )
)
_BY_ID: Final = Statement(select(bill_import).where(_mine, bill_import.c.id == bindparam("id")))
_BY_REF: Final = Statement(select(bill_import).where(_mine, bill_import.c.ref == bindparam("ref")))
# Two bills may be of the same days: whoever corrects by one has all of the provider's.
_LOCK: Final = Statement(
    update(bill_import)
    .where(_mine, bill_import.c.provider == bindparam("sold_by", type_=Text))
    .values(imported_us=bill_import.c.imported_us)
)
_CLOSE: Final = Statement(
    update(bill_import)
    .where(
        _mine,
        bill_import.c.id == bindparam("import_id", type_=Text),
        bill_import.c.state == "open",
    )
    .values(
        state="corrected",
        corrected_by=bindparam("person_id", type_=Text),
        corrected_us=func.bursar_now(),
    )
)


def _to_import(row: Row) -> BillImport:
    return BillImport(
        id=row["id"],
        ref=row["ref"],
        provider=row["provider"],
        from_on=date.fromisoformat(row["from_on"]),
        until_on=date.fromisoformat(row["until_on"]),
        corrections=tuple(
            Correction(
                model=one["model"],
                on=date.fromisoformat(one["on"]),
                theirs_nanos=one["theirs_nanos"],
                ours_nanos=one["ours_nanos"],
                shares=tuple(
                    # Those of the first release had no day of their own.
                    Share(
                        WalletId(share["wallet_id"]),
                        share["amount_nanos"],
                        date.fromisoformat(share.get("on", one["on"])),
                    )
                    for share in one["shares"]
                ),
            )
            for one in orjson.loads(row["corrections"])
        ),
        state=row["state"],
    )


class SqlBills:
    """The imported bills of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def keep(self, new: BillImport) -> BillImport:
        self._conn.run(
            _KEEP,
            tenant=self._scope.tenant,
            id=new.id,
            ref=new.ref,
            provider=new.provider,
            from_on=new.from_on.isoformat(),
            until_on=new.until_on.isoformat(),
            corrections=orjson.dumps(new.corrections).decode(),
            imported_us=self._scope.now_us,
        )
        row = self._conn.row(_BY_ID, tenant=self._scope.tenant, id=new.id)
        if row is None:
            raise LookupError(f"bill {new.id} was not kept")
        return _to_import(row)

    def find(self, ref: str) -> BillImport | None:
        row = self._conn.row(_BY_REF, tenant=self._scope.tenant, ref=ref)
        return None if row is None else _to_import(row)

    def lock(self, provider: str) -> None:
        self._conn.run(_LOCK, tenant=self._scope.tenant, sold_by=provider)

    def close(self, import_id: str, by: PrincipalId) -> bool:
        return bool(
            self._conn.run(_CLOSE, tenant=self._scope.tenant, import_id=import_id, person_id=by)
        )
