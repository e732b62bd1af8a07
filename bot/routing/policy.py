"""What a company allows of models: whether they are asked at all, at what cost, where, with what.

The operator's settings stand behind it: hosts can only be narrowed, and a cap that the company
has not set is the operator's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from bot.economy.caps import Caps
from bot.errors.models import ModelsPaused, OutsideReach, Withheld
from bot.guards.policy import Policy, is_stricter
from bot.ids import PrincipalId
from bot.routing.hosts import is_within, url_of
from bot.routing.providers import Provider


@dataclass(frozen=True, slots=True)
class Pause:
    """Who has paused the models, and when."""

    by: PrincipalId
    at: datetime


@dataclass(frozen=True, slots=True)
class ModelPolicy:
    """A company's own rules for models.

    `only_hosts` narrows where they are asked, as `bot.routing.hosts.is_within` reads it; empty
    for wherever the operator allows. `version` counts the changes, so that two at once are seen.
    """

    pause: Pause | None = None
    caps: Caps = field(default_factory=Caps)
    personal_data: Policy = "redact"
    only_hosts: tuple[str, ...] = ()
    version: int = 0


USUAL: Final = ModelPolicy()


class PolicyStore(Protocol):
    """The rules for models of one tenant."""

    def get(self) -> ModelPolicy:
        """Return the rules; `USUAL` for a company that has changed none."""
        ...

    def replace(self, policy: ModelPolicy) -> bool:
        """Keep all but the pause; False when they were changed since `policy.version`."""
        ...

    def pause(self, by: PrincipalId) -> bool:
        """Pause the models; False when they are paused."""
        ...

    def resume(self) -> bool:
        """Let them be asked again; False when they are."""
        ...


def check_open(
    policy: ModelPolicy, names: Callable[[Iterable[str]], Mapping[PrincipalId, str]]
) -> None:
    """Raise `ModelsPaused` while the models are paused; `names` finds who has done it."""
    if policy.pause is not None:
        by = names([policy.pause.by]).get(policy.pause.by, "")
        raise ModelsPaused(by, policy.pause.at.isoformat())


def check_shown(policy: ModelPolicy, shown_under: Policy | None) -> None:
    """Raise `Withheld` where a text was made ready by a policy that lets more out."""
    if shown_under is not None and is_stricter(policy.personal_data, shown_under):
        raise Withheld(())


def within_reach(policy: ModelPolicy, providers: Iterable[Provider]) -> list[Provider]:
    """Return the providers that are where the company lets models be asked.

    Raises:
        OutsideReach: some are in use, and none of those is.
    """
    active = [one for one in providers if not one.is_disabled]
    found = [one for one in active if is_within(url_of(one), policy.only_hosts)]
    if active and not found:
        raise OutsideReach(active[0].name)
    return found
