"""The company file: who is here, which wallets there are, and what each may spend.

It is read whole and checked whole before anything is written, and every fault is named with its
key and a remedy.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.access import AmountPermission, Role, roles_with
from bot.allowances import PlanName
from bot.economy.money import parse_usd
from bot.economy.periods import Span
from bot.economy.wallets import WalletKind, clean_name, name_key
from bot.errors.kinds import InvalidInput

# Roles that hold in the whole company; the others may be for a wallet and all below it.
EVERYWHERE: Final[frozenset[Role]] = frozenset({"owner", "admin", "finance"})
# What a role may do of up to an amount at a time, as the file calls it.
Deed = Literal["approve", "raise", "move", "limit"]
DEEDS: Final[dict[Deed, AmountPermission]] = {
    "approve": "request.decide",
    "raise": "budget.raise",
    "move": "budget.move",
    "limit": "wallet.limit",
}
_HANDLE: Final = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,35}")
# As deep as the storage follows a wallet's ancestors, less the organisation itself.
_MAX_DEPTH: Final = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the file that cannot be: where it stands, why, and what to write instead."""

    key: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.key}: {self.why}. {self.remedy}"


class CompanyFileInvalid(InvalidInput):
    """The company file was refused; nothing was written. `faults` holds all of them, in order."""

    def __init__(self, faults: list[Fault]) -> None:
        first = faults[0]
        super().__init__(first.key, first.why, example=first.remedy)
        self.facts["remedy"] = "mend the company file and try again"
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def _refuse(why: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("company", "{why}", {"why": why, "remedy": remedy})


def _to_nanos(value: object) -> int:
    if not isinstance(value, str):
        raise _refuse("is not a text", 'Write the amount in quotes: "500.00"')
    try:
        return parse_usd(value)
    except InvalidInput as error:
        why = f"{value!r} is {error.facts['why']}"
        raise _refuse(why, 'Write dollars above zero as digits and a point: "500.00"') from None


def _to_name(value: object) -> str:
    if not isinstance(value, str):
        raise _refuse("is not a text", 'Write the name in quotes: "Design"')
    try:
        return clean_name(value)
    except InvalidInput as error:
        why = f"is {error.facts['why']}".replace("is has", "has")
        raise _refuse(why, 'Write a name that can be read, such as "Design"') from None


def _to_zone(value: object) -> str:
    if isinstance(value, str) and value:
        try:
            return ZoneInfo(value).key
        except (ValueError, OSError, KeyError):  # unknown, a folder, or not a name at all
            pass
    raise _refuse(f"{value!r} is no time zone", 'Write an IANA name, such as "Europe/Madrid"')


def _to_handle(value: object) -> str:
    if isinstance(value, str) and len(value) <= 32 and _HANDLE.fullmatch(value):
        return value
    raise _refuse(
        f"{value!r} is no handle", 'Write small letters and digits without blanks, such as "ana"'
    )


def _to_email(value: object) -> str:
    if isinstance(value, str) and len(value) <= 254 and _EMAIL.fullmatch(value):
        return value
    raise _refuse(f"{value!r} is no address", 'Write it as "ana@example.com"')


def _to_id(value: object) -> str:
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise _refuse(f"{value!r} is no id", "Use up to 36 small letters, digits and hyphens")


_Name = Annotated[str, BeforeValidator(_to_name)]
_Nanos = Annotated[int, BeforeValidator(_to_nanos)]
_Zone = Annotated[str, BeforeValidator(_to_zone)]
_Handle = Annotated[str, BeforeValidator(_to_handle)]
_Email = Annotated[str, BeforeValidator(_to_email)]
_Id = Annotated[str, BeforeValidator(_to_id)]
_Percent = Annotated[int, Field(strict=True, ge=1, le=100)]
_Language = Literal["en", "es"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WalletPart(_Part):
    """A wallet: `parent` is the name of the one above, missing for the organisation alone."""

    name: _Name
    kind: WalletKind
    parent: _Name | None = None
    id: _Id | None = None
    limits: dict[Span, _Nanos] = Field(default_factory=dict)
    thresholds: tuple[_Percent, ...] = Field(default=(80, 90, 95), max_length=5)
    overdraft_percent: Annotated[int, Field(strict=True, ge=0, le=100)] = 0
    cost_centre: _Name | None = None


class RolePart(_Part):
    """A role; `wallet` names where it holds."""

    role: Role
    wallet: _Name | None = None


def _to_role(value: object) -> object:
    return {"role": value} if isinstance(value, str) else value


class PersonPart(_Part):
    """A person; `wallet` is what "my budget" means to them.

    A role that is only named holds everywhere (owner, admin, finance) or for that wallet. Without
    a plan they have the one that the settings say.
    """

    name: _Name
    handle: _Handle
    id: _Id | None = None
    language: _Language | None = None
    zone: _Zone | None = None
    email: _Email | None = None
    wallet: _Name | None = None
    plan: PlanName | None = None
    roles: tuple[Annotated[RolePart, BeforeValidator(_to_role)], ...] = Field(min_length=1)


class CompanyFile(_Part):
    """A company as `company.toml` describes it. What `find_faults` looks for is not in it yet."""

    name: _Name
    zone: _Zone
    language: _Language = "en"
    id: _Id | None = None
    wallets: tuple[WalletPart, ...] = Field(min_length=1)
    people: tuple[PersonPart, ...] = Field(min_length=1)
    rights: dict[Literal["finance", "lead"], dict[Deed, _Nanos]] = Field(default_factory=dict)


def read_company(text: str) -> CompanyFile:
    """Read a company file.

    Raises:
        CompanyFileInvalid: with every fault that can be found at once.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        remedy = "Compare the line with docs/company.example.toml"
        raise CompanyFileInvalid(
            [Fault("company.toml", f"is not TOML: {error}", remedy)]
        ) from None
    try:
        company = CompanyFile.model_validate(values)
    except ValidationError as error:
        raise CompanyFileInvalid(list_faults(error, values)) from None
    check(company)
    return company


def list_faults(error: ValidationError, values: dict[str, Any]) -> list[Fault]:
    """Return what pydantic found wrong with a file's values, in words."""
    return [
        _to_fault(detail, values)
        for detail in error.errors()
        # A list whose only entry is wrong is also told to be too short: once is enough.
        if detail["type"] != "too_short" or not detail["input"]
    ]


def check(company: CompanyFile) -> None:
    """Raise `CompanyFileInvalid` unless the parts of a company fit together."""
    faults = [
        *_wallet_faults(company.wallets),
        *_people_faults(company),
        *_rights_faults(company),
    ]
    if faults:
        raise CompanyFileInvalid(faults)


_KEYS: Final[dict[str, type[_Part]]] = {
    "": CompanyFile,
    "wallets": WalletPart,
    "people": PersonPart,
    "roles": RolePart,
}


def _to_fault(detail: ErrorDetails, values: dict[str, Any]) -> Fault:
    loc = [part for part in detail["loc"] if part != "[key]"]
    key = _where(loc, values)
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "company":
        return Fault(key, str(context["why"]), str(context["remedy"]))
    if kind == "extra_forbidden":
        lists = [part for part in loc[:-1] if isinstance(part, str)]
        known = list(_KEYS[lists[-1] if lists else ""].model_fields)
        return Fault(key, "is not a key of this file", _did_you_mean(str(loc[-1]), known))
    if kind == "missing":
        return Fault(key, "is missing", "Add it; docs/company.example.toml shows every key")
    if kind == "literal_error":
        given = loc[-1] if "[key]" in detail["loc"] else detail["input"]
        return Fault(key, f"{given!r} is not possible", f"Write one of {context['expected']}")
    return Fault(key, f"is not right: {detail['msg']}", "See docs/company.example.toml")


def _where(loc: list[int | str], values: object) -> str:
    """Return a key as people find it: `wallets[2].limits.month ("Design")`, counted from 1."""
    path, name, here = "", "", values
    for part in loc:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else part
        here = _child(here, part)
        if isinstance(here, dict) and isinstance(here.get("name"), str):
            name = here["name"]
    return f'{path} ("{name}")' if name else path


def _child(value: object, part: int | str) -> object:
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


def _did_you_mean(given: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(given.casefold(), names, n=1)
    if near:
        return f'Did you mean "{near[0]}"?'
    return f"Possible: {', '.join(names)}" if names else "Take it out"


# Which kinds may stand below which.
_BELOW: Final[dict[WalletKind, frozenset[WalletKind]]] = {
    "organisation": frozenset({"team", "project", "person", "key"}),
    "team": frozenset({"team", "project", "person", "key"}),
    "project": frozenset({"project", "person", "key"}),
    "person": frozenset({"key"}),
    "key": frozenset(),
}


def _wallet_faults(wallets: tuple[WalletPart, ...]) -> Iterator[Fault]:
    by_name = {name_key(wallet.name): wallet for wallet in reversed(wallets)}
    names = [wallet.name for wallet in wallets]
    roots = [wallet for wallet in wallets if wallet.kind == "organisation"]
    if len(roots) != 1:
        remedy = 'Give one wallet kind = "organisation" and let the others stand below it'
        yield Fault("wallets", f"hold {len(roots)} organisations instead of one", remedy)
    yield from _double("wallets", "name", [name_key(x.name) for x in wallets], names)
    ids = [wallet.id or "" for wallet in wallets]
    yield from _double("wallets", "id", ids, ids)
    for index, wallet in enumerate(wallets, 1):
        key = f'wallets[{index}].parent ("{wallet.name}")'
        if wallet.kind == "organisation":
            if wallet.parent is not None:
                yield Fault(key, "an organisation stands below nothing", "Take the parent out")
            continue
        if wallet.parent is None:
            yield Fault(key, "is missing", "Name the wallet that it stands below")
            continue
        parent = by_name.get(name_key(wallet.parent))
        if parent is None:
            why = f'there is no wallet "{wallet.parent}"'
            yield Fault(key, why, _did_you_mean(wallet.parent, names))
        elif wallet.kind not in _BELOW[parent.kind]:
            why = f"a {wallet.kind} cannot stand below a {parent.kind}"
            yield Fault(key, why, "Change the parent or the kind")
        elif height(wallet, by_name) > _MAX_DEPTH:
            why = f"is more than {_MAX_DEPTH} wallets deep, or in a circle"
            yield Fault(key, why, "Let each line of parents end at the organisation")


def height(wallet: WalletPart, by_name: dict[str, WalletPart]) -> int:
    """Return how many wallets stand above one; more than `_MAX_DEPTH` in a circle."""
    height, above = 0, wallet
    while above.parent is not None and height <= _MAX_DEPTH:
        height += 1
        found = by_name.get(name_key(above.parent))
        if found is None:
            break
        above = found
    return height


def _people_faults(company: CompanyFile) -> Iterator[Fault]:
    names = [wallet.name for wallet in company.wallets]
    keys = {name_key(name) for name in names}
    people = company.people
    handles = [person.handle for person in people]
    yield from _double("people", "handle", handles, handles)
    ids = [person.id or "" for person in people]
    yield from _double("people", "id", ids, ids)
    emails = [(person.email or "").casefold() for person in people]
    yield from _double("people", "email", emails, emails)
    for index, person in enumerate(people, 1):
        where = f"people[{index}]"
        asked = [(f"{where}.wallet", person.wallet)]
        for number, part in enumerate(person.roles, 1):
            asked.append((f"{where}.roles[{number}].wallet", part.wallet))
            if part.wallet is not None and part.role in EVERYWHERE:
                why = f"{part.role} holds in the whole company"
                yield Fault(f'{asked[-1][0]} ("{person.name}")', why, "Take the wallet out")
        for key, name in asked:
            if name is not None and name_key(name) not in keys:
                why = f'there is no wallet "{name}"'
                yield Fault(f'{key} ("{person.name}")', why, _did_you_mean(name, names))
    if not any(part.role == "owner" for person in people for part in person.roles):
        yield Fault("people", "nobody is owner", 'Give somebody roles = ["owner"]')


def _rights_faults(company: CompanyFile) -> Iterator[Fault]:
    for role, most in company.rights.items():
        for deed in most:
            if role not in roles_with(DEEDS[deed]):
                why = f"a {role} may not do that at all"
                yield Fault(f"rights.{role}.{deed}", why, "Take it out: there is nothing to bound")


def _double(part: str, key: str, values: list[str], shown: list[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, value in enumerate(values, 1):
        if value and first.setdefault(value, index) != index:
            why = f'"{shown[index - 1]}" stands at {part}[{first[value]}] already'
            yield Fault(f"{part}[{index}].{key}", why, "Choose another one")
