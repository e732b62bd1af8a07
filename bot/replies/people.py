"""What was done about people, their rights, plans and accounts, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.actions.accounts import AccountLinked, AccountUnlinked, LinkMade
from bot.actions.base import Receipt
from bot.actions.people import PersonAdded, PersonDisabled, RoleChanged
from bot.actions.plans import PauseLifted, PlanSet, QuotaGivenBack
from bot.actions.quiet import QuietHoursReceipt
from bot.actions.rights import RoleLimitSet
from bot.replies.dates import when
from bot.replies.parts import (
    bound,
    deed_words,
    key_for,
    role_name,
    shown,
)
from bot.replies.reader import Reader
from bot.replies.words import say


def _person_added(receipt: PersonAdded, reader: Reader, is_other: bool) -> str:
    language = reader.language
    key = "person.added" if receipt.wallet else "person.added.no_wallet"
    text = say(language, key, name=shown(receipt.name), wallet=shown(receipt.wallet))
    return f"{text} {say(language, 'person.handle', handle=shown(receipt.handle))}"


def _person_disabled(receipt: PersonDisabled, reader: Reader, is_other: bool) -> str:
    return say(reader.language, "person.disabled", name=shown(receipt.name))


def _link_made(receipt: LinkMade, reader: Reader, is_other: bool) -> str:
    language, token = reader.language, receipt.token
    return say(language, "link.made", token=token, when=when(receipt.ends_at, reader))


def _linked(receipt: AccountLinked, reader: Reader, is_other: bool) -> str:
    return say(
        reader.language,
        key_for("account.linked", is_other),
        account=shown(receipt.account),
        name=shown(receipt.name),
        company=shown(receipt.company),
        platform=shown(receipt.platform),
    )


def _unlinked(receipt: AccountUnlinked, reader: Reader, is_other: bool) -> str:
    key = "account.unlinked.own" if receipt.is_own else key_for("account.unlinked", is_other)
    return say(
        reader.language,
        key,
        account=shown(receipt.account),
        name=shown(receipt.name),
        by=shown(receipt.by),
    )


def _quiet(receipt: QuietHoursReceipt, reader: Reader, is_other: bool) -> str:
    language = reader.language
    if receipt.hours is None:
        return say(language, "quiet.ended" if receipt.is_set else "quiet.none")
    key = "quiet.set" if receipt.is_set else "quiet.shown"
    return say(language, key, hours=str(receipt.hours), zone=receipt.zone)


def _role_changed(receipt: RoleChanged, reader: Reader, is_other: bool) -> str:
    reach = "" if receipt.wallet else ".all"
    return say(
        reader.language,
        key_for(f"role.{receipt.how}{reach}", is_other),
        name=shown(receipt.name),
        role=role_name(receipt.role, reader.language),
        wallet=shown(receipt.wallet),
    )


def _role_limit_set(receipt: RoleLimitSet, reader: Reader, is_other: bool) -> str:
    language = reader.language
    return say(
        language,
        "role_limit_set",
        role=role_name(receipt.role, language),
        deed=deed_words(receipt.permission, language),
        before=bound(receipt.before_nanos, language),
        after=bound(receipt.limit_nanos, language),
    )


def _plan_set(receipt: PlanSet, reader: Reader, is_other: bool) -> str:
    return say(
        reader.language,
        key_for("plan.set", is_other),
        name=shown(receipt.name),
        plan=receipt.plan,
        before=receipt.before,
    )


def _pause_lifted(receipt: PauseLifted, reader: Reader, is_other: bool) -> str:
    return say(
        reader.language,
        key_for("pause.lifted", is_other),
        name=shown(receipt.name),
        when=when(receipt.until, reader),
    )


def _quota_given_back(receipt: QuotaGivenBack, reader: Reader, is_other: bool) -> str:
    return say(
        reader.language,
        key_for("quota.given_back", is_other),
        name=shown(receipt.name),
        reads=receipt.reads,
        writes=receipt.writes,
    )


# Any: each teller takes its own type of receipt.
PEOPLE: Final[Mapping[type[Receipt], Callable[[Any, Reader, bool], str]]] = {
    PersonAdded: _person_added,
    PersonDisabled: _person_disabled,
    RoleChanged: _role_changed,
    RoleLimitSet: _role_limit_set,
    PlanSet: _plan_set,
    PauseLifted: _pause_lifted,
    QuotaGivenBack: _quota_given_back,
    LinkMade: _link_made,
    AccountLinked: _linked,
    AccountUnlinked: _unlinked,
    QuietHoursReceipt: _quiet,
}
