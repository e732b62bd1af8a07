"""Providers' exports: read strictly, and compared to the nano."""

from datetime import UTC, date, datetime

import pytest

from bot.bills.lines import Bill, BillLine, model_key
from bot.bills.reading import BillUnreadable, Fault, read_bill
from bot.bills.variance import Counted, Share, compare, compare_days, correct
from bot.economy.charges import Charge
from bot.ids import PrincipalId, WalletId

D1, D2 = date(2026, 10, 30), date(2026, 11, 1)
ROOT = WalletId("company")


def stamp(on: date) -> int:
    return int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp())


OPENAI_USAGE = f"""\
start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,\
model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens
{stamp(D1)},{stamp(D1) + 60},x,x,p,3.0,,,gpt-5-2025-08-07,False,default,100.0,20.0,0.0
{stamp(D1) + 60},{stamp(D1) + 120},x,x,p,1,,,gpt-5-2025-08-07,,,11,2,0
{stamp(D2)},{stamp(D2) + 60},x,x,,,,,,,,,,
"""
OPENAI_COSTS = f"""\
start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id
{stamp(D1)},{stamp(D2)},x,x,0.8958740000000000,usd,"gpt-5-2025-08-07, input",
{stamp(D1)},{stamp(D2)},x,x,0.0000000005,usd,"gpt-5-2025-08-07, output",
{stamp(D1)},{stamp(D2)},x,x,1.0000000010,usd,web search tool calls,
{stamp(D2)},{stamp(D2)},x,x,,,,
"""
ANTHROPIC_USAGE = """\
usage_date_utc,model_version,api_key,workspace,usage_type,context_window,\
usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,\
usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed
2026-10-30,claude-sonnet-4-5-20250929,key,Default,standard,\u2264 200k,100,20,3,4000,50,0,global,
2026-10-30,claude-sonnet-4-5-20250929,other,Default,batch,\u2264 200k,1,0,0,0,1,0,global,
"""
ANTHROPIC_COSTS = """\
usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,\
list_price_usd,cost_type,inference_geo,speed
2026-10-30,Claude Sonnet 4.5,Default,key,message,\u2264 200k,input_no_cache,1.50,1.50,token,global,
2026-10-30,Claude Sonnet 4.5,Default,key,message,\u2264 200k,output,0.25,0.25,token,global,
2026-11-01,,Default,key,message,,,0.02,0.02,web_search,global,
"""
PLAIN = "date,model,tokens_in,tokens_out,cost_usd\n2026-10-30,m,5,6,1.000000001\n\n"


def lines(text: str) -> list[tuple[date, str, int | None, int | None, int | None]]:
    bill = read_bill(text.encode(), "p")
    return [(x.on, x.model, x.tokens_in, x.tokens_out, x.cost_nanos) for x in bill.lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OPENAI_USAGE, [(D1, "gpt-5-2025-08-07", 111, 22, None)]),
        (
            OPENAI_COSTS,
            [
                # Added up before it is rounded, so that parts of a nano are not lost.
                (D1, "gpt-5-2025-08-07", None, None, 895_874_000),
                (D1, "web search tool calls", None, None, 1_000_000_001),
            ],
        ),
        (ANTHROPIC_USAGE, [(D1, "claude-sonnet-4-5-20250929", 4124, 51, None)]),
        (
            ANTHROPIC_COSTS,
            [
                (D1, "Claude Sonnet 4.5", None, None, 1_750_000_000),
                (D2, "other", None, None, 20_000_000),
            ],
        ),
        (PLAIN, [(D1, "m", 5, 6, 1_000_000_001)]),
        ("\ufeffdate,model,cost_usd\n2026-10-30,m,-0.5\n", [(D1, "m", None, None, -500_000_000)]),
        ("model,tokens_out,date,tokens_in\nm,6,2026-10-30,5\n", [(D1, "m", 5, 6, None)]),
        ("date,model,cost_usd\n2026-10-31T01:00:00+02:00,m,0E-6176\n", [(D1, "m", None, None, 0)]),
        ("date,model,cost_usd\n2026-10-30T00:00:00Z,m,2.5e-05\n", [(D1, "m", None, None, 25_000)]),
    ],
)
def test_each_export_is_known_by_its_columns(
    text: str, expected: list[tuple[date, str, int | None, int | None, int | None]]
) -> None:
    assert lines(text) == expected


def faults(data: bytes) -> list[Fault]:
    with pytest.raises(BillUnreadable) as caught:
        read_bill(data, "p")
    return list(caught.value.faults)


HEAD = b"date,model,cost_usd\n"


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"", 1, "not the columns"),
        (b"a,b\n1,2\n", 1, "not the columns"),
        (b"date,model,cost_usd,date\n", 1, "same name"),
        (HEAD, 0, "no usage"),
        (HEAD + b"2026-10-30,m,1\n2026-13-01,m,1\n", 3, "date is no date: '2026-13-01'"),
        (HEAD + b"2026-10-30,m\n", 2, "2 cells under 3 columns"),
        (HEAD + b"2026-10-30,,1\n", 2, "model is empty"),
        (HEAD + b"2026-10-30,a\x1b[2J,1\n", 2, "no name of a model"),
        (HEAD + b"2026-10-30,m,NaN\n", 2, "no amount"),
        (HEAD + b"2026-10-30,m,1e400\n", 2, "no amount"),
        (HEAD + b"2026-10-30,m,$1\n", 2, "no amount"),
        # `Decimal` and `fromisoformat` would take these for what nobody meant.
        (HEAD + b"2026-10-30,m,1_000\n", 2, "no amount"),
        (HEAD + "2026-10-30,m,١٢٣\n".encode(), 2, "no amount"),
        (HEAD + b"2026-10-30,m,\n", 2, "no amount"),
        (HEAD + b"2026-W44-5,m,1\n", 2, "no date"),
        (HEAD + b"2026-10-30 or so,m,1\n", 2, "no date"),
        (HEAD + b"0001-01-01T00:00:00+02:00,m,1\n", 2, "no date"),
        (HEAD + b"2026-10-30,m,600000000\n2026-10-31,m,-600000000\n", 0, "a billion"),
        (HEAD + b'2026-10-30,"m,1\n', 2, "no CSV"),
        (HEAD + b"2026-10-30,\xff,1\n", 2, "not UTF-8"),
        (HEAD + b"2024-10-30,m,1\n2026-10-30,m,1\n", 0, "longer than a year"),
        (b"date,model,tokens_in,tokens_out\n2026-10-30,m,-5,1\n", 2, "no count"),
        (b"date,model,tokens_in,tokens_out\n2026-10-30,m,1.5,1\n", 2, "no count"),
        (b"date,model,tokens_in,tokens_out\n2026-10-30,m," + b"9" * 5000 + b",1\n", 2, "no count"),
        (
            OPENAI_COSTS.replace("usd,web search tool calls", "usd,").encode(),
            4,
            "grouped by line item",
        ),
        (OPENAI_COSTS.replace("usd,web", "eur,web").encode(), 4, "not usd"),
        (OPENAI_USAGE.replace(str(stamp(D1)) + ",", "soon,").encode(), 2, "no time in seconds"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data: bytes, line: int, why: str) -> None:
    first, *_ = faults(data)
    assert first.line == line
    assert why in first.why


def test_all_faults_are_told_and_nothing_is_read() -> None:
    rows = b"".join(
        b"2026-10-%02d,m,%s\n" % (day, b"x" if day % 2 else b"1") for day in range(1, 10)
    )
    assert [one.line for one in faults(HEAD + rows)] == [2, 4, 6, 8, 10]
    assert len(faults(HEAD + b"soon,m,1\n" * 1000)) == 20


def test_the_same_file_of_the_same_provider_has_the_same_id() -> None:
    assert read_bill(PLAIN.encode(), "p").id == read_bill(PLAIN.encode(), "p").id
    # Whoever named the wrong provider can name the right one.
    assert read_bill(PLAIN.encode(), "p").id != read_bill(PLAIN.encode(), "q").id
    assert read_bill(PLAIN.encode(), "p").id != read_bill(PLAIN.encode() + b"\n", "p").id


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("gpt-5-2025-08-07", "gpt-5"),
        ("Claude Sonnet 4.5", "claude-sonnet-4-5-20250929"),
        ("Claude 3.5 Sonnet 2024-10-22", "claude-3-5-sonnet-latest"),
        ("GPT-5.1", "gpt-5.1"),
    ],
)
def test_a_bills_name_and_ours_are_one_model(theirs: str, ours: str) -> None:
    assert model_key(theirs) == model_key(ours)


def test_models_that_only_look_alike_are_not_one() -> None:
    keys = {model_key(x) for x in ("gpt-5", "gpt-5-mini", "gpt-5.1", "gpt-51", "o3-2025-04-16")}
    assert len(keys) == 5


# Comparing


def charge(wallet: str, cost: int, model: str = "gpt-5", tokens: int = 10) -> Charge:
    return Charge("p", model, WalletId(wallet), PrincipalId("ana"), False, 1, tokens, 0, 0, cost)


def bill(*lines: BillLine) -> Bill:
    return Bill("id", "p", tuple(lines))


def line(cost: int | None, model: str = "gpt-5-2025-08-07", on: date = D1) -> BillLine:
    return BillLine(on, model, None, None, cost)


def test_a_difference_is_borne_by_use_to_the_nano() -> None:
    used = [charge("a", 1), charge("b", 1), charge("c", 1)]
    (one,) = correct(bill(line(103)), Counted({D1: used}), ROOT)
    assert one.difference_nanos == 100
    assert one.model == "gpt-5"
    assert one.shares == (
        Share(WalletId("a"), 34, D1),
        Share(WalletId("b"), 33, D1),
        Share(WalletId("c"), 33, D1),
    )
    (one,) = correct(bill(line(1)), Counted({D1: used}), ROOT)
    assert sum(share.amount_nanos for share in one.shares) == one.difference_nanos == -2


def test_where_nothing_was_charged_tokens_count_and_where_nobody_used_it_the_company_pays() -> (
    None
):
    free = [charge("a", 0, tokens=30), charge("b", 0, tokens=10)]
    (one,) = correct(bill(line(8)), Counted({D1: free}), ROOT)
    assert one.shares == (Share(WalletId("a"), 6, D1), Share(WalletId("b"), 2, D1))
    (one,) = correct(bill(line(8, "o3")), Counted({D1: free}), ROOT)
    assert (one.model, one.shares) == ("o3", (Share(ROOT, 8, D1),))


def test_months_are_corrected_apart_and_what_agrees_is_not() -> None:
    counted = Counted({D1: [charge("a", 5)], D2: [charge("b", 5)]})
    assert correct(bill(line(5), line(5, on=D2)), counted, ROOT) == []
    # Days of one month may make up for each other; months do not.
    first, second = correct(bill(line(6), line(4, on=D2)), counted, ROOT)
    assert (first.on, first.shares) == (date(2026, 10, 31), (Share(WalletId("a"), 1, D1),))
    assert (second.on, second.shares) == (D2, (Share(WalletId("b"), -1, D2),))


def test_a_difference_lies_on_the_days_that_have_one_of_its_kind() -> None:
    days = [date(2026, 10, number) for number in range(1, 5)]
    used = {days[0]: [charge("a", 10)], days[1]: [charge("b", 10)], days[2]: [charge("a", 10)]}
    # A call at midnight is of another day for the provider: that alone is nothing to post.
    billed = [line(cost, on=on) for cost, on in zip((14, 9, 11, 2), days, strict=True)]
    (one,) = correct(bill(*billed), Counted(used), ROOT)
    assert one.difference_nanos == 6
    # Of what a day without use has, who used it on the other days bears the most by use.
    assert one.shares == (
        Share(WalletId("a"), 3, days[0]),
        Share(WalletId("a"), 1, days[2]),
        Share(WalletId("a"), 1, days[3]),
        Share(WalletId("b"), 1, days[3]),
    )


def test_models_that_only_we_have_are_shown_and_left_alone() -> None:
    counted = Counted({D1: [charge("a", 5), charge("a", 7, "o3")]})
    assert correct(bill(line(5)), counted, ROOT) == []
    told = {
        one.model: (one.difference_nanos, one.is_billed) for one in compare(bill(line(5)), counted)
    }
    assert told == {"gpt-5": (0, True), "o3": (-7, False)}
    assert [one.model for one in compare_days(bill(line(5)), counted)] == ["o3"]


def test_tokens_alone_are_compared_and_correct_nothing() -> None:
    tokens = BillLine(D1, "gpt-5", 12, 0, None)
    counted = Counted({D1: [charge("a", 5, tokens=10)]})
    assert correct(bill(tokens), counted, ROOT) == []
    (one,) = compare_days(bill(tokens), counted)
    assert (one.theirs.tokens_in, one.ours.tokens_in, one.difference_nanos) == (12, 10, 0)
