"""What happens with a message in which secrets or personal data were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.guards.findings import Finding, Kind

# What a tenant may choose for personal data, from mild to strict.
Policy = Literal["warn", "redact", "block"]
POLICIES: Final[tuple[Policy, ...]] = get_args(Policy)


@dataclass(frozen=True, slots=True)
class Handling:
    """How a message goes on.

    `removes` are the kinds to take out before anything else sees the text. `is_blocked`: no
    model is asked at all. `found` are the types of personal data in it, sorted. `must_revoke`: a
    secret was pasted, so it is to be replaced, whatever happens here.
    """

    removes: tuple[Kind, ...]
    is_blocked: bool = False
    found: tuple[str, ...] = ()
    must_revoke: bool = False


def decide_handling(findings: Iterable[Finding], policy: Policy) -> Handling:
    """Decide by what was found and by the tenant's policy.

    A secret is taken out under every policy. Injections decide nothing here: their score is one
    signal for others.
    """
    found = list(findings)
    kinds = {one.kind for one in found if one.kind != "injection"}
    return Handling(
        removes=("secret",) if policy == "warn" else ("secret", "pii"),
        is_blocked=policy == "block" and bool(kinds),
        found=tuple(sorted({one.type for one in found if one.kind == "pii"})),
        must_revoke="secret" in kinds,
    )


def is_stricter(policy: Policy, than: Policy) -> bool:
    """Tell whether a policy lets less out than another one."""
    return POLICIES.index(policy) > POLICIES.index(than)
