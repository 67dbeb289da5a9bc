"""What an organisation decides about Samen: its switches, each with a recorded decision, and its minimum."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.addresses import holds_link
from bot.domain.capabilities import Capability
from bot.domain.counts import LOWEST
from bot.domain.words import Lexicon

HIGHEST_MINIMUM = 100  # above this no number about a site or a team would ever be published
LONGEST_LINE = 120
ACTS_A_PAGE = 20
MOST_PAGES = 1000
_FIRST_YEAR = 2000
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_AND_WORD = re.compile(r"(\d{1,2})\s+([^\W\d_]+)\.?\s+(\d{4})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Decision:
    """Why something is on: the day it was decided, where that is written down, and who agreed."""

    day: date
    reference: str
    agreed_by: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as far as it was typed or filled in."""

    day: date | None = None
    reference: str = ""
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """How a capability was switched last. On: by `decision`. Off: `reason`, if one was given."""

    on: bool
    changed_at: datetime
    decision: Decision | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the audit log: who did what to what, and when (aware UTC)."""

    actor_id: str
    act: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShowOrganisation:
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class AskDecision:
    """Ask for the decision, or for what is missing from it."""

    capability: Capability
    draft: Draft = Draft()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SwitchOn:
    capability: Capability
    decision: Decision


@dataclass(frozen=True, slots=True)
class AskOff:
    """Ask whether it is meant: it stops for everybody at once."""

    capability: Capability
    reason: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SwitchOff:
    capability: Capability
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskMinimum:
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SetMinimum:
    number: int


@dataclass(frozen=True, slots=True)
class ShowLog:
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowHealth:
    pass


Change = SwitchOn | SwitchOff | SetMinimum
Intent = ShowOrganisation | AskDecision | AskOff | AskMinimum | ShowLog | ShowHealth | Change


def clean_line(text: str) -> str:
    """A text as it is kept: one line, single spaces, nothing invisible, no loose punctuation around it."""
    visible = "".join(" " if unicodedata.category(c)[0] in "ZC" else c for c in text)
    return " ".join(visible.split()).strip(" .,;:")


def decided(draft: Draft, today: date) -> Decision | str:
    """The decision, or what is wrong with it, as a key for words.

    References are full of numbers, so only links and e-mail addresses are refused.
    """
    if draft.day is None:
        return "no_date"
    if draft.day > today:
        return "future"
    if not draft.reference:
        return "no_reference"
    if not draft.agreed_by:
        return "no_agreed"
    problem = wrong_line(draft.reference) or wrong_line(draft.agreed_by)
    return problem or Decision(draft.day, draft.reference, draft.agreed_by)


def wrong_line(line: str) -> str | None:
    """Why a line cannot be kept: too long, or it holds a link or an e-mail address."""
    if len(line) > LONGEST_LINE:
        return "too_long"
    return "link" if holds_link(line) else None


def wrong_minimum(number: int, now: int) -> str | None:
    """Why this cannot be the minimum: it goes up only, and not out of sight."""
    if number < LOWEST:
        return "below_floor"
    if number < now:
        return "never_lower"
    return "too_high" if number > HIGHEST_MINIMUM else None


def leading_date(text: str, lexicon: Lexicon, today: date) -> tuple[date | None, str]:
    """The date a text begins with (a year and all, or "today"), and what follows it."""
    relative = lexicon.phrase("relative", text)
    if relative and relative.key == "today":
        return today, relative.rest
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3)), (_DAY_AND_WORD, (3, 2, 1))):
        found = pattern.match(text.lstrip())
        if found:
            year, month, day = (found[group] for group in order)
            return _date(int(year), _month(month, lexicon), int(day)), text.lstrip()[found.end() :]
    return None, text


def _month(said: str, lexicon: Lexicon) -> int:
    if said.isdecimal():
        return int(said)
    word = lexicon.phrase("month", said)
    return _MONTHS.index(word.key) + 1 if word else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def reference_and_agreement(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """The two sides of "OR-besluit 2026/113, akkoord: OR en directie"; the last "akkoord:" divides them."""
    words = sorted(lexicon.texts("admin", "agreed"), key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})\s*"
    for ending in (":", r"(?=\s)"):
        found = list(re.finditer(pattern + ending, text, re.IGNORECASE))
        if found:
            return clean_line(text[: found[-1].start()]), clean_line(text[found[-1].end() :])
    return clean_line(text), ""
