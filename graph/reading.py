"""Where what Microsoft answers is turned into what Samen knows, whatever shape it has."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from graph.errors import UnreachableError

# What reading a shape that nobody promised can raise: a number where a list was, a year that no calendar has.
MISSHAPEN = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, OSError, RecursionError)

_P = ParamSpec("_P")
_T = TypeVar("_T")


def reads(parse: Callable[_P, _T]) -> Callable[_P, _T]:
    """A parser of answers that says UnreachableError, and nothing else, of what it cannot read."""

    @wraps(parse)
    def read(*args: _P.args, **more: _P.kwargs) -> _T:
        try:
            return parse(*args, **more)
        except MISSHAPEN:  # its text may quote what was answered
            raise UnreachableError(200) from None

    return read


def mapping(told: Any) -> Mapping[str, Any]:
    """A JSON object. Raises UnreachableError for anything else."""
    if not isinstance(told, dict):
        raise UnreachableError(200)
    return told


def text(told: Any) -> str:
    """A text with something in it, that can be sent back. Raises UnreachableError for anything else."""
    if (found := words(told)) is None or not found:
        raise UnreachableError(200)
    return found


def words(told: Any) -> str | None:
    """A text that can be written anywhere; None for anything else, as half of a surrogate pair."""
    if not isinstance(told, str):
        return None
    try:
        told.encode()
    except UnicodeEncodeError:
        return None
    return told


def rows(told: Any) -> Sequence[Any]:
    """A list's own; none where there is no list."""
    return told if isinstance(told, list) else ()
