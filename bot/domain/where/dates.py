"""Dates as people write them: "3 dec", "3-12-2026", "2026-12-03", "dec 3rd", "20 en 21 dec", "de 3e"."""

from collections.abc import Sequence

from bot.domain.where.said import Dated, Said, Through, Week, month, said, strange
from bot.domain.where.sentence import Lexeme

_Found = tuple[list[Said], int] | None  # what was said, and how many lexemes it took
_DAY, _YEAR = 2, 4  # digits


def say(lexemes: Sequence[Lexeme]) -> list[Said]:
    """All that a row of lexemes says, dates and week numbers put together."""
    result: list[Said] = []
    at = 0
    while at < len(lexemes):
        found = _date(lexemes, at)
        if found is None:
            piece = said(lexemes[at])
            found = ([] if piece is None else [piece], 1)
        result += found[0]
        at += found[1]
    return result


def _date(lexemes: Sequence[Lexeme], at: int) -> _Found:
    lexeme = lexemes[at]
    if lexeme.is_a("number"):
        return _day_first(lexemes, at) or _numeric(lexemes, at) or _ordinal(lexeme)
    if lexeme.is_a("month"):
        return _month_first(lexemes, at)
    return _numbered_weeks(lexemes, at) if lexeme.key("week") == "number" else None


def _numbered_weeks(lexemes: Sequence[Lexeme], at: int) -> _Found:
    """Weeks by their numbers: "week 49", "week 49 en 50", "week 49 t/m 52"."""
    numbers, joints, end = _days(lexemes, at + 1)
    if len(numbers) > 1 and (_day_first(lexemes, end - 1) or _numeric(lexemes, end - 1)):
        numbers, joints, end = numbers[:-1], joints[:-1], end - 2  # "week 49 en 3 dec"
    if not numbers:
        return [strange(lexemes[at])], 1
    if len(numbers) == 2 and isinstance(joints[0], Through):  # noqa: PLR2004 - a start and an end
        numbers = list(range(numbers[0], numbers[1] + 1)) or numbers
    return [Week(number) for number in numbers], end - at


def _number(lexemes: Sequence[Lexeme], at: int, digits: int) -> int | None:
    return lexemes[at].number(digits) if 0 <= at < len(lexemes) else None


def _days(lexemes: Sequence[Lexeme], at: int) -> tuple[list[int], list[Said], int]:
    """The numbers of "3, 4 en 5" or "3 t/m 5" from `at` on, what joins them, and where they end."""
    numbers: list[int] = []
    joints: list[Said] = []
    while (number := _number(lexemes, at, _DAY)) is not None:
        numbers.append(number)
        at += 1
        if at >= len(lexemes) or _number(lexemes, at + 1, _DAY) is None:
            break
        joint = said(lexemes[at]) if lexemes[at].is_a("join", "dash", "range") else None
        if joint is None:
            break
        joints.append(joint)
        at += 1
    return numbers, joints, at


def _woven(numbers: list[int], joints: list[Said], of_month: int, of_year: int | None) -> list[Said]:
    result: list[Said] = []
    for count, number in enumerate(numbers):
        result += joints[count - 1 : count] if count else []
        result.append(Dated(number, of_month, of_year))
    return result


def _day_first(lexemes: Sequence[Lexeme], at: int) -> _Found:
    numbers, joints, end = _days(lexemes, at)
    if end < len(lexemes) and lexemes[end].key("join") == "of":
        end += 1
    of_month = month(lexemes[end]) if end < len(lexemes) else None
    if not numbers or of_month is None:
        return None
    year = _year(lexemes, end + 1)
    return _woven(numbers, joints, of_month, year), end + 1 - at + (year is not None)


def _month_first(lexemes: Sequence[Lexeme], at: int) -> _Found:
    of_month = month(lexemes[at])
    numbers, joints, end = _days(lexemes, at + 1)
    while len(numbers) > 1 and end < len(lexemes) and lexemes[end].is_a("month"):
        numbers, joints, end = numbers[:-1], joints[:-1], end - 2  # "dec 3, 4 jan": the 4 is January's
    if not numbers or of_month is None:
        return None
    comma = end < len(lexemes) and lexemes[end].text == "," and _year(lexemes, end + 1) is not None
    year = _year(lexemes, end + comma)
    return _woven(numbers, joints, of_month, year), end + comma - at + (year is not None)


def _year(lexemes: Sequence[Lexeme], at: int) -> int | None:
    year = _number(lexemes, at, _YEAR)
    return year if year is not None and 1900 <= year < 2200 else None  # noqa: PLR2004


def _ordinal(lexeme: Lexeme) -> _Found:
    day = lexeme.number(_DAY)
    return None if day is None or lexeme.key("number") != "ordinal" else ([Dated(day)], 1)


def _numeric(lexemes: Sequence[Lexeme], at: int) -> _Found:
    """A date in numbers ("3-12", "3/12/2026", "3.12.2026", "2026-12-03"): no space in it, nothing glued on."""
    end = at + 1
    while end + 1 < len(lexemes) and _is_link(lexemes, end):
        end += 2
    parts = [lexeme.text for lexeme in lexemes[at:end:2]]
    marks = [lexeme.text for lexeme in lexemes[at + 1 : end : 2]]
    before_is_link = lexemes[at].glued and at > 0 and lexemes[at - 1].text in {"-", "/", ".", "+"}
    if before_is_link or (end < len(lexemes) and _is_tail(lexemes[end])):
        return None
    compact = _compact_range(parts, marks)
    if compact:
        return compact, end - at
    dated = _written(parts, marks[0]) if len(set(marks)) == 1 else None
    return None if dated is None else ([dated], end - at)


def _compact_range(parts: list[str], marks: list[str]) -> list[Said] | None:
    """The range in "27/11-4/12"."""
    if marks != ["/", "-", "/"]:
        return None
    start, end = _written(parts[:2], "/"), _written(parts[2:], "/")
    return [start, Through(), end] if start and end else None


def _is_link(lexemes: Sequence[Lexeme], at: int) -> bool:
    following = lexemes[at + 1]
    return lexemes[at].text in {"-", "/", "."} and lexemes[at].glued and following.glued and following.is_a("number")


def _is_tail(lexeme: Lexeme) -> bool:
    return lexeme.glued and lexeme.text.isalnum()


def _written(parts: list[str], mark: str) -> Dated | None:
    match [len(part) for part in parts]:
        case [1 | 2, 1 | 2] if mark != ".":
            padded = any(part.startswith("0") for part in parts)
            return Dated(int(parts[0]), int(parts[1]), mark=None if padded else mark)
        case [1 | 2, 1 | 2, 2]:
            return Dated(int(parts[0]), int(parts[1]), 2000 + int(parts[2]))
        case [1 | 2, 1 | 2, 4]:
            return Dated(int(parts[0]), int(parts[1]), int(parts[2]))
        case [4, 1 | 2, 1 | 2]:
            return Dated(int(parts[2]), int(parts[1]), int(parts[0]))
    return None
