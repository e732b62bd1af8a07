"""What is kept about a person, and what was erased, in words."""

from __future__ import annotations

from bot.actions.memory import Forgotten, MemoryReceipt
from bot.memory import Summary
from bot.replies.dates import long_date
from bot.replies.parts import action_words, listing, quoted, role_of, shown
from bot.replies.reader import Language, Reader
from bot.replies.words import say


def memory_text(receipt: MemoryReceipt, reader: Reader) -> str:
    """Return what is kept about the reader, a line each."""
    language = reader.language
    none = say(language, "none")
    roles = [role_of(role, wallet, language) for role, wallet in receipt.roles]
    lines = [
        say(language, "memory", name=shown(receipt.name)),
        say(
            language,
            "memory.accounts",
            accounts=", ".join(shown(label) for label in receipt.accounts) or none,
        ),
        say(language, "memory.roles", roles=", ".join(roles) or say(language, "role.none")),
        say(language, "memory.home", wallet=none if receipt.home is None else shown(receipt.home)),
        say(language, "memory.plan", plan=receipt.plan),
        say(language, "memory.quiet", hours=none if receipt.quiet is None else receipt.quiet),
    ]
    if receipt.since is None:
        lines.append(say(language, "memory.no_turns"))
    else:
        day = long_date(receipt.since.astimezone(reader.zone).date(), reader)
        lines.append(say(language, "memory.turns", number=receipt.turns, day=day))
    lines += [_summary(one, receipt.wallets, reader) for one in receipt.summaries]
    lines.append(say(language, "memory.tasks", number=receipt.tasks))
    lines.append(say(language, "memory.words", number=receipt.words))
    lines.append(say(language, "memory.next"))
    return "\n".join(lines)


def _summary(summary: Summary, wallets: dict[str, str], reader: Reader) -> str:
    language = reader.language
    parts = [quoted(summary.text, language)] if summary.text else []
    parts += _counted(summary, wallets, language)
    day = long_date(summary.since.astimezone(reader.zone).date(), reader)
    return say(language, "memory.summary", day=day, text="; ".join(parts) or "-")


def _counted(summary: Summary, wallets: dict[str, str], language: Language) -> list[str]:
    asked = [f"{action_words(name, language)} ({n})" for name, n in summary.counts.items()]
    about = [shown(wallets[one]) for one in summary.wallets if one in wallets]
    parts = []
    if asked:
        parts.append(say(language, "memory.counted", asked=listing(asked, language)))
    if about:
        parts.append(say(language, "memory.about", wallets=listing(about, language)))
    return parts


def forgotten_text(receipt: Forgotten, reader: Reader, is_other: bool) -> str:
    """Return what was erased and what stays; shorter for whom somebody else did it."""
    language = reader.language
    stays = say(language, "forgotten.stays")
    if is_other:
        return f"{say(language, 'forgotten.other', by=shown(receipt.by))} {stays}"
    erased = say(
        language,
        "forgotten" if receipt.is_own else "forgotten.of",
        name=shown(receipt.name),
        turns=receipt.turns,
        summaries=receipt.summaries,
        words=receipt.words,
        messages=receipt.messages,
        answers=receipt.answers,
        tasks=receipt.tasks,
    )
    return f"{erased}\n{stays}"
