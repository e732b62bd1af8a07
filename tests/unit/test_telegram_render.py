"""What Telegram is sent, read back as Telegram reads it."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.telegram.inbound import to_data
from adapters.telegram.markup import JOINER, MOST_CAPTION, MOST_TEXT, units
from adapters.telegram.render import MOST_IN_ROW, MOST_PARTS, render
from bot.ids import ConversationId
from bot.messages import (
    BarBlock,
    Block,
    Button,
    FieldsBlock,
    OutboundMessage,
    PictureBlock,
    TextBlock,
)
from tests.platforms.telegram_html import found_entities, parse_html

PLACE = ConversationId("c")
PNG = base64.b64encode(b"\x89PNG").decode()
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "<b>", "</b>", "&lt;", "&", "<", ">", "@ana", "@here", "<!channel>", "/approve",
                "https://evil.com/a?b=c", "evil.com", "tg://user?id=1", "a@b.com", "[x](tg://x)",
                "=HYPERLINK(1)", "```", "*_~`>#+-=|{}.!", "{{7*7}}", "%s", "'; DROP", "\n", "\n\n",
                "http://EVIL.dev", "x.evil.me/path", "//evil.com", "\U0001f600", "٣",
                "#pay", "#7K2M", "##a", "#·x", "$USD", "$1INCH", "$A", "+1-212-555-0123", "+34",
                "89123456789", "(212) 555-0123", "4111 1111 1111 1111", "4111111111111111",
                "1.2.3.4", "http://1.2.3.4:80", "\U0001f600.com", "a~.com", "x.xn--p1ai",
                "a.b@c.museum", "tg://x", "ton://x", "2026-11-18", "$250", "$1,234.50", "U.S.",
            ]
        ),
    ),
    max_size=30,
).map(" ".join)  # fmt: skip


def message(text: str = "", *blocks: Block, buttons: tuple[Button, ...] = ()) -> OutboundMessage:
    return OutboundMessage(PLACE, text, blocks=blocks, buttons=buttons)


def bare(text: str) -> list[str]:
    return text.replace(JOINER, "").split()


@settings(deadline=None)
@given(HOSTILE)
def test_any_text_is_shown_as_it_is_and_means_nothing(text: str) -> None:
    text = text.replace(JOINER, "").replace("\0", "")
    together = []
    for part in render(message(text)):
        parsed = parse_html(part.html)
        assert parsed.entities == ()
        assert parsed.text == part.plain
        together += bare(parsed.text)
    assert together == (text.split() or ["…"])


@settings(deadline=None)
@given(HOSTILE, HOSTILE, st.integers(-50, 500))
def test_blocks_are_marked_up_in_their_titles_only(title: str, value: str, percent: int) -> None:
    blocks = (
        TextBlock(title, is_title=True),
        FieldsBlock(((title, value),)),
        BarBlock(value, percent),
    )
    for part in render(message("x", *blocks)):
        assert {kind for kind, _ in parse_html(part.html).entities} <= {"b"}


@settings(deadline=None)
@given(
    st.integers(1, 9000),
    st.sampled_from(["x", "word ", "line\n", "para\n\n", "\U0001f600", "&<>"]),
)
def test_parts_fit_and_lose_nothing(count: int, piece: str) -> None:
    text = piece * count
    parts = render(message(text, buttons=(Button("Yes", "A" * 22),)))
    if len(parts) == 1 and parts[0].file:
        assert parts[0].file == text.encode()
        assert units(parts[0].plain) <= MOST_CAPTION
        assert count * len(piece) > MOST_TEXT * (MOST_PARTS - 1) / 2
    else:
        assert all(0 < units(part.plain) <= MOST_TEXT for part in parts)
        assert "".join(part.plain for part in parts).replace("\n", "").replace(" ", "") == (
            text.replace("\n", "").replace(" ", "")
        )
    assert [bool(part.keyboard) for part in parts] == [*[False] * (len(parts) - 1), True]


def test_a_message_in_blocks() -> None:
    blocks = (
        TextBlock("Design & <co>", is_title=True),
        TextBlock("Spent so far."),
        FieldsBlock((("Limit", "$500.00"), ("Free", "$87.20"))),
        BarBlock("83 %", 83),
        BarBlock("130 %", 130),
    )
    (part,) = render(message("x", *blocks))
    assert part.html == (
        "<b>Design &amp; &lt;co&gt;</b>\n"
        "Spent so far.\n"
        "Limit: $500.00\n"
        "Free: $87.20\n"
        "████████░░ 83 %\n"
        "██████████ 130 %"
    )
    assert part.plain.startswith("Design & <co>\nSpent")


def test_buttons_stand_in_rows_and_carry_a_token_alone() -> None:
    buttons = tuple(Button(f"B{number}", f"{number:022}") for number in range(11))
    (part,) = render(message("x", buttons=buttons))
    assert [len(row) for row in part.keyboard] == [MOST_IN_ROW, 3]
    assert part.keyboard[1][2].data == "p:0000000000000000000010"
    for label, rows in (
        ("a label that is rather wide", [1, 1, 1, 1]),
        ("Once a week instead", [2, 2]),
        ("Tomorrow at 9", [3, 1]),
        ("Yes", [4]),
    ):
        buttons = tuple(Button(label, f"{number:022}") for number in range(4))
        (part,) = render(message("x", buttons=buttons))
        assert [len(row) for row in part.keyboard] == rows, label


@given(st.integers(-(10**13), -1), st.integers(0, 2**31), st.text(min_size=1, max_size=200))
def test_a_button_fits_wherever_it_leads(chat: int, thread: int, label: str) -> None:
    assert len(to_data("A" * 22, str(chat), str(thread)).encode()) <= 64
    buttons = (Button(label, "A" * 22),)
    (part,) = render(message("x", buttons=buttons), chat=str(chat), thread=str(thread))
    assert 0 < len(part.keyboard[0][0].label) <= 64


def test_a_notice_comes_first() -> None:
    (part,) = render(message("text"), notice="This may be a second copy.")
    assert part.plain == "This may be a second copy.\n\ntext"


def test_a_picture_takes_what_fits_as_its_caption() -> None:
    (part,) = render(message("x", TextBlock("words"), PictureBlock(PNG, "a chart")))
    assert (part.picture, part.plain) == (b"\x89PNG", "words")
    picture, text = render(message("x", TextBlock("w " * 800), PictureBlock(PNG, "c" * 3000)))
    assert units(picture.plain) <= MOST_CAPTION
    assert text.is_text
    assert not picture.is_text


@pytest.mark.parametrize(
    "text",
    [
        "$250", "$412.80 of $500.00", "$1,234,567.00", "≈$695", "2026-11-18", "18 Nov 2026, 14:05",
        "83 %", "2026-11-18 - 2026-11-30", "1,000 reads", "gpt-4.1-mini", "12:30", "3.5", "C# is",
        "10 000", "costs $ 5", "a #", "1 + 1", "v1.2.3",
    ],
)  # fmt: skip
def test_amounts_and_dates_are_left_as_they_are(text: str) -> None:
    (part,) = render(message(text))
    assert (part.plain, part.html) == (text, text)


@pytest.mark.parametrize(
    "text",
    [
        "#7K2M", "Draft #7K2M: ask", "$USD", "+34 600 123 456", "600123456", "(212) 555-0123",
        "4111 1111 1111 1111", "8.8.8.8", "\U0001f600.com", "paypa1.com.evil.zip",
    ],
)  # fmt: skip
def test_what_could_be_tapped_cannot_and_looks_the_same(text: str) -> None:
    assert found_entities(text) != ()
    (part,) = render(message(text))
    assert found_entities(part.plain) == ()
    assert parse_html(part.html).entities == ()
    assert part.plain.replace(JOINER, "") == text
