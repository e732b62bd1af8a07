"""Who may speak to the bot: the connector with its token, for people of the listed directories."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from aiohttp import web

from adapters.teams.heard import Heard
from adapters.teams.hosts import HostList
from adapters.teams.inbound import account_of
from adapters.teams.tokens import Caller, TokenCheck, TokenRefused

_CHANNEL: Final = "msteams"


class Guard:
    """Two steps: who calls, before anything of the call is read; then what the call says it is."""

    def __init__(
        self,
        check: TokenCheck | None,
        hosts: HostList,
        *,
        app_id: str,
        tenants: Collection[str],
    ) -> None:
        self._check = check
        self._hosts = hosts
        self._app_id = app_id
        self._tenants = frozenset(tenant.casefold() for tenant in tenants)

    async def admit(self, header: str) -> Caller | None:
        """Return who calls; None where anybody may, for development.

        Raises:
            TokenRefused: the token proves nothing.
        """
        return None if self._check is None else await self._check.check(header)

    def recognise(self, caller: Caller | None, heard: Heard) -> str:
        """Return the bot's account that a delivery is for.

        Raises:
            TokenRefused: it came by another service than its token is for.
            HTTPForbidden: from a host or a directory that is not listed.
        """
        if caller is not None:
            if caller.service_url != heard.service_url:
                raise TokenRefused("service_url")
            if heard.channel != _CHANNEL:
                raise web.HTTPForbidden
        if not self._hosts.allows(heard.service_url):
            raise web.HTTPForbidden
        # One directory, and a listed one; a development client may have none.
        if len(heard.tenants) > 1 or (caller is not None and not heard.tenants):
            raise web.HTTPForbidden
        tenant = min(heard.tenants, default="")
        if self._tenants and tenant.casefold() not in self._tenants:
            raise web.HTTPForbidden
        return account_of(self._app_id, tenant)
