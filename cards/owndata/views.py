"""What the cards of one's own data show, in plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from cards.drawing import View

Value = str | int | bool | date | datetime


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What a table declares, as sentences of the catalogue, and how many rows in it are about the reader."""

    title: str
    purpose: str
    seen_by: str
    kept: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class PrivacyView(View):
    """What is kept about the reader now, and what could be. `full`: why and how long of the second too.

    `quiet_until`: pauses until that day. `guest`: somebody of another organisation, who can use none of the rest.
    `microsoft`: one can sign in with Microsoft here.
    """

    now: tuple[KeptLine, ...]
    could: tuple[KeptLine, ...] = ()
    full: bool = False
    guest: bool = False
    stopped: bool = False
    quiet_until: date | None = None
    microsoft: bool = False


# One row of a table: column -> value, empty ones left out; moments in the reader's own zone.
DataRow = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class DataSection:
    """Some rows of a table; `title` is a sentence of the catalogue."""

    title: str
    rows: tuple[DataRow, ...]


@dataclass(frozen=True, slots=True)
class MyDataView(View):
    """Everything about the reader, to read: part `part` of `of`. `file`: a file follows it, not text for machines."""

    sections: tuple[DataSection, ...]
    part: int = 1
    of: int = 1
    first: date | None = None
    file: bool = False

    @property
    def first_day(self) -> date | None:
        """Today, where anything stands in it: the messages are replaced the night after."""
        return self.first


@dataclass(frozen=True, slots=True)
class JsonPartView(View):
    """Everything about the reader, for machines: a JSON text without a backtick, part `part` of `of`."""

    text: str
    part: int = 1
    of: int = 1
    first: date | None = None

    @property
    def first_day(self) -> date | None:
        """Today, where anything stands in it: the messages are replaced the night after."""
        return self.first


@dataclass(frozen=True, slots=True)
class FileOfferView(View):
    """Offers everything about the reader as a file made on `day`, of about so many bytes."""

    day: date
    size: int


@dataclass(frozen=True, slots=True)
class FileView(View):
    """What became of the file that was offered: "saved", "failed" or "declined"."""

    outcome: str


@dataclass(frozen=True, slots=True)
class PauseView(View):
    """Asks how long (`until` None), or says until when; `teams` are those who then see the reader again.

    `problem`: "unclear" (no length in what was typed), "past" or "too_far".
    """

    today: date
    until: date | None = None
    teams: tuple[str, ...] = ()
    offers: tuple[tuple[str, date], ...] = ()  # "week", "weeks" or "month", and the day it ends
    problem: str | None = None
    stopped: bool = False
    under_way: datetime | None = None  # the end of a focus time that is under way, and goes on
    off: tuple[tuple[datetime, datetime], ...] = ()  # planned focus times, called off for the pause

    @property
    def first_day(self) -> date | None:
        """Today, where times of focus stand in it."""
        return self.today if self.under_way or self.off else None


@dataclass(frozen=True, slots=True)
class FocusLeft:
    """What of a focus time could not be taken away: `block` in the calendar "stays", may be there ("unsure") or None.

    `until`: when the Teams status and message that Samen set end by themselves; None = there are none any more.
    """

    starts: datetime
    ends: datetime
    block: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StopView(View):
    """Asks whether to stop (`done` False), or says that it was done; `teams` see the reader again after a start."""

    done: bool
    teams: tuple[str, ...] = ()
    words: bool = False  # typed with more words than the command has
    today: date | None = None
    left: tuple[FocusLeft, ...] = ()

    @property
    def first_day(self) -> date | None:
        return min((one.ends.date() for one in self.left), default=None)


@dataclass(frozen=True, slots=True)
class ForgetView(View):
    """Asks whether to forget (`done` False), or is the receipt.

    `gone` is what was deleted, `stays` what is kept a while, `cards` how many cards in the chat are replaced, `left` what
    could not be taken away elsewhere, with `today` for its days. `out`: whether Samen is out of the reader's Microsoft account; None =
    it was not in it.
    """

    done: bool
    gone: tuple[KeptLine, ...] = ()
    stays: tuple[KeptLine, ...] = ()
    cards: int = 0
    today: date | None = None
    left: tuple[FocusLeft, ...] = ()
    out: bool | None = None
