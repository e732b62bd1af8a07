"""What may be set about models: which read messages, what they may cost, where they are asked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pydantic import Field, SecretStr

from bot.settings.sections import Section, Usd


class ModelSettings(Section):
    """Models that read what the rules do not understand, each call paid from a wallet.

    Where they are asked stands in the database; a company that has no provider begins with those
    whose keys are here.
    """

    planner: str = Field(
        "",
        max_length=200,
        description=(
            "Model that reads messages, as `model` or `provider/model`; empty takes the cheapest"
            " that is in use, `off` asks none."
        ),
    )
    critic: str = Field(
        "off",
        max_length=200,
        description=(
            "Model that looks at each change a second time before it is drafted, as `model` or"
            " `provider/model`; empty takes the cheapest, `off` asks none. It can only ask for"
            " more care."
        ),
    )
    shares_results: bool = Field(
        True,
        description=(
            "Whether what was read for a question (balances, sums, names) goes back to the model,"
            " so that it can compare and explain. Otherwise results are only shown."
        ),
    )
    calls_per_day: int = Field(
        500, ge=1, description="Calls to models that one person may cause in a day."
    )
    turn_cap: Usd = Field(
        "1.00",
        description=(
            "What the calls of one message may cost together, in US dollars as text; empty for no"
            " cap. This cap and the next two hold for a company that has not set its own."
        ),
    )
    person_day_cap: Usd = Field(
        "10.00",
        description="What the calls of one person may cost in a day; empty for no cap.",
    )
    bot_day_cap: Usd = Field(
        "100.00",
        description="What all calls of a company may cost in a day; empty for no cap.",
    )
    price_ceiling: Usd = Field(
        "",
        description=(
            "What a million tokens of a model are taken to cost whose price nobody knows, in US"
            ' dollars as text such as `"15.00"`; empty refuses such models.'
        ),
    )
    hosts: tuple[str, ...] = Field(
        (),
        description=(
            "Hosts at which models may be asked; one that begins with a dot stands for all below"
            " it. Without any, the public providers' own. On a private net, also without TLS."
        ),
    )
    openai_api_key: SecretStr = Field(
        SecretStr(""),
        description="Key of OpenAI; without it, `OPENAI_API_KEY` is taken.",
    )
    anthropic_api_key: SecretStr = Field(
        SecretStr(""),
        description="Key of Anthropic; without it, `ANTHROPIC_API_KEY` is taken.",
    )
    key_folder: Path | None = Field(
        None,
        description=(
            "Folder with a file for each key of other providers, which are then named"
            " `file:NAME`. Nothing outside of it is read."
        ),
    )

    @property
    def ceiling_nanos(self) -> int | None:
        """The ceiling in nano-dollars a million tokens, None to refuse."""
        return _nanos(self.price_ceiling)

    @property
    def caps_nanos(self) -> tuple[int | None, int | None, int | None]:
        """The caps for a turn, a person's day and the bot's day, None for none."""
        return _nanos(self.turn_cap), _nanos(self.person_day_cap), _nanos(self.bot_day_cap)


def _nanos(text: str) -> int | None:
    return int(Decimal(text).scaleb(9)) if text else None
