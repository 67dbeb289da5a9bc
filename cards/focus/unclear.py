"""What stands in the way of a focus time, and buttons to finish. Never a typed word."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from cards.catalogue import Texts, marked, texts
from cards.drawing import Drawn
from cards.elements import Action, Sheet, button
from cards.focus.choices import choices
from cards.focus.typed import (
    end_example,
    move_example,
    off_example,
    plan_focus_example,
    settings_example,
    show_example,
    start_example,
    stop_example,
    until_example,
)
from cards.focus.verbs import SHOW, offered
from cards.focus.views import FocusExtend, FocusStart, FocusStop, FocusUnclearView, FocusWhich, Offer
from cards.focus.wording import clock, offer_words
from cards.where.typed import or_type
from cards.where.wording import capital

MOST_OFFERS = 4
PROBLEMS = {
    "doubtful": marked("I can read that in more than one way. Which one do you mean?"),
    "too_short": marked("Focus time lasts at least 10 minutes."),
    "too_long": marked("Focus time lasts at most 4 hours. Then you deserve a break."),
    "past": marked("That time has passed."),
    "order": marked("The end comes before the beginning there."),
    "no_such_time": marked("That day or time does not exist. Check it, please."),
    "no_time": marked("At what time do you want to begin?"),
    "too_far": marked(
        "That is too far ahead: I plan focus time up to a month from now. Your own calendar goes further."
    ),
    "which_day": marked("Which of these days do you mean?"),
    "repeated": marked("I plan one focus time at a time, and cannot repeat it."),
    "next": marked("Your next focus time begins before that. I let this one last until then at most."),
    "nothing_on": marked("There is no focus time under way to make longer."),
    "on_or_off": marked("Do you want it on or off?"),
    "leftover": marked("I did not understand all of that."),
    "which": marked("Which focus time do you mean?"),
    "long_subject": marked("That is more than I can take: a subject has at most 120 characters."),
}


def draw_unclear(view: FocusUnclearView, language: str) -> Drawn:
    """Why nothing was done, and how to go on."""
    sheet = Sheet(texts(language))
    t = sheet.t
    sheet.title(t("Something is not clear yet"))
    sheet.say(t(PROBLEMS[view.problem]))
    sheet.say(t("Nothing has changed."), subtle=True)
    _offers(sheet, view)
    sheet.buttons([button(t, t("My focus time"), SHOW)])
    behind = [stop_example(t)] if view.session else [settings_example(t)]
    sheet.hint(or_type(t, [*_named(t, view), start_example(t, 90), plan_focus_example(t), *behind, show_example(t)]))
    return sheet.done()


def _named(t: Texts, view: FocusUnclearView) -> list[str]:
    """What is asked, said in full of the first that it can be."""
    first, today = next((one for one in view.offers if isinstance(one, FocusWhich)), None), view.now.date()
    if first is None:
        ends = [one.until for one in view.offers if isinstance(one, FocusExtend)]
        return [until_example(t, clock(until)) for until in ends[:1]]
    match first.to:
        case None:
            return [off_example(t, first.starts, today)]
        case FocusExtend(until):
            return [end_example(t, first.starts, until, today)]
        case FocusStart(at=at):
            return [move_example(t, first.starts, at, today)]


def _offers(sheet: Sheet, view: FocusUnclearView) -> None:
    t, today = sheet.t, view.now.date()
    offers = view.offers[:MOST_OFFERS]
    choices(sheet, [_choice(t, capital(words), one, view) for words, one in _told_apart(t, offers, today, view.usual)])


def _told_apart(t: Texts, offers: Sequence[Offer], today: date, usual: int) -> Iterator[tuple[str, Offer]]:
    """Each in words; where a subject alone makes two differ, the last takes all of it: "rapport 50" as it was typed."""
    said = [offer_words(t, one, today, usual) for one in offers]
    for at, (words, one) in enumerate(zip(said, offers, strict=True)):
        if words in said[:at] and isinstance(one, FocusStart) and one.subject:
            bare = offer_words(t, replace(one, subject=None), today, usual)
            yield ", ".join([bare, t("with all of it as your subject")]), one
        else:
            yield words, one


def _choice(t: Texts, title: str, offer: Offer, view: FocusUnclearView) -> Action:
    """What is about the focus time under way says so: on an old card it may be another by now."""
    about = {"session": view.session} if isinstance(offer, FocusStop | FocusExtend) else {}
    return offered(t, title, offer, **about)
