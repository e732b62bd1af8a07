"""What a company allows of models."""

from collections.abc import Sequence
from typing import Final

import orjson
from sqlalchemy import Text, bindparam, null, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us
from bot.economy.caps import Caps
from bot.economy.wallets import NamesChanged
from bot.ids import PrincipalId
from bot.routing.policy import USUAL, ModelPolicy, Pause
from storage.connection import Connection, Row
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.models import model_policy

_GET: Final = Statement(select(model_policy).where(model_policy.c.tenant == bindparam("tenant")))
_RULES: Final = ("turn_nanos", "person_day_nanos", "bot_day_nanos", "personal_data", "only_hosts")
_rules = insert(model_policy).values(
    tenant=bindparam("tenant"),
    version=bindparam("new_version", type_=Int),
    **{name: bindparam(name, type_=model_policy.c[name].type) for name in _RULES},
)
# Of two who change something at once the second finds another version, and changes nothing.
_REPLACE: Final = Statement(
    _rules.on_conflict_do_update(
        index_elements=[model_policy.c.tenant],
        set_={name: _rules.excluded[name] for name in ("version", *_RULES)},
        where=model_policy.c.version == _rules.excluded.version - 1,
    ).returning(model_policy.c.version)
)
_paused = insert(model_policy).values(
    tenant=bindparam("tenant"),
    paused_us=bindparam("now_us", type_=Int),
    paused_by=bindparam("by", type_=Text),
    version=1,
)
_PAUSE: Final = Statement(
    _paused.on_conflict_do_update(
        index_elements=[model_policy.c.tenant],
        set_={
            "paused_us": _paused.excluded.paused_us,
            "paused_by": _paused.excluded.paused_by,
            "version": model_policy.c.version + 1,
        },
        where=model_policy.c.paused_us.is_(None),
    ).returning(model_policy.c.version)
)
_RESUME: Final = Statement(
    update(model_policy)
    .where(model_policy.c.tenant == bindparam("tenant"), model_policy.c.paused_us.is_not(None))
    .values(paused_us=null(), paused_by="", version=model_policy.c.version + 1)
    .returning(model_policy.c.version)
)


def _to_policy(rows: Sequence[Row]) -> ModelPolicy:
    if not rows:
        return USUAL
    row = rows[0]
    paused_us = row["paused_us"]
    return ModelPolicy(
        pause=None if paused_us is None else Pause(row["paused_by"], from_us(paused_us)),
        caps=Caps(row["turn_nanos"], row["person_day_nanos"], row["bot_day_nanos"]),
        personal_data=row["personal_data"],
        only_hosts=tuple(orjson.loads(row["only_hosts"])),
        version=row["version"],
    )


class SqlPolicies:
    """The rules for models of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def get(self) -> ModelPolicy:
        return self._conn.made(_to_policy, _GET, tenant=self._scope.tenant)

    def replace(self, policy: ModelPolicy) -> bool:
        # What a message is made ready by is known with the names.
        self._scope.committed.append(NamesChanged(self._scope.tenant))
        return self._has_changed(
            _REPLACE,
            new_version=policy.version + 1,
            turn_nanos=policy.caps.turn,
            person_day_nanos=policy.caps.person_day,
            bot_day_nanos=policy.caps.bot_day,
            personal_data=policy.personal_data,
            only_hosts=orjson.dumps(policy.only_hosts).decode(),
        )

    def pause(self, by: PrincipalId) -> bool:
        return self._has_changed(_PAUSE, now_us=self._scope.now_us, by=by)

    def resume(self) -> bool:
        return self._has_changed(_RESUME)

    def _has_changed(self, statement: Statement, **values: object) -> bool:
        row = self._conn.row(statement, tenant=self._scope.tenant, **values)
        return row is not None
