"""Telling a whole chat its digest, for as long as whoever ordered it may show it."""

from __future__ import annotations

from bot.access import Principal
from bot.actions.digest import digest_of
from bot.actions.shared_digest import why_not
from bot.allowances import Allowances
from bot.audit.chain import AuditFact
from bot.deciding import offers
from bot.deciding.chat_digests import tell_chat
from bot.economy.wallets import Wallet
from bot.ports import Actor, Tx
from bot.replies.digest import shared_digest_ended_text
from bot.reports.told import Told
from bot.schedules.model import Run
from bot.schedules.shared_digests import EndedBy, SharedDigest
from scheduler.jobs.digest import NOWHERE, QUIET, SENT
from scheduler.jobs.digest_figures import KeptFigures

ENDED = "ended"


class SharedDigests:
    """Tells chats their digests."""

    def __init__(self, allowances: Allowances, figures: KeptFigures) -> None:
        self._allowances = allowances
        self._figures = figures

    def send(self, tx: Tx, run: Run) -> str:
        """Tell a chat the digest that a run is for; return how it ended, as a code.

        Where whoever ordered it is gone, or may not show its wallets any more, it ends, and the
        chat is told that instead.
        """
        digest = tx.shared_digests.find(run.schedule.plan.subject)
        if digest is None or digest.is_gone:
            return NOWHERE
        person = tx.people.get(digest.ordered_by)
        why = why_not(tx, person, digest.wallet_ids)
        if why is not None:
            _end(tx, run, digest, person, why)
            return ENDED
        actor = Actor(person, digest.conversation_id, allowances=self._allowances)
        figures = self._figures.of(tx, digest.wallet_ids, run)
        receipt = digest_of(figures, tx, actor, is_shared=True)
        told = Told.of(figures, receipt.requests)
        last = Told.load(run.schedule.told)
        if receipt.is_quiet or (last is not None and not told.is_news_after(last)):
            return QUIET
        place = tx.conversations.get(digest.conversation_id)
        tell_chat(tx, place, person, receipt, comes_again=True)
        tx.schedules.note_told(run.schedule, told.dump())
        return SENT


def _end(tx: Tx, run: Run, digest: SharedDigest, person: Principal, why: EndedBy) -> None:
    tx.schedules.end(run.schedule)
    known: list[Wallet | None] = [tx.wallets.find(one) for one in digest.wallet_ids]
    wallets = [wallet for wallet in known if wallet is not None]
    text = shared_digest_ended_text(wallets, person.name, why, person.language)
    offers.tell_all(tx, tx.conversations.get(digest.conversation_id), person, text)
    detail: dict[str, object] = {"why": why, "by": person.id}
    tx.record(AuditFact(tx.tenant, "bursar", "digest_unshared", digest.id, detail))
