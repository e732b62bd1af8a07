"""Where the cards of proposals hang, and what their buttons stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.ids import ConversationId, ProposalId
from bot.messages import Choice
from bot.proposals.model import Proposal


@dataclass(frozen=True, slots=True)
class PressedButton:
    """What a button stands for. `was_used` tells a second press from the first."""

    proposal_id: ProposalId
    conversation_id: ConversationId
    version: int
    choice: Choice
    was_used: bool


class CardStore(Protocol):
    """The cards of one tenant."""

    def show(self, proposal: Proposal, conversation_id: ConversationId) -> None:
        """Keep that a card of this version hangs in a conversation."""
        ...

    def list_places(self, proposal_id: ProposalId) -> list[tuple[ConversationId, int]]:
        """Return where cards hang and which version each shows."""
        ...

    def add_buttons(
        self,
        proposal: Proposal,
        conversation_id: ConversationId,
        tokens: Sequence[tuple[str, Choice]],
    ) -> None:
        """Keep the hashes of a card's buttons."""
        ...

    def press(self, token: str, conversation_id: ConversationId) -> PressedButton | None:
        """Look a button up and mark it as used; None if it is none of this conversation's."""
        ...

    def drop(self, ids: Sequence[ProposalId]) -> None:
        """Forget the cards of proposals that are over, their buttons and what they showed last."""
        ...
