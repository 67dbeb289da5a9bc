"""Beginning: what it does, how, and for how long."""

from datetime import UTC, datetime, timedelta

from microsoft_teams.cards.core import Choice, ChoiceSetInput, TextInput

from cards.catalogue import Texts, marked
from cards.elements import Action, Sheet, button, element
from cards.focus.ahead import ahead_lines
from cards.focus.explain import what_it_does
from cards.focus.gone import gone_line
from cards.focus.hints import around
from cards.focus.points import points
from cards.focus.typed import (
    learning_example,
    plan_focus_example,
    reachable_example,
    settings_example,
    start_example,
    until_example,
)
from cards.focus.verbs import CONNECT, HOUR, SETTINGS, START, alone, moment_text
from cards.focus.views import FocusView, Moment
from cards.focus.wording import clock, long_words, moment_words
from cards.where.quiet import silent_line
from cards.where.typed import or_type
from cards.where.wording import capital

LENGTHS = (25, 50, 90)  # minutes
SHORTEST, STEP = timedelta(minutes=10), 30 * 60
LONGEST_SUBJECT = 120  # characters
MOST_TIMES = 3
WAYS = {
    "quiet": marked("Quiet: Do not disturb in Teams, calls do not ring"),
    "reachable": marked("Reachable: Busy in Teams, calls ring"),
}


def draw_none(sheet: Sheet, view: FocusView) -> None:
    """Nothing is on: what can begin."""
    t, connected = sheet.t, view.connection == "on"
    sheet.title(t("Focus time"), t("Time to work without being disturbed"))
    if view.changed == "nothing_on":
        sheet.say(t("Nothing is under way now."))
    points(sheet, what_it_does(t, connected))
    if view.quiet:
        silent_line(sheet)
    ahead_lines(sheet, view.later, view.now.date(), t("Planned"))
    if connected:
        _way(sheet, view)
    sheet.buttons(_lengths(t, view))
    _free(sheet, view)
    learning = button(
        t, t("Learn, {length}", length=long_words(t, view.usual)), START, minutes=view.usual, learning=True
    )
    sheet.buttons([learning, *_connect(t, view), alone(button(t, t("Focus settings"), SETTINGS))])
    gone_line(sheet, view)
    sheet.hint(or_type(t, [*_typed(t, view), *around(t, view)]))


def _typed(t: Texts, view: FocusView) -> list[str]:
    until = until_example(t, clock(next_half_hour(view.now)))
    ways = [reachable_example(t), learning_example(t)]
    return [start_example(t, 90), until, plan_focus_example(t), *ways, settings_example(t)]


def _way(sheet: Sheet, view: FocusView) -> None:
    t = sheet.t
    choices = [Choice(title=t(words), value=mode) for mode, words in WAYS.items()]
    sheet.add(
        element(
            ChoiceSetInput(id="mode", label=t("How"), value=view.mode, style="expanded", wrap=True, choices=choices)
        )
    )
    label = t("What about? Only in your own calendar, as private")
    sheet.add(element(TextInput(id="subject", label=label, max_length=LONGEST_SUBJECT)))


def _free(sheet: Sheet, view: FocusView) -> None:
    """Free times of today, each with what is filled in above."""
    t, today, minutes = sheet.t, view.now.date(), view.usual
    if view.times:
        sheet.say(t("Free later today, for {length}:", length=long_words(t, minutes)))
        named = [(capital(moment_words(t, at, today)), moment_text(at)) for at in view.times[:MOST_TIMES]]
        sheet.buttons([button(t, title, START, at=at, minutes=minutes) for title, at in named])


def _lengths(t: Texts, view: FocusView) -> list[Action]:
    """How long, each with what is filled in above."""
    until = next_half_hour(view.now)
    at = moment_text(Moment(until.date(), until.hour * HOUR + until.minute))
    return [
        *(button(t, t("{minutes} min", minutes=minutes), START, minutes=minutes) for minutes in LENGTHS),
        button(t, capital(t("until {time}", time=clock(until))), START, until=at),
    ]


def next_half_hour(now: datetime) -> datetime:
    """The first full or half hour that leaves time for the shortest focus time."""
    seconds = (now.astimezone(UTC) + SHORTEST).timestamp()
    return datetime.fromtimestamp(-(-seconds // STEP) * STEP, UTC).astimezone(now.tzinfo)


def _connect(t: Texts, view: FocusView) -> list[Action]:
    offered = view.connection in ("offer", "lost")
    return [alone(button(t, t("Connect Microsoft 365"), CONNECT))] if offered else []
