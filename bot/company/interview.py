"""The questions of `bursar init`: each answer is checked as it is given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from pydantic import ValidationError

from bot.company.file import CompanyFile, CompanyFileInvalid, check, list_faults

_ROLES: Final = "owner, admin, finance, lead, member or viewer"


class Ask(Protocol):
    """What puts a question and returns the answer, the default for an empty one."""

    def __call__(self, question: str, default: str = "") -> str: ...


# Any: values as a file would hold them; pydantic checks them.
_Values = dict[str, Any]


class Interview:
    """Asks for a company. `tell` shows why an answer will not do."""

    def __init__(self, ask: Ask, tell: Callable[[str], object]) -> None:
        self._ask = ask
        self._tell = tell
        self._company: _Values = {}

    def run(self) -> CompanyFile:
        """Ask everything; return a company that fits together. Nothing is written."""
        self._fill(self._first)
        while self._fill(self._team):
            pass
        while self._fill(self._person):
            pass
        return CompanyFile.model_validate(self._company)

    def _fill(self, question: Callable[[], _Values | None]) -> bool:
        """Ask until the answers fit what is known; False when there is nothing to add."""
        while True:
            found = question()
            if found is None:
                return False
            whole = _merge(self._company, found)
            try:
                check(CompanyFile.model_validate(whole))
            except ValidationError as error:
                self._tell("\n".join(map(str, list_faults(error, whole))))
            except CompanyFileInvalid as error:
                self._tell(str(error))
            else:
                self._company = whole
                return True

    def _first(self) -> _Values:
        name = self._ask("Company name")
        zone = self._ask("Time zone, as in Europe/Madrid", "UTC")
        language = self._ask("Language, en or es", "en")
        limit = self._ask("Dollars a month for the whole company, empty for no limit")
        owner = self._ask("Your name")
        handle = self._ask("Your handle: how others name you in a chat", suggest_handle(owner))
        company = {"name": name, "kind": "organisation", **_limits(limit)}
        person = {"name": owner, "handle": handle, "roles": ["owner"]}
        return {
            "name": name,
            "zone": zone,
            "language": language,
            "wallets": [company],
            "people": [person],
        }

    def _team(self) -> _Values | None:
        name = self._ask("A team, empty when there are no more")
        if not name.strip():
            return None
        limit = self._ask(f"Dollars a month for {name}, empty for no limit")
        parent = self._company["name"]
        return {"wallets": [{"name": name, "kind": "team", "parent": parent, **_limits(limit)}]}

    def _person(self) -> _Values | None:
        name = self._ask("Somebody else, empty when there are no more")
        if not name.strip():
            return None
        person: _Values = {"name": name}
        person["handle"] = self._ask("Handle", suggest_handle(name))
        team = self._ask("Team, empty for none")
        if team.strip():
            person["wallet"] = team
        person["roles"] = [self._ask(f"Role: {_ROLES}", "member").strip()]
        return {"people": [person]}


def _merge(company: Mapping[str, Any], found: Mapping[str, Any]) -> _Values:
    """Return a company with more in it: lists grow, the rest is set."""
    whole = dict(company)
    for key, value in found.items():
        whole[key] = [*whole.get(key, ()), *value] if isinstance(value, list) else value
    return whole


def _limits(answer: str) -> _Values:
    amount = answer.strip().removeprefix("$").strip()
    return {"limits": {"month": amount}} if amount else {}


def suggest_handle(name: str) -> str:
    """Return the first name in small letters without marks: "Ángel Ruiz" gives "angel"."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    return words[0] if words else ""
