"""An error as a command says it: what happened, that nothing was changed, what to do."""

from __future__ import annotations

from typing import Final

from bot.errors.kinds import Broken, BursarError, Unavailable

REFUSED: Final = 1
USAGE: Final = 2
BROKEN: Final = 3
INTERRUPTED: Final = 130

_UNCHANGED: Final = "Nothing was changed."


def exit_code(error: BaseException) -> int:
    """Return 1 for refused and unavailable, 3 for what an operator must mend."""
    is_known = isinstance(error, BursarError) and not isinstance(error, Broken)
    return REFUSED if is_known else BROKEN


def explain(error: BursarError) -> str:
    """Return three lines for stderr. The fact `changed` says what was changed, if anything was."""
    what, separator, remedy = str(error).partition(": ")
    # An error of a field reads "field: why": both belong to what happened.
    why = error.facts.get("why")
    if "remedy" in error.facts:
        remedy = str(error.facts["remedy"])
        what = str(error).removesuffix(f": {remedy}")
    elif isinstance(why, str) and separator and remedy == why:
        example = error.facts.get("example")
        what, remedy = str(error), f"use {example}" if example else ""
    remedy = remedy.removeprefix("nothing was changed. ")
    changed = error.facts.get("changed")
    return "\n".join(
        (
            f"bursar: {_sentence(what)}",
            str(changed) if changed else _UNCHANGED,
            f"What to do: {_sentence(remedy or _remedy(error))}",
        )
    )


def explain_bug(error: BaseException) -> str:
    """Return three lines for an error that nobody foresaw; its own words may hold anything."""
    return "\n".join(
        (
            f"bursar: something failed that should not ({type(error).__qualname__}).",
            "What was not finished is undone when Bursar starts again.",
            "What to do: run the command again with `bursar --debug ...` and report what it"
            " prints, after looking that no secret is in it.",
        )
    )


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else text + "."


def _remedy(error: BursarError) -> str:
    if isinstance(error, Unavailable):
        return f"try again in {error.retry_after_s:.0f} s"
    if isinstance(error, Broken):
        return "run `bursar doctor`"
    return "ask for something else"
