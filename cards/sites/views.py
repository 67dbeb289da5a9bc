"""What the cards about closed sites show, in plain values."""

from dataclasses import dataclass
from datetime import date

from cards.drawing import View
from cards.where import AtClosed, PartStay


@dataclass(frozen=True, slots=True)
class SiteName:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ClosedSite:
    """A site with the day-parts it is closed for (without stays). `slots`: the same as buttons carry them.

    `may_open`: the asker can open it. `moved`: about how many now plan elsewhere, None = nothing to say.
    """

    site: SiteName
    parts: tuple[PartStay, ...]
    slots: str
    may_open: bool = False
    moved: int | None = None


@dataclass(frozen=True, slots=True)
class Switched:
    """What was just closed or opened; `changed` False = it was so already. `undo`: day-parts to put back."""

    site: SiteName
    parts: tuple[PartStay, ...]
    closed: bool
    changed: bool = True
    undo: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence may have meant, as a button."""

    site: SiteName
    parts: tuple[PartStay, ...]
    slots: str
    close: bool


@dataclass(frozen=True, slots=True)
class SitesView(View):
    """The sites that are closed, for everybody; for who keeps one also what can be done, and how many moved.

    `problem`: "not_keeper", "unknown_site", "unclear", "which" (with `readings`), "unknown_act", "past", "too_far",
    "no_such_day" or "address".
    """

    today: date
    closed: tuple[ClosedSite, ...] = ()
    sites: tuple[str, ...] = ()  # the names of all sites
    keeps: tuple[str, ...] = ()  # the names of those the asker can close
    switched: Switched | None = None
    problem: str | None = None
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """How many are expected at a site, about; `people` None = no number to say."""

    site: str
    people: int | None
    closed: bool = False  # all day


@dataclass(frozen=True, slots=True)
class NumbersView(View):
    """Expected numbers per site, for who keeps one. `pending`: the day whose numbers are still to come, at 15:00."""

    today: date
    days: tuple[tuple[date, tuple[Expected, ...]], ...]
    minimum: int
    pending: date | None = None
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class SiteClosedView(View):
    """To somebody who planned at a site: it is closed, and where to work instead."""

    today: date
    site: str
    closed: AtClosed

    @property
    def first_day(self) -> date:
        return self.closed.parts[0].day


@dataclass(frozen=True, slots=True)
class SiteOpenedView(View):
    """To somebody who was told that a site closed: it opens after all.

    `here`: they still plan there. `back`: else what going back would set, a choice a day.
    """

    today: date
    site: str
    parts: tuple[PartStay, ...]
    here: bool = False
    back: tuple[tuple[PartStay, ...], ...] = ()

    @property
    def first_day(self) -> date:
        return self.parts[0].day


@dataclass(frozen=True, slots=True)
class MoveLaterView(View):
    """To somebody who does not know yet where to work instead."""

    today: date
