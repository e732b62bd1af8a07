"""The cards of proposals: where they hang, and what their buttons stand for."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Text, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.ids import ConversationId, ProposalId
from bot.messages import Choice
from bot.proposals.cards import PressedButton
from bot.proposals.model import Proposal
from storage.connection import Connection
from storage.scope import Scope
from storage.statements import Statement
from storage.tables.messages import outbox
from storage.tables.proposals import button, card
from storage.tokens import hash_token

_card = insert(card).values(
    proposal_id=bindparam("proposal_id"),
    conversation_id=bindparam("conversation_id"),
    tenant=bindparam("tenant"),
    version=bindparam("version"),
    shown_us=bindparam("shown_us"),
)
_SHOW_CARD: Final = Statement(
    _card.on_conflict_do_update(
        index_elements=[card.c.proposal_id, card.c.conversation_id],
        set_={"version": _card.excluded.version, "shown_us": _card.excluded.shown_us},
    )
)
_CARDS: Final = Statement(
    select(card.c.conversation_id, card.c.version)
    .where(card.c.tenant == bindparam("tenant"), card.c.proposal_id == bindparam("proposal_id"))
    .order_by(card.c.shown_us, card.c.conversation_id)
)
_ADD_BUTTON: Final = Statement(
    insert(button)
    .values(
        token_hash=bindparam("token_hash"),
        proposal_id=bindparam("proposal_id"),
        tenant=bindparam("tenant"),
        conversation_id=bindparam("conversation_id"),
        version=bindparam("version"),
        choice=bindparam("choice"),
    )
    .inline()
)
_BUTTON: Final = Statement(
    select(button).where(
        button.c.token_hash == bindparam("token_hash"),
        button.c.tenant == bindparam("tenant"),
        button.c.conversation_id == bindparam("conversation_id"),
    )
)
_USE_BUTTON: Final = Statement(
    update(button)
    .where(button.c.token_hash == bindparam("token"), button.c.used_us.is_(None))
    .values(used_us=func.bursar_now())
)
_DROP_BUTTONS: Final = Statement(
    delete(button).where(
        button.c.tenant == bindparam("tenant"), button.c.proposal_id == bindparam("of_proposal")
    )
)
_DROP_CARDS: Final = Statement(
    delete(card).where(
        card.c.tenant == bindparam("tenant"), card.c.proposal_id == bindparam("of_proposal")
    )
)
_later = outbox.alias("later")
# What each card was: nothing will edit it any more.
_DROP_SHOWN: Final = Statement(
    delete(outbox).where(
        outbox.c.tenant == bindparam("tenant"),
        outbox.c.conversation_id.in_(
            select(card.c.conversation_id).where(
                card.c.tenant == bindparam("tenant"),
                card.c.proposal_id == bindparam("of_proposal", type_=Text),
            )
        ),
        outbox.c.card == bindparam("of_proposal", type_=Text),
        # As the index has it, word for word: SQLite looks no deeper.
        text("outbox.card <> '' AND outbox.platform_msg_id <> ''"),
        outbox.c.state == "sent",
        # Never the last row: see the outbox.
        outbox.c.id < select(func.max(_later.c.id)).scalar_subquery(),
    )
)


class SqlCards:
    """The cards of the scope's tenant."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._conn = connection
        self._scope = scope

    def show(self, proposal: Proposal, conversation_id: ConversationId) -> None:
        self._conn.run(
            _SHOW_CARD,
            proposal_id=proposal.id,
            conversation_id=conversation_id,
            tenant=self._scope.tenant,
            version=proposal.version,
            shown_us=self._scope.now_us,
        )

    def list_places(self, proposal_id: ProposalId) -> list[tuple[ConversationId, int]]:
        rows = self._conn.rows(_CARDS, tenant=self._scope.tenant, proposal_id=proposal_id)
        return [(ConversationId(row[0]), row[1]) for row in rows]

    def add_buttons(
        self,
        proposal: Proposal,
        conversation_id: ConversationId,
        tokens: Sequence[tuple[str, Choice]],
    ) -> None:
        self._conn.run_many(
            _ADD_BUTTON,
            [
                {
                    "token_hash": hash_token(token),
                    "proposal_id": proposal.id,
                    "tenant": self._scope.tenant,
                    "conversation_id": conversation_id,
                    "version": proposal.version,
                    "choice": choice,
                }
                for token, choice in tokens
            ],
        )

    def press(self, token: str, conversation_id: ConversationId) -> PressedButton | None:
        hashed = hash_token(token)
        row = self._conn.row(
            _BUTTON,
            token_hash=hashed,
            tenant=self._scope.tenant,
            conversation_id=conversation_id,
        )
        if row is None:
            return None
        is_first = bool(self._conn.run(_USE_BUTTON, token=hashed))
        return PressedButton(
            proposal_id=ProposalId(row["proposal_id"]),
            conversation_id=ConversationId(row["conversation_id"]),
            version=row["version"],
            choice=row["choice"],
            was_used=not is_first,
        )

    def drop(self, ids: Sequence[ProposalId]) -> None:
        for one in ids:
            for statement in (_DROP_SHOWN, _DROP_BUTTONS, _DROP_CARDS):
                self._conn.run(statement, tenant=self._scope.tenant, of_proposal=one)
