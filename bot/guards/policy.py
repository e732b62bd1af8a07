"""What happens with a message in which secrets or personal data were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.guards.findings import Finding

# What a tenant may choose for personal data, from mild to strict.
Policy = Literal["warn", "redact", "block"]


@dataclass(frozen=True, slots=True)
class Handling:
    """How a message goes on.

    `removed` are the findings to take out before anything else sees the text. `is_blocked`: no
    model is asked at all. `warned_of` are the types of personal data to tell the person about,
    sorted. `must_revoke`: a secret was pasted, so it is to be replaced, whatever happens here.
    """

    removed: tuple[Finding, ...] = ()
    is_blocked: bool = False
    warned_of: tuple[str, ...] = ()
    must_revoke: bool = False


def decide_handling(findings: Iterable[Finding], policy: Policy) -> Handling:
    """Decide by what was found and by the tenant's policy.

    A secret is taken out under every policy. Injections decide nothing here: their score is one
    signal for others.
    """
    found = tuple(one for one in findings if one.kind != "injection")
    secrets = tuple(one for one in found if one.kind == "secret")
    personal = tuple(one for one in found if one.kind == "pii")
    return Handling(
        removed=secrets if policy == "warn" else found,
        is_blocked=policy == "block" and bool(found),
        warned_of=tuple(sorted({one.type for one in personal})),
        must_revoke=bool(secrets),
    )
