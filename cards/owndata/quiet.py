"""The cards of pausing and stopping: nothing shown, nothing sent, until a day or until I say so."""

from datetime import date

from cards.catalogue import Texts, marked, texts
from cards.dates import in_words
from cards.drawing import Drawn
from cards.elements import Sheet, button
from cards.focus.wording import clock, near_day, span_words
from cards.names import plain
from cards.owndata.left import left_lines
from cards.owndata.views import PauseView, StopView
from cards.where.wording import listed

OFFERS = {"week": marked("1 week"), "weeks": marked("2 weeks"), "month": marked("1 month")}
PROBLEMS = {
    "unclear": marked("I did not understand for how long. Type a number of days or weeks, or a date."),
    "past": marked("That day has begun already, or is over. Choose a later one."),
    "too_far": marked("A pause lasts a year at most. Type /stop to stop until you start again."),
}


def draw_pause(view: PauseView, language: str) -> Drawn:
    """How long, or until when it holds and what happens then."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Pause"))
    if view.problem:
        sheet.say(t(PROBLEMS[view.problem]))
    if view.until:
        sheet.say(t("Until {day} nobody sees anything of yours, and I send you nothing.", day=_day(t, view.until)))
        _focus(sheet, view)
        _afterwards(sheet, view.teams)
        sheet.say(t("What you filled in and chose stays. You can go on using me yourself."), subtle=True)
        sheet.buttons([button(t, t("End the pause"), "start.show")])
        sheet.hint(t("Or type: {examples}", examples=t("/start")))
        return sheet.done()
    sheet.say(t("For how long? Until then nobody sees anything of yours, and I send you nothing."))
    named = [(t(OFFERS[name]), day) for name, day in view.offers]
    sheet.buttons([button(t, title, "pause.set", until=day.isoformat()) for title, day in named])
    examples = [t("/pause 3 days"), t("/pause 2 weeks"), t("/pause until 1 march")]
    sheet.hint(t("Or type: {examples}", examples=" · ".join(examples)))
    return sheet.done()


def draw_stop(view: StopView, language: str) -> Drawn:
    """Whether to stop, or that it was done and how to come back."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Stop"))
    if view.done:
        sheet.say(t("From now on nobody sees anything of yours, and I send you nothing, until you type /start."))
        left_lines(sheet, view.left, view.today, trying=True)
        _afterwards(sheet, view.teams)
        sheet.say(t("What you filled in and chose stays. Type /forget to have it deleted."), subtle=True)
        sheet.buttons([button(t, t("Start again"), "start.show")])
        sheet.hint(t("Or type: {examples}", examples=t("/start")))
        return sheet.done()
    sheet.say(
        t("Do you want to stop? Nobody sees anything of yours then, and I send you nothing, until you start again.")
    )
    if view.words:
        sheet.say(t("I only stop altogether; I did not understand the other words."), subtle=True)
    sheet.buttons([button(t, t("Stop"), "stop.now")])
    sheet.hint(t("Or type: {examples}", examples=" · ".join([t("/stop"), t("/pause 2 weeks")])))
    return sheet.done()


def _day(t: Texts, day: date) -> str:
    return in_words(t, day, "EEEE d MMMM y")


def _focus(sheet: Sheet, view: PauseView) -> None:
    """What Teams and the calendar go on showing, and what does not go on for the pause."""
    t = sheet.t
    if view.under_way:
        sheet.say(
            t(
                "Your focus time goes on until {time}, and Teams shows it. Type /focus stop to end it.",
                time=clock(view.under_way),
            )
        )
    if view.off:
        times = [f"{near_day(t, start.date(), view.today)} {span_words(t, start, end)}" for start, end in view.off]
        sheet.say(t("Focus time that you had planned for then does not go on: {times}.", times=listed(t, times)))


def _afterwards(sheet: Sheet, teams: tuple[str, ...]) -> None:
    """Who sees the person again: promised beforehand, so that it surprises nobody. And what stays on screens till then."""
    t = sheet.t
    if not teams:
        sheet.say(t("You share with no team, so nobody sees anything of yours afterwards either."))
        return
    names = listed(t, [plain(name) if name else t("the group chat") for name in teams])
    sheet.say(t("After that, what you share with {teams} can be seen again.", teams=names))
    sheet.say(t("A board that a colleague opened already is replaced in the night after its day."), subtle=True)
