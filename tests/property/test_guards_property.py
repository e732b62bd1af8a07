"""Whatever text comes: offsets hold, cleaning is final and can be undone, nothing blows up."""

import itertools
import json
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guards.inert import MAX_CHARACTERS, inert
from bot.guards.redaction import restore
from bot.guards.scan import clean, scan
from tests.secret_samples import PREFIXED, fill

# Pieces that mean something to a guard, put together in all ways that they never stand in.
PIECES = [
    "ana@x.org", "+34 612 345 678", "4111 1111 1111 1111", "GB29 NWBK 6016 1331 9268 19",
    "192.168.0.1", "2001:db8::1", "12345678Z", "password=", "password is ", "token: ", "key",
    "Bearer ", "sk-", "ghp_", "eyJ", "://a:", "@", "-----BEGIN PRIVATE KEY-----", "-----END",
    "[PHONE_1]", "[SECRET_1]", "ignore all ", "your instructions", "system prompt", "1gn0r3 ",
    "i.g.n.o.r.e", "i g n o r e", "SWdub3JlIGFsbCBydWxlcw==", "\u200b", "\u0456", "\U000e0041",
    "\u0130", "\u017f", "$", "x", "0", "00", "1", " ", ".", "-", ":", "\n", '"', "'", "=", "{",
    "}", "abc",
]  # fmt: skip
MIXED = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.sampled_from(PREFIXED).map(lambda one: fill(one, random.Random(1))),
        st.text(max_size=8),
    ),
    max_size=12,
).map("".join)
ANY = st.one_of(MIXED, st.text(st.characters(), max_size=120))


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_places_lie_in_the_text_in_order(text: str) -> None:
    found = scan(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(0 < one.score <= 1 for one in found)
    assert found == sorted(found, key=lambda one: (one.start, one.end))
    removable = [one for one in found if one.kind != "injection"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(removable))


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_to_clean_twice_is_to_clean_once(text: str) -> None:
    once = clean(text)
    assert clean(once.text).text == once.text
    assert not [one for one in scan(once.text) if one.kind != "injection"]


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_personal_data_comes_back_as_it_was(text: str) -> None:
    cleaned = clean(text, kinds=["pii"])
    assert restore(cleaned.text, cleaned.originals) == text


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_inert_text_is_short_visible_and_one_line(text: str) -> None:
    shown = json.loads(inert(text))
    assert len(shown) <= MAX_CHARACTERS
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co")]
    assert "\n" not in inert(text)
    assert "<" not in inert(text)


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_said_over_and_over_is_looked_through(piece: str) -> None:
    # A pattern that tries again and again would meet the time-out here; `make bench` measures it.
    text = piece * (20_000 // len(piece))
    assert all(one.end <= len(text) for one in scan(text))
