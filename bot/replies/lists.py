"""Wallets, requests, people and what the bot can do, as lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.actions.accounts import AccountsReceipt
from bot.actions.base import Tier
from bot.actions.catalog import BY_NAME
from bot.actions.help import HelpReceipt, SubjectHelp
from bot.actions.people import PeopleReceipt
from bot.actions.request_lists import RequestLine, RequestsReceipt
from bot.actions.spend import WalletsReceipt
from bot.actions.undelivered import UndeliveredReceipt
from bot.replies.amounts import about_usd, share, usd
from bot.replies.dates import at_time, dates, in_month, long_date
from bot.replies.parts import action_words, deed_words, listing, role_name, role_of, shown
from bot.replies.reader import Language, Reader
from bot.replies.tables import table
from bot.replies.words import has_words, say

# Of each subject, before "help budgets" shows all of one.
_EXAMPLES: Final = 3


def wallets_text(receipt: WalletsReceipt, reader: Reader) -> str:
    """Return the tree: what each wallet and those below it spent, of which limit."""
    language = reader.language
    if not receipt.nodes:
        return say(language, "tree.none")
    rows = []
    for node in receipt.nodes:
        name = "  " * min(node.depth, 8) + shown(node.wallet.name)
        used = about_usd(node.used_nanos, language)
        if node.limit_nanos is None:
            rows.append((name, used, say(language, "tree.no_limit"), ""))
        else:
            of = say(language, "tree.of", limit=usd(node.limit_nanos, language))
            rows.append((name, used, of, share(node.used_nanos, node.limit_nanos)))
    head = say(language, "tree", month=in_month(receipt.month_on, reader))
    return f"{head}\n{table(rows, 'lrrr', language)}"


def requests_text(receipt: RequestsReceipt, reader: Reader) -> str:
    """Return requests: reference, amount, wallet, asker, how they stand."""
    language = reader.language
    which = receipt.which if receipt.which in {"open", "mine"} else "all"
    about = _about(receipt, reader)
    if about:
        which = "mine.about" if receipt.which == "mine" else "about"
    if not receipt.requests:
        return say(language, f"requests.{which}.none", about=about)
    rows = [
        (
            f"#{line.ref}",
            "" if line.amount_nanos is None else usd(line.amount_nanos, language),
            _subject(line, language),
            "" if line.until_on is None else long_date(line.until_on, reader),
            shown(line.asked_by),
            request_state(line, reader),
        )
        for line in receipt.requests
    ]
    head = say(language, f"requests.{which}", number=len(receipt.requests), about=about)
    return f"{head}\n{table(rows, 'LrlLlL', language)}"


def _subject(line: RequestLine, language: Language) -> str:
    """Return what a request is about: a wallet, or that somebody wants to be let in, and where."""
    wallet = shown(line.wallet) if line.wallet else ""
    if line.amount_nanos is not None:
        return wallet
    join = say(language, "request.join")
    return f"{join} ({wallet})" if wallet else join


def _about(receipt: RequestsReceipt, reader: Reader) -> str:
    """Return what requests were looked for: "Design, rejected, 1 – 31 Oct"; empty for all."""
    parts = [shown(name) for name in (receipt.person, receipt.wallet) if name is not None]
    if receipt.state is not None:
        parts.append(say(reader.language, f"requests.state.{receipt.state}"))
    if receipt.from_on is not None or receipt.until_on is not None:
        today = reader.now.astimezone(reader.zone).date()
        first, last = receipt.from_on or receipt.until_on, receipt.until_on or today
        parts.append(dates(first or today, last, reader))
    return ", ".join(parts)


def request_state(line: RequestLine, reader: Reader) -> str:
    """Return how a request stands: "waits until Sun 22 Nov, 14:05"."""
    language = reader.language
    if line.state == "pending":
        if line.expires_at <= reader.now:
            return say(language, "request.expired")
        return say(language, "request.waits", at=at_time(line.expires_at, reader))
    how = line.state if line.state in {"expired", "failed"} else line.outcome
    key = f"request.{how}"
    if not has_words(language, key) or (how in {"approved", "rejected"} and not line.decided_by):
        key = "request.other"
    return say(language, key, by=shown(line.decided_by))


def people_text(receipt: PeopleReceipt, reader: Reader) -> str:
    """Return who is here: name, handle, roles."""
    language = reader.language
    if not receipt.people:
        return say(language, "people.none")
    rows = [
        (
            shown(name),
            shown(handle),
            ", ".join(role_of(role, wallet, language) for role, wallet in roles)
            or say(language, "role.none"),
        )
        for name, handle, roles in receipt.people
    ]
    head = say(language, "people", number=len(receipt.people))
    return "\n".join((head, table(rows, "llL", language), *_limits(receipt, language)))


def _limits(receipt: PeopleReceipt, language: Language) -> list[str]:
    """Return what each role may do at a time, where something bounds it."""
    texts = []
    for role in dict.fromkeys(limit.role for limit in receipt.limits):
        deeds = [
            say(
                language,
                "deed.up_to",
                deed=deed_words(limit.permission, language),
                amount=usd(limit.amount_nanos, language),
            )
            for limit in receipt.limits
            if limit.role == role
        ]
        name = role_name(role, language)
        texts.append(say(language, "people.limits", role=name, deeds=listing(deeds, language)))
    return texts


def accounts_text(receipt: AccountsReceipt, reader: Reader) -> str:
    """Return a person's accounts: which, what each called itself, and since when."""
    language = reader.language
    facts = {"name": shown(receipt.name), "number": len(receipt.accounts)}
    whose = "accounts" if receipt.name is None else "accounts.of"
    if not receipt.accounts:
        return say(language, f"{whose}.none", **facts)
    rows = [
        (
            shown(account.label),
            shown(account.name) if account.name else "",
            say(language, "account.since", day=long_date(account.linked_at.date(), reader)),
        )
        for account in receipt.accounts
    ]
    hint = say(language, "accounts.hint")
    return f"{say(language, whose, **facts)}\n{table(rows, 'lLL', language)}\n{hint}"


def undelivered_text(receipt: UndeliveredReceipt, reader: Reader) -> str:
    """Return what did not arrive: its number, when, to whom, where and why."""
    language = reader.language
    if not receipt.lines:
        return say(language, "undelivered.none")
    rows = [
        (
            str(line.number),
            at_time(line.queued_at, reader),
            shown(line.name),
            shown(line.platform.title()),
            undelivered_why(line.why, language),
        )
        for line in receipt.lines
    ]
    head = say(language, "undelivered", number=len(rows))
    hint = say(language, "undelivered.hint", number=receipt.lines[0].number)
    return f"{head}\n{table(rows, 'rLlLL', language)}\n{hint}"


def undelivered_why(code: str, language: Language) -> str:
    """Return why a message did not arrive."""
    key = f"undelivered.{code}"
    return say(language, key if has_words(language, key) else "undelivered.other")


def help_text(receipt: HelpReceipt, reader: Reader) -> str:
    """Return what the asker may say, by subject; all of one subject; or how one thing is asked."""
    language = reader.language
    if receipt.topic_name is None:
        is_any = any(each.allowed for each in receipt.subjects)
        return _overview(receipt.subjects, language) if is_any else say(language, "help.none")
    only = receipt.subjects[0]
    if receipt.topic_name in only.allowed:
        return _one(receipt.topic_name, language)
    rows = [(action_words(name, language), example_of(name, language)) for name in only.allowed]
    # All of it: what is not shown here is not found.
    texts = [say(language, "help"), table(rows, "lL", language, max_rows=len(rows))]
    if not rows:
        texts.clear()
    if only.others:
        others = [action_words(name, language) for name in only.others]
        texts.append(say(language, "help.others", actions=listing(others, language)))
    texts.append(say(language, "help.yes"))
    return "\n".join(texts)


def _overview(subjects: Sequence[SubjectHelp], language: Language) -> str:
    """Return some of what the asker may say about each subject, and how to see the rest."""
    mine = [each for each in subjects if each.allowed]
    texts = [say(language, "help")]
    for each in mine:
        reads = [name for name in each.allowed if BY_NAME[name].tier is Tier.T1]
        writes = [name for name in each.allowed if name not in reads]
        # Something to see and something to change, where there is both.
        names = [*reads[: max(_EXAMPLES - len(writes), 2)], *writes][:_EXAMPLES]
        quoted = " · ".join(say(language, "quote", text=example_of(x, language)) for x in names)
        texts.append(f"{say(language, f'help.subject.{each.subject}')}: {quoted}")
    names = [say(language, f"help.word.{each.subject}") for each in mine]
    texts.append(say(language, "help.more", subject=names[0], others=listing(names[1:], language)))
    texts.append(say(language, "help.yes"))
    return "\n".join(texts)


def example_of(name: str, language: Language) -> str:
    """Return what people would type for an action, empty where the catalogue has none."""
    action = BY_NAME.get(name)
    return next(iter(action.examples.get(language, ())), "") if action is not None else ""


def _one(name: str, language: Language) -> str:
    head = say(language, "help.one", action=action_words(name, language))
    return "\n".join((head, *BY_NAME[name].examples.get(language, ())))
