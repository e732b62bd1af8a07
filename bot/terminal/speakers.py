"""Who may speak in a terminal: the people of a company, read from its database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from adapters.terminal.inbound import ACCOUNT, CHAT, PLATFORM
from adapters.terminal.session import Speaker
from bot.access import Principal
from bot.audit.chain import AuditFact
from bot.economy.wallets import Wallet
from bot.errors.kinds import InvalidInput
from bot.ids import ConversationId, PrincipalId, TenantId
from bot.replies.parts import role_of
from bot.replies.reader import Language
from storage.database import Database
from storage.transaction import SqlTx


class CompanySpeakers:
    """The people of a company, as the terminal asks for them; also the names to complete."""

    def __init__(self, database: Database, tenant: TenantId) -> None:
        self._database = database
        self._tenant = tenant
        self._handles: dict[ConversationId, str] = {}
        self.people: list[Principal] = []
        self.names: list[str] = []

    async def list_all(self) -> Sequence[Speaker]:
        def look(tx: SqlTx) -> tuple[list[Principal], list[Wallet]]:
            return tx.people.list_all(), tx.wallets.list_all()

        everybody, wallets = await self._database.read(look, tenant=self._tenant)
        self.people = [person for person in everybody if not person.is_disabled]
        wallet_names = {wallet.id: wallet.name for wallet in wallets if not wallet.is_closed}
        self.names = sorted({*wallet_names.values(), *(person.name for person in self.people)})
        return [
            Speaker(
                handle=person.handle,
                name=person.name,
                about={
                    language: ", ".join(
                        role_of(grant.role, wallet_names.get(grant.wallet_id), language)
                        for grant in person.grants
                    )
                    for language in get_args(Language)
                },
                language=person.language,
            )
            for person in self.people
        ]

    async def enter(self, speaker: Speaker) -> None:
        person_id = next(x.id for x in self.people if x.handle == speaker.handle)

        def let_in(tx: SqlTx) -> ConversationId:
            if tx.people.link(person_id, PLATFORM, ACCOUNT, speaker.handle):
                detail: dict[str, object] = {"platform": PLATFORM}
                tx.record(AuditFact(tx.tenant, "operator", "link_account", person_id, detail))
            return tx.conversations.open(PLATFORM, CHAT, "", person_id).id

        place = await self._database.write(let_in, tenant=self._tenant)
        self._handles[place] = speaker.handle

    async def handle_of(self, conversation_id: ConversationId) -> str:
        if conversation_id not in self._handles:

            def look(tx: SqlTx) -> str:
                place = tx.conversations.get(conversation_id)
                return tx.people.get(PrincipalId(place.principal_id)).handle

            found = await self._database.read(look, tenant=self._tenant)
            self._handles[conversation_id] = found
        return self._handles[conversation_id]

    async def choose(self, wanted: str | None) -> Speaker:
        """Return who speaks first: whom the command names, else the company's first owner.

        Raises:
            InvalidInput: nobody has that handle.
        """
        listed = await self.list_all()
        owners = [person.handle for person in self.people if person.has_role("owner")]
        handle = (wanted or owners[0]).removeprefix("@").casefold()
        for speaker in listed:
            if speaker.handle == handle:
                return speaker
        names = ", ".join(speaker.handle for speaker in listed)
        raise InvalidInput("--as", f"nobody has the handle {handle!r}", example=names)
