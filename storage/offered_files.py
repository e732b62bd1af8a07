"""Files that wait until their reader takes them: each is taken once, by whom it is for."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Text, bindparam, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.clock import from_us, to_us
from bot.ids import PrincipalId, new_token
from bot.platforms.offered_files import Destination, OfferedFile
from storage.connection import Connection
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.columns import Int
from storage.tables.offered_files import offered_file

_MICROSECOND: Final = timedelta(microseconds=1)
_offer = insert(offered_file).values(
    id=bindparam("id"),
    tenant=bindparam("tenant"),
    principal_id=bindparam("principal_id"),
    outbox_id=bindparam("outbox_id"),
    number=bindparam("number"),
    name=bindparam("name"),
    expires_us=bindparam("expires_us"),
)
# Sent again it is the same file, and can be taken as long as a new one.
_OFFER: Final = Statement(
    _offer.on_conflict_do_update(
        index_elements=[
            offered_file.c.tenant,
            offered_file.c.outbox_id,
            offered_file.c.number,
        ],
        set_={"expires_us": _offer.excluded.expires_us},
    ).returning(offered_file.c.id)
)
_FIND: Final = Statement(
    select(
        offered_file,
        case((offered_file.c.expires_us <= func.bursar_now(), 1), else_=0).label("is_expired"),
    ).where(
        offered_file.c.tenant == bindparam("tenant"), offered_file.c.id == bindparam("file_id")
    )
)
_is_open = (
    offered_file.c.tenant == bindparam("tenant"),
    offered_file.c.id == bindparam("file_id"),
    offered_file.c.principal_id == bindparam("person_id", type_=Text),
    offered_file.c.state == "offered",
    offered_file.c.expires_us > func.bursar_now(),
)
_TAKE: Final = Statement(
    update(offered_file)
    .where(*_is_open, offered_file.c.url_digest != bindparam("digest", type_=Text))
    .values(
        state="taken",
        answered_us=func.bursar_now(),
        upload_url=bindparam("to_url", type_=Text),
        url_digest=bindparam("digest", type_=Text),
        content_url=bindparam("seen_at", type_=Text),
        unique_id=bindparam("known_as", type_=Text),
        given_name=bindparam("called", type_=Text),
        file_type=bindparam("kind", type_=Text),
    )
)
_LEAVE: Final = Statement(
    update(offered_file).where(*_is_open).values(state="left", answered_us=func.bursar_now())
)
_is_taken = (
    offered_file.c.tenant == bindparam("tenant"),
    offered_file.c.id == bindparam("file_id"),
    offered_file.c.state == "taken",
)
_HAND_OVER: Final = Statement(
    update(offered_file).where(*_is_taken).values(state="handed_over", upload_url="")
)
# The digest stays: the old address, delivered late, is no new acceptance.
_PUT_BACK: Final = Statement(
    update(offered_file)
    .where(*_is_taken)
    .values(state="offered", upload_url="", expires_us=bindparam("until_us", type_=Int))
)
_ERASE: Final = Statement(
    delete(offered_file).where(
        offered_file.c.tenant == bindparam("tenant"),
        offered_file.c.principal_id == bindparam("person_id", type_=Text),
    )
)
_DROP_OLD: Final = Statement(
    delete(offered_file).where(
        offered_file.c.expires_us <= func.bursar_now() - bindparam("age_us", type_=Int)
    )
)


class SqlOfferedFiles:
    """The offered files of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def offer(
        self,
        outbox_id: int,
        number: int,
        *,
        person_id: PrincipalId,
        name: str,
        expires_at: datetime,
    ) -> str:
        row = self._conn.row(
            _OFFER,
            id=new_token(),
            tenant=self._scope.tenant,
            principal_id=person_id,
            outbox_id=outbox_id,
            number=number,
            name=name,
            expires_us=to_us(expires_at),
        )
        assert row is not None  # noqa: S101  # it was written just now
        return str(row["id"])

    def find(self, file_id: str) -> OfferedFile | None:
        row = self._conn.row(_FIND, tenant=self._scope.tenant, file_id=file_id)
        if row is None:
            return None
        answered_us = row["answered_us"]
        destination = Destination(
            row["upload_url"],
            row["content_url"],
            row["unique_id"],
            row["given_name"],
            row["file_type"],
        )
        return OfferedFile(
            id=row["id"],
            person_id=PrincipalId(row["principal_id"]),
            outbox_id=row["outbox_id"],
            number=row["number"],
            name=row["name"],
            state=row["state"],
            expires_at=from_us(row["expires_us"]),
            is_expired=bool(row["is_expired"]),
            answered_at=None if answered_us is None else from_us(answered_us),
            url_digest=row["url_digest"],
            destination=destination if row["url_digest"] else None,
        )

    def take(
        self, file_id: str, person_id: PrincipalId, destination: Destination, url_digest: str
    ) -> bool:
        return bool(
            self._conn.run(
                _TAKE,
                tenant=self._scope.tenant,
                file_id=file_id,
                person_id=person_id,
                to_url=destination.upload_url,
                digest=url_digest,
                seen_at=destination.content_url,
                known_as=destination.unique_id,
                called=destination.name,
                kind=destination.file_type,
            )
        )

    def leave(self, file_id: str, person_id: PrincipalId) -> bool:
        return bool(
            self._conn.run(_LEAVE, tenant=self._scope.tenant, file_id=file_id, person_id=person_id)
        )

    def hand_over(self, file_id: str) -> bool:
        return bool(self._conn.run(_HAND_OVER, tenant=self._scope.tenant, file_id=file_id))

    def put_back(self, file_id: str, expires_at: datetime) -> bool:
        return bool(
            self._conn.run(
                _PUT_BACK,
                tenant=self._scope.tenant,
                file_id=file_id,
                until_us=to_us(expires_at),
            )
        )

    def erase(self, person_id: PrincipalId) -> int:
        return self._conn.run(_ERASE, tenant=self._scope.tenant, person_id=person_id)

    def drop_old(self, age: timedelta) -> int:
        return self._conn.run(_DROP_OLD, age_us=age // _MICROSECOND)
