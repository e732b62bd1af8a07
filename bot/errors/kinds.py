"""What kinds of errors there are, by who can act, and those that any subject raises."""

from typing import ClassVar

from bot.ids import IdempotencyKey, PrincipalId


class BursarError(Exception):
    """The root; `code` is stable, `facts` are what the words need (ids, integers, short names)."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts


class Refused(BursarError):
    """What was asked will not be done; nothing changed; the asker can do something about it."""

    code = "refused"


class NotAllowed(Refused):
    """The person lacks a permission that the action needs."""

    code = "not_allowed"

    def __init__(self, principal_id: PrincipalId, permission: str, **facts: object) -> None:
        super().__init__(
            f"{principal_id!r} lacks {permission!r}",
            principal_id=principal_id,
            permission=permission,
            **facts,
        )


class AboveRight(NotAllowed):
    """The person has the permission, but for less at a time; `able` are the names of who may.

    `needed_nanos` is None where the amount would have no bound.
    """

    code = "above_right"

    def __init__(
        self,
        principal_id: PrincipalId,
        permission: str,
        *,
        role: str | None,
        most_nanos: int | None,
        needed_nanos: int | None,
        able: tuple[str, ...],
        **facts: object,
    ) -> None:
        super().__init__(
            principal_id,
            permission,
            role=role,
            most_nanos=most_nanos,
            needed_nanos=needed_nanos,
            able=able,
            **facts,
        )


class NotFound(Refused):
    """Nothing of that kind goes by that name or reference."""

    code = "not_found"

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"no {kind} {name!r}", kind=kind, name=name)


class Ambiguous(Refused):
    """More than one thing goes by that name."""

    code = "ambiguous"

    def __init__(self, kind: str, name: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{kind} {name!r} is ambiguous", kind=kind, name=name, choices=choices)


class InvalidInput(Refused):
    """A value is outside what the field takes; `example` is one that would do."""

    code = "invalid_input"

    def __init__(self, field: str, why: str, *, example: str = "") -> None:
        super().__init__(f"{field}: {why}", field=field, why=why, example=example)


class Conflict(BursarError):
    """The same thing was asked for in two ways; repeating will not help."""

    code = "conflict"


class KeyReused(Conflict):
    """An idempotency key came back with other contents."""

    code = "key_reused"

    def __init__(self, key: IdempotencyKey | str) -> None:
        super().__init__(f"key {key!r} was used with other contents", key=key)


class Unavailable(BursarError):
    """Not now; nothing was half done. `retry_after_s` is how long to wait."""

    code = "unavailable"
    retry_after_s: float = 1.0


class Broken(BursarError):
    """Bursar stops rather than be wrong; the message holds the remedy."""

    code = "broken"


class SettingsError(Broken):
    """A setting is unknown, of another type, or its secret cannot be read; holds no value."""

    code = "settings"

    def __init__(self, key: str, why: str, *, remedy: str) -> None:
        super().__init__(f"{key} {why}: {remedy}", key=key, why=why, remedy=remedy)
