"""Errors of what is asked for in a chat: who asks and where, drafts, buttons, files."""

from datetime import datetime

from bot.errors.kinds import Refused, Unavailable


class ActionTooSlow(Refused):
    """What was asked took longer than an action may; it was given up, and nothing was changed."""

    code = "action_too_slow"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds:g} s", seconds=round(seconds))


class FileTooLarge(Refused):
    """What was asked for makes a larger file than is handed over; none was made."""

    code = "file_too_large"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"more than {most_bytes} bytes", megabytes=most_bytes // 1_000_000)


class NothingToUndo(Refused):
    """The person did nothing here that can still be undone."""

    code = "nothing_to_undo"


class NotPrivate(Refused):
    """What was asked for is for one person's eyes, and others read along here."""

    code = "not_private"

    def __init__(self) -> None:
        super().__init__("others read along here")


class NotShared(Refused):
    """What was asked for is for everybody in a chat, and nobody else reads along here."""

    code = "not_shared"

    def __init__(self) -> None:
        super().__init__("nobody else reads along here")


class OfferUsed(Refused):
    """A button did its work before; `outcome` is "done" or "drafted"."""

    code = "offer_used"

    def __init__(self, label: str, *, outcome: str, at: datetime) -> None:
        super().__init__("the offer was used", label=label, outcome=outcome, at=at)


class OfferExpired(Refused):
    """The database's clock has passed a button's end."""

    code = "offer_expired"

    def __init__(self, label: str, *, at: datetime) -> None:
        super().__init__("the offer is over", label=label, at=at)


class FileNotOffered(Refused):
    """A file waits for nobody; `outcome` is "taken", "left", "expired", or "gone" otherwise."""

    code = "file_not_offered"

    def __init__(self, name: str, *, outcome: str, at: datetime | None) -> None:
        super().__init__("the file is not offered", name=name, outcome=outcome, at=at)


class NoDestination(Refused):
    """A file was to be put at a `host` to which this company writes none."""

    code = "no_destination"

    def __init__(self, host: str) -> None:
        super().__init__("files are not put there", host=host)


class ProposalNotOpen(Refused):
    """The proposal cannot be decided any more; `state`, and who decided where somebody did."""

    code = "proposal_not_open"

    def __init__(self, ref: str, **facts: object) -> None:
        super().__init__(f"proposal {ref!r} is not open", ref=ref, **facts)


class ProposalExpired(ProposalNotOpen):
    """The database's clock has passed the proposal's end."""

    code = "proposal_expired"


class ProposalSuperseded(ProposalNotOpen):
    """The button belongs to an earlier version of the proposal."""

    code = "proposal_superseded"


class ProposalDecided(ProposalNotOpen):
    """Somebody decided before; facts say who, what and when."""

    code = "proposal_decided"


class OutOfTurn(Unavailable):
    """An earlier message of the conversation is not finished yet."""

    code = "out_of_turn"
    retry_after_s = 0.05
