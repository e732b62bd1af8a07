"""A digest as a whole chat is shown it, with buttons for everybody there."""

from __future__ import annotations

from bot import telling
from bot.access import Principal
from bot.actions.digest import DigestReceipt
from bot.actions.request_lists import ListRequests
from bot.actions.shared_digest import UnshareDigest
from bot.actions.spend import ShowTopSpenders
from bot.deciding import offers
from bot.deciding.offers import Offer
from bot.messages import Conversation
from bot.ports import Tx
from bot.replies.charts import chart_of
from bot.replies.reader import Language
from bot.replies.receipts import receipt_text
from bot.replies.words import say


def tell_chat(
    tx: Tx, place: Conversation, person: Principal, receipt: DigestReceipt, *, comes_again: bool
) -> None:
    """Tell everybody in a chat a digest, in a person's name; one that comes again can be ended."""
    reader = telling.reader_of(person, tx.now)
    text = receipt_text(receipt, reader)
    offers.tell_all(
        tx,
        place,
        person,
        text,
        _offers(receipt, reader.language, comes_again=comes_again),
        blocks=telling.titled(text),
        chart=chart_of(receipt, reader),
    )


def _offers(receipt: DigestReceipt, language: Language, *, comes_again: bool) -> list[Offer]:
    """Return what anybody there can try: each may do what they may do, and sees it alone."""
    roots = receipt.figures.wallets
    root = roots[0].id if len(roots) == 1 else None
    made = [Offer(say(language, "offer.top"), ShowTopSpenders(wallet_id=root))]
    if receipt.requests:
        made.append(
            Offer(say(language, "offer.requests"), ListRequests(which="open", wallet_id=root))
        )
    if comes_again:
        made.append(Offer(say(language, "offer.digest.unshare"), UnshareDigest()))
    return made
