"""The company file: every fault is named with its key and a remedy, before anything is written."""

from pathlib import Path

import pytest

from bot.access import RoleLimit
from bot.company.file import CompanyFile, CompanyFileInvalid, WalletPart, check, read_company
from bot.company.making import create_company
from bot.economy.budgets import list_budgets
from bot.errors.kinds import InvalidInput
from storage.database import Database
from storage.transaction import SqlTx

EXAMPLE = Path(__file__).parents[2] / "docs" / "company.example.toml"

SMALL = """
name = "Acme"
zone = "Europe/Madrid"

[[wallets]]
name = "Acme"
kind = "organisation"
limits = { month = "600.00" }

[[wallets]]
name = "Design"
kind = "team"
parent = "Acme"

[[people]]
name = "Elena"
handle = "elena"
roles = ["owner"]
"""


def faults_of(text: str) -> list[str]:
    with pytest.raises(CompanyFileInvalid) as caught:
        read_company(text)
    return [str(fault) for fault in caught.value.faults]


def test_the_example_is_a_company() -> None:
    company = read_company(EXAMPLE.read_text(encoding="utf-8"))
    assert company.name == "Acme"
    assert company.wallets[1].limits == {"day": 60_000_000_000, "month": 500_000_000_000}


def test_rights_by_amount_are_read_as_permissions() -> None:
    company = read_company(EXAMPLE.read_text(encoding="utf-8"))
    assert company.rights["lead"] == {"approve": 500_000_000_000, "move": 300_000_000_000}
    assert company.rights["finance"]["limit"] == 2_000_000_000_000


@pytest.mark.parametrize(
    ("rights", "told"),
    [
        ("lead = { approve = 500 }", "rights.lead.approve: is not a text. "),
        ('lead = { approve = "0.00" }', "rights.lead.approve: '0.00' is out of range. "),
        ('lead = { spend = "5.00" }', "rights.lead.spend: 'spend' is not possible. "),
        ('owner = { approve = "5.00" }', "rights.owner: 'owner' is not possible. "),
        ('lead = { raise = "5.00" }', "rights.lead.raise: a lead may not do that at all. "),
    ],
)
def test_a_right_that_cannot_be_is_named(rights: str, told: str) -> None:
    (fault,) = faults_of(f"{SMALL}\n[rights]\n{rights}\n")
    assert fault.startswith(told), fault


def test_an_unknown_key_is_named_with_the_nearest_one() -> None:
    missing, unknown = faults_of(SMALL.replace("handle =", "handel ="))
    assert missing.startswith('people[1].handle ("Elena"): is missing. ')
    assert unknown == (
        'people[1].handel ("Elena"): is not a key of this file. Did you mean "handle"?'
    )


def test_every_fault_is_told_at_once() -> None:
    told = faults_of(SMALL.replace("Europe/Madrid", "Madrid").replace('"600.00"', "600.00"))
    assert told == [
        "zone: 'Madrid' is no time zone. Write an IANA name, such as \"Europe/Madrid\"",
        'wallets[1].limits.month ("Acme"): is not a text. Write the amount in quotes: "500.00"',
    ]


@pytest.mark.parametrize("amount", ["0", "-5", "1e3", "1,200.00", "12.", " 5", "9999999999999"])
def test_an_amount_that_is_not_plain_is_refused(amount: str) -> None:
    (told,) = faults_of(SMALL.replace("600.00", amount))
    assert told.startswith('wallets[1].limits.month ("Acme")')


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("month =", "year =", "wallets[1].limits.year"),
        ('kind = "team"', 'kind = "tribe"', "wallets[2].kind"),
        ('parent = "Acme"', 'parent = "Acne"', "wallets[2].parent"),
        ('parent = "Acme"\n', "", "wallets[2].parent"),
        ('name = "Design"', 'name = "ACME"', "wallets[2].name"),
        ('name = "Design"', 'name = "Des\\u202eign"', "wallets[2].name"),
        ('kind = "team"', 'kind = "team"\nthresholds = [80, 130]', "wallets[2].thresholds[2]"),
        ('kind = "organisation"', 'kind = "team"', "wallets"),
        ('roles = ["owner"]', 'roles = ["member"]', "people"),
        ('roles = ["owner"]', 'roles = ["boss"]', "people[1].roles[1].role"),
        ('roles = ["owner"]', "roles = []", "people[1].roles"),
        ('handle = "elena"', 'handle = "Elena V"', "people[1].handle"),
        ('handle = "elena"', 'handle = "elena"\nemail = "elena"', "people[1].email"),
        ('handle = "elena"', 'handle = "elena"\nwallet = "Desing"', "people[1].wallet"),
        ('handle = "elena"', 'handle = "elena"\nlanguage = "fr"', "people[1].language"),
        (
            'roles = ["owner"]',
            'roles = ["owner", { role = "admin", wallet = "Design" }]',
            "people[1].roles[2].wallet",
        ),
    ],
)
def test_a_bad_value_is_named_by_its_key(before: str, after: str, key: str) -> None:
    assert before in SMALL
    told = faults_of(SMALL.replace(before, after))
    assert any(line.startswith((f"{key} (", f"{key}:")) for line in told), told


def test_what_is_not_toml_is_told_with_its_line() -> None:
    (told,) = faults_of("name = \n")
    assert "line 1" in told


def test_a_handle_twice_is_refused() -> None:
    twice = SMALL + '[[people]]\nname = "Elena B"\nhandle = "elena"\nroles = ["viewer"]\n'
    assert faults_of(twice) == [
        'people[2].handle: "elena" stands at people[1] already. Choose another one'
    ]


def test_wallets_in_a_circle_are_refused() -> None:
    company = read_company(SMALL)
    one = WalletPart(name="One", kind="project", parent="Two")
    two = WalletPart(name="Two", kind="project", parent="One")
    with pytest.raises(CompanyFileInvalid, match="in a circle"):
        check(company.model_copy(update={"wallets": (*company.wallets, one, two)}))


def test_names_that_read_alike_are_refused() -> None:
    # The first letter of the second is Cyrillic.
    text = SMALL.replace('name = "Design"', 'name = "\\u0410cme"')
    assert any("already" in line for line in faults_of(text))


@pytest.fixture
def example() -> CompanyFile:
    return read_company(EXAMPLE.read_text(encoding="utf-8"))


async def test_a_company_is_made_whole(sqlite_database: Database, example: CompanyFile) -> None:
    tenant = await sqlite_database.write(lambda tx: create_company(tx, example))

    def look(tx: SqlTx) -> None:
        design, launch = (tx.wallets.find_by_name(name) for name in ("Design", "Launch"))
        assert design is not None
        assert launch is not None
        assert launch.parent_id == design.id
        assert design.cost_centre == "CC-410"
        spans = {x.limit.span: x.limit_nanos for x in list_budgets(tx, [design])}
        assert spans == {"day": 60_000_000_000, "month": 500_000_000_000}
        ana = tx.people.find_by_handle("ana")
        assert ana is not None
        assert (ana.language, ana.zone, ana.home_wallet_id) == ("en", "Atlantic/Canary", design.id)
        data = tx.wallets.find_by_name("Data")
        assert data is not None
        held = {(grant.role, grant.wallet_id) for grant in ana.grants}
        assert held == {("member", design.id), ("viewer", data.id)}
        linked = tx.people.find_linked("terminal", "bursar", "ana")
        assert linked is not None
        assert (linked.tenant, linked.id) == (tenant.id, ana.id)
        carla = tx.people.find_by_handle("carla")
        assert carla is not None
        assert [(grant.role, grant.wallet_id) for grant in carla.grants] == [("finance", "")]
        assert tx.rights.list_all() == [
            RoleLimit("finance", "budget.raise", 2_000_000_000_000),
            RoleLimit("finance", "request.decide", 5_000_000_000_000),
            RoleLimit("finance", "wallet.limit", 2_000_000_000_000),
            RoleLimit("lead", "budget.move", 300_000_000_000),
            RoleLimit("lead", "request.decide", 500_000_000_000),
        ]

    await sqlite_database.read(look, tenant=tenant.id)


async def test_a_second_company_is_refused(
    sqlite_database: Database, example: CompanyFile
) -> None:
    await sqlite_database.write(lambda tx: create_company(tx, example))
    with pytest.raises(InvalidInput, match='holds the company "Acme" already'):
        await sqlite_database.write(lambda tx: create_company(tx, example))


async def test_a_refused_company_leaves_nothing(
    sqlite_database: Database, example: CompanyFile
) -> None:
    nobody = example.model_copy(update={"people": example.people[2:]})
    with pytest.raises(CompanyFileInvalid, match="nobody is owner"):
        await sqlite_database.write(lambda tx: create_company(tx, nobody))
    assert await sqlite_database.read(lambda tx: tx.people.list_tenants()) == []
