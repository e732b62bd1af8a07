"""Errors of calls to models: none may be asked, or none answered."""

from typing import ClassVar

from bot.errors.kinds import BursarError, Refused
from bot.tokens import TokenUsage


class NoModel(Refused):
    """No provider that is in use has a model of that name, or there is no provider at all.

    `rule` names the rule that lets only others be asked, empty where it was none.
    """

    code = "no_model"

    def __init__(self, wanted: str, *, rule: str = "") -> None:
        super().__init__(f"no model {wanted!r} is configured", model=wanted, rule=rule)


class ModelsPaused(Refused):
    """Models are paused until they are resumed; `by` is a name, `at` an ISO time."""

    code = "models_paused"

    def __init__(self, by: str, at: str) -> None:
        super().__init__("models are paused", by=by, at=at)


class OutsideReach(Refused):
    """The company lets no provider be asked that is where this one is."""

    code = "outside_reach"

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider!r} is outside of the company's reach", provider=provider)


class Withheld(Refused):
    """A text holds what the company shows no model; `kinds` are what was found, sorted."""

    code = "withheld"

    def __init__(self, kinds: tuple[str, ...]) -> None:
        super().__init__("the text holds what no model may see", kinds=kinds)


class Unanswered(BursarError):
    """A provider gave no answer; `status` is the HTTP status, 0 where there was none.

    `may_be_charged` says that the provider may have worked on it, `usage` what it counted where
    it told that all the same; `passes` that the same call may succeed later, `retry_after_s` how
    much later as far as the provider said so.
    """

    code = "unanswered"
    passes: ClassVar[bool] = False

    def __init__(
        self,
        provider: str,
        model: str,
        *,
        status: int = 0,
        may_be_charged: bool = False,
        retry_after_s: float | None = None,
        usage: TokenUsage | None = None,
    ) -> None:
        super().__init__(
            f"{provider} gave no answer for {model} ({self.code}, status {status})",
            provider=provider,
            model=model,
            status=status,
        )
        self.provider = provider
        self.model = model
        self.status = status
        self.may_be_charged = may_be_charged or usage is not None
        self.usage = usage
        self.retry_after_s = retry_after_s


class ProviderRefused(Unanswered):
    """The provider does not take this call as it is: repeating it does not help."""

    code = "provider_refused"


class ProviderKeyRefused(Unanswered):
    """The provider does not take the key, or not for this model."""

    code = "provider_key_refused"


class ProviderSpent(Unanswered):
    """The account at the provider has reached its own limit: an administrator must raise it."""

    code = "provider_spent"


class ProviderBusy(Unanswered):
    """The provider takes no more calls at this moment."""

    code = "provider_busy"
    passes = True


class ProviderUnreachable(Unanswered):
    """No connection, a lost one, or no answer in time."""

    code = "provider_unreachable"
    passes = True


class ProviderFailed(Unanswered):
    """The provider met a fault of its own."""

    code = "provider_failed"
    passes = True


class AnswerBroken(Unanswered):
    """The provider answered with something that is no answer."""

    code = "answer_broken"
