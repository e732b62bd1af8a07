"""Who may speak in a terminal, as the database has them."""

import pytest

from bot.clock import ManualClock
from bot.company.file import CompanyFile, read_company
from bot.company.making import create_company
from bot.errors.kinds import InvalidInput
from bot.ids import ConversationId, PrincipalId, TenantId
from bot.terminal.speakers import CompanySpeakers
from storage.database import Database
from storage.transaction import SqlTx

ACME = TenantId("acme")
COMPANY = """
name = "Acme"
id = "acme"
zone = "UTC"

[[wallets]]
name = "Acme"
kind = "organisation"

[[wallets]]
name = "Design"
kind = "team"
parent = "Acme"

[[people]]
name = "Elena Pardo"
handle = "elena"
id = "elena"
language = "es"
roles = ["owner", { role = "lead", wallet = "Design" }]

[[people]]
name = "Ben Ortiz"
handle = "ben"
id = "ben"
wallet = "Design"
roles = ["member"]
"""


@pytest.fixture
def company() -> CompanyFile:
    return read_company(COMPANY)


@pytest.fixture
async def speakers(
    database: Database, clock: ManualClock, company: CompanyFile
) -> CompanySpeakers:
    await database.write(lambda tx: create_company(tx, company))
    return CompanySpeakers(database, ACME)


async def test_what_people_are_is_listed_in_the_words_of_whoever_reads(
    speakers: CompanySpeakers,
) -> None:
    listed = await speakers.list_all()
    assert [(each.handle, each.about["en"], each.about["es"]) for each in listed] == [
        ("ben", "member of Design", "miembro de Design"),
        ("elena", "lead of Design, owner", "líder de Design, propietario"),
    ]
    assert speakers.names == ["Acme", "Ben Ortiz", "Design", "Elena Pardo"]


async def test_the_owner_speaks_unless_somebody_is_named(speakers: CompanySpeakers) -> None:
    assert (await speakers.choose(None)).handle == "elena"
    assert (await speakers.choose("@Ben")).handle == "ben"
    with pytest.raises(InvalidInput, match="nobody has the handle 'zoe'"):
        await speakers.choose("zoe")


async def test_whoever_was_shut_out_does_not_speak(
    speakers: CompanySpeakers, database: Database
) -> None:
    await database.write(lambda tx: tx.people.set_disabled(PrincipalId("ben"), True), tenant=ACME)
    assert [each.handle for each in await speakers.list_all()] == ["elena"]


async def test_entering_opens_a_place_to_be_told_things(
    speakers: CompanySpeakers, database: Database
) -> None:
    ben = await speakers.choose("ben")
    await speakers.enter(ben)
    await speakers.enter(ben)

    def place(tx: SqlTx) -> ConversationId:
        found = tx.conversations.find_of_person(PrincipalId("ben"))
        assert found is not None
        ben = tx.people.find_linked("terminal", "bursar", "ben")
        assert ben is not None
        assert (ben.tenant, ben.id) == (ACME, "ben")
        return found.id

    found = await database.read(place, tenant=ACME)
    fresh = CompanySpeakers(database, ACME)
    assert await fresh.handle_of(found) == "ben"
