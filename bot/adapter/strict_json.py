"""JSON read strictly: what two readers could understand differently is refused."""

import json
import math
from typing import Any, NoReturn

from bot.adapter.refusals import Malformed

DEPTH = 64  # Teams' deepest activities (a message extension's card in an invoke) stay below 20
_SMALLEST, _LARGEST = -(2**63), 2**63 - 1  # what every reader and database holds; an answer may carry it back


def strict_loads(raw: bytes) -> Any:
    """Read JSON.

    Raises Malformed for a repeated key, NaN, Infinity, a whole number beyond 64 bits, other encodings than UTF-8, and
    depth.
    """
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Malformed("not JSON as it should be") from None
    if not _is_plain(raw):
        _check(value)
    return value


def _is_plain(raw: bytes) -> bool:
    """Whether it cannot be too deep or hold odd characters: few brackets, and no escape that could make one."""
    return b"\\u" not in raw and raw.count(b"{") + raw.count(b"[") <= DEPTH


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is repeated")
    return found


def _no_constant(_: str) -> NoReturn:
    raise ValueError("not a number of JSON")


def _whole(text: str) -> int:
    number = int(text)
    if not _SMALLEST <= number <= _LARGEST:
        raise ValueError("too large a number")
    return number


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("too large a number")
    return number


# One for all: making it takes longer than reading a message with it.
_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_whole, parse_float=_finite)


def _check(value: Any) -> None:
    """Refuse depth, and characters that UTF-8 or a database cannot hold (lone surrogates, NUL)."""
    level, depth = [value], 0
    while level:
        if depth > DEPTH:
            raise Malformed("too deep")
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below += item.keys()
                below += item.values()
            elif isinstance(item, list):
                below += item
            elif isinstance(item, str) and not _is_text(item):
                raise Malformed("characters that are no text")
        level, depth = below, depth + 1


def _is_text(text: str) -> bool:
    if text.isascii():
        return "\0" not in text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in text
