"""JSON from outside has one reading, or is refused without a word of it in the error."""

import pytest

from bot.errors.kinds import InvalidInput
from bot.strict_json import MOST_DEPTH, parse_object


def test_an_object_is_read() -> None:
    body = '{"a": [1, 2.5, null, true], "ü": {"x": "]}{[\\""}}'.encode()
    assert parse_object(body) == {"a": [1, 2.5, None, True], "ü": {"x": ']}{["'}}


def test_depth_is_bounded_and_brackets_in_text_do_not_count() -> None:
    inner = MOST_DEPTH - 1
    assert parse_object(b'{"a": ' + b"[" * inner + b"]" * inner + b"}")
    assert parse_object(b'{"a": "' + b"[" * 500 + b'"}')
    with pytest.raises(InvalidInput):
        parse_object(b'{"a": ' + b"[" * MOST_DEPTH + b"]" * MOST_DEPTH + b"}")
    with pytest.raises(InvalidInput):
        parse_object(b"[" * 100_000)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"1",
        b"null",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e309}',
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": "\xff"}',
        b'{"a": 1} x',
        b"{'a': 1}",
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_anything_else_is_refused_and_not_quoted(body: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_object(body)
    assert caught.value.__cause__ is None
    assert "'a'" not in str(caught.value)
