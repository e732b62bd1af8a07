"""How far a right goes: by role, wallet and amount."""

from dataclasses import replace
from typing import Final

import pytest

from bot.access import (
    AmountPermission,
    Grant,
    Principal,
    Reach,
    Role,
    RoleLimit,
    list_approvers,
    list_given,
    may,
    narrowest,
    reach,
)
from bot.ids import PrincipalId, TenantId, WalletId

DESIGN, COMPANY, DATA = WalletId("design"), WalletId("company"), WalletId("data")
CHAIN: Final = (DESIGN, COMPANY)
LIMITS: Final = (
    RoleLimit("lead", "request.decide", 500),
    RoleLimit("lead", "budget.move", 300),
    RoleLimit("finance", "request.decide", 5_000),
)


def person(*grants: tuple[Role, str], name: str = "ben") -> Principal:
    return Principal(
        PrincipalId(name),
        TenantId("acme"),
        name,
        name,
        "en",
        "UTC",
        grants=tuple(Grant(role, WalletId(wallet)) for role, wallet in grants),
    )


@pytest.mark.parametrize(
    ("grants", "permission", "most"),
    [
        ([("lead", "design")], "request.decide", 500),
        ([("lead", "company")], "request.decide", 500),
        ([("lead", "design")], "budget.move", 300),
        # What has no limit is as wide as the role.
        ([("finance", "")], "budget.raise", None),
        # What the role does not allow stays denied, whatever the limits say.
        ([("lead", "design")], "budget.raise", 0),
        ([("admin", "")], "request.decide", 0),
        ([("lead", "data")], "request.decide", 0),
        ([], "request.decide", 0),
        # The farthest of several roles counts, and only of those held for the wallet.
        ([("lead", "design"), ("finance", "")], "request.decide", 5_000),
        ([("lead", "design"), ("finance", "")], "budget.move", None),
        ([("lead", "data"), ("finance", "")], "request.decide", 5_000),
        ([("member", "design"), ("lead", "design")], "request.decide", 500),
        ([("owner", ""), ("lead", "design")], "request.decide", None),
    ],
)
def test_the_farthest_of_the_roles_held_for_the_wallet_counts(
    grants: list[tuple[Role, str]], permission: AmountPermission, most: int | None
) -> None:
    assert reach(person(*grants), permission, CHAIN, LIMITS).most_nanos == most


def test_the_role_that_binds_is_named() -> None:
    both = person(("lead", "design"), ("finance", ""))
    assert reach(both, "request.decide", CHAIN, LIMITS).role == "finance"


def test_an_owner_is_never_bounded() -> None:
    bound = [*LIMITS, RoleLimit("owner", "request.decide", 1)]
    assert reach(person(("owner", "")), "request.decide", CHAIN, bound) == Reach(None)


def test_a_disabled_person_reaches_nothing() -> None:
    gone = replace(person(("owner", "")), is_disabled=True)
    assert reach(gone, "request.decide", CHAIN, ()) == Reach(0)


@pytest.mark.parametrize(
    ("most", "amount", "covers"),
    [(500, 500, True), (500, 501, False), (500, None, False), (None, None, True), (0, 1, False)],
)
def test_a_reach_covers_up_to_and_with_its_amount(
    most: int | None, amount: int | None, covers: bool
) -> None:
    assert Reach(most).covers(amount) is covers


def test_of_several_wallets_the_least_right_counts() -> None:
    assert narrowest([Reach(None), Reach(300, "lead"), Reach(500)]) == Reach(300, "lead")
    assert narrowest([Reach(None), Reach(None)]) == Reach(None)
    assert narrowest([Reach(None), Reach(0)]) == Reach(0)


def test_only_those_whose_right_reaches_the_amount_are_asked() -> None:
    people = [
        person(("lead", "design"), name="ben"),
        person(("finance", ""), name="carla"),
        person(("owner", ""), name="elena"),
        person(("admin", ""), name="gus"),
    ]

    def asked(amount: int) -> list[str]:
        found = list_approvers(people, PrincipalId("ana"), CHAIN, amount, LIMITS)
        return [one.name for one in found]

    assert asked(500) == ["ben", "carla", "elena"]
    assert asked(501) == ["carla", "elena"]
    assert asked(5_001) == ["elena"]


def test_owners_and_admins_say_where_models_are_asked() -> None:
    roles: tuple[Role, ...] = ("owner", "admin", "finance", "lead", "member", "viewer")
    assert [x for x in roles if may(person((x, "")), "providers.manage")] == ["owner", "admin"]


def test_only_an_owner_may_change_how_much_a_role_may_do() -> None:
    roles: tuple[Role, ...] = ("owner", "admin", "finance", "lead", "member", "viewer")
    assert [x for x in roles if may(person((x, "")), "rights.manage")] == ["owner"]


def test_what_is_given_for_wallets_is_what_one_may_there() -> None:
    roles: tuple[Role, ...] = ("owner", "admin", "finance", "lead", "member", "viewer")
    for role in roles:
        ben = person((role, "design"), (role, ""), ("member", "data"))
        given = list_given(ben, "spend.read")
        for wallet in (DESIGN, DATA):
            held = replace(ben, grants=tuple(x for x in ben.grants if x.wallet_id == wallet))
            assert (wallet in given) == may(held, "spend.read", [wallet])
        assert set(given) <= {DESIGN, DATA}


def test_nothing_is_given_to_who_is_disabled_or_a_guest() -> None:
    ben = person(("lead", "design"))
    assert list_given(ben, "spend.read") == [DESIGN]
    assert list_given(replace(ben, is_disabled=True), "spend.read") == []
    assert list_given(replace(ben, is_guest=True), "spend.read") == []
