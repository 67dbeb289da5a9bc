"""What to type of `/focus` instead of pressing."""

from dataclasses import replace
from datetime import date, datetime

from cards.catalogue import Texts
from cards.focus.views import FocusStart, Moment
from cards.focus.wording import clock, moment_of, moment_words, offer_words


def start_example(t: Texts, minutes: int) -> str:
    return t("/focus {minutes}", minutes=minutes)


def until_example(t: Texts, time: str) -> str:
    return t("/focus until {time}", time=time)


def plan_focus_example(t: Texts) -> str:
    return t("/focus tomorrow 9:00 2h report")


def learning_example(t: Texts) -> str:
    return t("/focus learn 60")


def reachable_example(t: Texts) -> str:
    return t("/focus reachable 50")


def longer_example(t: Texts, minutes: int = 30) -> str:
    return t("/focus extend {minutes}", minutes=minutes)


def stop_example(t: Texts) -> str:
    return t("/focus stop")


def show_example(t: Texts) -> str:
    return t("/focus card")


def settings_example(t: Texts) -> str:
    return t("/focus settings")


def sign_out_example(t: Texts) -> str:
    return t("/signout")


def connect_example(t: Texts) -> str:
    return t("/focus connect")


def retry_example(t: Texts) -> str:
    return t("/focus try again")


def new_example(t: Texts) -> str:
    return t("/focus new")


def off_example(t: Texts, starts: datetime, today: date) -> str:
    """Of the one that begins then, whichever others there are."""
    return t("/focus cancel {when}", when=typed_moment(t, starts, today))


def move_example(t: Texts, starts: datetime, to: Moment | None, today: date) -> str:
    """To another time; None: now."""
    when = typed_moment(t, starts, today)
    if to is None:
        return t("/focus move {when} to now", when=when)
    # A time alone is on the day of the one that moves.
    back = [t("today")] if to.day == today != starts.date() else []
    return t("/focus move {when} to {to}", when=when, to=" ".join([*back, moment_words(t, to, today)]))


def end_example(t: Texts, starts: datetime, ends: datetime, today: date) -> str:
    when = typed_moment(t, starts, today)
    return t("/focus shorten {when} until {time}", when=when, time=clock(ends))


def all_the_same_example(t: Texts, start: FocusStart, today: date, usual: int) -> str:
    """A start outside working hours, without what it is about."""
    words = offer_words(t, replace(start, subject=None), today, usual)
    return t("/focus all the same {what}", what=words.replace(",", ""))


def typed_moment(t: Texts, moment: datetime, today: date) -> str:
    return moment_words(t, moment_of(moment), today)
