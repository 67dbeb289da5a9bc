"""What the cards of `/where` show, in plain values."""

from dataclasses import dataclass, replace
from datetime import date

from cards.drawing import View
from cards.where.stays import KindRows, PartStay, PlaceRow, Spot, TeamChoice, UsualStay


@dataclass(frozen=True, slots=True)
class BoardView(View):
    """One team's board for one day, for the asker alone: only who shows something that day.

    `page` None is the overview (above 60 people: counts per kind and a Names button), else a page of 40 names.
    """

    team: TeamChoice
    day: date
    today: date
    kinds: tuple[KindRows, ...]
    page: int | None = None
    sharing: bool = False  # whether the asker shows places to this team: the board says so, with the button to change
    others: tuple[TeamChoice, ...] = ()  # my other teams, as buttons
    looked_up_name: bool = False  # "I do not look up one person; here is the board."
    quiet: bool = False  # the asker pauses or stopped: nobody sees their plan now

    @property
    def first_day(self) -> date:
        return self.day

    together: tuple[str, ...] = ()  # the halves of this day that the team spends together
    closed: tuple[PartStay, ...] = ()  # the sites that are closed that day


@dataclass(frozen=True, slots=True)
class PlanView(View):
    """My own plan: this week and next as a tappable grid (weekends only where filled in or tapped).

    `opened` are the day-parts whose choices are open (one, or both of a day); `kind` is the kind of work chosen so
    far. `parts` hold every day-part of the grid in order of time.
    """

    today: date
    parts: tuple[PartStay, ...]
    opened: tuple[PartStay, ...] = ()
    kind: str | None = None
    spots: tuple[Spot, ...] = ()  # every place that can be chosen, suggested ones first
    suggested: int = 0  # how many of `spots` are suggested by the kind of work
    teams: tuple[TeamChoice, ...] = ()  # my teams: buttons to their boards
    shown_to: tuple[TeamChoice, ...] = ()  # the teams that see this plan; empty = only I do
    changed: "ChangedView | None" = None  # what was just set, on top, with its undo
    differs: bool = False  # the pattern says something else for what is opened: a button leads back to it
    quiet: bool = False  # I pause or stopped: nobody sees it now

    @property
    def first_day(self) -> date:
        return self.today


@dataclass(frozen=True, slots=True)
class AtClosed:
    """Day-parts planned at a site while it is closed; `instead` are whole changes to choose from, as buttons."""

    parts: tuple[PartStay, ...]
    instead: tuple[tuple[PartStay, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedView(View):
    """What was set, day by day, with one undo; who sees it; and the board of the first day below it.

    `undo` is what the undo button carries: the previous values, stored nowhere else. Empty = nothing to undo.
    """

    today: date
    parts: tuple[PartStay, ...]
    undo: tuple[PartStay, ...] = ()
    undone: bool = False  # this is the answer to an undo
    kept_newer: bool = False  # an undo that left alone what was changed since
    unchanged: bool = False  # nothing was set: it was so already, or all of it is newer than the undo
    shown_to: tuple[TeamChoice, ...] = ()
    asked_openly: bool = False  # the sentence itself stands in a group: "only you see this" would not be true
    offer: tuple[TeamChoice, ...] = ()  # teams it could be shown to: "only you see this" and a button for each
    still_asking: bool = False  # it is an answer to the team in `offer`, which asks on as long as it does not see it
    board: BoardView | None = None
    closed: AtClosed | None = None  # what of it is at a site that is closed then
    quiet: bool = False  # I pause or stopped: nobody sees it now

    @property
    def first_day(self) -> date | None:
        days = [part.day for part in (*self.parts, *self.undo)] + ([self.board.day] if self.board else [])
        return max(self.today, min(days)) if days else None


@dataclass(frozen=True, slots=True)
class Offer:
    """A complete reading of an unclear sentence, as a button."""

    parts: tuple[PartStay, ...]


@dataclass(frozen=True, slots=True)
class UnclearView(View):
    """What was understood, why it was not enough, and buttons to finish. Nothing was stored.

    `problem` is one of bot.domain.where.intents.Problem's values. For "no_place", `spots` are the places to choose for
    `parts`; for others `offers` are complete readings.
    """

    problem: str
    today: date
    parts: tuple[PartStay, ...] = ()  # the day-parts understood (with a stay where the place is clear)
    spot: Spot | None = None
    kind: str | None = None
    spots: tuple[Spot, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def first_day(self) -> date | None:
        readings = (self.parts, *(offer.parts for offer in self.offers))
        days = [part.day for parts in readings for part in parts if part.stay]
        return max(self.today, min(days)) if days else None


@dataclass(frozen=True, slots=True)
class SharingView(View):
    """Sharing switched on or off for a team; `changed` False = it was so already."""

    team: TeamChoice
    on: bool
    changed: bool = True
    quiet: bool = False  # I pause or stopped: nobody sees it now


@dataclass(frozen=True, slots=True)
class NoTeamView(View):
    """A board or sharing was asked where there is no team to show: says how to get one."""

    teams: tuple[TeamChoice, ...] = ()  # choose one of these, for `purpose`
    purpose: str = "board"  # "board", "share_on" or "share_off"


@dataclass(frozen=True, slots=True)
class HomeView(View):
    """What `/where` shows in my own chat: today's board of my (first) team, and my own plan below it."""

    plan: PlanView
    board: BoardView | None = None

    @property
    def first_day(self) -> date:
        return self.plan.today


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of a team's week: who is at one place all day, and who is somewhere in one half of it."""

    day: date
    whole: tuple[PlaceRow, ...] = ()
    morning: tuple[PlaceRow, ...] = ()
    afternoon: tuple[PlaceRow, ...] = ()
    together: tuple[str, ...] = ()  # the halves that the team spends together


@dataclass(frozen=True, slots=True)
class WeekView(View):
    """A team's week from today on, Monday to Friday, for the asker alone: only who shows something. Never no day."""

    team: TeamChoice
    today: date
    days: tuple[WeekDay, ...]
    before: date | None = None  # a day of the week before, unless that is over
    after: date | None = None  # a day of the week after
    sharing: bool = False
    others: tuple[TeamChoice, ...] = ()
    quiet: bool = False

    @property
    def first_day(self) -> date:
        return self.days[0].day


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a place or a kind of work on a day; `part` None = at any time of it."""

    day: date
    spot: Spot | None = None
    kind: str | None = None
    part: str | None = None

    def on(self, day: date) -> "Asked":
        """The same question for another day."""
        return replace(self, day=day)


@dataclass(frozen=True, slots=True)
class FoundView(View):
    """The colleagues a question finds, by place, for the asker alone: only who shares with a team of the asker."""

    asked: Asked
    today: date
    places: tuple[PlaceRow, ...]
    teams: tuple[TeamChoice, ...] = ()  # my teams: buttons to their boards

    @property
    def first_day(self) -> date:
        return self.asked.day


@dataclass(frozen=True, slots=True)
class AskAgainView(View):
    """A question that was not understood; `doubt` is one of bot.domain.where.found.Doubt's values."""

    doubt: str
    today: date
    offer: Asked | None = None


@dataclass(frozen=True, slots=True)
class ChangedPattern:
    """Lines of a pattern that were set; `undo` is what they were before, `was` what an undo expects to find."""

    lines: tuple[UsualStay, ...]
    undo: tuple[UsualStay, ...] = ()
    was: tuple[UsualStay, ...] = ()
    undone: bool = False
    kept_newer: bool = False
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class PatternView(View):
    """My weekly pattern: a grid of weekdays to tap, with the choices in the same card.

    `lines` are those with something in them, in order of the week. `differing` are days already filled in that the
    pattern that was just set does not change.
    """

    today: date
    lines: tuple[UsualStay, ...]
    opened: tuple[UsualStay, ...] = ()
    kind: str | None = None
    spots: tuple[Spot, ...] = ()
    suggested: int = 0
    shown_to: tuple[TeamChoice, ...] = ()
    offer: tuple[TeamChoice, ...] = ()  # teams it could be shown to
    changed: ChangedPattern | None = None
    differing: tuple[PartStay, ...] = ()
    odd_twice: tuple[int, int] | None = None  # two odd weeks that follow each other soon
    closed: AtClosed | None = None  # days soon to come at a site that is closed then
    quiet: bool = False  # I pause or stopped: nobody sees it now

    @property
    def first_day(self) -> date:
        return self.today


@dataclass(frozen=True, slots=True)
class UnclearPatternView(View):
    """Why a sentence about the pattern was not enough; `offers` are complete readings. Nothing was stored."""

    problem: str
    today: date
    offers: tuple[tuple[UsualStay, ...], ...] = ()

    @property
    def first_day(self) -> date | None:
        return self.today if self.offers else None
