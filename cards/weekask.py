"""The cards of the weekly question: how it is set, the question itself, and the week that was confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

from cards.catalogue import Texts, marked, texts
from cards.dates import in_words, span, weekday_words
from cards.drawing import Drawn, View
from cards.elements import Sheet, button, small
from cards.where.choices import tiles
from cards.where.quiet import quiet_line, silent_line
from cards.where.stays import PartStay, Spot, TeamChoice
from cards.where.typed import or_type, pattern_example, plan_example, set_example
from cards.where.verbs import PLAN, with_spot
from cards.where.wording import capital, listed, part_lines, spot_words, team_words, when_lines

ON, OFF, OK, SET = "weekask.on", "weekask.off", "weekask.ok", "weekask.set"
MOST_DAYS = 2  # whose places are offered at once: more would be a long way down on a phone
FRIDAY = 4
PROBLEMS = {
    "unclear": marked("I did not understand that. Nothing has changed. Type a day of the week and a time: {example}."),
    "time": marked("I do not know that time. Nothing has changed. Type it like this: {example}."),
    "hours": marked("I ask between 8:00 and 17:00 only. Nothing has changed. Choose a time in between: {example}."),
}


@dataclass(frozen=True, slots=True)
class WeekAskView(View):
    """Whether somebody is asked about the week ahead, when, and when first as their plan is now.

    `weekday`: Monday = 0; `at`: "14:00", in their zone. `problem` is a key of PROBLEMS: why nothing was changed.
    """

    on: bool
    weekday: int = FRIDAY
    at: str = ""
    first: date | None = None
    problem: str | None = None
    quiet: bool = False  # they pause or stopped: nothing is sent meanwhile


@dataclass(frozen=True, slots=True)
class WeekAskedView(View):
    """The week that begins on `monday`, as somebody's pattern and plan have it; asked, or `confirmed`.

    `parts` hold every half of Monday to Friday, and at the weekend what is planned; `spots` are the places to choose
    where there is none. `differing`: the halves that are not as the pattern says.
    """

    monday: date
    parts: tuple[PartStay, ...]
    spots: tuple[Spot, ...] = ()
    differing: tuple[PartStay, ...] = ()
    shown_to: tuple[TeamChoice, ...] = ()
    confirmed: bool = False
    quiet: bool = False

    @property
    def first_day(self) -> date:
        return self.monday


def draw_state(view: WeekAskView, language: str) -> Drawn:
    """What is set, and how to change it."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("The question about your week"))
    example = t("/weekask friday 14:00")
    if view.problem:
        sheet.say(t(PROBLEMS[view.problem], example=example))
    if view.on:
        _when(sheet, view)
        sheet.buttons([button(t, t("Do not ask me any more"), OFF)])
        sheet.hint(or_type(t, [t("/weekask thursday 15:00"), t("/weekask off")]))
    else:
        sheet.say(t("I do not ask you about your week."))
        sheet.buttons([button(t, t("Ask me every Friday at 14:00"), ON)])
        sheet.hint(or_type(t, [t("/weekask"), example]))
    return sheet.done()


def _when(sheet: Sheet, view: WeekAskView) -> None:
    t, day = sheet.t, weekday_words(sheet.t, view.weekday)
    sheet.say(
        t("Every {day} at {time} I ask you about the week ahead, with your pattern filled in.", day=day, time=view.at)
    )
    if view.first and not view.quiet:
        first = in_words(t, view.first, "EEEE d MMMM")
        if view.first.weekday() == view.weekday:
            sheet.say(t("For the first time on {day}.", day=first))
        else:
            sheet.say(
                t("You do not work that {weekday}, so the first time I ask is on {first}.", weekday=day, first=first)
            )
    sheet.say(
        t(
            "If you do not work that day, I ask on a working day before it, or else after it."
            " If you are off all that week or the next, I do not ask."
        )
    )
    sheet.say(t("I ask once and do not remind you. Nobody sees whether you answer."), subtle=True)
    if view.quiet:
        silent_line(sheet)


def draw_asked(view: WeekAskedView, language: str) -> Drawn:
    """The week as it stands, places for the days without one, and one tap that says it is right."""
    sheet = Sheet(texts(language))
    t = sheet.t
    days = [part.day for part in view.parts]
    sheet.title(_title(t, view), span(t, days[0], days[-1]))
    filled = part_lines(t, [part for part in view.parts if part.stay])
    if filled:
        sheet.bullets(filled)
    empty = [part for part in view.parts if part.stay is None]
    if view.confirmed:
        _settled(sheet, view, empty)
    else:
        _choices(sheet, view, empty)
    _who_sees(sheet, view)
    actions = [] if view.confirmed else [button(t, t("That is right"), OK, week=view.monday.isoformat())]
    sheet.buttons(
        [
            *actions,
            button(t, t("My plan"), PLAN),
            *([] if view.confirmed else [button(t, t("Do not ask me any more"), OFF)]),
        ]
    )
    sheet.hint(
        or_type(
            t,
            [
                set_example(t, days[0], days[0] - timedelta(days=3)),
                plan_example(t),
                *([pattern_example(t)] if view.confirmed else [t("/weekask off")]),
            ],
        )
    )
    return sheet.done()


def _title(t: Texts, view: WeekAskedView) -> str:
    if not view.confirmed:
        return t("How does next week look?")
    return t("Your week is settled") if any(part.stay for part in view.parts) else t("Next week")


def _settled(sheet: Sheet, view: WeekAskedView, empty: Sequence[PartStay]) -> None:
    """What is worth knowing of a week that is right: what is left open, and what is not as usual."""
    t = sheet.t
    if empty:
        sheet.say(t("Nothing is filled in for {days}. That is fine too.", days=listed(t, when_lines(t, empty))))
    if view.differing:
        sheet.say(t("Different from your pattern:"))
        sheet.bullets(part_lines(t, view.differing))


def _choices(sheet: Sheet, view: WeekAskedView, empty: Sequence[PartStay]) -> None:
    """For the first days without a place some places, each one tap; the next days follow when these have one."""
    t = sheet.t
    if not empty:
        return
    sheet.say(t("Nothing is filled in for {days} yet. Where will you be?", days=listed(t, when_lines(t, empty))))
    names = [capital(spot_words(t, spot)) for spot in view.spots]
    week = view.monday.isoformat()
    days = (list(parts) for _, parts in groupby(empty, key=lambda part: part.day))
    for halves in islice(days, MOST_DAYS):
        when = capital(when_lines(t, halves)[0])
        sheet.add(small(when, subtle=False))
        values = [with_spot(halves, spot, None) for spot in view.spots]
        pairs = zip(names, values, strict=True)
        sheet.add(*tiles([button(t, name, SET, week=week, parts=value) for name, value in pairs]))
        sheet.write([f"{when}: {', '.join(names)}"])


def _who_sees(sheet: Sheet, view: WeekAskedView) -> None:
    t = sheet.t
    if view.quiet:
        quiet_line(sheet)
    elif view.shown_to:
        teams = listed(t, [team_words(t, team) for team in view.shown_to])
        sheet.say(t("Where you are can be seen day by day by {teams}.", teams=teams), subtle=True)
    else:
        sheet.say(t("You share with no team, so nobody else sees this."), subtle=True)
