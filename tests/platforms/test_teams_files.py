"""Files in Teams: offered, taken once, put into OneDrive; and everything that goes wrong there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.ids import ConversationId, PrincipalId
from bot.messages import (
    MOST_FILE_BYTES,
    FileBlock,
    OutboundMessage,
    OutboxItem,
    TextBlock,
)
from bot.running import App
from storage.database import Database
from storage.transaction import SqlTx
from tests.conftest import START
from tests.platforms.teams_company import CHANNEL, Company, PacingClock, open_company
from tests.platforms.teams_files import DriveFault
from tests.platforms.teams_server import BOT, Fault, Posted
from tests.turns.chat import ACME, USD, limits, spend

MENTION = {
    "type": "mention",
    "mentioned": {"id": BOT, "name": "Bursar"},
    "text": "<at>Bursar</at>",
}
NAME = "chargeback-2026-11-01-2026-11-18.csv"
ASKED = "export chargeback this month"


@pytest.fixture
def clock() -> PacingClock:
    """The clock of the database too: what is put off comes when its time has come."""
    return PacingClock(START)


@pytest.fixture
async def company(database: Database, clock: PacingClock) -> AsyncIterator[Company]:
    async with open_company(database, clock) as opened:
        await opened.database.write(_use, tenant=ACME)
        yield opened


def _use(tx: SqlTx) -> None:
    spend(tx, "launch", "ana", 12 * USD + 1, "gpt-5", "1")
    spend(tx, "design", "ben", 3 * USD, "gpt-5-mini", "2")


async def offered(company: Company, person: str = "elena") -> Posted:
    """Have somebody of finance ask for a file; return the card that offers it."""
    await company.say(person, ASKED)
    return company.consents(f"a:{person}")[-1]


def said(company: Company, since: int, conversation: str = "a:elena") -> list[str]:
    return [
        each.words for each in company.teams.posted[since:] if each.conversation == conversation
    ]


async def test_a_file_is_offered_and_put_where_its_reader_wants_it(company: Company) -> None:
    answer = await company.say("elena", ASKED)
    assert "Press Allow below" in answer
    assert "begins so" not in answer
    (shown,) = company.consents("a:elena")
    assert shown.consent is not None
    assert shown.consent["name"] == NAME
    status, body = await company.send(company.press_allow("elena", shown))
    assert (status, body) == (200, {})
    (data,) = company.teams.drive.files
    assert data.startswith(b"from,until,cost_centre")
    assert len(data) == shown.consent["content"]["sizeInBytes"]
    last = company.teams.last("a:elena")
    assert last.words == f"{NAME} is in your OneDrive."
    assert last.info is not None
    assert last.info["name"] == NAME
    assert company.teams.deleted == [("a:elena", shown.id)]


async def test_a_file_that_is_left_goes_nowhere(company: Company) -> None:
    shown = await offered(company)
    left = company.press_decline("elena", shown)
    assert (await company.send(left))[0] == 200
    before = len(company.teams.posted)
    assert (await company.send({**left, "id": company.teams.new_id()}))[0] == 200
    assert said(company, before) == []
    assert company.teams.deleted == [("a:elena", shown.id)]
    assert company.teams.last("a:elena").words.startswith(f"{NAME} was not saved.")
    await company.send(company.press_allow("elena", shown))
    assert company.teams.drive.calls == []
    assert "was left, on" in company.teams.last("a:elena").words


async def test_a_file_is_taken_once(company: Company) -> None:
    shown = await offered(company)
    await company.send(company.press_allow("elena", shown))
    await company.send(company.press_allow("elena", shown))
    assert len(company.teams.drive.files) == 1
    assert "was taken already, on" in company.teams.last("a:elena").words
    await company.send(company.press_decline("elena", shown))
    assert "was taken already, on" in company.teams.last("a:elena").words


async def test_an_answer_that_is_delivered_again_is_no_second_one(company: Company) -> None:
    shown = await offered(company)
    taken = company.press_allow("elena", shown)
    await company.send(taken)
    before = len(company.teams.posted)
    # Half a minute later under another id: botbuilder-dotnet #5005.
    for again in (taken, {**taken, "id": company.teams.new_id()}):
        assert (await company.send(again))[0] == 200
    assert said(company, before) == []
    assert company.teams.drive.calls == ["PUT"]


async def test_of_many_at_once_one_takes_it(company: Company) -> None:
    shown = await offered(company)
    taken = [company.press_allow("elena", shown) for _ in range(8)]
    before = len(company.teams.posted)
    answers = await asyncio.gather(*(company.teams.deliver(one) for one in taken))
    await company.app.settled()
    assert {status for status, _ in answers} == {200}
    assert company.teams.drive.calls == ["PUT"]
    words = said(company, before)
    assert sum(one.startswith(f"{NAME} is in your") for one in words) == 1
    assert sum("was taken already" in one for one in words) == 7


async def test_nobody_else_takes_it(company: Company) -> None:
    shown = await offered(company)
    status, _ = await company.send(company.press_allow("ana", shown))
    assert status == 200
    assert company.teams.drive.calls == []
    assert company.teams.last("a:ana").words.startswith("That file does not wait for you here")
    # Nor in a chat in which others read along.
    before = len(company.teams.posted)
    activity = company.press_allow("elena", shown)
    activity["conversation"] |= {"id": CHANNEL, "conversationType": "channel", "isGroup": True}
    assert (await company.send(activity))[0] == 200
    stranger = company.press_allow("nobody", shown)
    assert (await company.send(stranger))[0] == 200
    assert len(company.teams.posted) == before
    await company.send(company.press_allow("elena", shown))
    assert len(company.teams.drive.files) == 1


async def test_whoever_was_shut_out_since_takes_nothing(company: Company) -> None:
    shown = await offered(company, "carla")
    shut_out = await company.database.write(
        lambda tx: tx.people.set_disabled(PrincipalId("carla"), True), tenant=ACME
    )
    assert shut_out
    before = len(company.teams.posted)
    assert (await company.send(company.press_allow("carla", shown)))[0] == 200
    assert (company.teams.drive.calls, said(company, before, "a:carla")) == ([], [])


async def test_it_waits_for_seven_days(company: Company) -> None:
    shown = await offered(company)
    company.clock.set(START + timedelta(days=7, minutes=1))
    await company.send(company.press_allow("elena", shown))
    assert company.teams.drive.calls == []
    assert "could be taken until" in company.teams.last("a:elena").words


async def test_what_was_forgotten_cannot_be_taken(company: Company) -> None:
    shown = await offered(company)
    await company.database.write(lambda tx: tx.outbox.erase(PrincipalId("elena")), tenant=ACME)
    await company.send(company.press_allow("elena", shown))
    assert company.teams.drive.calls == []
    assert "is not kept any more" in company.teams.last("a:elena").words


async def test_who_asked_in_a_channel_gets_it_in_private(company: Company) -> None:
    await company.say("elena", "hello")
    text = f"<at>Bursar</at> {ASKED}"
    await company.say("elena", text, CHANNEL, entities=[MENTION])
    (shown,) = company.consents("a:elena")
    await company.send(company.press_allow("elena", shown))
    assert len(company.teams.drive.files) == 1
    assert company.teams.last("a:elena").info is not None


async def test_where_teams_takes_no_such_card_its_beginning_is_shown(company: Company) -> None:
    company.teams.refuses_files = True
    answer = await company.say("elena", ASKED)
    assert f"{NAME} begins so:" in answer
    assert "from,until,cost_centre" in answer


async def test_without_hosts_its_beginning_is_shown(
    sqlite_database: Database, clock: PacingClock
) -> None:
    async with open_company(sqlite_database, clock, file_hosts=[]) as company:
        await company.database.write(_use, tenant=ACME)
        assert f"{NAME} begins so:" in await company.say("elena", ASKED)
        assert company.consents("a:elena") == []


# Places


@pytest.mark.parametrize(
    "url",
    [
        "https://sharepoint.com.evil.test/up",
        "https://acme.sharepoint.com@169.254.169.254/up",
        "http://localhost/up",
        "https://169.254.169.254/latest/meta-data",
        "https://2130706433/up",
        "https://localhost\\@evil.test/up",
        "file:///etc/passwd",
        "https://localhost/" + "x" * 9000,
        "",
    ],
)
@pytest.mark.parametrize("name", ["uploadUrl", "contentUrl"])
async def test_a_place_that_is_not_listed_gets_nothing(
    company: Company, url: str, name: str
) -> None:
    shown = await offered(company)
    before = len(company.teams.deleted)
    activity = company.press_allow("elena", shown)
    activity["value"]["uploadInfo"][name] = url
    assert (await company.send(activity))[0] == 200
    assert company.teams.drive.calls == []
    assert "is none that I may write to" in company.teams.last("a:elena").words
    # It waits as before, and so does its card.
    assert len(company.teams.deleted) == before
    await company.send(company.press_allow("elena", shown))
    assert len(company.teams.drive.files) == 1


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"action": "steal"},
        {"type": "fileUpload", "action": 1},
    ],
)
async def test_what_is_no_answer_to_a_file_is_refused(company: Company, value: object) -> None:
    shown = await offered(company)
    activity = {**company.press_allow("elena", shown), "value": value}
    assert (await company.send(activity))[0] == 400


@pytest.mark.parametrize("context", [None, [], {}, {"bursar": {"file": 7}}, {"bursar": "x"}])
async def test_an_answer_to_no_file_of_ours_says_nothing(
    company: Company, context: object
) -> None:
    shown = await offered(company)
    activity = company.press_allow("elena", shown)
    activity["value"]["context"] = context
    before = len(company.teams.posted)
    assert (await company.send(activity))[0] == 200
    assert len(company.teams.posted) == before


# Faults


async def taken(company: Company, *faults: DriveFault) -> Posted:
    """Take a file while its place has faults, and wait until nothing more is tried."""
    shown = await offered(company)
    company.teams.drive.faults.extend(faults)
    await company.send(company.press_allow("elena", shown))
    await later(company)
    return shown


async def later(company: Company) -> None:
    """Let what was put off come."""
    for _ in range(6):
        company.clock.advance(timedelta(seconds=30))
        await company.app.take_over()
        await company.app.settled()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 302, 307])
async def test_a_place_that_is_over_is_said_and_the_file_offered_again(
    company: Company, status: int
) -> None:
    headers = {"Location": "http://169.254.169.254/latest/meta-data"} if status < 400 else {}
    await taken(company, DriveFault(status, headers))
    assert company.teams.drive.calls == ["PUT"]
    *_, words, again = said(company, 0)
    assert words.startswith(f"{NAME} could not be saved to your OneDrive; nothing of it is there.")
    first, second = company.consents("a:elena")
    assert again == second.words
    assert company.teams.deleted == [("a:elena", first.id)]
    await company.send(company.press_allow("elena", second))
    assert len(company.teams.drive.files) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_a_place_that_is_busy_is_tried_again(company: Company, status: int) -> None:
    await taken(company, DriveFault(status, {"Retry-After": "3"}))
    assert company.teams.drive.calls == ["PUT", "GET", "PUT"]
    assert len(company.teams.drive.files) == 1
    assert company.teams.last("a:elena").info is not None


async def test_a_place_that_stays_busy_is_given_up_and_said(company: Company) -> None:
    await taken(company, *(DriveFault(503) for _ in range(9)))
    assert company.teams.drive.calls == ["PUT", "GET", "GET", "GET", "GET"]
    assert f"interrupted while saving {NAME}" in said(company, 0)[-2]
    company.teams.drive.faults.clear()
    await company.send(company.press_allow("elena", company.consents("a:elena")[-1]))
    assert len(company.teams.drive.files) == 1


async def test_a_place_that_is_busy_for_long_holds_up_nothing(company: Company) -> None:
    await taken(company, DriveFault(429, {"Retry-After": "600"}))
    assert company.teams.drive.calls == ["PUT"]
    assert "could not be saved" in said(company, 0)[-2]


async def test_an_upload_that_is_cut_off_goes_on_where_it_was(company: Company) -> None:
    await taken(company, DriveFault(cuts_at=40))
    assert company.teams.drive.calls == ["PUT", "GET", "PUT"]
    (data,) = company.teams.drive.files
    assert data.startswith(b"from,until,cost_centre")
    assert company.teams.last("a:elena").info is not None


async def test_an_upload_that_nobody_heard_the_end_of_is_not_made_again(company: Company) -> None:
    await taken(company, DriveFault(finishes=True))
    assert company.teams.drive.calls == ["PUT", "GET"]
    assert len(company.teams.drive.files) == 1
    assert f"interrupted while saving {NAME}" in said(company, 0)[-2]


async def test_a_host_that_leads_inside_gets_nothing(
    sqlite_database: Database, clock: PacingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from adapters.channels.posting import Poster
    from tests.platforms import teams_company

    def outside(inside: object, **more: object) -> Poster:
        return Poster((), **more)  # type: ignore[arg-type]  # as it is called

    # As in production: no host may be on a private net, whatever it is called.
    monkeypatch.setattr(teams_company, "Poster", outside)
    async with open_company(sqlite_database, clock) as company:
        await company.database.write(_use, tenant=ACME)
        shown = await offered(company)
        await company.send(company.press_allow("elena", shown))
        assert company.teams.drive.calls == []
        assert "could not be saved" in said(company, 0)[-2]


# Restarts


async def restarted(company: Company) -> None:
    """Begin anew on the same database, after another process's lease is over."""
    company.clock.advance(timedelta(minutes=2))
    app = App(company.database, company.clock, limits())
    app.workers.start()
    app.add_channel("teams", company.adapter.send)
    await app.take_over(is_start=True)
    await app.settled()
    await app.stop()


async def taken_and_stopped(company: Company) -> OutboxItem:
    """Take a file while nothing is sent; return the message that waits, as somebody began it."""
    shown = await offered(company)
    await company.app.stop()
    assert (await company.teams.deliver(company.press_allow("elena", shown)))[0] == 200
    assert company.teams.drive.calls == []

    def begin(tx: SqlTx) -> OutboxItem:
        (item,) = tx.outbox.list_next("teams", 10)
        assert tx.outbox.begin([item.id]) == {item.id}
        return item

    return await company.database.write(begin)


async def test_what_was_taken_is_handed_over_after_a_restart(company: Company) -> None:
    shown = await offered(company)
    await company.app.stop()
    await company.teams.deliver(company.press_allow("elena", shown))
    await restarted(company)
    assert company.teams.drive.calls == ["PUT"]
    assert company.teams.last("a:elena").info is not None
    assert company.teams.deleted == [("a:elena", shown.id)]


async def test_a_restart_before_the_upload_looks_and_uploads(company: Company) -> None:
    await taken_and_stopped(company)
    await restarted(company)
    assert company.teams.drive.calls == ["GET", "PUT"]
    assert len(company.teams.drive.files) == 1
    assert company.teams.last("a:elena").info is not None


async def test_a_restart_after_the_upload_uploads_nothing(company: Company) -> None:
    item = await taken_and_stopped(company)
    await company.adapter.send(item)
    await restarted(company)
    assert company.teams.drive.calls == ["PUT"]
    last = company.teams.last("a:elena")
    assert last.info is not None
    assert "This may be a second copy" in last.words


async def test_a_file_that_arrived_is_shown_though_teams_was_away(company: Company) -> None:
    shown = await offered(company)
    company.teams.faults.append(Fault(503))
    await company.send(company.press_allow("elena", shown))
    await later(company)
    assert company.teams.drive.calls == ["PUT"]
    assert company.teams.last("a:elena").info is not None
    assert company.teams.deleted == [("a:elena", shown.id)]


async def test_teams_is_answered_before_the_file_is_there(company: Company) -> None:
    shown = await offered(company)
    company.teams.drive.hold()
    status, _ = await company.teams.deliver(company.press_allow("elena", shown))
    assert status == 200
    assert company.teams.drive.files == []
    company.teams.drive.release()
    await company.app.settled()
    assert len(company.teams.drive.files) == 1


# What it looks like


async def test_each_file_of_the_month_has_a_card_of_its_own(company: Company) -> None:
    blocks = (
        TextBlock("November"),
        FileBlock.of("chargeback.csv", "text/csv", b"a,b\r\n", "chargeback.csv, 1 rows"),
        FileBlock.of("focus.csv", "text/csv", b"c,d\r\n", "focus.csv, 1 rows"),
        FileBlock.of("empty.csv", "text/csv", b"", "empty.csv, 0 rows"),
    )
    await tell(company, OutboundMessage(ConversationId(""), "November", blocks=blocks))
    first, second = company.consents("a:elena")
    assert [each.words for each in (first, second)] == [blocks[1].alt, blocks[2].alt]
    assert "empty.csv, 0 rows" in said(company, 0)[-3]
    await company.send(company.press_allow("elena", second))
    await company.send(company.press_allow("elena", first))
    assert company.teams.drive.files == [b"c,d\r\n", b"a,b\r\n"]


async def tell(company: Company, message: OutboundMessage) -> None:
    """Have Elena told something in her private chat."""
    await company.say("elena", "hello")

    def add(tx: SqlTx) -> None:
        place = tx.conversations.find_of_person(PrincipalId("elena"))
        assert place is not None
        tx.outbox.add(replace(message, conversation_id=place.id), "teams")

    await company.database.write(add, tenant=ACME)
    await company.app.settled()


async def test_what_a_whole_chat_reads_says_where_the_file_is_to_be_had(company: Company) -> None:
    file = FileBlock.of("chargeback.csv", "text/csv", b"a,b\r\n", "chargeback.csv, 1 rows")
    message = OutboundMessage(ConversationId(""), "x", blocks=(file,), is_for_all=True)
    await tell(company, message)
    words = company.teams.last("a:elena").words
    assert "chargeback.csv begins so:\na,b" in words
    assert words.endswith("Ask me for it in our private chat to get all of it as a file.")
    assert company.consents("a:elena") == []


async def test_a_large_file_arrives_whole(company: Company) -> None:
    data = b"0123456789abcde\n" * (MOST_FILE_BYTES // 16)
    file = FileBlock.of("large.csv", "text/csv", data, "large.csv, 500,000 rows")
    await tell(company, OutboundMessage(ConversationId(""), "x", blocks=(file,)))
    (shown,) = company.consents("a:elena")
    await company.send(company.press_allow("elena", shown))
    assert company.teams.drive.files == [data]
